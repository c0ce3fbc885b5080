//! Cells: values before they have a syntax, and their order.

use std::cmp::Ordering;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// What that means to the reader, for formats with colour or classes.
    pub meaning: Option<Meaning>,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing: the map does not say.
    #[default]
    Nothing,
    /// A text; it may have several lines.
    Text(String),
    /// How many.
    Count(usize),
    /// A measure.
    Number(f64),
    /// Whether it is so.
    Flag(bool),
    /// Several texts; empty for none.
    List(Vec<String>),
}

/// What a cell means to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The name of what the row is about.
    Name,
    /// It is well.
    Sound,
    /// It should be settled.
    Failing,
    /// It is open, and its author says so.
    Open,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into()).into()
    }

    /// A text that may be absent.
    pub fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or_else(Self::default, Self::text)
    }

    /// Several texts.
    pub fn list(items: impl IntoIterator<Item = String>) -> Self {
        Value::List(items.into_iter().collect()).into()
    }

    /// The same with a meaning.
    #[must_use]
    pub fn meaning(mut self, meaning: Meaning) -> Self {
        self.meaning = Some(meaning);
        self
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self {
            value,
            meaning: None,
        }
    }
}

impl Value {
    /// The value as a reader sees it: lists joined by commas, nothing as an empty text.
    pub fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::List(items) => items.join(", "),
        }
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Count(_) | Self::Number(_) | Self::Flag(_) => false,
        }
    }

    /// The order for readers: numbers by size and before texts, texts as people look them up, lists item by item.
    ///
    /// It says nothing of empty values, which stand last in either direction.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => natural_order(&self.to_text(), &other.to_text()),
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a map has far fewer things than an f64 counts exactly"
    )]
    fn number(&self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(*count as f64),
            Self::Number(number) => Some(*number),
            Self::Flag(flag) => Some(f64::from(u8::from(*flag))),
            _ => None,
        }
    }
}

/// The order in which people look things up: case does not count, and digits are read as numbers (`p. 9` before `p. 14`).
///
/// Texts that are equal so far are put in the order of their characters, so that the order is total.
fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(l), Some(r)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        let order = if l.is_ascii_digit() && r.is_ascii_digit() {
            let (l, r) = (take_digits(&mut left), take_digits(&mut right));
            l.len().cmp(&r.len()).then_with(|| l.cmp(r))
        } else {
            (left, right) = (&left[l.len_utf8()..], &right[r.len_utf8()..]);
            l.to_lowercase().cmp(r.to_lowercase())
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Takes the number that a text starts with, without leading zeros.
fn take_digits<'t>(text: &mut &'t str) -> &'t str {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by(|a, b| natural_order(a, b));
        texts
    }

    #[test]
    fn digits_are_read_as_numbers_and_case_does_not_count() {
        assert_eq!(
            sorted(vec!["p. 14", "p. 9", "P. 10", "e10", "e2", "e02", "e"]),
            ["e", "e02", "e2", "e10", "p. 9", "P. 10", "p. 14"]
        );
        assert_eq!(
            sorted(vec![
                "99999999999999999999999",
                "100000000000000000000000",
                "7"
            ]),
            ["7", "99999999999999999999999", "100000000000000000000000"]
        );
    }

    #[test]
    fn numbers_stand_before_words() {
        let number = Value::Number(0.5);
        assert!(number.order(&Value::Text("likely".to_owned())).is_lt());
        assert!(Value::Count(2).order(&Value::Count(10)).is_lt());
    }
}
