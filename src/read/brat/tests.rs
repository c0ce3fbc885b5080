use proptest::prelude::*;

use super::*;
use crate::model::{Polarity, Target};

/// A text beside whatever is read; `None` is a folder without one.
struct Beside<'t>(Option<&'t str>);

impl World for Beside<'_> {
    fn locate(&self, path: &str, _: &str) -> Result<Location, Refusal> {
        let (name, key) = (path.to_owned(), path.to_owned());
        Ok(Location { name, key })
    }

    fn read(&self, _: &Location) -> Result<Vec<u8>, Refusal> {
        let text = self.0.map(|text| text.as_bytes().to_vec());
        text.ok_or(Refusal::Missing)
    }
}

fn read_beside(annotations: &str, text: Option<&str>) -> Reading {
    let bytes = annotations.as_bytes().to_vec();
    read(&Profile::default(), "a/m.ann", bytes, &Beside(text))
}

/// Annotations of sentences of one word each, which is their number: `T1` is a claim on 1.
fn annotations(labels: &[&str], ties: &str) -> String {
    let entities = labels.iter().enumerate().map(|(at, label)| {
        let number = at + 1;
        format!("T{number}\t{label} {} {}\t{number}\n", 2 * at, 2 * at + 1)
    });
    entities.collect::<Vec<_>>().concat() + ties
}

const TEXT: &str = "1 2 3 4 5 6 7 8 9";

/// What is tied to what: `3+1` is a reason, `3-1` an objection, `3=1` a restatement, and `!` marks the theses.
#[track_caller]
fn check(labels: &[&str], ties: &str, expected: &str, lost: &[&str], n_problems: usize) {
    let reading = read_beside(&annotations(labels, ties), Some(TEXT));
    let map = &reading.map;
    let text = |id: &str| {
        let found = map.statements.iter().find(|it| it.id == id);
        found.map_or("?", |it| &it.text.value)
    };
    let name = |premise: &crate::model::Premise| match premise {
        crate::model::Premise::Named(name) => text(&name.value).to_owned(),
        crate::model::Premise::Inline(_) => panic!("{premise:?}"),
    };
    let mut ties: Vec<String> = map.theses.iter().map(|it| name(it) + "!").collect();
    for inference in &map.inferences {
        let sign = match inference.polarity {
            Polarity::Pro => '+',
            Polarity::Con => '-',
        };
        let target = match inference.target {
            Target::Statement(idx) => map.statement(idx).text.value.clone(),
            Target::Inference(idx) => format!("({})", idx.index()),
        };
        ties.push(format!("{}{sign}{target}", name(&inference.premises[0])));
    }
    for statement in &map.statements {
        for other in &statement.restates {
            ties.push(format!("{}={}", statement.text.value, text(&other.value)));
        }
    }
    assert_eq!(ties.join(" "), expected);
    let losses = reading.losses.iter();
    let losses: Vec<String> = losses
        .map(|it| format!("{} {}", it.count, it.what))
        .collect();
    assert_eq!(losses, lost);
    assert_eq!(reading.problems.len(), n_problems, "{:?}", reading.problems);
}

#[test]
fn relations_and_stances_tie_statements() {
    check(
        &["MajorClaim", "Claim", "Claim", "Premise"],
        "A1\tStance T2 For\nA2\tStance T3 Against\nR1\tsupports Arg1:T4 Arg2:T3\t\n",
        "1! 4+3 2+1 3-1",
        &[],
        0,
    );
}

#[test]
fn lines_may_come_in_any_order() {
    let backwards = "A1\tStance T2 For\nR1\tattacks Arg1:T3 Arg2:T2\n".to_owned()
        + &annotations(&["MajorClaim", "Claim", "Premise"], "");
    let reading = read_beside(&backwards, Some(TEXT));
    assert_eq!(
        (reading.map.inferences.len(), reading.problems.len()),
        (2, 0)
    );
}

#[test]
fn the_first_thesis_in_the_text_is_the_thesis_and_the_others_restate_it() {
    check(
        &["MajorClaim", "MajorClaim", "MajorClaim"],
        "",
        "1! 2=1 3=1",
        &[],
        0,
    );
    let later_first = "T1\tMajorClaim 4 5\t3\nT2\tMajorClaim 0 1\t1\n";
    let reading = read_beside(later_first, Some(TEXT));
    assert_eq!(reading.map.statements[0].restates[0].value, "T2");
    check(
        &["MajorClaim", "MajorClaim"],
        "*\tEquiv T1 T2\n",
        "1! 2=1",
        &[],
        0,
    );
}

#[test]
fn what_is_said_by_a_relation_is_not_said_again_by_a_stance() {
    check(
        &["MajorClaim", "Claim"],
        "R1\tsupports Arg1:T2 Arg2:T1\nA1\tStance T2 For\nA2\tStance T2 For\n",
        "1! 2+1",
        &[],
        0,
    );
}

#[test]
fn equivalent_statements_restate_the_first() {
    check(
        &["MajorClaim", "Claim", "Claim", "Claim"],
        "A1\tStance T2 For\n*\tEquiv T2 T3 T4\n*\tEquiv T3 T3\n",
        "1! 2+1 3=2 4=2",
        &["1 equivalences of less than two statements"],
        0,
    );
}

#[test]
fn attacks_on_relations_are_undercuts() {
    check(
        &["MajorClaim", "Claim", "Claim"],
        "R2\tattacks Arg1:T3 Arg2:R1\nR1\tsupports Arg1:T2 Arg2:T1\n",
        "1! 2+1 3-(0)",
        &[],
        0,
    );
    check(
        &["MajorClaim", "Claim", "Claim"],
        "R1\tattacks Arg1:T2 Arg2:R2\nR2\tattacks Arg1:T3 Arg2:R1\n",
        "1!",
        &[],
        1,
    );
}

#[test]
fn circles_are_read_as_they_are() {
    check(
        &["MajorClaim", "Claim"],
        "R1\tsupports Arg1:T2 Arg2:T1\nR2\tsupports Arg1:T1 Arg2:T2\nR3\tattacks Arg1:T2 Arg2:T2\n",
        "1! 2+1 1+2 2-2",
        &[],
        0,
    );
}

#[test]
fn labels_without_a_meaning_are_named_among_what_is_lost() {
    check(
        &["MajorClaim", "Claim", "Person", "Person"],
        "R1\tsupports Arg1:T3 Arg2:T1\nR2\tknows Arg1:T3 Arg2:T4\nA1\tSure T2\nA2\tStance T2 Odd\nA3\tStance T2\n\
         A4\tStance T3 For\nA5\tStance T1 For\nE1\tPerson:T3 Claim:T2\nN1\tReference T3 Wiki:7\tIda\n",
        "1!",
        &[
            "2 annotations `Person`",
            "1 relations `knows`",
            "1 events",
            "1 normalizations",
            "1 relations of what is no statement",
            "1 attributes `Sure`",
            "1 stances `Odd`",
            "1 attributes `Stance`",
            "1 stances of what is no statement",
            "1 stances of theses",
        ],
        0,
    );
}

#[test]
fn stances_towards_no_thesis_are_lost() {
    check(
        &["Claim", "Premise"],
        "A1\tStance T1 For\nR1\tsupports Arg1:T2 Arg2:T1\n",
        "1! 2+1",
        &["1 stances towards no thesis"],
        0,
    );
}

#[test]
fn very_many_labels_are_counted_together() {
    let many = (0..1000).map(|at| format!("T{at}\tLabel{at}{} 0 1\t1\n", "x".repeat(99)));
    let many = many.collect::<Vec<_>>().concat();
    let reading = read_beside(&many, Some(TEXT));
    let counts: Vec<usize> = reading.losses.iter().map(|loss| loss.count).collect();
    assert_eq!((counts.len(), counts.iter().sum::<usize>()), (25, 1000));
    assert!(
        reading
            .losses
            .iter()
            .all(|loss| loss.what.chars().count() < 70)
    );
}

#[test]
fn notes_are_kept_where_a_map_has_a_place_for_them() {
    let text = annotations(
        &["MajorClaim", "Claim", "Person"],
        "R1\tsupports Arg1:T2 Arg2:T1\n#1\tAnnotatorNotes T2\tunclear\n#2\tAnnotatorNotes R1\tweak\n\
         #3\tAnnotatorNotes T2\tsee p. 3\n#4\tAnnotatorNotes T3\twho?\n#5\tAnnotatorNotes T9\tgone\n#6\tAnnotatorNotes T1\t\n",
    );
    let reading = read_beside(&text, Some(TEXT));
    let note = |note: &Option<Text>| note.as_ref().map(|note| note.value.clone());
    assert_eq!(
        note(&reading.map.statements[1].note).as_deref(),
        Some("unclear\nsee p. 3")
    );
    assert_eq!(
        note(&reading.map.inferences[0].note).as_deref(),
        Some("weak")
    );
    let lost = reading.losses.iter().map(|loss| &*loss.what);
    assert!(lost.eq([
        "annotations `Person`",
        "notes on what a map has no place for"
    ]));
    assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
}

#[test]
fn ids_that_nothing_has_and_ids_of_two_are_one_fault_each() {
    check(
        &["MajorClaim", "Claim"],
        "R1\tsupports Arg1:T9 Arg2:T1\n",
        "1!",
        &[],
        1,
    );
    check(&["MajorClaim"], "A1\tStance T9 For\n", "1!", &[], 1);
    check(&["MajorClaim"], "*\tEquiv T1 T9\n", "1!", &[], 1);
    check(
        &["MajorClaim", "Claim"],
        "T2\tClaim 4 5\t3\nR1\tsupports Arg1:T2 Arg2:T1\nR1\tattacks Arg1:T2 Arg2:T1\n\
         A1\tStance T2 Against\nA1\tStance T2 For\nE1\tA:T1\nE1\tA:T1\n",
        "1! 2+1 2-1",
        &["1 events"],
        4,
    );
}

#[test]
fn words_that_the_text_does_not_have_are_told_and_kept() {
    let reading = read_beside("T1\tClaim 0 1\tone\nT2\tClaim 2 3\t2\n", Some(TEXT));
    let [problem] = &reading.problems[..] else {
        panic!("{:?}", reading.problems);
    };
    assert_eq!(reading.files.slice(problem.span), "one");
    let [one, two] = &reading.map.statements[..] else {
        panic!("two statements");
    };
    assert_eq!((&*one.text.value, one.quote.is_none()), ("one", true));
    assert_eq!((&*two.text.value, two.quote.is_some()), ("2", true));
    let file = reading.map.sources[0].file.as_ref();
    assert_eq!(file.map(|file| &*file.value), Some("m.txt"));
}

#[test]
fn words_that_are_not_written_come_from_the_text_but_not_without_end() {
    let reading = read_beside("T1\tClaim 0 3\nT2\tClaim 4 5\t\n", Some(TEXT));
    let texts: Vec<&str> = reading
        .map
        .statements
        .iter()
        .map(|it| &*it.text.value)
        .collect();
    assert_eq!((texts, reading.problems.len()), (vec!["1 2", "3"], 0));
    let whole = (0..99).map(|at| format!("T{at}\tClaim 0 17\n"));
    let whole = whole.collect::<Vec<_>>().concat();
    let reading = read_beside(&whole, Some(TEXT));
    assert_eq!(
        (reading.map.statements.len(), reading.problems.len()),
        (8, 91)
    );
}

#[test]
fn places_that_cannot_be_are_one_fault_each() {
    let lines = "T1\tClaim a b\tA\nT2\tClaim 5\tB\nT3\tClaim 5 4\tC\nT4\tClaim 0 99\tD\nT5\tClaim 0 1;1\tE\n\
                 T6\tClaim 0 99999999999999999999\tF\nT7\tClaim 4 5;0 1\tG\n";
    let reading = read_beside(lines, Some(TEXT));
    assert_eq!(
        (reading.problems.len(), reading.map.statements.len()),
        (7, 7)
    );
    assert!(reading.map.sources.is_empty());
    let without_words = read_beside("T1\tClaim 9 3\t \n", None);
    assert_eq!(without_words.problems.len(), 2);
}

#[test]
fn a_text_that_cannot_be_read_is_one_fault() {
    let reading = read_beside(&annotations(&["MajorClaim", "Claim"], ""), None);
    assert_eq!(
        (reading.problems.len(), reading.map.statements.len()),
        (1, 2)
    );
    let binary = read_beside("T1\tClaim 0 1\t1\n", Some("1\0"));
    assert_eq!((binary.problems.len(), binary.map.statements.len()), (1, 1));
    for (name, path) in [
        ("a/b.c.ann", "b.c.txt"),
        ("b", "b.txt"),
        (r"a\b.ANN", "b.txt"),
    ] {
        assert_eq!(text_name(name), path);
    }
    let itself = read(
        &Profile::default(),
        "m.txt",
        b"T1\tClaim 0 1\t1\n".to_vec(),
        &Beside(Some(TEXT)),
    );
    assert_eq!((itself.problems.len(), itself.files.iter().count()), (1, 1));
}

#[test]
fn a_file_without_annotations_needs_no_text() {
    let reading = read_beside("", None);
    let [problem] = &reading.problems[..] else {
        panic!("{:?}", reading.problems);
    };
    let ProblemKind::Foreign { fault, .. } = &problem.kind else {
        panic!("{problem:?}");
    };
    assert_eq!(*fault, ForeignFault::NoStatements);
}

proptest! {
    #[test]
    fn every_quote_is_at_its_characters(
        before in "[a é🏛\\n]{0,40}", words in "[aé🏛\u{301}]{1,9}( [aé🏛]{1,9}){0,4}", after in "[ é🏛]{0,9}",
    ) {
        let text = format!("{before}{words}{after}");
        let start = before.chars().count();
        let end = start + words.chars().count();
        let line = format!("T1\tClaim {start} {end}\t{words}\n");
        let reading = read_beside(&line, Some(&text));
        prop_assert_eq!(reading.problems.len(), 0);
        let quote = reading.map.statements[0].quote.as_ref().map(|quote| quote.value.clone());
        prop_assert_eq!(quote, Some(words));
    }

    #[test]
    fn nothing_that_is_written_stops_the_reader(
        lines in prop::collection::vec("([TRAE#*N]1?)\t[A-Za-z]{0,6} ?(T1|Arg1:T1 Arg2:R1|0 [0-9];?1?)\t?[a1 ]{0,3}", 0..12),
        text in "[1 é\r\n\u{feff}]{0,12}",
    ) {
        let reading = read_beside(&lines.join("\r\n"), Some(&text));
        let file = reading.files.iter().next().unwrap();
        for problem in &reading.problems {
            prop_assert!(file.text().get(problem.span.range()).is_some());
        }
    }
}
