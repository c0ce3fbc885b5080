//! Maps in other formats: what is written reads back, and what does not is counted.

use std::fmt::Write as _;

use grounds::analysis::Dossier;
use grounds::model::Target;
use grounds::read;
use grounds::source::NoFiles;
use grounds::write::{Format, write};
use proptest::prelude::*;

use crate::project;
use crate::world::Disk;

/// The format that reads what is written.
fn reader(format: Format) -> read::Format {
    read::Format::from_name(format.name()).expect("what is written can be read")
}

fn again(dossier: &Dossier, format: Format) -> Dossier {
    let text = write(dossier, format).text;
    let name = format!("m.{}", format.ending());
    Dossier::open_as(reader(format), &name, text.into(), &NoFiles)
}

/// What a map says, by the texts of its statements: premises, polarity and target of each step, in order.
pub(crate) fn steps(dossier: &Dossier) -> Vec<String> {
    let text = |at: usize| dossier.map.statements[at].text.value.clone();
    let step = |at: usize| {
        let mut premises: Vec<String> = dossier
            .graph
            .premises
            .get(at)
            .iter()
            .map(|it| text(it.index()))
            .collect();
        premises.sort();
        format!("{premises:?} {}", dossier.graph.polarities[at].name())
    };
    let mut steps: Vec<String> = (0..dossier.graph.n_inferences())
        .map(|at| match dossier.graph.targets[at] {
            Target::Statement(idx) => format!("{} of {:?}", step(at), text(idx.index())),
            Target::Inference(idx) => format!("{} of the step {}", step(at), step(idx.index())),
        })
        .collect();
    steps.sort();
    steps.dedup();
    steps
}

fn texts(dossier: &Dossier) -> Vec<String> {
    let texts = dossier.map.statements.iter();
    let mut texts: Vec<String> = texts
        .map(|it| {
            it.text
                .value
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    texts.sort();
    texts
}

pub(crate) fn maps() -> Vec<Dossier> {
    let folder = std::fs::read_dir(project("maps")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "yaml"));
    paths.sort();
    let open = |path: &std::path::PathBuf| {
        Dossier::open(
            path.file_name().unwrap().to_str().unwrap(),
            std::fs::read(path).unwrap(),
            &Disk(project("maps")),
        )
    };
    paths.iter().map(open).collect()
}

const NETS: [Format; 4] = [Format::Aif, Format::Xaif, Format::Sadface, Format::Arguebuf];

#[test]
fn nets_of_statements_and_steps_read_back_whole() {
    for dossier in maps()
        .iter()
        .filter(|it| it.graph.contradictions.is_empty())
    {
        for format in NETS {
            let read = again(dossier, format);
            assert_eq!(read.problems, [], "{}", format.name());
            assert_eq!(texts(&read), texts(dossier), "{}", format.name());
            assert_eq!(steps(&read), steps(dossier), "{}", format.name());
        }
    }
}

#[test]
fn every_format_of_every_map_reads_back_and_is_then_written_the_same() {
    for dossier in maps() {
        for format in Format::ALL {
            let name = format.name();
            let read = again(&dossier, format);
            assert_eq!(read.problems, [], "{name}");
            let twice = again(&read, format);
            assert_eq!(steps(&twice), steps(&read), "{name}");
            assert_eq!(texts(&twice), texts(&read), "{name}");
        }
    }
}

#[test]
fn argdown_keeps_reasons_linked_premises_and_undercuts() {
    let map = "thesis: {id: t, claim: T stands., reasons: [[a, b], c, {premises: d, objections: [u]}], objections: [o]}\n\
               claims: {a: A., b: B., c: C., d: D., u: U., o: {text: O., contradicts: c}}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let read = again(&dossier, Format::Argdown);
    assert_eq!(read.problems, []);
    assert_eq!(steps(&read), steps(&dossier));
    assert_eq!(read.map.statement(read.graph.theses[0]).id, "t");
    assert_eq!(read.graph.contradictions.len(), 1);
}

#[test]
fn argdown_keeps_titles_that_would_end_its_front_matter() {
    for title in ["x === y", "=====", "\"a\" \\ =======\nb", "a = = = b"] {
        let yaml = serde_json::to_string(title).unwrap();
        let map = format!("title: {yaml}\nthesis: {{id: t, claim: T stands.}}\n");
        let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
        let read = again(&dossier, Format::Argdown);
        let about = read.map.about.title.as_ref();
        assert_eq!(about.map(|it| &*it.value), Some(title));
    }
}

#[test]
fn what_a_format_has_no_place_for_is_counted() {
    let map = "thesis: {id: t, claim: T stands., reasons: [[a, b], {premises: [c], objections: [a]}]}\n\
               claims: {a: {text: A., note: n}, b: {text: B., strength: likely}}\n\
               evidence: {c: {text: C., source: s}}\n\
               sources: {s: {title: S}}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let lost = |format| -> Vec<String> {
        let losses = write(&dossier, format).losses;
        losses
            .iter()
            .map(|it| format!("{} {}", it.count, it.what))
            .collect()
    };
    let aif = lost(Format::Aif);
    for what in [
        "1 notes",
        "1 strengths",
        "1 kinds of statements",
        "1 citations",
        "1 that a statement is the thesis",
    ] {
        assert!(aif.iter().any(|it| it == what), "{what}: {aif:?}");
    }
    let kialo = lost(Format::Kialo);
    for what in [
        "1 that premises are linked",
        "1 that an objection is to a step",
        "1 citations of works without an address",
    ] {
        assert!(kialo.iter().any(|it| it == what), "{what}: {kialo:?}");
    }
}

#[test]
fn long_chains_are_written_in_time() {
    let n = 50_000;
    let mut map = String::from("thesis: s0\nclaims:\n");
    for at in 0..n {
        writeln!(map, "  s{at}: {{text: S., reasons: [s{}]}}", at + 1).unwrap();
    }
    writeln!(map, "evidence: {{s{n}: E.}}").unwrap();
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    for format in Format::ALL {
        let written = write(&dossier, format);
        assert!(written.text.len() < 30_000_000, "{}", format.name());
    }
}

#[test]
fn mindmup_has_groups_of_claims_under_what_they_speak_of() {
    let map = "title: Kites\n\
               thesis: {id: t, claim: Fly it., reasons: [{premises: [a, b], label: because, objections: [c]}], objections: [c]}\n\
               claims: {a: {text: It is windy., note: Look out.}, b: {text: Wind carries kites., implicit: true}, c: It rains.}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let written = write(&dossier, Format::Mindmup);
    let losses: Vec<_> = written
        .losses
        .iter()
        .map(|it| (&*it.what, it.count))
        .collect();
    assert_eq!(
        losses,
        [("that a claim stands in several places is one", 1)]
    );
    let file: serde_json::Value = serde_json::from_str(&written.text).unwrap();
    assert_eq!(file["formatVersion"], 3);
    assert_eq!(file["title"], "Kites");
    assert_eq!(file["attr"]["theme"], "argMappingSimple");
    let thesis = &file["ideas"]["1"];
    assert_eq!(
        (&thesis["id"], &thesis["title"]),
        (&"t".into(), &"Fly it.".into())
    );
    let group = &thesis["ideas"]["1"];
    assert_eq!(group["title"], "group");
    assert_eq!(group["attr"]["group"], "supporting");
    assert_eq!(group["attr"]["parentConnector"]["label"], "because");
    assert_eq!(group["ideas"]["1"]["attr"]["note"]["text"], "Look out.");
    assert_eq!(
        group["ideas"]["2"]["attr"]["styleNames"][0],
        "attr_implicit_claim"
    );
    assert_eq!(group["ideas"]["3"]["attr"]["group"], "opposing");
    assert_eq!(thesis["ideas"]["2"]["attr"]["group"], "opposing");
    assert_eq!(texts(&again(&dossier, Format::Mindmup)).len(), 5);
}

#[test]
fn gsn2x_has_strategies_for_linked_premises_and_counter_goals_for_objections() {
    let map = "thesis: {id: t, claim: T., reasons: [{premises: [a, s], warrant: W., objections: [u]}, e], objections: [o]}\n\
               claims: {a: {text: A., undeveloped: true, tags: [x], note: N.}, u: U., o: O.}\n\
               evidence: {e: {text: E., source: w}}\n\
               assumptions: {s: S.}\n\
               sources: {w: {title: Work, url: 'https://example.org/w'}}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let written = write(&dossier, Format::Gsn2x);
    assert_eq!(
        written.text,
        "t:\n  text: T.\n  nodeType: Goal\n  supportedBy:\n  - t.r1\n  - e\n\
         a:\n  text: A.\n  nodeType: Goal\n  inContextOf:\n  - C-1\n  classes:\n  - x\n  undeveloped: true\n\
         u:\n  text: U.\n  nodeType: CounterGoal\n  challenges: t.r1\n\
         o:\n  text: O.\n  nodeType: CounterGoal\n  challenges: t\n\
         e:\n  text: E.\n  nodeType: Solution\n  url: https://example.org/w\n\
         s:\n  text: S.\n  nodeType: Assumption\n\
         t.r1:\n  text: W.\n  nodeType: Strategy\n  supportedBy:\n  - a\n  inContextOf:\n  - s\n\
         C-1:\n  text: N.\n"
    );
    let read = again(&dossier, Format::Gsn2x);
    assert_eq!(read.problems, []);
    assert_eq!(steps(&read), steps(&dossier));
    let kinds = |dossier: &Dossier| -> Vec<_> {
        let statements = dossier.map.statements.iter();
        statements.map(|it| (it.id.clone(), it.kind)).collect()
    };
    assert_eq!(kinds(&read), kinds(&dossier));
}

#[test]
fn carneades_has_opposite_positions_for_objections_and_one_undercutter_for_a_step() {
    let map = "thesis: {id: t, claim: T., standard: beyond-reasonable-doubt, reasons: [{id: r, premises: [a, e], weight: 0.5, objections: [U-1]}, {id: q, premises: a, objections: [[U-1, v], v]}], objections: [{id: k, premises: o}]}\n\
               claims: {a: {text: A., label: L, contradicts: o}, U-1: U., v: V., o: O.}\n\
               evidence: {e: E.}\n\
               expect: {rejected: [U-1]}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let written = write(&dossier, Format::Carneades);
    assert_eq!(
        written.text,
        "statements:\n  t: T.\n  a:\n    text: A.\n    meta:\n      title: L\n  u_1:\n    text: U.\n    meta:\n      identifier: U-1\n  v: V.\n  o: O.\n  \
         e:\n    text: E.\n    assumed: true\n  ¬app(q): The argument q does not apply.\n  ¬t: 'It is not so that: T.'\n\
         issues:\n  issue-1:\n    positions:\n    - t\n    - ¬t\n    standard: BRD\n  \
         issue-2:\n    positions:\n    - a\n    - o\n\
         arguments:\n  r:\n    premises:\n    - a\n    - e\n    conclusion: t\n    undercutter: u_1\n    weight: 0.5\n  \
         q:\n    premises:\n    - a\n    conclusion: t\n    undercutter: ¬app(q)\n  \
         q.o1:\n    premises:\n    - u_1\n    - v\n    conclusion: ¬app(q)\n  \
         q.o2:\n    premises:\n    - v\n    conclusion: ¬app(q)\n  \
         k:\n    premises:\n    - o\n    conclusion: ¬t\n\
         tests:\n  out:\n  - u_1\n"
    );
    let read = again(&dossier, Format::Carneades);
    assert_eq!(read.problems, []);
    assert_eq!(read.graph.contradictions.len(), 2);
    let ids: Vec<&str> = read.map.statements.iter().map(|it| &*it.id).collect();
    assert_eq!(ids, ["t", "a", "U-1", "v", "o", "e", "not-app-q", "not-t"]);
}

/// A tree of claims: for each its parent, whether it is an objection, whether it is linked to the claim before it,
/// and whether it hangs under a step and not under its claim.
fn tree(claims: &[(usize, bool, bool, bool)]) -> String {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); claims.len() + 1];
    for (at, (parent, ..)) in claims.iter().enumerate() {
        below[parent % (at + 1)].push(at + 1);
    }
    let mut map = String::from("thesis: s0\nclaims:\n");
    for (at, children) in below.iter().enumerate() {
        let (mut reasons, mut objections) = (Vec::new(), Vec::new());
        let mut children = children.iter().peekable();
        while let Some(child) = children.next() {
            let (_, is_con, is_linked, _) = claims[child - 1];
            let mut premises = format!("s{child}");
            if let (true, false, Some(next)) = (is_linked, is_con, children.peek()) {
                write!(premises, ", s{next}").unwrap();
                children.next();
            }
            let undercut = children.next_if(|next| claims[*next - 1].3 && !is_con);
            let undercut = undercut.map_or(String::new(), |it| format!(", objections: [s{it}]"));
            let list = if is_con {
                &mut objections
            } else {
                &mut reasons
            };
            list.push(format!("{{premises: [{premises}]{undercut}}}"));
        }
        let (reasons, objections) = (reasons.join(", "), objections.join(", "));
        writeln!(
            map,
            "  s{at}: {{text: S{at}., reasons: [{reasons}], objections: [{objections}]}}"
        )
        .unwrap();
    }
    map
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn trees_survive_as_trees_goal_structures_and_arguments(
        claims in proptest::collection::vec((0..64_usize, any::<bool>(), any::<bool>(), any::<bool>()), 1..24),
    ) {
        let map = tree(&claims);
        let dossier = Dossier::open("m.yaml", map.clone().into(), &NoFiles);
        prop_assert_eq!(&dossier.problems, &[], "{}", &map);
        for format in [Format::Mindmup, Format::Gsn2x] {
            let read = again(&dossier, format);
            prop_assert_eq!(&read.problems, &[], "{}", format.name());
            prop_assert_eq!(texts(&read), texts(&dossier), "{}", format.name());
            prop_assert_eq!(steps(&read), steps(&dossier), "{}\n{}", format.name(), &map);
        }
        let read = again(&dossier, Format::Carneades);
        prop_assert_eq!(&read.problems, &[]);
        let mut expected: Vec<String> = steps(&dossier).into_iter().map(|step| {
            // An undercutter is an objection to the step, and an objection is a reason for the opposite.
            match step.split_once(" objection of \"") {
                Some((premises, target)) => format!("{premises} reason of \"It is not so that: {target}"),
                None => step,
            }
        }).collect();
        expected.sort();
        prop_assert_eq!(steps(&read), expected, "{}", &map);
    }

    /// Texts with everything that means something somewhere.
    #[test]
    fn hostile_texts_survive(words in proptest::collection::vec(
        prop_oneof![
            Just("[A]:"), Just("<B>"), Just("<!-- c"), Just("-->"), Just("// x"), Just("/* y"), Just("#tag"),
            Just("#(t)"), Just("{a: 1}"), Just("@[A]"), Just("**b**"), Just("_c_"), Just("\\"), Just("]]>"),
            Just("</script>"), Just("\"q\""), Just("'"), Just("1.1. Pro:"), Just("-> See 1."), Just("(1)"),
            Just("+"), Just("--"), Just(":A:"), Just(".E."), Just("\u{202e}x"), Just("日本"), Just("e\u{301}"),
            Just("🙂"), Just("==="), Just("a"), Just("http://x.example/y_z"), Just("==[x](http://y)"),
        ],
        1..8,
    )) {
        let text = words.join(" ");
        let quoted = serde_json::to_string(&text).unwrap();
        let map = format!("thesis: {{id: t, claim: {quoted}, reasons: [[a, b]], objections: [o]}}\nclaims: {{a: {quoted}, b: {{text: {quoted}}}, o: \"o {}\"}}\n", quoted.trim_matches('"'));
        let dossier = Dossier::open("m.yaml", map.clone().into(), &NoFiles);
        prop_assume!(dossier.map.statements.len() == 4);
        for format in Format::ALL {
            let read = again(&dossier, format);
            prop_assert_eq!(&read.problems, &[], "{}\n{}", format.name(), write(&dossier, format).text);
            // An objection is for the opposite of what it is to, which is one statement more.
            let is_more = format == Format::Carneades;
            let read = texts(&read).into_iter();
            let read: Vec<String> = read.filter(|it| !is_more || !it.starts_with("It is not so that: ")).collect();
            prop_assert_eq!(read, texts(&dossier), "{}\n{}", format.name(), write(&dossier, format).text);
        }
    }
}
