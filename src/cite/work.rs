//! A source of a map as a work that `hayagriva` can cite.

use hayagriva::{Entry, Library, types::EntryType};
use serde_json::{Map, Value, json};

use crate::model::{FieldValue, Source, is_marked_up, part_of_field};

/// What is cited where nobody says of which kind it is.
const USUAL_TYPE: &str = "misc";
/// Names by which works are known elsewhere, which Hayagriva keeps together.
const SERIAL_NUMBERS: [&str; 3] = ["doi", "isbn", "issn"];
/// Fields that hold names of people.
const NAMES: [&str; 3] = ["author", "editor", "names"];

/// The work under its index as key, with every field that can be read; linear in its fields.
///
/// A date that is no date gives its year, and names that are no names stand as they are written.
pub(super) fn entry(key: usize, source: &Source) -> Entry {
    let key = key.to_string();
    let fields = fields(source);
    if let Some(entry) = read(&key, fields.clone()) {
        return entry;
    }
    let mut sound = Map::new();
    for (name, value) in fields {
        let candidates = [Some(value.clone()), rescued(&name, &value)];
        let is_sound = |value: &Value| {
            let mut alone = Map::new();
            alone.insert("type".to_owned(), json!(USUAL_TYPE));
            alone.insert(name.clone(), value.clone());
            read(&key, alone).is_some()
        };
        if let Some(value) = candidates.into_iter().flatten().find(is_sound) {
            sound.insert(name, value);
        }
    }
    sound.entry("type").or_insert(json!(USUAL_TYPE));
    read(&key, sound).unwrap_or_else(|| {
        let mut entry = Entry::new(&key, EntryType::Misc);
        entry.set_title(source.title.value.clone().into());
        entry
    })
}

fn read(key: &str, fields: Map<String, Value>) -> Option<Entry> {
    let works = Map::from_iter([(key.to_owned(), Value::Object(fields))]);
    let library: Library = serde_json::from_value(Value::Object(works)).ok()?;
    library.get(key).cloned()
}

/// What a field that cannot be read still says.
fn rescued(name: &str, value: &Value) -> Option<Value> {
    match (name, value) {
        ("date", Value::String(text)) => year(text).map(Value::from),
        ("url", Value::Object(parts)) => parts.get("value").cloned(),
        (_, Value::String(text)) if NAMES.contains(&name) => Some(json!({ "name": text })),
        (_, Value::Array(names)) if NAMES.contains(&name) => {
            let names = names.iter().map(|name| match name {
                Value::String(text) => json!({ "name": text }),
                other => other.clone(),
            });
            Some(Value::Array(names.collect()))
        }
        _ => None,
    }
}

/// The first number of four digits.
fn year(text: &str) -> Option<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers.filter(|number| number.len() == 4);
    years.next()?.parse().ok()
}

fn fields(source: &Source) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("type".to_owned(), json!(USUAL_TYPE));
    if !source.title.value.is_empty() {
        let title = written("title", &source.title.value);
        fields.insert("title".to_owned(), title);
    }
    let mut numbers = Map::new();
    let mut accessed = None;
    for (name, field) in &source.fields {
        let name = name.value.as_str();
        match name {
            "accessed" => accessed = Some(field.to_line()),
            _ if SERIAL_NUMBERS.contains(&name) => {
                numbers.insert(name.to_owned(), json!(field.to_line()));
            }
            _ => {
                fields.insert(name.to_owned(), value(name, field));
            }
        }
    }
    if !numbers.is_empty() {
        match fields.get_mut("serial-number") {
            Some(Value::Object(known)) => known.extend(numbers),
            Some(Value::String(number)) => {
                numbers.insert("serial".to_owned(), json!(number));
                fields.insert("serial-number".to_owned(), Value::Object(numbers));
            }
            _ => {
                fields.insert("serial-number".to_owned(), Value::Object(numbers));
            }
        }
    }
    // CSL knows no organization, and a report's is who published it.
    if let (false, Some(name)) = (fields.contains_key("publisher"), fields.get("organization")) {
        let name = name.clone();
        fields.insert("publisher".to_owned(), name);
    }
    if let (Some(date), Some(Value::String(url))) = (accessed, fields.get("url")) {
        let url = json!({ "value": url, "date": date });
        fields.insert("url".to_owned(), url);
    }
    fields
}

/// A field's value; recurses no deeper than the reader of fields lets them nest.
fn value(name: &str, field: &FieldValue) -> Value {
    match field {
        // Without a comma it may be an organization, of which Hayagriva would take "of" for the start of a surname.
        FieldValue::Text(text) if NAMES.contains(&name) && !text.contains(',') => {
            json!({ "name": text })
        }
        FieldValue::Text(text) => written(name, text),
        FieldValue::List(items) => items.iter().map(|item| value(name, item)).collect(),
        FieldValue::Map(parts) => {
            let part = |(part, field): &(String, FieldValue)| {
                (part.clone(), value(part_of_field(name, part), field))
            };
            Value::Object(parts.iter().map(part).collect())
        }
    }
}

/// A text for Hayagriva, which would take some signs for its markup.
fn written(name: &str, text: &str) -> Value {
    if !is_marked_up(name) || !text.contains(['\\', '{', '}', '$']) {
        return json!(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '{' | '}' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    json!(escaped)
}
