//! A map in the making, as the importers of other formats fill it.

use rustc_hash::FxHashMap;

use super::ids::{self, Taken};
use super::{Format, Reading};
use crate::model::{
    ArgumentMap, FieldValue, ForeignFault, Inference, InferenceIdx, Losses, Part, Polarity,
    Premise, Problem, ProblemKind, Reference, Source, Statement, StatementIdx, Target, Text,
};
use crate::source::{FileId, Recoded, SourceFile, SourceFiles, Span, Spanned};

/// The map, and what its statements are called in the file.
pub(super) struct Draft {
    pub(super) format: Format,
    pub(super) map: ArgumentMap,
    pub(super) problems: Vec<Problem>,
    pub(super) losses: Losses,
    /// The statements by their names in the file.
    names: FxHashMap<String, StatementIdx>,
    /// The sources by their names in the file.
    sources: FxHashMap<String, usize>,
    /// The ids of statements and inferences.
    taken: Taken,
    /// The ids of sources.
    taken_sources: Taken,
    /// Statements whose ids are still to be found, and what these are to be near to.
    unsettled: Vec<(StatementIdx, String)>,
}

impl Draft {
    pub(super) fn new(format: Format) -> Self {
        let part = Part {
            file: FileId::default(),
            ..Part::default()
        };
        Self {
            format,
            map: ArgumentMap {
                parts: vec![part],
                ..ArgumentMap::default()
            },
            problems: Vec::new(),
            losses: Losses::default(),
            names: FxHashMap::default(),
            sources: FxHashMap::default(),
            taken: Taken::default(),
            taken_sources: Taken::default(),
            unsettled: Vec::new(),
        }
    }

    /// Adds the share of a further file, whose names are known beside those of the first.
    pub(super) fn add_part(&mut self, file: FileId) {
        let part = Part {
            file,
            ..Part::default()
        };
        self.map.parts.push(part);
    }

    /// Adds a statement under the name that it has in the file. A name that is taken is a fault, and not given again.
    ///
    /// Its id is the one that it comes with, or else its name, or what is nearest to that and still free.
    pub(super) fn statement(&mut self, name: &Text, statement: Statement) -> StatementIdx {
        let idx = self.unnamed(statement);
        if let Some(&first) = self.names.get(&name.value) {
            let first = self.map.name_span(first);
            let id = name.value.clone();
            self.problem(name.span, ProblemKind::DuplicateId { id, first });
            return idx;
        }
        self.names.insert(name.value.clone(), idx);
        let statement = &mut self.map.statements[idx.index()];
        statement.id_span = Some(name.span);
        if !statement.id.is_empty() {
            let id = std::mem::take(&mut statement.id);
            self.unsettled.push((idx, id));
        } else if ids::is_id(&name.value) {
            statement.id.clone_from(&name.value);
            self.taken.take(&name.value);
        } else {
            self.unsettled.push((idx, name.value.clone()));
        }
        idx
    }

    /// Adds a statement that has no name in the file.
    pub(super) fn unnamed(&mut self, statement: Statement) -> StatementIdx {
        let idx = StatementIdx::new(self.map.statements.len());
        self.map.statements.push(statement);
        idx
    }

    /// Adds a statement that has no name in the file and may be meant elsewhere all the same: its words name it.
    pub(super) fn worded(&mut self, statement: Statement) -> StatementIdx {
        let (name, span) = (statement.text.value.clone(), statement.text.span);
        let idx = self.unnamed(statement);
        self.map.statements[idx.index()].id_span = Some(span);
        self.unsettled.push((idx, name));
        idx
    }

    /// Gives ids to the statements whose names are none, once all names are known; references come after this.
    pub(super) fn settle(&mut self) {
        for (idx, name) in std::mem::take(&mut self.unsettled) {
            let id = self.taken.nearest(&name, "statement");
            self.map.statements[idx.index()].id = id;
        }
    }

    /// The statement of that name in the file.
    pub(super) fn find(&self, name: &str) -> Option<StatementIdx> {
        self.names.get(name).copied()
    }

    /// The statement of that name in the file, and a reference to it; a name that no statement has is a fault.
    pub(super) fn named(&mut self, name: &Text) -> Option<(StatementIdx, Reference)> {
        let Some(idx) = self.find(&name.value) else {
            self.undefined(name, "statement");
            return None;
        };
        Some((idx, self.reference_to(idx, name.span)))
    }

    /// A reference to a statement from a place in the file.
    pub(super) fn reference_to(&self, idx: StatementIdx, span: Span) -> Reference {
        let id = &self.map.statement(idx).id;
        assert!(
            !id.is_empty(),
            "statements are settled before they are used"
        );
        Spanned {
            value: id.clone(),
            span,
        }
    }

    /// A statement as a premise: by its name, or in place where it has none.
    pub(super) fn premise(&self, idx: StatementIdx, span: Span) -> Premise {
        if self.map.statement(idx).has_own_id() {
            return Premise::Named(self.reference_to(idx, span));
        }
        Premise::Inline(Spanned { value: idx, span })
    }

    /// Adds an inference. The target must have been added before, so that no step attacks one that rests on it.
    pub(super) fn inference(&mut self, new: NewInference) -> InferenceIdx {
        let idx = InferenceIdx::new(self.map.inferences.len());
        if let Target::Inference(target) = new.target {
            assert!(target < idx, "a step is attacked after it was added");
        }
        self.map.inferences.push(Inference::new(
            new.polarity,
            new.target,
            new.premises,
            new.span,
        ));
        idx
    }

    /// Calls an inference as the file does, or nearly so.
    pub(super) fn name_inference(&mut self, idx: InferenceIdx, name: &Text) {
        let id = self.taken.nearest(&name.value, "step");
        let inference = &mut self.map.inferences[idx.index()];
        inference.id = id;
        inference.id_span = Some(name.span);
    }

    /// The source of that name or title in the file.
    pub(super) fn find_source(&self, name: &str) -> Option<&Source> {
        let at = self.sources.get(name)?;
        Some(&self.map.sources[*at])
    }

    /// A reference to a source by its name in the file; a name that no source has is a fault.
    pub(super) fn named_source(&mut self, name: &Text, what: &'static str) -> Option<Reference> {
        if let Some(source) = self.find_source(&name.value) {
            return Some(Spanned {
                value: source.id.clone(),
                span: name.span,
            });
        }
        self.undefined(name, what);
        None
    }

    /// The source at an address, added where it is not known yet.
    pub(super) fn web_source(&mut self, url: &Text, title: &str) -> Reference {
        let span = url.span;
        let spanned = |value: &str| Spanned {
            value: value.to_owned(),
            span,
        };
        if self.find_source(&url.value).is_none() {
            let fields = vec![(spanned("url"), FieldValue::Text(url.value.clone()))];
            self.source(url, spanned(title)).fields = fields;
        }
        let known = self.find_source(&url.value);
        let id = &known
            .expect("the source was added where it was not known")
            .id;
        spanned(id)
    }

    /// Adds a source, called as nearly as it may be.
    pub(super) fn source(&mut self, name: &Text, title: Text) -> &mut Source {
        let id = self.taken_sources.nearest(&name.value, "source");
        let at = self.map.sources.len();
        for known_as in [&name.value, &title.value] {
            self.sources.entry(known_as.clone()).or_insert(at);
        }
        self.map.sources.push(Source {
            title,
            ..Source::new(id, name.span)
        });
        &mut self.map.sources[at]
    }

    /// Reports a name that nothing of its kind has.
    pub(super) fn undefined(&mut self, name: &Text, what: &'static str) {
        let fault = ForeignFault::Undefined {
            what,
            name: name.value.clone(),
        };
        self.fault(name.span, fault);
    }

    pub(super) fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.problems.push(Problem { span, kind });
    }

    pub(super) fn fault(&mut self, span: Span, fault: ForeignFault) {
        let format = self.format.title();
        self.problem(span, ProblemKind::Foreign { format, fault });
    }

    /// Counts that a file is in another encoding than UTF-8.
    pub(super) fn recoded(&mut self, id: FileId, recoded: Option<Recoded>) {
        let (what, count, at) = match recoded {
            None => return,
            Some(Recoded::Utf16) => ("texts in UTF-16, read as they are", 1, 0),
            Some(Recoded::Windows1252 { count, first }) => (
                "letters that are no UTF-8, read as Windows-1252",
                count,
                first,
            ),
        };
        let span = Span {
            file: id,
            start: at,
            end: at,
        };
        self.losses.add_several(what, count, span);
    }

    /// The map of one file; see [`Draft::finish_all`].
    pub(super) fn finish(self, file: SourceFile) -> Reading {
        let mut files = SourceFiles::default();
        files.add(file);
        self.finish_all(files)
    }

    /// The map with everything that has no name named, and with what it argues for where the file does not say.
    pub(super) fn finish_all(mut self, files: SourceFiles) -> Reading {
        if self.map.statements.is_empty() && self.problems.is_empty() {
            self.fault(Span::default(), ForeignFault::NoStatements);
        }
        if self.map.theses.is_empty() {
            let theses = self.ends();
            let premise = |idx| {
                let span = self.map.name_span(idx);
                Premise::Named(self.reference_to(idx, span))
            };
            let theses: Vec<Premise> = theses.into_iter().map(premise).collect();
            self.map.theses = theses;
        }
        let mut reading = Reading {
            format: self.format,
            files,
            map: self.map,
            problems: self.problems,
            losses: self.losses,
        };
        ids::assign(&mut reading);
        reading
    }

    /// Where the argument ends: the statements that are argued for or against and are a premise of nothing;
    /// of statements that contradict each other only the first.
    ///
    /// Where everything that is argued about is in a circle, the first statement of it;
    /// where nothing is argued at all, every statement.
    fn ends(&self) -> Vec<StatementIdx> {
        let Self { map, .. } = self;
        let by_id: FxHashMap<&str, usize> = (map.statements.iter().enumerate())
            .map(|(at, s)| (s.id.as_str(), at))
            .collect();
        let is_used = self.used(&by_id);
        let is_target = self.targets();
        let has_argument = is_target.contains(&true);
        let mut rivals: Vec<Vec<usize>> = vec![Vec::new(); map.statements.len()];
        for (at, statement) in map.statements.iter().enumerate() {
            for other in statement
                .contradicts
                .iter()
                .filter_map(|name| by_id.get(name.value.as_str()))
            {
                rivals[at].push(*other);
                rivals[*other].push(at);
            }
        }
        let mut is_end = vec![false; map.statements.len()];
        let named = (0..map.statements.len()).filter(|at| map.statements[*at].has_own_id());
        for at in named.clone() {
            let is_argued = is_target[at] || !has_argument;
            is_end[at] =
                is_argued && !is_used[at] && !rivals[at].iter().any(|rival| is_end[*rival]);
        }
        let mut ends: Vec<usize> = named.clone().filter(|at| is_end[*at]).collect();
        if ends.is_empty() {
            ends.extend(named.clone().find(|at| is_target[*at]));
        }
        ends.into_iter().map(StatementIdx::new).collect()
    }

    /// For each statement, whether it is a premise of something.
    fn used(&self, by_id: &FxHashMap<&str, usize>) -> Vec<bool> {
        let mut is_used = vec![false; self.map.statements.len()];
        for premise in self
            .map
            .inferences
            .iter()
            .flat_map(|inference| &inference.premises)
        {
            let used = match premise {
                Premise::Inline(inline) => Some(inline.value.index()),
                Premise::Named(name) => by_id.get(name.value.as_str()).copied(),
            };
            if let Some(at) = used {
                is_used[at] = true;
            }
        }
        is_used
    }

    /// For each statement, whether something is said for or against it.
    fn targets(&self) -> Vec<bool> {
        let mut is_target = vec![false; self.map.statements.len()];
        for inference in &self.map.inferences {
            if let Target::Statement(target) = inference.target {
                is_target[target.index()] = true;
            }
        }
        is_target
    }
}

/// What every inference has.
pub(super) struct NewInference {
    pub(super) polarity: Polarity,
    pub(super) target: Target,
    pub(super) premises: Vec<Premise>,
    pub(super) span: Span,
}

/// A scheme's name as the catalogue writes names: `ExpertOpinion` and `Argument from expert opinion` are
/// `expert-opinion`. What only says that there is no special scheme is none.
pub(super) fn scheme_name(written: &Text) -> Option<Text> {
    let mut name = String::new();
    let mut before = ' ';
    for c in written.value.chars() {
        let starts_word = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
        if c.is_alphanumeric() && starts_word && !name.is_empty() {
            name.push('-');
        }
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        }
        before = c;
    }
    let short = ["argument-from-", "argument-"]
        .iter()
        .find_map(|start| name.strip_prefix(start));
    let name = short.unwrap_or(&name);
    (!name.is_empty() && !name.starts_with("default-")).then(|| Spanned {
        value: name.to_owned(),
        span: written.span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_named_as_in_the_catalogue() {
        for (written, name) in [
            ("ExpertOpinion", Some("expert-opinion")),
            ("Argument From Expert Opinion", Some("expert-opinion")),
            ("witness_testimony", Some("witness-testimony")),
            ("Argument from sign", Some("sign")),
            ("Ad hominem", Some("ad-hominem")),
            ("Default Inference", None),
            ("...", None),
        ] {
            let written = Spanned {
                value: written.to_owned(),
                span: Span::default(),
            };
            let found = scheme_name(&written);
            assert_eq!(found.as_ref().map(|found| found.value.as_str()), name);
        }
    }
}
