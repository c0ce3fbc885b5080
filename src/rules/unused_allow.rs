//! Rule `unused-allow`.

use super::{Allows, RULES, by_name};
use crate::analysis::Dossier;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::Allow;
use crate::model::near::nearest;
use crate::source::FileId;

/// An `allow` that silences nothing.
pub(super) static RULE: Rule = Rule {
    name: "unused-allow",
    group: Group::Form,
    level: Level::Warning,
    summary: "an `allow` that silences nothing, or of a rule that there is not",
    page: include_str!("../../docs/rules/unused-allow.md"),
};

pub(super) fn check(dossier: &Dossier, allows: &Allows, out: &mut Vec<Diagnostic>) {
    let map = &dossier.map;
    let of_statements = map.statements.iter().map(|s| (&s.allow, "this statement"));
    let of_steps = map.inferences.iter().map(|i| (&i.allow, "this step"));
    let of_files = map.parts.iter().map(|part| (&part.allow, "this map"));
    for (written, place) in of_statements.chain(of_steps).chain(of_files) {
        out.extend(
            written
                .iter()
                .filter_map(|allow| finding(dossier, allows, allow, place)),
        );
    }
}

fn finding(dossier: &Dossier, allows: &Allows, allow: &Allow, place: &str) -> Option<Diagnostic> {
    let (name, span) = (&allow.rule.value, allow.rule.span);
    let Some(rule) = by_name(name) else {
        return Some(unknown(allow));
    };
    if !rule.group.can_be_allowed() {
        let message =
            format!("`{name}` cannot be allowed: it finds faults of the file, not of the argument");
        let help = "mend what it finds, and take this out";
        return Some(Diagnostic::new(&RULE, span, message).help(help));
    }
    let level = allows.config.levels.get(rule.name).unwrap_or(&rule.level);
    let is_idle = *level != Level::Off && !allows.used.contains(&span);
    // Another map may answer what an included one leaves open, and what a fault of form hides may be what is allowed.
    if !is_idle || span.file != FileId(0) || hides_findings(dossier) {
        return None;
    }
    let message = format!("`{name}` finds nothing in {place}, so there is nothing to allow");
    let help = "take it out, or move it to where the finding is";
    Some(Diagnostic::new(&RULE, span, message).help(help))
}

fn unknown(allow: &Allow) -> Diagnostic {
    let (name, span) = (&allow.rule.value, allow.rule.span);
    let finding = Diagnostic::new(&RULE, span, format!("there is no rule `{name}` to allow"));
    match nearest(name, RULES.iter().map(|entry| entry.rule.name))[..] {
        [] => finding.help("`grounds rule` lists the rules"),
        [only] => finding
            .fix(span, only)
            .help(format!("did you mean `{only}`?")),
        ref several => {
            let names: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            finding.help(format!("did you mean {}?", names.join(" or ")))
        }
    }
}

/// Whether faults of form may keep rules from finding what they would find in the mended map.
fn hides_findings(dossier: &Dossier) -> bool {
    !dossier.problems.is_empty()
}
