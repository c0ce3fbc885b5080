//! `grounds quote`: write where a source has certain words, and its wording, into a map.

mod edit;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;

use super::copy::{self, Copy};
use super::disk::Disk;
use super::input::{FromArgs, Input};
use super::{FOUND, input, output, terms};
use crate::analysis::{Dossier, shortened};
use crate::emit::visible::one_line;
use crate::model::{Citation, StatementIdx, Text as MapText};
use crate::quotes::{Change, Closest, Difference, Index, Locator, Lookup, Passage, Text, look_up};
use crate::source::single_spaced;

/// How many places of words that occur more often are listed.
const MAX_PLACES: usize = 20;
/// How much of a passage is shown, in characters.
const MAX_PASSAGE_CHARS: usize = 200;

/// Find words in the article or in a source, and write their place and wording into the map as `at` and `quote`
///
/// The words are looked for as `check` does; what is written is the source's own wording.
/// Comments and layout of the map stay.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input, which is printed with the quote in it
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// The statement's id, an automatic one too
    #[arg(value_name = "ID")]
    id: String,

    /// The words, or some that are like them
    #[arg(value_name = "WORDS")]
    words: String,

    #[command(flatten)]
    from: FromArgs,

    /// Look in this source alone: one that the statement cites, or the article
    #[arg(long, value_name = "ID")]
    source: Option<String>,

    /// Which place is meant, where the words stand in several: `para 4`, `line 12`, `p. 3`, `§ Results`
    #[arg(long, value_name = "LOCATOR")]
    at: Option<String>,

    /// Show the edit as a patch and write nothing
    #[arg(long, visible_alias = "diff")]
    dry_run: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let Input { name, bytes, world } = input::read(&args.map)?;
    let dossier = args.from.dossier(&name, bytes, &world)?;
    if dossier.format.is_foreign() {
        bail!("`{name}` is not in the format of maps: `grounds convert -f yaml` makes it one");
    }
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let statement = terms::statement(&dossier, &args.id)?;
    let search = Search {
        args,
        dossier: &dossier,
        statement,
    };
    let spots = search.spots()?;
    let copies = search.open(&spots, &world)?;
    let Some(found) = search.find(&spots, &copies)? else {
        return Ok(FOUND);
    };
    search.write(&found, &world)
}

/// A use of a source that a quote could belong to.
#[derive(Clone, Copy)]
struct Spot {
    source: usize,
    /// Which of the statement's citations; nothing for its own `at` and `quote`.
    citation: Option<usize>,
}

/// What to write, and where.
struct Found {
    spot: Spot,
    at: String,
    quote: String,
    /// The file and the line, for people.
    place: String,
}

struct Search<'a> {
    args: &'a Args,
    dossier: &'a Dossier,
    statement: StatementIdx,
}

impl Search<'_> {
    /// The uses of sources that are looked at, the article first.
    fn spots(&self) -> anyhow::Result<Vec<Spot>> {
        let dossier = self.dossier;
        let id = &self.args.id;
        let file = dossier.map.statement(self.statement).span.file;
        let article = dossier.graph.articles[file.0 as usize];
        let article = article.map(|source| Spot {
            source,
            citation: None,
        });
        let cited = dossier.graph.citations.get(self.statement.index());
        let cited = cited.iter().enumerate().filter_map(|(at, source)| {
            Some(Spot {
                source: (*source)?,
                citation: Some(at),
            })
        });
        let mut spots: Vec<Spot> = article.into_iter().chain(cited).collect();
        if let Some(name) = &self.args.source {
            let source = copy::source_named(dossier, name)?;
            spots.retain(|spot| spot.source == source);
            if spots.is_empty() {
                bail!("`{id}` does not cite `{name}`: write `source: {name}` there first");
            }
            return Ok(spots);
        }
        spots.retain(|spot| dossier.map.sources[spot.source].file.is_some());
        if spots.is_empty() {
            bail!(
                "there is no text to look in: the map has no `article` with a `file`, and `{id}` cites no source with one"
            );
        }
        Ok(spots)
    }

    /// The texts of the sources, each read once; one that cannot be read is said and left out, unless it is the only one.
    fn open(&self, spots: &[Spot], world: &Disk) -> anyhow::Result<BTreeMap<usize, Copy>> {
        let mut copies = BTreeMap::new();
        let mut faults = Vec::new();
        for spot in spots {
            if copies.contains_key(&spot.source) {
                continue;
            }
            match copy::of_source(self.dossier, spot.source, world) {
                Ok(copy) => {
                    copies.insert(spot.source, copy);
                }
                Err(error) => faults.push(error),
            }
        }
        let last = output::errors(faults);
        match last {
            Some(error) if copies.is_empty() => return Err(error),
            Some(error) => output::error(&error),
            None => {}
        }
        Ok(copies)
    }

    /// The one place that is meant; says on standard error why there is none.
    fn find(
        &self,
        spots: &[Spot],
        copies: &BTreeMap<usize, Copy>,
    ) -> anyhow::Result<Option<Found>> {
        let wanted = self.args.at.as_deref().map(copy::locator).transpose()?;
        let mut hits = Vec::new();
        let mut nearest: Option<(Spot, Closest)> = None;
        let open = spots
            .iter()
            .filter_map(|spot| Some((*spot, copies.get(&spot.source)?)));
        for (spot, copy) in open {
            let text = copy.text();
            match look_up(&text, &Index::of(text.visible()), &self.args.words) {
                Lookup::Found(passages) => hits.push((spot, copy, passages)),
                Lookup::Closest(closest) => {
                    let best = nearest.as_ref().map_or(0, |(_, best)| best.similarity);
                    if closest.similarity > best {
                        nearest = Some((spot, closest));
                    }
                }
                Lookup::Nowhere => {}
            }
        }
        match &hits[..] {
            [] => {
                say_missing(spots, copies, nearest.as_ref());
                Ok(None)
            }
            [(spot, copy, passages)] => {
                Ok(self.pick(*spot, copy, passages.clone(), wanted.as_ref()))
            }
            several => {
                let ids = several
                    .iter()
                    .map(|(spot, _, _)| format!("`{}`", self.source_id(*spot)));
                let ids = ids.collect::<Vec<_>>().join(" and ");
                output::say(&format!("the words are in {ids}: name one with --source"));
                Ok(None)
            }
        }
    }

    /// The passage that is meant: the one that the locator names, or the only one.
    fn pick(
        &self,
        spot: Spot,
        copy: &Copy,
        mut passages: Vec<Passage>,
        wanted: Option<&Locator>,
    ) -> Option<Found> {
        let text = copy.text();
        let written = self.written(spot).0.map(|at| at.value.clone());
        let old = written.as_deref().and_then(Locator::parse);
        let wanted = wanted.map(|it| it.within(&text));
        let old = old.as_ref().map(|it| it.within(&text));
        let all = passages.clone();
        if let Some(wanted) = wanted {
            passages.retain(|passage| wanted.has(&passage.range));
        } else if let Some(old) = old
            && passages.iter().any(|passage| old.has(&passage.range))
        {
            passages.retain(|passage| old.has(&passage.range));
        }
        let n_seen = |passage: &Passage| {
            let seen = passage.differences.iter();
            seen.filter(|it| **it != Difference::Layout).count()
        };
        let least = passages.iter().map(n_seen).min();
        passages.retain(|passage| Some(n_seen(passage)) == least);
        let Some(first) = passages.first() else {
            let at = self.args.at.as_deref().unwrap_or_default();
            say_places(copy, &text, &all, &format!("the words are not at {at}"));
            return None;
        };
        let place = |passage: &Passage| Locator::of(&text, &passage.range);
        if wanted.is_none() && passages.iter().any(|it| place(it) != place(first)) {
            say_places(copy, &text, &passages, "the words stand in several places");
            return None;
        }
        let at = match (&self.args.at, written, old) {
            (Some(at), _, _) => at.trim().to_owned(),
            (None, Some(written), Some(old)) if old.has(&first.range) => written,
            _ => place(first),
        };
        let line = text.lines_of(&first.range).0;
        Some(Found {
            spot,
            at,
            quote: wording(&text, first, &self.args.words),
            place: format!("{}:{line}", copy.file.name()),
        })
    }

    fn source_id(&self, spot: Spot) -> &str {
        &self.dossier.map.sources[spot.source].id
    }

    fn citation(&self, spot: Spot) -> Option<&Citation> {
        let at = spot.citation?;
        self.dossier.map.statement(self.statement).citations.get(at)
    }

    /// The place and the words that a spot has now.
    fn written(&self, spot: Spot) -> (Option<&MapText>, Option<&MapText>) {
        if let Some(citation) = self.citation(spot) {
            return (citation.at.as_ref(), citation.quote.as_ref());
        }
        let statement = self.dossier.map.statement(self.statement);
        (statement.at.as_ref(), statement.quote.as_ref())
    }
}

/// Says in which places words stand.
fn say_places(copy: &Copy, text: &Text<'_>, passages: &[Passage], what: &str) {
    let n = passages.len();
    let mut lines = vec![format!("{what}; in `{}` they are at", copy.file.name())];
    for passage in passages.iter().take(MAX_PLACES) {
        let (locator, line) = (
            Locator::of(text, &passage.range),
            text.lines_of(&passage.range).0,
        );
        let context = around(text, passage);
        lines.push(format!("  {locator} (line {line}): {context}"));
    }
    if n > MAX_PLACES {
        lines.push(format!("  and {} more", n - MAX_PLACES));
    }
    lines.push("say which is meant with --at".to_owned());
    let shown = lines.iter().map(|line| one_line(line));
    output::say(&shown.collect::<Vec<_>>().join("\n"));
}

/// Says that words are nowhere, and what comes nearest.
fn say_missing(spots: &[Spot], copies: &BTreeMap<usize, Copy>, nearest: Option<&(Spot, Closest)>) {
    let names: Vec<String> = spots
        .iter()
        .filter_map(|spot| copies.get(&spot.source))
        .map(|copy| format!("`{}`", copy.file.name()))
        .collect();
    let mut lines = vec![format!("the words are not in {}", names.join(" or "))];
    match nearest {
        None => lines.push("nothing like them is there".to_owned()),
        Some((spot, closest)) => {
            let copy = &copies[&spot.source];
            let text = copy.text();
            let passage = shortened(&text.visible()[closest.range.clone()], MAX_PASSAGE_CHARS);
            lines.push(format!(
                "the closest passage is {} % like them, at {} ({}:{}):",
                closest.similarity,
                Locator::of(&text, &closest.range),
                copy.file.name(),
                text.lines_of(&closest.range).0,
            ));
            lines.push(format!("  {passage}"));
            lines.extend(closest.changes.iter().take(3).map(told));
        }
    }
    let shown = lines.iter().map(|line| one_line(line));
    output::say(&shown.collect::<Vec<_>>().join("\n"));
}

/// The source's own wording; what the words leave out on purpose stays left out.
fn wording(text: &Text<'_>, passage: &Passage, words: &str) -> String {
    let is_marked = |it: &Difference| matches!(it, Difference::Omission | Difference::Insertion);
    let is_faithful = |it: &Difference| is_marked(it) || *it == Difference::Layout;
    let differences = &passage.differences;
    if differences.iter().any(is_marked) && differences.iter().all(is_faithful) {
        return single_spaced(words);
    }
    passage.wording(text.visible(), words)
}

/// A passage with a little of what stands around it.
fn around(text: &Text<'_>, passage: &Passage) -> String {
    let visible = text.visible();
    let before = visible[..passage.range.start].char_indices().rev();
    let start = before
        .take(20)
        .last()
        .map_or(passage.range.start, |it| it.0);
    let behind = visible[passage.range.end..].char_indices();
    let end = behind.take(21).last().map_or(0, |it| it.0) + passage.range.end;
    format!("…{}…", shortened(&visible[start..end], MAX_PASSAGE_CHARS))
}

/// Where the words and a passage differ.
fn told(change: &Change) -> String {
    let (ours, theirs) = (shortened(&change.quote, 60), shortened(&change.text, 60));
    match (ours.is_empty(), theirs.is_empty()) {
        (false, false) => format!("it has \"{theirs}\" for \"{ours}\""),
        (false, true) => format!("it does not have \"{ours}\""),
        _ => format!("it has \"{theirs}\" as well"),
    }
}
