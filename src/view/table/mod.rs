//! Lists of what is in a map: a [`Query`] asks, a [`Table`] answers.
//!
//! A cell is data, not text: each format of [`crate::render::table`] decides how a list or a number looks.

mod cell;
mod coverage;
mod matrix;
mod objections;
mod query;
mod reviews;
mod sources;
mod statements;
mod stats;
mod verdicts;

pub use cell::{Cell, Meaning, Value};
pub use query::{Query, QueryError};
pub use stats::Counted;

use std::borrow::Cow;

use super::facts::Facts;
use crate::analysis::Dossier;

/// Rows about one kind of thing in a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The name of what is listed, for programs: that of a view, or of the command that lists.
    pub name: &'static str,
    /// The map's title.
    pub title: String,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Rows that sum up the others, with a cell for each column, too.
    pub foot: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name for queries and in JSON; never changed.
    pub key: Cow<'static, str>,
    /// Its heading for readers.
    pub header: Cow<'static, str>,
    /// On which side its cells stand.
    pub align: Align,
}

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where reading begins: texts.
    Left,
    /// At the far side: numbers.
    Right,
}

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// All statements.
    Statements,
    /// The pieces of evidence, with what they come from.
    Evidence,
    /// The works cited.
    Sources,
    /// The claims that rest on nothing.
    Unsupported,
    /// The objections, and what answers them.
    Objections,
    /// How the evidence bears on each thesis: an analysis of competing hypotheses.
    Matrix,
}

/// A column and how its cells come about.
struct Spec {
    /// The name for queries; never changed.
    key: &'static str,
    header: &'static str,
    align: Align,
    /// The words that its cells may hold, where the list is closed.
    words: &'static [&'static str],
    cells: Cells,
    /// Whether its cells say what is in the files of the sources.
    reads_files: bool,
}

/// How the cells of a column come about.
#[derive(Clone, Copy)]
enum Cells {
    /// The cell for the thing of that index.
    One(fn(&Facts<'_>, usize) -> Cell),
    /// In fact a column for each thesis: the cell for the thing of that index and the thesis of that number.
    EachThesis(fn(&Facts<'_>, usize, usize) -> Cell),
}

impl Table {
    /// The whole of a view with its usual columns, in document order.
    pub fn of(dossier: &Dossier, view: View) -> Self {
        Query::new(view).table(dossier)
    }
}

impl View {
    /// All views, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Statements,
        Self::Evidence,
        Self::Sources,
        Self::Unsupported,
        Self::Objections,
        Self::Matrix,
    ];

    /// The names of [`View::ALL`].
    pub const NAMES: [&str; 6] = [
        "statements",
        "evidence",
        "sources",
        "unsupported",
        "objections",
        "matrix",
    ];

    /// The name that users write.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The view of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }

    /// The names of all columns that can be selected.
    pub fn column_keys(self) -> impl Iterator<Item = &'static str> {
        self.specs().iter().map(|spec| spec.key)
    }

    /// The columns that tell of each work what rests on it and how far it can be relied on.
    pub const AUDIT: [&str; 8] = [
        "id",
        "title",
        "cited-by",
        "statements",
        "quotes",
        "rating",
        "counts-as",
        "copy",
    ];

    /// The columns that are shown where nobody selects any.
    pub fn default_columns(self) -> &'static [&'static str] {
        match self {
            Self::Statements => &["id", "kind", "text", "status", "verdict", "source"],
            Self::Evidence => &["id", "text", "source", "at", "quote", "supports"],
            Self::Sources => &[
                "id",
                "title",
                "author",
                "date",
                "reliability",
                "cited-by",
                "where",
            ],
            Self::Unsupported => &["id", "kind", "text", "status", "place", "rests-on"],
            Self::Objections => &["id", "attack", "against", "text", "answered-by"],
            Self::Matrix => &["id", "text", "theses", "diagnostic"],
        }
    }

    fn specs(self) -> &'static [Spec] {
        match self {
            Self::Statements | Self::Evidence | Self::Unsupported | Self::Matrix => {
                statements::COLUMNS
            }
            Self::Sources => sources::COLUMNS,
            Self::Objections => objections::COLUMNS,
        }
    }

    /// The indices of what the view lists.
    fn items(self, facts: &Facts<'_>) -> Vec<usize> {
        match self {
            Self::Statements => statements::all(facts),
            Self::Evidence => statements::evidence(facts),
            Self::Unsupported => statements::unsupported(facts),
            Self::Matrix => statements::assumed(facts),
            Self::Sources => (0..facts.dossier.map.sources.len()).collect(),
            Self::Objections => objections::all(facts),
        }
    }
}

impl Spec {
    /// A column of texts.
    const fn text(
        key: &'static str,
        header: &'static str,
        cell: fn(&Facts<'_>, usize) -> Cell,
    ) -> Self {
        Self {
            key,
            header,
            align: Align::Left,
            words: &[],
            cells: Cells::One(cell),
            reads_files: false,
        }
    }

    /// A column of numbers.
    const fn number(
        key: &'static str,
        header: &'static str,
        cell: fn(&Facts<'_>, usize) -> Cell,
    ) -> Self {
        let mut spec = Self::text(key, header, cell);
        spec.align = Align::Right;
        spec
    }

    /// A column with a closed list of words.
    const fn word(
        key: &'static str,
        words: &'static [&'static str],
        cell: fn(&Facts<'_>, usize) -> Cell,
    ) -> Self {
        let mut spec = Self::text(key, key, cell);
        spec.words = words;
        spec
    }

    /// The same, told from the files of the sources.
    const fn reading_files(mut self) -> Self {
        self.reads_files = true;
        self
    }

    /// A column for each thesis, all with the same closed list of words.
    const fn each_thesis(
        key: &'static str,
        words: &'static [&'static str],
        cell: fn(&Facts<'_>, usize, usize) -> Cell,
    ) -> Self {
        Self {
            key,
            header: key,
            align: Align::Left,
            words,
            cells: Cells::EachThesis(cell),
            reads_files: false,
        }
    }

    /// The columns that a table has for it, by what they are for.
    fn columns(&self, facts: &Facts<'_>) -> Vec<Column> {
        match self.cells {
            Cells::One(_) => vec![Column {
                key: Cow::Borrowed(self.key),
                header: Cow::Borrowed(self.header),
                align: self.align,
            }],
            Cells::EachThesis(_) => {
                let map = &facts.dossier.map;
                let theses = facts.hypotheses().theses.iter();
                let column = |id: &String| Column {
                    // No other key has a dot.
                    key: Cow::Owned(format!("thesis.{id}")),
                    header: Cow::Owned(id.clone()),
                    align: self.align,
                };
                theses
                    .map(|thesis| column(&map.statement(*thesis).id))
                    .collect()
            }
        }
    }

    /// The cells of a row, as many as there are columns.
    fn row(&self, facts: &Facts<'_>, item: usize) -> Vec<Cell> {
        match self.cells {
            Cells::One(cell) => vec![cell(facts, item)],
            Cells::EachThesis(cell) => {
                let theses = 0..facts.hypotheses().theses.len();
                theses.map(|thesis| cell(facts, item, thesis)).collect()
            }
        }
    }

    /// What filters and sorting look at: of several cells a list.
    fn value(&self, facts: &Facts<'_>, item: usize) -> Value {
        match self.cells {
            Cells::One(cell) => cell(facts, item).value,
            Cells::EachThesis(_) => {
                let cells = self.row(facts, item).into_iter();
                Value::List(cells.map(|cell| cell.value.to_text()).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    const MAP: &str = "\
title: A bridge
article: echo
thesis:
  id: close
  claim: Close the bridge.
  tags: [city]
  reasons:
    - {id: deck, evidence: The deck is bad., source: {id: report, at: p. 9}, at: para 2}
    - premises: [detour, {assumption: Detours are fine., id: fine}]
      id: step
      objections: [{id: far, claim: It is far., objections: [{id: near, evidence: It is near., at: para 10}]}]
  objections: [{id: shops, claim: Shops would suffer., undeveloped: true}]
claims:
  detour: {text: The detour is short., tags: [city, traffic]}
sources:
  echo: {title: The Echo, date: 2024, url: 'https://example.org'}
  report: {title: Report, author: [A. One, B. Two], file: report.txt}
";

    fn rows(query: Result<Query, QueryError>) -> String {
        let dossier = Dossier::open("m.yaml", MAP.as_bytes().to_vec(), &NoFiles);
        assert_eq!(dossier.problems, []);
        let table = query.unwrap().table(&dossier);
        let row = |row: &Vec<Cell>| {
            let cells: Vec<String> = row.iter().map(|cell| cell.value.to_text()).collect();
            cells.join(" | ") + "\n"
        };
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn statements_have_their_counts_their_status_and_their_verdict() {
        let expected = "\
close | claim | Close the bridge. | grounded | accepted | \n\
deck | evidence | The deck is bad. | assumed | accepted | report
fine | assumption | Detours are fine. | assumed | accepted | \n\
far | claim | It is far. | unsupported | rejected | \n\
near | evidence | It is near. | assumed | accepted | echo
shops | claim | Shops would suffer. | undeveloped | rejected | \n\
detour | claim | The detour is short. | unsupported | rejected | \n";
        assert_eq!(rows(Ok(Query::new(View::Statements))), expected);
        let counts = Query::new(View::Statements).select(&["id", "for", "against"]);
        let counts = counts.and_then(|query| query.filter("id=close,far"));
        assert_eq!(rows(counts), "close | 2 | 1\nfar | 0 | 1\n");
    }

    #[test]
    fn evidence_says_where_it_is_from_and_what_it_is_for() {
        let expected = "\
deck | The deck is bad. | report | echo: para 2, report: p. 9 |  | close
near | It is near. | echo | para 10 |  | \n";
        assert_eq!(rows(Ok(Query::new(View::Evidence))), expected);
    }

    #[test]
    fn sources_count_the_statements_that_point_to_them() {
        let expected = "\
echo | The Echo |  | 2024 |  | 2 | https://example.org
report | Report | A. One, B. Two |  |  | 1 | report.txt
";
        assert_eq!(rows(Ok(Query::new(View::Sources))), expected);
    }

    #[test]
    fn unsupported_claims_have_their_place() {
        let query = Query::new(View::Unsupported).select(&["id", "status", "place"]);
        let expected = "\
far | unsupported | m.yaml:11:25
shops | undeveloped | m.yaml:12:21
detour | unsupported | m.yaml:14:3
";
        assert_eq!(rows(query), expected);
    }

    #[test]
    fn objections_say_what_they_attack_and_what_answers_them() {
        let expected = "\
close.o1 | rebuttal | close | Shops would suffer. | \n\
step.o1 | undercut | step | It is far. | near
far.o1 | rebuttal | far | It is near. | \n";
        let text = rows(Ok(Query::new(View::Objections)));
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        let mut expected: Vec<&str> = expected.lines().collect();
        expected.sort_unstable();
        assert_eq!(lines, expected);
    }

    #[test]
    fn filters_are_joined_and_their_values_are_alternatives() {
        let ids = |filters: &[&str]| {
            let query = Query::new(View::Statements).select(&["id"]);
            let query = filters.iter().try_fold(query.unwrap(), |q, f| q.filter(f));
            rows(query).replace('\n', " ")
        };
        assert_eq!(ids(&["kind=evidence, assumption"]), "deck fine near ");
        assert_eq!(ids(&["tag=city", "status=unsupported"]), "detour ");
        assert_eq!(ids(&["text~SHORT,shops"]), "shops detour ");
        assert_eq!(ids(&["source=report"]), "deck ");
        assert_eq!(ids(&["tag=nowhere"]), "");
    }

    #[test]
    fn sorting_is_stable_and_natural_and_puts_nothing_last() {
        let ids = |column: &str, descending| {
            let query = Query::new(View::Statements).select(&["id"]);
            rows(query.unwrap().sort(column, descending)).replace('\n', " ")
        };
        assert_eq!(ids("for", true), "close deck fine far near shops detour ");
        assert_eq!(ids("line", true), "detour shops far near fine deck close ");
        assert_eq!(ids("at", false), "deck near close fine far shops detour ");
        assert_eq!(ids("at", true), "near deck close fine far shops detour ");
    }

    #[test]
    fn faults_in_a_question_name_what_was_meant() {
        let of = |query: Result<Query, QueryError>| query.unwrap_err().to_string();
        let query = || Query::new(View::Statements);
        assert_eq!(
            of(query().select(&["id", "stauts"])),
            "the view `statements` has no column `stauts`; did you mean `status`?"
        );
        assert_eq!(
            of(Query::new(View::Unsupported).filter("kind=claims")),
            "`kind` is never `claims`; did you mean `claim`?"
        );
        assert_eq!(
            of(query().filter("kind=x")),
            "`kind` is never `x`; it can be `claim`, `evidence`, `assumption`"
        );
        assert_eq!(
            of(query().filter("claims")),
            "a filter is `column=value` or `column~word`, and `claims` is neither"
        );
        assert!(
            of(Query::new(View::Sources).sort("strength", true)).contains("it has `id`, `title`")
        );
    }

    #[test]
    fn every_view_has_its_name() {
        for view in View::ALL {
            assert_eq!(View::from_name(view.name()), Some(view));
        }
    }
}
