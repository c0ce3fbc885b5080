//! Rule `unknown-key`.

use crate::analysis::{Dossier, shortened};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::near::nearest;
use crate::model::{Place, ProblemKind};
use crate::source::Span;

/// A key that the format does not have there.
pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    group: Group::Form,
    level: Level::Error,
    summary: "a key that the format does not have there",
    page: include_str!("../../docs/rules/unknown-key.md"),
};

/// How much of a sentence is shown that was taken for a key, in characters.
const MAX_QUOTED_CHARS: usize = 48;

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::UnknownKey {
            key,
            place,
            known,
            correction,
        } = &problem.kind
        else {
            continue;
        };
        let accident = accidental(dossier, problem.span, key);
        if let Some(finding) = accident.or_else(|| item(problem.span, key)) {
            out.push(finding);
            continue;
        }
        let message = format!("{} has no key `{key}`", place.name());
        let mut finding = Diagnostic::new(&RULE, problem.span, message);
        let near = nearest(key, known.iter().copied());
        if let Some(meant) = correction {
            finding = finding.fix(problem.span, *meant);
        }
        out.push(finding.help(help(key, *place, &near, known)));
    }
}

/// Prose that YAML takes for a key: no key of the format has white space, or no colon behind it.
fn accidental(dossier: &Dossier, span: Span, key: &str) -> Option<Diagnostic> {
    let text = dossier.files.get(span.file).text();
    let has_colon = text[span.end as usize..].trim_start().starts_with(':');
    // Whoever puts words in quotes and a colon behind them means a key.
    let is_quoted = text[span.start as usize..].starts_with(['"', '\'']);
    let words = shortened(key, MAX_QUOTED_CHARS);
    let (why, help) = if !has_colon && !key.is_empty() {
        (
            "a comma inside `{…}` stands before it",
            "put the whole text with its comma in quotes",
        )
    } else if key.contains(char::is_whitespace) && !is_quoted {
        ("`: ` stands behind it", "put the whole sentence in quotes")
    } else {
        return None;
    };
    let message = format!("`{words}` is read as a key, because {why}");
    Some(Diagnostic::new(&RULE, span, message).help(help))
}

/// An item of a list that YAML takes for a key. An edit would have to know where the list begins.
fn item(span: Span, key: &str) -> Option<Diagnostic> {
    let name = key
        .strip_prefix('-')
        .filter(|name| name.starts_with(char::is_alphabetic))?;
    let message = format!("`{key}` is read as a key, because no space stands behind `-`");
    let help = format!("an item of a list begins with `-` and a space: `- {name}: …`");
    Some(Diagnostic::new(&RULE, span, message).help(help))
}

fn help(key: &str, place: Place, near: &[&str], known: &[&str]) -> String {
    match (key, place) {
        ("text", Place::InlineStatement | Place::Inference) => {
            return "where it is used, a statement's key says its kind: `claim`, `evidence` or `assumption`"
                .to_owned();
        }
        ("claim" | "evidence" | "assumption", Place::Statement) => {
            return "in a section the key of the text is `text`; the section says the kind"
                .to_owned();
        }
        ("id", Place::Statement) => return "its id is the key that it stands under".to_owned(),
        ("<<", _) => return "YAML 1.2 has no merge keys: write the keys out".to_owned(),
        _ => {}
    }
    match near {
        [] => format!("it has {}", list(known)),
        near => format!(
            "did you mean {}?",
            near.iter()
                .map(|key| format!("`{key}`"))
                .collect::<Vec<_>>()
                .join(" or ")
        ),
    }
}

fn list(known: &[&str]) -> String {
    known
        .iter()
        .map(|key| format!("`{key}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
