//! A page about a map: what an analyst hands on, as HTML that stands alone and as Markdown beside a picture.

use super::escape;
use super::outline;
use super::screen::Screen;
use super::table::{self, Format};
use crate::analysis::Dossier;
use crate::model::StatementIdx;
use crate::view::outline::Outline;
use crate::view::table::{Query, Table, View};

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The map.
    pub dossier: &'a Dossier,
    /// Its picture.
    pub svg: &'a str,
    /// The name of the files that belong to the page, without ending.
    pub name: &'a str,
    /// What `check` found, in a sentence.
    pub found: &'a str,
}

/// A section of a page: a heading, what it shows, and what to say where there is nothing.
struct Section {
    heading: &'static str,
    table: Table,
    nothing: &'static str,
}

/// The page as HTML in one file: it needs neither other files nor a network, and has no script.
///
/// Linear in the map and its picture.
pub fn html(page: &Page<'_>) -> String {
    let dossier = page.dossier;
    let title = escape::html(&dossier.title());
    let mut body = vec![format!("<h1>{title}</h1>\n")];
    if let Some(question) = &dossier.map.about.question {
        body.push(format!(
            "<p class=\"question\">{}</p>\n",
            escape::html(&question.value)
        ));
    }
    for thesis in &dossier.graph.theses {
        let text = escape::html(thesis_text(dossier, *thesis));
        body.push(format!("<p class=\"thesis\"><b>Thesis.</b> {text}</p>\n"));
    }
    body.push(format!("<p>{}.</p>\n", escape::html(page.found)));
    body.push(format!("<figure>\n{}</figure>\n", without_prolog(page.svg)));
    for section in sections(dossier) {
        body.push(format!("<h2>{}</h2>\n", section.heading));
        body.push(if section.table.rows.is_empty() {
            format!("<p>{}</p>\n", section.nothing)
        } else {
            table::write(&section.table, Format::Html, NO_SCREEN)
        });
    }
    let body = body.concat();
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// The page as Markdown, with the picture as a file beside it.
///
/// Linear in the map.
pub fn markdown(page: &Page<'_>) -> String {
    let dossier = page.dossier;
    let title = escape::markdown(&dossier.title());
    let mut text = vec![format!("# {title}\n\n")];
    if let Some(question) = &dossier.map.about.question {
        text.push(format!("{}\n\n", escape::markdown(&question.value)));
    }
    for thesis in &dossier.graph.theses {
        text.push(format!(
            "**Thesis.** {}\n\n",
            escape::markdown(thesis_text(dossier, *thesis))
        ));
    }
    text.push(format!(
        "{}.\n\n![{title}](<{}.svg>)\n",
        escape::markdown(page.found),
        page.name
    ));
    for section in sections(dossier) {
        text.push(format!("\n## {}\n\n", section.heading));
        text.push(if section.table.rows.is_empty() {
            format!("{}\n", section.nothing)
        } else {
            table::write(&section.table, Format::Markdown, NO_SCREEN)
        });
    }
    let outline = outline::write(&Outline::of(dossier), outline::Format::Markdown, NO_SCREEN);
    text.push(format!("\n## Outline\n\n{outline}"));
    text.concat()
}

/// Files have no width to keep to.
const NO_SCREEN: Screen = Screen {
    width: usize::MAX,
    colour: false,
};

fn sections(dossier: &Dossier) -> Vec<Section> {
    let evidence = Query::new(View::Evidence).select(&["id", "text", "source", "at", "supports"]);
    let evidence = evidence.expect("these are columns of the view");
    vec![
        Section {
            heading: "Open points",
            table: Table::of(dossier, View::Unsupported),
            nothing: "Every claim rests on evidence or an assumption.",
        },
        Section {
            heading: "Objections",
            table: Table::of(dossier, View::Objections),
            nothing: "Nothing is said against anything.",
        },
        Section {
            heading: "Evidence",
            table: evidence.table(dossier),
            nothing: "The map has no evidence.",
        },
        Section {
            heading: "Statements",
            table: Table::of(dossier, View::Statements),
            nothing: "The map has no statements.",
        },
        Section {
            heading: "Sources",
            table: Table::of(dossier, View::Sources),
            nothing: "The map cites no sources.",
        },
    ]
}

fn thesis_text(dossier: &Dossier, thesis: StatementIdx) -> &str {
    &dossier.map.statement(thesis).text.value
}

/// An SVG as HTML takes it: without the XML declaration.
fn without_prolog(svg: &str) -> &str {
    svg.find("<svg").map_or(svg, |start| &svg[start..])
}

const STYLE: &str = "\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h1 { line-height: 1.2; }
.question { font-style: italic; }
.thesis { font-size: 1.1rem; }
figure { margin: 1.5rem 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; background: #fff; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
caption { display: none; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem; border-bottom: 1px solid #d0d0d0; }
th[scope=row] { font-weight: normal; font-family: ui-monospace, monospace; font-size: 0.85em; }
.number { text-align: right; }
.failing { color: #a11; }
.open { color: #7a5200; }
@media print { body { max-width: none; margin: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    #[test]
    fn text_of_a_map_stays_text_in_the_page() {
        let map = "title: <script>alert(1)</script>\nthesis: \"</svg><img src=x onerror=alert(1)> [a](javascript:x)\"\n";
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        let page = Page {
            dossier: &dossier,
            svg: "<?xml?><svg></svg>\n",
            name: "m",
            found: "nothing",
        };
        let html = html(&page);
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        assert!(html.contains("<figure>\n<svg></svg>"), "{html}");
        let markdown = markdown(&page);
        assert!(
            !markdown.contains("<script") && !markdown.contains("[a](java"),
            "{markdown}"
        );
    }
}
