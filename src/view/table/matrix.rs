//! The columns for theses, and how they are summed up.

use super::{Cell, Cells, Meaning, Spec, Value};
use crate::analysis::Bearing;
use crate::model::StatementIdx;
use crate::view::facts::Facts;

pub(super) fn bearing(facts: &Facts<'_>, at: usize, thesis: usize) -> Cell {
    let bearing = facts.hypotheses().bearing(thesis, StatementIdx::new(at));
    let cell = Cell::text(bearing.name());
    match bearing {
        Bearing::Consistent => cell.meaning(Meaning::Sound),
        Bearing::Inconsistent => cell.meaning(Meaning::Failing),
        Bearing::Mixed => cell.meaning(Meaning::Open),
        Bearing::Neutral => cell,
    }
}

/// How many of the rows are inconsistent with each thesis; nothing where no column is about theses.
pub(super) fn foot(facts: &Facts<'_>, shown: &[&Spec], items: &[usize]) -> Vec<Vec<Cell>> {
    let is_for_theses = |spec: &&Spec| matches!(spec.cells, Cells::EachThesis(_));
    if facts.dossier.graph.theses.is_empty() || !shown.iter().any(is_for_theses) {
        return Vec::new();
    }
    let hypotheses = facts.hypotheses();
    let count = |thesis: usize| {
        let bearings = items
            .iter()
            .map(|at| hypotheses.bearing(thesis, StatementIdx::new(*at)));
        let against = bearings.filter(|bearing| *bearing == Bearing::Inconsistent);
        Cell::from(Value::Count(against.count()))
    };
    let mut row: Vec<Cell> = Vec::new();
    for spec in shown {
        match spec.cells {
            Cells::EachThesis(_) => row.extend((0..hypotheses.theses.len()).map(count)),
            // No id has a colon.
            Cells::One(_) if row.is_empty() => row.push(Cell::text("inconsistent:")),
            Cells::One(_) => row.push(Cell::default()),
        }
    }
    vec![row]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dossier;
    use crate::source::NoFiles;
    use crate::view::table::{Query, Table, View};

    const MAP: &str = "
thesis: [text, b]
claims:
  text: {text: A, reasons: [e1, [e2, s]]}
  b: {text: B, reasons: [e1], objections: [e2]}
evidence: {e1: E1, e2: E2}
assumptions: {s: S}";

    fn table(map: &str, query: &Query) -> Table {
        let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
        assert_eq!(dossier.problems, []);
        query.table(&dossier)
    }

    fn lines(rows: &[Vec<Cell>]) -> Vec<String> {
        let texts = |row: &Vec<Cell>| -> Vec<String> {
            row.iter().map(|cell| cell.value.to_text()).collect()
        };
        rows.iter().map(|row| texts(row).join(" | ")).collect()
    }

    #[test]
    fn there_is_a_column_for_each_thesis_and_a_foot_that_counts() {
        let query = Query::new(View::Matrix).select(&["id", "theses", "diagnostic"]);
        let table = table(MAP, &query.unwrap());
        let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
        assert_eq!(keys, ["id", "thesis.text", "thesis.b", "diagnostic"]);
        assert_eq!(table.columns[1].header, "text");
        assert_eq!(
            lines(&table.rows),
            [
                "e1 | consistent | consistent | no",
                "e2 | consistent | inconsistent | yes",
                "s | consistent | neutral | yes"
            ]
        );
        assert_eq!(lines(&table.foot), ["inconsistent: | 0 | 1 | "]);
    }

    #[test]
    fn filters_look_at_all_theses_and_the_foot_counts_what_is_shown() {
        let query = |filter: &str| {
            Query::new(View::Matrix)
                .select(&["theses", "id"])?
                .filter(filter)
        };
        let neutral = table(MAP, &query("theses=neutral").unwrap());
        assert_eq!(lines(&neutral.rows), ["consistent | neutral | s"]);
        assert_eq!(lines(&neutral.foot), ["0 | 0 | "]);
        assert_eq!(
            query("theses=inconsistant").unwrap_err().to_string(),
            "`theses` is never `inconsistant`; did you mean `inconsistent`?"
        );
    }

    #[test]
    fn a_map_without_a_thesis_has_no_columns_for_theses_and_no_foot() {
        let dossier = Dossier::open("m.yaml", b"evidence: {e: E}".to_vec(), &NoFiles);
        let table = Query::new(View::Matrix).table(&dossier);
        assert_eq!(lines(&table.rows), ["e | E | no"]);
        assert!(table.foot.is_empty());
    }
}
