//! Argdown's source: lines to a debate.
//!
//! The grammar is that of Argdown 1.7 (<https://argdown.org/syntax>), read more leniently where only one thing can be
//! meant. Relations nest by indentation; the levels that are open are kept on a stack.

use rustc_hash::FxHashSet;

use super::block::{Block, Place, Role, Words, offset, span, spanned};
use super::content::{self, Content, Of, without_tags};
use super::data::{self, Entry};
use super::debate::{Debate, End, Kind, Link, Relation};
use super::lines::{self, Mark, Start};
use super::mask::MASKED;
use crate::model::{ForeignFault, Text};
use crate::read::draft::Draft;
use crate::source::{FileId, Location, SourceFiles, Span, Spanned, World};

/// Reads a document and everything that it includes. Linear in the size of all files.
pub(super) fn read(
    draft: &mut Draft,
    name: &str,
    bytes: Vec<u8>,
    world: &dyn World,
) -> (SourceFiles, Debate) {
    let mut reader = Reader {
        draft,
        world,
        files: SourceFiles::default(),
        open: Vec::new(),
        seen: FxHashSet::default(),
        debate: Debate::default(),
        sections: Vec::new(),
        block: Block::default(),
    };
    let key = world
        .locate(name, name)
        .map_or_else(|_| name.to_owned(), |found| found.key);
    let name = name.to_owned();
    reader.open(Location { name, key }, bytes);
    reader.lines();
    let Reader { files, debate, .. } = reader;
    (files, debate)
}

/// A file whose lines are being read.
pub(super) struct OpenFile {
    pub(super) id: FileId,
    pub(super) name: String,
    pub(super) key: String,
    /// Its text without comments.
    pub(super) masked: String,
    /// How far it is read.
    pub(super) at: usize,
}

pub(super) struct Reader<'d> {
    pub(super) draft: &'d mut Draft,
    pub(super) world: &'d dyn World,
    pub(super) files: SourceFiles,
    /// The files from the document down to the one at hand.
    pub(super) open: Vec<OpenFile>,
    /// The keys of the files that were read.
    pub(super) seen: FxHashSet<String>,
    pub(super) debate: Debate,
    /// The headings that are open: level, and title where it names a group.
    pub(super) sections: Vec<(usize, Option<Text>)>,
    pub(super) block: Block,
}

impl Reader<'_> {
    fn lines(&mut self) {
        while let Some(file) = self.open.last_mut() {
            let rest = &file.masked[file.at..];
            if rest.is_empty() {
                self.end_block();
                self.open.pop();
                continue;
            }
            let end = rest.find(['\n', '\r']);
            let length = end.unwrap_or(rest.len());
            let is_pair = rest[length..].starts_with("\r\n");
            let line = span(file.id, file.at, file.at + length);
            let words = rest[..length].to_owned();
            file.at += length + usize::from(end.is_some()) + usize::from(is_pair);
            self.line(&words, line);
        }
    }

    fn line(&mut self, masked: &str, mut at: Span) {
        let words = masked.replace(MASKED, "");
        let line = words.trim();
        if line.is_empty() {
            // A line with nothing but a comment is no line.
            if !masked.contains(MASKED) {
                self.end_block();
            }
            return;
        }
        let is_space = |c: char| c.is_whitespace() || c == MASKED;
        let indent = words.len() - words.trim_start().len();
        at.start += offset(masked.len() - masked.trim_start_matches(is_space).len());
        if self.is_in_the_middle(line, at) {
            return;
        }
        if let Some(path) = lines::included(line) {
            let value = path.to_owned();
            return self.include(&Spanned { value, span: at });
        }
        let (start, length) = lines::start(line);
        let rest = Words {
            line,
            length,
            indent,
            at,
        };
        match start {
            Start::Inference => self.inference_start(&rest),
            Start::Relation(mark) => self.relation(mark, &rest),
            Start::Heading(level) => {
                self.end_block();
                self.gather(Role::Heading(level), &rest);
            }
            Start::Item(number) if self.takes_items() => self.item(number, &rest),
            Start::Bullet if self.block.place.is_none() || self.block.base > 0 => {
                self.close();
                self.new_root(indent + 1);
                self.gather(Role::Top, &rest);
            }
            Start::Item(_) | Start::Bullet | Start::Words => self.words(&rest),
        }
    }

    /// Whether a line goes on with an inference or with data, whatever it starts with.
    fn is_in_the_middle(&mut self, line: &str, at: Span) -> bool {
        if self.block.inference.is_some() {
            self.inference_line(line, at);
            return true;
        }
        match &mut self.block.place {
            Some(place) if place.is_in_data => {
                place.go_on(line, at);
                true
            }
            _ => false,
        }
    }

    fn words(&mut self, rest: &Words<'_>) {
        if let Some(place) = &mut self.block.place {
            return place.go_on(rest.line, rest.at);
        }
        self.new_root(0);
        self.gather(Role::Top, rest);
    }

    pub(super) fn gather(&mut self, role: Role, rest: &Words<'_>) {
        let words = rest.words();
        self.block.place = Some(Place {
            role,
            words: words.to_owned(),
            span: rest.span(),
            is_in_data: data::is_open(words),
        });
    }

    /// What follows is about what comes next.
    pub(super) fn new_root(&mut self, base: usize) {
        self.block.root = None;
        self.block.base = base;
        self.block.levels.clear();
    }

    fn relation(&mut self, mark: Mark, rest: &Words<'_>) {
        self.close();
        let Some((root, last)) = self.block.root.zip(self.block.last) else {
            let how = "stands under nothing";
            let help =
                "write it under a statement, with no empty line between; its words are read alone";
            self.misplaced(rest.span(), "relation", how, help);
            self.new_root(0);
            return self.gather(Role::Top, rest);
        };
        let base = self.block.base;
        let levels = &mut self.block.levels;
        if rest.indent > levels.last().map_or(base, |level| level.0) {
            levels.push((rest.indent, last));
        } else {
            while levels.last().is_some_and(|level| rest.indent < level.0) {
                levels.pop();
            }
        }
        let parent = levels.last().map(|level| level.1);
        if parent.is_none() {
            let help = "indent it under the statement that it is about; it is read as if it were";
            self.misplaced(rest.span(), "relation", "is not indented", help);
            self.block.levels.push((rest.indent, root));
        }
        self.gather(Role::Related(mark, parent.unwrap_or(root)), rest);
    }

    /// Ends everything that an empty line ends.
    pub(super) fn end_block(&mut self) {
        let was_empty = self.block.place.is_none() && self.block.root.is_none();
        if let Some(place) = self.block.inference.take() {
            self.missing(place.span, "second pair of dashes", "inference");
            self.inference(&place);
        }
        self.close();
        let described = match self.block.root {
            Some(End::Argument(at)) if self.block.reconstruction.is_none() => Some(at),
            // Empty lines may follow each other.
            _ if was_empty => self.block.described,
            _ => None,
        };
        self.end_reconstruction();
        self.block = Block {
            described,
            ..Block::default()
        };
    }

    /// Makes of the words at hand what they are.
    pub(super) fn close(&mut self) {
        let Some(place) = self.block.place.take() else {
            return;
        };
        let (words, entries) = match data::at_end(&place.words) {
            Some((words, entries)) => (words, entries),
            None => (&*place.words, Vec::new()),
        };
        let content = content::parse(words);
        for _ in 0..content.n_mentions {
            let what = "mentions of statements in texts";
            self.draft.losses.add(what, place.span);
        }
        if let Role::Heading(level) = place.role {
            return self.heading(level, &content, &entries, place.span);
        }
        if !entries.is_empty() {
            let what = "data of statements and arguments";
            self.draft.losses.add(what, place.span);
        }
        let end = self.end_of(&place, content);
        match place.role {
            Role::Related(mark, parent) => self.relate(mark, parent, end, place.span),
            Role::Item(number) => self.add_item(number, end, place.span),
            Role::Top | Role::Heading(_) | Role::Inference => {}
        }
        self.block.last = Some(end);
        if self.block.root.is_none() {
            self.block.root = Some(end);
        }
    }

    fn heading(&mut self, level: usize, content: &Content, entries: &[Entry], at: Span) {
        self.sections.retain(|(open, _)| *open < level);
        let is_false = |entry: &Entry| {
            entry.key.value == "isGroup" && entry.values.iter().any(|it| it.value == "false")
        };
        let is_group = !entries.iter().any(is_false);
        if !is_group {
            self.draft.losses.add("headings that name no group", at);
        }
        if entries.iter().any(|entry| entry.key.value != "isGroup") || !content.tags.is_empty() {
            self.draft.losses.add("tags and data of headings", at);
        }
        let tags: Vec<Text> = content.tags.iter().map(|tag| spanned(tag, at)).collect();
        let title = spanned(&without_tags(&content.text, &tags), at);
        let title = Some(title).filter(|title| is_group && !title.value.is_empty());
        self.sections.push((level, title));
    }

    /// The heading that what stands here is grouped under.
    pub(super) fn section(&self) -> Option<Text> {
        self.sections.last()?.1.clone()
    }

    /// The statement or argument that words are of, with what they say of it.
    fn end_of(&mut self, place: &Place, content: Content) -> End {
        let section = self.section();
        let is_item = matches!(place.role, Role::Item(_));
        let title = content.title.map(|title| {
            let mut at = place.span;
            at.end = at.end.min(at.start + offset(title.text.len() + 2));
            (title.of, spanned(&title.text, at))
        });
        let is_argument = matches!(&title, Some((Of::Argument, _)));
        if is_argument && is_item {
            let how = "is no argument's place";
            let help =
                "premises and conclusions are statements, `[like this]: …`; it is read as one";
            self.misplaced(place.span, "item", how, help);
        }
        let title = title.map(|(_, title)| title);
        let (end, node) = if is_argument && !is_item {
            let at = self.debate.argument(title.as_ref(), place.span);
            (End::Argument(at), &mut self.debate.arguments[at].node)
        } else {
            let at = self.debate.statement(title.as_ref(), place.span);
            (End::Statement(at), &mut self.debate.statements[at])
        };
        let tags: Vec<Text> = content
            .tags
            .iter()
            .map(|tag| spanned(tag, place.span))
            .collect();
        let text = without_tags(&content.text, &tags);
        if node.section.is_none() && !text.is_empty() {
            node.section = section;
        }
        node.tag(tags);
        node.word(spanned(&text, place.span));
        node.links
            .extend(content.links.into_iter().map(|(title, url)| Link {
                title,
                url: spanned(&url, place.span),
            }));
        end
    }

    fn relate(&mut self, mark: Mark, parent: End, end: End, at: Span) {
        let undercuts_step = mark.kind == Kind::Undercut && !mark.is_outward;
        let parent = match parent {
            End::Statement(_) if undercuts_step => self.step_to(parent),
            _ => parent,
        };
        let (from, to) = if mark.is_outward {
            (parent, end)
        } else {
            (end, parent)
        };
        self.debate.relations.push(Relation {
            kind: mark.kind,
            from,
            to,
            span: at,
        });
    }

    pub(super) fn misplaced(
        &mut self,
        at: Span,
        what: &'static str,
        how: &'static str,
        help: &'static str,
    ) {
        let fault = ForeignFault::Misplaced { what, how, help };
        self.draft.fault(at, fault);
    }

    pub(super) fn missing(&mut self, at: Span, part: &'static str, owner: &'static str) {
        let fault = ForeignFault::Missing {
            part,
            owner,
            name: None,
        };
        self.draft.fault(at, fault);
    }
}
