//! Rule `circular-reasoning`.

use crate::analysis::{Cycle, Dossier};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Severity};

/// Statements that rest only on each other.
pub(super) static RULE: Rule = Rule {
    name: "circular-reasoning",
    group: Group::Support,
    level: Level::Error,
    summary: "statements that rest only on each other",
    page: include_str!("../../docs/rules/circular-reasoning.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let support = &dossier.analysis.support;
    for cycle in &support.cycles {
        // What a name that leads nowhere was to be may carry the circle; that name is told.
        if cycle
            .path
            .iter()
            .any(|member| support.is_open[member.index()])
        {
            continue;
        }
        out.push(finding(dossier, cycle));
    }
}

fn finding(dossier: &Dossier, cycle: &Cycle) -> Diagnostic {
    let map = &dossier.map;
    let first = cycle.path[0];
    let id = |at: usize| {
        let member = cycle.path[at % cycle.path.len()];
        let statement = map.statement(member);
        if statement.has_own_id() {
            format!("`{}`", statement.id)
        } else {
            dossier.name(member)
        }
    };
    let chain: Vec<String> = (1..=cycle.path.len()).map(id).collect();
    let rests = format!(
        "{} rests on {}",
        dossier.name(first),
        chain.join(", which rests on ")
    );
    let more = match cycle.n_members - cycle.path.len() {
        0 => String::new(),
        1 => "; 1 more statement is caught up in the circle".to_owned(),
        n => format!("; {n} more statements are caught up in the circle"),
    };
    let message = match (cycle.has_outside_support, &cycle.path[..]) {
        (true, [_]) => format!(
            "{} is a reason for itself, beside others that carry it{more}",
            dossier.name(first)
        ),
        (true, _) => format!("{rests}, and something outside the circle carries it{more}"),
        (false, [_]) => format!("{} is a reason for itself{more}", dossier.name(first)),
        (false, _) => format!("{rests}, and nothing outside the circle carries it{more}"),
    };
    let mut finding = Diagnostic::new(&RULE, map.name_span(first), message).about(first);
    for (at, member) in cycle.path.iter().enumerate().skip(1) {
        let text = format!("rests on {}", id(at + 1));
        finding = finding.label(map.name_span(*member), text);
    }
    if cycle.has_outside_support {
        let help = "this does no harm; take out the step that runs the wrong way";
        return finding.at(Severity::Note).help(help);
    }
    finding.help("give one of them a reason from outside the circle, or take one of the steps out")
}
