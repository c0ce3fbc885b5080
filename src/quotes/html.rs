//! The visible text of HTML, through the tokens of `html5gum`: without a tree there is nothing that nests too deep.

use std::cell::Cell;
use std::fmt;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable as _, Reader as Input, Span, StringReader, Tokenizer};

use super::decode::NoText;
use super::text::{Builder, Text};
use crate::source::SourceFile;

/// Elements whose text nobody sees.
const HIDDEN: [&[u8]; 11] = [
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"title",
    b"iframe",
    b"noembed",
    b"noframes",
    b"textarea",
    b"select",
    b"datalist",
];

/// Elements within a line; all others part paragraphs.
const INLINE: [&[u8]; 42] = [
    b"a", b"abbr", b"acronym", b"b", b"bdi", b"bdo", b"big", b"button", b"cite", b"code", b"data",
    b"del", b"dfn", b"em", b"font", b"i", b"img", b"input", b"ins", b"kbd", b"label", b"mark",
    b"math", b"nobr", b"output", b"q", b"rp", b"rt", b"ruby", b"s", b"samp", b"small", b"span",
    b"strike", b"strong", b"sub", b"sup", b"svg", b"time", b"tt", b"u", b"wbr",
];

/// Elements that hold what the page is about.
const MAIN: [&[u8]; 2] = [b"main", b"article"];

/// No tag has more attributes than this, but those that are made to break programs: the tokenizer's stack grows with
/// each attribute in double quotes.
const MAX_ATTRIBUTES: usize = 1000;

/// Reads an HTML file. Where it has a `main` or an `article`, only paragraphs in these are counted.
pub(super) fn read(file: &SourceFile) -> Result<Text<'_>, NoText> {
    let start = file.content_start();
    let source = &file.text()[start..];
    let mut reader = Reader {
        text: Builder::new(file),
        hidden: None,
        n_main: 0,
        in_main: Vec::new(),
        note: None,
    };
    let n_attributes = Cell::new(0);
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: Span<usize>| -> Option<()> {
            n_attributes.set(match event {
                CallbackEvent::AttributeName { .. } => n_attributes.get() + 1,
                CallbackEvent::AttributeValue { .. } | CallbackEvent::Error(_) => {
                    n_attributes.get()
                }
                _ => 0,
            });
            reader.event(&event, source, start, span);
            None
        },
    );
    emitter.naively_switch_states(true);
    let input = Guarded {
        input: source.to_reader(),
        n_attributes: &n_attributes,
    };
    let read: Result<(), TooManyAttributes> = Tokenizer::new_with_emitter(input, emitter).collect();
    read.map_err(|TooManyAttributes| NoText::Malicious)?;
    Ok(reader.finish())
}

/// A text that is read on only while no tag has too many attributes.
struct Guarded<'s, 'n> {
    input: StringReader<'s>,
    n_attributes: &'n Cell<usize>,
}

/// More than [`MAX_ATTRIBUTES`].
#[derive(Debug)]
struct TooManyAttributes;

impl fmt::Display for TooManyAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a tag has more than {MAX_ATTRIBUTES} attributes")
    }
}

impl std::error::Error for TooManyAttributes {}

impl Guarded<'_, '_> {
    fn check(&self) -> Result<(), TooManyAttributes> {
        let is_fine = self.n_attributes.get() <= MAX_ATTRIBUTES;
        is_fine.then_some(()).ok_or(TooManyAttributes)
    }
}

impl Input for Guarded<'_, '_> {
    type Error = TooManyAttributes;

    fn read_byte(&mut self) -> Result<Option<u8>, TooManyAttributes> {
        self.check()?;
        let Ok(byte) = self.input.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, text: &[u8], is_exact: bool) -> Result<bool, TooManyAttributes> {
        let Ok(is_there) = self.input.try_read_string(text, is_exact);
        Ok(is_there)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, TooManyAttributes> {
        self.check()?;
        let Ok(chunk) = self.input.read_until(needle, buffer);
        Ok(chunk)
    }
}

struct Reader<'f> {
    text: Builder<'f>,
    /// The hidden element that is open, and how many of its name are.
    hidden: Option<(&'static [u8], usize)>,
    /// How many elements are open that hold what the page is about.
    n_main: usize,
    /// For each paragraph, whether it is in one of these.
    in_main: Vec<bool>,
    /// The raised text that is open: where it begins, and whether it is a link, as the marks of notes are.
    note: Option<(usize, bool)>,
}

impl<'f> Reader<'f> {
    fn event(&mut self, event: &CallbackEvent<'_>, source: &str, offset: usize, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name, offset + span.start),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } if self.hidden.is_none() => {
                let value = String::from_utf8_lossy(value);
                let raw = source.get(span.start..span.end).unwrap_or_default();
                self.string(&value, raw, offset + span.start);
            }
            _ => {}
        }
    }

    fn start(&mut self, name: &[u8], in_file: usize) {
        if let Some((open, depth)) = &mut self.hidden {
            *depth += usize::from(*open == name);
            return;
        }
        if let Some(element) = HIDDEN.iter().find(|element| **element == name) {
            self.hidden = Some((element, 1));
            return;
        }
        match name {
            b"br" if self.text.ends_in_break() => self.end_block(None),
            b"br" => self.text.push("\n", in_file),
            b"sup" => self.note = Some((self.text.len(), false)),
            b"a" => self.note = self.note.map(|(start, _)| (start, true)),
            _ if INLINE.contains(&name) => {}
            _ => self.end_block(None),
        }
        self.n_main += usize::from(MAIN.contains(&name));
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((open, depth)) = &mut self.hidden {
            *depth -= usize::from(*open == name);
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match name {
            b"sup" => {
                if let Some((start, true)) = self.note.take() {
                    self.text.truncate(start);
                }
            }
            [b'h', level @ b'1'..=b'6'] => self.end_block(Some(level - b'0')),
            _ if INLINE.contains(&name) || name == b"br" => {}
            _ => self.end_block(None),
        }
        if MAIN.contains(&name) {
            self.n_main = self.n_main.saturating_sub(1);
        }
    }

    fn end_block(&mut self, level: Option<u8>) {
        self.note = None;
        if self.text.end_block(level) {
            self.in_main.push(self.n_main > 0);
        }
    }

    /// Adds a run of text; where character references were resolved, piece by piece, so that places stay right.
    fn string(&mut self, value: &str, raw: &str, in_file: usize) {
        let (mut value, mut raw, mut in_file) = (value, raw, in_file);
        while value.len() != raw.len() {
            let same = value
                .bytes()
                .zip(raw.bytes())
                .take_while(|(one, other)| one == other)
                .count();
            let same = (0..=same)
                .rev()
                .find(|at| value.is_char_boundary(*at))
                .unwrap_or(0);
            // An ampersand may be the whole result of its reference.
            let same = value[..same]
                .rfind('&')
                .filter(|at| is_reference(&raw[*at..]))
                .unwrap_or(same);
            let Some(next) = value[same..].chars().next() else {
                break;
            };
            let taken = if raw[same..].starts_with("\r\n") {
                2
            } else {
                reference_length(&raw[same..])
            };
            self.text.push(&value[..same], in_file);
            self.text
                .push(&value[same..same + next.len_utf8()], in_file + same);
            value = &value[same + next.len_utf8()..];
            raw = &raw[same + taken..];
            in_file += same + taken;
        }
        self.text.push(value, in_file);
    }

    fn finish(mut self) -> Text<'f> {
        self.end_block(None);
        let in_main = self.in_main;
        if in_main.contains(&true) {
            self.text.keep_paragraphs(|at| in_main[at]);
        }
        self.text.finish()
    }
}

/// Whether a text begins with a reference to `&` itself.
fn is_reference(raw: &str) -> bool {
    ["&amp", "&#38", "&AMP", "&#x26", "&#X26"]
        .iter()
        .any(|start| raw.starts_with(start))
}

/// How many bytes a character reference takes, or else the character that stands there.
fn reference_length(raw: &str) -> usize {
    let Some(name) = raw.strip_prefix('&') else {
        return raw.chars().next().map_or(0, char::len_utf8);
    };
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
        .unwrap_or(name.len());
    1 + end + usize::from(name[end..].starts_with(';'))
}

#[cfg(test)]
mod tests {
    use super::super::decode::Kind;
    use super::*;

    fn paragraphs(html: &str) -> Vec<String> {
        let file = SourceFile::new("a.html", html);
        let text = Text::of(&file, Kind::Html).expect("HTML");
        let ranges = text.paragraphs().iter();
        ranges
            .map(|range| text.visible()[range.clone()].to_owned())
            .collect()
    }

    #[test]
    fn scripts_styles_comments_and_titles_are_not_visible() {
        let html = "<!doctype html><title>T</title><style>p {}</style><p>One<!-- no --><script>if (a < b) '<p>'</script> two";
        assert_eq!(paragraphs(html), ["One two"]);
        assert_eq!(
            paragraphs("<template><p>a<template>b</template></p></template>c"),
            ["c"]
        );
    }

    #[test]
    fn blocks_and_double_breaks_part_paragraphs() {
        assert_eq!(
            paragraphs("a <b>b</b><p>c<br>d<br> <br>e<ul><li>f<li>g</ul>"),
            ["a b", "c\nd", "e", "f", "g"]
        );
    }

    #[test]
    fn marks_of_notes_are_not_visible_and_exponents_are() {
        assert_eq!(
            paragraphs("the deck<sup><a href='#1'>[1]</a></sup> of 9 m<sup>2</sup>"),
            ["the deck of 9 m2"]
        );
    }

    #[test]
    fn paragraphs_are_counted_in_the_main_part() {
        assert_eq!(
            paragraphs("<nav><p>Home</nav><main><h1>T</h1><p>One</p></main><footer>Legal</footer>"),
            ["One"]
        );
    }

    #[test]
    fn places_behind_character_references_are_right() {
        let file = SourceFile::new(
            "a.html",
            "<p>Q&amp;A &ldquo;d&eacute;ck&rdquo;\r\n&lt;b&gt; caf\u{e9} R&D &nbsp;end",
        );
        let text = Text::of(&file, Kind::Html).expect("HTML");
        assert!(
            text.visible()
                .starts_with("Q&A “déck”\n<b> café R&D \u{a0}end"),
            "{}",
            text.visible()
        );
        for (word, raw) in [
            ("A", "A"),
            ("ck", "ck"),
            ("b>", "b&gt;"),
            ("café", "café"),
            ("D", "D"),
            ("end", "end"),
        ] {
            let at = text.visible().find(word).unwrap();
            let found = &file.text()[text.in_file(&(at..at + word.len()))];
            assert!(
                raw.starts_with(found) && !found.is_empty(),
                "{word}: {found}"
            );
        }
    }

    #[test]
    fn deep_and_unclosed_markup_is_read_in_no_time() {
        let deep = "<div>".repeat(100_000) + "deep" + &"</div>".repeat(100_000);
        assert_eq!(paragraphs(&deep), ["deep"]);
        assert_eq!(paragraphs(&("<sup><a>".repeat(50_000) + "end")), ["end"]);
        assert_eq!(paragraphs(&"<br>".repeat(100_000)), Vec::<String>::new());
        for attribute in ["a=\"b\" ", "a='b' ", "a=b ", "a ", "a=\"b\""] {
            let tag = |n: usize| {
                format!(
                    "<p {}>text</p {}>",
                    attribute.repeat(n),
                    attribute.repeat(n)
                )
            };
            assert_eq!(paragraphs(&tag(MAX_ATTRIBUTES / 2)), ["text"]);
            let file = SourceFile::new("a.html", tag(200_000));
            assert!(Text::of(&file, Kind::Html).is_err(), "{attribute}");
        }
    }
}
