//! The first page of a folder of reports: a line about each map, and the maps that could not be read.

use std::fmt::Write as _;

use super::document::{Document, document};
use crate::analysis::Verdict;
use crate::render::escape;

/// A map of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path, as the user names it.
    pub path: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has a page.
    Written {
        /// The name of the page's files, without ending.
        name: String,
        /// The map's title.
        title: String,
        /// The map's question.
        question: Option<String>,
        /// The theses and what becomes of them.
        theses: Vec<(String, Verdict)>,
        /// How many statements it has.
        n_statements: usize,
        /// How many points are open.
        n_open: usize,
        /// How many findings of `check` it has.
        n_findings: usize,
    },
    /// It has none, for this reason.
    Failed(String),
}

/// The index as HTML in one file. Linear.
pub fn index_html(entries: &[Entry]) -> String {
    let mut body = format!(
        "<main>\n<h1>Argument maps</h1>\n<p>{}.</p>\n",
        counted(entries)
    );
    body.push_str(
        "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">Map</th><th scope=\"col\">Thesis</th>\
         <th scope=\"col\" class=\"number\">Statements</th><th scope=\"col\" class=\"number\">Open points</th>\
         <th scope=\"col\" class=\"number\">Findings</th></tr></thead>\n<tbody>\n",
    );
    for entry in entries {
        html_row(&mut body, entry);
    }
    body.push_str("</tbody>\n</table></div>\n</main>\n");
    document(&Document {
        title: "Argument maps",
        body: &body,
        picture: None,
    })
}

fn html_row(out: &mut String, entry: &Entry) {
    let path = escape::html(&entry.path);
    match &entry.outcome {
        Outcome::Failed(why) => {
            let _ = writeln!(
                out,
                "<tr><td dir=\"auto\"><code>{path}</code></td><td colspan=\"4\" class=\"error\" dir=\"auto\">{}</td></tr>",
                escape::html(why)
            );
        }
        Outcome::Written {
            name,
            title,
            question,
            theses,
            n_statements,
            n_open,
            n_findings,
        } => {
            let question = question.as_ref().map_or_else(String::new, |question| {
                format!("<br><span dir=\"auto\">{}</span>", escape::html(question))
            });
            let theses = theses.iter().map(|(text, verdict)| {
                let (text, word) = (escape::html(text), verdict.word());
                format!(
                    "<span dir=\"auto\">{text}</span> <span class=\"badge {word}\">{word}</span>"
                )
            });
            let _ = writeln!(
                out,
                "<tr><td><a href=\"{}.html\" dir=\"auto\">{}</a>{question}<br><code class=\"remark\">{path}</code></td>\
                 <td data-label=\"Thesis\">{}</td>{}{}{}</tr>",
                in_address(name),
                escape::html(title),
                theses.collect::<Vec<_>>().join("<br>"),
                number("Statements", *n_statements),
                number("Open points", *n_open),
                number("Findings", *n_findings)
            );
        }
    }
}

/// The cell of a number; on a small screen, which has no room for a head, its label stands before it.
fn number(label: &str, n: usize) -> String {
    format!("<td class=\"number\" data-label=\"{label}\">{n}</td>")
}

/// The index as Markdown. Linear.
pub fn index_markdown(entries: &[Entry]) -> String {
    let mut out = format!(
        "# Argument maps\n\n{}.\n\n| map | thesis | statements | open points | findings |\n| --- | --- | ---: | ---: | ---: |\n",
        counted(entries)
    );
    for entry in entries {
        let _ = match &entry.outcome {
            Outcome::Failed(why) => writeln!(
                out,
                "| {} | {} | | | |",
                escape::markdown(&entry.path),
                escape::markdown(why)
            ),
            Outcome::Written {
                name,
                title,
                theses,
                n_statements,
                n_open,
                n_findings,
                ..
            } => {
                let theses = theses.iter().map(|(text, verdict)| {
                    format!("{} ({})", escape::markdown(text), verdict.word())
                });
                writeln!(
                    out,
                    "| [{}]({}.md) | {} | {n_statements} | {n_open} | {n_findings} |",
                    escape::markdown(title),
                    in_address(name),
                    theses.collect::<Vec<_>>().join("<br>")
                )
            }
        };
    }
    out
}

fn counted(entries: &[Entry]) -> String {
    let is_failed = |entry: &&Entry| matches!(entry.outcome, Outcome::Failed(_));
    let n_failed = entries.iter().filter(is_failed).count();
    let maps = match entries.len() {
        1 => "1 map".to_owned(),
        n => format!("{n} maps"),
    };
    match n_failed {
        0 => maps,
        n => format!("{maps}, {n} of them without a page"),
    }
}

/// A file's name as it stands in an address: every byte that could mean something else is escaped (RFC 3986).
pub(super) fn in_address(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_has_a_line_and_nothing_of_a_name_acts() {
        let failed = Entry {
            path: "b/<b>|.yaml".into(),
            outcome: Outcome::Failed("cannot read `b`: <gone>".into()),
        };
        let written = Entry {
            path: "a.yaml".into(),
            outcome: Outcome::Written {
                name: "a \"b\"#?c%/é".into(),
                title: "<script>alert(1)</script>".into(),
                question: None,
                theses: vec![("T | t".into(), Verdict::Out)],
                n_statements: 2,
                n_open: 1,
                n_findings: 0,
            },
        };
        let entries = [failed, written];
        let html = index_html(&entries);
        assert!(html.contains("2 maps, 1 of them without a page"), "{html}");
        assert!(
            html.contains("href=\"a%20%22b%22%23%3Fc%25%2F%C3%A9.html\""),
            "{html}"
        );
        assert!(
            !html.contains("<script") && !html.contains("<b>|"),
            "{html}"
        );
        let markdown = index_markdown(&entries);
        assert!(
            markdown.contains("| T \\| t (rejected) | 2 | 1 | 0 |"),
            "{markdown}"
        );
        assert!(
            !markdown.contains("<b>") && !markdown.contains("<script"),
            "{markdown}"
        );
    }
}
