//! BibTeX and BibLaTeX: entries by `biblatex`, their fields in Hayagriva's names by `hayagriva`.
//!
//! Both libraries recurse and copy as much as their input asks for, so each entry is looked at before they see it:
//! [`super::blocks`] bounds how deep braces nest, and here abbreviations are put in and cross-references followed.

use std::ops::Range;

use biblatex::{
    Bibliography, Pair, ParseErrorKind, RawBibliography, RawChunk, RawEntry, RetrievalError,
    Spanned as At, Token,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::{Block, blocks};
use super::works::{dates, fields_of};
use super::{Found, Library, key_as_id};
use crate::model::{Problem, ProblemKind, Source};
use crate::source::{FileId, Span, Spanned, single_spaced};

/// The longest entry, in bytes, abbreviations put in.
const MAX_ENTRY_BYTES: usize = 256 << 10;
/// How deep braces may nest in an entry.
const MAX_DEPTH: usize = 64;
/// How many entries an entry may draw on.
const MAX_PARENTS: usize = 16;
/// How many bytes abbreviations and cross-references may add to all entries of a file.
const MAX_ADDED_BYTES: usize = 64 << 20;
/// How many steps braces may cost in a file: `biblatex` is quadratic in those of a field.
const MAX_BRACE_STEPS: usize = 100_000_000;
/// Fields that name other entries to draw on.
const PARENTS: [&str; 2] = ["crossref", "xdata"];
/// Fields that `biblatex` panics at when they are odd, or would take for other names of the entry.
const SET_ASIDE: [&str; 8] = [
    "date",
    "year",
    "month",
    "day",
    "urldate",
    "eventdate",
    "origdate",
    "ids",
];

/// Reads a BibTeX file.
///
/// Linear in the text, within the bounds above; what goes beyond them is a fault and is left out.
pub(super) fn read(file: FileId, text: &str) -> Library {
    let mut reader = Reader {
        file,
        text,
        problems: Vec::new(),
        abbreviations: FxHashMap::default(),
        added_left: MAX_ADDED_BYTES,
        brace_steps_left: MAX_BRACE_STEPS,
    };
    let entries: Vec<Entry> = blocks(text)
        .into_iter()
        .filter_map(|block| reader.block(&block))
        .collect();
    let mut by_key: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        by_key.entry(&entry.key.value).or_insert(at);
    }
    let found = entries.iter().enumerate();
    let found = found.map(|(at, _)| reader.found(at, &entries, &by_key));
    Library {
        entries: found.collect(),
        problems: reader.problems,
    }
}

/// An entry with its abbreviations put in.
struct Entry {
    key: Spanned<String>,
    kind: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    pieces: Vec<Piece>,
    span: Span,
}

/// What `#` joins, with its markup.
enum Piece {
    Text(String),
    /// A name that the file does not define: a month, or a fault.
    Name(String),
}

impl Piece {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Name(text) => text,
        }
    }
}

impl Field {
    fn n_bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text().len()).sum()
    }

    /// Its text without braces, on one line.
    fn plain(&self) -> String {
        let text: String = self.pieces.iter().map(Piece::text).collect();
        single_spaced(&text.replace(['{', '}'], ""))
    }
}

impl Entry {
    fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn n_bytes(&self) -> usize {
        self.fields.iter().map(Field::n_bytes).sum()
    }

    /// The keys of the entries that it draws on directly.
    fn parents(&self) -> Vec<String> {
        let fields = PARENTS.iter().filter_map(|name| self.field(name));
        let keys = fields.flat_map(|field| {
            let plain = field.plain();
            let keys = plain.split(',').map(|key| key.trim().to_owned());
            keys.collect::<Vec<_>>()
        });
        keys.collect()
    }

    /// The entry for `biblatex`, with the fields that are wanted.
    fn raw(&self, wanted: impl Fn(&Field) -> bool) -> At<RawEntry<'_>> {
        let fields = self.fields.iter();
        let fields = fields.filter(|it| !SET_ASIDE.contains(&&*it.name) && wanted(it));
        let pairs = fields.map(|field| {
            let chunks = field.pieces.iter().map(|piece| match piece {
                Piece::Text(text) => RawChunk::Normal(text),
                Piece::Name(name) => RawChunk::Abbreviation(name),
            });
            let chunks = chunks.map(unplaced);
            Pair::new(
                unplaced(field.name.as_str()),
                unplaced(chunks.collect::<Vec<_>>()),
            )
        });
        unplaced(RawEntry {
            key: unplaced(self.key.value.as_str()),
            kind: unplaced(self.kind.as_str()),
            fields: pairs.collect(),
        })
    }
}

/// A value whose place this room keeps itself.
fn unplaced<T>(value: T) -> At<T> {
    At::new(value, 0..0)
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    problems: Vec<Problem>,
    /// The text of each name that `@string` defines.
    abbreviations: FxHashMap<String, String>,
    added_left: usize,
    brace_steps_left: usize,
}

impl Reader<'_> {
    /// Reads a block; an entry is for later, abbreviations are kept.
    fn block(&mut self, block: &Block) -> Option<Entry> {
        let kind = self.text[block.kind.clone()].to_ascii_lowercase();
        if matches!(&*kind, "comment" | "preamble") {
            return None;
        }
        let length = block.range.len();
        if !block.is_closed {
            let start = block.range.start..block.kind.end;
            self.fault(self.span(&start), "no brace closes this block");
            return None;
        }
        if block.depth > MAX_DEPTH || length > MAX_ENTRY_BYTES {
            let span = self.span(&(block.range.start..block.kind.end));
            let why = format!(
                "an entry has at most {MAX_ENTRY_BYTES} bytes, and its braces nest at most {MAX_DEPTH} deep"
            );
            self.fault(span, &why);
            return None;
        }
        let text = &self.text[block.range.clone()];
        let raw = match RawBibliography::parse(text) {
            Ok(raw) => raw,
            Err(error) => {
                let from = block.range.start;
                let at = (from + error.span.start).min(block.range.end);
                self.fault(self.span(&(at..at)), &words(&error.kind));
                return None;
            }
        };
        for pair in &raw.abbreviations {
            self.define(pair, block.range.start);
        }
        let entry = raw.entries.into_iter().next()?;
        self.entry(&entry.v, block.range.start)
    }

    fn define(&mut self, pair: &Pair<'_>, from: usize) {
        let span = self.span(&moved(&pair.key.span, from));
        let Some(pieces) = self.pieces(pair, from) else {
            return;
        };
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text += &piece,
                Piece::Name(name) => {
                    return self.fault(span, &format!("nothing above defines `{name}`"));
                }
            }
        }
        self.abbreviations.insert(pair.key.v.to_owned(), text);
    }

    fn entry(&mut self, raw: &RawEntry<'_>, from: usize) -> Option<Entry> {
        let key = Spanned {
            value: raw.key.v.to_owned(),
            span: self.span(&moved(&raw.key.span, from)),
        };
        if key.value.is_empty() {
            self.fault(key.span, "the entry has no key");
            return None;
        }
        let mut entry = Entry {
            key,
            kind: raw.kind.v.to_owned(),
            fields: Vec::new(),
        };
        let mut names = FxHashSet::default();
        for pair in &raw.fields {
            let name = pair.key.v.to_ascii_lowercase();
            let span = self.span(&moved(&pair.key.span, from));
            if !names.insert(name.clone()) {
                self.fault(span, &format!("the entry has `{name}` already"));
                continue;
            }
            let Some(pieces) = self.pieces(pair, from) else {
                continue;
            };
            entry.fields.push(Field { name, pieces, span });
        }
        Some(entry)
    }

    /// The pieces of a field with abbreviations put in; nothing, and a fault, where that is too much.
    fn pieces(&mut self, pair: &Pair<'_>, from: usize) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let (mut n_bytes, mut n_braces) = (0, 0);
        for chunk in &pair.value.v {
            let piece = match chunk.v {
                RawChunk::Normal(text) => Piece::Text(without_fonts(text)),
                RawChunk::Abbreviation(name) => match self.abbreviations.get(name) {
                    Some(text) if text.len() <= self.added_left => {
                        self.added_left -= text.len();
                        Piece::Text(text.clone())
                    }
                    Some(_) => {
                        n_bytes = usize::MAX;
                        break;
                    }
                    None => Piece::Name(name.to_owned()),
                },
            };
            n_bytes += piece.text().len();
            n_braces += piece.text().matches(['{', '$', '\\']).count();
            pieces.push(piece);
        }
        let steps = n_braces.saturating_mul(n_braces);
        if n_bytes > MAX_ENTRY_BYTES || steps > self.brace_steps_left {
            let span = self.span(&moved(&pair.key.span, from));
            self.fault(
                span,
                "the field is too long, or has too many braces, to be read",
            );
            return None;
        }
        self.brace_steps_left -= steps;
        Some(pieces)
    }

    /// The work that an entry describes, with what is wrong with it.
    fn found(&mut self, at: usize, entries: &[Entry], by_key: &FxHashMap<&str, usize>) -> Found {
        let entry = &entries[at];
        let mut problems = Vec::new();
        let family = match family(at, entries, by_key) {
            Ok(family) => {
                let parents = family.iter().filter(|member| **member != at);
                let n_bytes: usize = parents.map(|at| entries[*at].n_bytes()).sum();
                if n_bytes > self.added_left {
                    vec![at]
                } else {
                    self.added_left -= n_bytes;
                    family
                }
            }
            Err(name) => {
                let span = entry.field(name).map_or(entry.key.span, |field| field.span);
                let why = format!(
                    "`{name}` leads back to its own entry, or to more than {MAX_PARENTS} others"
                );
                problems.push(malformed(span, why));
                vec![at]
            }
        };
        let family: Vec<&Entry> = family.iter().map(|at| &entries[*at]).collect();
        let work = whole(entry, &family).or_else(|| {
            let mut is_good = FxHashSet::default();
            for field in &entry.fields {
                match alone(entry, field) {
                    Ok(()) => drop(is_good.insert(field.name.as_str())),
                    Err(why) => {
                        let why = format!("`{}` is left out: {why}", field.name);
                        problems.push(malformed(field.span, why));
                    }
                }
            }
            let raw = entry.raw(|field| is_good.contains(&*field.name));
            work(vec![raw], &entry.key.value)
        });
        let mut source = Source::new(key_as_id(&entry.key.value), entry.key.span);
        if let Some(work) = work {
            fields_of(&work, &mut source);
        }
        let text = |name: &str| entry.field(name).map(|field| (field.plain(), field.span));
        dates(text, &mut source);
        Found { source, problems }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).expect("a bibliography is at most 32 MiB");
        Span {
            file: self.file,
            start: offset(range.start),
            end: offset(range.end),
        }
    }

    fn fault(&mut self, span: Span, why: &str) {
        self.problems.push(malformed(span, why.to_owned()));
    }
}

/// An entry behind those that it draws on; the field at fault where they are too many or lead in a circle.
fn family(
    at: usize,
    entries: &[Entry],
    by_key: &FxHashMap<&str, usize>,
) -> Result<Vec<usize>, &'static str> {
    // Each way to an entry counts, because the library goes each.
    let mut ways = vec![at];
    let mut next = 0;
    while let Some(&member) = ways.get(next) {
        next += 1;
        let parents = entries[member].parents();
        let known = parents.iter().filter_map(|key| by_key.get(key.as_str()));
        for parent in known {
            if *parent == at || ways.len() > MAX_PARENTS {
                let has = |name: &&&str| entries[at].field(name).is_some();
                return Err(PARENTS.iter().find(has).copied().unwrap_or(PARENTS[0]));
            }
            ways.push(*parent);
        }
    }
    ways.sort_unstable();
    ways.dedup();
    Ok(ways)
}

/// The work with everything that it draws on.
fn whole(entry: &Entry, family: &[&Entry]) -> Option<hayagriva::Entry> {
    let is_linked = family.len() > 1;
    let raw = family
        .iter()
        .map(|member| member.raw(|field| is_linked || !PARENTS.contains(&&*field.name)));
    work(raw.collect(), &entry.key.value)
}

fn work(raw: Vec<At<RawEntry<'_>>>, key: &str) -> Option<hayagriva::Entry> {
    let bibliography = parsed(raw).ok()?;
    hayagriva::Entry::try_from(bibliography.get(key)?).ok()
}

fn parsed(entries: Vec<At<RawEntry<'_>>>) -> Result<Bibliography, String> {
    let raw = RawBibliography {
        preamble: String::new(),
        entries,
        abbreviations: Vec::new(),
    };
    Bibliography::from_raw(raw).map_err(|error| words(&error.kind))
}

/// Whether a field can be read, or else why not.
fn alone(entry: &Entry, field: &Field) -> Result<(), String> {
    if PARENTS.contains(&&*field.name) {
        return Ok(());
    }
    let raw = entry.raw(|other| other.name == field.name);
    let bibliography = parsed(vec![raw])?;
    let Some(parsed) = bibliography.get(&entry.key.value) else {
        return Ok(());
    };
    match hayagriva::Entry::try_from(parsed) {
        Ok(_) => Ok(()),
        Err(error) => Err(RetrievalError::from(error).to_string()),
    }
}

/// A text without commands that choose a font, which would stay in it as they are written.
fn without_fonts(text: &str) -> String {
    const FONTS: [&str; 6] = ["emph", "textit", "textbf", "textsc", "texttt", "textrm"];
    let mut plain = text.to_owned();
    if text.contains('\\') {
        for font in FONTS {
            plain = plain.replace(&format!("\\{font}{{"), "{");
        }
    }
    plain
}

fn moved(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn malformed(span: Span, why: String) -> Problem {
    let kind = ProblemKind::BibliographyEntry { why };
    Problem { span, kind }
}

/// What `biblatex` stumbled over.
fn words(kind: &ParseErrorKind) -> String {
    let token = |token: &Token| match token {
        Token::Identifier => "a name",
        Token::OpeningBrace => "`{`",
        Token::ClosingBrace => "`}`",
        Token::Comma => "a comma",
        Token::QuotationMark => "a quotation mark",
        Token::Equals => "`=`",
        Token::DecimalPoint => "a decimal point",
    };
    match kind {
        ParseErrorKind::UnexpectedEof => "the value is missing, or does not end".to_owned(),
        ParseErrorKind::Unexpected(found) => format!("{} cannot stand here", token(found)),
        ParseErrorKind::Expected(missing) => format!("{} is missing here", token(missing)),
        ParseErrorKind::UnknownAbbreviation(name) => {
            format!("nothing above defines `{name}`; a text stands in braces or quotation marks")
        }
        ParseErrorKind::MalformedCommand => "this is no command of TeX".to_owned(),
        ParseErrorKind::DuplicateKey(key) => format!("`{key}` is taken already"),
        ParseErrorKind::ResolutionError(error) => format!("a cross-reference fails: {error}"),
        other => other.to_string(),
    }
}
