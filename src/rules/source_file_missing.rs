//! Rule `source-file-missing`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::quotes::State;
use crate::source::{MAX_FILE_BYTES, Refusal};

/// The file of a source that is not there, or has no text to find a quote in.
pub(super) static RULE: Rule = Rule {
    name: "source-file-missing",
    group: Group::Sources,
    level: Level::Error,
    summary: "the file of a source that is not there, or has no text to find a quote in",
    page: include_str!("../../docs/rules/source-file-missing.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let copies = &dossier.verification.copies;
    for (source, copy) in dossier.map.sources.iter().zip(copies) {
        let (Some(copy), Some(file)) = (copy, &source.file) else {
            continue;
        };
        let path = &file.value;
        let (message, help) = match &copy.state {
            State::Refused(refusal) => {
                let Some(message) = refused(path, refusal) else {
                    continue;
                };
                let help = "the path starts at the folder of the map that it stands in; without `file`, quotes are not checked";
                (message, help)
            }
            State::NoText(why) => (why.sentence(path), why.help()),
            State::There | State::Text { .. } => continue,
        };
        out.push(Diagnostic::new(&RULE, file.span, message).help(help));
    }
}

/// Why a file cannot be read; nothing where another rule says it.
fn refused(path: &str, refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::Missing => format!("there is no file `{path}`"),
        Refusal::TooLarge(bytes) => {
            format!("`{path}` has {bytes} bytes, and the limit is {MAX_FILE_BYTES}")
        }
        Refusal::Unreadable(words) => format!("`{path}` cannot be read: {words}"),
        Refusal::OutsideProject(_) => return None,
    })
}
