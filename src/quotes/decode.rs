//! Bytes of a source's file to text: which encoding, which kind of document, or why there is no text in it.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The size above which no text is looked through: 32 MiB, some ten thousand pages.
pub const MAX_TEXT_BYTES: usize = 32 << 20;

/// How much of a file is looked at to tell what it is.
const SNIFFED: usize = 1024;

/// A source's file as text, with its markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The characters.
    pub text: String,
    /// The name of the encoding that they were in.
    pub encoding: &'static str,
    /// What kind of document it is.
    pub kind: Kind,
}

/// What kind of document a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text without markup.
    Plain,
    /// Markdown with tables and footnotes.
    Markdown,
    /// HTML.
    Html,
}

/// Why a file has no text to look through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// There is nothing in it, or white space alone.
    Empty,
    /// It is a PDF.
    Pdf,
    /// It is some other file that is not text.
    Binary,
    /// It has more bytes than [`MAX_TEXT_BYTES`].
    TooLong(usize),
    /// It is HTML of a kind that is only written to break programs.
    Malicious,
}

impl NoText {
    /// The same in a sentence about the file of that name.
    pub fn sentence(self, name: &str) -> String {
        match self {
            Self::Empty => format!("`{name}` is empty"),
            Self::Pdf => format!("`{name}` is a PDF, which is not read"),
            Self::Binary => format!("`{name}` is not a text"),
            Self::Malicious => {
                format!("`{name}` has a tag with thousands of attributes, as no page has")
            }
            Self::TooLong(bytes) => format!(
                "`{name}` has {bytes} bytes, and texts are looked through up to {MAX_TEXT_BYTES}"
            ),
        }
    }

    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            Self::Pdf => {
                "save its text with `pdftotext FILE.pdf`, which keeps the pages, and name that file"
            }
            _ => {
                "name a copy as plain text, Markdown or HTML, so that what is quoted from it can be found"
            }
        }
    }
}

/// Reads a file's bytes; its name tells what kind of document it is, and `<html` at its start does as well.
///
/// Text is UTF-8, UTF-16 with a byte order mark, what an HTML file says of itself, or else Windows-1252.
/// Linear in the number of bytes.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, NoText> {
    if bytes.starts_with(b"%PDF-") {
        return Err(NoText::Pdf);
    }
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(NoText::TooLong(bytes.len()));
    }
    let encoding = encoding(bytes);
    let (text, encoding, _) = encoding.decode(bytes);
    if is_binary(&text) {
        return Err(NoText::Binary);
    }
    if text.chars().all(char::is_whitespace) {
        return Err(NoText::Empty);
    }
    Ok(Decoded {
        kind: kind(name, &text),
        text: text.into_owned(),
        encoding: encoding.name(),
    })
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    declared(bytes).unwrap_or(WINDOWS_1252)
}

/// The encoding that an HTML or XML file says it has.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(SNIFFED)]).to_ascii_lowercase();
    if !start.trim_start().starts_with('<') {
        return None;
    }
    let keys = ["charset=", "encoding="];
    let value = keys
        .iter()
        .find_map(|key| Some(&start[start.find(key)? + key.len()..]))?;
    let value = value.trim_start_matches(['"', '\'']);
    let label = value.split(['"', '\'', ' ', ';', '>', '/', '?']).next()?;
    // What is not UTF-8 is not helped by saying that it is.
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// Whether a text has characters that no text has.
fn is_binary(text: &str) -> bool {
    let is_control = |c: char| {
        c < ' '
            && !matches!(
                c,
                '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{1a}' | '\u{1b}'
            )
    };
    text.contains('\0')
        || text
            .chars()
            .take(SNIFFED)
            .filter(|c| is_control(*c))
            .count()
            > 8
}

fn kind(name: &str, text: &str) -> Kind {
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let starts_with = |tag: &str| {
        start
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    match &*ending {
        "html" | "htm" | "xhtml" => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        _ if starts_with("<!doctype html") || starts_with("<html") => Kind::Html,
        _ => Kind::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: Result<(&str, &str, Kind), NoText>) {
        let found = decode(name, bytes);
        let found = found
            .as_ref()
            .map(|it| (&*it.text, it.encoding, it.kind))
            .map_err(|why| *why);
        assert_eq!(found, expected);
    }

    #[test]
    fn encodings_are_recognised() {
        check(
            "a.txt",
            "dear “deck”".as_bytes(),
            Ok(("dear “deck”", "UTF-8", Kind::Plain)),
        );
        check(
            "a.txt",
            b"dear \x93deck\x94",
            Ok(("dear “deck”", "windows-1252", Kind::Plain)),
        );
        check(
            "a.md",
            b"\xff\xfed\0e\0",
            Ok(("de", "UTF-16LE", Kind::Markdown)),
        );
        check(
            "a.txt",
            b"\xfe\xff\0d\0e",
            Ok(("de", "UTF-16BE", Kind::Plain)),
        );
        let html = b"<html><meta charset='koi8-r'><p>\xcd\xcf\xd3\xd4";
        check(
            "a",
            html,
            Ok(("<html><meta charset='koi8-r'><p>мост", "KOI8-R", Kind::Html)),
        );
    }

    #[test]
    fn what_is_no_text_is_said() {
        check("a.txt", b"", Err(NoText::Empty));
        check("a.txt", b" \n", Err(NoText::Empty));
        check("a.txt", b"%PDF-1.7 text", Err(NoText::Pdf));
        check("a.txt", b"ok\0no", Err(NoText::Binary));
        check("a.zip", b"PK\x03\x04\x14\x00\x08\x08", Err(NoText::Binary));
    }
}
