//! How far the work is, on standard error: after a second, on a terminal, and nowhere else.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nothing is shown of work that is done sooner.
const DELAY: Duration = Duration::from_secs(1);
/// From one turn of the spinner to the next.
const TICK: Duration = Duration::from_millis(120);
const STEP: &str = "{spinner} {wide_msg}";
const MANY: &str = "{spinner} {pos} of {len} {wide_msg}";

/// Work that is under way; it is over when this is dropped, and then nothing of it is left on the screen.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    waiting: Option<Waiting>,
}

/// A thread that shows the progress unless the work is over sooner.
#[derive(Debug)]
struct Waiting {
    is_over: Sender<()>,
    thread: JoinHandle<()>,
}

impl Progress {
    /// One step of unknown length, such as `reading the map`.
    pub(super) fn step(words: &str) -> Self {
        Self::new(ProgressBar::no_length(), STEP, words)
    }

    /// Many things of one kind, such as `maps checked`; [`Progress::advance`] counts them.
    pub(super) fn over(n_things: usize, words: &str) -> Self {
        let length = u64::try_from(n_things).unwrap_or(u64::MAX);
        Self::new(ProgressBar::new(length), MANY, words)
    }

    /// One more thing is done; any thread may say so.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
    }

    /// Does what writes to the terminal, so that the progress does not get between.
    pub(super) fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }

    fn new(bar: ProgressBar, template: &str, words: &str) -> Self {
        let target = io::stderr().is_terminal().then(ProgressDrawTarget::stderr);
        Self::on(target, DELAY, bar, template, words)
    }

    fn on(
        target: Option<ProgressDrawTarget>,
        delay: Duration,
        bar: ProgressBar,
        template: &str,
        words: &str,
    ) -> Self {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.expect("the templates are right"));
        bar.set_message(words.to_owned());
        let waiting = target.map(|target| {
            let (is_over, over) = mpsc::channel();
            let bar = bar.clone();
            let thread = thread::spawn(move || {
                if over.recv_timeout(delay) == Err(RecvTimeoutError::Timeout) {
                    bar.set_draw_target(target);
                    bar.enable_steady_tick(TICK);
                }
            });
            Waiting { is_over, thread }
        });
        Self { bar, waiting }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(Waiting { is_over, thread }) = self.waiting.take() {
            drop(is_over);
            // The thread does nothing that can fail; without it nothing was shown.
            let _ = thread.join();
            self.bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use indicatif::TermLike;

    use super::*;

    /// A terminal that keeps what is written to it.
    #[derive(Clone, Debug, Default)]
    struct Recorder(Arc<Mutex<String>>);

    impl Recorder {
        fn text(&self) -> String {
            self.0.lock().expect("nobody panics with the lock").clone()
        }

        fn add(&self, text: &str) {
            let mut all = self.0.lock().expect("nobody panics with the lock");
            all.push_str(text);
        }
    }

    impl TermLike for Recorder {
        fn width(&self) -> u16 {
            60
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, line: &str) -> io::Result<()> {
            self.add(line);
            Ok(())
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.add(text);
            Ok(())
        }
        fn clear_line(&self) -> io::Result<()> {
            self.add("<clear>");
            Ok(())
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn progress(recorder: &Recorder, delay: Duration) -> Progress {
        let target = ProgressDrawTarget::term_like(Box::new(recorder.clone()));
        Progress::on(
            Some(target),
            delay,
            ProgressBar::new(3),
            MANY,
            "maps checked",
        )
    }

    #[test]
    fn quick_work_shows_nothing() {
        let recorder = Recorder::default();
        let progress = progress(&recorder, Duration::from_secs(60));
        progress.advance();
        progress.aside(|| ());
        drop(progress);
        assert_eq!(recorder.text(), "");
    }

    #[test]
    fn long_work_shows_how_far_it_is_and_leaves_nothing() {
        let recorder = Recorder::default();
        let progress = progress(&recorder, Duration::ZERO);
        progress.advance();
        while !recorder.text().contains("1 of 3 maps checked") {
            thread::sleep(Duration::from_millis(5));
        }
        drop(progress);
        assert!(recorder.text().ends_with("<clear>"), "{}", recorder.text());
    }
}
