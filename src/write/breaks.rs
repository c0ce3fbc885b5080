//! YAML as `serde_yaml` writes it, but for texts with the line breaks that only YAML 1.1 had.

use serde_yaml::{Mapping, Value};

/// Each with its escape. `serde_yaml` leaves them as they are and indents what follows, so that the text does not read
/// back as it was.
const BREAKS: [(char, &str); 3] = [
    ('\u{85}', "\\u0085"),
    ('\u{2028}', "\\u2028"),
    ('\u{2029}', "\\u2029"),
];
/// A character that makes `serde_yaml` write a text in double quotes, and its escape there.
const MARK: (char, &str) = ('\u{fffe}', "\\uFFFE");

/// Writes a document so that every text reads back as it is. Linear in it, and in the marks that its texts have.
pub(super) fn to_text(document: &Value) -> String {
    let text = plain(document);
    if !has_break(&text) {
        return text;
    }
    // The first number that follows the mark in no text.
    let mut number = 0;
    while text.contains(&format!("{}{number}.", MARK.1)) {
        number += 1;
    }
    let mut marked = plain(&mark(document, number));
    for (at, (_, escape)) in BREAKS.iter().enumerate() {
        marked = marked.replace(&format!("{}{number}.{at}", MARK.1), escape);
    }
    marked
}

fn plain(document: &Value) -> String {
    serde_yaml::to_string(document).expect("texts, numbers and lists of them can be written")
}

fn has_break(text: &str) -> bool {
    text.contains(BREAKS.map(|(c, _)| c))
}

/// The value with a mark for each break. Recurses along it, as writing it does.
fn mark(value: &Value, number: usize) -> Value {
    match value {
        Value::String(text) if has_break(text) => {
            let marks = BREAKS.iter().enumerate();
            let marked = marks.fold(text.clone(), |text, (at, (c, _))| {
                text.replace(*c, &format!("{}{number}.{at}", MARK.0))
            });
            marked.into()
        }
        Value::Sequence(items) => {
            Value::Sequence(items.iter().map(|item| mark(item, number)).collect())
        }
        Value::Mapping(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| (mark(key, number), mark(value, number)));
            Value::Mapping(entries.collect::<Mapping>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_breaks_of_yaml_1_1_are_written_with_escapes() {
        let text = to_text(&Value::from("one\u{2028}two \"three\"\u{2029}."));
        assert_eq!(text, "\"one\\u2028two \\\"three\\\"\\u2029.\"\n");
        // Where there is a control character, too, `serde_yaml` writes escapes of its own.
        let value = Value::from("one\u{2028}two\u{85}\u{2029}.");
        let text = to_text(&value);
        assert!(!has_break(&text), "{text}");
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn no_other_text_changes() {
        let texts = [
            "\u{fffe}0.1",
            "\\uFFFE1.0",
            "a: b",
            "a\nb",
            "x\u{2029}\u{fffe}2.0",
        ];
        let list = Value::Sequence(texts.map(Value::from).to_vec());
        let text = to_text(&list);
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), list);
        assert!(!has_break(&text), "{text}");
    }
}
