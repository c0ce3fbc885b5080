//! Findings for people: an excerpt with carets, through `annotate-snippets`.
//!
//! It is fed a window of lines around each place, never the whole file, so that the cost is that of the findings.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::visible::one_line;
use super::{Checked, Look, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceFile, SourceFiles, Span};

/// Places of a finding that are at most this many lines apart share one excerpt.
const MAX_GAP: usize = 5;
/// At most this many second places are shown.
const MAX_LABELS: usize = 8;
/// Lines longer than this are cut to the part around the place, in bytes.
const MAX_LINE: usize = 1000;
/// How much of a long line is kept on each side of the place, in bytes.
const AROUND: usize = 200;

pub(super) fn emit(checked: &[Checked], look: Look) -> String {
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer
        .decor_style(DecorStyle::Ascii)
        .term_width(look.width);
    let mut out = String::new();
    let mut n_of_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for map in checked {
        for finding in &map.findings {
            let n_before = n_of_rule.entry(finding.rule.name).or_default();
            *n_before += 1;
            if look.max_per_rule.is_some_and(|max| *n_before > max) {
                continue;
            }
            out.push_str(&render(&renderer, finding, &map.files));
            out.push_str("\n\n");
        }
    }
    out.push_str(&rest(&n_of_rule, look.max_per_rule));
    out.push_str(&Summary::of(checked).sentence());
    out.push('\n');
    out
}

/// How many findings of each rule are not shown.
fn rest(n_of_rule: &BTreeMap<&str, usize>, max: Option<usize>) -> String {
    let mut out = String::new();
    for (rule, n) in n_of_rule {
        let more = n - max.unwrap_or(*n).min(*n);
        if more > 0 {
            let words = if more == 1 { "finding" } else { "findings" };
            writeln!(
                out,
                "… and {more} more `{rule}` {words} (--max-findings 0 shows all)"
            )
            .expect("writing to a string succeeds");
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A place and what to say there; the finding's own place comes first and says nothing.
struct Mark<'a> {
    span: Span,
    text: Option<&'a str>,
    line: usize,
}

fn render(renderer: &Renderer, finding: &Diagnostic, files: &SourceFiles) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(one_line(&finding.message))
        .id(finding.rule.name);
    let mut group = Group::with_title(title);
    for excerpt in excerpts(finding, files) {
        let file = files.get(excerpt[0].span.file);
        if !is_cut(file, &excerpt) {
            group = group.element(snippet(file, &excerpt).path(one_line(file.name())));
            continue;
        }
        // The columns that the renderer would count in a part of a line are not the line's.
        let at = file.position(excerpt[0].span.start);
        let origin = Origin::path(one_line(file.name()))
            .line(at.line)
            .char_column(at.column);
        group = group.element(origin).element(snippet(file, &excerpt));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    renderer.render(&[group])
}

/// The places of a finding, in groups of near ones; the finding's own place leads the first group.
fn excerpts<'a>(finding: &'a Diagnostic, files: &SourceFiles) -> Vec<Vec<Mark<'a>>> {
    let line = |span: Span| files.position(span).line;
    let own = Mark {
        span: finding.span,
        text: None,
        line: line(finding.span),
    };
    let labels = finding.labels.iter().take(MAX_LABELS);
    let labels = labels.map(|l| Mark {
        span: l.span,
        text: Some(&l.text),
        line: line(l.span),
    });
    let mut groups: Vec<Vec<Mark<'_>>> = vec![vec![own]];
    for mark in labels {
        let is_near = |other: &Mark<'_>| {
            other.span.file == mark.span.file && other.line.abs_diff(mark.line) <= MAX_GAP
        };
        match groups.iter_mut().find(|group| group.iter().any(is_near)) {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    groups
}

fn snippet<'a>(
    file: &'a SourceFile,
    marks: &[Mark<'a>],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let first = marks.iter().map(|mark| mark.line).min().unwrap_or(1);
    let last = marks.iter().map(|mark| mark.line).max().unwrap_or(1);
    let mut text = String::new();
    let mut annotations = Vec::new();
    for line in first..=last {
        let on_line: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.line == line).collect();
        let kept = kept_part(file, line, &on_line);
        for mark in on_line {
            let kind = if mark.text.is_none() {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            // A place of several lines is marked on its first.
            let start = (mark.span.start as usize).clamp(kept.start, kept.end);
            let end = (mark.span.end as usize).clamp(start, kept.end);
            let shift = |at: usize| at - kept.start + text.len();
            let annotation = kind.span(shift(start)..shift(end));
            annotations.push(match mark.text {
                Some(words) => annotation.label(one_line(words)),
                None => annotation,
            });
        }
        text.push_str(&file.text()[kept]);
        text.push('\n');
    }
    Snippet::source(text)
        .line_start(first)
        .fold(true)
        .annotations(annotations)
}

fn is_cut(file: &SourceFile, marks: &[Mark<'_>]) -> bool {
    marks
        .iter()
        .any(|mark| file.line_range(mark.line).len() > MAX_LINE)
}

/// The part of a line that is shown: all of it, or of a very long one what is around its places.
fn kept_part(file: &SourceFile, line: usize, marks: &[&Mark<'_>]) -> Range<usize> {
    let whole = file.line_range(line);
    if whole.len() <= MAX_LINE {
        return whole;
    }
    let place = marks
        .first()
        .map_or(whole.start, |mark| mark.span.start as usize);
    let boundary = |mut at: usize| {
        while !file.text().is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(place.saturating_sub(AROUND).max(whole.start));
    let end = boundary((place + AROUND).min(whole.end));
    start.min(whole.end)..end.max(start)
}
