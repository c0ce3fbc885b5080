//! A reading copy: the text with the words that statements encode, and the statements beside it; links lead both ways.

use std::fmt::Write as _;

use crate::analysis::Dossier;
use crate::model::{Statement, StatementIdx};
use crate::render::escape;
use crate::source::single_spaced;
use crate::view::reading::{Block, Note, Reading, Segment};

/// The reading copy as HTML in one file: it needs neither other files nor a network, and has no script.
///
/// Linear in the text and its marks.
pub fn html(dossier: &Dossier, reading: &Reading<'_>) -> String {
    let mut page = Page {
        dossier,
        reading,
        out: String::new(),
        n_marks: vec![0; reading.notes.len()],
    };
    page.head();
    page.article();
    page.notes();
    page.out.push_str("</body>\n</html>\n");
    page.out
}

struct Page<'r> {
    dossier: &'r Dossier,
    reading: &'r Reading<'r>,
    out: String,
    /// For each note, how many marks it has so far.
    n_marks: Vec<usize>,
}

/// How a shade begins and ends where there is more light or less.
const STYLE: &str = "\
:root { color-scheme: light dark; --mark: #ffe9a8; --line: #d0d0d0; --faint: #6a6a6a; --open: #a11; --link: #1a4f8a; }
@media (prefers-color-scheme: dark) { :root { --mark: #5a4a12; --line: #444; --faint: #a0a0a0; --open: #ff8a80; --link: #8ab8f0; } }
body { font: 17px/1.6 Georgia, 'Times New Roman', serif; margin: 0 auto; padding: 1rem; max-width: 80rem; display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 2.5rem; }
header { grid-column: 1 / -1; }
h1 { line-height: 1.2; margin: 0.5rem 0; }
aside, .about, .number, sup { font-family: system-ui, sans-serif; }
.about, .number { color: var(--faint); font-size: 0.85rem; }
main > div { position: relative; padding-left: 2.8rem; margin: 1rem 0; border-left: 3px solid transparent; overflow-wrap: anywhere; }
main > .open { border-left: 3px dashed var(--open); }
main > .whole { border-left-color: var(--mark); }
.number { position: absolute; left: 0.5rem; top: 0.15rem; }
.number a { color: inherit; text-decoration: none; }
.open .number, .open .missing { color: var(--open); }
.missing { font: 0.8rem system-ui, sans-serif; }
a.mark { background: var(--mark); color: inherit; text-decoration: none; }
a { color: var(--link); }
sup { font-size: 0.65rem; line-height: 0; margin-left: 0.15em; }
sup a { text-decoration: none; }
aside { font-size: 0.85rem; line-height: 1.45; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; }
aside ol { list-style: none; padding: 0; }
aside li { border-top: 1px solid var(--line); padding: 0.6rem 0.4rem; overflow-wrap: anywhere; }
aside p { margin: 0.2rem 0; }
:target { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 50rem) { body { display: block; } aside { position: static; max-height: none; } }
@media print { body { display: block; max-width: none; } aside { position: static; max-height: none; overflow: visible; } a.mark { text-decoration: underline; } aside li, main > div { break-inside: avoid; } }
";

impl Page<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.out
            .write_fmt(text)
            .expect("a string takes every write");
    }

    fn head(&mut self) {
        let (title, map) = (
            escape::html(&self.reading.title),
            escape::html(&self.reading.map),
        );
        let (n, of) = (self.reading.n_encoded, self.reading.n_paragraphs);
        self.put(format_args!(
            "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header>\n<h1>{title}</h1>\n\
             <p class=\"about\">As the map “{map}” reads it: {n} of {of} paragraphs are encoded.</p>\n</header>\n"
        ));
    }

    fn article(&mut self) {
        self.out.push_str("<main>\n");
        for block in &self.reading.blocks {
            match block {
                Block::Heading { level, text } => {
                    // The page has its title already.
                    let level = (level + 1).min(6);
                    let text = escape::html(&single_spaced(text));
                    self.put(format_args!("<h{level}>{text}</h{level}>\n"));
                }
                Block::Paragraph {
                    number,
                    counts,
                    segments,
                    whole,
                } => {
                    let is_marked = segments.iter().any(|segment| segment.note.is_some());
                    let class = match (is_marked, whole.is_empty()) {
                        (_, false) => " class=\"whole\"",
                        (false, true) if *counts => " class=\"open\"",
                        _ => "",
                    };
                    self.put(format_args!(
                        "<div id=\"p{number}\"{class}><span class=\"number\"><a href=\"#p{number}\">{number}</a></span>"
                    ));
                    for segment in segments {
                        self.segment(segment);
                    }
                    for note in whole {
                        self.anchor(*note);
                        self.label(*note);
                    }
                    if class.contains("open") {
                        self.out
                            .push_str(" <span class=\"missing\">no statement</span>");
                    }
                    self.out.push_str("</div>\n");
                }
            }
        }
        self.out.push_str("</main>\n");
    }

    fn segment(&mut self, segment: &Segment<'_>) {
        for note in &segment.begin {
            self.anchor(*note);
        }
        let text = escape::html_within(&spaced(segment.text));
        match segment.note {
            Some(note) => self.put(format_args!(
                "<a class=\"mark\" href=\"#s{note}\">{text}</a>"
            )),
            None => self.out.push_str(&text),
        }
        for note in &segment.end {
            self.label(*note);
        }
    }

    /// The place that a note links to.
    fn anchor(&mut self, note: usize) {
        let number = self.n_marks[note];
        self.n_marks[note] += 1;
        self.put(format_args!("<span id=\"m{note}-{number}\"></span>"));
    }

    /// The name of a note behind what it marks.
    fn label(&mut self, note: usize) {
        let id = escape::html(&self.statement(note).id);
        self.put(format_args!("<sup><a href=\"#s{note}\">{id}</a></sup>"));
    }

    fn statement(&self, note: usize) -> &Statement {
        self.dossier
            .map
            .statement(self.reading.notes[note].statement)
    }

    fn notes(&mut self) {
        self.out.push_str("<aside>\n<ol>\n");
        for (at, note) in self.reading.notes.iter().enumerate() {
            self.note(at, note);
        }
        self.out.push_str("</ol>\n");
        if !self.reading.unplaced.is_empty() {
            self.out
                .push_str("<p>These say something of the text and mark nothing:</p>\n<ol>\n");
            for unplaced in &self.reading.unplaced {
                let name = self.name(unplaced.statement);
                let why = escape::html(unplaced.why.words());
                self.put(format_args!("<li>{name}<p>({why})</p></li>\n"));
            }
            self.out.push_str("</ol>\n");
        }
        self.out.push_str("</aside>\n");
    }

    fn note(&mut self, at: usize, note: &Note) {
        let name = self.name(note.statement);
        self.put(format_args!("<li id=\"s{at}\">{name}<p class=\"about\">"));
        let n_marks = self.n_marks[at];
        // Where a paragraph has several marks of one note, each is a place of its own.
        if n_marks == note.paragraphs.len() {
            for (number, paragraph) in note.paragraphs.iter().enumerate() {
                self.put(format_args!(
                    "<a href=\"#m{at}-{number}\">para {paragraph}</a> "
                ));
            }
        } else {
            for paragraph in &note.paragraphs {
                self.put(format_args!(
                    "<a href=\"#p{paragraph}\">para {paragraph}</a> "
                ));
            }
        }
        self.out.push_str("</p></li>\n");
    }

    /// What a statement is, what it is called and what it says.
    fn name(&self, statement: StatementIdx) -> String {
        let written = self.dossier.map.statement(statement);
        let kind = if self.dossier.is_thesis(statement) {
            "thesis"
        } else {
            written.kind.name()
        };
        format!(
            "<p class=\"about\">{kind} <b>{}</b></p><p>{}</p>",
            escape::html(&written.id),
            escape::html(&written.text.value)
        )
    }
}

/// A text with its white space as single spaces; those at its ends stay.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            spaced.push(c);
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    #[test]
    fn marks_and_statements_link_to_each_other_and_text_stays_text() {
        let map = "thesis: {id: t, claim: '<script>x</script>', at: para 1}";
        let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
        let reading = Reading {
            title: "<i>Echo".to_owned(),
            map: "m".to_owned(),
            n_paragraphs: 2,
            n_encoded: 1,
            blocks: vec![
                Block::Heading {
                    level: 1,
                    text: "<img src=x>",
                },
                Block::Paragraph {
                    number: 1,
                    counts: true,
                    segments: vec![
                        Segment {
                            text: "so\n it ",
                            ..Segment::default()
                        },
                        Segment {
                            text: "<u>is",
                            note: Some(0),
                            begin: vec![0],
                            end: vec![0],
                        },
                    ],
                    whole: Vec::new(),
                },
                Block::Paragraph {
                    number: 2,
                    counts: true,
                    segments: Vec::new(),
                    whole: Vec::new(),
                },
            ],
            notes: vec![Note {
                statement: StatementIdx(0),
                paragraphs: vec![1],
            }],
            unplaced: Vec::new(),
        };
        let page = html(&dossier, &reading);
        for part in [
            "so it <span id=\"m0-0\"></span><a class=\"mark\" href=\"#s0\">&lt;u&gt;is</a><sup><a href=\"#s0\">t",
            "<li id=\"s0\">",
            "<a href=\"#m0-0\">para 1</a>",
            "<div id=\"p2\" class=\"open\">",
            "1 of 2 paragraphs",
        ] {
            assert!(page.contains(part), "{part} in\n{page}");
        }
        for tag in ["<script", "<img", "<u>", "<i>"] {
            assert!(!page.contains(tag), "{tag} in\n{page}");
        }
    }
}
