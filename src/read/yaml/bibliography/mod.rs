//! Bibliographies: what a map cites out of BibTeX and Hayagriva files joins its sources.
//!
//! The files are read after all maps, each once, whichever maps name it.
//! An entry that is cited becomes a source; the others are kept aside, so that a large bibliography costs
//! nothing in any later room.

mod blocks;
mod bibtex;
mod hayagriva_file;
mod works;

use rustc_hash::FxHashMap;

use crate::model::{Absent, ArgumentMap, Part, Problem, ProblemKind, Reference, Source, Text};
use crate::read::Reading;
use crate::read::ids::{MAX_ID_CHARS, may_be_in_id};
use crate::source::{FileId, Refusal, SourceFile, Span, World};

/// The largest bibliography, in bytes.
const MAX_BYTES: usize = 32 << 20;

/// What a bibliography file holds.
#[derive(Default)]
struct Library {
    entries: Vec<Found>,
    /// What is wrong with the file, whatever is cited of it.
    problems: Vec<Problem>,
}

/// An entry of a bibliography.
struct Found {
    /// The work, under its key.
    source: Source,
    /// What is wrong with the entry; of interest where it is cited.
    problems: Vec<Problem>,
}

/// A bibliography that was read.
struct Volume {
    entries: Vec<Entry>,
    by_key: FxHashMap<String, usize>,
}

enum Entry {
    Waiting(Box<Found>),
    /// It is the source of that index.
    Joined(usize),
}

/// Reads the bibliographies that the maps name, and lets the entries that are cited join the sources.
///
/// A source that a map defines itself under the same id stays its own: the entry adds the fields that it lacks.
pub(super) fn join(reading: &mut Reading, world: &dyn World) {
    if reading
        .map
        .parts
        .iter()
        .all(|part| part.bibliography.is_empty())
    {
        return;
    }
    let mut desk = Desk {
        reading,
        world,
        volumes: Vec::new(),
        by_file: FxHashMap::default(),
        by_prefix: FxHashMap::default(),
    };
    let volumes = desk.open_all();
    desk.complete_own(&volumes);
    desk.join_cited(&volumes);
    desk.put_aside(&volumes);
}

struct Desk<'r> {
    reading: &'r mut Reading,
    world: &'r dyn World,
    volumes: Vec<Volume>,
    /// The volume of each file, by its key; nothing where it cannot be read.
    by_file: FxHashMap<String, Option<usize>>,
    /// The part of each prefix.
    by_prefix: FxHashMap<Option<String>, usize>,
}

impl Desk<'_> {
    /// For each part, the volumes that its map names.
    fn open_all(&mut self) -> Vec<Vec<usize>> {
        let n_parts = self.reading.map.parts.len();
        let mut volumes = Vec::with_capacity(n_parts);
        for at in 0..n_parts {
            let part = &self.reading.map.parts[at];
            self.by_prefix.insert(part.prefix.clone(), at);
            let from = self.reading.files.get(part.file).name().to_owned();
            let prefix = part.prefix.clone();
            let mut own = Vec::new();
            for path in part.bibliography.clone() {
                match self.open(&path, &from, prefix.as_ref()) {
                    Some(volume) if own.contains(&volume) => {}
                    Some(volume) => own.push(volume),
                    None => self.reading.map.parts[at].has_unread_bibliography = true,
                }
            }
            volumes.push(own);
        }
        volumes
    }

    /// The volume of a file; nothing, and a problem, where it cannot be read as a whole.
    fn open(&mut self, path: &Text, from: &str, prefix: Option<&String>) -> Option<usize> {
        let location = match self.world.locate(&path.value, from) {
            Ok(location) => location,
            // That it lies outside is told where paths are looked at.
            Err(Refusal::OutsideProject(_)) => return None,
            Err(why) => return self.refuse(path, why),
        };
        if let Some(known) = self.by_file.get(&location.key) {
            return *known;
        }
        let volume = match Kind::of(&location.name) {
            None => {
                let kind = ProblemKind::InvalidValue {
                    what: "`bibliography`".to_owned(),
                    value: path.value.clone(),
                    choices: &[],
                    rule: "a bibliography is BibTeX in a `.bib` file, or Hayagriva's YAML in a `.yml` or `.yaml` file",
                };
                self.problem(path.span, kind)
            }
            Some(kind) => match self.world.read(&location) {
                Ok(bytes) if bytes.len() > MAX_BYTES => {
                    self.refuse(path, Refusal::TooLarge(bytes.len() as u64))
                }
                Ok(bytes) => Some(self.read(kind, &location.name, bytes, prefix)),
                Err(why) => self.refuse(path, why),
            },
        };
        self.by_file.insert(location.key, volume);
        volume
    }

    fn read(&mut self, kind: Kind, name: &str, bytes: Vec<u8>, prefix: Option<&String>) -> usize {
        let (file, not_text) = SourceFile::decode(name, bytes);
        let id = self.reading.files.add(file);
        let file = self.reading.files.get(id);
        let mut library = match kind {
            Kind::Bibtex => bibtex::read(id, file.text()),
            Kind::Hayagriva => hayagriva_file::read(id, file),
        };
        if let Some(fault) = not_text {
            let end = u32::try_from(file.text().len()).expect("a bibliography is at most 32 MiB");
            let span = Span {
                file: id,
                start: end,
                end,
            };
            library.problems.push(Problem {
                span,
                kind: ProblemKind::NotText(fault),
            });
        }
        let volume = self.volume(library, id, prefix);
        self.volumes.push(volume);
        self.volumes.len() - 1
    }

    /// Orders the entries of a file by key, and reports those whose key is taken.
    fn volume(&mut self, library: Library, file: FileId, prefix: Option<&String>) -> Volume {
        let Library { entries, problems } = library;
        // What is faulty may be what is cited.
        self.reading.map.parts.push(Part {
            file,
            prefix: prefix.cloned(),
            has_unread_bibliography: !problems.is_empty(),
            ..Part::default()
        });
        self.reading.problems.extend(problems);
        let mut volume = Volume {
            entries: Vec::new(),
            by_key: FxHashMap::default(),
        };
        let mut places: FxHashMap<String, Span> = FxHashMap::default();
        for found in entries {
            let (id, span) = (found.source.id.clone(), found.source.id_span);
            if let Some(&first) = places.get(&id) {
                let kind = ProblemKind::DuplicateId { id, first };
                self.reading.problems.push(Problem { span, kind });
                continue;
            }
            places.insert(id.clone(), span);
            volume.by_key.insert(id, volume.entries.len());
            volume.entries.push(Entry::Waiting(Box::new(found)));
        }
        volume
    }

    /// Adds to the sources of the maps themselves what their bibliographies know of them.
    fn complete_own(&mut self, volumes: &[Vec<usize>]) {
        let mut completed = rustc_hash::FxHashSet::default();
        for at in 0..self.reading.map.sources.len() {
            let source = &self.reading.map.sources[at];
            let part = source.id_span.file.0 as usize;
            let key = source.id.rsplit('/').next().unwrap_or_default();
            let found = volumes[part].iter().find_map(|volume| {
                let entry = *self.volumes[*volume].by_key.get(key)?;
                Some((*volume, entry))
            });
            let Some((volume, entry)) = found else {
                continue;
            };
            let slot = &mut self.volumes[volume].entries[entry];
            if let Entry::Waiting(found) = std::mem::replace(slot, Entry::Joined(at)) {
                completed.insert(source.id_span);
                self.reading.problems.extend(found.problems);
                complete(&mut self.reading.map.sources[at], found.source);
            }
        }
        self.reading.problems.retain(|problem| {
            problem.kind != ProblemKind::Missing(Absent::Title)
                || !completed.contains(&problem.span)
        });
    }

    /// Lets what is cited join the sources, in the order in which it is cited first.
    fn join_cited(&mut self, volumes: &[Vec<usize>]) {
        let map = &self.reading.map;
        let own: rustc_hash::FxHashSet<&str> =
            map.sources.iter().map(|it| it.id.as_str()).collect();
        let articles = map.parts.iter().filter_map(|part| part.article.as_ref());
        let citations = map.statements.iter().flat_map(|it| &it.citations);
        let origins = map.sources.iter().flat_map(|it| &it.derived_from);
        let cited = articles
            .chain(citations.map(|citation| &citation.source))
            .chain(origins);
        let mut waiting: Vec<Cited> = cited.map(|name| Cited::of(name, map)).collect();
        waiting.retain(|cited| !own.contains(cited.full_id().as_str()));
        drop(own);
        waiting.reverse();
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(cited) = waiting.pop() {
            if seen.insert(cited.full_id()) {
                let next = self.join_one(&cited, volumes);
                waiting.extend(next);
            }
        }
    }

    /// Lets one work join, and gives the works that it is derived from.
    fn join_one(&mut self, cited: &Cited, volumes: &[Vec<usize>]) -> Vec<Cited> {
        let part = self.by_prefix.get(&cited.prefix);
        let named = part
            .and_then(|part| volumes.get(*part))
            .map_or(&[][..], Vec::as_slice);
        for &volume in named {
            let Some(&entry) = self.volumes[volume].by_key.get(&cited.key) else {
                continue;
            };
            let map = &mut self.reading.map;
            let next = map.sources.len();
            match std::mem::replace(
                &mut self.volumes[volume].entries[entry],
                Entry::Joined(next),
            ) {
                Entry::Joined(at) => {
                    self.volumes[volume].entries[entry] = Entry::Joined(at);
                    map.source_aliases.push((cited.full_id(), at));
                    return Vec::new();
                }
                Entry::Waiting(found) => {
                    let mut source = found.source;
                    self.reading.problems.extend(found.problems);
                    source.id = cited.full_id();
                    let origins = source.derived_from.iter();
                    let origins = origins.map(|name| Cited::of(name, map)).collect();
                    map.sources.push(source);
                    return origins;
                }
            }
        }
        Vec::new()
    }

    /// Keeps what nobody cites, under the names by which it could be cited.
    fn put_aside(&mut self, volumes: &[Vec<usize>]) {
        let map = &mut self.reading.map;
        for (part, named) in volumes.iter().enumerate() {
            let prefix = map.parts[part].prefix.clone();
            let entries = named
                .iter()
                .flat_map(|volume| std::mem::take(&mut self.volumes[*volume].entries));
            let waiting = entries.filter_map(|entry| match entry {
                Entry::Waiting(found) => Some(found.source),
                Entry::Joined(_) => None,
            });
            map.uncited.extend(waiting.map(|source| Source {
                id: full_id(prefix.as_ref(), &source.id),
                ..source
            }));
        }
    }

    fn refuse<T>(&mut self, path: &Text, why: Refusal) -> Option<T> {
        let path_text = path.value.clone();
        let kind = ProblemKind::BibliographyMissing {
            path: path_text,
            why,
        };
        self.problem(path.span, kind)
    }

    fn problem<T>(&mut self, span: Span, kind: ProblemKind) -> Option<T> {
        self.reading.problems.push(Problem { span, kind });
        None
    }
}

/// A work that is cited: the prefix of the map that must know it, and its key there.
struct Cited {
    prefix: Option<String>,
    key: String,
}

impl Cited {
    /// A name with a slash says its map; another is one of the map that it stands in.
    fn of(name: &Reference, map: &ArgumentMap) -> Self {
        match name.value.split_once('/') {
            Some((prefix, key)) => Self {
                prefix: Some(prefix.to_owned()),
                key: key.to_owned(),
            },
            None => Self {
                prefix: map.part(name.span.file).prefix.clone(),
                key: name.value.clone(),
            },
        }
    }

    fn full_id(&self) -> String {
        full_id(self.prefix.as_ref(), &self.key)
    }
}

fn full_id(prefix: Option<&String>, key: &str) -> String {
    match prefix {
        Some(prefix) => format!("{prefix}/{key}"),
        None => key.to_owned(),
    }
}

/// Fills in what a source does not say itself.
fn complete(own: &mut Source, entry: Source) {
    let Source {
        title,
        file,
        sha256,
        reliability,
        derived_from,
        fields,
        ..
    } = entry;
    if own.title.value.is_empty() {
        own.title = title;
    }
    // A digest belongs to its file.
    if own.file.is_none() {
        own.file = file;
        own.sha256 = own.sha256.take().or(sha256);
    }
    own.reliability = own.reliability.take().or(reliability);
    if own.derived_from.is_empty() {
        own.derived_from = derived_from;
    }
    for (name, value) in fields {
        if own
            .fields
            .iter()
            .all(|(known, _)| known.value != name.value)
        {
            own.fields.push((name, value));
        }
    }
}

/// What a bibliography file is written in.
#[derive(Clone, Copy)]
enum Kind {
    Bibtex,
    Hayagriva,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match &*ending.to_ascii_lowercase() {
            "bib" => Some(Self::Bibtex),
            "yml" | "yaml" => Some(Self::Hayagriva),
            _ => None,
        }
    }
}

/// The id under which a key is cited: what no id can have becomes a dash.
fn key_as_id(key: &str) -> String {
    let chars = key.chars().take(MAX_ID_CHARS);
    chars
        .map(|c| if may_be_in_id(c) { c } else { '-' })
        .collect()
}
