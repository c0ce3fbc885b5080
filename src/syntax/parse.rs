//! Events to tree, in one pass with an explicit stack.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, Placement, ScanError, StructureStyle, Tag, options};
use rustc_hash::FxHashMap;

use super::cause::{Ended, Stop};
use super::error::{SyntaxError, SyntaxErrorKind};
use super::tree::{Comment, Content, Node, NodeId, Scalar, ScalarStyle, Tree, Value};
use crate::source::{FileId, SourceFile, Span};

/// How many more values aliases may unfold into than the document has itself.
const ALIAS_ALLOWANCE: u64 = 1_000_000;

/// Reads a text as one YAML 1.2 document.
///
/// Linear in the text; the depth of the document costs memory, not stack.
/// On a syntax error the tree holds what stands before it, with every collection that the error cut
/// short marked [`Node::incomplete`].
pub fn parse(id: FileId, file: &SourceFile) -> (Tree<'_>, Vec<SyntaxError>) {
    let start = file.content_start();
    let mut builder = Builder::new(id, file.text(), start);
    let options = options! {
        flow_nesting_limit: usize::MAX,
        block_nesting_limit: usize::MAX,
        max_buffered_comment_events: usize::MAX,
        emit_unresolved_aliases: true,
    };
    for event in Parser::new_from_str_with_options(builder.text, options) {
        match event {
            Ok((event, span)) => {
                if !builder.event(event, span) {
                    break;
                }
            }
            Err(error) => {
                builder.stop(&error);
                break;
            }
        }
    }
    builder.finish()
}

/// A collection whose end has not come yet.
struct Open {
    node: NodeId,
    is_mapping: bool,
    is_flow: bool,
    /// Where its children start on the stack of pending ones.
    pending_from: usize,
}

/// Where a value stands, and the properties before it.
struct Place<'a> {
    span: Span,
    /// The parser's number of the anchor, 0 for none.
    anchor: usize,
    tag: Option<&'a Tag>,
}

impl Place<'_> {
    fn plain(span: Span) -> Self {
        Self {
            span,
            anchor: 0,
            tag: None,
        }
    }
}

struct Builder<'t> {
    file: FileId,
    /// The file's text.
    whole: &'t str,
    /// The same behind a byte order mark.
    text: &'t str,
    /// Where `text` starts in the file: behind a byte order mark.
    base: usize,
    tree: Tree<'t>,
    open: Vec<Open>,
    pending: Vec<NodeId>,
    anchors: FxHashMap<usize, NodeId>,
    /// For each node, how many values it stands for with aliases unfolded.
    unfolded: Vec<u64>,
    n_documents: usize,
    /// Where the last value ended.
    last_end: usize,
    errors: Vec<SyntaxError>,
}

impl<'t> Builder<'t> {
    fn new(file: FileId, whole: &'t str, base: usize) -> Self {
        Self {
            file,
            whole,
            text: &whole[base..],
            base,
            tree: Tree::default(),
            open: Vec::new(),
            pending: Vec::new(),
            anchors: FxHashMap::default(),
            unfolded: Vec::new(),
            n_documents: 0,
            last_end: 0,
            errors: Vec::new(),
        }
    }

    /// Takes one event; false when nothing after it is to be read.
    fn event(&mut self, event: Event<'t>, span: granit_parser::Span) -> bool {
        let range = span.byte_range().unwrap_or_default();
        let span = self.span(range.start, range.end);
        match event {
            Event::DocumentStart(..) => {
                self.n_documents += 1;
                if self.n_documents > 1 {
                    self.error(span, SyntaxErrorKind::SeveralDocuments);
                    return false;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.without_line_ends(span, style);
                let scalar = scalar(text, style, span);
                let place = Place {
                    span,
                    anchor,
                    tag: tag.as_deref(),
                };
                self.leaf(Content::Scalar(scalar), &place, 1);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let place = Place {
                    span,
                    anchor,
                    tag: tag.as_deref(),
                };
                self.start(Content::Sequence { first: 0, len: 0 }, style, &place);
            }
            Event::MappingStart(style, anchor, tag) => {
                let place = Place {
                    span,
                    anchor,
                    tag: tag.as_deref(),
                };
                self.start(Content::Mapping { first: 0, len: 0 }, style, &place);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                self.error(span, SyntaxErrorKind::UnknownAnchor(name.into_owned()));
                self.nothing(span);
            }
            Event::Comment(_, placement) => {
                self.tree.comments.push(Comment {
                    span,
                    trailing: placement == Placement::Right,
                });
            }
            // Stream and document ends, and metadata that was not asked for.
            _ => {}
        }
        true
    }

    fn leaf(&mut self, content: Content<'t>, place: &Place<'_>, unfolded: u64) {
        let id = self.add(content, place, unfolded);
        self.last_end = place.span.end as usize - self.base;
        self.attach(id);
    }

    /// Stands in for a value that cannot be had; its author did not mean nothing.
    fn nothing(&mut self, span: Span) {
        let nothing = Scalar {
            text: Cow::Borrowed(""),
            style: ScalarStyle::Empty,
        };
        let at = self.tree.nodes.len();
        self.leaf(Content::Scalar(nothing), &Place::plain(span), 1);
        self.tree.nodes[at].incomplete = true;
    }

    /// The place of a block without the line breaks behind it, up to which the parser counts it.
    fn without_line_ends(&self, span: Span, style: granit_parser::ScalarStyle) -> Span {
        use granit_parser::ScalarStyle as Style;
        if !matches!(style, Style::Literal | Style::Folded) {
            return span;
        }
        let start = span.start as usize - self.base;
        let text = self.text[start..span.end as usize - self.base].trim_end();
        self.span(start, start + text.len())
    }

    fn start(&mut self, content: Content<'t>, style: StructureStyle, place: &Place<'_>) {
        let is_mapping = matches!(content, Content::Mapping { .. });
        let node = self.add(content, place, 1);
        self.tree.nodes[node.0 as usize].incomplete = true;
        let is_flow = style == StructureStyle::Flow;
        self.open.push(Open {
            node,
            is_mapping,
            is_flow,
            pending_from: self.pending.len(),
        });
    }

    /// Closes the innermost collection. A block collection has no end of its own: it ends with its last child.
    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let end = if open.is_flow {
            span.end
        } else {
            self.end_of_children(&open)
        };
        self.close(&open, end);
        self.tree.nodes[open.node.0 as usize].incomplete = false;
        self.last_end = self.last_end.max(end as usize - self.base);
        self.attach(open.node);
    }

    fn close(&mut self, open: &Open, end: u32) {
        let children = self.pending.split_off(open.pending_from);
        let kept = if open.is_mapping {
            children.len() & !1
        } else {
            children.len()
        };
        let first =
            u32::try_from(self.tree.children.len()).expect("a file has fewer values than bytes");
        let len = u32::try_from(kept).expect("a file has fewer values than bytes");
        self.tree.children.extend(&children[..kept]);
        let unfolded = children
            .iter()
            .map(|child| self.unfolded[child.0 as usize])
            .fold(1, u64::saturating_add);
        let index = open.node.0 as usize;
        self.unfolded[index] = unfolded;
        let node = &mut self.tree.nodes[index];
        node.span.end = end.max(node.span.start);
        node.content = match node.content {
            Content::Mapping { .. } => Content::Mapping { first, len },
            _ => Content::Sequence { first, len },
        };
    }

    fn end_of_children(&self, open: &Open) -> u32 {
        self.pending[open.pending_from..]
            .last()
            .map_or(0, |child| self.tree.span(*child).end)
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let target = self.anchors.get(&anchor).copied();
        match target {
            // A node that is still open would contain itself.
            Some(target) if !self.tree.node(target).incomplete => {
                let unfolded = self.unfolded[target.0 as usize];
                self.leaf(Content::Alias(target), &Place::plain(span), unfolded);
            }
            _ => {
                self.error(span, SyntaxErrorKind::AliasCycle);
                self.nothing(span);
            }
        }
    }

    fn add(&mut self, content: Content<'t>, place: &Place<'_>, unfolded: u64) -> NodeId {
        let id = NodeId(
            u32::try_from(self.tree.nodes.len()).expect("a file has fewer values than bytes"),
        );
        let tag = place.tag.filter(|tag| !is_plain_tag(tag));
        let tag = tag.map(|tag| tag.original().into_boxed_str());
        self.tree.nodes.push(Node {
            span: place.span,
            content,
            tag,
            incomplete: false,
        });
        self.unfolded.push(unfolded);
        if place.anchor != 0 {
            self.anchors.insert(place.anchor, id);
        }
        id
    }

    fn attach(&mut self, id: NodeId) {
        if self.open.is_empty() {
            self.tree.root = Some(id);
        } else {
            self.pending.push(id);
        }
    }

    /// Records the parser's error with its likely cause.
    fn stop(&mut self, error: &ScanError) {
        let end = self.text.len();
        let at = error.marker().byte_offset().unwrap_or(end).min(end);
        let mut kind = SyntaxErrorKind::of(error);
        let opened = self.opening(&kind, at);
        if kind == SyntaxErrorKind::TextAfterQuote && opened.is_some() {
            kind = SyntaxErrorKind::UnclosedQuote;
        }
        if kind == SyntaxErrorKind::MissingComma && self.text[at..].starts_with(": ") {
            kind = SyntaxErrorKind::ColonInText;
        }
        let length = self.text[at..].chars().next().filter(|c| !c.is_control());
        let span = self.span(at, at + length.map_or(0, char::len_utf8));
        if kind == SyntaxErrorKind::MissingKey && self.follows_unknown_anchor(at) {
            return;
        }
        let stop = Stop {
            text: self.whole,
            span,
            opened,
            told: self.told(),
            ended: self.ended(error),
        };
        self.errors.push(stop.explain(kind));
        self.doubt_last_value();
    }

    /// Where the last value starts and ends that the parser told of.
    fn told(&self) -> Range<usize> {
        let last = self.tree.nodes.last();
        let start = last.map_or(self.base, |node| node.span.start as usize);
        start..self.base + self.last_end
    }

    /// The document where the parser expects another one.
    fn ended(&self, error: &ScanError) -> Option<Ended> {
        let root = self.tree.root?;
        let n_keys = match self.tree.value(root) {
            Value::Mapping(entries) => entries.len(),
            Value::Scalar(_) | Value::Sequence(_) => 0,
        };
        let is_over = matches!(error.kind(), ErrorKind::ExpectedDocumentStart);
        is_over.then(|| Ended {
            span: self.tree.span(root),
            n_keys,
        })
    }

    /// `*word` at the start of a text is one fault, although the rest of the text is a second one for the parser.
    fn follows_unknown_anchor(&self, at: usize) -> bool {
        let line = self.base + self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let last = self.errors.last();
        last.is_some_and(|error| {
            matches!(error.kind, SyntaxErrorKind::UnknownAnchor(_))
                && error.span.start as usize >= line
        })
    }

    /// What ended just before the error may go on behind it, as its author meant it.
    fn doubt_last_value(&mut self) {
        let end = self.base + self.last_end;
        for node in &mut self.tree.nodes {
            node.incomplete |= node.span.end as usize == end;
        }
    }

    /// The quote or bracket that probably caused an error further down.
    fn opening(&self, kind: &SyntaxErrorKind, at: usize) -> Option<Span> {
        let opened = match kind {
            SyntaxErrorKind::UnclosedBracket(_) => return self.innermost_bracket(),
            SyntaxErrorKind::UnclosedQuote | SyntaxErrorKind::TextAfterQuote => {
                let from = self.last_end.min(at);
                let quote = from + self.text[from..at].find(['"', '\''])?;
                self.span(quote, quote + 1)
            }
            SyntaxErrorKind::MissingComma
            | SyntaxErrorKind::ColonInText
            | SyntaxErrorKind::MismatchedBracket(..) => self.innermost_bracket()?,
            _ => return None,
        };
        let start = opened.start as usize - self.base;
        let crosses_lines = self.text[start.min(at)..at].contains('\n');
        crosses_lines.then_some(opened)
    }

    /// The bracket or brace that was opened last and is open still.
    fn innermost_bracket(&self) -> Option<Span> {
        // `[a: b]` has a mapping without braces, which starts with its key.
        let has_bracket = |open: &&Open| {
            let start = self.tree.span(open.node).start as usize;
            open.is_flow && self.whole[start..].starts_with(['[', '{'])
        };
        let open = self.open.iter().rev().find(has_bracket)?;
        let span = self.tree.span(open.node);
        Some(Span {
            end: span.start + 1,
            ..span
        })
    }

    fn error(&mut self, span: Span, kind: SyntaxErrorKind) {
        self.errors.push(SyntaxError {
            span,
            related: None,
            kind,
        });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| {
            u32::try_from(self.base + at).expect("files over 256 MiB are refused before")
        };
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    /// Closes what a syntax error left open, and refuses a document that aliases would blow up.
    fn finish(mut self) -> (Tree<'t>, Vec<SyntaxError>) {
        while let Some(open) = self.open.pop() {
            let end = self.end_of_children(&open);
            self.close(&open, end);
            self.attach(open.node);
        }
        if let Some(root) = self.tree.root {
            let values = self.unfolded[root.0 as usize];
            let limit = self.tree.nodes.len() as u64 + ALIAS_ALLOWANCE;
            if values > limit {
                let span = self.tree.span(root);
                self.error(
                    Span {
                        end: span.start,
                        ..span
                    },
                    SyntaxErrorKind::AliasBomb { values, limit },
                );
                self.tree.root = None;
            }
        }
        (self.tree, self.errors)
    }
}

fn scalar(text: Cow<'_, str>, style: granit_parser::ScalarStyle, span: Span) -> Scalar<'_> {
    let style = match style {
        granit_parser::ScalarStyle::Plain if span.start == span.end => ScalarStyle::Empty,
        granit_parser::ScalarStyle::Plain => ScalarStyle::Plain,
        _ => ScalarStyle::Quoted,
    };
    let text = if style == ScalarStyle::Empty {
        Cow::Borrowed("")
    } else {
        text
    };
    Scalar { text, style }
}

/// Tags that say what the value is anyway.
fn is_plain_tag(tag: &Tag) -> bool {
    matches!(tag.core_suffix(), Some("str" | "seq" | "map"))
}
