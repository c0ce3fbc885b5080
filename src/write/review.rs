//! Review files, which `grounds review` writes beside maps.

use std::fmt::Write as _;

use crate::model::Review;

/// The reviews as TOML, in the order given; linear in them.
pub fn write(reviews: &[Review]) -> String {
    let mut out = "\
# Which statements were checked against their sources, by whom and when.
# `grounds review` writes this file anew; `grounds check` says what has changed since.
format = 1
"
    .to_owned();
    for review in reviews {
        let id = key(&review.id);
        let (by, date) = (quoted(&review.by), quoted(&review.date));
        let statement = quoted(&review.statement);
        write!(
            out,
            "\n[statements.{id}]\nby = {by}\ndate = {date}\nstatement = {statement}\n"
        )
        .expect("a string takes every write");
        if review.sources.is_empty() {
            continue;
        }
        writeln!(out, "\n[statements.{id}.sources]").expect("a string takes every write");
        for (source, digest) in &review.sources {
            let (source, digest) = (key(source), quoted(digest));
            writeln!(out, "{source} = {digest}").expect("a string takes every write");
        }
    }
    out
}

fn key(id: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !id.is_empty() && id.chars().all(is_bare) {
        id.to_owned()
    } else {
        quoted(id)
    }
}

/// A text as a TOML string: those of JSON are that, but for one control character.
fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).expect("every text is a JSON string");
    json.replace('\u{7f}', "\\u007F")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_reviews;
    use crate::source::{FileId, SourceFile, Span};

    #[test]
    fn what_is_written_reads_back() {
        let digest = "1f".repeat(32);
        let review = |id: &str, by: &str, sources: &[&str]| Review {
            id: id.to_owned(),
            by: by.to_owned(),
            date: "2026-11-25".to_owned(),
            statement: digest.clone(),
            sources: sources
                .iter()
                .map(|source| ((*source).to_owned(), digest.clone()))
                .collect(),
            span: Span::default(),
        };
        let reviews = [
            review("b", "Ada \"A\" \\ L.", &["s", "t/é.1"]),
            review("roofs/a.1", "\u{7f}\n\u{1}é", &[]),
        ];
        let text = write(&reviews);
        let mut read = read_reviews(FileId(0), &SourceFile::new("", text.clone()));
        for entry in &mut read.entries {
            entry.span = Span::default();
        }
        assert_eq!(read.faults, [], "{text}");
        assert_eq!(read.entries, reviews);
    }
}
