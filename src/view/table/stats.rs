//! Tables of what maps consist of, a row each.

use std::borrow::Cow;

use super::{Align, Cell, Column, Meaning, Table, Value};
use crate::analysis::Census;

/// A map that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The path of its file.
    pub name: String,
    /// The name of its format.
    pub format: &'static str,
    /// What is in it.
    pub census: Census,
}

/// A column of what was counted.
struct Spec {
    key: &'static str,
    figure: Figure,
}

/// What a column says of a map.
#[derive(Clone, Copy)]
enum Figure {
    /// The path of its file.
    Name,
    /// Its format.
    Format,
    /// How many there are.
    Count(fn(&Census) -> usize),
    /// How many of how many there are, as a degree from 0 to 1.
    Share(fn(&Census) -> (usize, usize)),
}

const COLUMNS: &[Spec] = &[
    spec("map", Figure::Name),
    spec("format", Figure::Format),
    spec("statements", Figure::Count(|it| it.statements)),
    spec("theses", Figure::Count(|it| it.theses)),
    spec("claims", Figure::Count(|it| it.claims)),
    spec("evidence", Figure::Count(|it| it.evidence)),
    spec("assumptions", Figure::Count(|it| it.assumptions)),
    spec("sources", Figure::Count(|it| it.sources)),
    spec("words", Figure::Count(|it| it.words)),
    spec("inferences", Figure::Count(Census::inferences)),
    spec("reasons", Figure::Count(|it| it.reasons)),
    spec("objections", Figure::Count(|it| it.objections)),
    spec("undercuts", Figure::Count(|it| it.undercuts)),
    spec("contradictions", Figure::Count(|it| it.contradictions)),
    spec("restatements", Figure::Count(|it| it.restatements)),
    spec("depth", Figure::Count(|it| it.depth)),
    spec(
        "unsupported",
        Figure::Share(|it| (it.unsupported, it.claims)),
    ),
    spec("ungrounded", Figure::Share(|it| (it.ungrounded, it.claims))),
    spec("linked", Figure::Share(|it| (it.linked, it.inferences()))),
    spec(
        "undercut",
        Figure::Share(|it| (it.undercut, it.inferences())),
    ),
    spec("cyclic", Figure::Share(|it| (it.cyclic, it.statements))),
];

impl Table {
    /// The columns of [`Table::of_stats`].
    pub fn stats_keys() -> impl Iterator<Item = &'static str> {
        COLUMNS.iter().map(|spec| spec.key)
    }

    /// Those of them that a reader wants first.
    pub const MAIN_STATS: [&str; 9] = [
        "map",
        "statements",
        "words",
        "inferences",
        "depth",
        "unsupported",
        "linked",
        "undercut",
        "cyclic",
    ];

    /// What maps consist of, and all of them together in the foot, where there are several.
    ///
    /// Columns are those with a key in `keys`, in that order.
    pub fn of_stats(maps: &[Counted], keys: &[&str]) -> Self {
        let spec_of = |key: &&str| COLUMNS.iter().find(|spec| spec.key == *key);
        let specs: Vec<&Spec> = keys.iter().filter_map(spec_of).collect();
        let row = |map: &Counted| specs.iter().map(|spec| cell(spec.figure, map)).collect();
        let foot = match maps {
            [] | [_] => Vec::new(),
            maps => vec![row(&together(maps))],
        };
        Self {
            name: "stats",
            title: format!("{} maps", maps.len()),
            columns: specs.iter().map(|spec| column(spec)).collect(),
            rows: maps.iter().map(row).collect(),
            foot,
        }
    }
}

fn together(maps: &[Counted]) -> Counted {
    let mut census = Census::default();
    for map in maps {
        census += map.census;
    }
    Counted {
        name: format!("all {} maps", maps.len()),
        format: "",
        census,
    }
}

fn cell(figure: Figure, map: &Counted) -> Cell {
    match figure {
        Figure::Name => Cell::text(&map.name).meaning(Meaning::Name),
        Figure::Format => Cell::text(map.format),
        Figure::Count(count) => Value::Count(count(&map.census)).into(),
        Figure::Share(share) => share_of(share(&map.census)).into(),
    }
}

/// A share to three digits; nothing of nothing.
fn share_of((part, whole): (usize, usize)) -> Value {
    if whole == 0 {
        return Value::Nothing;
    }
    let thousandths = (part * 1000 + whole / 2) / whole;
    let thousandths = u32::try_from(thousandths).expect("a part is no more than the whole");
    Value::Number(f64::from(thousandths) / 1000.0)
}

fn column(spec: &Spec) -> Column {
    Column {
        key: Cow::Borrowed(spec.key),
        header: Cow::Borrowed(spec.key),
        align: match spec.figure {
            Figure::Name | Figure::Format => Align::Left,
            Figure::Count(_) | Figure::Share(_) => Align::Right,
        },
    }
}

const fn spec(key: &'static str, figure: Figure) -> Spec {
    Spec { key, figure }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(name: &str, claims: usize, unsupported: usize) -> Counted {
        Counted {
            name: name.to_owned(),
            format: "yaml",
            census: Census {
                statements: claims,
                claims,
                unsupported,
                ..Census::default()
            },
        }
    }

    #[test]
    fn the_foot_has_the_share_of_all_and_nothing_has_no_share() {
        let maps = [counted("a", 2, 1), counted("b", 1, 1), counted("c", 0, 0)];
        let table = Table::of_stats(&maps, &["map", "claims", "unsupported"]);
        let texts = |row: &Vec<Cell>| {
            row.iter()
                .map(|cell| cell.value.to_text())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let rows: Vec<String> = table.rows.iter().chain(&table.foot).map(texts).collect();
        assert_eq!(rows, ["a 2 0.5", "b 1 1", "c 0 ", "all 3 maps 3 0.667"]);
    }

    #[test]
    fn the_main_columns_are_columns() {
        let keys: Vec<&str> = Table::stats_keys().collect();
        assert!(Table::MAIN_STATS.iter().all(|key| keys.contains(key)));
        assert!(
            Table::of_stats(&[counted("a", 1, 0)], &keys)
                .foot
                .is_empty()
        );
    }
}
