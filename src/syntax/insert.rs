//! Keys put beside a value: comments, layout and every other byte stay.

use std::ops::Range;

use super::edit::Edit;
use super::tree::{Content, Entry, NodeId, ScalarStyle, Tree, Value};
use crate::source::{SourceFile, Span};

/// How far what is new is indented.
const STEP: usize = 2;

/// A scalar that stands for something with keys: alone, or as the value of one of its own keys.
#[derive(Clone, Copy, Debug)]
pub struct Home<'a> {
    /// Where the scalar stands.
    pub scalar: Span,
    /// The keys that it may be the value of in its own mapping.
    pub keys: &'a [&'a str],
    /// Where the key stands that is the name of the thing and not one of its own keys, if it has such a name.
    pub name: Option<Span>,
    /// The key that it gets where it becomes a mapping.
    pub key: &'a str,
    /// Whether that mapping is to be one in braces wherever it stands.
    pub in_braces: bool,
}

/// The edits that give a thing these keys with these values, which are YAML on one line; what it has of them is
/// replaced.
///
/// Nothing where the tree has no such scalar, or none that could be edited without writing its text anew.
/// Whoever makes the edits should read what comes of them: YAML has more ways to write a mapping than this knows.
/// Linear in the tree and the text.
pub fn put(
    file: &SourceFile,
    tree: &Tree<'_>,
    home: Home<'_>,
    entries: &[(&str, String)],
) -> Option<Vec<Edit>> {
    let site = find(file, tree, home)?;
    let pen = Pen { file, tree };
    match site.parent {
        Parent::Entry { mapping, entry } if home.name != Some(tree.span(entry.key)) => {
            let key = tree.scalar(entry.key)?;
            if home.keys.contains(&&*key.text) {
                return pen.add(mapping, entry, site.is_flow, entries);
            }
            pen.wrap(site, home, entries)
        }
        _ => pen.wrap(site, home, entries),
    }
}

/// A scalar and where it stands.
#[derive(Clone, Copy)]
struct Site {
    node: NodeId,
    parent: Parent,
    /// Whether a collection in braces or brackets is around it.
    is_flow: bool,
}

#[derive(Clone, Copy)]
enum Parent {
    Entry { mapping: NodeId, entry: Entry },
    Item,
}

/// Looks for the scalar, with the open collections on a stack.
fn find(file: &SourceFile, tree: &Tree<'_>, home: Home<'_>) -> Option<Site> {
    let mut open = vec![(tree.root()?, false)];
    while let Some((collection, is_within_flow)) = open.pop() {
        let starts_in = |c| file.text()[tree.span(collection).range()].starts_with(c);
        let is_flow = is_within_flow || starts_in(['{', '[']);
        let mut children = Vec::new();
        // What an alias stands for is looked at where it is written.
        if !matches!(tree.node(collection).content, Content::Alias(_)) {
            match tree.value(collection) {
                Value::Scalar(_) => {}
                Value::Sequence(items) => {
                    children.extend(items.iter().map(|item| (*item, Parent::Item)));
                }
                Value::Mapping(entries) => children.extend(entries.iter().map(|entry| {
                    let mapping = collection;
                    (entry.value, Parent::Entry { mapping, entry })
                })),
            }
        }
        for (node, parent) in children {
            if tree.span(node) == home.scalar && tree.scalar(node).is_some() {
                return Some(Site {
                    node,
                    parent,
                    is_flow,
                });
            }
            open.push((node, is_flow));
        }
    }
    None
}

struct Pen<'t> {
    file: &'t SourceFile,
    tree: &'t Tree<'t>,
}

impl Pen<'_> {
    /// Gives a mapping entries behind one that it has.
    fn add(
        &self,
        mapping: NodeId,
        behind: Entry,
        is_flow: bool,
        entries: &[(&str, String)],
    ) -> Option<Vec<Edit>> {
        let Value::Mapping(written) = self.tree.value(mapping) else {
            return None;
        };
        let indent = self.column(self.tree.span(behind.key));
        let mut edits = Vec::new();
        // New entries that follow each other are one edit, since two at one place would be in conflict.
        let mut place = self.place_behind(behind, is_flow)?;
        let mut new = String::new();
        for (key, value) in entries {
            let is_named = |entry: &Entry| {
                self.tree
                    .scalar(entry.key)
                    .is_some_and(|it| it.text == *key)
            };
            match written.iter().find(is_named) {
                Some(entry) => {
                    edits.push(self.replace(entry, value)?);
                    if !new.is_empty() {
                        edits.push(Edit::new(place..place, std::mem::take(&mut new)));
                    }
                    place = self.place_behind(entry, is_flow)?;
                }
                None if is_flow => new.extend([", ", *key, ": ", &**value]),
                None => new.push_str(&self.line(indent, key, value)),
            }
        }
        if !new.is_empty() {
            edits.push(Edit::new(place..place, new));
        }
        Some(edits)
    }

    /// Makes a mapping of the scalar.
    fn wrap(&self, site: Site, home: Home<'_>, entries: &[(&str, String)]) -> Option<Vec<Edit>> {
        let span = self.tree.span(site.node);
        let scalar = self.tree.scalar(site.node)?;
        let is_block = self.is_block(span);
        if site.is_flow || home.in_braces {
            // A comma would end a plain scalar there.
            let is_endangered = scalar.style == ScalarStyle::Plain
                && !site.is_flow
                && scalar.text.contains([',', '[', ']', '{', '}']);
            if is_block || is_endangered || scalar.style == ScalarStyle::Empty {
                return None;
            }
            let start = span.start as usize;
            let rest = entries
                .iter()
                .flat_map(|(key, value)| [", ", *key, ": ", &**value]);
            let rest: String = rest.collect();
            let end = self.content_end(span);
            return Some(vec![
                Edit::new(start..start, format!("{{{}: ", home.key)),
                Edit::new(end..end, format!("{rest}}}")),
            ]);
        }
        let (mut edits, indent, start) = match site.parent {
            Parent::Entry { entry, .. } => {
                let indent = self.column(self.tree.span(entry.key)) + STEP;
                let at = self.behind_colon(entry)?;
                let new = format!("{}{}{}:", self.line_break(), " ".repeat(indent), home.key);
                (vec![Edit::new(at..at, new)], indent, at)
            }
            Parent::Item if is_block => return None,
            Parent::Item => {
                let start = span.start as usize;
                let new = format!("{}: ", home.key);
                (vec![Edit::new(start..start, new)], self.column(span), start)
            }
        };
        let end = self.content_end(span);
        edits.extend(self.deepened(start..end));
        let end = self.line_end(end);
        let new = entries
            .iter()
            .map(|(key, value)| self.line(indent, key, value));
        edits.push(Edit::new(end..end, new.collect::<String>()));
        Some(edits)
    }

    /// Puts another value in the place of an entry's.
    fn replace(&self, entry: Entry, value: &str) -> Option<Edit> {
        let span = self.tree.span(entry.value);
        let scalar = self.tree.scalar(entry.value)?;
        if scalar.style != ScalarStyle::Empty && !self.is_block(span) {
            return Some(Edit::new(span.range(), value));
        }
        let start = self.behind_colon(entry)?;
        if scalar.style == ScalarStyle::Empty {
            return Some(Edit::new(start..start, format!(" {value}")));
        }
        // A comment beside the indicator of a block stays.
        let end = self.content_end(span);
        let within = |comment: &&super::Comment| {
            (start..end).contains(&(comment.span.start as usize)) && comment.trailing
        };
        let comment = self.tree.comments().iter().find(within);
        let comment = comment.map_or("", |comment| &self.file.text()[comment.span.range()]);
        let new = format!(" {value} {comment}");
        Some(Edit::new(start..end, new.trim_end()))
    }

    /// Where an entry may follow another: at the end of the value, or of its line.
    fn place_behind(&self, entry: Entry, is_flow: bool) -> Option<usize> {
        let scalar = self.tree.scalar(entry.value)?;
        let end = if scalar.style == ScalarStyle::Empty {
            self.behind_colon(entry)?
        } else {
            self.content_end(self.tree.span(entry.value))
        };
        Some(if is_flow { end } else { self.line_end(end) })
    }

    /// The offset behind the colon of an entry.
    fn behind_colon(&self, entry: Entry) -> Option<usize> {
        let start = self.tree.span(entry.key).end as usize;
        let colon = self.file.text()[start..].find(':')?;
        let between = &self.file.text()[start..start + colon];
        between.trim().is_empty().then_some(start + colon + 1)
    }

    /// The edits that indent the lines behind the first of a range by a step.
    fn deepened(&self, range: Range<usize>) -> Vec<Edit> {
        let text = &self.file.text()[range.clone()];
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let has_text = |at: &usize| !text[*at..].starts_with(['\n', '\r']);
        let starts = starts.filter(has_text).map(|at| range.start + at);
        starts
            .map(|at| Edit::new(at..at, " ".repeat(STEP)))
            .collect()
    }

    /// Whether a scalar is a block under `|` or `>`, or at least begins a line like one.
    fn is_block(&self, span: Span) -> bool {
        !super::is_replaceable(self.file, span)
    }

    /// The end of a value without the line breaks that its span may have behind it.
    fn content_end(&self, span: Span) -> usize {
        let start = span.start as usize;
        start + self.file.text()[span.range()].trim_end().len()
    }

    fn line_end(&self, at: usize) -> usize {
        let text = self.file.text();
        text[at..]
            .find(['\n', '\r'])
            .map_or(text.len(), |end| at + end)
    }

    /// How many characters stand before a value on its line.
    fn column(&self, span: Span) -> usize {
        self.file.position(span.start).column - 1
    }

    fn line(&self, indent: usize, key: &str, value: &str) -> String {
        let line_break = self.line_break();
        format!("{line_break}{}{key}: {value}", " ".repeat(indent))
    }

    fn line_break(&self) -> &'static str {
        if self.file.text().contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{apply, disjoint, parse};
    use super::*;
    use crate::source::FileId;

    /// Puts `at` and `quote` beside the scalar that contains `Text`.
    #[track_caller]
    fn check(yaml: &str, expected: &str) {
        check_home(yaml, None, expected);
    }

    #[track_caller]
    fn check_home(yaml: &str, name: Option<&str>, expected: &str) {
        let file = SourceFile::new("m", yaml);
        let (tree, errors) = parse(FileId(0), &file);
        assert_eq!(errors, []);
        let mut open = vec![tree.root().expect("a value")];
        let mut scalar = None;
        let mut name_span = None;
        while let Some(node) = open.pop() {
            match tree.value(node) {
                Value::Scalar(it) if it.text.contains("Text") => scalar = Some(tree.span(node)),
                Value::Scalar(_) => {}
                Value::Sequence(items) => open.extend(items),
                Value::Mapping(entries) => {
                    let is_name =
                        |entry: &Entry| tree.scalar(entry.key).map(|it| &*it.text) == name;
                    let named = entries.iter().find(is_name);
                    name_span = name_span.or(named.map(|entry| tree.span(entry.key)));
                    open.extend(entries.iter().map(|entry| entry.value));
                }
            }
        }
        let home = Home {
            scalar: scalar.expect("a scalar"),
            keys: &["claim", "text"],
            name: name_span,
            key: "text",
            in_braces: false,
        };
        let entries = [("at", "para 2".to_owned()), ("quote", "\"Q\"".to_owned())];
        let edits = put(&file, &tree, home, &entries);
        let edited = edits.map_or("none".to_owned(), |edits| apply(yaml, &disjoint(edits)));
        assert_eq!(edited, expected);
        let (_, errors) = parse(FileId(0), &SourceFile::new("m", edited));
        assert_eq!(errors, []);
    }

    #[test]
    fn keys_follow_the_text_in_its_own_mapping() {
        check(
            "- claim: Text. # why\n  # and\n  tags: [a]\n",
            "- claim: Text. # why\n  at: para 2\n  quote: \"Q\"\n  # and\n  tags: [a]\n",
        );
        check(
            "claim: Text\r\n",
            "claim: Text\r\nat: para 2\r\nquote: \"Q\"\r\n",
        );
        check(
            "a: {claim: Text}",
            "a: {claim: Text, at: para 2, quote: \"Q\"}",
        );
        check(
            "- {claim: 'Text', # why\n   tags: a}",
            "- {claim: 'Text', at: para 2, quote: \"Q\", # why\n   tags: a}",
        );
        check(
            "a:\n  claim: >-\n    Text\n    more\n\n  tags: a\n",
            "a:\n  claim: >-\n    Text\n    more\n  at: para 2\n  quote: \"Q\"\n\n  tags: a\n",
        );
    }

    #[test]
    fn what_is_there_is_replaced() {
        check(
            "quote: old  # q\nclaim: Text\nat: 'para 9' # a\n",
            "quote: \"Q\"  # q\nclaim: Text\nat: para 2 # a\n",
        );
        check(
            "{claim: Text, quote: old}",
            "{claim: Text, at: para 2, quote: \"Q\"}",
        );
        check(
            "{at: x, claim: Text}",
            "{at: para 2, quote: \"Q\", claim: Text}",
        );
        check(
            "claim: Text\nquote: > # why\n  old\n  words\nat:\n",
            "claim: Text\nquote: \"Q\" # why\nat: para 2\n",
        );
    }

    #[test]
    fn short_forms_become_mappings() {
        check(
            "claims:\n  a: Text # why\n  b: B\n",
            "claims:\n  a:\n    text: Text # why\n    at: para 2\n    quote: \"Q\"\n  b: B\n",
        );
        check(
            "a: >\n  Text\n\n  more\nb: c\n",
            "a:\n  text: >\n    Text\n\n    more\n  at: para 2\n  quote: \"Q\"\nb: c\n",
        );
        check(
            "a:\n  Text\n  more",
            "a:\n  text:\n    Text\n    more\n  at: para 2\n  quote: \"Q\"",
        );
        check(
            "- Text\n  more\n- b\n",
            "- text: Text\n    more\n  at: para 2\n  quote: \"Q\"\n- b\n",
        );
        check(
            "{a: Text, b: c}",
            "{a: {text: Text, at: para 2, quote: \"Q\"}, b: c}",
        );
        check("[Text, b]", "[{text: Text, at: para 2, quote: \"Q\"}, b]");
        check("- >\n  Text\n", "none");
    }

    #[test]
    fn a_thing_may_be_named_like_a_key() {
        check_home(
            "claim: Text\n",
            Some("claim"),
            "claim:\n  text: Text\n  at: para 2\n  quote: \"Q\"\n",
        );
    }
}
