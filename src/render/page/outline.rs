//! The outline of a page: nested lists, in which every line leads to a card.

use std::fmt::Write as _;

use super::links::Links;
use super::sections::{heading, short_reference};
use crate::analysis::Verdict;
use crate::model::StatementKind;
use crate::render::escape::html;
use crate::view::card::Cards;
use crate::view::facts::Status;
use crate::view::outline::{Content, Entry, Line, Link, Outline, Under};
use crate::view::report::Report;

/// How far lists are nested; what is deeper says how deep it is. Browsers nest no deeper than 512 elements.
const MAX_NESTING: usize = 24;

/// Writes the outline. Linear in the map.
pub(super) fn section(out: &mut String, report: &Report<'_>, links: &Links<'_>) {
    let outline = Outline::of(report.cards.facts.dossier);
    heading(out, "outline", "Outline");
    list(out, &outline.argument, &report.cards, links);
    if !outline.rest.is_empty() {
        out.push_str("<h3>Not under the thesis</h3>\n");
        list(out, &outline.rest, &report.cards, links);
    }
}

fn list(out: &mut String, items: &[Line], cards: &Cards<'_>, links: &Links<'_>) {
    if items.is_empty() {
        return;
    }
    out.push_str("<ul class=\"outline\">\n");
    let mut depth = 0;
    for (at, line) in items.iter().enumerate() {
        let own = line.depth.min(MAX_NESTING);
        if at > 0 {
            match own {
                deeper if deeper > depth => out.push_str("\n<ul>\n"),
                _ => out.push_str("</li>\n"),
            }
        }
        while depth > own {
            out.push_str("</ul></li>\n");
            depth -= 1;
        }
        depth = own;
        let _ = write!(out, "<li>{}", item(line, cards, links));
    }
    out.push_str("</li>\n");
    for _ in 0..depth {
        out.push_str("</ul></li>\n");
    }
    out.push_str("</ul>\n");
}

fn item(line: &Line, cards: &Cards<'_>, links: &Links<'_>) -> String {
    let (class, word) = match line.link {
        Link::Thesis => ("thesis", "Thesis"),
        Link::Loose => ("loose", "Statement"),
        Link::Reason => ("reason", "Reason"),
        Link::Objection => ("objection", "Objection"),
        Link::Undercut => ("undercut", "Against the step"),
        Link::Premise => ("premise", "Premise"),
    };
    let mut text = format!("<span class=\"link {class}\">{word}</span> ");
    if line.depth > MAX_NESTING {
        let _ = write!(text, "<span class=\"remark\">level {}</span> ", line.depth);
    }
    if let Some(step) = &line.step {
        let _ = write!(text, "<i dir=\"auto\">{}</i> ", html(step));
    }
    match &line.content {
        Content::Together(n) => {
            let _ = write!(text, "<span class=\"remark\">{n} premises together</span>");
        }
        Content::Statement(entry) => text.push_str(&statement(entry, cards, links)),
    }
    text
}

fn statement(entry: &Entry, cards: &Cards<'_>, links: &Links<'_>) -> String {
    let Some(idx) = cards.statement(&entry.id) else {
        return html(&entry.text);
    };
    let mut remarks = Vec::new();
    if entry.kind != StatementKind::Claim {
        remarks.push(entry.kind.name().to_owned());
    }
    if entry.under == Under::Here {
        let sources = cards.facts.sources(idx);
        remarks.extend(sources.iter().map(|cited| short_reference(cards, cited)));
    }
    let mut text = links.to_card(idx, &entry.text);
    let badge = |text: &mut String, class: &str, word: &str| {
        let _ = write!(text, " <span class=\"badge {class}\">{word}</span>");
    };
    match entry.status {
        status if status.is_failing() => badge(&mut text, "failing", status.name()),
        Status::Undeveloped => badge(&mut text, "open", entry.status.name()),
        _ if entry.verdict != Verdict::In => {
            badge(&mut text, entry.verdict.word(), entry.verdict.word());
        }
        _ => {}
    }
    match entry.under {
        Under::Here => {}
        Under::Above => remarks.push("see above".to_owned()),
        Under::Circle => remarks.push("a circle: see above".to_owned()),
    }
    if !remarks.is_empty() {
        let _ = write!(
            text,
            " <span class=\"remark\">{}</span>",
            remarks.join(" · ")
        );
    }
    text
}
