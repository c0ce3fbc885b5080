//! `grounds evaluate`: what stands against the objections.

use std::path::PathBuf;

use anyhow::bail;

use super::input::FromArgs;
use super::terms::{self, StrengthArgs, TermsArgs};
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::{Analysis, Dossier, Explanation, Framework, Terms, Verdict, Verdicts};
use crate::model::{Standard, StatementIdx};
use crate::render::evaluation::{self, Beside};
use crate::render::screen::paragraph;
use crate::render::table::{Format, write};
use crate::view::facts::two_digits;
use crate::view::table::{Query, Table, View};

/// Say whether the thesis stands against its objections, and what else does
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// How to print it
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: FormatName,

    /// Show all five standards of proof side by side
    #[arg(long, conflicts_with = "what_if")]
    standards: bool,

    /// Compute how strong statements are, too
    #[arg(long)]
    strength: bool,

    /// End with 1 unless a statement has a verdict, if need be by a standard: `thesis=in:preponderance`
    #[arg(long, value_name = "ID=VERDICT[:STANDARD]")]
    require: Vec<String>,

    #[command(flatten)]
    from: FromArgs,

    #[command(flatten)]
    terms: TermsArgs,

    #[command(flatten)]
    strengths: StrengthArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    /// A sentence for each thesis, and a table
    #[default]
    Text,
    /// The same as Markdown
    Markdown,
    /// The table as comma-separated values
    Csv,
    /// All verdicts with their witnesses; documented in docs/json.md
    Json,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let mut dossier = input::open(&args.map, &args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    if let Some(option) = args.strengths.written().filter(|_| !args.strength) {
        bail!("`{option}` says how strengths are computed: add `--strength`");
    }
    let terms = args.terms.terms(&dossier)?;
    let requirements = args.require.iter();
    let requirements = requirements.map(|text| Requirement::of(&dossier, text));
    let requirements = requirements.collect::<anyhow::Result<Vec<_>>>()?;
    let before = args.terms.supposes().then(|| {
        evaluate(args, &mut dossier, terms.without_suppositions());
        dossier.analysis.clone()
    });
    evaluate(args, &mut dossier, terms);
    let beside = Beside {
        before: before.as_ref(),
        by_standard: args.standards.then(|| by_standard(&dossier)),
    };
    output::print(text(args, &dossier, &beside, color).as_bytes())?;
    let terms = dossier.analysis.terms.clone();
    let mut code = SUCCESS;
    for requirement in &requirements {
        if !requirement.is_met(&mut dossier, &terms) {
            code = FOUND;
        }
    }
    Ok(code)
}

/// Evaluates a map, with strengths where they are asked for.
fn evaluate(args: &Args, dossier: &mut Dossier, terms: Terms) {
    let strength_terms = args.strengths.terms(&terms);
    dossier.evaluate(terms);
    if args.strength {
        dossier.weigh(&strength_terms);
    }
}

/// The verdicts by each of [`Standard::ALL`].
fn by_standard(dossier: &Dossier) -> Vec<Verdicts> {
    let terms = &dossier.analysis.terms;
    let framework = Framework::of(&dossier.map, &dossier.graph, terms.leaves);
    let by = Standard::ALL.map(|standard| {
        let standard = Some(standard);
        Verdicts::of(
            &framework,
            &Terms {
                standard,
                ..terms.clone()
            },
        )
    });
    by.into()
}

fn text(args: &Args, dossier: &Dossier, beside: &Beside<'_>, color: clap::ColorChoice) -> String {
    let screen = output::screen(color);
    let table = || table(args, dossier, beside);
    // Where nothing changes there is nothing to list.
    let shown = |format| {
        let table = table();
        let is_void = beside.before.is_some() && table.rows.is_empty();
        (!is_void).then(|| write(&table, format, screen))
    };
    match args.format {
        FormatName::Json => evaluation::json(dossier, beside),
        FormatName::Csv => write(&table(), Format::Csv, screen),
        FormatName::Text => {
            let sentences = sentences(dossier, beside.before);
            let paragraphs = sentences.iter().map(|it| paragraph(it, screen));
            let blocks = std::iter::once(paragraphs.collect::<String>());
            let blocks = blocks.chain(shown(Format::Utf8));
            blocks.collect::<Vec<_>>().join("\n")
        }
        FormatName::Markdown => {
            let sentences = sentences(dossier, beside.before).join("\n\n") + "\n";
            let blocks = std::iter::once(sentences).chain(shown(Format::Markdown));
            blocks.collect::<Vec<_>>().join("\n")
        }
    }
}

/// What becomes of each thesis and why, and how much a supposition changes.
fn sentences(dossier: &Dossier, before: Option<&Analysis>) -> Vec<String> {
    let explanation = Explanation::of(dossier);
    let theses = dossier.graph.theses.iter();
    let mut sentences: Vec<String> = theses
        .map(|thesis| explanation.sentence(*thesis) + ".")
        .collect();
    sentences.extend(strength_sentence(dossier));
    if let Some(before) = before {
        let after = &dossier.analysis.verdicts.statements;
        let before = &before.verdicts.statements;
        let changed = before.iter().zip(after).filter(|(a, b)| a != b);
        sentences.push(match changed.count() {
            0 => "No verdict changes.".to_owned(),
            1 => "1 verdict changes.".to_owned(),
            n => format!("{n} verdicts change."),
        });
    }
    sentences
}

/// What the numbers are and are not.
fn strength_sentence(dossier: &Dossier) -> Option<String> {
    let strengths = dossier.analysis.strengths.as_ref()?;
    let theses = dossier.graph.theses.iter().map(|thesis| {
        let id = &dossier.map.statement(*thesis).id;
        match strengths.of_statement(*thesis) {
            Some(strength) => format!("The strength of `{id}` is {}", two_digits(strength)),
            None => {
                format!("`{id}` has no strength: the circle it depends on does not come to rest")
            }
        }
    });
    let theses = theses.collect::<Vec<_>>().join(". ");
    let rule = strengths.terms().aggregation.name();
    Some(format!(
        "{theses}. That is what the weights in the map come to by the rule `{rule}`, \
         not the probability that it is true."
    ))
}

fn table(args: &Args, dossier: &Dossier, beside: &Beside<'_>) -> Table {
    if let Some(before) = beside.before {
        return Table::of_changes(dossier, before);
    }
    if let Some(evaluations) = &beside.by_standard {
        return Table::of_standards(dossier, evaluations);
    }
    let columns: &[&str] = if args.strength {
        &["id", "kind", "verdict", "degree", "text"]
    } else {
        &["id", "kind", "verdict", "text"]
    };
    let query = Query::new(View::Statements).select(columns);
    query.expect("the view has these columns").table(dossier)
}

/// A verdict that a statement must have.
struct Requirement {
    /// As on the command line.
    text: String,
    statements: Vec<StatementIdx>,
    /// Why there are not as many of them as are meant.
    missing: Option<String>,
    verdict: Verdict,
    standard: Option<Standard>,
}

impl Requirement {
    /// Reads `ID=VERDICT[:STANDARD]`; where no statement is called `thesis`, that means all theses.
    fn of(dossier: &Dossier, text: &str) -> anyhow::Result<Self> {
        let Some((id, wanted)) = text.split_once('=') else {
            bail!("`--require {text}` lacks a verdict: write `{text}=accepted`");
        };
        let (verdict, standard) = match wanted.split_once(':') {
            Some((verdict, standard)) => (verdict, Some(standard)),
            None => (wanted, None),
        };
        let (statements, missing) = match terms::statement(dossier, id) {
            Err(_) if id == "thesis" => {
                (dossier.graph.theses.clone(), terms::missing_thesis(dossier))
            }
            found => (vec![found?], None),
        };
        Ok(Self {
            text: text.to_owned(),
            statements,
            missing,
            verdict: terms::verdict_of(verdict)?,
            standard: standard.map(terms::standard_of).transpose()?,
        })
    }

    /// Whether all its statements are there and have the verdict; says on standard error which do not.
    fn is_met(&self, dossier: &mut Dossier, terms: &Terms) -> bool {
        dossier.evaluate(Terms {
            standard: self.standard.or(terms.standard),
            ..terms.clone()
        });
        let explanation = Explanation::of(dossier);
        let verdicts = &dossier.analysis.verdicts;
        let others = self.statements.iter();
        let others = others.filter(|it| verdicts.of_statement(**it) != self.verdict);
        let others = others.map(|it| explanation.sentence(*it));
        let failures: Vec<String> = self.missing.clone().into_iter().chain(others).collect();
        for why in &failures {
            output::say(&format!("`--require {}` is not met: {why}", self.text));
        }
        failures.is_empty()
    }
}
