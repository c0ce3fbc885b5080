//! Rule `invalid-value`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::near::{is_sure, nearest};
use crate::model::{ProblemKind, Reference, Statement};

/// An unknown word, a number out of range, an id that is none.
pub(super) static RULE: Rule = Rule {
    name: "invalid-value",
    group: Group::Form,
    level: Level::Error,
    summary: "an unknown word, a number out of range, an id that is none",
    page: include_str!("../../docs/rules/invalid-value.md"),
};

pub(super) fn check(dossier: &Dossier, config: &Config, out: &mut Vec<Diagnostic>) {
    // Another program has a catalogue of its own.
    if !dossier.format.is_foreign() {
        check_schemes(dossier, config, out);
        check_self(dossier, out);
    }
    for problem in &dossier.problems {
        match &problem.kind {
            ProblemKind::InvalidValue {
                what,
                value,
                choices,
                rule,
            } => {
                let message = if choices.is_empty() {
                    format!("{what} cannot be `{value}`: {rule}")
                } else {
                    format!("{what} has no value `{value}`")
                };
                let finding = Diagnostic::new(&RULE, problem.span, message);
                out.push(with_choices(finding, (what, value), choices));
            }
            ProblemKind::IncludeSameStem { stem, taken_by } => {
                let message = format!(
                    "the ids of this map would stand under `{stem}/`, as those of `{taken_by}` do"
                );
                let help = "rename one of the two files: an included map's ids stand under its file's name";
                out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
            }
            _ => {}
        }
    }
}

/// Names of schemes and of their questions are words of a vocabulary that the user may add to.
fn check_schemes(dossier: &Dossier, config: &Config, out: &mut Vec<Diagnostic>) {
    let mut known = Vec::new();
    for step in dossier.graph.inferences() {
        let inference = dossier.map.inference(step);
        let Some(name) = &inference.scheme else {
            continue;
        };
        let Some(scheme) = config.scheme(&name.value) else {
            if known.is_empty() {
                let schemes = config.all_schemes().into_iter();
                known = schemes.map(|scheme| scheme.name.as_str()).collect();
            }
            let message = format!("there is no scheme `{}`", name.value);
            let finding = Diagnostic::new(&RULE, name.span, message).about_inference(step);
            out.push(with_choices(finding, ("`scheme`", &name.value), &known));
            continue;
        };
        let keys: Vec<&str> = scheme.questions.iter().map(|q| q.key.as_str()).collect();
        for answer in &inference.answers {
            let (asked, scheme) = (&answer.question, &scheme.name);
            if !keys.contains(&asked.value.as_str()) {
                let message = format!("`{scheme}` does not ask `{}`", asked.value);
                let finding = Diagnostic::new(&RULE, asked.span, message).about_inference(step);
                out.push(with_choices(finding, ("`answers`", &asked.value), &keys));
            }
        }
    }
}

/// A statement that names itself as what it contradicts or restates says nothing, or nothing that can be true.
fn check_self(dossier: &Dossier, out: &mut Vec<Diagnostic>) {
    let graph = &dossier.graph;
    let contradicts: fn(&Statement) -> &[Reference] = |it| &it.contradicts;
    let restates: fn(&Statement) -> &[Reference] = |it| &it.restates;
    for (pairs, references, verb) in [
        (&graph.contradictions, contradicts, "contradict"),
        (&graph.restatements, restates, "restate"),
    ] {
        for (at, _) in pairs.iter().filter(|(one, other)| one == other) {
            let written = dossier.map.statement(*at);
            out.extend(itself_finding(dossier, written, references(written), verb));
        }
    }
}

fn itself_finding(
    dossier: &Dossier,
    written: &Statement,
    references: &[Reference],
    verb: &str,
) -> Option<Diagnostic> {
    let prefix = dossier.map.part(written.span.file).prefix.as_ref();
    let local = prefix.and_then(|prefix| written.id.strip_prefix(prefix)?.strip_prefix('/'));
    let is_own = |it: &&Reference| it.value == written.id || Some(&*it.value) == local;
    let reference = references.iter().find(is_own)?;
    let value = &reference.value;
    let message = format!("`{verb}s` cannot be `{value}`: a statement cannot {verb} itself");
    let help = "name the other statement, or take this out";
    Some(Diagnostic::new(&RULE, reference.span, message).help(help))
}

/// The finding with what the value may be, and with the one that was probably meant.
fn with_choices(finding: Diagnostic, (what, value): (&str, &str), choices: &[&str]) -> Diagnostic {
    let near = nearest(value, choices.iter().copied());
    let help = help(what, &near, choices);
    let finding = match near[..] {
        [only] if is_sure(value, only) => {
            let span = finding.span;
            finding.fix(span, only)
        }
        _ => finding,
    };
    match help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

fn help(what: &str, near: &[&str], choices: &[&str]) -> Option<String> {
    let quoted = |words: &[&str], joint: &str| {
        words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(joint)
    };
    if choices.is_empty() {
        // A word that cannot be an id was meant as a text.
        let may_be_text = matches!(what, "`thesis`" | "a premise");
        return may_be_text.then(|| "a text of one word needs `claim: `".to_owned());
    }
    let number = match what {
        "`strength`" => " or a number from 0 to 1",
        "`scheme`" => " or one of your own",
        _ => "",
    };
    let choices = format!("it can be {}{number}", quoted(choices, ", "));
    match near {
        [] => Some(choices),
        near if what == "`scheme`" => Some(format!(
            "did you mean {}? `grounds scheme` lists all",
            quoted(near, " or ")
        )),
        near => Some(format!(
            "did you mean {}? Otherwise {choices}",
            quoted(near, " or ")
        )),
    }
}
