//! Pages about maps: what an analyst hands on, as HTML that stands alone and as Markdown beside a picture.
//!
//! An HTML page needs neither other files nor a network and says so to the browser (`document`). Its diagram
//! (`figure`) is a picture that a script makes something to walk around in; all that the script shows is in the
//! page without it, too, as a card for each statement (`cards`), unless these are too many (`packed`).

mod cards;
mod document;
mod figure;
mod index;
mod links;
mod markdown;
mod outline;
mod packed;
mod sections;

pub use figure::Picture;
pub use index::{Entry, Outcome, index_html, index_markdown};
pub use markdown::markdown;

use super::escape;
use crate::view::report::Report;
use document::{Document, document};
use links::Links;

/// More statements than that and more boxes are too many for a browser to make all of them at once.
const MANY: usize = 2_000;

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What is told of the map.
    pub report: &'a Report<'a>,
    /// Its picture.
    pub picture: &'a Picture,
    /// The name of the files that belong to the page, without ending.
    pub name: &'a str,
    /// What `check` found, in a sentence.
    pub found: &'a str,
}

/// The whole report as HTML in one file. Linear in the map and its picture.
pub fn html(page: &Page<'_>) -> String {
    let links = &Links::of(&page.report.cards);
    let mut body = String::from("<main>\n");
    sections::head(&mut body, page, links);
    figure::figure(&mut body, page, links, "map");
    sections::open_points(&mut body, page, links);
    outline::section(&mut body, page.report, links);
    sections::evidence(&mut body, page.report, links);
    sections::sources(&mut body, page.report, links);
    cards::section(&mut body, page.report, links);
    body.push_str("</main>\n");
    write(page, &body)
}

/// The diagram as a page of its own, which fills the window; the outline, the sources and the cards are below.
///
/// Linear in the map and its picture.
pub fn diagram(page: &Page<'_>) -> String {
    let links = &Links::of(&page.report.cards);
    let about = &page.report.cards.facts.dossier.map.about;
    let mut body = format!(
        "<div class=\"first\">\n<header>\n<h1 dir=\"auto\">{}</h1>\n",
        escape::html(&page.report.title)
    );
    if let Some(question) = &about.question {
        sections::question(&mut body, &question.value);
    }
    body.push_str("</header>\n");
    figure::figure(&mut body, page, links, "map whole-window");
    body.push_str("</div>\n<main>\n");
    outline::section(&mut body, page.report, links);
    sections::sources(&mut body, page.report, links);
    cards::section(&mut body, page.report, links);
    body.push_str("</main>\n");
    write(page, &body)
}

fn write(page: &Page<'_>, body: &str) -> String {
    document(&Document {
        title: &page.report.title,
        body,
        picture: Some(page.picture),
    })
}

#[cfg(test)]
mod tests;
