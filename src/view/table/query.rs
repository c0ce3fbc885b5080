//! What a user asks of a map: which view, which columns, which rows, in which order.

use std::fmt;

use super::{Cell, Spec, Table, View, matrix, sources};
use crate::analysis::Dossier;
use crate::model::near::nearest;
use crate::view::facts::Facts;

/// A question about a map, checked for sense before any map is read.
///
/// ```
/// use grounds::view::table::{Query, View};
///
/// let query = Query::new(View::Statements)
///     .select(&["id", "text"])?
///     .filter("kind=claim")?
///     .sort("against", true)?;
/// # Ok::<(), grounds::view::table::QueryError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    view: View,
    /// Indices into the view's columns.
    columns: Vec<usize>,
    filters: Vec<Filter>,
    sort: Option<Sort>,
    has_uncited: bool,
}

/// Rows that are wanted: those whose cell in one column is right.
#[derive(Clone, Debug, PartialEq)]
struct Filter {
    column: usize,
    test: Test,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// The cell, or an item of it, is one of these.
    Is(Vec<String>),
    /// The cell contains one of these, whatever the case; they are in lower case.
    Contains(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Sort {
    column: usize,
    descending: bool,
}

/// Why a question makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// The view has no such column.
    UnknownColumn {
        /// The name as written.
        name: String,
        /// The view.
        view: View,
        /// The nearest names, best first.
        near: Vec<&'static str>,
    },
    /// The column never holds such a word.
    UnknownValue {
        /// The column.
        column: &'static str,
        /// The word as written.
        value: String,
        /// The words that the column holds.
        words: &'static [&'static str],
    },
    /// A filter without `=` or `~`.
    NoOperator(String),
}

impl std::error::Error for QueryError {}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| format!("`{name}`")).collect()
        };
        match self {
            Self::UnknownColumn { name, view, near } if near.is_empty() => {
                let known: Vec<&str> = view.column_keys().collect();
                let (view, known) = (view.name(), quoted(&known).join(", "));
                write!(
                    f,
                    "the view `{view}` has no column `{name}`; it has {known}"
                )
            }
            Self::UnknownColumn { name, view, near } => {
                let (view, near) = (view.name(), quoted(near).join(" or "));
                write!(
                    f,
                    "the view `{view}` has no column `{name}`; did you mean {near}?"
                )
            }
            Self::UnknownValue {
                column,
                value,
                words,
            } => {
                let near = nearest(value, words.iter().copied());
                if near.is_empty() {
                    let words = quoted(words).join(", ");
                    write!(f, "`{column}` is never `{value}`; it can be {words}")
                } else {
                    let near = quoted(&near).join(" or ");
                    write!(f, "`{column}` is never `{value}`; did you mean {near}?")
                }
            }
            Self::NoOperator(filter) => write!(
                f,
                "a filter is `column=value` or `column~word`, and `{filter}` is neither"
            ),
        }
    }
}

impl Query {
    /// The whole of a view with its usual columns, in document order.
    pub fn new(view: View) -> Self {
        let known = view.specs();
        let position = |key: &&str| known.iter().position(|spec| spec.key == *key);
        let columns = view.default_columns().iter().map(position);
        Self {
            view,
            columns: columns
                .map(|at| at.expect("a view has its own usual columns"))
                .collect(),
            filters: Vec::new(),
            sort: None,
            has_uncited: false,
        }
    }

    /// The same with the entries of bibliographies that nothing cites, after the sources.
    #[must_use]
    pub fn with_uncited(mut self) -> Self {
        self.has_uncited = true;
        self
    }

    /// Whether the answer tells of the files of the sources, so that these must be looked through first.
    pub fn reads_files(&self) -> bool {
        let filters = self.filters.iter().map(|filter| filter.column);
        let sort = self.sort.iter().map(|sort| sort.column);
        let mut asked = self.columns.iter().copied().chain(filters).chain(sort);
        asked.any(|column| self.view.specs()[column].reads_files)
    }

    /// The same with these columns, in this order; with none, the usual ones stay.
    pub fn select<S: AsRef<str>>(mut self, columns: &[S]) -> Result<Self, QueryError> {
        if !columns.is_empty() {
            let find = |name: &S| self.column(name.as_ref());
            self.columns = columns.iter().map(find).collect::<Result<_, _>>()?;
        }
        Ok(self)
    }

    /// The same with works as a citation style writes them, in place of the columns that a style makes one of.
    #[must_use]
    pub fn in_style(mut self) -> Self {
        let (column, parts): (_, &[&str]) = match self.view {
            View::Sources => ("reference", &["title", "author", "date"]),
            _ => ("citation", &["source", "at"]),
        };
        let specs = self.view.specs();
        let is_part = |at: &usize| parts.contains(&specs[*at].key);
        let first = self.columns.iter().position(is_part);
        let written = specs.iter().position(|spec| spec.key == column);
        if let (Some(first), Some(written)) = (first, written) {
            self.columns.retain(|at| !is_part(at));
            self.columns.insert(first, written);
        }
        self
    }

    /// The same with only the rows that pass; several filters must all pass.
    ///
    /// `column=value` passes where the cell, or one item of a list, is the value; `column~word` where the cell
    /// contains the word in any case. A comma separates values of which one is enough.
    /// Any column can be asked for, shown or not; `tag` is another name for `tags`.
    pub fn filter(mut self, filter: &str) -> Result<Self, QueryError> {
        let Some(at) = filter.find(['=', '~']) else {
            return Err(QueryError::NoOperator(filter.to_owned()));
        };
        let (name, values) = (filter[..at].trim(), &filter[at + 1..]);
        let column = self.column(name)?;
        let values = values.split(',').map(str::trim);
        let test = if filter[at..].starts_with('~') {
            Test::Contains(values.map(str::to_lowercase).collect())
        } else {
            Test::Is(values.map(str::to_owned).collect())
        };
        let spec = &self.view.specs()[column];
        if let (Test::Is(values), false) = (&test, spec.words.is_empty()) {
            let is_strange = |value: &&String| !spec.words.contains(&value.as_str());
            if let Some(value) = values.iter().find(is_strange) {
                return Err(QueryError::UnknownValue {
                    column: spec.key,
                    value: value.clone(),
                    words: spec.words,
                });
            }
        }
        self.filters.push(Filter { column, test });
        Ok(self)
    }

    /// The same in the order of a column, shown or not: numbers by size, texts as people look them up.
    ///
    /// Rows that are equal there stay in document order; empty cells stand last in either direction.
    pub fn sort(mut self, column: &str, descending: bool) -> Result<Self, QueryError> {
        let column = self.column(column)?;
        self.sort = Some(Sort { column, descending });
        Ok(self)
    }

    /// The answer for one map.
    ///
    /// O(n + m) but for the sort; only the cells that are asked for are made.
    pub fn table(&self, dossier: &Dossier) -> Table {
        let facts = Facts::of(dossier);
        let specs = self.view.specs();
        let mut items = self.view.items(&facts);
        if self.has_uncited && self.view == View::Sources {
            items.extend(sources::uncited(&facts));
        }
        items.retain(|item| {
            self.filters
                .iter()
                .all(|filter| filter.passes(specs, &facts, *item))
        });
        if let Some(sort) = self.sort {
            items = sort.sorted(&specs[sort.column], &facts, items);
        }
        let shown: Vec<&Spec> = self.columns.iter().map(|at| &specs[*at]).collect();
        let row = |item: &usize| -> Vec<Cell> {
            let cells = shown.iter().flat_map(|spec| spec.row(&facts, *item));
            cells.collect()
        };
        Table {
            name: self.view.name(),
            title: dossier.title(),
            columns: shown.iter().flat_map(|spec| spec.columns(&facts)).collect(),
            rows: items.iter().map(row).collect(),
            foot: matrix::foot(&facts, &shown, &items),
        }
    }

    fn column(&self, name: &str) -> Result<usize, QueryError> {
        let key = if name == "tag" { "tags" } else { name };
        let found = self.view.specs().iter().position(|spec| spec.key == key);
        found.ok_or_else(|| QueryError::UnknownColumn {
            name: name.to_owned(),
            view: self.view,
            near: nearest(name, self.view.column_keys()),
        })
    }
}

impl Filter {
    fn passes(&self, specs: &[Spec], facts: &Facts<'_>, item: usize) -> bool {
        let value = specs[self.column].value(facts, item);
        match &self.test {
            Test::Contains(words) => {
                let text = value.to_text().to_lowercase();
                words.iter().any(|word| text.contains(word.as_str()))
            }
            Test::Is(wanted) => match &value {
                super::Value::List(items) => items.iter().any(|item| wanted.contains(item)),
                value => wanted.contains(&value.to_text()),
            },
        }
    }
}

impl Sort {
    fn sorted(self, spec: &Spec, facts: &Facts<'_>, items: Vec<usize>) -> Vec<usize> {
        let value = |item: usize| (spec.value(facts, item), item);
        let mut keyed: Vec<_> = items.into_iter().map(value).collect();
        keyed.sort_by(|(a, _), (b, _)| {
            a.is_empty().cmp(&b.is_empty()).then_with(|| {
                let order = a.order(b);
                if self.descending {
                    order.reverse()
                } else {
                    order
                }
            })
        });
        keyed.into_iter().map(|(_, item)| item).collect()
    }
}
