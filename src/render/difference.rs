//! What changed between two versions of a map: as text, as Markdown for a comment on a pull request, as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::escape::markdown;
use crate::analysis::Change;
use crate::emit::visible::one_line;
use crate::view::difference::{Difference, FindingChange, Mark, StatementChange, StepChange};

/// How a difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For programs.
    Json,
}

/// Writes a difference.
pub fn write(difference: &Difference, format: Format) -> String {
    match format {
        Format::Text => text(difference),
        Format::Markdown => page(difference),
        Format::Json => json(difference),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    difference: &'a Difference,
}

fn json(difference: &Difference) -> String {
    let document = Document {
        format: "grounds-difference",
        version: 1,
        difference,
    };
    let text = serde_json::to_string_pretty(&document).expect("texts and numbers are valid JSON");
    text + "\n"
}

const HEADINGS: [&str; 3] = ["statements", "reasons and objections", "findings"];

fn text(difference: &Difference) -> String {
    let mut out = difference.summary() + "\n";
    let Difference {
        statements,
        steps,
        findings,
        ..
    } = difference;
    section(&mut out, HEADINGS[0], statements, |it| {
        (heading_of_statement(it), it.mark, &it.changes[..])
    });
    section(&mut out, HEADINGS[1], steps, |it| {
        (heading_of_step(it), it.mark, &it.changes[..])
    });
    section(&mut out, HEADINGS[2], findings, |it| {
        (heading_of_finding(it), it.mark, &[])
    });
    out
}

/// Writes items under a heading, each with what changed about it.
fn section<'d, T>(
    out: &mut String,
    heading: &str,
    items: &'d [T],
    describe: impl Fn(&'d T) -> (String, Mark, &'d [Change]),
) {
    if items.is_empty() {
        return;
    }
    writeln!(out, "\n{heading}").expect("a string takes every write");
    for item in items {
        let (line, mark, changes) = describe(item);
        let sign = sign(mark);
        writeln!(out, "{sign} {}", one_line(&line)).expect("a string takes every write");
        for Change { what, old, new } in changes {
            let line = match *what {
                // The new text stands in the line above.
                "text" => format!("was: {old}"),
                _ => format!("{what}: {} → {}", or_none(old), or_none(new)),
            };
            writeln!(out, "    {}", one_line(&line)).expect("a string takes every write");
        }
    }
}

fn sign(mark: Mark) -> char {
    match mark {
        Mark::Removed => '-',
        Mark::Added => '+',
        Mark::Changed => '~',
    }
}

fn or_none(value: &str) -> &str {
    if value.is_empty() { "none" } else { value }
}

fn heading_of_statement(it: &StatementChange) -> String {
    format!("{} {}: {}", it.kind, it.id, it.text)
}

fn heading_of_step(it: &StepChange) -> String {
    let preposition = if it.kind == "reason" { "for" } else { "to" };
    format!(
        "{} {preposition} {}: {}",
        it.kind,
        it.target,
        it.premises.join(" and ")
    )
}

fn heading_of_finding(it: &FindingChange) -> String {
    format!(
        "{}: {} [{}] ({}:{})",
        it.level, it.message, it.rule, it.file, it.line
    )
}

/// The same as nested lists.
fn page(difference: &Difference) -> String {
    let (old, new) = (markdown(&difference.old), markdown(&difference.new));
    let summary = difference.summary();
    let mut out = format!("**Argument, {old} → {new}.** {summary}\n");
    let Difference {
        statements,
        steps,
        findings,
        ..
    } = difference;
    list(&mut out, HEADINGS[0], statements, |it| {
        let line = format!("{} `{}`: {}", it.kind, it.id, markdown(&it.text));
        (line, it.mark, &it.changes[..])
    });
    list(&mut out, HEADINGS[1], steps, |it| {
        (markdown(&heading_of_step(it)), it.mark, &it.changes[..])
    });
    list(&mut out, HEADINGS[2], findings, |it| {
        (markdown(&heading_of_finding(it)), it.mark, &[])
    });
    // A comment inside keeps `@name` from calling somebody of that name.
    out.replace('@', "@<!-- -->")
}

fn list<'d, T>(
    out: &mut String,
    heading: &str,
    items: &'d [T],
    describe: impl Fn(&'d T) -> (String, Mark, &'d [Change]),
) {
    if items.is_empty() {
        return;
    }
    write!(out, "\n#### {}\n\n", capitalised(heading)).expect("a string takes every write");
    for item in items {
        let (line, mark, changes) = describe(item);
        let word = match mark {
            Mark::Removed => "gone",
            Mark::Added => "new",
            Mark::Changed => "changed",
        };
        writeln!(out, "- **{word}** {line}").expect("a string takes every write");
        for Change { what, old, new } in changes {
            let (old, new) = (markdown(or_none(old)), markdown(or_none(new)));
            let line = match *what {
                "text" => format!("was: {old}"),
                _ => format!("{what}: {old} → {new}"),
            };
            writeln!(out, "  - {line}").expect("a string takes every write");
        }
    }
}

fn capitalised(heading: &str) -> String {
    let (first, rest) = heading.split_at(1);
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hostile() -> Difference {
        let change = Change {
            what: "text",
            old: "a\u{1b}[31m | <b>".to_owned(),
            new: String::new(),
        };
        Difference {
            old: "a.yaml".to_owned(),
            new: "b.yaml".to_owned(),
            statements: vec![StatementChange {
                mark: Mark::Changed,
                kind: "claim",
                id: "x".to_owned(),
                text: "two\n+ lines @ana".to_owned(),
                changes: vec![change],
            }],
            ..Difference::default()
        }
    }

    #[test]
    fn texts_of_a_map_stay_in_their_line() {
        assert_eq!(
            write(&hostile(), Format::Text),
            "statements: 1 changed\n\nstatements\n~ claim x: two\\n+ lines @ana\n    was: a\\u{1b}[31m | <b>\n"
        );
        assert_eq!(
            write(&hostile(), Format::Markdown),
            "**Argument, a.yaml → b.yaml.** statements: 1 changed\n\n#### Statements\n\n\
             - **changed** claim `x`: two<br>+ lines @<!-- -->ana\n  - was: a\\\\u{1b}\\[31m \\| &lt;b&gt;\n"
        );
    }

    #[test]
    fn the_same_is_said_to_be_the_same() {
        let same = Difference::default();
        assert_eq!(
            write(&same, Format::Text),
            "no difference in the argument\n"
        );
        assert!(write(&same, Format::Json).contains("\"grounds-difference\""));
    }
}
