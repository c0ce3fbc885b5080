//! The one integration binary: what the documentation and the example maps say, the program as users start it,
//! independent oracles, and the house rules.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read the project's own files, and may fail loudly"
)]

mod rules;
mod maps;
mod cases;
mod cite;
mod cli;
mod config;
mod check;
mod diff;
mod docs;
mod browser;
mod pictures;
mod gallery;
mod schemes;
mod bibliography;
mod quotes;
mod quoting;
mod formats;
mod evaluate;
mod fix;
mod schemas;
mod solvers;
mod stats;
mod outputs;
mod exports;
mod peers;
mod kialo;
mod syntax;
mod read;
mod faults;
mod brat;
mod hostile;
mod inert;
mod corpora;
mod tidy;
mod page;
mod world;

use std::io::Write as _;
use std::path::PathBuf;

/// A file or folder of the project, by its path from the top.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Whether generated and annotated files are to be refreshed: `GROUNDS_BLESS=1 cargo test`.
fn is_blessing() -> bool {
    std::env::var_os("GROUNDS_BLESS").is_some_and(|value| value == "1")
}

/// Says that a test had nothing to test with. The test harness hides what passing tests print, so this goes around it.
fn skipped(why: &str) {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped {name}: {why}");
}
