//! Rule `single-source`.

use crate::analysis::Dossier;
use crate::analysis::robustness::single_sources;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A claim with several reasons whose evidence all comes from one source.
pub(super) static RULE: Rule = Rule {
    name: "single-source",
    group: Group::Support,
    level: Level::Note,
    summary: "a claim with several reasons that all rest on one source",
    page: include_str!("../../docs/rules/single-source.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for (claim, source) in single_sources(dossier) {
        let n_reasons = dossier.graph.reasons.get(claim.index()).len();
        let source = &dossier.map.sources[source.0];
        let message = format!(
            "all evidence for the {n_reasons} reasons for {} comes from one source, `{}`",
            dossier.kind_and_name(claim),
            source.id
        );
        let help = "add evidence from a source that does not draw on it";
        out.push(
            Diagnostic::new(&RULE, dossier.map.name_span(claim), message)
                .label(source.id_span, "the source")
                .help(help)
                .about(claim),
        );
    }
}
