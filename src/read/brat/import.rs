//! Annotations to a map: statements first, so that everything else can be about them in whatever order the lines are.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{Line, Piece};
use super::profile::Profile;
use crate::model::{Polarity, ProblemKind, StatementIdx, Text};
use crate::read::draft::Draft;
use crate::read::net::Net;
use crate::source::{Span, Spanned};

/// So many labels are named among what is lost, and so much of each.
const MAX_NAMED: usize = 24;
const MAX_LABEL_CHARS: usize = 40;

pub(super) struct Import<'d, 't> {
    pub(super) draft: &'d mut Draft,
    pub(super) profile: &'d Profile,
    pub(super) net: Net,
    /// Every id of an annotation.
    pub(super) known: FxHashMap<&'t str, Known>,
    /// The notes, by what they are about; nothing once they have been taken.
    notes: FxHashMap<&'t str, Option<Text>>,
    pub(super) theses: Vec<Thesis<'t>>,
    /// What relations say of two statements.
    pub(super) said: FxHashSet<(StatementIdx, StatementIdx, Polarity)>,
    /// What is named among the losses.
    named: FxHashSet<String>,
    /// How many bytes annotations without words may still take from the text.
    pub(super) spare: usize,
}

/// What an id is of.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// Where it stands first.
    pub(super) span: Span,
    pub(super) of: Meaning,
}

/// What a map makes of an annotation.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Statement(Bound),
    /// A step between others.
    Step,
    /// Nothing that something else could be about.
    Other,
}

/// A statement that is bound to the text.
#[derive(Clone, Copy)]
pub(super) struct Bound {
    pub(super) idx: StatementIdx,
    pub(super) is_thesis: bool,
}

/// A statement that the text argues for.
#[derive(Clone, Copy)]
pub(super) struct Thesis<'t> {
    pub(super) id: Piece<'t>,
    pub(super) idx: StatementIdx,
    /// Where in the text it starts, in characters.
    pub(super) start: usize,
}

impl<'d, 't> Import<'d, 't> {
    pub(super) fn new(draft: &'d mut Draft, profile: &'d Profile) -> Self {
        Self {
            draft,
            profile,
            net: Net::default(),
            known: FxHashMap::default(),
            notes: FxHashMap::default(),
            theses: Vec::new(),
            said: FxHashSet::default(),
            named: FxHashSet::default(),
            spare: 0,
        }
    }

    pub(super) fn annotations(mut self, lines: &[Line<'t>], text: Option<&str>) {
        self.notes(lines);
        self.entities(lines, text);
        self.draft.settle();
        self.others(lines);
        self.relations(lines);
        let thesis = self.thesis();
        self.attributes(lines, thesis);
        self.notes_left(lines);
        let Self {
            net, draft, theses, ..
        } = self;
        net.finish(draft);
        restate(draft, &theses, thesis);
    }

    /// Makes an id known; one that is known already is a fault.
    pub(super) fn is_new(&mut self, id: Piece<'t>) -> bool {
        let span = id.span();
        if let Some(Known { span: first, .. }) = self.known.get(id.text) {
            let (id, first) = (id.text.to_owned(), *first);
            self.draft
                .problem(span, ProblemKind::DuplicateId { id, first });
            return false;
        }
        let of = Meaning::Other;
        self.known.insert(id.text, Known { span, of });
        true
    }

    /// Says what an id is of.
    pub(super) fn is(&mut self, id: Piece<'t>, of: Meaning) {
        let known = self.known.get_mut(id.text);
        known.expect("an id is known before it means something").of = of;
    }

    /// Whether this is where an id stands first.
    pub(super) fn is_first(&self, id: Piece<'t>) -> bool {
        let known = self.known.get(id.text);
        known.is_some_and(|known| known.span == id.span())
    }

    /// What an id is of; an id that nothing has is a fault.
    pub(super) fn meaning(&mut self, id: Piece<'t>) -> Option<Meaning> {
        let known = self.known.get(id.text);
        if known.is_none() {
            self.draft.undefined(&id.to_text(), "annotation");
        }
        known.map(|known| known.of)
    }

    /// Counts something with a label that means nothing.
    pub(super) fn lose(&mut self, what: &str, label: Piece<'t>) {
        let shown: String = label.text.chars().take(MAX_LABEL_CHARS).collect();
        let cut = if shown == label.text { "" } else { "…" };
        let named = format!("{what} `{shown}{cut}`");
        let is_named = self.named.contains(&named) || self.named.len() < MAX_NAMED;
        let span = label.span();
        if is_named {
            self.named.insert(named.clone());
            self.draft.losses.add(named, span);
        } else {
            self.draft.losses.add("annotations of further labels", span);
        }
    }

    fn notes(&mut self, lines: &[Line<'t>]) {
        for line in lines {
            let Line::Note { target, words } = line else {
                continue;
            };
            let note = words.text.trim();
            match self.notes.entry(target.text).or_default() {
                _ if note.is_empty() => {}
                Some(before) => {
                    before.value.push('\n');
                    before.value.push_str(note);
                }
                first => {
                    let (value, span) = (note.to_owned(), words.span());
                    *first = Some(Spanned { value, span });
                }
            }
        }
    }

    /// The notes on an annotation, which are taken with this.
    pub(super) fn take_note(&mut self, id: Piece<'t>) -> Option<Text> {
        self.notes.get_mut(id.text)?.take()
    }

    /// Notes on what is neither a statement nor a step.
    fn notes_left(&mut self, lines: &[Line<'t>]) {
        for line in lines {
            let Line::Note { target, .. } = line else {
                continue;
            };
            let is_left = self.notes.get(target.text).is_some_and(Option::is_some);
            if self.meaning(*target).is_some() && is_left {
                let what = "notes on what a map has no place for";
                self.draft.losses.add(what, target.span());
            }
        }
    }
}

/// Ties the other theses to the one that the map argues for.
fn restate(draft: &mut Draft, theses: &[Thesis<'_>], original: Option<Thesis<'_>>) {
    let Some(original) = original else { return };
    for other in theses.iter().filter(|it| it.idx != original.idx) {
        let reference = draft.reference_to(original.idx, other.id.span());
        let restates = &mut draft.map.statements[other.idx.index()].restates;
        // A relation may have said it.
        if restates.iter().all(|it| it.value != reference.value) {
            restates.push(reference);
        }
    }
}
