//! The page of argumentation schemes is made from the catalogue.

use std::fmt::Write as _;
use std::fs;

use grounds::analysis::{Burden, Scheme};

use crate::{is_blessing, project};

const HEAD: &str = "\
# Argumentation schemes

A scheme is a common pattern of reasoning that is plausible and open to defeat, such as an argument from expert opinion.
A step of a map says with `scheme:` which one it follows, and answers what that scheme asks under `answers:`.
`grounds scheme NAME` prints one of them with a step to copy; [`unanswered-critical-question`](rules/unanswered-critical-question.md) tells what is still to be answered.

The patterns are those of Walton, Reed and Macagno, *Argumentation Schemes* (Cambridge University Press 2008), chapter 9, in this project's own words; each entry gives the name that the book has for it.
Who must answer a question follows the Carneades model (Gordon, Prakken and Walton, *The Carneades model of argument and burden of proof*, Artificial Intelligence 171, 2007):

- an **assumption** is the author's to answer: without an answer the step does not carry;
- an **exception** is a critic's to show: the step carries until somebody does.
";

#[test]
fn the_page_of_schemes_is_fresh() {
    let path = project("docs/schemes.md");
    if is_blessing() {
        fs::write(&path, page()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/schemes.md is stale: `GROUNDS_BLESS=1 cargo test` refreshes it"
    );
}

fn page() -> String {
    let mut page = format!("{HEAD}\n| scheme | what it argues |\n| --- | --- |\n");
    for scheme in Scheme::all() {
        let (name, summary) = (&scheme.name, &scheme.summary);
        writeln!(page, "| [{name}](#{name}) | {summary} |").unwrap();
    }
    for scheme in Scheme::all() {
        page += &section(scheme);
    }
    page
}

fn section(scheme: &Scheme) -> String {
    let mut section = format!(
        "\n## {}\n\n{}: {}.\n",
        scheme.name, scheme.title, scheme.summary
    );
    write!(
        section,
        "In the book: {}.\n\n| | |\n| --- | --- |\n",
        scheme.source
    )
    .unwrap();
    for role in &scheme.premises {
        writeln!(section, "| premise `{}` | {} |", role.key, role.text).unwrap();
    }
    writeln!(section, "| conclusion | {} |", scheme.conclusion).unwrap();
    for burden in [Burden::Assumption, Burden::Exception] {
        for question in scheme.questions_with(burden) {
            let (key, text) = (&question.key, &question.text);
            writeln!(section, "| {} `{key}` | {text} |", burden.name()).unwrap();
        }
    }
    section
}
