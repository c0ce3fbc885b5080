//! Tables of several evaluations side by side.

use std::borrow::Cow;

use super::{Align, Cell, Column, Meaning, Table};
use crate::analysis::{Analysis, Dossier, Node, Strengths, Verdict, Verdicts};
use crate::model::{Standard, StatementIdx};
use crate::view::crux::{Crux, Ranked};
use crate::view::facts::two_digits;

impl Table {
    /// The verdicts by each standard of proof: one evaluation for each of [`Standard::ALL`], in its order;
    /// and the strengths, where they were computed.
    pub fn of_standards(dossier: &Dossier, evaluations: &[Verdicts]) -> Self {
        let mut columns = vec![column("id")];
        columns.extend(Standard::ALL.map(|standard| Column {
            header: Cow::Borrowed(short_name(standard)),
            ..column(standard.name())
        }));
        let strengths = dossier.analysis.strengths.as_ref();
        columns.extend(strengths.map(|_| column("strength")));
        let rows = dossier.graph.statements().map(|statement| {
            let mut row = vec![id(dossier, statement)];
            let verdicts = evaluations.iter();
            row.extend(verdicts.map(|verdicts| verdict(verdicts.of_statement(statement))));
            row.extend(strengths.map(|all| strength(all, statement)));
            row
        });
        table(dossier, columns, rows.collect())
    }

    /// The statements whose verdict is not what it was before, or whose strength is not, where both were computed.
    pub fn of_changes(dossier: &Dossier, before: &Analysis) -> Self {
        let after = &dossier.analysis;
        let strengths = before.strengths.as_ref().zip(after.strengths.as_ref());
        let mut columns = ["id", "before", "after"].map(column).to_vec();
        if strengths.is_some() {
            columns.push(text("strength-before", "strength before"));
            columns.push(text("strength-after", "strength after"));
        }
        columns.push(column("text"));
        let both = |statement| {
            let (old, new) = (&before.verdicts, &after.verdicts);
            let verdicts = [old, new].map(|it| verdict(it.of_statement(statement)));
            let strengths =
                strengths.map(|(old, new)| [old, new].map(|it| strength(it, statement)));
            (verdicts, strengths)
        };
        let rows = dossier.graph.statements().filter_map(|statement| {
            let (verdicts, strengths) = both(statement);
            let is_same = |pair: &[Cell; 2]| pair[0] == pair[1];
            if is_same(&verdicts) && strengths.as_ref().is_none_or(is_same) {
                return None;
            }
            let mut row = vec![id(dossier, statement)];
            row.extend(verdicts);
            row.extend(strengths.into_iter().flatten());
            row.push(Cell::text(&dossier.map.statement(statement).text.value));
            Some(row)
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

fn text(key: &'static str, header: &'static str) -> Column {
    Column {
        header: Cow::Borrowed(header),
        ..column(key)
    }
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

/// A cell with a strength as readers see it; empty where a circle does not come to rest.
fn strength(strengths: &Strengths, statement: StatementIdx) -> Cell {
    Cell::optional(strengths.of_statement(statement).map(two_digits))
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
