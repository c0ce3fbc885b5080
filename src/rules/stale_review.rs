//! Rule `stale-review`.

use crate::analysis::{Dossier, ReviewState};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::near::nearest;

/// A statement that has changed since somebody reviewed it, or whose sources have.
pub(super) static RULE: Rule = Rule {
    name: "stale-review",
    group: Group::Sources,
    level: Level::Warning,
    summary: "a statement that has changed since somebody reviewed it, or whose sources have",
    page: include_str!("../../docs/rules/stale-review.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let reviewed = &dossier.reviewed;
    for statement in dossier.graph.statements() {
        let state = reviewed.state(dossier, statement);
        let ReviewState::Stale {
            review,
            statement: is_other,
            sources,
        } = state
        else {
            continue;
        };
        let name = dossier.kind_and_name(statement);
        let files = match &sources[..] {
            [one] => format!("the file of `{one}`"),
            several => format!("the files of {}", listed(several)),
        };
        let what = match (is_other, sources.is_empty()) {
            (true, true) => format!("{name} has changed"),
            (true, false) => format!("{name} and {files} have changed"),
            (false, _) if sources.len() > 1 => format!("{files}, which {name} cites, have changed"),
            (false, _) => format!("{files}, which {name} cites, has changed"),
        };
        let message = format!("{what} since {} reviewed it on {}", review.by, review.date);
        let id = &review.id;
        let help = format!(
            "compare it with its sources again, and record that with `grounds review MAP {id}`"
        );
        out.push(
            Diagnostic::new(&RULE, dossier.map.name_span(statement), message)
                .label(review.span, "the review")
                .help(help)
                .about(statement),
        );
    }
    for at in &reviewed.gone {
        let review = &reviewed.reviews.entries[*at];
        // What a fault of form hides may be the statement.
        if !dossier.problems.is_empty() {
            return;
        }
        let id = &review.id;
        let message = format!(
            "the map has no statement `{id}`, which {} reviewed on {}",
            review.by, review.date
        );
        let statements = dossier.map.statements.iter();
        let own = statements
            .filter(|it| it.has_own_id())
            .map(|it| it.id.as_str());
        let help = match nearest(id, own)[..] {
            [near, ..] => {
                format!("if it is called `{near}` now, review that; else take the entry out")
            }
            [] => "take the entry out".to_owned(),
        };
        out.push(Diagnostic::new(&RULE, review.span, message).help(help));
    }
}

fn listed(ids: &[String]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    match &ids[..] {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => ids.concat(),
    }
}
