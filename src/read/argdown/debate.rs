//! What an Argdown document says, in Argdown's own notions.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Text;
use crate::source::Span;

/// Statements, arguments, and how they are related.
#[derive(Default)]
pub(super) struct Debate {
    /// The statements: all places with one title are one statement, as are all its wordings.
    pub(super) statements: Vec<Node>,
    pub(super) arguments: Vec<Argument>,
    pub(super) relations: Vec<Relation>,
    /// Between statements, a support is an entailment and an attack says that both cannot be true.
    pub(super) is_strict: bool,
    statement_titles: FxHashMap<String, usize>,
    argument_titles: FxHashMap<String, usize>,
}

/// A statement, or what is said of an argument as a whole.
#[derive(Default)]
pub(super) struct Node {
    /// None where the document gives it none.
    pub(super) title: Option<Text>,
    /// The first place where it stands.
    pub(super) span: Span,
    /// What it says, in the order in which it is said.
    pub(super) wordings: Vec<Text>,
    /// The tags, each once.
    pub(super) tags: Vec<Text>,
    /// The addresses that its wordings link to, with what the links are called.
    pub(super) links: Vec<Link>,
    /// The heading that it stands under.
    pub(super) section: Option<Text>,
    known_tags: FxHashSet<String>,
    known_wordings: FxHashSet<String>,
}

/// A link in a text.
#[derive(Clone)]
pub(super) struct Link {
    pub(super) title: String,
    pub(super) url: Text,
}

/// An argument: just described, or reconstructed in premises and conclusions.
#[derive(Default)]
pub(super) struct Argument {
    pub(super) node: Node,
    /// The premises and conclusions of its reconstruction, in order; the last one is the main conclusion.
    pub(super) items: Vec<Item>,
}

/// A premise or a conclusion of a reconstruction.
pub(super) struct Item {
    /// The statement's index.
    pub(super) statement: usize,
    /// Where it stands.
    pub(super) span: Span,
    /// How it is inferred; none for a premise.
    pub(super) step: Option<Step>,
}

/// What a reconstruction says of an inference.
#[derive(Default)]
pub(super) struct Step {
    /// The inference rules by name.
    pub(super) rules: Vec<Text>,
    /// The items that it uses, by index, where it says so.
    pub(super) uses: Vec<usize>,
}

/// A relation between two ends.
pub(super) struct Relation {
    pub(super) kind: Kind,
    pub(super) from: End,
    pub(super) to: End,
    pub(super) span: Span,
}

/// What a relation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Support,
    Entails,
    Attack,
    Undercut,
    /// Not both are true.
    Contrary,
    /// Just one is true.
    Contradictory,
}

/// What a relation leads from or to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum End {
    /// A statement, by index.
    Statement(usize),
    /// An argument, by index.
    Argument(usize),
    /// The inference of an argument that leads to one of its items, both by index.
    Step(usize, usize),
}

impl Argument {
    /// Whether it has an inference.
    pub(super) fn is_reconstructed(&self) -> bool {
        self.items.iter().any(|item| item.step.is_some())
    }
}

impl Node {
    /// Adds tags that it does not have yet.
    pub(super) fn tag(&mut self, tags: Vec<Text>) {
        for tag in tags {
            if self.known_tags.insert(tag.value.clone()) {
                self.tags.push(tag);
            }
        }
    }

    /// Adds a wording that it does not have yet.
    pub(super) fn word(&mut self, wording: Text) {
        if !wording.value.is_empty() && self.known_wordings.insert(wording.value.clone()) {
            self.wordings.push(wording);
        }
    }
}

impl Debate {
    /// The statement of a title, added where it is new; a new one of its own without a title.
    pub(super) fn statement(&mut self, title: Option<&Text>, span: Span) -> usize {
        let at = self.statements.len();
        if let Some(title) = title {
            let known = *self
                .statement_titles
                .entry(title.value.clone())
                .or_insert(at);
            if known < at {
                return known;
            }
        }
        self.statements.push(Node {
            title: title.cloned(),
            span,
            ..Node::default()
        });
        at
    }

    /// The argument of a title, added where it is new; a new one of its own without a title.
    pub(super) fn argument(&mut self, title: Option<&Text>, span: Span) -> usize {
        let at = self.arguments.len();
        if let Some(title) = title {
            let known = *self
                .argument_titles
                .entry(title.value.clone())
                .or_insert(at);
            if known < at {
                return known;
            }
        }
        let node = Node {
            title: title.cloned(),
            span,
            ..Node::default()
        };
        self.arguments.push(Argument {
            node,
            items: Vec::new(),
        });
        at
    }

    /// The statement of that title, if there is one.
    pub(super) fn find_statement(&self, title: &str) -> Option<usize> {
        self.statement_titles.get(title).copied()
    }

    /// The argument of that title, if there is one.
    pub(super) fn find_argument(&self, title: &str) -> Option<usize> {
        self.argument_titles.get(title).copied()
    }
}
