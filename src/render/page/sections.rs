//! The sections of a report between the diagram and the cards.

use std::fmt::Write as _;

use super::Page;
use super::cards::finding;
use super::links::Links;
use crate::analysis::Verdict;
use crate::cite::Phrase;
use crate::model::{Polarity, Source, StatementIdx};
use crate::render::escape::{html, html_within};
use crate::view::card::{Cards, Use};
use crate::view::facts::{Cited, web_address};
use crate::view::report::{OpenPoint, Report};

/// What a verdict is, for readers who have never seen one.
pub(super) const VERDICTS: &str = "A statement stands where one of its reasons holds and no objection to it does; \
evidence and assumptions stand unless an objection holds. That says what this argument comes to, not what is true.";

/// A heading that other parts can lead to.
pub(super) fn heading(out: &mut String, id: &str, words: &str) {
    let _ = writeln!(out, "<h2 id=\"section:{id}\">{words}</h2>");
}

/// The title, the question, the theses with their verdicts, and where to go from there.
pub(super) fn head(out: &mut String, page: &Page<'_>, links: &Links<'_>) {
    let report = page.report;
    let about = &report.cards.facts.dossier.map.about;
    let _ = writeln!(out, "<h1 dir=\"auto\">{}</h1>", html(&report.title));
    if let Some(it) = &about.question {
        question(out, &it.value);
    }
    if let Some(description) = &about.description {
        let _ = writeln!(out, "<p dir=\"auto\">{}</p>", html(&description.value));
    }
    let by = about.authors.iter().chain(&about.date);
    let by: Vec<String> = by.map(|text| html(&text.value)).collect();
    if !by.is_empty() {
        let _ = writeln!(out, "<p class=\"about\">{}</p>", by.join(", "));
    }
    for ruling in &report.theses {
        let word = ruling.verdict.word();
        let text = &report
            .cards
            .facts
            .dossier
            .map
            .statement(ruling.statement)
            .text;
        let _ = writeln!(
            out,
            "<div class=\"ruling {word}\">\n<p class=\"text\">{}</p>\n\
             <p><span class=\"badge\">{word}</span> {}: {}.</p>\n</div>",
            links.to_card(ruling.statement, &text.value),
            said_of_thesis(ruling.verdict),
            links.sentence(&ruling.because)
        );
    }
    if !report.theses.is_empty() {
        let _ = writeln!(out, "<p class=\"fine\">{VERDICTS}</p>");
    }
    let contents = [
        ("open", "Open points"),
        ("outline", "Outline"),
        ("evidence", "Evidence"),
        ("sources", "Sources"),
        ("statements", "Statements"),
    ];
    let contents = contents.map(|(id, words)| format!("<a href=\"#section:{id}\">{words}</a>"));
    let _ = writeln!(
        out,
        "<nav class=\"contents\" aria-label=\"Contents\">{}</nav>",
        contents.join("\n")
    );
}

/// The map's question.
pub(super) fn question(out: &mut String, question: &str) {
    let _ = writeln!(
        out,
        "<p class=\"question\" dir=\"auto\">{}</p>",
        html(question)
    );
}

/// What a verdict says of a thesis.
pub(super) fn said_of_thesis(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::In => "The thesis stands",
        Verdict::Out => "The thesis falls",
        Verdict::Undecided => "The thesis is undecided",
    }
}

/// What is still to be done, and what `check` found.
pub(super) fn open_points(out: &mut String, page: &Page<'_>, links: &Links<'_>) {
    let report = page.report;
    heading(out, "open", "Open points");
    if report.open.is_empty() {
        out.push_str(
            "<p>Every claim rests on evidence or an assumption, and every objection is answered.</p>\n",
        );
    }
    for open in &report.open {
        let _ = writeln!(
            out,
            "<h3>{}</h3>\n<ul class=\"points\">",
            open.kind.heading()
        );
        for point in &open.points {
            let _ = writeln!(out, "<li>{}</li>", open_point(&report.cards, point, links));
        }
        out.push_str("</ul>\n");
    }
    let _ = writeln!(
        out,
        "<h3>What <code>grounds check</code> says</h3>\n<p>{}.</p>",
        html(page.found)
    );
    if !report.findings.is_empty() {
        out.push_str("<ul class=\"found\">\n");
        for found in report.findings {
            let place = html(&report.cards.facts.place(found.span));
            let _ = writeln!(
                out,
                "<li>{} <span class=\"remark\">{place}</span></li>",
                finding(found)
            );
        }
        out.push_str("</ul>\n");
    }
}

fn open_point(cards: &Cards<'_>, point: &OpenPoint<'_>, links: &Links<'_>) -> String {
    let map = &cards.facts.dossier.map;
    let whole = |it: &StatementIdx| links.to_card(*it, &map.statement(*it).text.value);
    let statements: Vec<String> = point.statements.iter().map(whole).collect();
    let mut text = statements.join(" <b>and</b> ");
    if let Some(against) = point.against {
        let _ = write!(
            text,
            " <span class=\"remark\">against</span> {}",
            links.named(against, &cards.name(against))
        );
    }
    if let Some(reason) = point.reason {
        let _ = write!(
            text,
            "<br><span class=\"remark\" dir=\"auto\">Left so by the author: {}</span>",
            html(reason)
        );
    }
    text
}

/// The pieces of evidence with what they come from and what they are for.
pub(super) fn evidence(out: &mut String, report: &Report<'_>, links: &Links<'_>) {
    heading(out, "evidence", "Evidence");
    let mut evidence = report.evidence().peekable();
    if evidence.peek().is_none() {
        out.push_str("<p>The map has no evidence.</p>\n");
        return;
    }
    out.push_str(
        "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">Evidence</th>\
         <th scope=\"col\">Source</th><th scope=\"col\">Used</th></tr></thead>\n<tbody>\n",
    );
    let cards = &report.cards;
    for statement in evidence {
        let card = cards.card(statement);
        let sources = cards.facts.sources(statement);
        let sources = sources.iter().map(|cited| reference(cards, cited, links));
        let used = used(&card.uses, |it| links.named(it, &cards.name(it)));
        let verdict = match card.verdict {
            Verdict::In => String::new(),
            verdict => format!(" <span class=\"badge {0}\">{0}</span>", verdict.word()),
        };
        let _ = writeln!(
            out,
            "<tr><td>{}{verdict}</td><td data-label=\"Source\">{}</td><td data-label=\"Used\">{}</td></tr>",
            links.to_card(statement, card.text),
            sources.collect::<Vec<_>>().join("<br>"),
            used.join("<br>")
        );
    }
    out.push_str("</tbody>\n</table></div>\n");
}

/// What a statement is used for, and what against, in a line each.
pub(super) fn used(uses: &[Use], name: impl Fn(StatementIdx) -> String) -> Vec<String> {
    let is_for = |used: &Use| used.polarity == Polarity::Pro && !used.is_undercut;
    let line = |how: &str, is_wanted: bool| {
        let wanted = uses.iter().filter(|used| is_for(used) == is_wanted);
        let names: Vec<String> = wanted.map(|used| name(used.conclusion)).collect();
        (!names.is_empty()).then(|| format!("{how} {}", names.join(", ")))
    };
    let lines = [line("for", true), line("against", false)];
    lines.into_iter().flatten().collect()
}

/// The works cited.
pub(super) fn sources(out: &mut String, report: &Report<'_>, links: &Links<'_>) {
    heading(out, "sources", "Sources");
    let facts = &report.cards.facts;
    let sources = &facts.dossier.map.sources;
    if sources.is_empty() {
        out.push_str("<p>The map cites no sources.</p>\n");
        return;
    }
    out.push_str("<ul class=\"points\">\n");
    let in_order: Vec<usize> = match facts.dossier.references.in_order() {
        [] => (0..sources.len()).collect(),
        in_order => in_order.to_vec(),
    };
    for at in in_order {
        let source = &sources[at];
        let n_citing = match facts.cited_by(at).len() {
            0 => "cited by no statement".to_owned(),
            1 => "cited by 1 statement".to_owned(),
            n => format!("cited by {n} statements"),
        };
        let _ = writeln!(
            out,
            "<li id=\"{}\" dir=\"auto\">{} <span class=\"remark\">{n_citing}</span></li>",
            links.source(at),
            work(source, facts.dossier.references.work(at))
        );
    }
    out.push_str("</ul>\n");
}

/// A work: who, what, where, when, and where it can be read.
fn work(source: &Source, in_style: Option<&Phrase>) -> String {
    // A style ends a work with a full stop.
    let (mut text, joint) = match in_style {
        Some(phrase) => (styled(phrase, source), " ·"),
        None => (plain(source), ","),
    };
    if let Some(file) = &source.file {
        let _ = write!(text, "{joint} in <code>{}</code>", html(&file.value));
    }
    if let Some(grade) = &source.reliability {
        let _ = write!(text, "{joint} reliability {}", html(&grade.value));
    }
    text
}

/// A work as a citation style writes it.
fn styled(phrase: &Phrase, source: &Source) -> String {
    let mut text = String::new();
    for run in &phrase.runs {
        let marks = [(run.italic, "em"), (run.bold, "strong")];
        let marks = marks.iter().filter(|(is_set, _)| *is_set);
        let part = marks.fold(html_within(&run.text), |part, (_, tag)| {
            format!("<{tag}>{part}</{tag}>")
        });
        text.push_str(&part);
    }
    if let Some(address) = address(source) {
        let address = html(&address);
        let _ = write!(
            text,
            " <a href=\"{address}\" rel=\"noopener noreferrer\">open</a>"
        );
    }
    text
}

fn plain(source: &Source) -> String {
    let title = html(&source.title.value);
    let title = match address(source) {
        Some(address) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{title}</a>",
            html(&address)
        ),
        None => title,
    };
    let mut parts: Vec<String> = source.field("author").iter().map(|it| html(it)).collect();
    parts.push(format!("<cite>{title}</cite>"));
    let fields = ["publisher", "date"].map(|name| source.field(name));
    parts.extend(fields.iter().flatten().map(|it| html(it)));
    parts.join(", ")
}

/// Where a work can be read: its address, else where its DOI leads.
fn address(source: &Source) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "./-_;():".contains(c);
    let of_doi = |doi: String| {
        let is_doi = doi.starts_with("10.") && doi.chars().all(is_plain);
        is_doi.then(|| format!("https://doi.org/{doi}"))
    };
    web_address(source).or_else(|| source.field("doi").and_then(of_doi))
}

/// A use of a source: which, where in it, and in which words.
pub(super) fn reference(cards: &Cards<'_>, cited: &Cited<'_>, links: &Links<'_>) -> String {
    let dossier = cards.facts.dossier;
    let sources = &dossier.map.sources;
    let place = cited.at.map(|at| at.value.as_str());
    let styled = |source| dossier.references.citation(source, place);
    let in_style = cited.source.and_then(styled);
    let mut parts = Vec::new();
    match cited.source {
        Some(at) => {
            let name = html(&in_style.map_or_else(|| sources[at].short_name(), str::to_owned));
            parts.push(format!(
                "<a href=\"#{}\" dir=\"auto\">{name}</a>",
                links.source(at)
            ));
            if let Some(address) = address(&sources[at]) {
                let link = format!(
                    "<a href=\"{}\" rel=\"noopener noreferrer\">open</a>",
                    html(&address)
                );
                parts.push(link);
            }
        }
        None => parts.extend(cited.id.map(html)),
    }
    // A style puts the place into the citation.
    parts.extend(place.filter(|_| in_style.is_none()).map(html));
    let mut text = parts.join(", ");
    if let Some(quote) = cited.quote {
        let _ = write!(
            text,
            "<blockquote dir=\"auto\">“{}”</blockquote>",
            html(&quote.value)
        );
    }
    text
}

/// The same without links and words.
pub(super) fn short_reference(cards: &Cards<'_>, cited: &Cited<'_>) -> String {
    html(&cards.facts.citation(cited).unwrap_or_default())
}
