//! The YAML tree: nodes in one arena, so that neither reading nor dropping it recurses.

use std::borrow::Cow;

use crate::source::Span;

/// The index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// A YAML document as its author wrote it.
#[derive(Debug, Default)]
pub struct Tree<'t> {
    pub(super) nodes: Vec<Node<'t>>,
    /// Children of all collections, one run for each; a mapping's alternate between key and value.
    pub(super) children: Vec<NodeId>,
    pub(super) root: Option<NodeId>,
    pub(super) comments: Vec<Comment>,
}

/// One value of the tree and where it stands.
#[derive(Debug)]
pub struct Node<'t> {
    /// The text of the value. An alias keeps its own place, not its anchor's.
    pub span: Span,
    /// What the value is.
    pub(super) content: Content<'t>,
    /// The tag, where it is not one of YAML's own names for strings, sequences and mappings.
    pub tag: Option<Box<str>>,
    /// A syntax error came before its end, so that more may belong to it.
    pub incomplete: bool,
}

#[derive(Debug)]
pub(super) enum Content<'t> {
    Scalar(Scalar<'t>),
    Sequence { first: u32, len: u32 },
    Mapping { first: u32, len: u32 },
    Alias(NodeId),
}

/// A scalar as text; what it means is for the reader to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar<'t> {
    /// The text after YAML's escapes and folding.
    pub text: Cow<'t, str>,
    /// How it was written.
    pub style: ScalarStyle,
}

/// How a scalar was written, as far as it changes what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Nothing stands where a value could.
    Empty,
    /// Without quotes.
    Plain,
    /// In quotes, or as a block: text, whatever it looks like.
    Quoted,
}

impl Scalar<'_> {
    /// Whether YAML reads this as "no value": nothing at all, `null` or `~` without quotes.
    pub fn is_null(&self) -> bool {
        match self.style {
            ScalarStyle::Empty => true,
            ScalarStyle::Plain => matches!(&*self.text, "~" | "null" | "Null" | "NULL"),
            ScalarStyle::Quoted => false,
        }
    }
}

/// A node's value with aliases followed.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a, 't> {
    /// A scalar.
    Scalar(&'a Scalar<'t>),
    /// The items of a sequence.
    Sequence(&'a [NodeId]),
    /// The entries of a mapping, as written: keys may repeat.
    Mapping(Entries<'a>),
}

/// The entries of a mapping in document order.
#[derive(Clone, Copy, Debug)]
pub struct Entries<'a>(&'a [NodeId]);

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The key.
    pub key: NodeId,
    /// The value.
    pub value: NodeId,
}

impl<'a> Entries<'a> {
    /// How many entries there are.
    pub fn len(self) -> usize {
        self.0.len() / 2
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The entries in document order.
    pub fn iter(self) -> impl Iterator<Item = Entry> + 'a {
        self.0.chunks_exact(2).map(|pair| Entry {
            key: pair[0],
            value: pair[1],
        })
    }
}

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands, with the `#`.
    pub span: Span,
    /// Whether something else stands before it on its line.
    pub trailing: bool,
}

impl<'t> Tree<'t> {
    /// The document's value; none where the text is empty or holds only comments.
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// A node as it stands in the text.
    pub fn node(&self, id: NodeId) -> &Node<'t> {
        &self.nodes[id.0 as usize]
    }

    /// Where a node stands.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// A node's value; an alias has that of its anchor.
    pub fn value(&self, id: NodeId) -> Value<'_, 't> {
        match &self.node(id).content {
            Content::Scalar(scalar) => Value::Scalar(scalar),
            Content::Sequence { first, len } => Value::Sequence(self.run(*first, *len)),
            Content::Mapping { first, len } => Value::Mapping(Entries(self.run(*first, *len))),
            Content::Alias(target) => match &self.node(*target).content {
                Content::Alias(_) => {
                    unreachable!("an alias leads to a node with an anchor, and aliases have none")
                }
                _ => self.value(*target),
            },
        }
    }

    /// A scalar node's scalar.
    pub fn scalar(&self, id: NodeId) -> Option<&Scalar<'t>> {
        match self.value(id) {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// All comments, in document order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    fn run(&self, first: u32, len: u32) -> &[NodeId] {
        &self.children[first as usize..(first + len) as usize]
    }
}
