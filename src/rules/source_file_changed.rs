//! Rule `source-file-changed`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// The file of a source that does not have the digest `sha256`.
pub(super) static RULE: Rule = Rule {
    name: "source-file-changed",
    group: Group::Sources,
    level: Level::Error,
    summary: "the file of a source that does not have the digest `sha256`",
    page: include_str!("../../docs/rules/source-file-changed.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let copies = &dossier.verification.copies;
    for (source, copy) in dossier.map.sources.iter().zip(copies) {
        let digest = copy.as_ref().and_then(|copy| copy.sha256.as_ref());
        let (Some(digest), Some(stated), Some(file)) = (digest, &source.sha256, &source.file)
        else {
            continue;
        };
        if stated.value.eq_ignore_ascii_case(digest) {
            continue;
        }
        let message = format!(
            "`{}` is not the file that `sha256` was taken of",
            file.value
        );
        let help = format!(
            "compare the file with what was cited; if it is right as it is, write `sha256: {digest}`"
        );
        out.push(
            Diagnostic::new(&RULE, stated.span, message)
                .label(file.span, "this file")
                .help(help),
        );
    }
}
