//! What arguments are called.

use crate::analysis::Argument;
use crate::model::ArgumentMap;
use crate::render::names::Names;

/// What each argument stands for, on one line: ids of the map, and words around them.
pub(super) fn phrases(map: &ArgumentMap, arguments: &[Argument]) -> Vec<String> {
    let mut phrases: Vec<String> = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let id = |statement| &map.statement(statement).id;
        phrases.push(match *argument {
            Argument::Statement(statement) => id(statement).clone(),
            Argument::Inference(inference) => map.inference(inference).id.clone(),
            Argument::Not(of) => format!("not {}", phrases[of]),
            Argument::Unsupported(statement) => format!("no reason for {}", id(statement)),
            Argument::Prevails { reason, target } => {
                let reason = reason.map_or("assuming it", |of| phrases[of].as_str());
                format!("{reason} prevails for {}", id(target))
            }
        });
    }
    phrases
}

/// The phrases as constants of logic programs: small letters first, then ASCII letters, digits and underscores.
pub(super) fn constants(phrases: &[String]) -> Vec<String> {
    // The one word that such programs keep for themselves.
    let mut names = Names::new('_', &["not"]);
    let constant = |phrase: &String| {
        let is_plain = phrase.starts_with(|c: char| c.is_ascii_lowercase());
        let prefix = if is_plain { "" } else { "a_" };
        names.give(&format!("{prefix}{phrase}"), |c| c.is_ascii_alphanumeric())
    };
    phrases.iter().map(constant).collect()
}
