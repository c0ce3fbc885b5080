//! All quotes and locators of a map, looked up in the files of its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sha2::{Digest as _, Sha256};

use super::closest::Change;
use super::compare::{Difference, Differences};
use super::decode::{Decoded, Kind, NoText, decode};
use super::fold::{has_hyphenation, on_one_line};
use super::index::Index;
use super::locator::{Locator, Standing};
use super::lookup::{Lookup, Passage, look_up};
use super::text::Text;
use crate::graph::{ArgumentGraph, Lists};
use crate::model::{self, ArgumentMap, StatementIdx};
use crate::source::{FileId, Location, Refusal, SourceFile, SourceFiles, Span, World};

/// Of a quote that occurs more often, so many places are kept.
const MAX_PLACES: usize = 100;

/// What became of looking up a map's quotes and locators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// For each source of the map, its copy; nothing where it names none, or nothing cites it.
    pub copies: Vec<Option<SourceCopy>>,
    /// Every use of a source, in document order.
    pub uses: Vec<Use>,
}

/// A local copy of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCopy {
    /// The file as findings call it.
    pub name: String,
    /// What is known of it.
    pub state: State,
    /// The digest of the file, in hexadecimal; nothing where it cannot be read.
    pub sha256: Option<String>,
}

/// What is known of a source's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It cannot be read.
    Refused(Refusal),
    /// It is there, and nobody asks for its text.
    There,
    /// It is there, and there is no text in it.
    NoText(NoText),
    /// It has been looked through.
    Text {
        /// The text with its markup.
        file: FileId,
        /// The encoding that it is in.
        encoding: &'static str,
        /// What kind of document it is.
        kind: Kind,
    },
}

/// A use of a source: a citation, or the place and words of the article that a statement gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The statement.
    pub statement: StatementIdx,
    /// Which of its citations; nothing for its own `at` and `quote`, which speak of the article.
    pub citation: Option<usize>,
    /// The source, as an index into the map's.
    pub source: usize,
    /// What became of its quote; nothing where it has none, or there is no text to look it up in.
    pub quote: Option<Outcome>,
    /// How its locator stands to the place of its quote, or else to the text.
    pub standing: Standing,
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The text has its words, in order: in the places that the locator names, or else in all, at most 100.
    Found(Vec<Place>),
    /// The text has something like it.
    Closest {
        /// Where.
        place: Place,
        /// How much of both is the same, in per cent.
        similarity: u8,
        /// Where they differ.
        changes: Vec<Change>,
    },
    /// The text has nothing like it.
    Nowhere,
}

/// A part of a source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it stands in the source's file.
    pub span: Span,
    /// Where it stands in the source's visible text.
    pub range: Range<usize>,
    /// The locator of its paragraph, or else of its line.
    pub locator: String,
    /// The text's words, on one line.
    pub wording: String,
    /// In what the quote differs from them.
    pub differences: Differences,
    /// Whether a hyphen ends one of its lines, so that the text leaves open how a word is spelt.
    pub is_hyphenated: bool,
}

impl Place {
    /// Whether a reader sees no difference between the quote and the text.
    pub fn is_faithful(&self) -> bool {
        self.differences
            .iter()
            .all(|difference| *difference == Difference::Layout)
    }

    /// Whether the quote says itself in what it differs, if in anything: that words were left out or put in.
    pub fn is_marked(&self) -> bool {
        use Difference::{Insertion, Layout, Omission};
        self.differences
            .iter()
            .all(|it| matches!(it, Layout | Omission | Insertion))
    }
}

/// How many quotes of a source there are, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The source has them, word for word and mark for mark.
    pub found: usize,
    /// The source has their words, and not their letters and marks.
    pub differ: usize,
    /// The source does not have them.
    pub missing: usize,
    /// There is no text to look them up in.
    pub unchecked: usize,
}

impl Tally {
    /// How many quotes there are.
    pub fn total(&self) -> usize {
        self.found + self.differ + self.missing + self.unchecked
    }
}

impl Verification {
    /// For each source of the map, its quotes by what became of them; linear in the uses.
    pub fn tallies(&self, map: &ArgumentMap) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); map.sources.len()];
        for one in self.uses.iter().filter(|one| one.quote(map).is_some()) {
            let tally = &mut tallies[one.source];
            let count = match &one.quote {
                None => &mut tally.unchecked,
                Some(Outcome::Found(places)) if places.first().is_none_or(Place::is_marked) => {
                    &mut tally.found
                }
                Some(Outcome::Found(_)) => &mut tally.differ,
                Some(Outcome::Closest { .. } | Outcome::Nowhere) => &mut tally.missing,
            };
            *count += 1;
        }
        tallies
    }

    /// The file of a source, as findings call it; empty where it has none.
    pub fn file_name(&self, source: usize) -> &str {
        let copy = self.copies.get(source).and_then(Option::as_ref);
        copy.map_or("", |copy| &copy.name)
    }

    /// What is known of the file of a source.
    pub fn state(&self, source: usize) -> Option<&State> {
        let copy = self.copies.get(source).and_then(Option::as_ref);
        copy.map(|copy| &copy.state)
    }
}

impl SourceCopy {
    fn new(name: &str, state: State) -> Self {
        let name = name.to_owned();
        let sha256 = None;
        Self {
            name,
            state,
            sha256,
        }
    }
}

impl Use {
    /// The words that are said to stand in the source.
    pub fn quote<'m>(&self, map: &'m ArgumentMap) -> Option<&'m model::Text> {
        let statement = map.statement(self.statement);
        match self.citation {
            Some(at) => statement.citations[at].quote.as_ref(),
            None => statement.quote.as_ref(),
        }
    }

    /// Where in the source they are said to stand.
    pub fn at<'m>(&self, map: &'m ArgumentMap) -> Option<&'m model::Text> {
        let statement = map.statement(self.statement);
        match self.citation {
            Some(at) => statement.citations[at].at.as_ref(),
            None => statement.at.as_ref(),
        }
    }

    /// Where the source is named, or else where the article's place or words are given.
    pub fn span(&self, map: &ArgumentMap) -> Span {
        let statement = map.statement(self.statement);
        match self.citation {
            Some(at) => statement.citations[at].source.span,
            None => self
                .at(map)
                .or(self.quote(map))
                .map_or(statement.text.span, |text| text.span),
        }
    }
}

/// Reads the files of all sources that the map uses, each once, and looks up what is said of them.
///
/// The texts join `files`, so that findings can point into them.
/// Costs what reading and indexing the files costs, and for each quote what [`look_up`] does.
pub fn verify(
    map: &ArgumentMap,
    graph: &ArgumentGraph,
    files: &mut SourceFiles,
    world: &dyn World,
) -> Verification {
    let uses = uses(map, graph);
    let cited = uses.iter().map(|it| it.source);
    let articles = graph.articles.iter().copied().flatten();
    let wanted: BTreeSet<usize> = cited.chain(articles).collect();
    let mut copies = vec![None; map.sources.len()];
    // In the order in which the map names them first.
    let mut shared: Vec<(Location, Vec<usize>)> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for source in wanted {
        let Some(path) = &map.sources[source].file else {
            continue;
        };
        match world.locate(&path.value, files.get(path.span.file).name()) {
            Ok(location) => {
                let at = *by_key.entry(location.key.clone()).or_insert(shared.len());
                match shared.get_mut(at) {
                    Some((_, sources)) => sources.push(source),
                    None => shared.push((location, vec![source])),
                }
            }
            Err(refusal) => {
                copies[source] = Some(SourceCopy::new(&path.value, State::Refused(refusal)));
            }
        }
    }
    let by_source = uses.iter().enumerate().map(|(at, it)| (it.source, at));
    let by_source = Lists::group(map.sources.len(), &by_source.collect::<Vec<_>>());
    let mut desk = Desk { map, files, uses };
    for (location, sources) in shared {
        let asked = sources.iter().flat_map(|source| by_source.get(*source));
        let copy = desk.open(&location, &asked.copied().collect::<Vec<_>>(), world);
        for source in sources {
            copies[source] = Some(copy.clone());
        }
    }
    let uses = desk.uses;
    Verification { copies, uses }
}

/// Every use of a source, in document order.
fn uses(map: &ArgumentMap, graph: &ArgumentGraph) -> Vec<Use> {
    let mut uses = Vec::new();
    for statement in graph.statements() {
        let written = map.statement(statement);
        let mut push = |citation, source| {
            uses.push(Use {
                statement,
                citation,
                source,
                quote: None,
                standing: Standing::Unknown,
            });
        };
        let article = graph
            .articles
            .get(written.span.file.0 as usize)
            .copied()
            .flatten();
        if let Some(article) = article.filter(|_| written.at.is_some() || written.quote.is_some()) {
            push(None, article);
        }
        for (at, source) in graph.citations.get(statement.index()).iter().enumerate() {
            if let Some(source) = source {
                push(Some(at), *source);
            }
        }
    }
    uses
}

/// Where files are opened and read.
struct Desk<'m> {
    map: &'m ArgumentMap,
    files: &'m mut SourceFiles,
    uses: Vec<Use>,
}

impl Desk<'_> {
    /// Reads a file, and looks up what these uses say of it.
    fn open(&mut self, location: &Location, uses: &[usize], world: &dyn World) -> SourceCopy {
        let bytes = match world.read(location) {
            Ok(bytes) => bytes,
            Err(refusal) => return SourceCopy::new(&location.name, State::Refused(refusal)),
        };
        let has_quotes = uses
            .iter()
            .any(|at| self.uses[*at].quote(self.map).is_some());
        let state = match self.look_through(location, uses, &bytes) {
            Err(why) if has_quotes => State::NoText(why),
            Err(_) => State::There,
            Ok(state) => state,
        };
        SourceCopy {
            sha256: Some(digest(&bytes)),
            ..SourceCopy::new(&location.name, state)
        }
    }

    /// Looks up what is said of a text, which joins the files.
    fn look_through(
        &mut self,
        location: &Location,
        uses: &[usize],
        bytes: &[u8],
    ) -> Result<State, NoText> {
        let map = self.map;
        let says = |at: &usize| {
            let one = &self.uses[*at];
            one.quote(map).is_some() || one.at(map).is_some()
        };
        if !uses.iter().any(says) {
            return Ok(State::There);
        }
        let Decoded {
            text,
            encoding,
            kind,
        } = decode(&location.name, bytes)?;
        let file = self.files.add(SourceFile::new(&location.name, text));
        let text = Text::of(self.files.get(file), kind)?;
        let has_quotes = uses.iter().any(|at| self.uses[*at].quote(map).is_some());
        let index = has_quotes.then(|| Index::of(text.visible()));
        let open = OpenText { text, index, file };
        for at in uses {
            open.answer(map, &mut self.uses[*at]);
        }
        Ok(State::Text {
            file,
            encoding,
            kind,
        })
    }
}

/// A text that quotes are looked up in; its index is there if there are any.
struct OpenText<'f> {
    text: Text<'f>,
    index: Option<Index>,
    file: FileId,
}

impl OpenText<'_> {
    /// Looks up what a use says of the text.
    fn answer(&self, map: &ArgumentMap, one: &mut Use) {
        let locator = one.at(map).and_then(|at| Locator::parse(&at.value));
        let locator = locator.as_ref();
        let (Some(quote), Some(index)) = (one.quote(map), &self.index) else {
            one.standing = locator.map_or(Standing::Unknown, |locator| locator.is_in(&self.text));
            return;
        };
        let quote = &quote.value;
        let outcome = match look_up(&self.text, index, quote) {
            Lookup::Found(passages) => {
                let (passages, standing) = self.picked(passages, locator);
                one.standing = standing;
                let places = passages.into_iter().take(MAX_PLACES);
                Outcome::Found(places.map(|passage| self.found(passage, quote)).collect())
            }
            Lookup::Closest(closest) => {
                let wording = on_one_line(&self.text.visible()[closest.range.clone()]);
                Outcome::Closest {
                    place: self.place(&closest.range, wording, Differences::new()),
                    similarity: closest.similarity,
                    changes: closest.changes,
                }
            }
            Lookup::Nowhere => Outcome::Nowhere,
        };
        one.quote = Some(outcome);
    }

    fn found(&self, passage: Passage, quote: &str) -> Place {
        let wording = passage.wording(self.text.visible(), quote);
        self.place(&passage.range, wording, passage.differences)
    }

    /// The passages that a locator names, or else all; of these the most faithful.
    fn picked(
        &self,
        mut passages: Vec<Passage>,
        locator: Option<&Locator>,
    ) -> (Vec<Passage>, Standing) {
        let named = locator.map(|it| it.within(&self.text));
        let is_named = |passage: &Passage| named.is_some_and(|it| it.has(&passage.range));
        let is_there = passages.iter().any(is_named);
        if is_there {
            passages.retain(is_named);
        }
        let overall = match (named, &passages[..]) {
            _ if is_there => Standing::There,
            // What the text leaves open it does for all passages.
            (Some(named), [first, rest @ ..]) => match named.standing(&first.range) {
                Standing::Elsewhere(_) if !rest.is_empty() => Standing::Elsewhere(None),
                standing => standing,
            },
            _ => Standing::Unknown,
        };
        let n_seen = |passage: &Passage| {
            passage
                .differences
                .iter()
                .filter(|it| **it != Difference::Layout)
                .count()
        };
        let least = passages.iter().map(n_seen).min();
        passages.retain(|passage| Some(n_seen(passage)) == least);
        (passages, overall)
    }

    fn place(&self, range: &Range<usize>, wording: String, differences: Differences) -> Place {
        let in_file = self.text.in_file(range);
        let offset = |at: usize| u32::try_from(at).expect("a text is at most 32 MiB");
        Place {
            span: Span {
                file: self.file,
                start: offset(in_file.start),
                end: offset(in_file.end),
            },
            range: range.clone(),
            locator: Locator::of(&self.text, range),
            is_hyphenated: has_hyphenation(&self.text.visible()[range.clone()]),
            wording,
            differences,
        }
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    let digits: Vec<String> = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    digits.concat()
}
