//! Outlines out: a tree for a terminal, and a nested list of Markdown.

use super::escape::markdown;
use super::screen::{Ink, Screen, shown_lines, width_of, with_colours, wrap};
use crate::analysis::Verdict;
use crate::model::StatementKind;
use crate::view::facts::Status;
use crate::view::outline::{Content, Entry, Line, Link, Outline, Under};

/// How far Markdown's lists are nested; what is deeper says how deep it is.
const MAX_NESTING: usize = 24;
/// The least room for a text beside the tree, where the screen has it.
const MIN_TEXT: usize = 24;
/// The columns of one level of the tree.
const LEVEL: usize = 3;
const REST: &str = "Not under the thesis";
/// The same where the ways to the thesis may be left out.
const REST_OF_CHOICE: &str = "Not under the thesis by what is shown";

/// The heading of what is under no thesis; none is needed where nothing else is shown.
fn rest_heading(outline: &Outline) -> Option<&'static str> {
    match (outline.left_out.is_empty(), outline.argument.is_empty()) {
        (true, _) => Some(REST),
        (false, true) => None,
        (false, false) => Some(REST_OF_CHOICE),
    }
}

/// What an outline is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A tree for a terminal.
    Utf8,
    /// The same drawn with ASCII characters; a map's texts stay as they are.
    Ascii,
    /// A nested list.
    Markdown,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Ascii, Self::Markdown];

    /// The names of [`Format::ALL`].
    pub const NAMES: [&str; 3] = ["utf8", "ascii", "markdown"];

    /// The name that users write.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The format of that name, or of that ending of a file's name.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = match name {
            "md" => "markdown",
            "txt" => "utf8",
            name => name,
        };
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }
}

/// Writes an outline; the text ends in a line break.
///
/// Only the formats for terminals look at the screen. What is deeper than fits beside a text is drawn as deep as fits,
/// with its depth as a number, so that the output stays linear in the outline.
pub fn write(outline: &Outline, format: Format, screen: Screen) -> String {
    match format {
        Format::Utf8 => text(outline, &UTF8, screen),
        Format::Ascii => text(outline, &ASCII, screen),
        Format::Markdown => markdown_list(outline),
    }
}

/// The characters to draw with.
struct Pen {
    /// A branch with others after it, and the last one.
    branches: [&'static str; 2],
    /// Below a branch with others after it, and below the last one.
    trunks: [&'static str; 2],
    /// Beside the text of a line with others under it.
    stem: &'static str,
    thesis: &'static str,
    reason: &'static str,
    objection: &'static str,
    undercut: &'static str,
    premise: &'static str,
    loose: &'static str,
}

static UTF8: Pen = Pen {
    branches: ["├─ ", "└─ "],
    trunks: ["│  ", "   "],
    stem: "│ ",
    thesis: "◆",
    reason: "+",
    objection: "−",
    undercut: "×",
    premise: "•",
    loose: "◇",
};

static ASCII: Pen = Pen {
    branches: ["|- ", "`- "],
    trunks: ["|  ", "   "],
    stem: "| ",
    thesis: "#",
    reason: "+",
    objection: "-",
    undercut: "x",
    premise: "*",
    loose: "?",
};

impl Pen {
    fn marker(&self, link: Link) -> (&'static str, Ink) {
        match link {
            Link::Thesis => (self.thesis, Ink::Strong),
            Link::Loose => (self.loose, Ink::Strong),
            Link::Reason => (self.reason, Ink::Good),
            Link::Objection => (self.objection, Ink::Bad),
            Link::Undercut => (self.undercut, Ink::Bad),
            Link::Premise => (self.premise, Ink::Faint),
        }
    }
}

fn text(outline: &Outline, pen: &Pen, screen: Screen) -> String {
    let mut lines = Vec::new();
    let heading = |lines: &mut Vec<String>, text: &str, ink: Option<Ink>| {
        for line in shown_lines(text)
            .iter()
            .flat_map(|line| wrap(line, screen.columns()))
        {
            lines.push(ink.map_or_else(|| line.clone(), |ink| screen.ink(&line, ink)));
        }
    };
    if !outline.title.is_empty() {
        heading(&mut lines, &outline.title, Some(Ink::Strong));
    }
    if let Some(question) = &outline.question {
        heading(&mut lines, question, None);
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    tree(&outline.argument, pen, screen, &mut lines);
    if !outline.rest.is_empty() {
        if !outline.argument.is_empty() {
            lines.push(String::new());
        }
        if let Some(words) = rest_heading(outline) {
            heading(&mut lines, words, Some(Ink::Strong));
            lines.push(String::new());
        }
        tree(&outline.rest, pen, screen, &mut lines);
    }
    if !outline.left_out.is_empty() {
        lines.push(String::new());
    }
    for left_out in &outline.left_out {
        heading(&mut lines, &left_out.to_string(), Some(Ink::Faint));
    }
    let mut open = None;
    let coloured = lines
        .iter()
        .map(|line| with_colours(line.trim_end(), &mut open) + "\n");
    coloured.collect()
}

fn tree(lines: &[Line], pen: &Pen, screen: Screen, out: &mut Vec<String>) {
    let is_last = last_branches(lines);
    let levels_shown = screen.columns().saturating_sub(MIN_TEXT) / LEVEL;
    // For each level above the line, whether a branch still comes there.
    let mut trunks: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.depth == 0 && at > 0 {
            out.push(String::new());
        }
        let branch = usize::from(is_last[at]);
        trunks.truncate(line.depth.saturating_sub(1));
        let hidden = line.depth.saturating_sub(levels_shown);
        let above = trunks.iter().skip(hidden).copied().collect::<String>();
        let (mut first, mut next) = (above.clone(), above);
        if line.depth > 0 && levels_shown > 0 {
            first.push_str(pen.branches[branch]);
            next.push_str(pen.trunks[branch]);
        }
        if line.depth > 0 {
            trunks.push(pen.trunks[branch]);
        }
        let has_lines_under = lines
            .get(at + 1)
            .is_some_and(|next| next.depth > line.depth);
        next.push_str(if has_lines_under { pen.stem } else { "  " });
        let (marker, ink) = pen.marker(line.link);
        let mut text = words(line, screen);
        if hidden > 0 {
            text = format!("({}) {text}", line.depth);
        }
        let room = screen.columns().saturating_sub(width_of(&next));
        let mut open = None;
        for (row, text) in wrap(&text, room).iter().enumerate() {
            let text = with_colours(text, &mut open);
            out.push(if row == 0 {
                format!("{first}{} {text}", screen.ink(marker, ink))
            } else {
                format!("{next}{text}")
            });
        }
    }
}

/// For each line, whether no other of the same depth follows under the same line.
fn last_branches(lines: &[Line]) -> Vec<bool> {
    let mut is_last = vec![true; lines.len()];
    let mut has_later: Vec<bool> = Vec::new();
    for (at, line) in lines.iter().enumerate().rev() {
        has_later.resize(line.depth + 1, false);
        is_last[at] = !has_later[line.depth];
        has_later[line.depth] = true;
    }
    is_last
}

/// What a line says, in one line of marked text.
fn words(line: &Line, screen: Screen) -> String {
    let attack = match line.link {
        Link::Undercut => "against the step: ",
        _ => "",
    };
    let step = line.step.as_deref().map(one_line);
    let stub = line.hidden.stub();
    let stub = stub.map_or_else(String::new, |stub| {
        format!(" {}", screen.ink(&stub, Ink::Strong))
    });
    let words = match (&line.content, step) {
        (Content::Together(n), None) => format!("{attack}{}", together(*n)),
        (Content::Together(n), Some(step)) => format!("{attack}{step}, {}", together(*n)),
        (Content::Statement(entry), None) => format!("{attack}{}", entry_words(entry, screen)),
        (Content::Statement(entry), Some(step)) => {
            let step = screen.ink(&format!("({step})"), Ink::Faint);
            format!("{attack}{step} {}", entry_words(entry, screen))
        }
    };
    words + &stub
}

/// A statement's text, then what there is to know about it in brackets.
fn entry_words(entry: &Entry, screen: Screen) -> String {
    let mut about = vec![screen.ink(&one_line(&entry.id), Ink::Faint)];
    about.extend(remark(entry).map(|remark| match entry.status {
        status if status.is_failing() => screen.ink(remark, Ink::Bad),
        Status::Undeveloped => screen.ink(remark, Ink::Open),
        _ => remark.to_owned(),
    }));
    about.extend(verdict(entry).map(|word| match entry.verdict {
        Verdict::Out => screen.ink(word, Ink::Bad),
        _ => screen.ink(word, Ink::Open),
    }));
    about.extend(under(entry).map(str::to_owned));
    format!("{} [{}]", one_line(&entry.text), about.join(", "))
}

fn one_line(text: &str) -> String {
    shown_lines(text).join(" ")
}

fn together(n_premises: usize) -> String {
    match n_premises {
        0 => "without premises".to_owned(),
        n => format!("{n} premises together:"),
    }
}

/// The one word that a reader needs of a statement: nothing for a claim that is grounded.
fn remark(entry: &Entry) -> Option<&'static str> {
    match entry.kind {
        StatementKind::Claim if entry.status == Status::Grounded => None,
        StatementKind::Claim => Some(entry.status.name()),
        kind => Some(kind.name()),
    }
}

/// The verdict, unless the statement is accepted, or what is said of its support says as much.
fn verdict(entry: &Entry) -> Option<&'static str> {
    let is_told = entry.status.is_failing() || entry.status == Status::Undeveloped;
    match entry.verdict {
        Verdict::In => None,
        Verdict::Out if is_told => None,
        verdict => Some(verdict.word()),
    }
}

fn under(entry: &Entry) -> Option<&'static str> {
    match entry.under {
        Under::Here => None,
        Under::Above => Some("see above"),
        Under::Circle => Some("a circle: see above"),
    }
}

fn markdown_list(outline: &Outline) -> String {
    let mut blocks = Vec::new();
    if !outline.title.is_empty() {
        blocks.push(format!("# {}\n", markdown(&outline.title)));
    }
    let question = outline.question.as_ref();
    blocks.extend(question.map(|question| format!("{}\n", markdown(question))));
    if !outline.argument.is_empty() {
        blocks.push(outline.argument.iter().map(markdown_item).collect());
    }
    if !outline.rest.is_empty() {
        blocks.extend(rest_heading(outline).map(|words| format!("## {words}\n")));
        blocks.push(outline.rest.iter().map(markdown_item).collect());
    }
    let notes = outline.left_out.iter().map(ToString::to_string);
    blocks.extend(notes.map(|note| format!("*{}*\n", markdown(&note))));
    blocks.join("\n")
}

fn markdown_item(line: &Line) -> String {
    let indent = "  ".repeat(line.depth.min(MAX_NESTING));
    let name = match line.link {
        Link::Thesis => "Thesis",
        Link::Loose => "Statement",
        Link::Reason => "Reason",
        Link::Objection => "Objection",
        Link::Undercut => "Against the step",
        Link::Premise => "Premise",
    };
    let level = if line.depth > MAX_NESTING {
        format!(", level {}", line.depth)
    } else {
        String::new()
    };
    let step = line.step.as_ref();
    let step = step.map_or_else(String::new, |step| format!(" ({})", markdown(step)));
    let text = match &line.content {
        Content::Together(n) => together(*n),
        Content::Statement(entry) => {
            let mut about = vec![markdown(&entry.id)];
            about.extend(remark(entry).map(str::to_owned));
            about.extend(verdict(entry).map(str::to_owned));
            about.extend(under(entry).map(str::to_owned));
            format!("{} ({})", markdown(&entry.text), about.join(", "))
        }
    };
    let stub = line.hidden.stub();
    let stub = stub.map_or_else(String::new, |stub| format!(" **{stub}**"));
    format!("{indent}- **{name}{level}{step}:** {text}{stub}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dossier;
    use crate::source::NoFiles;

    const MAP: &str = "\
title: The bridge
question: Should the bridge close?
thesis:
  id: close
  claim: The city should close the Quay Street bridge to cars before the winter comes.
  reasons:
    - premises: [deck, detour]
      label: safety
    - premises: [{id: fine, assumption: Detours are fine.}]
      objections: [{id: far, claim: It is *far*.}]
    - deck
  objections: [{id: shops, claim: Shops would suffer., undeveloped: true}]
claims:
  detour: The detour is short.
  loose: {text: A loose end., reasons: [loose]}
evidence:
  deck: The deck is bad.
";

    fn outline(map: &str) -> Outline {
        Outline::of(&Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles))
    }

    fn on(width: usize, colour: bool) -> Screen {
        Screen { width, colour }
    }

    #[test]
    fn a_terminal_shows_a_tree() {
        let expected = "\
The bridge
Should the bridge close?

◆ The city should close the Quay Street bridge to
│ cars before the winter comes. [close]
├─ + safety, 2 premises together:
│  ├─ • The deck is bad. [deck, evidence]
│  └─ • The detour is short. [detour, unsupported]
├─ + Detours are fine. [fine, assumption]
│  └─ × against the step: It is *far*. [far,
│       unsupported]
├─ + The deck is bad. [deck, evidence, see above]
└─ − Shops would suffer. [shops, undeveloped]

Not under the thesis

◇ A loose end. [loose, circular]
└─ + A loose end. [loose, circular, a circle: see
     above]
";
        assert_eq!(write(&outline(MAP), Format::Utf8, on(50, false)), expected);
    }

    #[test]
    fn markdown_is_a_nested_list() {
        let expected = "\
# The bridge

Should the bridge close?

- **Thesis:** The city should close the Quay Street bridge to cars before the winter comes. (close)
  - **Reason (safety):** 2 premises together:
    - **Premise:** The deck is bad. (deck, evidence)
    - **Premise:** The detour is short. (detour, unsupported)
  - **Reason:** Detours are fine. (fine, assumption)
    - **Against the step:** It is \\*far\\*. (far, unsupported)
  - **Reason:** The deck is bad. (deck, evidence, see above)
  - **Objection:** Shops would suffer. (shops, undeveloped)

## Not under the thesis

- **Statement:** A loose end. (loose, circular)
  - **Reason:** A loose end. (loose, circular, a circle: see above)
";
        assert_eq!(
            write(&outline(MAP), Format::Markdown, on(50, false)),
            expected
        );
    }

    #[test]
    fn ascii_draws_with_ascii_and_colours_only_when_asked() {
        let text = write(&outline(MAP), Format::Ascii, on(60, false));
        assert!(text.is_ascii(), "{text}");
        let coloured = write(&outline(MAP), Format::Ascii, on(60, true));
        let line = "`- \u{1b}[31m-\u{1b}[0m Shops would suffer. \
                    [\u{1b}[2mshops\u{1b}[0m, \u{1b}[33mundeveloped\u{1b}[0m]\n";
        assert!(coloured.contains(line), "{coloured}");
    }

    #[test]
    fn a_chain_of_any_length_stays_linear_and_within_the_screen() {
        let claim = |at: usize| format!("  s{at}: {{text: A claim., reasons: [s{}]}}\n", at + 1);
        let claims: String = (0..3_000).map(claim).collect();
        let mut map = format!("thesis: s0\nclaims:\n{claims}");
        map += "  s3000: The last claim.\n";
        let outline = outline(&map);
        for width in [0, 10, 30, 80] {
            let text = write(&outline, Format::Utf8, on(width, false));
            let widest = text.lines().map(width_of).max();
            assert!(widest <= Some(width.max(10)), "at {width}");
        }
        let text = write(&outline, Format::Markdown, on(80, false));
        assert!(text.contains("- **Reason, level 3000:** The last claim. (s3000, unsupported)"));
    }
}
