//! The sentences about what would bring a thesis down.

use crate::analysis::robustness::{
    Least, Outcome, Robustness, Sets, SinglePoints, SourceIdx, Stop,
};
use crate::analysis::{Dossier, Explanation, Verdict};
use crate::graph::reach;
use crate::model::StatementIdx;
use crate::view::crux::Crux;
use crate::view::facts::two_digits;

/// How many names a sentence lists.
const MAX_NAMES: usize = 6;
/// How many sets are listed.
const MAX_SETS: usize = 8;

/// What a reader must know first.
pub(super) fn sentences(dossier: &Dossier, crux: &Crux) -> Vec<String> {
    let name = id(dossier, crux.thesis);
    let robustness = match &crux.statements {
        Outcome::Unsupported => {
            return vec![format!(
                "{name} is unsupported: nothing has to fall to bring it down."
            )];
        }
        Outcome::Given => None,
        Outcome::Carried(robustness) => Some(robustness),
    };
    let given = || {
        let ground = Explanation::of(dossier).own_ground(crux.thesis);
        format!(
            "{name} needs no support, for {ground}: as far as reasons go, only its own rejection brings it down."
        )
    };
    let mut sentences = vec![robustness.map_or_else(given, |it| first(dossier, &name, it))];
    sentences.extend(verdict(dossier, crux));
    sentences.extend(standing(dossier, crux));
    sentences.extend(pivots(dossier, crux, robustness));
    sentences.extend(of_sources(dossier, &name, &crux.sources));
    sentences.extend(
        crux.strength
            .map(|strength| format!("The strength of {name} is {}.", two_digits(strength))),
    );
    sentences
}

fn first(dossier: &Dossier, name: &str, robustness: &Robustness<StatementIdx>) -> String {
    let SinglePoints { events, n_untested } = &robustness.single_points;
    let untested = match n_untested {
        0 => String::new(),
        n => format!(" (up to {n} more were not tried)"),
    };
    if let [only] = events[..] {
        let only = id(dossier, only);
        return format!(
            "A critic needs only {only}: without it no reason for {name} holds{untested}."
        );
    }
    if !events.is_empty() {
        let any = list(events.iter().map(|event| id(dossier, *event)), "or");
        return format!(
            "A critic needs only one of {}, {any}: without it no reason for {name} holds{untested}.",
            events.len()
        );
    }
    let least = &robustness.least_defeat;
    let set = list(least.witness.iter().map(|event| id(dossier, *event)), "and");
    match least.exact() {
        Some(_) => format!(
            "{name} has no single point of failure{untested}: a critic needs {set}, or as many others."
        ),
        None => format!(
            "{name} has no single point of failure{untested}: a critic needs at least {}, and {} are enough ({set}).",
            least.at_least,
            least.witness.len()
        ),
    }
}

/// What became of the thesis, where that is not said by what carries it.
fn verdict(dossier: &Dossier, crux: &Crux) -> Option<String> {
    let is_carried = matches!(crux.statements, Outcome::Carried(_));
    let verdict = dossier.analysis.verdicts.of_statement(crux.thesis);
    let sentence = || Explanation::of(dossier).sentence(crux.thesis);
    (!is_carried || verdict != Verdict::In).then(|| format!("By the verdicts {}.", sentence()))
}

/// What changes where some reasons fall already.
fn standing(dossier: &Dossier, crux: &Crux) -> Option<String> {
    match crux.standing.as_ref()? {
        Outcome::Unsupported => {
            Some("As the objections are now, no reason for it holds at all.".to_owned())
        }
        Outcome::Given => None,
        Outcome::Carried(points) if points.events.is_empty() => {
            Some("Some reasons fall to objections already; of those that stand, no single one is needed.".to_owned())
        }
        Outcome::Carried(points) => {
            let any = list(points.events.iter().map(|event| id(dossier, *event)), "or");
            Some(format!("Some reasons fall to objections already; to bring down what is left, {any} alone is enough."))
        }
    }
}

/// What would change the verdict, beside what the thesis cannot do without.
fn pivots(
    dossier: &Dossier,
    crux: &Crux,
    robustness: Option<&Robustness<StatementIdx>>,
) -> Option<String> {
    let pivots = crux.pivots.as_ref()?.iter();
    let is_new = |statement: &&StatementIdx| {
        let standing = crux.standing.as_ref();
        let standing = standing.and_then(|outcome| match outcome {
            Outcome::Carried(points) => Some(&points.events),
            Outcome::Unsupported | Outcome::Given => None,
        });
        !robustness.is_some_and(|it| it.single_points.events.contains(statement))
            && !standing.is_some_and(|events| events.contains(statement))
    };
    let new: Vec<StatementIdx> = pivots.copied().filter(|it| is_new(&it)).collect();
    if new.is_empty() {
        return None;
    }
    // What is behind no reason for the thesis can only change it by way of objections.
    let is_support = reach::support_of(&dossier.graph, &[crux.thesis]);
    let way = if new.iter().any(|it| is_support[it.index()]) {
        "With all reasons and objections weighed"
    } else {
        "By way of objections"
    };
    let verb = if new.len() == 1 { "keeps" } else { "keep" };
    let each = if new.len() == 1 { "it" } else { "any of them" };
    let verdict = dossier.analysis.verdicts.of_statement(crux.thesis).word();
    Some(format!(
        "{way}, {} {verb} it {verdict}: without {each} the verdict changes.",
        list(new.iter().map(|it| id(dossier, *it)), "and")
    ))
}

fn of_sources(
    dossier: &Dossier,
    name: &str,
    sources: &Outcome<Robustness<SourceIdx>>,
) -> Option<String> {
    let Outcome::Carried(robustness) = sources else {
        return None;
    };
    let title = |source: SourceIdx| dossier.map.sources[source.0].short_name();
    match robustness.single_points.events[..] {
        [] => None,
        [only] if robustness.events.len() == 1 => Some(format!(
            "All evidence for {name} traces to one source: {}.",
            title(only)
        )),
        [only] => Some(format!(
            "Of the sources, {name} cannot do without {}.",
            title(only)
        )),
        ref several => {
            let titles = list(several.iter().map(|source| title(*source)), "or");
            Some(format!(
                "Of the sources, {name} cannot do without any of {titles}."
            ))
        }
    }
}

/// The lists of sets, each under its heading.
pub(super) fn sets(dossier: &Dossier, crux: &Crux) -> Vec<(String, Vec<String>)> {
    let Outcome::Carried(robustness) = &crux.statements else {
        return Vec::new();
    };
    let defeat = &robustness.defeat_sets;
    let support = &robustness.support_sets;
    vec![
        (
            format!(
                "What brings it down{}:",
                so_far(defeat, &robustness.least_defeat)
            ),
            lines(dossier, defeat),
        ),
        (
            format!(
                "What alone carries it{}:",
                so_far(support, &robustness.least_support)
            ),
            lines(dossier, support),
        ),
    ]
}

/// How far a list goes, in brackets; nothing where it is whole.
fn so_far<E>(sets: &Sets<E>, least: &Least<E>) -> String {
    let n = sets.sets.len();
    match sets.stopped {
        None => String::new(),
        Some(Stop::Order) => format!(" (sets of up to {})", sets.complete_to),
        Some(Stop::Sets) if n == 0 => " (no set was asked for)".to_owned(),
        Some(Stop::Sets) => {
            let sets = if n == 1 { "set" } else { "sets" };
            format!(" (more than {n}; stopped after {n} {sets})")
        }
        Some(Stop::Work) => format!(
            " (at least {}; stopped when the work was used up)",
            n.max(least.at_least)
        ),
    }
}

fn lines(dossier: &Dossier, sets: &Sets<StatementIdx>) -> Vec<String> {
    let line = |set: &Vec<StatementIdx>| {
        let ids = set.iter().map(|statement| id(dossier, *statement));
        format!("  {}", list(ids, "and"))
    };
    let mut lines: Vec<String> = sets.sets.iter().take(MAX_SETS).map(line).collect();
    match sets.sets.len().saturating_sub(MAX_SETS) {
        0 => {}
        n => lines.push(format!("  … and {n} more (`-f json` has all)")),
    }
    match sets.stopped {
        Some(Stop::Work) if lines.is_empty() => lines.push("  none found so far".to_owned()),
        Some(Stop::Order) if lines.is_empty() => lines.push("  none that small".to_owned()),
        _ => {}
    }
    lines
}

fn id(dossier: &Dossier, statement: StatementIdx) -> String {
    format!("`{}`", dossier.map.statement(statement).id)
}

/// "a, b and c", with the middle left out where it is long.
fn list(names: impl Iterator<Item = String>, joint: &str) -> String {
    let names: Vec<String> = names.collect();
    match &names[..] {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= MAX_NAMES => {
            format!("{} {joint} {last}", first.join(", "))
        }
        _ => {
            let n_more = names.len() - (MAX_NAMES - 1);
            format!(
                "{} {joint} {n_more} more",
                names[..MAX_NAMES - 1].join(", ")
            )
        }
    }
}
