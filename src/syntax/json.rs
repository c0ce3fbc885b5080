//! JSON to the same tree as YAML, so that readers walk one kind of tree.
//!
//! YAML 1.2 holds nearly all of JSON, but not its surrogate escapes, its tabs and its long keys.

use std::borrow::Cow;

use super::tree::{Content, Node, NodeId, Scalar, ScalarStyle, Tree};
use crate::source::{FileId, SourceFile, Span};

/// Where a text stops being JSON, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Where the author must look.
    pub span: Span,
    /// What is wrong there, in words.
    pub what: &'static str,
}

/// Reads a text as one JSON value (RFC 8259), with `NaN` and `Infinity` as Python writes them.
///
/// Linear in the text; the depth of the document costs memory, not stack.
/// On an error the tree holds what stands before it, and every collection that is cut short is marked
/// [`Node::incomplete`].
pub fn parse_json(id: FileId, file: &SourceFile) -> (Tree<'_>, Option<JsonError>) {
    outline_json(id, file, usize::MAX)
}

/// The same with collections inside of `depth` others left empty, so that a large file makes a small tree.
///
/// All of the text is gone through, and [`parse_json_part`] reads what was left out.
pub fn outline_json(id: FileId, file: &SourceFile, depth: usize) -> (Tree<'_>, Option<JsonError>) {
    let mut reader = Reader::new(id, file.text(), file.content_start(), depth);
    let error = reader.document().err();
    (reader.finish(), error)
}

/// The whole value at a place that [`outline_json`] found.
pub fn parse_json_part(file: &SourceFile, place: Span) -> Tree<'_> {
    let text = &file.text()[..place.end as usize];
    let mut reader = Reader::new(place.file, text, place.start as usize, usize::MAX);
    // An error has been told with the whole file.
    let _ = reader.document();
    reader.finish()
}

/// A collection whose end has not come yet.
struct Open {
    node: NodeId,
    is_object: bool,
    /// Where its children start on the stack of pending ones.
    pending_from: usize,
    /// Where the runs of those inside of it start among the tree's.
    children_from: usize,
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    /// Collections inside of so many others are left empty.
    depth: usize,
    tree: Tree<'t>,
    open: Vec<Open>,
    pending: Vec<NodeId>,
}

impl<'t> Reader<'t> {
    fn new(file: FileId, text: &'t str, at: usize, depth: usize) -> Self {
        Self {
            file,
            text,
            at,
            depth,
            tree: Tree::default(),
            open: Vec::new(),
            pending: Vec::new(),
        }
    }

    /// The tree of what was read, with everything closed.
    fn finish(mut self) -> Tree<'t> {
        while !self.open.is_empty() {
            self.close(true);
        }
        self.tree
    }

    fn document(&mut self) -> Result<(), JsonError> {
        if self.next().is_none() {
            return Ok(());
        }
        self.value()?;
        while self.goes_on()? {
            self.value()?;
        }
        Ok(())
    }

    /// Reads a scalar, or the brackets down to the first scalar or the end of an empty collection.
    fn value(&mut self) -> Result<(), JsonError> {
        loop {
            match self.next() {
                Some(b'{') => {
                    self.start(true);
                    if self.next() == Some(b'}') {
                        return Ok(());
                    }
                    self.key()?;
                }
                Some(b'[') => {
                    self.start(false);
                    if self.next() == Some(b']') {
                        return Ok(());
                    }
                }
                Some(b'"') => return self.string(),
                Some(_) => return self.word(),
                None => return Err(self.error("it ends in the middle")),
            }
        }
    }

    /// Closes the collections that end behind a value; says whether another value follows.
    fn goes_on(&mut self) -> Result<bool, JsonError> {
        loop {
            let next = self.next();
            let Some(open) = self.open.last() else {
                return match next {
                    None => Ok(false),
                    Some(_) => Err(self.error("more text stands behind its end")),
                };
            };
            let is_object = open.is_object;
            match next {
                Some(b'}') if is_object => self.end(),
                Some(b']') if !is_object => self.end(),
                Some(b',') => {
                    self.at += 1;
                    if is_object {
                        self.key()?;
                    }
                    return Ok(true);
                }
                Some(_) => return Err(self.error("a comma or a closing bracket is missing")),
                None => return Err(self.error("it ends in the middle")),
            }
        }
    }

    fn key(&mut self) -> Result<(), JsonError> {
        match self.next() {
            Some(b'"') => self.string()?,
            Some(_) => return Err(self.error("a key in double quotes is missing")),
            None => return Err(self.error("it ends in the middle")),
        }
        match self.next() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(self.error("a colon is missing")),
            None => return Err(self.error("it ends in the middle")),
        }
        Ok(())
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Result<(), JsonError> {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        let is_name = matches!(
            word,
            "true" | "false" | "null" | "NaN" | "Infinity" | "-Infinity"
        );
        let starts_number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        if !(is_name || starts_number && word.parse::<f64>().is_ok()) {
            return Err(self.error("a value is missing"));
        }
        let span = self.span(self.at, self.at + word.len());
        self.at += word.len();
        self.scalar(Cow::Borrowed(word), ScalarStyle::Plain, span);
        Ok(())
    }

    /// A text in double quotes. Line breaks and tabs in it are let through.
    fn string(&mut self) -> Result<(), JsonError> {
        let start = self.at + 1;
        let text = self.text;
        let mut decoded: Option<String> = None;
        let mut copied_to = start;
        let mut at = start;
        loop {
            let found = text[at..].find(['"', '\\']).map(|offset| at + offset);
            let Some(stop) = found else {
                return Err(self.error("a text in double quotes has no end"));
            };
            if text.as_bytes()[stop] == b'"' {
                let rest = &text[copied_to..stop];
                let value = match decoded {
                    Some(decoded) => Cow::Owned(decoded + rest),
                    None => Cow::Borrowed(rest),
                };
                let span = self.span(self.at, stop + 1);
                self.at = stop + 1;
                self.scalar(value, ScalarStyle::Quoted, span);
                return Ok(());
            }
            let Some((c, end)) = unescape(text, stop) else {
                self.at = stop;
                return Err(self.error("this is no escape of JSON"));
            };
            let decoded = decoded.get_or_insert_default();
            decoded.push_str(&text[copied_to..stop]);
            decoded.push(c);
            (at, copied_to) = (end, end);
        }
    }

    fn scalar(&mut self, text: Cow<'t, str>, style: ScalarStyle, span: Span) {
        let scalar = Content::Scalar(Scalar { text, style });
        let id = self.add(scalar, span);
        self.attach(id);
    }

    fn start(&mut self, is_object: bool) {
        let span = self.span(self.at, self.at + 1);
        // What it is for good is known at its end.
        let node = self.add(Content::Sequence { first: 0, len: 0 }, span);
        self.open.push(Open {
            node,
            is_object,
            pending_from: self.pending.len(),
            children_from: self.tree.children.len(),
        });
        self.at += 1;
    }

    fn end(&mut self) {
        self.at += 1;
        self.close(false);
    }

    /// Closes the innermost collection where the text is now.
    fn close(&mut self, incomplete: bool) {
        let open = self.open.pop().expect("a collection is open");
        let children = self.pending.split_off(open.pending_from);
        // A key without its value is not kept.
        let n_kept = if self.open.len() >= self.depth {
            self.tree.nodes.truncate(open.node.0 as usize + 1);
            self.tree.children.truncate(open.children_from);
            0
        } else if open.is_object {
            children.len() & !1
        } else {
            children.len()
        };
        let number = |n| u32::try_from(n).expect("a file has fewer values than bytes");
        let (first, len) = (number(self.tree.children.len()), number(n_kept));
        self.tree.children.extend(&children[..n_kept]);
        let end = self.span(self.at, self.at).end;
        let node = &mut self.tree.nodes[open.node.0 as usize];
        node.span.end = end;
        node.incomplete = incomplete;
        node.content = if open.is_object {
            Content::Mapping { first, len }
        } else {
            Content::Sequence { first, len }
        };
        self.attach(open.node);
    }

    fn add(&mut self, content: Content<'t>, span: Span) -> NodeId {
        let n_nodes = self.tree.nodes.len();
        let id = NodeId(u32::try_from(n_nodes).expect("a file has fewer values than bytes"));
        self.tree.nodes.push(Node {
            span,
            content,
            tag: None,
            incomplete: false,
        });
        id
    }

    fn attach(&mut self, id: NodeId) {
        if self.open.is_empty() {
            self.tree.root = Some(id);
        } else {
            self.pending.push(id);
        }
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let n_spaces = rest.iter().take_while(|byte| is_space(byte)).count();
        self.at += n_spaces;
        rest.get(n_spaces).copied()
    }

    fn error(&self, what: &'static str) -> JsonError {
        let length = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let span = self.span(self.at, self.at + length);
        JsonError { span, what }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at| u32::try_from(at).expect("files over 256 MiB are refused before");
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }
}

/// The character of the escape at a backslash, and where the text goes on; half a surrogate pair is U+FFFD.
fn unescape(text: &str, backslash: usize) -> Option<(char, usize)> {
    let at = backslash + 1;
    let c = match text.as_bytes().get(at)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unescape_unicode(text, at + 1),
        _ => return None,
    };
    Some((c, at + 1))
}

fn unescape_unicode(text: &str, at: usize) -> Option<(char, usize)> {
    let high = code_unit(text, at)?;
    let rest = text.as_bytes().get(at + 4..).unwrap_or_default();
    let low = rest
        .starts_with(b"\\u")
        .then(|| code_unit(text, at + 6))
        .flatten();
    match char::decode_utf16([high].into_iter().chain(low)).next()? {
        Ok(c) if c.len_utf16() == 2 => Some((c, at + 10)),
        decoded => Some((decoded.unwrap_or(char::REPLACEMENT_CHARACTER), at + 4)),
    }
}

/// The UTF-16 code unit of four hexadecimal digits.
fn code_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Value;

    /// A tree as text again.
    fn shown(tree: &Tree<'_>, id: NodeId) -> String {
        let list = |parts: Vec<String>| parts.join(" ");
        match tree.value(id) {
            Value::Scalar(scalar) if scalar.style == ScalarStyle::Quoted => {
                format!("{:?}", scalar.text)
            }
            Value::Scalar(scalar) => scalar.text.to_string(),
            Value::Sequence(items) => {
                format!(
                    "[{}]",
                    list(items.iter().map(|item| shown(tree, *item)).collect())
                )
            }
            Value::Mapping(entries) => {
                let pair = |entry: crate::syntax::Entry| {
                    format!("{}:{}", shown(tree, entry.key), shown(tree, entry.value))
                };
                format!("{{{}}}", list(entries.iter().map(pair).collect()))
            }
        }
    }

    #[track_caller]
    fn check(text: &str, tree: &str, error: Option<(u32, &str)>) {
        let file = SourceFile::new("m.json", text);
        let (read, found) = parse_json(FileId::default(), &file);
        let root = read.root().map(|root| shown(&read, root));
        assert_eq!(root.unwrap_or_default(), tree);
        assert_eq!(found.map(|found| (found.span.start, found.what)), error);
    }

    #[test]
    fn values_are_read_as_written() {
        check(
            " {\"a\": [1, -2.5e3, true, null], \"b\\n\": {}, \"\": []} ",
            "{\"a\":[1 -2.5e3 true null] \"b\\n\":{} \"\":[]}",
            None,
        );
        check("\u{feff}\"x\"", "\"x\"", None);
        check("", "", None);
        check("[NaN]", "[NaN]", None);
    }

    #[test]
    fn escapes_are_characters_and_half_a_pair_is_replaced() {
        check(r#""\u00e9\ud83d\ude00\/\t""#, "\"é😀/\\t\"", None);
        check(r#""\ud83dx \udc00""#, "\"\u{fffd}x \u{fffd}\"", None);
        check(r#""\ud83d\u0041""#, "\"\u{fffd}A\"", None);
        check("\"a\tb\nc\"", "\"a\\tb\\nc\"", None);
    }

    #[test]
    fn what_stands_before_an_error_is_kept() {
        check(
            "{\"a\": 1, \"b\": }",
            "{\"a\":1}",
            Some((14, "a value is missing")),
        );
        check("[1, 2", "[1 2]", Some((5, "it ends in the middle")));
        check(
            "[1 2]",
            "[1]",
            Some((3, "a comma or a closing bracket is missing")),
        );
        check(
            "{a: 1}",
            "{}",
            Some((1, "a key in double quotes is missing")),
        );
        check("{\"a\" 1}", "{}", Some((5, "a colon is missing")));
        check("[\"a\\x\"]", "[]", Some((3, "this is no escape of JSON")));
        check(
            "[\"a]",
            "[]",
            Some((1, "a text in double quotes has no end")),
        );
        check("[] []", "[]", Some((3, "more text stands behind its end")));
        check("[01x]", "[]", Some((1, "a value is missing")));
        check(
            "[1}",
            "[1]",
            Some((2, "a comma or a closing bracket is missing")),
        );
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(100_000);
        let file = SourceFile::new("m.json", deep + &"]".repeat(100_000));
        let (tree, error) = parse_json(FileId::default(), &file);
        assert!(error.is_none() && tree.root().is_some());
        let file = SourceFile::new("m.json", "{\"a\":".repeat(100_000));
        assert!(parse_json(FileId::default(), &file).1.is_some());
    }
}
