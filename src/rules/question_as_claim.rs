//! Rule `question-as-claim`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A question where a statement belongs.
pub(super) static RULE: Rule = Rule {
    name: "question-as-claim",
    group: Group::Style,
    level: Level::Warning,
    summary: "a question where a statement belongs",
    page: include_str!("../../docs/rules/question-as-claim.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for statement in dossier.graph.statements() {
        let text = &dossier.map.statement(statement).text;
        if !is_question(&text.value) {
            continue;
        }
        let name = dossier.kind_and_name(statement);
        let message = format!("{name} is a question, which is neither true nor false");
        let help = "write the answer that the argument needs; `question` at the top of the map holds the question itself";
        out.push(
            Diagnostic::new(&RULE, text.span, message)
                .help(help)
                .about(statement),
        );
    }
}

/// Whether a text as a whole is a question: it ends in a question mark of its script.
///
/// A statement may end in a question that it quotes, so quotation marks are looked behind only if they hold all of it.
fn is_question(text: &str) -> bool {
    let is_quotation =
        |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '\'');
    let text = if text.starts_with(is_quotation) {
        text.trim_end_matches(is_quotation)
    } else {
        text
    };
    let mut letters = text.chars().rev();
    match letters.next() {
        Some('!') => letters.next().is_some_and(is_question_mark),
        // The Greek question mark looks like a semicolon, and most keyboards write it as one.
        Some(';') => letters.next().is_some_and(is_greek),
        Some(last) => is_question_mark(last) || ends_in_armenian_question(text),
        None => false,
    }
}

fn is_question_mark(c: char) -> bool {
    matches!(
        c,
        '?' | '？'
            | '﹖'
            | '︖'
            | '؟'
            | '⸮'
            | '\u{37e}'
            | '፧'
            | '⁇'
            | '⁈'
            | '⁉'
            | '‽'
            | '⳺'
            | '꘏'
            | '꛷'
    )
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// Armenian marks the word that asks, behind its stressed vowel.
fn ends_in_armenian_question(text: &str) -> bool {
    text.contains('\u{55e}')
}

#[cfg(test)]
mod tests {
    use super::is_question;

    #[test]
    fn question_marks_of_all_scripts_count() {
        for text in [
            "Should it close?",
            "Should it close?!",
            "应该关闭吗？",
            "هل يجب إغلاقه؟",
            "Πρέπει να κλείσει;",
            "Որտե՞ղ է կամուրջը։",
            "“Should it close?”",
        ] {
            assert!(is_question(text), "{text}");
        }
    }

    #[test]
    fn statements_may_end_in_a_question_that_they_quote() {
        for text in [
            "She asked: \"Should it close?\"",
            "It should close.",
            "It should close;",
            "Whether it should close (or should it?) is open.",
        ] {
            assert!(!is_question(text), "{text}");
        }
    }
}
