//! The cards of a page: all that is known of each statement. The script shows them beside the diagram.

use std::fmt::Write as _;

use super::MANY;
use super::links::Links;
use super::packed::packed;
use super::sections::{heading, reference};
use crate::analysis::Verdict;
use crate::diagnostic::Diagnostic;
use crate::model::{Polarity, StatementIdx};
use crate::render::escape::html;
use crate::source::single_spaced;
use crate::view::card::{Card, Cards, Step, Use};
use crate::view::facts::Status;
use crate::view::report::Report;

/// Writes all cards in document order: to be read, or where there are many, packed for the script. Linear in the map.
pub(super) fn section(out: &mut String, report: &Report<'_>, links: &Links<'_>) {
    heading(out, "statements", "Statements");
    let statements = report.cards.facts.dossier.graph.statements();
    let count = report.cards.facts.dossier.map.statements.len();
    if count > MANY {
        let _ = writeln!(
            out,
            "<p>The map has {count} statements; the card of each comes here when a link leads to it.</p>\n\
             <noscript><p>That takes a script, which does not run here. The diagram and the outline have all \
             statements; <code>grounds explain</code> tells the rest.</p></noscript>\n\
             <div class=\"asked\"></div>"
        );
        return packed(out, &report.cards, statements, links);
    }
    for statement in statements {
        card(out, &report.cards, statement, links);
    }
}

/// What a screen reader calls a statement.
pub(super) fn spoken(card: &Card<'_>) -> String {
    let text = single_spaced(card.text);
    format!("{}, {}: {text}", card.kind, card.verdict.word())
}

/// Writes the card of a statement.
pub(super) fn card(
    out: &mut String,
    cards: &Cards<'_>,
    statement: StatementIdx,
    links: &Links<'_>,
) {
    let card = cards.card(statement);
    let id = links.card(statement);
    let _ = writeln!(
        out,
        "<article class=\"card\" id=\"{id}\" data-name=\"{}\">\n<div>{}</div>",
        html(&spoken(&card)),
        badges(&card)
    );
    if let Some(label) = card.label {
        let _ = writeln!(out, "<h3 dir=\"auto\" data-search>{}</h3>", html(label));
    }
    let text = html(card.text);
    let _ = writeln!(
        out,
        "<p class=\"text\" dir=\"auto\" data-search>{text}</p>\n<p><b>{}:</b> {}.</p>",
        why(card.verdict),
        links.sentence(&card.because)
    );
    if !card.cited.is_empty() {
        out.push_str("<ul>\n");
        for cited in &card.cited {
            let _ = writeln!(
                out,
                "<li data-search>{}</li>",
                reference(cards, cited, links)
            );
        }
        out.push_str("</ul>\n");
    }
    steps(out, cards, &card, links);
    uses(out, cards, &card.uses, links);
    findings(out, &card);
    if let Some(note) = card.note {
        let _ = writeln!(
            out,
            "<p class=\"note\" dir=\"auto\" data-search>{}</p>",
            html(note)
        );
    }
    let tags = card.tags.iter().map(|tag| html(&tag.value));
    let tags = tags.collect::<Vec<_>>().join(", ");
    let tags = if tags.is_empty() {
        tags
    } else {
        format!(" · tags: <span data-search>{tags}</span>")
    };
    let _ = writeln!(
        out,
        "<p class=\"fine\"><code data-search>{}</code>{tags} · {}</p>\n</article>",
        html(card.id),
        html(&card.place)
    );
}

fn badges(card: &Card<'_>) -> String {
    let word = card.verdict.word();
    let mut badges = format!(
        "<span class=\"kind\">{}</span><span class=\"badge {word}\">{word}</span>",
        capital(card.kind)
    );
    let (class, status) = match card.status {
        status if status.is_failing() => ("failing", status.name()),
        Status::Undeveloped => ("open", card.status.name()),
        _ => ("", ""),
    };
    if !status.is_empty() {
        let _ = write!(badges, " <span class=\"badge {class}\">{status}</span>");
    }
    if card.implicit {
        badges.push_str(" <span class=\"badge\">unstated in the text</span>");
    }
    if let Some(strength) = &card.strength {
        let _ = write!(badges, " <span class=\"badge\">strength {strength}</span>");
    }
    badges
}

fn why(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::In => "Stands",
        Verdict::Out => "Falls",
        Verdict::Undecided => "Undecided",
    }
}

/// The steps to the statement: what is for it, then what is against it.
fn steps(out: &mut String, cards: &Cards<'_>, card: &Card<'_>, links: &Links<'_>) {
    for (polarity, heading) in [
        (Polarity::Pro, "Reasons for it"),
        (Polarity::Con, "Objections to it"),
    ] {
        let mut steps = card
            .steps
            .iter()
            .filter(|step| step.polarity == polarity)
            .peekable();
        if steps.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "<h4>{heading}</h4>\n<ul class=\"steps\">");
        for step in steps {
            let _ = writeln!(out, "<li>{}</li>", self::step(cards, step, links));
        }
        out.push_str("</ul>\n");
    }
}

fn step(cards: &Cards<'_>, step: &Step<'_>, links: &Links<'_>) -> String {
    let mut text = String::new();
    if let Some(name) = step.name {
        let _ = write!(text, "<b dir=\"auto\">{}:</b> ", html(name));
    }
    text.push_str(&names(cards, step.premises, links, " <b>and</b> "));
    let remarks = [("Warrant", step.warrant), ("Note", step.note)];
    for (what, remark) in remarks.into_iter().filter_map(|(w, r)| Some((w, r?))) {
        let _ = write!(
            text,
            "<br><span class=\"remark\" dir=\"auto\">{what}: {}</span>",
            html(remark)
        );
    }
    for answer in step.answers {
        // An answer is a text, or the id of the statement that gives it.
        let given = match cards.statement(&answer.answer.value) {
            Some(statement) => links.named(statement, &cards.name(statement)),
            None => html(&answer.answer.value),
        };
        let question = html(&answer.question.value);
        let _ = write!(
            text,
            "<br><span class=\"remark\" dir=\"auto\">{question}: {given}</span>"
        );
    }
    if !step.undercut_by.is_empty() {
        let by = names(cards, &step.undercut_by, links, ", ");
        let _ = write!(
            text,
            "<br><span class=\"remark\">Against the step: {by}</span>"
        );
    }
    if step.verdict == Verdict::Out {
        text.push_str(" <span class=\"badge rejected\">does not hold</span>");
    }
    text
}

fn uses(out: &mut String, cards: &Cards<'_>, uses: &[Use], links: &Links<'_>) {
    if uses.is_empty() {
        return;
    }
    out.push_str("<h4>Used</h4>\n<ul class=\"steps\">\n");
    for used in uses {
        let name = links.named(used.conclusion, &cards.name(used.conclusion));
        let how = match (used.polarity, used.is_undercut) {
            (_, true) => "against a step on the way to",
            (Polarity::Pro, false) => "for",
            (Polarity::Con, false) => "against",
        };
        let _ = writeln!(out, "<li>{how} {name}</li>");
    }
    out.push_str("</ul>\n");
}

fn findings(out: &mut String, card: &Card<'_>) {
    if card.findings.is_empty() && card.allowed.is_empty() {
        return;
    }
    out.push_str("<h4>Checked</h4>\n<ul class=\"found\">\n");
    for found in &card.findings {
        let _ = writeln!(out, "<li>{}</li>", finding(found));
    }
    for allow in card.allowed {
        let _ = writeln!(
            out,
            "<li dir=\"auto\">The author allows <code>{}</code>: {}</li>",
            html(&allow.rule.value),
            html(&allow.reason.value)
        );
    }
    out.push_str("</ul>\n");
}

/// A finding in one line.
pub(super) fn finding(found: &Diagnostic) -> String {
    let severity = found.severity.name();
    let mut text = format!(
        "<span class=\"{severity}\">{}</span> ({severity}, <code>{}</code>)",
        html(&found.message),
        found.rule.name
    );
    if let Some(help) = &found.help {
        let _ = write!(
            text,
            "<br><span class=\"remark\">Help: {}</span>",
            html(help)
        );
    }
    text
}

/// Several statements in a row.
fn names(cards: &Cards<'_>, statements: &[StatementIdx], links: &Links<'_>, joint: &str) -> String {
    let names = statements
        .iter()
        .map(|it| links.named(*it, &cards.name(*it)));
    names.collect::<Vec<_>>().join(joint)
}

/// A word with a capital letter.
fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(rest)
        .collect()
}
