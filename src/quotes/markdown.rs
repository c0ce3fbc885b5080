//! The visible text of Markdown, through `pulldown-cmark`.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::text::{Builder, Text};
use crate::source::SourceFile;

/// Reads a Markdown file: link targets, images, comments, footnote marks and front matter are not visible.
pub(super) fn read(file: &SourceFile) -> Text<'_> {
    let start = file.content_start();
    let source = &file.text()[start..];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        text: Builder::new(file),
        n_hidden: 0,
    };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, source, start, &range);
    }
    reader.text.finish()
}

struct Reader<'f> {
    text: Builder<'f>,
    /// How many images and blocks of front matter are open.
    n_hidden: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, source: &str, offset: usize, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.n_hidden += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => self.n_hidden -= 1,
            Event::End(TagEnd::Heading(level)) => drop(self.text.end_block(Some(level as u8))),
            Event::Start(tag) if is_block(tag.to_end()) => drop(self.text.end_block(None)),
            Event::End(tag) if is_block(tag) => drop(self.text.end_block(None)),
            Event::Rule => drop(self.text.end_block(None)),
            Event::Text(text) | Event::Code(text) if self.n_hidden == 0 => {
                let shift = source[range.clone()].find(&*text).unwrap_or(0);
                self.text.push(&text, offset + range.start + shift);
            }
            Event::SoftBreak | Event::HardBreak => self.text.push("\n", offset + range.start),
            Event::InlineHtml(tag) if tag.starts_with("<br") => {
                self.text.push("\n", offset + range.start);
            }
            _ => {}
        }
    }
}

/// Whether a tag is not within a line.
fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
    )
}

#[cfg(test)]
mod tests {
    use super::super::decode::Kind;
    use super::*;

    #[test]
    fn markup_is_not_visible_and_places_are_those_of_the_file() {
        let file = SourceFile::new(
            "a.md",
            "---\ntitle: x\n---\n# The *deck*\n\nIt is **un**safe[^1] &amp; [old](https://x.example/).\nSo `close` it.\n\n\
             ![no](i.png)\n\n- one\n- two\n\n## More\n\n> said\n\n[^1]: A note.\n",
        );
        let text = Text::of(&file, Kind::Markdown).expect("text");
        let paragraphs: Vec<&str> = text
            .paragraphs()
            .iter()
            .map(|range| &text.visible()[range.clone()])
            .collect();
        assert_eq!(
            paragraphs,
            [
                "It is unsafe & old.\nSo close it.",
                "one",
                "two",
                "said",
                "A note."
            ]
        );
        let headings: Vec<_> = text
            .headings()
            .iter()
            .map(|it| (text.heading_text(it), it.level))
            .collect();
        assert_eq!(headings, [("The deck", 1), ("More", 2)]);
        for word in ["unsafe", "old", "close", "two", "said"] {
            let at = text.visible().find(word).unwrap();
            let raw = &file.text()[text.in_file(&(at..at + word.len()))];
            assert_eq!(raw.replace('*', ""), word);
        }
        let said = text.visible().find("said").unwrap();
        assert_eq!(text.sections().at(said), Some(1));
        assert_eq!(text.sections().around(1), Some(0));
    }
}
