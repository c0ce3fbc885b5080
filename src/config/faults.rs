//! What is wrong in a `grounds.toml` or a profile, collected while it is read, and the questions that every part of it is asked.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::near::nearest;
use crate::source::SourceFile;

/// Something in a `grounds.toml`, or in a profile, that cannot be obeyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, as findings say it.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What is made of a text of TOML, else everything that is wrong with it, in its order.
pub(super) fn read<T>(
    text: &str,
    make: impl FnOnce(&DeTable<'_>, &mut Faults) -> T,
) -> Result<T, Vec<ConfigFault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults = Faults::default();
    for error in &errors {
        let message = format!("this is not TOML: {}", error.message());
        faults.fault(error.span().unwrap_or(0..0), message, None);
    }
    // What is left of a broken text would only repeat the fault in other words.
    if errors.is_empty() {
        let value = make(table.get_ref(), &mut faults);
        if faults.all.is_empty() {
            return Ok(value);
        }
    }
    let file = SourceFile::new("", text);
    faults.all.sort_by_key(|(at, _, _)| at.start);
    let placed = |(at, message, help): Fault| {
        let offset = u32::try_from(at.start).unwrap_or(u32::MAX);
        let position = file.position(offset);
        ConfigFault {
            line: position.line,
            column: position.column,
            message,
            help,
        }
    };
    Err(faults.all.into_iter().map(placed).collect())
}

/// A place in bytes, what is wrong there, and what to do.
pub(super) type Fault = (Range<usize>, String, Option<String>);

/// A value with its place.
pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) all: Vec<Fault>,
}

impl Faults {
    /// The entries of a table; none, and a fault, where the value is something else.
    pub(super) fn table<'v, 'i>(
        &mut self,
        what: &str,
        value: &'v Value<'i>,
    ) -> Vec<(&'v Spanned<toml::de::DeString<'i>>, &'v Value<'i>)> {
        if let DeValue::Table(table) = value.get_ref() {
            return table.iter().collect();
        }
        let section = format!("[{}]", what.trim_matches('`'));
        self.wrong_type(what, value, "a table", &section);
        Vec::new()
    }

    pub(super) fn one_of(
        &mut self,
        what: &str,
        value: &Value<'_>,
        choices: &[&'static str],
    ) -> Option<&'static str> {
        let listed = choices.join("`, `");
        let Some(name) = value.get_ref().as_str() else {
            let message = format!(
                "{what} is {}, and must be a text",
                type_name(value.get_ref())
            );
            self.fault(value.span(), message, Some(format!("one of `{listed}`")));
            return None;
        };
        let found = choices.iter().find(|choice| **choice == name);
        if found.is_none() {
            let message = format!("{what} cannot be `{name}`");
            let help = did_you_mean(name, choices).unwrap_or_else(|| format!("one of `{listed}`"));
            self.fault(value.span(), message, Some(help));
        }
        found.copied()
    }

    pub(super) fn integer(
        &mut self,
        what: &str,
        value: &Value<'_>,
        (least, most): (i64, i64),
    ) -> Option<i64> {
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(what, value, "a whole number", "240");
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("{what} must be from {least} to {most}");
            self.fault(value.span(), message, None);
        }
        number
    }

    pub(super) fn unknown_key(&mut self, at: Range<usize>, place: &str, key: &str, known: &[&str]) {
        let help = did_you_mean(key, known).unwrap_or_else(|| match known {
            [only] => format!("its only key is `{only}`"),
            known => format!("its keys are `{}`", known.join("`, `")),
        });
        self.fault(at, format!("{place} has no key `{key}`"), Some(help));
    }

    pub(super) fn wrong_type(
        &mut self,
        what: &str,
        value: &Value<'_>,
        expected: &str,
        example: &str,
    ) {
        let found = type_name(value.get_ref());
        let message = format!("{what} is {found}, and must be {expected}");
        self.fault(
            value.span(),
            message,
            Some(format!("for example `{example}`")),
        );
    }

    pub(super) fn fault(&mut self, at: Range<usize>, message: String, help: Option<String>) {
        self.all.push((at, message, help));
    }
}

/// The names that may have been meant.
pub(super) fn did_you_mean(name: &str, known: &[&str]) -> Option<String> {
    match nearest(name, known.iter().copied())[..] {
        [] => None,
        ref near => Some(format!("did you mean `{}`?", near.join("` or `"))),
    }
}

/// What a value is, in words.
fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
