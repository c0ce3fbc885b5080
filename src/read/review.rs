//! Review files: TOML that `grounds review` writes beside a map.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{Review, ReviewFault, Reviews};
use crate::source::{FileId, SourceFile, Span};

/// The version of the format.
const VERSION: &str = "1";

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a review file; an entry with a fault is left out. Linear in the text.
pub fn read_reviews(id: FileId, file: &SourceFile) -> Reviews {
    let (table, errors) = DeTable::parse_recoverable(file.text());
    let mut reader = Reader {
        id,
        reviews: Reviews::default(),
    };
    for error in &errors {
        let message = format!("this is not TOML: {}", error.message());
        reader.fault(error.span().unwrap_or(0..0), message);
    }
    // What is left of a broken text would only repeat the fault in other words.
    if errors.is_empty() {
        reader.document(table.get_ref());
    }
    reader.reviews.entries.sort_by_key(|entry| entry.span);
    reader.reviews.faults.sort_by_key(|fault| fault.span);
    reader.reviews
}

struct Reader {
    id: FileId,
    reviews: Reviews,
}

impl Reader {
    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "format" => {
                    let version = value.get_ref().as_integer();
                    if version.is_none_or(|version| version.as_str() != VERSION) {
                        let message =
                            format!("`format` must be {VERSION}: this file is of another version");
                        self.fault(value.span(), message);
                    }
                }
                "statements" => {
                    let Some(entries) = self.table("`statements`", value) else {
                        continue;
                    };
                    for (id, entry) in entries {
                        self.entry(id.get_ref(), id.span(), entry);
                    }
                }
                unknown => {
                    let message = format!("a review file has no key `{unknown}`");
                    self.fault(key.span(), message);
                }
            }
        }
    }

    fn entry(&mut self, id: &str, span: Range<usize>, value: &Value<'_>) {
        let what = format!("the review of `{id}`");
        let Some(table) = self.table(&what, value) else {
            return;
        };
        let n_faults = self.reviews.faults.len();
        let mut review = Review {
            id: id.to_owned(),
            span: self.span(span.clone()),
            ..Review::default()
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "by" => review.by = self.text("`by`", value),
                "date" => {
                    review.date = self.text("`date`", value);
                    if !review.date.is_empty() && !is_date(&review.date) {
                        let message =
                            format!("`date` cannot be `{}`: write it as 2026-11-25", review.date);
                        self.fault(value.span(), message);
                    }
                }
                "statement" => review.statement = self.digest("`statement`", value),
                "sources" => review.sources = self.sources(value),
                unknown => {
                    let message = format!("{what} has no key `{unknown}`");
                    self.fault(key.span(), message);
                }
            }
        }
        let needed = [
            ("by", &review.by),
            ("date", &review.date),
            ("statement", &review.statement),
        ];
        let missing = needed.iter().find(|(key, _)| !table.contains_key(*key));
        if let Some((key, _)) = missing {
            self.fault(span, format!("{what} has no `{key}`"));
        }
        if self.reviews.faults.len() == n_faults {
            self.reviews.entries.push(review);
        }
    }

    fn sources(&mut self, value: &Value<'_>) -> BTreeMap<String, String> {
        let mut sources = BTreeMap::new();
        if let Some(table) = self.table("`sources`", value) {
            for (id, value) in table {
                let id = id.get_ref().to_string();
                let digest = self.digest(&format!("the digest of `{id}`"), value);
                sources.insert(id, digest);
            }
        }
        sources
    }

    fn table<'v, 'i>(&mut self, what: &str, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.fault(value.span(), format!("{what} must be a table"));
        }
        table
    }

    fn text(&mut self, what: &str, value: &Value<'_>) -> String {
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => text.to_owned(),
            Some(_) => {
                self.fault(value.span(), format!("{what} is empty"));
                String::new()
            }
            None => {
                self.fault(value.span(), format!("{what} must be a text"));
                String::new()
            }
        }
    }

    fn digest(&mut self, what: &str, value: &Value<'_>) -> String {
        let text = self.text(what, value).to_ascii_lowercase();
        let is_digest = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if !text.is_empty() && !is_digest {
            let message = format!("{what} must be a SHA-256 digest of 64 hexadecimal digits");
            self.fault(value.span(), message);
        }
        text
    }

    fn fault(&mut self, at: Range<usize>, message: String) {
        let span = self.span(at);
        self.reviews.faults.push(ReviewFault { span, message });
    }

    fn span(&self, at: Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).expect("files over 256 MiB are refused before");
        Span {
            file: self.id,
            start: offset(at.start),
            end: offset(at.end),
        }
    }
}

/// Whether a text is a day of the Gregorian calendar as `2026-11-25`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let is_number =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(is_number(year, 4) && is_number(month, 2) && is_number(day, 2)) {
        return false;
    }
    let number = |part: &str| part.parse().unwrap_or(0);
    (1..=n_days(number(year), number(month))).contains(&number(day))
}

/// How many days a month has; none where there is no such month.
fn n_days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a file, and where.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let file = SourceFile::new("m.review.toml", text);
        let reviews = read_reviews(FileId(0), &file);
        let faults = reviews.faults.iter().map(|fault| {
            let position = file.position(fault.span.start);
            let (line, column) = (position.line, position.column);
            format!("{line}:{column} {}", fault.message)
        });
        assert_eq!(faults.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn reviews_are_read() {
        let digest = "0a".repeat(32);
        let text = format!(
            "format = 1\n[statements.b]\nby = \"Ada\"\ndate = \"2026-11-25\"\nstatement = \"{digest}\"\n\
             [statements.\"a.b/c\"]\nby = \"Bo\"\ndate = \"2026-01-31\"\nstatement = \"{digest}\"\nsources = {{s = \"{digest}\"}}\n"
        );
        check(&text, &[]);
        let reviews = read_reviews(FileId(0), &SourceFile::new("", text));
        let ids: Vec<&str> = reviews.entries.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["b", "a.b/c"]);
        assert_eq!(reviews.entries[1].sources["s"], digest);
    }

    #[test]
    fn faults_have_their_places() {
        check(
            "format = 2",
            &["1:10 `format` must be 1: this file is of another version"],
        );
        check("a = 1", &["1:1 a review file has no key `a`"]);
        check("statements = 1", &["1:14 `statements` must be a table"]);
        check("[statements.a]", &["1:13 the review of `a` has no `by`"]);
        check(
            "[statements.a]\nby = 1\ndate = \"May\"\nstatement = \"no\"",
            &[
                "2:6 `by` must be a text",
                "3:8 `date` cannot be `May`: write it as 2026-11-25",
                "4:13 `statement` must be a SHA-256 digest of 64 hexadecimal digits",
            ],
        );
        check(
            "a = [",
            &["1:6 this is not TOML: unclosed array, expected `]`"],
        );
        check("", &[]);
    }

    #[test]
    fn days_are_days() {
        assert!(is_date("2026-11-25"));
        assert!(is_date("2024-02-29") && is_date("2000-02-29") && is_date("2026-12-31"));
        for text in [
            "2020-02-30",
            "2026-02-29",
            "2100-02-29",
            "2026-04-31",
            "2026-00-01",
            "2026-13-01",
            "2026-11-32",
            "2026-11-00",
            "26-11-25",
            "2026-1-5",
            "2026-11",
            "",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
