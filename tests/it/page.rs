//! Rule pages as tests: their YAML blocks, and the annotations in these.
//!
//! An annotation is a comment line under the line that it speaks of, `#`, marks, `severity: message`:
//!
//! ```text
//! thesis: {id: t, claim: Coffee is healthy.}
//! #            ^ error: the thesis `t` "Coffee is healthy" has no reason under it
//! ```
//!
//! A caret stands under each character of the span as far as it lies on that line; an empty span has one.
//! The `#` hides column 1, so it is itself the mark of that column where carets follow it at once (`#^^^ error: …`)
//! or where there are none (`# error: …`); a span that starts in column 2 has `>` for its first caret (`#>^^ error: …`).
//!
//! What the tool reads is the block without its annotations and without a final line break;
//! a blank line at the end gives it one.
//! The fence may say more behind `yaml`: `file=name.yaml` makes the blocks of one `## ` section files that see each
//! other, the first one the map; `escaped` decodes `\t`, `\r`, `\\` and `\xHH`.
//! A `text`, `markdown` or `html` block with `file=name` is the copy of a source for the maps of its section.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::diagnostic::{Diagnostic, Level, Rule, Severity};
use grounds::rules;
use grounds::source::Span;

use crate::world::Memory;

/// What a block's file is called where its fence does not say.
const MAP_NAME: &str = "map.yaml";

/// The rules that say on how little a thesis rests: in an example of ten lines it always does.
const BEARING: [&str; 4] = [
    "assumption-bears-thesis",
    "single-point-of-failure",
    "single-source",
    "double-counted",
];

/// The languages of blocks that are copies of sources, or other files beside a map, where they name a file.
const TEXTS: [&str; 5] = ["text", "markdown", "html", "bibtex", "toml"];

/// A block of a page: a map, or the copy of a source.
pub(crate) struct Block {
    pub(crate) is_map: bool,
    /// The lines of the page between the fences, from 0.
    pub(crate) lines: Range<usize>,
    /// The section's heading.
    section: String,
    /// The file's name; none where the block stands alone.
    file: Option<String>,
    is_escaped: bool,
    /// The lines that the tool reads.
    code: Vec<String>,
    /// The annotations as they stand, each with the code line that it is about.
    annotations: Vec<(usize, String)>,
}

/// What the tool says about one block.
pub(crate) struct Outcome<'p> {
    pub(crate) block: &'p Block,
    /// The annotations as they should stand, each with its code line and its rule.
    pub(crate) annotations: Vec<(usize, String, &'static str)>,
}

/// All blocks of a page that the tool reads, in order.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut section = String::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut section);
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let content: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "```")
            .collect();
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default();
        let is_map = language == "yaml";
        if is_map || (TEXTS.contains(&language) && info.contains(" file=")) {
            let mut block = Block::new(at + 1, &section, words, &content);
            block.is_map = is_map;
            blocks.push(block);
        }
    }
    blocks
}

/// What the tool says about all blocks of a rule's page, in their order, grouped by the maps that they make up.
///
/// A rule that is off is turned on for its own page; what is true of every small map is told on its own page alone.
pub(crate) fn run<'p>(blocks: &'p [Block], rule: &Rule) -> Vec<Vec<Outcome<'p>>> {
    let mut config = Config::default();
    if rule.level == Level::Off {
        config.levels.insert(rule.name.to_owned(), Level::Warning);
    }
    for bearing in BEARING.into_iter().filter(|bearing| *bearing != rule.name) {
        config.levels.insert(bearing.to_owned(), Level::Off);
    }
    let mut groups: Vec<Vec<&Block>> = Vec::new();
    for block in blocks {
        let of_section = |group: &&mut Vec<&Block>| {
            group[0].section == block.section && group[0].file.is_some() && block.file.is_some()
        };
        match groups.iter_mut().find(of_section) {
            Some(group) => group.push(block),
            None => groups.push(vec![block]),
        }
    }
    groups.iter().map(|group| check(group, &config)).collect()
}

/// Opens the first block's map, with the others as files beside it.
fn check<'p>(group: &[&'p Block], config: &Config) -> Vec<Outcome<'p>> {
    let texts: Vec<Decoded> = group.iter().map(|block| block.decode()).collect();
    let files: BTreeMap<String, Vec<u8>> = group
        .iter()
        .zip(&texts)
        .map(|(block, text)| (block.name().to_owned(), text.bytes.clone()))
        .collect();
    let (name, bytes) = (group[0].name(), texts[0].bytes.clone());
    let world = Memory(files);
    let dossier = Dossier::open(name, bytes, &world).verified(&world);
    let findings = rules::check(&dossier, config).findings;
    let outcome = |(block, text): (&&'p Block, &Decoded)| {
        let is_here =
            |finding: &&Diagnostic| dossier.files.get(finding.span.file).name() == block.name();
        let annotations = findings
            .iter()
            .filter(is_here)
            .map(|finding| {
                let (line, marks) = text.marks(finding.span);
                let (severity, message) = (finding.severity.name(), &finding.message);
                let annotation = format!("{marks} {severity}: {message}");
                (line, annotation, finding.rule.name)
            })
            .collect();
        Outcome { block, annotations }
    };
    group.iter().zip(&texts).map(outcome).collect()
}

impl Block {
    fn new<'i>(
        start: usize,
        section: &str,
        info: impl Iterator<Item = &'i str>,
        content: &[&str],
    ) -> Self {
        let mut block = Self {
            is_map: true,
            lines: start..start + content.len(),
            section: section.to_owned(),
            file: None,
            is_escaped: false,
            code: Vec::new(),
            annotations: Vec::new(),
        };
        for word in info {
            match word.strip_prefix("file=") {
                Some(file) => block.file = Some(file.to_owned()),
                None => block.is_escaped |= word == "escaped",
            }
        }
        for line in content {
            if is_annotation(line) {
                let about = block.code.len().saturating_sub(1);
                block.annotations.push((about, (*line).to_owned()));
            } else {
                block.code.push((*line).to_owned());
            }
        }
        block
    }

    /// What the tool reads of it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.decode().bytes
    }

    fn name(&self) -> &str {
        self.file.as_deref().unwrap_or(MAP_NAME)
    }

    fn decode(&self) -> Decoded {
        let mut decoded = Decoded::default();
        for (line, text) in self.code.iter().enumerate() {
            if line > 0 {
                let end = self.code[line - 1].chars().count();
                decoded.push(b"\n", (line - 1, end));
            }
            decoded.push_line(line, text, self.is_escaped);
        }
        let last = self.code.len().saturating_sub(1);
        let end = self.code.last().map_or(0, |line| line.chars().count());
        decoded.places.push((last, end));
        decoded.line_lengths = self.code.iter().map(|l| l.chars().count()).collect();
        decoded
    }
}

/// Whether a line is an annotation: `#`, marks, a severity and a message.
fn is_annotation(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else {
        return false;
    };
    let marks = rest.trim_start_matches(['>', '^', ' ']);
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    rest.len() > marks.len()
        && severities.iter().any(|severity| {
            let rest = marks.strip_prefix(severity.name());
            rest.is_some_and(|rest| rest.starts_with(": "))
        })
}

/// The bytes of a block, and where each of them stands in it.
#[derive(Default)]
struct Decoded {
    bytes: Vec<u8>,
    /// Line and column of each byte, from 0, and of the end.
    places: Vec<(usize, usize)>,
    line_lengths: Vec<usize>,
}

impl Decoded {
    fn push(&mut self, bytes: &[u8], place: (usize, usize)) {
        self.bytes.extend(bytes);
        self.places.extend(bytes.iter().map(|_| place));
    }

    fn push_line(&mut self, line: usize, text: &str, is_escaped: bool) {
        let mut buffer = [0; 4];
        let mut characters = text.chars().enumerate();
        while let Some((column, character)) = characters.next() {
            if !(is_escaped && character == '\\') {
                self.push(
                    character.encode_utf8(&mut buffer).as_bytes(),
                    (line, column),
                );
                continue;
            }
            let mut next = || characters.next().map(|(_, c)| c).expect("a whole escape");
            let byte = match next() {
                't' => b'\t',
                'r' => b'\r',
                '\\' => b'\\',
                'x' => {
                    let digits: String = [next(), next()].into_iter().collect();
                    u8::from_str_radix(&digits, 16).expect("two hexadecimal digits")
                }
                other => panic!("`\\{other}` is no escape of these blocks"),
            };
            self.push(&[byte], (line, column));
        }
    }

    /// The line that a span starts in, and the marks of an annotation under it.
    fn marks(&self, span: Span) -> (usize, String) {
        let place = |offset: u32| self.places[(offset as usize).min(self.bytes.len())];
        let (line, start) = place(span.start);
        let end = match place(span.end) {
            (end_line, end) if end_line == line => end,
            _ => self.line_lengths[line],
        };
        let carets = |n: usize| "^".repeat(n);
        let width = end.saturating_sub(start).max(1);
        let marks = match start {
            0 => format!("#{}", carets(width - 1)),
            1 => format!("#>{}", carets(width - 1)),
            _ => format!("#{}{}", " ".repeat(start - 1), carets(width)),
        };
        (line, marks)
    }
}

impl Outcome<'_> {
    /// The block's lines with the annotations that belong there.
    pub(crate) fn blessed(&self) -> Vec<String> {
        let about = |line: usize| {
            let here = self.annotations.iter().filter(move |(at, ..)| *at == line);
            here.map(|(_, annotation, _)| annotation.clone())
        };
        if self.block.code.is_empty() {
            return about(0).collect();
        }
        let lines = self.block.code.iter().enumerate();
        lines
            .flat_map(|(at, line)| [line.clone()].into_iter().chain(about(at)))
            .collect()
    }

    /// What the annotations say and the tool does not, and the other way round; empty where they agree.
    pub(crate) fn difference(&self) -> String {
        let mut found: Vec<_> = self.annotations.iter().collect();
        let mut difference = String::new();
        for (line, annotation) in &self.block.annotations {
            let same = |(at, text, _): &&(usize, String, &str)| at == line && text == annotation;
            match found.iter().position(same) {
                Some(at) => drop(found.remove(at)),
                None => self.describe(&mut difference, "in the page, not found", *line, annotation),
            }
        }
        for (line, annotation, rule) in found {
            let what = format!("found by `{rule}`, not in the page");
            self.describe(&mut difference, &what, *line, annotation);
        }
        difference
    }

    fn describe(&self, out: &mut String, what: &str, line: usize, annotation: &str) {
        let code = self.block.code.get(line).map_or("", String::as_str);
        writeln!(out, "  {what}:\n    {code}\n    {annotation}").expect("strings take all text");
    }
}
