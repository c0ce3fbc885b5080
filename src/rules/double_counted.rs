//! Rule `double-counted`.

use crate::analysis::Dossier;
use crate::analysis::robustness::{DoubleCount, double_counts};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A statement that reaches one claim by two reasons that look independent.
pub(super) static RULE: Rule = Rule {
    name: "double-counted",
    group: Group::Support,
    level: Level::Note,
    summary: "two reasons for one claim that rest on the same statement",
    page: include_str!("../../docs/rules/double-counted.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let counts = double_counts(dossier);
    for count in &counts.found {
        out.push(finding(dossier, count));
    }
    if let (n @ 1.., Some(thesis)) = (counts.n_unsearched, dossier.graph.theses.first()) {
        let message = format!(
            "the map is too large to tell of {n} statements with several uses whether they are counted twice"
        );
        out.push(Diagnostic::new(
            &RULE,
            dossier.map.name_span(*thesis),
            message,
        ));
    }
}

fn finding(dossier: &Dossier, count: &DoubleCount) -> Diagnostic {
    let message = format!(
        "two reasons for {} rest on {}, so they are not independent of each other",
        dossier.kind_and_name(count.claim),
        dossier.kind_and_name(count.statement)
    );
    let place = |step: usize| {
        let inference = dossier.map.inference(count.reasons[step]);
        inference.premises[0].span()
    };
    Diagnostic::new(&RULE, dossier.map.name_span(count.claim), message)
        .label(place(0), "one of the reasons")
        .label(place(1), "the other")
        .label(dossier.map.name_span(count.statement), "both rest on this")
        .help("count them as one, or find evidence for one of them that the other does not need")
        .about(count.claim)
}
