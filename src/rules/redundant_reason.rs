//! Rule `redundant-reason`.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{InferenceIdx, Premise, StatementIdx, Text};
use crate::source::Span;

/// A reason that adds nothing to another one.
pub(super) static RULE: Rule = Rule {
    name: "redundant-reason",
    group: Group::Support,
    level: Level::Warning,
    summary: "a reason or objection that adds nothing to another one",
    page: include_str!("../../docs/rules/redundant-reason.md"),
};

/// How many pairs are compared in all; past it only equal premises are looked for.
const MAX_COMPARISONS: usize = 2_000_000;

/// How many arguments from the same premises are kept apart; nobody has more.
const MAX_KINDS: usize = 16;

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let graph = &dossier.graph;
    let mut comparisons_left = MAX_COMPARISONS;
    for step in graph.inferences() {
        tell_repeated(dossier, step, out);
    }
    let of_statements = [&graph.reasons, &graph.objections, &graph.undercuts];
    for lists in of_statements {
        for at in 0..lists.len() {
            let siblings = lists.get(at);
            if siblings.len() > 1 {
                let mut steps = Siblings::of(dossier, siblings);
                steps.tell_equal(out);
                steps.tell_larger(&mut comparisons_left, out);
            }
        }
    }
}

/// Tells premises that a step names again.
fn tell_repeated(dossier: &Dossier, step: InferenceIdx, out: &mut Vec<Diagnostic>) {
    let graph = &dossier.graph;
    let premises = graph.premises.get(step.index());
    if premises.len() < 2 || !graph.is_whole[step.index()] {
        return;
    }
    let mut first_at = FxHashMap::default();
    for (premise, written) in premises.iter().zip(&dossier.map.inference(step).premises) {
        let span = written.span();
        let Some(first) = first_at.get(premise).copied() else {
            first_at.insert(*premise, span);
            continue;
        };
        let (what, name) = (what(dossier, step), dossier.name(*premise));
        let message = format!("this {what} names {name} twice");
        let finding = Diagnostic::new(&RULE, span, message)
            .label(first, "named here")
            .help("take one of the two out")
            .about_inference(step);
        out.push(match removal(dossier, span) {
            Some(span) => finding.fix(span, ""),
            None => finding,
        });
    }
}

/// A step and the statements that it starts from.
struct Step {
    idx: InferenceIdx,
    premises: BTreeSet<StatementIdx>,
}

/// The steps of one polarity with one target whose premises are all known.
struct Siblings<'d> {
    dossier: &'d Dossier,
    steps: Vec<Step>,
}

impl<'d> Siblings<'d> {
    fn of(dossier: &'d Dossier, siblings: &[InferenceIdx]) -> Self {
        let is_known = |step: &&InferenceIdx| {
            dossier.graph.is_whole[step.index()] && !dossier.map.inference(**step).incomplete
        };
        let steps = siblings.iter().filter(is_known).map(|step| Step {
            idx: *step,
            premises: dossier
                .graph
                .premises
                .get(step.index())
                .iter()
                .copied()
                .collect(),
        });
        Self {
            dossier,
            steps: steps.collect(),
        }
    }

    /// Tells steps with the premises of an earlier one, and drops them.
    fn tell_equal(&mut self, out: &mut Vec<Diagnostic>) {
        let dossier = self.dossier;
        let mut first_with: FxHashMap<BTreeSet<StatementIdx>, Vec<InferenceIdx>> =
            FxHashMap::default();
        self.steps.retain(|step| {
            let known = first_with.entry(step.premises.clone()).or_default();
            let equal = known
                .iter()
                .copied()
                .find(|known| may_be_one(dossier, *known, step.idx));
            match equal {
                Some(earlier) => out.push(equal_finding(dossier, earlier, step.idx)),
                None if known.len() < MAX_KINDS => known.push(step.idx),
                None => {}
            }
            equal.is_none()
        });
    }

    /// Tells steps whose premises contain all of another one's.
    ///
    /// Each step is kept under its rarest premise, so that one with more premises meets few that it cannot contain.
    fn tell_larger(&self, comparisons_left: &mut usize, out: &mut Vec<Diagnostic>) {
        if self.steps.iter().all(|step| step.premises.len() < 2) {
            return;
        }
        let mut n_uses: FxHashMap<StatementIdx, usize> = FxHashMap::default();
        for premise in self.steps.iter().flat_map(|step| &step.premises) {
            *n_uses.entry(*premise).or_default() += 1;
        }
        let mut by_rarest: FxHashMap<StatementIdx, Vec<&Step>> = FxHashMap::default();
        for step in &self.steps {
            let rarest = step.premises.iter().min_by_key(|premise| n_uses[*premise]);
            by_rarest
                .entry(*rarest.expect("whole steps have premises"))
                .or_default()
                .push(step);
        }
        for step in self.steps.iter().filter(|step| step.premises.len() > 1) {
            let met = step
                .premises
                .iter()
                .filter_map(|premise| by_rarest.get(premise))
                .flatten();
            let met = met.filter(|other| other.premises.len() < step.premises.len());
            let contained = met
                .take_while(|_| {
                    *comparisons_left = comparisons_left.saturating_sub(1);
                    *comparisons_left > 0
                })
                .filter(|other| other.premises.is_subset(&step.premises))
                .filter(|other| may_be_one(self.dossier, other.idx, step.idx))
                .min_by_key(|other| other.idx);
            if let Some(smaller) = contained {
                out.push(larger_finding(self.dossier, smaller, step));
            }
        }
    }
}

/// Whether two steps can be the same: a scheme or a warrant of their own makes two arguments out of the same premises.
fn may_be_one(dossier: &Dossier, one: InferenceIdx, other: InferenceIdx) -> bool {
    let (one, other) = (dossier.map.inference(one), dossier.map.inference(other));
    let agree = |one: &Option<Text>, other: &Option<Text>| match (one, other) {
        (Some(one), Some(other)) => one.value == other.value,
        _ => true,
    };
    agree(&one.scheme, &other.scheme) && agree(&one.warrant, &other.warrant)
}

fn equal_finding(dossier: &Dossier, earlier: InferenceIdx, step: InferenceIdx) -> Diagnostic {
    let message = format!(
        "this {} has the same premises as an earlier one: {}",
        what(dossier, step),
        names(dossier, dossier.graph.premises.get(step.index()).iter())
    );
    let finding = Diagnostic::new(&RULE, place(dossier, step), message)
        .label(place(dossier, earlier), "the same premises")
        .help(
            "take one of the two out; if they are different steps, say so in `warrant` or `scheme`",
        )
        .about_inference(step);
    match removal(dossier, dossier.map.inference(step).span) {
        Some(span) => finding.fix(span, ""),
        None => finding,
    }
}

fn larger_finding(dossier: &Dossier, smaller: &Step, step: &Step) -> Diagnostic {
    let message = format!(
        "this {} adds nothing to one that needs fewer premises: {} is enough there",
        what(dossier, step.idx),
        names(dossier, smaller.premises.iter())
    );
    Diagnostic::new(&RULE, place(dossier, step.idx), message)
        .label(place(dossier, smaller.idx), "the same without the others")
        .help("keep the larger one if all its premises are needed, else the smaller")
        .about_inference(step.idx)
}

/// What the step is called and what it is for or against.
fn what(dossier: &Dossier, step: InferenceIdx) -> String {
    let conclusion = dossier.kind_and_name(dossier.graph.conclusion(step));
    match dossier.map.inference(step).polarity.name() {
        "reason" => format!("reason for {conclusion}"),
        other => format!("{other} to {conclusion}"),
    }
}

fn names<'s>(dossier: &Dossier, premises: impl Iterator<Item = &'s StatementIdx>) -> String {
    let names: Vec<String> = premises.map(|premise| dossier.name(*premise)).collect();
    names.join(" with ")
}

/// Where the premises stand, from the first to the last; an alias stands for premises that are written elsewhere.
fn place(dossier: &Dossier, step: InferenceIdx) -> Span {
    let written = dossier.map.inference(step);
    let spans = || written.premises.iter().map(Premise::span);
    let (Some(first), Some(end)) = (spans().min(), spans().map(|span| span.end).max()) else {
        return written.span;
    };
    if written.span.contains(first) {
        Span { end, ..first }
    } else {
        written.span
    }
}

/// The text to cut so that what stands there is gone and its list is as tidy as before; none where more than a list of names
/// would go with it.
fn removal(dossier: &Dossier, span: Span) -> Option<Span> {
    let text = dossier.files.get(span.file).text();
    let item = text[span.range()].trim_end();
    // Keys, anchors, comments, quotation marks and the dashes of a list in a list are more than names.
    if item.contains([':', '&', '*', '#', '{', '"', '\'', '\n']) {
        return None;
    }
    let start = span.start as usize;
    let end = start + item.len();
    let (start, end) = block_item(text, start, end).or_else(|| flow_item(text, start, end))?;
    let offset = |at: usize| u32::try_from(at).expect("files over 256 MiB are refused before");
    Some(Span {
        start: offset(start),
        end: offset(end),
        ..span
    })
}

/// A whole line that holds an item and its dash alone.
fn block_item(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let dash = text[line_start..start].trim();
    let rest = text[end..].split_inclusive('\n').next().unwrap_or_default();
    (dash == "-" && rest.trim().is_empty()).then_some((line_start, end + rest.len()))
}

/// An item of a list in brackets with the comma before it, on one line.
fn flow_item(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let before = text[..start].trim_end_matches([' ', '\t']);
    let comma = before.strip_suffix(',')?.len();
    let rest = text[end..].trim_start_matches([' ', '\t']);
    rest.starts_with([',', ']']).then_some((comma, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    /// The map after all edits that the rule offers, from the last to the first.
    #[track_caller]
    fn check(lists: &str, expected: &str) {
        let map = |lists: &str| {
            format!(
                "{lists}\nevidence:\n  a: A stands.\n  b: B stands.\nthesis: {{assumption: T stands., id: t}}\n"
            )
        };
        let mut text = map(lists);
        let dossier = Dossier::open("map.yaml", text.clone().into_bytes(), &NoFiles);
        assert!(dossier.problems.is_empty(), "{:?}", dossier.problems);
        let mut findings = Vec::new();
        super::check(&dossier, &Config::default(), &mut findings);
        assert!(!findings.is_empty());
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.span));
        for fix in findings.into_iter().filter_map(|finding| finding.fix) {
            text.replace_range(fix.span.range(), &fix.replacement);
        }
        assert_eq!(text, map(expected));
    }

    #[test]
    fn an_equal_reason_goes_with_its_whole_line() {
        check(
            "claims:\n  c:\n    text: C stands.\n    reasons:\n      - [a, b]\n      - [b, a]\n      - a\n      - a",
            "claims:\n  c:\n    text: C stands.\n    reasons:\n      - [a, b]\n      - a",
        );
    }

    #[test]
    fn an_equal_reason_in_brackets_goes_with_its_comma() {
        check(
            "claims: {c: {text: C stands., reasons: [a, [b], a , [b]]}}",
            "claims: {c: {text: C stands., reasons: [a, [b] ]}}",
        );
    }

    #[test]
    fn a_premise_named_twice_goes_with_its_comma() {
        check(
            "claims: {c: {text: C stands., reasons: [[a, a, b]]}}",
            "claims: {c: {text: C stands., reasons: [[a, b]]}}",
        );
        check(
            "claims:\n  c:\n    text: C stands.\n    reasons:\n      - premises:\n        - a\n        - a",
            "claims:\n  c:\n    text: C stands.\n    reasons:\n      - premises:\n        - a",
        );
    }

    #[test]
    fn what_would_take_more_than_names_along_stays() {
        for list in [
            "[a, {premises: a, note: again}]",
            "[b, {evidence: E stands., id: e}, e, [&x b]]",
            "\n      - a\n      - a # again",
            "\n      - - a\n        - b\n      - - b\n        - a",
        ] {
            let written = format!("claims:\n  c:\n    text: C stands.\n    reasons: {list}");
            let expected = written.replace(", e,", ",");
            check(&written, &expected);
        }
    }
}
