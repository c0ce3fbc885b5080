//! The YAML tree holds the values that an independent YAML reader finds in the same text.

use std::fmt::Write as _;

use grounds::source::{FileId, SourceFile};
use grounds::syntax::{NodeId, Tree, Value, parse};
use proptest::prelude::*;

/// Asserts that a text reads the same here and by `serde_yaml`; texts that it refuses are passed over.
///
/// Gives whether the text was compared.
pub(crate) fn assert_same_values(name: &str, text: &str) -> bool {
    let Ok(expected) = serde_yaml::from_str::<serde_yaml::Value>(text) else {
        return false;
    };
    let file = SourceFile::new(name, text);
    let (tree, errors) = parse(FileId(0), &file);
    assert!(errors.is_empty(), "{name}: {errors:?}");
    match tree.root() {
        Some(root) => assert_same(&tree, root, &expected, name),
        None => assert!(expected.is_null(), "{name}: nothing was read"),
    }
    true
}

fn assert_same(tree: &Tree<'_>, id: NodeId, expected: &serde_yaml::Value, name: &str) {
    use serde_yaml::Value as Yaml;
    let place = tree.span(id);
    match (tree.value(id), expected) {
        (Value::Sequence(items), Yaml::Sequence(others)) => {
            assert_eq!(items.len(), others.len(), "{name} {place:?}");
            for (item, other) in items.iter().zip(others) {
                assert_same(tree, *item, other, name);
            }
        }
        (Value::Mapping(entries), Yaml::Mapping(others)) => {
            assert_eq!(entries.len(), others.len(), "{name} {place:?}");
            for (entry, (key, value)) in entries.iter().zip(others) {
                assert_same(tree, entry.key, key, name);
                assert_same(tree, entry.value, value, name);
            }
        }
        (Value::Scalar(scalar), Yaml::String(text)) => {
            assert_eq!(scalar.text, *text, "{name} {place:?}");
        }
        (Value::Scalar(scalar), Yaml::Null) => assert!(scalar.is_null(), "{name} {place:?}"),
        (Value::Scalar(scalar), Yaml::Bool(value)) => {
            assert_eq!(
                scalar.text.to_lowercase(),
                value.to_string(),
                "{name} {place:?}"
            );
        }
        (Value::Scalar(scalar), Yaml::Number(_)) => {
            assert!(
                scalar
                    .text
                    .contains(|c: char| c.is_ascii_digit() || c == '.'),
                "{name} {place:?}"
            );
        }
        (_, other) => panic!("{name} {place:?}: another value was expected: {other:?}"),
    }
}

/// A value of any shape, three levels deep.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i32>().prop_map(serde_json::Value::from),
        "[ -~é犬\n\t]{0,20}".prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(3, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[a-z: #-]{1,6}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_that_another_writer_wrote_read_the_same(value in value()) {
        let text = serde_yaml::to_string(&value).unwrap();
        assert!(assert_same_values("generated", &text));
    }

    #[test]
    fn no_text_makes_the_parser_panic_and_every_span_lies_in_it(text in "[ -~é\n\t]{0,80}|[\\[\\]{}:,&*!|>'\"%#a \n-]{0,60}") {
        let file = SourceFile::new("generated", text.as_str());
        let (tree, errors) = parse(FileId(0), &file);
        for span in errors.iter().map(|error| error.span).chain(tree.root().map(|root| tree.span(root))) {
            prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
    }
}

#[test]
fn what_stands_before_a_syntax_error_is_kept() {
    let file = SourceFile::new("m", "a: 1\nb: [x, {c: d\ne: 'f");
    let (tree, errors) = parse(FileId(0), &file);
    assert_eq!(errors.len(), 1);
    let root = tree.root().unwrap();
    let Value::Mapping(entries) = tree.value(root) else {
        panic!("a mapping was expected")
    };
    let keys: Vec<_> = entries
        .iter()
        .map(|e| tree.scalar(e.key).unwrap().text.to_string())
        .collect();
    assert_eq!(keys, ["a", "b"]);
    assert!(tree.node(root).incomplete);
}

#[test]
fn comments_are_kept_with_their_places() {
    let text = "# above\na: 1 # beside\n# last\n";
    let file = SourceFile::new("m", text);
    let (tree, _) = parse(FileId(0), &file);
    let comments: Vec<_> = tree
        .comments()
        .iter()
        .map(|c| (&text[c.span.range()], c.trailing))
        .collect();
    assert_eq!(
        comments,
        [("# above", false), ("# beside", true), ("# last", false)]
    );
}

#[test]
fn aliases_read_as_the_value_of_their_anchor() {
    assert!(assert_same_values(
        "m",
        "a: &x [1, {b: two words}]\nc: *x\nd: [*x, *x]\n"
    ));
}

#[test]
fn aliases_that_would_unfold_beyond_the_limit_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = level - 1;
        let aliases = vec![format!("*a{below}"); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let file = SourceFile::new("m", text);
    let (tree, errors) = parse(FileId(0), &file);
    assert!(tree.root().is_none());
    assert_eq!(errors.len(), 1);
}

#[test]
fn an_alias_inside_its_own_anchor_is_an_error_and_no_hang() {
    let file = SourceFile::new("m", "a: &a [*a]\n");
    assert_eq!(parse(FileId(0), &file).1.len(), 1);
}
