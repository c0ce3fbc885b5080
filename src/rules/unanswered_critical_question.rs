//! Rule `unanswered-critical-question`.

use crate::analysis::{Burden, CriticalQuestion, Dossier, Scheme};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{Inference, Text};

/// A question that the scheme of a step asks its author, and that has no answer.
pub(super) static RULE: Rule = Rule {
    name: "unanswered-critical-question",
    group: Group::Support,
    level: Level::Note,
    summary: "a question that the scheme of a step asks its author, without an answer",
    page: include_str!("../../docs/rules/unanswered-critical-question.md"),
};

pub(super) fn check(dossier: &Dossier, config: &Config, out: &mut Vec<Diagnostic>) {
    for step in dossier.graph.inferences() {
        let written = dossier.map.inference(step);
        let Some(name) = &written.scheme else {
            continue;
        };
        let Some(scheme) = config.scheme(&name.value) else {
            continue;
        };
        // A misspelt key may be the answer; `invalid-value` tells of it.
        let mut answers = written.answers.iter();
        if answers.any(|answer| scheme.question(&answer.question.value).is_none()) {
            continue;
        }
        // One finding for a step: what a critic may ask besides is no fault, and would drown what the author must answer.
        let open: Vec<_> = unanswered(written, scheme, Burden::Assumption).collect();
        if !open.is_empty() && !written.incomplete {
            let critics: Vec<_> = unanswered(written, scheme, Burden::Exception).collect();
            out.push(finding(name, &open, &critics).about_inference(step));
        }
    }
}

/// The questions with that burden that the step has no answer to.
fn unanswered<'s>(
    step: &Inference,
    scheme: &'s Scheme,
    burden: Burden,
) -> impl Iterator<Item = &'s CriticalQuestion> {
    let is_open = |question: &&CriticalQuestion| {
        let mut answers = step.answers.iter();
        !answers.any(|answer| answer.question.value == question.key)
    };
    scheme.questions_with(burden).filter(is_open)
}

fn finding(scheme: &Text, open: &[&CriticalQuestion], critics: &[&CriticalQuestion]) -> Diagnostic {
    let texts: Vec<&str> = open.iter().map(|question| question.text.as_str()).collect();
    let (name, questions) = (&scheme.value, texts.join(" "));
    let message = format!("`{name}` asks: {questions}");
    let keys = quoted(open);
    let help = format!("answer {keys} under `answers`, by a text or by a statement's id");
    let help = match quoted(critics) {
        keys if keys.is_empty() => help,
        keys => format!("{help}; a critic may ask about {keys}: see `grounds scheme {name}`"),
    };
    Diagnostic::new(&RULE, scheme.span, message).help(help)
}

fn quoted(questions: &[&CriticalQuestion]) -> String {
    let keys = questions.iter();
    let keys: Vec<String> = keys.map(|question| format!("`{}`", question.key)).collect();
    match &keys[..] {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        keys => keys.concat(),
    }
}
