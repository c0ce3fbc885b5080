use super::*;
use crate::analysis::vectors::dossier;

/// A thesis with everything that can hang under it: a chain of reasons, a linked step with an undercut, a shared
/// claim, an objection with its rebuttal; and a loose end.
const MAP: &str = "\
thesis:
  id: t
  claim: A thesis.
  reasons:
    - a
    - premises: [b, c]
      id: step
      objections: [u]
  objections: [o]
claims:
  a: {text: An a., reasons: [a1, shared]}
  a1: {text: An a1., reasons: [e], tags: [deep]}
  b: {text: A b., reasons: [shared]}
  c: A c.
  u: {text: A u., reasons: [v]}
  o: {text: An o., objections: [p]}
  loose: A loose end.
evidence: {e: An e., shared: A shared one., v: A v., p: A p.}
";

fn idx(dossier: &Dossier, id: &str) -> StatementIdx {
    let at = dossier.map.statements.iter().position(|it| it.id == id);
    StatementIdx::new(at.unwrap())
}

/// What is shown, each with its stub; a stub at a step stands after the step's id; then what is said of the rest.
fn shown(dossier: &Dossier, choice: &Choice) -> String {
    let selection = Selection::of(dossier, choice);
    let stub = |id: &str, hidden: Hidden| match hidden.stub() {
        None => id.to_owned(),
        Some(stub) => format!("{id} ({stub})"),
    };
    let statements = dossier.graph.statements();
    let mut words: Vec<String> = statements
        .filter(|it| selection.shows(*it))
        .map(|it| stub(&dossier.map.statement(it).id, selection.hidden_at(it)))
        .collect();
    for step in dossier.graph.inferences() {
        let hidden = selection.hidden_at_step(step);
        assert!(selection.shows_step(step) || hidden == Hidden::default());
        if hidden != Hidden::default() {
            words.push(stub(&dossier.map.inference(step).id, hidden));
        }
    }
    let left_out = selection.left_out.iter().map(ToString::to_string);
    let left_out: Vec<String> = left_out.collect();
    format!("{} | {}", words.join(" "), left_out.join("; "))
}

fn check(choice: impl Fn(&Dossier) -> Choice, expected: &str) {
    let dossier = dossier(MAP);
    assert_eq!(shown(&dossier, &choice(&dossier)), expected);
}

#[test]
fn without_options_all_is_shown() {
    let dossier = dossier(MAP);
    let selection = Selection::of(&dossier, &Choice::default());
    assert!(selection.is_all());
    assert!(
        dossier
            .graph
            .inferences()
            .all(|it| selection.shows_step(it))
    );
}

#[test]
fn depth_counts_from_the_thesis_and_an_undercut_is_one_further_than_what_it_attacks() {
    let depth = |n| {
        move |_: &Dossier| Choice {
            depth: Some(n),
            ..Choice::default()
        }
    };
    check(depth(0), "t (+10) | 11 statements not shown (--depth 0)");
    check(
        depth(1),
        "t a (+3) b c o (+1) step (+2) | 7 statements not shown (--depth 1)",
    );
    check(
        depth(2),
        "t a a1 (+1) b c u (+1) o shared p | 3 statements not shown (--depth 2)",
    );
    check(
        depth(9),
        "t a a1 b c u o e shared v p | 1 statement not shown (--depth 9)",
    );
}

#[test]
fn a_focus_has_all_below_it_and_the_way_up_with_linked_premises() {
    let focus = |id: &'static str, depth| {
        move |dossier: &Dossier| Choice {
            focus: vec![idx(dossier, id)],
            depth,
            ..Choice::default()
        }
    };
    check(
        focus("b", None),
        "t (+5) b c shared step (+2) | 8 statements not shown (--focus b)",
    );
    check(
        focus("b", Some(0)),
        "b (+1, \u{2192} +9) | 8 statements not shown (--focus b); 3 statements not shown (--depth 0)",
    );
    // An undercut brings the step that it attacks, premises and all.
    check(
        focus("u", Some(1)),
        "t (+5) b (+1) c u v | 7 statements not shown (--focus u)",
    );
}

#[test]
fn only_one_part_of_the_argument_is_shown_with_its_ways_to_the_thesis() {
    let only = |part| {
        move |_: &Dossier| Choice {
            only: Some(part),
            ..Choice::default()
        }
    };
    check(
        only(Only::Thesis),
        "t (+10) | 11 statements not shown (--only thesis)",
    );
    check(
        only(Only::Reasons),
        "t (+2) a a1 b c e shared step (+2) | 5 statements not shown (--only reasons)",
    );
    check(
        only(Only::Objections),
        "t (+3) b (+1) c u (+1) o p | 6 statements not shown (--only objections)",
    );
    check(
        only(Only::Unsupported),
        "t (+3) b (+1) c o (+1) loose step (+2) | 7 statements not shown (--only unsupported)",
    );
    check(
        only(Only::Rejected),
        "t (+3) b (+1) c o (+1) loose step (+2) | 7 statements not shown (--only rejected)",
    );
}

#[test]
fn a_tag_shows_what_has_it_and_the_way_to_the_thesis() {
    let tagged = |_: &Dossier| Choice {
        tags: vec!["deep".to_owned()],
        ..Choice::default()
    };
    check(
        tagged,
        "t (+6) a (+1) a1 (+1) | 9 statements not shown (--tag deep)",
    );
    let dossier = dossier(MAP);
    let choice = Choice {
        tags: vec!["deap".to_owned()],
        ..Choice::default()
    };
    let near = vec!["deep".to_owned()];
    assert_eq!(choice.unknown_tag(&dossier), Some(("deap", near)));
}

#[test]
fn what_is_shared_stays_when_one_of_its_uses_is_collapsed() {
    let collapse = |ids: &'static [&str]| {
        move |dossier: &Dossier| Choice {
            collapse: ids.iter().map(|id| idx(dossier, id)).collect(),
            ..Choice::default()
        }
    };
    check(
        collapse(&["a"]),
        "t a (+2) b c u o loose shared v p | 2 statements not shown (--collapse a)",
    );
    check(
        collapse(&["a", "b"]),
        "t a (+3) b c u o loose v p | 3 statements not shown (--collapse a --collapse b)",
    );
    check(
        collapse(&["t", "a"]),
        "t (+10) loose | 10 statements not shown (--collapse t --collapse a)",
    );
}

#[test]
fn a_circle_that_is_collapsed_keeps_its_first_statement() {
    let dossier = dossier(
        "thesis: {id: t, claim: A thesis., contradicts: x}\nclaims: {x: {text: An x., reasons: [y]}, y: {text: A y., reasons: [x]}}\n",
    );
    let choice = Choice {
        collapse: vec![idx(&dossier, "x")],
        ..Choice::default()
    };
    assert_eq!(
        shown(&dossier, &choice),
        "t x (+1) | 1 statement not shown (--collapse x)"
    );
}

#[test]
fn each_option_tells_its_own_share() {
    let choice = |dossier: &Dossier| Choice {
        depth: Some(2),
        only: Some(Only::Reasons),
        collapse: vec![idx(dossier, "a")],
        ..Choice::default()
    };
    check(
        choice,
        "t (+2) a (+2) b c shared step (+2) | 3 statements not shown (--depth 2); \
         3 statements not shown (--only reasons); 1 statement not shown (--collapse a)",
    );
}

#[test]
fn a_step_with_a_hidden_premise_says_so() {
    let dossier = dossier(
        "thesis: {id: t, claim: A thesis., reasons: [{premises: [a, b], id: step}]}\n\
         claims: {a: An a., b: {text: A b., reasons: [c]}, c: A c.}\n",
    );
    let choice = Choice {
        focus: vec![idx(&dossier, "t"), idx(&dossier, "a")],
        depth: Some(0),
        ..Choice::default()
    };
    assert_eq!(
        shown(&dossier, &choice),
        "t a step (+2) | 2 statements not shown (--depth 0)"
    );
}

#[test]
fn long_chains_need_no_call_stack_and_little_time() {
    let claim = |at: usize| format!("  s{at}: {{text: A claim., reasons: [s{}]}}\n", at + 1);
    let claims: String = (0..50_000).map(claim).collect();
    let dossier = dossier(&format!(
        "thesis: s0\nclaims:\n{claims}  s50000: The last.\n"
    ));
    let choice = Choice {
        focus: vec![idx(&dossier, "s40000")],
        depth: Some(1),
        ..Choice::default()
    };
    assert_eq!(
        shown(&dossier, &choice),
        "s39999 (\u{2192} +39999) s40000 s40001 (+9999) | 49998 statements not shown (--depth 1)"
    );
}
