//! What another format says and a map cannot: facts, which `convert` counts up for its user.

use std::borrow::Cow;

use crate::source::Span;

/// A kind of thing that a file of another format holds and a map has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What is lost, in the plural: "roles of premises". It may have a word of the file's in it.
    pub what: Cow<'static, str>,
    /// How many of them the file has.
    pub count: usize,
    /// Where the first of them stands.
    pub first: Span,
}

/// Everything that a reading lost, in the order in which it was met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(Vec<Loss>);

impl Losses {
    /// Counts one more thing that is lost. Linear in the kinds, of which an importer has a handful.
    pub fn add(&mut self, what: impl Into<Cow<'static, str>>, span: Span) {
        let what = what.into();
        match self.0.iter_mut().find(|loss| loss.what == what) {
            Some(loss) => loss.count += 1,
            None => self.0.push(Loss {
                what,
                count: 1,
                first: span,
            }),
        }
    }

    /// Counts several things of one kind that are lost.
    pub fn add_several(&mut self, what: &'static str, count: usize, first: Span) {
        if count > 0 {
            self.add(what, first);
        }
        if let Some(loss) = self.0.iter_mut().find(|loss| loss.what == what) {
            loss.count += count.saturating_sub(1);
        }
    }

    /// Whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kinds of things that were lost.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.0.iter()
    }
}
