//! The JSON Schema and the reader agree on the shape of every document, valid or not.

use std::sync::LazyLock;

use grounds::model::{Problem, ProblemKind};
use grounds::read::read;
use grounds::source::NoFiles;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::project;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = std::fs::read_to_string(project("schemas/argument-map.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

/// Whether a fault is one of shape, which a schema can see; references and files are beyond it.
fn is_of_shape(problem: &Problem) -> bool {
    matches!(
        problem.kind,
        ProblemKind::UnknownKey { .. }
            | ProblemKind::Missing(_)
            | ProblemKind::WrongType { .. }
            | ProblemKind::InvalidValue { .. }
            | ProblemKind::EmptyText { .. }
    )
}

/// Both verdicts on a document, as "valid" or what is wrong.
fn verdicts(document: &Value) -> (Vec<String>, Vec<String>) {
    let yaml = serde_yaml::to_string(document).unwrap();
    let reading = read("m.yaml", yaml.into_bytes(), &NoFiles);
    let reader = reading
        .problems
        .iter()
        .filter(|problem| is_of_shape(problem));
    let reader = reader
        .map(|problem| format!("{:?}", problem.kind))
        .collect();
    let schema = SCHEMA
        .iter_errors(document)
        .map(|error| error.to_string())
        .collect();
    (reader, schema)
}

fn assert_agreement(document: &Value) {
    let (reader, schema) = verdicts(document);
    assert!(
        reader.is_empty() == schema.is_empty(),
        "{}\nreader: {reader:#?}\nschema: {schema:#?}",
        serde_yaml::to_string(document).unwrap()
    );
}

/// A text, now and then one that YAML could take for something else.
fn text() -> impl Strategy<Value = Value> {
    let odd = vec![
        json!("no"),
        json!("1.10"),
        json!("null"),
        json!("~"),
        json!(2024),
        json!(1.5),
        json!(true),
        json!("a: b"),
        json!("- x"),
        json!("two\nlines"),
        json!("# not a comment"),
        json!("*star"),
    ];
    prop_oneof![4 => "[A-Z][a-z]{1,8} [a-z]{1,8}".prop_map(Value::from), 1 => select(odd)]
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-d][0-9]?", 1 => select(vec!["é-1".to_owned(), "犬".into(), "1.5".into(), "नि".into()])]
}

fn reference() -> impl Strategy<Value = Value> {
    prop_oneof![6 => id().prop_map(Value::from), 1 => id().prop_map(|id| json!(format!("other/{id}")))]
}

fn one_or_more(
    item: impl Strategy<Value = Value> + Clone + 'static,
) -> impl Strategy<Value = Value> {
    prop_oneof![
        item.clone(),
        prop::collection::vec(item, 0..3).prop_map(Value::from)
    ]
}

fn allow() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        text().prop_map(|why| json!({"unsupported-claim": why})),
    ]
}

fn citation() -> impl Strategy<Value = Value> + Clone {
    let id = || id().prop_map(Value::from);
    prop_oneof![
        id(),
        (id(), "p. [1-9]").prop_map(|(id, at)| json!({"id": id, "at": at}))
    ]
    .boxed()
}

/// The keys that statements have in every place, each there or not.
fn statement_keys() -> impl Strategy<Value = Map<String, Value>> {
    let terms = select(vec![
        json!(0),
        json!(1),
        json!(0.25),
        json!("likely"),
        json!("almost-certain"),
    ]);
    let standards = select(vec![json!("preponderance"), json!("scintilla")]);
    let some = prop::option::weighted::<BoxedStrategy<Value>>;
    (
        some(0.2, text().boxed()),
        some(0.2, one_or_more(citation()).boxed()),
        some(0.2, terms.boxed()),
        some(0.2, standards.boxed()),
        some(0.1, one_or_more(reference().boxed()).boxed()),
        some(0.1, any::<bool>().prop_map(Value::from).boxed()),
        some(
            0.2,
            prop::collection::vec(text(), 0..3)
                .prop_map(Value::from)
                .boxed(),
        ),
        some(0.1, allow().boxed()),
    )
        .prop_map(
            |(label, source, strength, standard, restates, implicit, tags, allow)| {
                let keys = [
                    "label", "source", "strength", "standard", "restates", "implicit", "tags",
                    "allow",
                ];
                let values = [
                    label, source, strength, standard, restates, implicit, tags, allow,
                ];
                let pairs = keys.into_iter().zip(values);
                pairs
                    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
                    .collect()
            },
        )
}

/// An inline statement or a scalar: what may be a premise.
fn premise(inferences: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let kind = select(vec!["claim", "evidence", "assumption"]);
    let inline = (
        kind,
        text(),
        statement_keys(),
        prop::option::of(id()),
        inferences,
    )
        .prop_map(|(kind, text, mut keys, id, inferences)| {
            keys.insert(kind.to_owned(), text);
            keys.extend(id.map(|id| ("id".to_owned(), Value::from(id))));
            keys.insert("reasons".to_owned(), inferences);
            Value::Object(keys)
        });
    prop_oneof![3 => reference(), 2 => "[A-Z][a-z]+ [a-z]+".prop_map(Value::from), 3 => inline]
        .boxed()
}

fn inferences(depth: usize) -> BoxedStrategy<Value> {
    if depth == 0 {
        return select(vec![Value::Null, json!([])]).boxed();
    }
    let premise = premise(inferences(depth - 1));
    let linked = prop::collection::vec(premise.clone(), 1..3).prop_map(Value::from);
    let premises = prop_oneof![premise, linked].boxed();
    let weight = select(vec![json!(0), json!(0.5), json!(1)]);
    let long = (
        premises.clone(),
        prop::option::of(text()),
        weight,
        inferences(depth - 1),
    )
        .prop_map(|(premises, warrant, weight, undercuts)| {
            let mut keys = Map::new();
            keys.insert("premises".to_owned(), premises);
            keys.extend(warrant.map(|warrant| ("warrant".to_owned(), warrant)));
            keys.insert("weight".to_owned(), weight);
            keys.insert("objections".to_owned(), undercuts);
            Value::Object(keys)
        });
    let item = prop_oneof![3 => premises, 1 => long];
    prop::collection::vec(item, 0..3)
        .prop_map(Value::from)
        .boxed()
}

fn section() -> impl Strategy<Value = Value> {
    let long =
        (text(), statement_keys(), inferences(1)).prop_map(|(text, mut keys, inferences)| {
            keys.insert("text".to_owned(), text);
            keys.insert("objections".to_owned(), inferences);
            Value::Object(keys)
        });
    let statement = prop_oneof![text(), long];
    let entries = prop::collection::btree_map(id(), statement, 0..3);
    prop_oneof![1 => Just(Value::Null), 4 => entries.prop_map(|map| Value::Object(map.into_iter().collect()))]
}

fn sources() -> impl Strategy<Value = Value> {
    let fields = select(vec![
        json!({}),
        json!({"author": ["A", "B"]}),
        json!({"publisher": {"name": "P", "location": null}}),
        json!({"sha256": "0".repeat(64)}),
        json!({"reliability": "B"}),
        json!({"derived-from": ["a", "b"]}),
        json!({"date": 2024, "file": "a.txt", "accessed": "2024-01-01", "type": "report"}),
    ]);
    let source = (text(), fields).prop_map(|(title, mut fields)| {
        fields["title"] = title;
        fields
    });
    prop::collection::btree_map(id(), source, 0..3)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// A document of the right shape.
fn document() -> impl Strategy<Value = Value> {
    let thesis = premise(inferences(2));
    let thesis = prop_oneof![3 => thesis.clone(), 1 => prop::collection::vec(thesis, 1..3).prop_map(Value::from)];
    (
        thesis,
        section(),
        section(),
        sources(),
        prop::option::of(text()),
        allow(),
    )
        .prop_map(|(thesis, claims, evidence, sources, title, allow)| {
            let mut document = json!({
                "format": 1, "thesis": thesis, "claims": claims, "evidence": evidence,
                "sources": sources, "allow": allow, "expect": {"accepted": ["a"], "rejected": null},
            });
            if let Some(title) = title {
                document["title"] = title;
            }
            document
        })
}

/// What a value may be replaced by.
fn junk() -> impl Strategy<Value = Value> {
    select(vec![
        Value::Null,
        json!(""),
        json!("  "),
        json!([]),
        json!({}),
        json!([[]]),
        json!(2),
        json!(-0.5),
        json!(true),
        json!("a b"),
        json!(" a"),
        json!("a/b/c"),
        json!("not!an!id"),
        json!("x".repeat(65)),
        json!({"claim": "a b"}),
        json!({"claim": "a b", "evidence": "c d"}),
        json!({"text": "a b"}),
        json!({"premises": []}),
        json!({"premises": ["a"], "scheme": "x"}),
        json!({"premises": {"premises": "a"}}),
        json!({"weight": 0.5}),
        json!({"id": "a"}),
        json!({"id": "a", "at": null}),
        json!([null]),
        json!("likely"),
        json!(" likely"),
        json!("0.5"),
        json!({"title": "t", "titel": "u"}),
        json!({"unknown": 1}),
    ])
}

/// What happens to a key.
#[derive(Clone, Debug)]
enum Mutation {
    Replace(Value),
    Remove,
    Rename(&'static str),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let names = vec![
        "clam", "text", "claim", "premises", "id", "thesis", "reasons", "reason", "title", "weight",
    ];
    prop_oneof![
        4 => junk().prop_map(Mutation::Replace),
        1 => Just(Mutation::Remove),
        2 => select(names).prop_map(Mutation::Rename),
    ]
}

/// Applies a mutation to the value that is `steps` values into the document.
fn mutate(value: &mut Value, steps: &mut usize, mutation: &Mutation) -> bool {
    match value {
        Value::Object(map) => {
            let keys: Vec<String> = map.keys().cloned().collect();
            for key in keys {
                if *steps == 0 {
                    apply_to_key(map, &key, mutation);
                    return true;
                }
                *steps -= 1;
                if mutate(&mut map[&key], steps, mutation) {
                    return true;
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                if *steps == 0 {
                    if let Mutation::Replace(by) = mutation {
                        *item = by.clone();
                    }
                    return true;
                }
                *steps -= 1;
                if mutate(item, steps, mutation) {
                    return true;
                }
            }
        }
        _ => {}
    }
    false
}

fn apply_to_key(map: &mut Map<String, Value>, key: &str, mutation: &Mutation) {
    let old = map.remove(key).unwrap_or_default();
    match mutation {
        Mutation::Replace(by) => drop(map.insert(key.to_owned(), by.clone())),
        Mutation::Remove => {}
        Mutation::Rename(name) => drop(map.insert((*name).to_owned(), old)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_schema_and_the_reader_accept_every_document_of_the_right_shape(document in document()) {
        let (reader, schema) = verdicts(&document);
        prop_assert!(reader.is_empty() && schema.is_empty(), "{document:#}\n{reader:#?}\n{schema:#?}");
    }

    #[test]
    fn the_schema_and_the_reader_agree_on_mutated_documents(
        mut document in document(),
        mutations in prop::collection::vec((0usize..60, mutation()), 1..3),
    ) {
        for (mut steps, mutation) in mutations {
            mutate(&mut document, &mut steps, &mutation);
        }
        assert_agreement(&document);
    }
}

#[test]
fn both_verdicts_occur_among_the_hand_made_documents() {
    let valid = json!({"thesis": "Coffee is healthy"});
    assert_eq!(verdicts(&valid), (vec![], vec![]));
    for invalid in [
        json!({}),
        json!([]),
        json!({"thesis": null}),
        json!({"thesis": "a", "titel": "b"}),
    ] {
        let (reader, schema) = verdicts(&invalid);
        assert!(
            !reader.is_empty() && !schema.is_empty(),
            "{invalid}: {reader:?} {schema:?}"
        );
    }
}
