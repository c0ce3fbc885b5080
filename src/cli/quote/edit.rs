//! The edit: a quote and its place written into the text of a map.

use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use similar::TextDiff;

use super::super::disk::{Disk, cannot_read, read_file, real_path};
use super::super::{SUCCESS, input, output};
use super::{Found, Search, Spot};
use crate::analysis::Dossier;
use crate::emit::visible::{one_line, visible};
use crate::model::Text as MapText;
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::{Home, apply, disjoint, parse, put, quoted};
use crate::write::yaml;

impl Search<'_> {
    /// Edits the file of the statement, or shows the edit.
    pub(super) fn write(&self, found: &Found, world: &Disk) -> anyhow::Result<u8> {
        let file = self.dossier.map.statement(self.statement).span.file;
        let is_stdin = input::is_stdin(&self.args.map);
        if is_stdin && file != FileId(0) {
            bail!(
                "`{}` stands in an included map: name that one",
                self.args.id
            );
        }
        let before = self.dossier.files.get(file).text();
        let after = self.edited(file, found, world)?;
        let name = one_line(self.dossier.files.get(file).name()).into_owned();
        let told = format!("{} is at {}: {}", self.args.id, found.place, found.quote);
        let told = one_line(&told);
        if self.args.dry_run {
            let lines = TextDiff::from_lines(before, after.as_str());
            let diff = lines.unified_diff().header(&name, &name).to_string();
            let shown = if output::is_terminal() {
                visible(&diff).into_owned()
            } else {
                diff
            };
            output::print(shown.as_bytes())?;
            output::say(&told);
            return Ok(SUCCESS);
        }
        if is_stdin {
            output::print(after.as_bytes())?;
            output::say(&told);
            return Ok(SUCCESS);
        }
        if before == after {
            output::say(&format!("{told} (as it is written already)"));
            return Ok(SUCCESS);
        }
        let path = real_path(Path::new(self.dossier.files.get(file).name()))?;
        let bytes = read_file(&path).map_err(|why| cannot_read(&name, &why))?;
        if bytes != before.as_bytes() {
            bail!(
                "`{name}` is not wholly there or was changed meanwhile: nothing is written to it"
            );
        }
        output::rewrite_file(&path, &bytes, after.as_bytes())?;
        output::print(format!("{told}\n").as_bytes())?;
        Ok(SUCCESS)
    }

    /// The text of the statement's file with the quote in it; it is read again to see that nothing else has changed.
    fn edited(&self, file: FileId, found: &Found, world: &Disk) -> anyhow::Result<String> {
        let (name, text) = (
            self.dossier.files.get(file).name(),
            self.dossier.files.get(file).text(),
        );
        let open = |text: &str| Dossier::open(name, text.as_bytes().to_vec(), world);
        let mut before = open(text);
        let (tree, _) = parse(FileId(0), self.dossier.files.get(file));
        let by_hand = || {
            anyhow!(
                "the map is written in a way that cannot be edited here: write `at: {}` and `quote: {}` by hand",
                found.at,
                quoted(&found.quote)
            )
        };
        let home = self.home(found.spot);
        let entries = [("at", scalar(&found.at)), ("quote", scalar(&found.quote))];
        let edits = put(self.dossier.files.get(file), &tree, home, &entries);
        let edits = edits.with_context(|| by_hand().to_string())?;
        let edited = apply(text, &disjoint(edits));
        let after = open(&edited);
        let own = own_span(self.dossier.map.statement(self.statement).text.span);
        let mut statements = before.map.statements.iter_mut();
        let statement = statements.find(|statement| statement.text.span == own);
        let statement = statement.with_context(|| by_hand().to_string())?;
        let text_of = |value: &str| {
            let value = value.to_owned();
            let span = Span::default();
            Some(MapText { value, span })
        };
        let (at, quote) = match found.spot.citation {
            Some(at) => {
                let citation = &mut statement.citations[at];
                (&mut citation.at, &mut citation.quote)
            }
            None => (&mut statement.at, &mut statement.quote),
        };
        (*at, *quote) = (text_of(&found.at), text_of(&found.quote));
        let is_right = yaml::write(&before) == yaml::write(&after)
            && before.problems.len() == after.problems.len()
            && n_comments(text) == n_comments(&edited);
        if is_right { Ok(edited) } else { Err(by_hand()) }
    }

    /// What gets the keys.
    fn home(&self, spot: Spot) -> Home<'_> {
        let statement = self.dossier.map.statement(self.statement);
        if let Some(citation) = self.citation(spot) {
            return Home {
                scalar: own_span(citation.source.span),
                keys: &["id"],
                name: None,
                key: "id",
                in_braces: true,
            };
        }
        // Where an id is a key of a section, the text is its value; else the id is a key of its own.
        let is_in_place = |id: Span| id.start > statement.span.start;
        let name = statement.id_span.filter(|id| !is_in_place(*id));
        Home {
            scalar: own_span(statement.text.span),
            keys: &["text", "claim", "evidence", "assumption"],
            name: name.map(own_span),
            key: if name.is_some() { "text" } else { "claim" },
            in_braces: false,
        }
    }
}

/// A place in the only file of a map that is read alone.
fn own_span(span: Span) -> Span {
    let file = FileId(0);
    Span { file, ..span }
}

fn n_comments(text: &str) -> usize {
    let file = SourceFile::new("", text);
    parse(FileId(0), &file).0.comments().len()
}

/// A text as YAML on one line: plain where every reader takes it for this text, also within braces.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ';' | '\'' | '’' | '–' | '—')
    };
    let is_word = text.starts_with(char::is_alphabetic) && text.contains(' ');
    if is_word && text.chars().all(is_plain) && !text.ends_with(' ') {
        text.to_owned()
    } else {
        quoted(text)
    }
}
