//! Tables of several evaluations side by side.

use std::borrow::Cow;

use super::{Align, Cell, Column, Meaning, Table};
use crate::analysis::{Dossier, Node, Verdict, Verdicts};
use crate::model::{Standard, StatementIdx};
use crate::view::crux::{Crux, Ranked};

impl Table {
    /// The verdicts by each standard of proof: one evaluation for each of [`Standard::ALL`], in its order.
    pub fn of_standards(dossier: &Dossier, evaluations: &[Verdicts]) -> Self {
        let mut columns = vec![column("id")];
        columns.extend(Standard::ALL.map(|standard| Column {
            header: Cow::Borrowed(short_name(standard)),
            ..column(standard.name())
        }));
        let rows = dossier.graph.statements().map(|statement| {
            let mut row = vec![id(dossier, statement)];
            let verdicts = evaluations.iter();
            row.extend(verdicts.map(|verdicts| verdict(verdicts.of_statement(statement))));
            row
        });
        table(dossier, columns, rows.collect())
    }

    /// The statements whose verdict is not what it was before.
    pub fn of_changes(dossier: &Dossier, before: &Verdicts) -> Self {
        let columns = ["id", "before", "after", "text"].map(column).to_vec();
        let after = &dossier.analysis.verdicts;
        let statements = dossier.graph.statements();
        let changed = statements.filter(|s| before.of_statement(*s) != after.of_statement(*s));
        let rows = changed.map(|statement| {
            vec![
                id(dossier, statement),
                verdict(before.of_statement(statement)),
                verdict(after.of_statement(statement)),
                Cell::text(&dossier.map.statement(statement).text.value),
            ]
        });
        table(dossier, columns, rows.collect())
    }
}

impl Table {
    /// What a thesis hangs on, the most first: with numbers where the map gives any, else by structure alone.
    pub fn of_ranking(dossier: &Dossier, crux: &Crux) -> Self {
        let has_numbers = crux.ranking.iter().any(|ranked| ranked.gradient.is_some());
        let mut columns = vec![column("id")];
        if has_numbers {
            columns.push(number("loss", "thesis loses"));
            columns.push(number("gradient", "per unit"));
        }
        columns.push(number("birnbaum", "importance"));
        columns.push(column("text"));
        // Steps that nobody named say little to a reader.
        let is_told = |ranked: &&Ranked| match ranked.node {
            Node::Statement(_) => true,
            Node::Inference(inference) => dossier.map.inference(inference).id_span.is_some(),
        };
        let rows = crux.ranking.iter().filter(is_told).map(|ranked| {
            let (id, text) = named(dossier, ranked.node);
            let mut row = vec![Cell::text(id).meaning(Meaning::Name)];
            if has_numbers {
                row.push(rounded(ranked.loss));
                row.push(rounded(ranked.gradient));
            }
            row.push(rounded(ranked.birnbaum));
            row.push(Cell::optional(text));
            row
        });
        table(dossier, columns, rows.collect())
    }
}

/// The id of a statement or a step, and what it says.
fn named(dossier: &Dossier, node: Node) -> (&str, Option<&str>) {
    match node {
        Node::Statement(statement) => {
            let written = dossier.map.statement(statement);
            (&written.id, Some(&written.text.value))
        }
        Node::Inference(inference) => {
            let written = dossier.map.inference(inference);
            let name = written.label.as_ref().or(written.scheme.as_ref());
            (&written.id, name.map(|name| name.value.as_str()))
        }
    }
}

/// Two digits are more than a strength bears.
fn rounded(number: Option<f64>) -> Cell {
    Cell::optional(number.map(|number| format!("{number:.2}")))
}

const fn number(key: &'static str, header: &'static str) -> Column {
    Column {
        key: Cow::Borrowed(key),
        header: Cow::Borrowed(header),
        align: Align::Right,
    }
}

/// A heading that leaves room for five columns.
fn short_name(standard: Standard) -> &'static str {
    match standard {
        Standard::Scintilla => "scintilla",
        Standard::DialecticalValidity => "dialectical",
        Standard::Preponderance => "preponderance",
        Standard::ClearAndConvincing => "clear",
        Standard::BeyondReasonableDoubt => "no doubt",
    }
}

/// A cell with a verdict.
pub(super) fn verdict(verdict: Verdict) -> Cell {
    let meaning = match verdict {
        Verdict::In => Meaning::Sound,
        Verdict::Out => Meaning::Failing,
        Verdict::Undecided => Meaning::Open,
    };
    Cell::text(verdict.word()).meaning(meaning)
}

fn id(dossier: &Dossier, statement: StatementIdx) -> Cell {
    Cell::text(&dossier.map.statement(statement).id).meaning(Meaning::Name)
}

const fn column(key: &'static str) -> Column {
    Column {
        key: Cow::Borrowed(key),
        header: Cow::Borrowed(key),
        align: Align::Left,
    }
}

fn table(dossier: &Dossier, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name: "verdicts",
        title: dossier.title(),
        columns,
        rows,
        foot: Vec::new(),
    }
}
