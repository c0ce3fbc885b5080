//! A map with everything that was found out about it.

use super::{
    Analysis, Framework, Reviewed, Semantics, StrengthTerms, Strengths, Terms, Verdicts, analyse,
};
use crate::cite::{References, Style};
use crate::graph::ArgumentGraph;
use crate::model::{ArgumentMap, InferenceIdx, Losses, Problem, StatementIdx, StatementKind};
use crate::quotes::{Verification, verify};
use crate::read::{Format, Manner, Reading, read, read_as, read_in};
use crate::source::{SourceFile, SourceFiles, Span, World};

/// How much of a statement's text is quoted in messages, in characters.
const MAX_QUOTED_CHARS: usize = 48;

/// A map, its graph and its analysis: what the rules and the views look at.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// The format of the map's file.
    pub format: Format,
    /// The texts, the map's own first; the copies of sources come last.
    pub files: SourceFiles,
    /// What the author wrote.
    pub map: ArgumentMap,
    /// The same with names looked up.
    pub graph: ArgumentGraph,
    /// What follows from it.
    pub analysis: Analysis,
    /// What is wrong with its form.
    pub problems: Vec<Problem>,
    /// What its file says and a map cannot.
    pub losses: Losses,
    /// What became of its quotes; nothing before [`Dossier::verified`].
    pub verification: Verification,
    /// Whether statements are as they were when somebody reviewed them; nothing before [`Dossier::verified`].
    pub reviewed: Reviewed,
    /// Its sources as a citation style writes them; nothing before [`Dossier::cite`].
    pub references: References,
}

impl Dossier {
    /// Reads a map from its bytes and finds out everything about it that does not need the texts of its sources.
    ///
    /// Its format shows from its name and its content.
    /// Linear in the size of the map and of the files that it includes; faults are data and never stop it.
    pub fn open(name: &str, bytes: Vec<u8>, world: &dyn World) -> Self {
        Self::of(read(name, bytes, world))
    }

    /// The same with the format given.
    pub fn open_as(format: Format, name: &str, bytes: Vec<u8>, world: &dyn World) -> Self {
        Self::of(read_as(format, name, bytes, world))
    }

    /// The same in a manner that is given.
    pub fn open_in(manner: &Manner, name: &str, bytes: Vec<u8>, world: &dyn World) -> Self {
        Self::of(read_in(manner, name, bytes, world))
    }

    /// Finds out everything about a map that was read.
    pub fn of(reading: Reading) -> Self {
        let Reading {
            format,
            files,
            map,
            mut problems,
            losses,
        } = reading;
        let (graph, unresolved) = ArgumentGraph::build(&map);
        problems.extend(unresolved);
        let terms = Terms {
            semantics: Semantics::of_format(format),
            ..Terms::default()
        };
        let analysis = analyse(&map, &graph, terms);
        Self {
            format,
            files,
            map,
            graph,
            analysis,
            problems,
            losses,
            verification: Verification::default(),
            reviewed: Reviewed::default(),
            references: References::default(),
        }
    }

    /// Evaluates the map anew on other terms; what looks at the dossier afterwards sees those verdicts.
    pub fn evaluate(&mut self, terms: Terms) {
        let framework = Framework::of(&self.map, &self.graph, terms.leaves);
        self.analysis.verdicts = Verdicts::of(&framework, &terms);
        self.analysis.terms = terms;
    }

    /// Computes strengths, too; what looks at the dossier afterwards sees them.
    pub fn weigh(&mut self, terms: &StrengthTerms) {
        let leaves = self.analysis.terms.leaves;
        let framework = Framework::of(&self.map, &self.graph, leaves);
        self.analysis.strengths = Some(Strengths::of(&framework, terms));
    }

    /// Writes its sources in a citation style; what looks at the dossier afterwards sees them so.
    pub fn cite(&mut self, style: &Style) {
        self.references = References::of(&self.map, &self.graph, style);
    }

    /// The same with its quotes looked up in the files of its sources, each of which is read once, and with its
    /// review file.
    #[must_use]
    pub fn verified(mut self, world: &dyn World) -> Self {
        self.verification = verify(&self.map, &self.graph, &mut self.files, world);
        self.reviewed = Reviewed::open(&mut self, world);
        self
    }

    /// Whether the map argues for this statement.
    pub fn is_thesis(&self, statement: StatementIdx) -> bool {
        self.graph.theses.contains(&statement)
    }

    /// A statement as messages name it: its id, if the author gave it one, and the start of its text.
    pub fn name(&self, idx: StatementIdx) -> String {
        let statement = self.map.statement(idx);
        let text = format!("\"{}\"", shortened(&statement.text.value, MAX_QUOTED_CHARS));
        if statement.has_own_id() && statement.text.value.is_empty() {
            format!("`{}`", statement.id)
        } else if statement.has_own_id() {
            format!("`{}` {text}", statement.id)
        } else {
            text
        }
    }

    /// The same after what the statement is: "claim `a` …", "the thesis `t` …".
    pub fn kind_and_name(&self, idx: StatementIdx) -> String {
        let statement = self.map.statement(idx);
        let kind = if self.is_thesis(idx) && statement.kind == StatementKind::Claim {
            "the thesis"
        } else {
            statement.kind.name()
        };
        format!("{kind} {}", self.name(idx))
    }

    /// Where an inference uses a statement.
    pub fn place_of_use(&self, inference: InferenceIdx, statement: StatementIdx) -> Span {
        let resolved = self.graph.premises.get(inference.index());
        let at = resolved.iter().position(|premise| *premise == statement);
        let written = self.map.inference(inference);
        // Positions agree only where every name was found.
        match at {
            Some(at) if written.premises.len() == resolved.len() => written.premises[at].span(),
            _ => written.span,
        }
    }

    /// The map's title, else its file's name.
    pub fn title(&self) -> String {
        if let Some(title) = &self.map.about.title {
            return title.value.clone();
        }
        let path = self
            .files
            .iter()
            .next()
            .map(SourceFile::name)
            .unwrap_or_default();
        path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
    }
}

/// The start of a text on one line, cut at a word and marked where it was cut; a final full stop goes.
pub fn shortened(text: &str, max_chars: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max_chars {
        return line.strip_suffix('.').unwrap_or(&line).to_owned();
    }
    let cut: String = line.chars().take(max_chars).collect();
    let at_word = cut
        .rfind(' ')
        .filter(|at| *at > cut.len() / 2)
        .unwrap_or(cut.len());
    format!("{}…", cut[..at_word].trim_end_matches([',', ';', ':', ' ']))
}
