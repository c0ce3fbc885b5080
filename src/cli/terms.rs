//! The options of evaluation that several commands share.

use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::analysis::{
    Aggregation, Dossier, Leaves, Linked, Node, Semantics, StrengthTerms, Terms, Thresholds,
    Verdict,
};
use crate::model::near::nearest;
use crate::model::{InferenceIdx, Premise, Reference, Standard, StatementIdx};

/// On what terms a map is evaluated.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Terms of the evaluation")]
pub(super) struct TermsArgs {
    /// What becomes of statements that rest only on themselves [default: well-founded; for files of Carneades, grounded]
    #[arg(long, value_enum, value_name = "SEMANTICS")]
    semantics: Option<SemanticsName>,

    /// The standard of proof for every statement, whatever the map sets
    #[arg(long, value_enum, value_name = "STANDARD")]
    standard: Option<StandardName>,

    /// What claims without reasons count for
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    leaves: LeavesName,

    /// Verdicts to suppose, by comma: `e1=rejected,o2=accepted`
    #[arg(long, value_name = "ID=VERDICT", value_delimiter = ',')]
    what_if: Vec<String>,

    /// Clear and convincing: how strong the best reason must be
    #[arg(long, value_name = "0..1", default_value_t = Thresholds::default().alpha, hide_short_help = true, value_parser = degree)]
    alpha: f64,

    /// Clear and convincing: by how much it must outweigh the best objection
    #[arg(long, value_name = "0..1", default_value_t = Thresholds::default().beta, hide_short_help = true, value_parser = degree)]
    beta: f64,

    /// Beyond reasonable doubt: how weak the best objection must be
    #[arg(long, value_name = "0..1", default_value_t = Thresholds::default().gamma, hide_short_help = true, value_parser = degree)]
    gamma: f64,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SemanticsName {
    /// They are rejected, so that a circular objection defeats nothing
    WellFounded,
    /// They stay undecided
    Grounded,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum LeavesName {
    /// They carry nothing
    #[default]
    Question,
    /// They are taken as given, as evidence is: for maps of formats that know no evidence
    Accept,
}

/// The names of [`Standard`], for help and completion.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum StandardName {
    /// One reason holds
    Scintilla,
    /// One reason holds and no objection does
    DialecticalValidity,
    /// The best reason outweighs the best objection
    Preponderance,
    /// It is strong and outweighs it by far
    ClearAndConvincing,
    /// And the best objection is weak
    BeyondReasonableDoubt,
}

impl StandardName {
    fn standard(self) -> Standard {
        match self {
            Self::Scintilla => Standard::Scintilla,
            Self::DialecticalValidity => Standard::DialecticalValidity,
            Self::Preponderance => Standard::Preponderance,
            Self::ClearAndConvincing => Standard::ClearAndConvincing,
            Self::BeyondReasonableDoubt => Standard::BeyondReasonableDoubt,
        }
    }
}

impl TermsArgs {
    /// What the options mean for a map.
    pub(super) fn terms(&self, dossier: &Dossier) -> anyhow::Result<Terms> {
        let mut terms = Terms {
            leaves: match self.leaves {
                LeavesName::Question => Leaves::Question,
                LeavesName::Accept => Leaves::Accept,
            },
            semantics: match self.semantics {
                None => Semantics::of_format(dossier.format),
                Some(SemanticsName::WellFounded) => Semantics::WellFounded,
                Some(SemanticsName::Grounded) => Semantics::Grounded,
            },
            standard: self.standard.map(StandardName::standard),
            thresholds: Thresholds {
                alpha: self.alpha,
                beta: self.beta,
                gamma: self.gamma,
            },
            ..Terms::default()
        };
        for supposed in &self.what_if {
            let Some((id, verdict)) = supposed.split_once('=') else {
                bail!("`--what-if {supposed}` lacks a verdict: write `{supposed}=rejected`");
            };
            let verdict = verdict_of(verdict)?;
            let is_new = match node(dossier, id)? {
                Node::Statement(statement) => add(&mut terms.statements, statement, verdict),
                Node::Inference(inference) => add(&mut terms.inferences, inference, verdict),
            };
            if !is_new {
                bail!("`--what-if` supposes two verdicts of `{id}`: leave one out");
            }
        }
        Ok(terms)
    }

    /// Whether anything is supposed.
    pub(super) fn supposes(&self) -> bool {
        !self.what_if.is_empty()
    }
}

/// Adds what is supposed, once; false where another verdict is supposed already.
fn add<T: PartialEq>(supposed: &mut Vec<(T, Verdict)>, at: T, verdict: Verdict) -> bool {
    let known = supposed.iter().find(|(other, _)| *other == at);
    let known = known.map(|(_, verdict)| *verdict);
    if known.is_none() {
        supposed.push((at, verdict));
    }
    known.is_none_or(|known| known == verdict)
}

/// How strengths are computed.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Terms of the strengths")]
pub(super) struct StrengthArgs {
    /// What reasons and objections together make of a base strength [default: dfquad]
    #[arg(long, value_name = "HOW", value_parser = PossibleValuesParser::new(Aggregation::ALL.map(Aggregation::name)).map(|name| aggregation(&name)))]
    aggregation: Option<Aggregation>,

    /// How linked premises carry a step together [default: product]
    #[arg(long, value_name = "HOW", value_parser = PossibleValuesParser::new(Linked::ALL.map(Linked::name)).map(|name| linked(&name)))]
    linked: Option<Linked>,
}

fn aggregation(name: &str) -> Aggregation {
    let mut all = Aggregation::ALL.into_iter();
    all.find(|known| known.name() == name)
        .expect("clap lets only known names through")
}

fn linked(name: &str) -> Linked {
    let mut all = Linked::ALL.into_iter();
    all.find(|known| known.name() == name)
        .expect("clap lets only known names through")
}

impl StrengthArgs {
    /// One of the options that was written, if any was.
    pub(super) fn written(&self) -> Option<&'static str> {
        let aggregation = self.aggregation.map(|_| "--aggregation");
        aggregation.or(self.linked.map(|_| "--linked"))
    }

    /// What the options mean, with what is supposed: what is rejected has no strength, what is accepted has all of it.
    pub(super) fn terms(&self, supposed: &Terms) -> StrengthTerms {
        let degree = |verdict: Verdict| match verdict {
            Verdict::In => Some(1.0),
            Verdict::Out => Some(0.0),
            Verdict::Undecided => None,
        };
        let statements = supposed.statements.iter();
        let inferences = supposed.inferences.iter();
        StrengthTerms {
            aggregation: self.aggregation.unwrap_or_default(),
            linked: self.linked.unwrap_or_default(),
            statements: statements
                .filter_map(|(at, verdict)| Some((*at, degree(*verdict)?)))
                .collect(),
            inferences: inferences
                .filter_map(|(at, verdict)| Some((*at, degree(*verdict)?)))
                .collect(),
        }
    }
}

fn degree(text: &str) -> Result<f64, String> {
    let degree = text
        .parse()
        .ok()
        .filter(|degree| (0.0..=1.0).contains(degree));
    degree.ok_or_else(|| "it must be a number from 0 to 1".to_owned())
}

/// The verdict of that name.
pub(super) fn verdict_of(name: &str) -> anyhow::Result<Verdict> {
    match Verdict::from_name(name) {
        Some(verdict) => Ok(verdict),
        None => bail!(
            "`{name}` is no verdict{}",
            likely_or_all(name, Verdict::WORDS)
        ),
    }
}

/// The standard of proof of that name.
pub(super) fn standard_of(name: &str) -> anyhow::Result<Standard> {
    let Some(standard) = Standard::from_name(name) else {
        bail!(
            "`{name}` is no standard of proof{}",
            likely_or_all(name, &Standard::NAMES)
        );
    };
    Ok(standard)
}

/// The statement or inference of that id, automatic ones included.
pub(super) fn node(dossier: &Dossier, id: &str) -> anyhow::Result<Node> {
    let map = &dossier.map;
    if let Some(at) = map.statements.iter().position(|s| s.id == id) {
        return Ok(Node::Statement(StatementIdx::new(at)));
    }
    if let Some(at) = map.inferences.iter().position(|i| i.id == id) {
        return Ok(Node::Inference(InferenceIdx::new(at)));
    }
    bail!(
        "the map has no statement or step `{id}`{}",
        hint(dossier, id)
    );
}

/// The statement of that id, automatic ones included.
pub(super) fn statement(dossier: &Dossier, id: &str) -> anyhow::Result<StatementIdx> {
    let at = dossier.map.statements.iter().position(|s| s.id == id);
    match at {
        Some(at) => Ok(StatementIdx::new(at)),
        None => bail!("the map has no statement `{id}`{}", hint(dossier, id)),
    }
}

/// The statement that a command is asked about, or the theses where it names none.
pub(super) fn asked(dossier: &Dossier, id: Option<&str>) -> anyhow::Result<Vec<StatementIdx>> {
    let theses = &dossier.graph.theses;
    match id {
        Some(id) => Ok(vec![statement(dossier, id)?]),
        None if !theses.is_empty() => Ok(theses.clone()),
        None => {
            let missing = missing_thesis(dossier).unwrap_or_default();
            bail!("{missing}; give the id of a statement to ask about that");
        }
    }
}

/// What is wrong where a thesis is missing: the map has none, or names one that it does not define.
pub(super) fn missing_thesis(dossier: &Dossier) -> Option<String> {
    let (map, defined) = (&dossier.map, &dossier.graph.theses);
    let is_defined = |reference: &Reference| {
        let mut ids = defined.iter().map(|thesis| &map.statement(*thesis).id);
        ids.any(|id| *id == reference.value)
    };
    let undefined = map.theses.iter().filter_map(|thesis| match thesis {
        Premise::Named(reference) if !is_defined(reference) => Some(&*reference.value),
        Premise::Named(_) | Premise::Inline(_) => None,
    });
    let undefined = quoted(&undefined.collect::<Vec<_>>());
    match &undefined[..] {
        [] if defined.is_empty() => Some("the map has no thesis".to_owned()),
        [] => None,
        [one] => Some(format!("the thesis {one} is not defined")),
        several => Some(format!("the theses {} are not defined", several.join(", "))),
    }
}

fn hint(dossier: &Dossier, id: &str) -> String {
    let known = dossier.map.statements.iter().map(|s| s.id.as_str());
    likely(id, known)
        .unwrap_or_else(|| ": `grounds table MAP --columns id,text` lists them".to_owned())
}

/// What a misspelt word may have meant, or all that it can be.
fn likely_or_all(name: &str, known: &[&str]) -> String {
    let all = || format!(": it can be {}", quoted(known).join(", "));
    likely(name, known.iter().copied()).unwrap_or_else(all)
}

fn likely<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = quoted(&nearest(name, known));
    (!near.is_empty()).then(|| format!("; did you mean {}?", near.join(" or ")))
}

fn quoted(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("`{name}`")).collect()
}
