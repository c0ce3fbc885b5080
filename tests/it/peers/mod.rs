//! What the programs that maps are written for say against what is written: their own rules, in plain words.

mod carneades;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use grounds::analysis::Dossier;
use grounds::read;
use grounds::source::NoFiles;
use grounds::write::{Format, write};
use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use crate::exports::{maps, steps};

fn open(map: &str) -> Dossier {
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    assert_eq!(dossier.problems, [], "{map}");
    dossier
}

/// A map as the map that is read of what is written.
fn again(dossier: &Dossier, format: Format) -> Dossier {
    let reader = read::Format::from_name(format.name()).unwrap();
    let text = write(dossier, format).text;
    let again = Dossier::open_as(reader, "m", text.clone().into(), &NoFiles);
    assert_eq!(again.problems, [], "{text}");
    again
}

/// Whether something is lost that often.
fn is_lost(dossier: &Dossier, format: Format, what: &str, count: usize) -> bool {
    let losses = write(dossier, format).losses;
    losses.iter().any(|it| it.what == what && it.count == count)
}

/// What a program would say against a file that is written for it, as far as its rules are here.
pub(crate) fn faults(format: Format, text: &str) -> Vec<String> {
    match format {
        Format::Gsn2x => faults_of_gsn2x(text),
        Format::Carneades => carneades::faults_of(text),
        _ => Vec::new(),
    }
}

fn texts(keys: &Mapping, key: &str) -> Vec<String> {
    let text = |it: &Value| it.as_str().expect("a text").to_owned();
    match keys.get(key) {
        None => Vec::new(),
        Some(Value::Sequence(items)) => items.iter().map(text).collect(),
        Some(one) => vec![text(one)],
    }
}

/// An element as gsn2x has it.
struct Element {
    kind: String,
    supported_by: Vec<String>,
    context: Vec<String>,
    challenges: Option<String>,
    undeveloped: bool,
}

type Elements = BTreeMap<String, Element>;

fn elements(text: &str) -> Elements {
    let document: BTreeMap<String, Mapping> = serde_yaml::from_str(text).unwrap();
    let element = |(id, keys): (String, Mapping)| {
        // An element challenges one other, and a list is no YAML that gsn2x reads.
        let challenges = keys.get("challenges");
        let element = Element {
            kind: match keys.get("nodeType") {
                Some(kind) => kind.as_str().unwrap().to_owned(),
                None => kind_of_id(&id).to_owned(),
            },
            supported_by: texts(&keys, "supportedBy"),
            context: texts(&keys, "inContextOf"),
            challenges: challenges.map(|it| it.as_str().expect("one element").to_owned()),
            undeveloped: keys.contains_key("undeveloped"),
        };
        (id, element)
    };
    let elements = document.into_iter().filter(|(id, _)| id != "module");
    elements.map(element).collect()
}

fn kind_of_id(id: &str) -> &'static str {
    let kinds = [
        ("CG", "CounterGoal"),
        ("G", "Goal"),
        ("CSn", "CounterSolution"),
        ("Sn", "Solution"),
        ("S", "Strategy"),
        ("C", "Context"),
        ("A", "Assumption"),
        ("J", "Justification"),
    ];
    let found = kinds.iter().find(|(prefix, _)| id.starts_with(prefix));
    found.map_or("", |(_, kind)| kind)
}

/// What may support an element, and in which context it may stand.
fn allowed(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "Goal" | "Strategy" => (
            &[
                "Goal",
                "CounterGoal",
                "Solution",
                "CounterSolution",
                "Strategy",
            ],
            &["Justification", "Assumption", "Context"],
        ),
        "CounterGoal" => (&["CounterGoal", "CounterSolution"], &[]),
        _ => (&[], &[]),
    }
}

/// What gsn2x would refuse, or warn of as no structure, in the YAML of a goal structure.
fn faults_of_gsn2x(text: &str) -> Vec<String> {
    let elements = elements(text);
    let mut faults = Vec::new();
    for (id, element) in &elements {
        let (supports, contexts) = allowed(&element.kind);
        if element.kind.is_empty() {
            faults.push(format!("{id} is of no known kind"));
        }
        for (list, kinds) in [
            (&element.supported_by, supports),
            (&element.context, contexts),
        ] {
            let wrong = list
                .iter()
                .filter(|it| !kinds.contains(&&*elements[*it].kind));
            faults.extend(wrong.map(|it| format!("{it} may not be named by {id}")));
            let several: BTreeSet<&String> = list.iter().collect();
            if several.len() < list.len() || several.contains(id) {
                faults.push(format!("{id} names something twice, or itself"));
            }
        }
        if element.undeveloped && !element.supported_by.is_empty() {
            faults.push(format!("{id} is undeveloped, and has supporting arguments"));
        }
        if let Some(challenged) = &element.challenges {
            if !element.kind.starts_with("Counter") {
                faults.push(format!("{id} challenges something, and is nothing counter"));
            }
            if challenged == id || !elements.contains_key(challenged) {
                faults.push(format!("{id} challenges itself, or nothing"));
            }
        }
    }
    faults.extend(unreached(&elements).map(|id| format!("{id} is not reached")));
    faults.extend(circular(&elements).map(|id| format!("{id} supports itself")));
    faults
}

/// Elements that are not reached from those at the top. The only one at the top must be a goal.
fn unreached(elements: &Elements) -> impl Iterator<Item = &String> {
    let mut tops: BTreeSet<&String> = elements.keys().collect();
    for (id, element) in elements {
        for named in element.supported_by.iter().chain(&element.context) {
            tops.remove(named);
        }
        if element.challenges.is_some() {
            tops.remove(id);
        }
    }
    let is_alone = tops.len() == 1;
    let no_goals = tops
        .iter()
        .filter(|id| is_alone && elements[**id].kind != "Goal");
    let no_goals: Vec<&String> = no_goals.copied().collect();
    let mut reached = tops.clone();
    let mut next: Vec<&String> = tops.into_iter().collect();
    while let Some(at) = next.pop() {
        // What stands in a context is placed with the element, and nothing is looked for from there.
        reached.extend(&elements[at].context);
        let challengers = elements.iter();
        let challengers = challengers.filter(|(_, it)| it.challenges.as_ref() == Some(at));
        let below = elements[at].supported_by.iter();
        for it in below.chain(challengers.map(|(id, _)| id)) {
            if reached.insert(it) {
                next.push(it);
            }
        }
    }
    let unreached = elements.keys().filter(move |id| !reached.contains(id));
    unreached.chain(no_goals)
}

/// Elements that are left when those that nothing supports are taken away, again and again.
fn circular(elements: &Elements) -> impl Iterator<Item = &String> {
    let mut left: BTreeSet<&String> = elements.keys().collect();
    loop {
        let rests = |id: &String| elements[id].supported_by.iter().any(|it| left.contains(it));
        let next: BTreeSet<&String> = left.iter().copied().filter(|id| rests(id)).collect();
        if next.len() == left.len() {
            return next.into_iter();
        }
        left = next;
    }
}

/// Writes a map for gsn2x, which must find nothing, and reads it again, which must be what it was.
fn assert_survives_gsn2x(map: &str) -> Elements {
    let dossier = open(map);
    let text = write(&dossier, Format::Gsn2x).text;
    assert_eq!(faults_of_gsn2x(&text), [""; 0], "{text}");
    assert_eq!(
        steps(&again(&dossier, Format::Gsn2x)),
        steps(&dossier),
        "{text}"
    );
    elements(&text)
}

/// Writes a map that a goal structure cannot hold whole, of which gsn2x must find nothing.
fn without_faults_of_gsn2x(map: &str) -> Dossier {
    let dossier = open(map);
    let text = write(&dossier, Format::Gsn2x).text;
    assert_eq!(faults_of_gsn2x(&text), [""; 0], "{text}");
    dossier
}

#[test]
fn only_goals_and_strategies_stand_in_a_context_so_other_notes_are_layers() {
    let map = "thesis: {id: t, claim: T., note: N., reasons: [e, {premises: [a, s], note: O.}], objections: [{premises: c, note: P.}]}\n\
               claims: {a: A., c: {text: C., note: Q., reasons: [[d, s]]}, d: D.}\n\
               evidence: {e: {text: E., note: R.}}\n\
               assumptions: {s: {text: S., note: V.}}\n";
    assert_survives_gsn2x(map);
    let dossier = open(map);
    let notes = |dossier: &Dossier| {
        let notes = dossier.map.statements.iter().map(|it| it.note.clone());
        let notes = notes.chain(dossier.map.inferences.iter().map(|it| it.note.clone()));
        let mut notes: Vec<String> = notes.flatten().map(|note| note.value).collect();
        notes.sort();
        notes
    };
    assert_eq!(notes(&dossier).len(), 6);
    assert_eq!(notes(&again(&dossier, Format::Gsn2x)), notes(&dossier));
}

#[test]
fn what_supports_a_counter_goal_is_one_itself_or_a_counter_solution() {
    let map = "thesis: {id: t, claim: T., objections: [o], reasons: [d]}\n\
               claims: {o: {text: O., reasons: [[a, e, s], {premises: [d], warrant: W.}]}, a: A., d: {text: D., reasons: [f]}}\n\
               evidence: {e: E., f: F.}\n\
               assumptions: {s: S.}\n";
    let elements = assert_survives_gsn2x(map);
    // There is no counter strategy, so a counter goal joins what is linked, and is no goal.
    let counters = ["o", "o.r1", "o.r2", "a", "d", "s"];
    assert!(
        counters
            .iter()
            .all(|id| elements[*id].kind == "CounterGoal")
    );
    let solutions = ["e", "f"];
    assert!(
        solutions
            .iter()
            .all(|id| elements[*id].kind == "CounterSolution")
    );
    let what = "that what joins the premises of a counter goal is no goal";
    assert!(is_lost(&open(map), Format::Gsn2x, what, 2));
    let what = "kinds of statements that a goal structure needs as goals";
    assert!(is_lost(&open(map), Format::Gsn2x, what, 1));
}

#[test]
fn an_element_challenges_one_other_so_further_objections_have_elements_of_their_own() {
    let map = "thesis: {id: t, claim: T., objections: [o, [o, p], {premises: p, objections: [{premises: q, objections: [o]}]}], reasons: [a]}\n\
               claims: {o: O., p: P., q: Q., a: {text: A., objections: [o]}}\n";
    let elements = assert_survives_gsn2x(map);
    assert_eq!(elements["o"].challenges.as_deref(), Some("t"));
    assert_eq!(elements["t.o2"].supported_by, ["o", "p"]);
    assert_eq!(elements["a.o1"].challenges.as_deref(), Some("a"));
}

#[test]
fn what_is_undeveloped_has_no_supporting_arguments() {
    let map = "thesis: {id: t, claim: T., undeveloped: true, reasons: [a]}\n\
               claims: {a: {text: A., undeveloped: true}}\n";
    let dossier = without_faults_of_gsn2x(map);
    let text = write(&dossier, Format::Gsn2x).text;
    assert_eq!(text.matches("undeveloped").count(), 1);
    let what = "marks of undeveloped claims that have reasons";
    assert!(is_lost(&dossier, Format::Gsn2x, what, 1));
}

#[test]
fn the_beginning_of_an_id_says_the_kind_unless_the_element_does() {
    let map = "thesis: {id: Sn1, claim: T., reasons: [[Snow, G, A1], Case]}\n\
               claims: {Snow: A., G: G., Case: C.}\n\
               assumptions: {A1: S.}\n";
    let elements = assert_survives_gsn2x(map);
    let goals = ["Sn1", "Snow", "G", "Case"];
    assert!(goals.iter().all(|id| elements[*id].kind == "Goal"));
    assert_eq!(elements["A1"].kind, "Assumption");
}

#[test]
fn what_is_at_the_top_is_a_goal() {
    let map = "thesis: t\nevidence: {t: T., a: A.}\nclaims: {b: {text: B., objections: [a]}}\n";
    assert_eq!(assert_survives_gsn2x(map)["t"].kind, "Goal");
    let what = "kinds of statements that a goal structure needs as goals";
    assert!(is_lost(&open(map), Format::Gsn2x, what, 1));
}

#[test]
fn what_is_challenged_stands_in_no_context_where_gsn2x_would_not_find_the_challenger() {
    let map = "thesis: {id: t, claim: T., reasons: [[a, s]]}\n\
               claims: {a: A., o: O.}\n\
               assumptions: {s: {text: S., objections: [o]}}\n";
    assert_eq!(assert_survives_gsn2x(map)["s"].kind, "Goal");
}

#[test]
fn an_element_names_no_other_twice() {
    let map = "thesis: {id: t, claim: T., reasons: [[a, a, b], c, c], objections: [o, o]}\n\
               claims: {a: A., b: B., c: C., o: O.}\n";
    let dossier = without_faults_of_gsn2x(map);
    let what = "premises that a step names twice";
    assert!(is_lost(&dossier, Format::Gsn2x, what, 1));
    let what = "steps that say the same as another";
    assert!(is_lost(&dossier, Format::Gsn2x, what, 2));
}

#[test]
fn support_leads_in_no_circle() {
    let map = "thesis: {id: t, claim: T., reasons: [a]}\n\
               claims: {a: {text: A., reasons: [b]}, b: {text: B., reasons: [{premises: [t, c], objections: [d]}]}, c: C., d: D.}\n";
    let dossier = without_faults_of_gsn2x(map);
    assert!(is_lost(&dossier, Format::Gsn2x, "steps in a circle", 1));
    let what = "objections to steps that are left out";
    assert!(is_lost(&dossier, Format::Gsn2x, what, 1));
    assert_eq!(again(&dossier, Format::Gsn2x).map.inferences.len(), 2);
}

#[test]
fn everything_is_reached_from_the_top_though_objections_go_both_ways() {
    let map = "thesis: {id: t, claim: T., objections: [o]}\n\
               claims: {o: {text: O., objections: [t]}}\n";
    let dossier = without_faults_of_gsn2x(map);
    assert!(is_lost(&dossier, Format::Gsn2x, "steps in a circle", 1));
    // A circle of objections that something outside leads to stays.
    let map = "thesis: {id: t, claim: T., reasons: [a]}\n\
               claims: {a: {text: A., objections: [b]}, b: {text: B., objections: [a]}}\n";
    assert_survives_gsn2x(map);
}

#[test]
fn a_challenge_may_be_of_the_relation_between_two_elements() {
    let text = "G1: {text: A., supportedBy: [S1, G2]}\nS1: {text: B., supportedBy: [G3]}\nG2: {text: C.}\nG3: {text: D.}\n\
                CG1: {text: E., challenges: G1 -> G2}\nCG2: {text: F., challenges: S1 -> G3}\n\
                CG3: {text: H., challenges: CG4 -> G2}\nCG4: {text: I., challenges: G2}\nCG5: {text: K., challenges: G3 -> G2}\n";
    let format = read::Format::from_name("gsn2x").unwrap();
    let dossier = Dossier::open_as(format, "m", text.into(), &NoFiles);
    assert_eq!(dossier.problems, []);
    let steps = steps(&dossier).into_iter();
    let objections: Vec<String> = steps.filter(|it| it.contains(" objection of ")).collect();
    assert_eq!(
        objections,
        [
            "[\"E.\"] objection of the step [\"C.\"] reason",
            "[\"F.\"] objection of the step [\"D.\"] reason",
            "[\"H.\"] objection of the step [\"I.\"] objection",
            "[\"I.\"] objection of \"C.\"",
        ]
    );
    let lost: Vec<String> = dossier
        .losses
        .iter()
        .map(|it| it.what.to_string())
        .collect();
    assert_eq!(lost, ["challenges of what is no statement or step"]);
}

#[test]
fn peers_find_nothing_in_the_maps() {
    for dossier in maps() {
        for format in Format::ALL {
            let text = write(&dossier, format).text;
            assert_eq!(faults(format, &text), [""; 0], "{}", format.name());
        }
    }
}

/// A map in which anything may be for or against anything: for each step its target, its premises and what it is.
fn any_map(n: usize, kinds: &[u8], links: &[(usize, Vec<usize>, u8)]) -> String {
    let mut map = String::from("thesis: s0\n");
    let section = |kind: &str, own: &dyn Fn(u8) -> bool| {
        let mut list = format!("{kind}:\n");
        for at in (0..n).filter(|at| own(kinds[*at])) {
            let mut sides = [String::new(), String::new()];
            for (_, premises, what) in links.iter().filter(|(target, ..)| target % n == at) {
                let premises = premises.iter().map(|it| format!("s{}", it % n));
                let premises: Vec<String> = premises.collect();
                let mut step = format!("premises: [{}]", premises.join(", "));
                if what & 2 > 0 {
                    step += ", note: N.";
                }
                if what & 4 > 0 {
                    write!(step, ", objections: [s{}]", (at + 1) % n).unwrap();
                }
                write!(sides[usize::from(what & 1)], "{{{step}}}, ").unwrap();
            }
            let [reasons, objections] = sides;
            let undeveloped = kinds[at] & 8 > 0;
            let said = format!("text: S{at}., note: M., undeveloped: {undeveloped}");
            writeln!(
                list,
                "  s{at}: {{{said}, reasons: [{reasons}], objections: [{objections}]}}"
            )
            .unwrap();
        }
        list
    };
    map += &section("claims", &|kind| kind & 3 < 2);
    map += &section("evidence", &|kind| kind & 3 == 2);
    map += &section("assumptions", &|kind| kind & 3 == 3);
    map
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn peers_find_nothing_in_any_map(
        kinds in proptest::collection::vec(0..16_u8, 8),
        n in 1..8_usize,
        links in proptest::collection::vec((0..8_usize, proptest::collection::vec(0..8_usize, 1..4), 0..8_u8), 0..14),
    ) {
        let map = any_map(n, &kinds, &links);
        let dossier = Dossier::open("m.yaml", map.clone().into(), &NoFiles);
        for format in [Format::Gsn2x, Format::Carneades] {
            let text = write(&dossier, format).text;
            prop_assert_eq!(faults(format, &text), [""; 0], "{}\n{}", &map, &text);
            // What is written again of what was read is the same.
            let read = again(&dossier, format);
            prop_assert_eq!(steps(&again(&read, format)), steps(&read), "{}\n{}", &map, &text);
        }
    }
}
