//! The formats that know arguments and attacks, and nothing else.

use std::fmt::Write as _;

use super::names::{constants, phrases};
use crate::analysis::AbstractFramework;
use crate::model::ArgumentMap;

const TAKES_ALL: &str = "a string takes every write";

/// The numbers from 1 of ICCMA 2023, with a key in comments behind the line that says how many there are.
pub(super) fn write_af(map: &ArgumentMap, framework: &AbstractFramework) -> String {
    let mut text = format!("p af {}\n", framework.arguments.len());
    for (at, phrase) in phrases(map, &framework.arguments).iter().enumerate() {
        writeln!(text, "# {} {phrase}", at + 1).expect(TAKES_ALL);
    }
    write_pairs(&mut text, framework);
    text
}

/// The trivial graph format: numbers from 1 with labels, a line `#`, attacks.
pub(super) fn write_tgf(map: &ArgumentMap, framework: &AbstractFramework) -> String {
    let mut text = String::new();
    for (at, phrase) in phrases(map, &framework.arguments).iter().enumerate() {
        writeln!(text, "{} {phrase}", at + 1).expect(TAKES_ALL);
    }
    text.push_str("#\n");
    write_pairs(&mut text, framework);
    text
}

/// The facts of ASPARTIX (Egly, Gaggl & Woltran 2010), with a key in comments.
pub(super) fn write_apx(map: &ArgumentMap, framework: &AbstractFramework) -> String {
    let phrases = phrases(map, &framework.arguments);
    let constants = constants(&phrases);
    let mut text = String::new();
    for (constant, phrase) in constants.iter().zip(&phrases) {
        writeln!(text, "% {constant}: {phrase}").expect(TAKES_ALL);
    }
    for constant in &constants {
        writeln!(text, "arg({constant}).").expect(TAKES_ALL);
    }
    for (by, target) in &framework.attacks {
        let (by, target) = (&constants[*by], &constants[*target]);
        writeln!(text, "att({by},{target}).").expect(TAKES_ALL);
    }
    text
}

fn write_pairs(text: &mut String, framework: &AbstractFramework) {
    for (by, target) in &framework.attacks {
        writeln!(text, "{} {}", by + 1, target + 1).expect(TAKES_ALL);
    }
}
