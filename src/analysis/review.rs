//! Whether statements are as they were when somebody checked them against their sources.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::Dossier;
use crate::model::{Review, ReviewFault, Reviews, StatementIdx};
use crate::quotes::digest;
use crate::read::read_reviews;
use crate::source::{FileId, Refusal, SourceFile, Span, World};

/// What the review file beside a map says, and what has become of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// What the file says; empty where there is none.
    pub reviews: Reviews,
    /// For each statement, its review as an index.
    pub of_statement: Vec<Option<usize>>,
    /// The reviews of statements that the map does not have, as indices.
    pub gone: Vec<usize>,
}

/// What a review is taken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The digest of what the map says: the kind and the text of a statement, its places, quotes and sources.
    pub statement: String,
    /// By the ids of its sources, the digests of their files; those without a file that can be read have none.
    pub sources: BTreeMap<String, String>,
}

/// How a statement stands to its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewState<'r> {
    /// Nobody reviewed it.
    Never,
    /// It is as it was.
    Current(&'r Review),
    /// It, or the file of a source, is not as it was.
    Stale {
        /// The review.
        review: &'r Review,
        /// Whether the map says something else of it.
        statement: bool,
        /// The ids of the sources whose files are others, came or went.
        sources: Vec<String>,
    },
}

/// The name of the review file of a map of that name; nothing for standard input.
pub fn review_file_name(map: &str) -> Option<String> {
    if map.starts_with('<') {
        return None;
    }
    let name = map.rsplit(['/', '\\']).next().unwrap_or(map);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Some(format!("{stem}.review.toml"))
}

impl Reviewed {
    /// Reads the review file beside a map, which joins the files.
    ///
    /// Linear in the file and the map.
    pub(super) fn open(dossier: &mut Dossier, world: &dyn World) -> Self {
        let reviews = read(dossier, world);
        let by_id: FxHashMap<&str, usize> = reviews
            .entries
            .iter()
            .enumerate()
            .map(|(at, review)| (review.id.as_str(), at))
            .collect();
        let statements = &dossier.map.statements;
        // An automatic id may be another statement's tomorrow.
        let reviewed = statements.iter().map(|statement| {
            let id = Some(statement.id.as_str()).filter(|_| statement.has_own_id());
            id.and_then(|id| by_id.get(id).copied())
        });
        let of_statement: Vec<Option<usize>> = reviewed.collect();
        let known: BTreeSet<usize> = of_statement.iter().copied().flatten().collect();
        let all = 0..reviews.entries.len();
        Self {
            gone: all.filter(|at| !known.contains(at)).collect(),
            of_statement,
            reviews,
        }
    }

    /// How a statement of the map stands to its review. Linear in what the map says of it.
    pub fn state(&self, dossier: &Dossier, statement: StatementIdx) -> ReviewState<'_> {
        let review = self.of_statement.get(statement.index()).copied().flatten();
        let Some(review) = review.map(|at| &self.reviews.entries[at]) else {
            return ReviewState::Never;
        };
        let now = Fingerprint::of(dossier, statement);
        let ids = now.sources.keys().chain(review.sources.keys());
        let ids: BTreeSet<&String> = ids.collect();
        let is_other = |id: &&&String| now.sources.get(**id) != review.sources.get(**id);
        let sources: Vec<String> = ids
            .iter()
            .filter(is_other)
            .map(|id| (*id).clone())
            .collect();
        let statement = now.statement != review.statement;
        if statement || !sources.is_empty() {
            ReviewState::Stale {
                review,
                statement,
                sources,
            }
        } else {
            ReviewState::Current(review)
        }
    }
}

impl Fingerprint {
    /// The fingerprint of a statement in a dossier whose quotes were looked up.
    pub fn of(dossier: &Dossier, statement: StatementIdx) -> Self {
        let written = dossier.map.statement(statement);
        let text = |text: Option<&crate::model::Text>| {
            text.map(|text| text.value.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let citations: Vec<_> = written
            .citations
            .iter()
            .map(|it| {
                (
                    &it.source.value,
                    text(it.at.as_ref()),
                    text(it.quote.as_ref()),
                )
            })
            .collect();
        let said = (
            written.kind.name(),
            text(Some(&written.text)),
            text(written.at.as_ref()),
            text(written.quote.as_ref()),
            citations,
        );
        let said = serde_json::to_vec(&said).expect("texts and lists of them are JSON");
        Self {
            statement: digest(&said),
            sources: sources(dossier, statement),
        }
    }
}

/// The digests of the files of a statement's sources.
fn sources(dossier: &Dossier, statement: StatementIdx) -> BTreeMap<String, String> {
    let written = dossier.map.statement(statement);
    let says = written.at.is_some() || written.quote.is_some();
    let articles = &dossier.graph.articles;
    let article = articles.get(written.span.file.0 as usize).copied();
    let article = article.flatten().filter(|_| says);
    let cited = dossier.graph.citations.get(statement.index());
    let all = cited.iter().copied().flatten().chain(article);
    all.filter_map(|source| {
        let copy = dossier.verification.copies.get(source)?.as_ref()?;
        Some((dossier.map.sources[source].id.clone(), copy.sha256.clone()?))
    })
    .collect()
}

/// The review file of a map, if it has one; one that cannot be read is a fault at its beginning.
fn read(dossier: &mut Dossier, world: &dyn World) -> Reviews {
    let map = dossier.files.iter().next().map(SourceFile::name);
    let map = map.unwrap_or_default().to_owned();
    let Some(name) = review_file_name(&map) else {
        return Reviews::default();
    };
    let found = world.locate(&name, &map).and_then(|location| {
        let bytes = world.read(&location)?;
        Ok((location.name, bytes))
    });
    let (name, bytes) = match found {
        Ok(found) => found,
        Err(Refusal::Missing) => return Reviews::default(),
        Err(refusal) => {
            let message = format!("the review file {}", refused(&refusal));
            let file = dossier.files.add(SourceFile::new(name, ""));
            return faulty(file, message);
        }
    };
    let (file, not_text) = SourceFile::decode(name, bytes);
    let id = dossier.files.add(file);
    if not_text.is_some() {
        return faulty(id, "the review file is not UTF-8".to_owned());
    }
    read_reviews(id, dossier.files.get(id))
}

fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing => "is not there".to_owned(),
        Refusal::OutsideProject(root) => format!("lies outside `{root}`"),
        Refusal::TooLarge(bytes) => format!("has {bytes} bytes, which is too large"),
        Refusal::Unreadable(words) => format!("cannot be read: {words}"),
    }
}

fn faulty(file: FileId, message: String) -> Reviews {
    let span = Span {
        file,
        ..Span::default()
    };
    Reviews {
        entries: Vec::new(),
        faults: vec![ReviewFault { span, message }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn review_files_are_named_after_their_maps() {
        let name = |map| review_file_name(map);
        assert_eq!(name("maps/a.yaml").as_deref(), Some("a.review.toml"));
        assert_eq!(
            name("HEAD:a.b.yml").as_deref(),
            Some("HEAD:a.b.review.toml")
        );
        assert_eq!(name("<stdin>"), None);
    }
}
