//! Included maps in the one map that is written: what their statements say of their articles, and what has no place.

use rustc_hash::FxHashSet;

use crate::analysis::Dossier;
use crate::model::{About, Expect, Losses, Part, Statement, Text};
use crate::source::{FileId, Span};

/// Which text a statement's own `at` and `quote` speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// That which is the article of the map that is written.
    Article,
    /// The article of an included map, which is a source among others in the map that is written.
    Source(usize),
    /// None: their map names no article, and the one that is written would make them speak of its own.
    Nowhere,
}

impl Place {
    /// Where the words of a statement are.
    pub(super) fn of(dossier: &Dossier, statement: &Statement) -> Self {
        if !has_place(statement) {
            return Self::Article;
        }
        let own = article(dossier, statement.span.file.0 as usize);
        match own {
            _ if own == article(dossier, 0) => Self::Article,
            Some(source) => Self::Source(source),
            None => Self::Nowhere,
        }
    }

    /// The source that is cited in place of an article.
    pub(super) fn source(self) -> Option<usize> {
        match self {
            Self::Source(source) => Some(source),
            Self::Article | Self::Nowhere => None,
        }
    }
}

/// The source that a part of the map encodes.
fn article(dossier: &Dossier, part: usize) -> Option<usize> {
    dossier.graph.articles.get(part).copied().flatten()
}

fn has_place(statement: &Statement) -> bool {
    statement.at.is_some() || statement.quote.is_some()
}

/// What included maps say and one map cannot. Linear in the map.
pub(super) fn losses(dossier: &Dossier) -> Losses {
    let mut losses = Losses::default();
    let map = &dossier.map;
    let with_places = map.statements.iter().filter(|it| has_place(it));
    let with_places: FxHashSet<FileId> = with_places.map(|it| it.span.file).collect();
    for (at, part) in map.parts.iter().enumerate().skip(1) {
        let mut add = |what, span: Span| losses.add(what, span);
        about(&part.about, |text| {
            add("what included maps say of themselves", text.span);
        });
        for allowed in &part.allow {
            add("findings that included maps allow", allowed.rule.span);
        }
        for expected in verdicts(&part.expect) {
            add("verdicts that included maps expect", expected);
        }
        for file in &part.bibliography {
            add("bibliographies of included maps", file.span);
        }
        let article = other_article(dossier, at, part);
        if let Some(article) = article.filter(|_| !with_places.contains(&part.file)) {
            add("articles of included maps", article);
        }
    }
    for statement in &map.statements {
        if Place::of(dossier, statement) == Place::Nowhere {
            let place = statement.at.as_ref().or(statement.quote.as_ref());
            let span = place.map_or(statement.span, |text| text.span);
            losses.add(
                "places and quotes of included maps without an article",
                span,
            );
        }
    }
    for thesis in &dossier.graph.included_theses {
        if dossier.graph.uses.get(thesis.index()).is_empty() && !dossier.is_thesis(*thesis) {
            let span = map.statement(*thesis).span;
            losses.add("theses of included maps that nothing rests on", span);
        }
    }
    losses
}

/// Everything that a map says of itself.
fn about(about: &About, mut each: impl FnMut(&Text)) {
    let texts = [
        &about.title,
        &about.question,
        &about.description,
        &about.date,
        &about.language,
        &about.license,
    ];
    texts.into_iter().flatten().for_each(&mut each);
    about.authors.iter().for_each(each);
}

fn verdicts(expect: &Expect) -> impl Iterator<Item = Span> {
    let all = [&expect.accepted, &expect.rejected, &expect.undecided];
    all.into_iter().flatten().map(|name| name.span)
}

/// Where an included map names an article that is not that of the map that is written. It is kept only where a
/// statement says where in it or in which words, and cites it so.
fn other_article(dossier: &Dossier, at: usize, part: &Part) -> Option<Span> {
    let own = article(dossier, at).filter(|own| Some(*own) != article(dossier, 0));
    own.and(part.article.as_ref()).map(|article| article.span)
}
