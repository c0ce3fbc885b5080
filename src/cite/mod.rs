//! Works as a citation style writes them, in lists of references and where they are cited.
//!
//! The styles are those of the Citation Style Language (CSL 1.0), carried out by `hayagriva`.

mod style;
mod bounds;
mod phrase;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::StyleClass;
use hayagriva::citationberg::taxonomy::Locator as Counted;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry, LocatorPayload,
    Rendered, SpecificLocator,
};

use crate::graph::ArgumentGraph;
use crate::model::ArgumentMap;
use crate::quotes::{Locator, Unit};
pub use phrase::{Phrase, Run};
pub use style::{MAX_STYLE_BYTES, Style, StyleFault};

/// How many works and uses of them are written together, so that works by the same authors in the same year are told
/// apart, and that their numbers follow the style's order: what that costs grows with the square of their number.
pub const MAX_TOGETHER: usize = 1000;

/// The works of a map as a style writes them; none where no style was asked for.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// By the index of the source; entries that nothing cites follow the sources.
    works: Vec<Phrase>,
    /// By the source and where in it.
    citations: BTreeMap<(usize, Option<String>), String>,
    /// The sources in the order of a list of references.
    order: Vec<usize>,
    /// Whether there are more than [`MAX_TOGETHER`].
    pub apart: bool,
}

/// A place that is cited: the index of the source, and the locator as written.
type Use<'m> = (usize, Option<&'m str>);

impl References {
    /// Writes the sources of a map, and the ways in which its statements cite them.
    ///
    /// Up to [`MAX_TOGETHER`] works and uses are looked at together, in time that grows with the square of their
    /// number; beyond that, each for itself, in linear time.
    pub fn of(map: &ArgumentMap, graph: &ArgumentGraph, style: &Style) -> Self {
        let sources = map.sources.iter().chain(&map.uncited).enumerate();
        let entries: Vec<Entry> = sources
            .map(|(at, source)| work::entry(at, source))
            .collect();
        let uses = uses(map, graph);
        let n_cited = map.sources.len();
        let apart = n_cited + uses.len() > MAX_TOGETHER;
        let mut references = if apart || n_cited < 2 {
            Self::one_by_one(&entries[..n_cited], &uses, style)
        } else {
            Self::together(&entries[..n_cited], &uses, style)
        };
        // What nothing cites has no number among what is cited.
        let rest = entries[n_cited..].iter().enumerate();
        let rest = rest.map(|(at, entry)| style.alone(entry, n_cited + at, None));
        references.works.extend(rest.map(|(work, _)| work));
        references.apart = apart;
        references
    }

    /// The indices of the sources in the order in which the style lists them.
    pub fn in_order(&self) -> &[usize] {
        &self.order
    }

    /// Whether no style was asked for, or there is no work.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// The work of that index in full, as a list of references has it.
    pub fn work(&self, work: usize) -> Option<&Phrase> {
        self.works.get(work)
    }

    /// How a text refers to a work, or to that place in it.
    pub fn citation(&self, work: usize, at: Option<&str>) -> Option<&str> {
        let key = (work, at.map(str::to_owned));
        self.citations.get(&key).map(String::as_str)
    }

    fn one_by_one(entries: &[Entry], uses: &BTreeSet<Use<'_>>, style: &Style) -> Self {
        let mut references = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            let (work, citation) = style.alone(entry, at, None);
            references.works.push(work);
            references.insert(at, None, citation);
            references.order.push(at);
        }
        for (work, at) in uses.iter().filter(|(_, at)| at.is_some()) {
            let (_, citation) = style.alone(&entries[*work], *work, *at);
            references.insert(*work, *at, citation);
        }
        references
    }

    fn together(entries: &[Entry], uses: &BTreeSet<Use<'_>>, style: &Style) -> Self {
        let mut references = Self {
            works: vec![Phrase::default(); entries.len()],
            ..Self::default()
        };
        let mut line = Line::default();
        for work in 0..entries.len() {
            line.push(work, None, entries.len());
        }
        let in_notes = style.is_for_notes();
        for (work, at) in uses.iter().copied().filter(|(_, at)| at.is_some()) {
            if in_notes {
                // What a note says depends on those before it, and a box or a row is read for itself.
                let (_, citation) = style.alone(&entries[work], work, at);
                references.insert(work, at, citation);
            } else {
                line.push(work, at, entries.len());
            }
        }
        let places: Vec<_> = line.asked.iter().map(|(_, at, _)| at.map(place)).collect();
        let mut driver = BibliographyDriver::new();
        for ((work, _, _), place) in line.asked.iter().zip(&places) {
            driver.citation(style.request(&entries[*work], place.as_ref()));
        }
        let rendered = driver.finish(style.list());
        for ((work, at, is_answer), cited) in line.asked.iter().zip(&rendered.citations) {
            if *is_answer {
                references.insert(*work, *at, Phrase::of(&cited.citation).to_text());
            }
        }
        for (at, work) in in_list(&rendered) {
            references.works[at] = work;
            references.order.push(at);
        }
        if references.order.is_empty() {
            references.order.extend(0..entries.len());
        }
        // Some styles have no list of references.
        for work in 0..entries.len() {
            if references.works[work].is_empty() {
                let citation = references.citation(work, None).unwrap_or_default();
                references.works[work] = Phrase::plain(citation);
            }
        }
        references
    }

    fn insert(&mut self, work: usize, at: Option<&str>, citation: String) {
        self.citations
            .insert((work, at.map(str::to_owned)), citation);
    }
}

/// The citations of one text, in order; what follows its own work directly would be an "ibid.", so that another work
/// is put in between.
#[derive(Default)]
struct Line<'m> {
    /// The work, where in it, and whether anybody asked.
    asked: Vec<(usize, Option<&'m str>, bool)>,
}

impl<'m> Line<'m> {
    fn push(&mut self, work: usize, at: Option<&'m str>, n_works: usize) {
        if self.asked.last().is_some_and(|(last, _, _)| *last == work) {
            self.asked.push(((work + 1) % n_works, None, false));
        }
        self.asked.push((work, at, true));
    }
}

impl Style {
    /// A work in full and how it is referred to, as if it were alone but for its number.
    fn alone(&self, entry: &Entry, number: usize, at: Option<&str>) -> (Phrase, String) {
        let place = at.map(place);
        let mut driver = BibliographyDriver::new().with_citation_number_offset(number);
        driver.citation(self.request(entry, place.as_ref()));
        let rendered = driver.finish(self.list());
        let cited = rendered.citations.first();
        let citation = cited.map_or_else(String::new, |it| Phrase::of(&it.citation).to_text());
        let in_list = in_list(&rendered).into_iter().next();
        let work = in_list
            .map(|(_, work)| work)
            .filter(|work| !work.is_empty());
        (work.unwrap_or_else(|| Phrase::plain(&citation)), citation)
    }

    fn request<'a>(
        &'a self,
        entry: &'a Entry,
        place: Option<&'a (Counted, String)>,
    ) -> CitationRequest<'a, Entry> {
        let place = place.map(|(unit, text)| SpecificLocator(*unit, LocatorPayload::Str(text)));
        let item = CitationItem::with_locator(entry, place);
        CitationRequest::new(vec![item], &self.csl, self.locale(), &self.terms, None)
    }

    fn list(&self) -> BibliographyRequest<'_> {
        BibliographyRequest::new(&self.csl, self.locale(), &self.terms)
    }

    fn is_for_notes(&self) -> bool {
        self.csl.settings.class == StyleClass::Note
    }
}

/// The works of a list of references, each with its index.
fn in_list(rendered: &Rendered) -> Vec<(usize, Phrase)> {
    let list = rendered.bibliography.iter().flat_map(|list| &list.items);
    list.filter_map(|item| {
        let mut work = Phrase::default();
        if let Some(number) = &item.first_field {
            work.push(number);
            work.push_text(" ");
        }
        work.push_all(&item.content);
        Some((item.key.parse().ok()?, work.trimmed()))
    })
    .collect()
}

/// All places that the statements point to, each once: by source, then by the text of the locator.
fn uses<'m>(map: &'m ArgumentMap, graph: &ArgumentGraph) -> BTreeSet<Use<'m>> {
    let mut uses = BTreeSet::new();
    for (at, statement) in map.statements.iter().enumerate() {
        if let (Some(place), Some(article)) = (
            &statement.at,
            graph.articles[statement.span.file.0 as usize],
        ) {
            uses.insert((article, Some(place.value.as_str())));
        }
        let found = graph.citations.get(at).iter();
        for (citation, source) in statement.citations.iter().zip(found) {
            if let (Some(place), Some(source)) = (&citation.at, source) {
                uses.insert((*source, Some(place.value.as_str())));
            }
        }
    }
    uses
}

/// A locator as CSL has it: what is counted, and the numbers; what CSL does not know is kept as it is written.
fn place(at: &str) -> (Counted, String) {
    match Locator::parse(at) {
        Some(Locator::Part { unit, first, last }) => {
            let counted = match unit {
                Unit::Paragraph => Counted::Paragraph,
                Unit::Line => Counted::Line,
                Unit::Page => Counted::Page,
            };
            let numbers = if first == last {
                first.to_string()
            } else {
                format!("{first}–{last}")
            };
            (counted, numbers)
        }
        Some(Locator::Section(heading)) => (Counted::Section, heading),
        None => (Counted::Custom, at.to_owned()),
    }
}
