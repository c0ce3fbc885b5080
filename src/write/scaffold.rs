//! The beginning of a map about a text: what is known of the source, and its paragraphs as comments to work through.

use serde_yaml::{Mapping, Value};
use textwrap::{Options, WrapAlgorithm};

use super::breaks;
use crate::emit::visible::visible;
use crate::quotes::Text;
use crate::source::single_spaced;

/// How wide comments are set, in characters without their mark.
const WIDTH: usize = 96;

/// What stands for the thesis until somebody writes it: `check` finds that it is a question.
const OPEN_THESIS: &str = "What does the text argue for?";

/// What a map says of the text that it is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The title of the map and of the text.
    pub title: &'a str,
    /// The id of the text among the sources.
    pub id: &'a str,
    /// The path of its file, as seen from the map.
    pub file: &'a str,
    /// The digest of that file.
    pub sha256: &'a str,
}

/// Writes a map with an open thesis; linear in the text.
///
/// It reads back without a fault of form whatever the text holds.
pub fn write(about: About<'_>, text: &Text<'_>) -> String {
    let source = mapping(&[
        ("title", about.title.into()),
        ("file", about.file.into()),
        ("sha256", about.sha256.into()),
    ]);
    let thesis = mapping(&[
        ("id", "thesis".into()),
        ("claim", OPEN_THESIS.into()),
        ("undeveloped", true.into()),
    ]);
    let head = mapping(&[
        ("title", about.title.into()),
        ("article", about.id.into()),
        ("thesis", thesis),
        ("sources", mapping(&[(about.id, source)])),
    ]);
    let head = breaks::to_text(&head);
    let mut out = format!(
        "# yaml-language-server: $schema=argument-map.schema.json\n{head}\n\
         # The text, to work through: write what a paragraph claims, reports or takes for granted under `claims`,\n\
         # `evidence` or `assumptions`, with `at: para N` and a `quote`, and take the paragraph out here.\n"
    );
    for block in blocks(text) {
        out.push_str("#\n");
        match block {
            Block::Heading(words) => push_comment(&mut out, &format!("§ {words}")),
            Block::Paragraph(number, words) => {
                push_comment(&mut out, &format!("para {number}"));
                push_comment(&mut out, words);
            }
        }
    }
    out
}

enum Block<'t> {
    Heading(&'t str),
    Paragraph(usize, &'t str),
}

/// The headings and the paragraphs with their numbers, from the beginning of the text.
fn blocks<'t>(text: &'t Text<'_>) -> Vec<Block<'t>> {
    let headings = text.headings().iter().map(|heading| {
        let words = Block::Heading(text.heading_text(heading));
        (heading.range.start, words)
    });
    let paragraphs = (1..).zip(text.paragraphs()).map(|(number, range)| {
        let words = &text.visible()[range.clone()];
        (range.start, Block::Paragraph(number, words))
    });
    let mut blocks: Vec<(usize, Block<'t>)> = headings.chain(paragraphs).collect();
    blocks.sort_by_key(|(start, _)| *start);
    blocks.into_iter().map(|(_, block)| block).collect()
}

fn push_comment(out: &mut String, words: &str) {
    let line = single_spaced(words);
    let line = visible(&line);
    let options = Options::new(WIDTH).wrap_algorithm(WrapAlgorithm::FirstFit);
    for line in textwrap::wrap(&line, options) {
        // What YAML does not have is not even for comments.
        let line = line.replace(['\u{feff}', '\u{fffe}', '\u{ffff}'], "\u{fffd}");
        out.extend(["# ", &*line, "\n"]);
    }
}

fn mapping(entries: &[(&str, Value)]) -> Value {
    let entries = entries
        .iter()
        .map(|(key, value)| ((*key).into(), value.clone()));
    Value::Mapping(entries.collect::<Mapping>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dossier;
    use crate::quotes::Kind;
    use crate::source::{NoFiles, SourceFile};

    #[test]
    fn a_map_begins_with_what_is_known_and_the_paragraphs() {
        let file = SourceFile::new(
            "echo.md",
            "# The *Echo*\n\nOne:\ntwo.\n\n## Ends\n\nThree.\n",
        );
        let text = Text::of(&file, Kind::Markdown).expect("text");
        let about = About {
            title: "Yes: no",
            id: "echo",
            file: "echo.md",
            sha256: &"0".repeat(64),
        };
        let map = write(about, &text);
        for part in [
            "title: 'Yes: no'\n",
            "article: echo\n",
            "    file: echo.md\n",
            "# § The Echo\n#\n# para 1\n# One: two.\n#\n# § Ends\n#\n# para 2\n# Three.\n",
        ] {
            assert!(map.contains(part), "{part} in\n{map}");
        }
        let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
        assert_eq!(dossier.problems, []);
    }

    #[test]
    fn no_text_breaks_out_of_its_comment() {
        let nasty = "a\u{85}b: c\n\u{2028}- d\u{7}\u{feff}\u{202e}e \u{ffff}";
        let file = SourceFile::new("a.txt", nasty);
        let text = Text::of(&file, Kind::Plain).expect("text");
        let about = About {
            title: nasty,
            id: "a",
            file: nasty,
            sha256: &"0".repeat(64),
        };
        let map = write(about, &text);
        let dossier = Dossier::open("m.yaml", map.clone().into(), &NoFiles);
        assert_eq!(dossier.problems, [], "{map}");
        assert_eq!(dossier.title(), nasty);
    }
}
