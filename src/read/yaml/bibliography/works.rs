//! A work as `hayagriva` has it, as a source with fields.

use hayagriva::Entry;
use hayagriva::types::ChunkedString;
use serde_json::Value;

use crate::model::{FieldValue, Source, is_marked_up, part_of_field};
use crate::source::{Span, Spanned};

/// Gives a source what is known of a work; the place of every field is that of the source's id.
pub(super) fn fields_of(work: &Entry, source: &mut Source) {
    let Ok(Value::Object(fields)) = serde_json::to_value(work) else {
        return;
    };
    for (name, value) in fields {
        let Some(value) = field_value(&name, value) else {
            continue;
        };
        if name == "title" {
            source.title.value = value.to_line();
            continue;
        }
        let span = source.id_span;
        source.fields.push((Spanned { value: name, span }, value));
    }
}

/// Texts of a Hayagriva file without its markup, as some fields have it.
pub(super) fn without_markup(source: &mut Source) {
    source.title.value = plain(&source.title.value);
    for (name, value) in &mut source.fields {
        strip(&name.value, value);
    }
}

/// Strips a field; recurses no deeper than the reader of fields lets them nest.
fn strip(name: &str, value: &mut FieldValue) {
    match value {
        FieldValue::Text(text) => {
            if is_marked_up(name) {
                *text = plain(text);
            }
        }
        FieldValue::List(items) => items.iter_mut().for_each(|item| strip(name, item)),
        FieldValue::Map(parts) => {
            for (part, value) in parts {
                strip(part_of_field(name, part), value);
            }
        }
    }
}

/// Adds the dates of a BibTeX entry, as written; `text` gives a field's.
pub(super) fn dates(text: impl Fn(&str) -> Option<(String, Span)>, source: &mut Source) {
    let mut add = |name: &str, (value, span): (String, Span)| {
        if !value.is_empty() {
            let name = Spanned {
                value: name.to_owned(),
                span,
            };
            source.fields.push((name, FieldValue::Text(value)));
        }
    };
    let part = |name: &str| text(name).map(|(value, _)| value);
    if let Some(date) = text("date") {
        add("date", date);
    } else if let Some((year, span)) = text("year") {
        add("date", (date(year, part("month"), part("day")), span));
    }
    if let Some(accessed) = text("urldate") {
        add("accessed", accessed);
    }
}

/// A date in numbers, as far as its month is one that is known; else as written.
fn date(year: String, month: Option<String>, day: Option<String>) -> String {
    let Some(month) = month else {
        return year;
    };
    let Some(number) = month_number(&month) else {
        return format!("{month} {year}");
    };
    match day.and_then(|day| day.parse::<u8>().ok()) {
        Some(day) => format!("{year}-{number:02}-{day:02}"),
        None => format!("{year}-{number:02}"),
    }
}

fn month_number(month: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    if let Ok(number) = month.parse::<usize>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let start: String = month.chars().take(3).flat_map(char::to_lowercase).collect();
    let is_word = month.chars().all(|c| c.is_alphabetic() || c == '.');
    let found = MONTHS.iter().position(|known| *known == start)?;
    is_word.then_some(found + 1)
}

fn field_value(name: &str, value: Value) -> Option<FieldValue> {
    match value {
        Value::Null => None,
        Value::Bool(flag) => Some(FieldValue::Text(flag.to_string())),
        Value::Number(number) => Some(FieldValue::Text(number.to_string())),
        Value::String(text) if is_marked_up(name) => Some(FieldValue::Text(plain(&text))),
        Value::String(text) => Some(FieldValue::Text(text)),
        Value::Array(items) => {
            let items = items.into_iter();
            let items = items.filter_map(|item| field_value(name, item));
            Some(FieldValue::List(items.collect()))
        }
        Value::Object(parts) => {
            let parts = parts.into_iter().filter_map(|(part, value)| {
                let value = field_value(part_of_field(name, &part), value)?;
                Some((part, value))
            });
            Some(FieldValue::Map(parts.collect()))
        }
    }
}

/// A text without Hayagriva's markup; as it is where that is not well formed.
fn plain(text: &str) -> String {
    match text.parse::<ChunkedString>() {
        Ok(chunks) => chunks.0.into_iter().map(|chunk| chunk.value).collect(),
        Err(_) => text.to_owned(),
    }
}
