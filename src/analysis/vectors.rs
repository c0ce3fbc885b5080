//! Maps whose verdicts, strengths and robustness are worked out by hand: the layers are tested on the same ones.

use super::{Dossier, Framework, Leaves};
use crate::source::NoFiles;

/// A map without faults.
#[track_caller]
pub(crate) fn dossier(map: &str) -> Dossier {
    let dossier = Dossier::open("map.yaml", map.into(), &NoFiles);
    assert!(dossier.problems.is_empty(), "{map}\n{:?}", dossier.problems);
    dossier
}

/// Its parts, where a claim without reasons is questioned.
pub(crate) fn framework(dossier: &Dossier) -> Framework<'_> {
    Framework::of(&dossier.map, &dossier.graph, Leaves::Question)
}

/// An op-ed: linked premises, an undercut reason, and an objection with an answer.
pub(crate) const OP_ED: &str = "
thesis: T
claims:
  T:
    text: T
    reasons:
      - {id: r1, premises: [P1, P2], weight: .9}
      - {id: r2, premises: P3, weight: .6, objections: [{id: u1, premises: U1}]}
    objections: [{id: o1, premises: O1, weight: .8}]
  P1: {text: P1, reasons: [E1]}
  P2: {text: P2, reasons: [[E2, W1]]}
  P3: {text: P3, reasons: [E3]}
evidence:
  E1: {text: E1, strength: .9}
  E2: {text: E2, strength: .8}
  E3: {text: E3, strength: .7}
  W1: {text: W1, strength: .8}
  O1: {text: O1, strength: .6, objections: [{id: b1, premises: B1}]}
  B1: {text: B1, strength: .7}
  U1: {text: U1, strength: .4}";
