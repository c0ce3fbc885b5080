//! Quotes in texts: alterations of true quotes and what they must be told to be, laws, and hostile files.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};

use grounds::quotes::Difference::{
    Case, Dashes, Insertion, Layout, Ligatures, Omission, Punctuation, QuotationMarks,
};
use grounds::quotes::{Difference, Index, Kind, Locator, Lookup, Standing, Text, decode, look_up};
use grounds::source::SourceFile;
use proptest::prelude::*;

use crate::cli::run;
use crate::project;

/// A text with its index.
struct Source<'f> {
    text: Text<'f>,
    index: Index,
}

impl<'f> Source<'f> {
    fn of(file: &'f SourceFile) -> Self {
        let text = Text::of(file, Kind::Plain).unwrap();
        let index = Index::of(text.visible());
        Self { text, index }
    }

    fn look_up(&self, quote: &str) -> Lookup {
        look_up(&self.text, &self.index, quote)
    }
}

/// How many words a true quote has.
const N_WORDS: usize = 12;
/// How many true quotes are altered.
const N_QUOTES: usize = 24;

/// The words of a text that stand in one paragraph, at even distances.
fn windows(text: &Text<'_>) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    for paragraph in text.paragraphs() {
        let start = paragraph.start;
        let words: Vec<Range<usize>> = words(&text.visible()[paragraph.clone()])
            .map(|word| start + word.start..start + word.end)
            .collect();
        let groups = words.chunks_exact(N_WORDS);
        windows.extend(groups.map(|group| group[0].start..group[N_WORDS - 1].end));
    }
    let step = windows.len() / N_QUOTES;
    windows
        .into_iter()
        .step_by(step.max(1))
        .take(N_QUOTES)
        .collect()
}

/// Where the words of a text stand.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// The words of a true quote, without the marks at its ends.
fn bare(quote: &str) -> Vec<&str> {
    let is_mark = |c: char| !c.is_alphanumeric();
    quote.trim_matches(is_mark).split_whitespace().collect()
}

/// The article that belongs to an example map.
fn article() -> String {
    fs::read_to_string(project("maps/sources/school-street-article.md")).unwrap()
}

type Alter = fn(&[&str]) -> String;

fn with(words: &[&str], at: usize, word: &str) -> String {
    let mut words = words.to_vec();
    words[at] = word;
    words.join(" ")
}

/// Alterations that leave the words as they are, and the differences that they must be told to be.
const FAITHFUL: &[(&str, Alter, &[Difference])] = &[
    ("exact", |w| w.join(" "), &[]),
    ("white space", |w| w.join(" \u{a0} "), &[Layout]),
    ("line breaks", |w| w.join("\n"), &[Layout]),
    (
        "soft hyphens",
        |w| w.join(" ").replace('e', "e\u{ad}"),
        &[Layout],
    ),
    ("capitals", |w| w.join(" ").to_uppercase(), &[Case]),
    (
        "full-width letters",
        |w| w.join(" ").replace('e', "ｅ"),
        &[Ligatures],
    ),
    (
        "quotation marks around",
        |w| format!("“{}”", w.join(" ")),
        &[QuotationMarks],
    ),
    (
        "a mark at the end",
        |w| format!("{}!", w.join(" ")),
        &[Punctuation],
    ),
    (
        "three dots",
        |w| format!("{} ... {}", w[..4].join(" "), w[7..].join(" ")),
        &[Omission],
    ),
    (
        "an ellipsis",
        |w| format!("{} … {}", w[..4].join(" "), w[7..].join(" ")),
        &[Omission],
    ),
    (
        "an ellipsis in brackets",
        |w| format!("{} […] {}", w[..4].join(" "), w[7..].join(" ")),
        &[Omission],
    ),
    (
        "inserted words",
        |w| format!("{} [so it was] {}", w[..5].join(" "), w[5..].join(" ")),
        &[Insertion],
    ),
];

/// Alterations that make other words of a quote.
const OTHER: &[(&str, Alter)] = &[
    ("one word changed", |w| with(w, 5, "cathedral")),
    ("the first word changed", |w| with(w, 0, "cathedral")),
    ("two words swapped", |w| {
        let mut words = w.to_vec();
        words.swap(4, 7);
        words.join(" ")
    }),
    ("one word left out", |w| {
        [&w[..6], &w[7..]].concat().join(" ")
    }),
    ("one word put in", |w| {
        with(w, 6, &format!("{} hardly", w[6]))
    }),
    ("one word misspelt", |w| {
        let longest = (0..w.len()).max_by_key(|at| w[*at].len()).unwrap();
        with(w, longest, &w[longest].chars().rev().collect::<String>())
    }),
];

/// Sentences that the article has nothing of.
const INVENTED: &[&str] = &[
    "Mussels are farmed on ropes that hang from wooden rafts.",
    "Violins built in Cremona still fetch enormous prices at auctions.",
    "Glaciers carry boulders far beyond their original valleys.",
    "Sourdough needs patience, warm kitchens and regular feeding.",
    "Medieval scribes scraped parchment to reuse precious skins.",
    "Penguins recognise partners among thousands through distinctive calls.",
    "Typesetters once sorted metal letters into shallow wooden cases.",
    "Astronomers discovered water vapour around distant exoplanets recently.",
    "Bamboo scaffolding surrounds skyscrapers throughout Hong Kong.",
    "Chess engines evaluate millions of positions every second.",
    "Volcanic ash makes fertile vineyards along steep terraces.",
    "Lighthouses lost their keepers when automation became reliable.",
];

#[test]
fn alterations_of_true_quotes_are_told_apart() {
    let file = SourceFile::new("article.txt", article());
    let source = Source::of(&file);
    let windows = windows(&source.text);
    let mut faults = Vec::new();
    let (mut n_cases, mut n_near, mut n_near_missed) = (0, 0, 0);
    for window in &windows {
        let words = bare(&source.text.visible()[window.clone()]);
        for (kind, alter, expected) in FAITHFUL {
            n_cases += 1;
            let quote = alter(&words);
            if found(&source, &quote, window) != Some(expected.to_vec()) {
                faults.push(format!("{kind}: {quote}: {:?}", source.look_up(&quote)));
            }
        }
        for (kind, alter) in OTHER {
            n_near += 1;
            let quote = alter(&words);
            if !is_near(&source, &quote, window) {
                n_near_missed += 1;
                eprintln!("missed, {kind}: {quote}: {:?}", source.look_up(&quote));
            }
        }
    }
    for pair in windows.windows(2) {
        let [one, other] = [&pair[0], &pair[1]].map(|it| bare(&source.text.visible()[it.clone()]));
        let joined = [&one[..6], &other[6..]].concat().join(" ");
        n_near += 1;
        n_near_missed += usize::from(!pair.iter().any(|window| is_near(&source, &joined, window)));
    }
    for invented in INVENTED {
        n_cases += 1;
        if source.look_up(invented) != Lookup::Nowhere {
            faults.push(format!(
                "invented: {invented}: {:?}",
                source.look_up(invented)
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_cases + n_near >= 400, "{n_cases} and {n_near}");
    assert!(
        n_near_missed * 20 <= n_near,
        "{n_near_missed} of {n_near} are missed"
    );
}

/// The differences of the passage that overlaps a place, where a quote is found there.
fn found(source: &Source<'_>, quote: &str, place: &Range<usize>) -> Option<Vec<Difference>> {
    let Lookup::Found(passages) = source.look_up(quote) else {
        return None;
    };
    let here = passages
        .iter()
        .find(|it| it.range.start < place.end && place.start < it.range.end)?;
    let all = here.differences.iter().copied();
    // Where the text breaks its line within the quote, a difference of layout comes with every other.
    let is_broken = source.text.visible()[here.range.clone()].contains('\n');
    let is_told =
        |it: &Difference| *it != Layout || !is_broken || quote.contains(['\n', '\u{a0}', '\u{ad}']);
    Some(all.filter(is_told).collect())
}

/// Whether the passage nearest to a quote overlaps a place.
fn is_near(source: &Source<'_>, quote: &str, place: &Range<usize>) -> bool {
    match source.look_up(quote) {
        Lookup::Closest(closest) => {
            closest.range.start < place.end && place.start < closest.range.end
        }
        Lookup::Found(_) | Lookup::Nowhere => false,
    }
}

/// What printers do to a text: the differences are those of the text then.
#[test]
fn printed_texts_have_the_quotes_of_their_manuscripts() {
    let manuscript = article();
    let file = SourceFile::new("article.txt", manuscript.clone());
    let source = Source::of(&file);
    let hyphenated = |text: &str| {
        let long = |word: &str| match word.char_indices().nth(5) {
            Some((at, _)) if word.chars().all(char::is_lowercase) && word.len() > 9 => {
                format!("{}-\n{}", &word[..at], &word[at..])
            }
            _ => word.to_owned(),
        };
        let lines = text
            .split('\n')
            .map(|line| line.split(' ').map(long).collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    };
    let printings: [(&str, String, &[Difference]); 5] = [
        (
            "hyphens at the ends of lines",
            hyphenated(&manuscript),
            &[Layout],
        ),
        (
            "ligatures",
            manuscript.replace("fi", "ﬁ").replace("ff", "ﬀ"),
            &[Layout, Ligatures],
        ),
        (
            "apostrophes",
            manuscript.replace('\'', "’"),
            &[Layout, QuotationMarks],
        ),
        ("dashes", manuscript.replace('-', "‑"), &[Layout, Dashes]),
        (
            "Windows line breaks",
            manuscript.replace('\n', "\r\n"),
            &[Layout],
        ),
    ];
    for (kind, printed, allowed) in printings {
        let file = SourceFile::new("printed.txt", printed);
        let printed = Source::of(&file);
        let mut n_changed = 0;
        for window in windows(&source.text) {
            let quote = bare(&source.text.visible()[window]).join(" ");
            let Lookup::Found(passages) = printed.look_up(&quote) else {
                panic!("{kind}: {quote} is not found");
            };
            let differences = &passages[0].differences;
            assert!(
                differences.iter().all(|it| allowed.contains(it)),
                "{kind}: {quote}: {differences:?}"
            );
            n_changed += usize::from(!differences.is_empty());
        }
        assert!(n_changed > 0, "{kind} changes no quote");
    }
}

#[test]
fn wrong_paragraphs_are_put_right() {
    let file = SourceFile::new("article.txt", article());
    let source = Source::of(&file);
    for window in windows(&source.text) {
        let (right, _) = source.text.paragraphs_of(&window).unwrap();
        let n = source.text.paragraphs().len();
        for paragraph in 1..=n {
            let locator = Locator::parse(&format!("para {paragraph}")).unwrap();
            let expected = if paragraph == right {
                Standing::There
            } else {
                Standing::Elsewhere(Some(format!("para {right}")))
            };
            assert_eq!(locator.within(&source.text).standing(&window), expected);
        }
    }
}

proptest! {
    #[test]
    fn words_of_any_text_are_found_in_it(text in "[a-zA-Zéßñ「」这座桥 ,.'’“”—\n]{1,300}", from in 0..40usize, n in 1..12usize) {
        let file = SourceFile::new("a.txt", text);
        let source = Source::of(&file);
        let all: Vec<Range<usize>> = words(source.text.visible()).collect();
        let Some(some) = all.get(from..(from + n).min(all.len())).filter(|some| !some.is_empty()) else {
            return Ok(());
        };
        let quote = &source.text.visible()[some[0].start..some[some.len() - 1].end];
        let has_words = quote.contains(char::is_alphanumeric);
        match source.look_up(quote) {
            Lookup::Found(passages) => prop_assert!(passages.iter().any(|it| it.differences.is_empty()), "{quote:?}"),
            other => prop_assert!(!has_words, "{quote:?}: {other:?}"),
        }
    }

    #[test]
    fn no_text_and_no_quote_is_too_strange(bytes in any::<Vec<u8>>(), text in any::<String>(), quote in any::<String>()) {
        for name in ["a.txt", "a.md", "a.html"] {
            let decoded = [decode(name, &bytes), decode(name, text.as_bytes())];
            for decoded in decoded.into_iter().flatten() {
                let file = SourceFile::new(name, decoded.text);
                let text = Text::of(&file, decoded.kind).unwrap();
                let range = match look_up(&text, &Index::of(text.visible()), &quote) {
                    Lookup::Found(passages) => passages[0].range.clone(),
                    Lookup::Closest(closest) => closest.range,
                    Lookup::Nowhere => 0..text.visible().len(),
                };
                let in_file = text.in_file(&range);
                prop_assert!(file.text().get(in_file).is_some());
            }
        }
    }

    #[test]
    fn markup_of_any_kind_is_read(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "<p>", "</p>", "<b>", "</b>", "<sup>", "<a>", "</a>", "</sup>", "<br>", "<h2>", "</h2>", "<script>", "</script>",
        "<!--", "-->", "&amp;", "&#x41;", "&nope;", "&", "\r\n", "word ", "# ", "* ", "> ", "`", "![", "](x)", "[^1]", "é", "\n\n",
    ]), 0..60)) {
        let markup = pieces.concat();
        for kind in [Kind::Plain, Kind::Markdown, Kind::Html] {
            let file = SourceFile::new("a", markup.clone());
            let text = Text::of(&file, kind).unwrap();
            for word in words(text.visible()) {
                let in_file = text.in_file(&word);
                prop_assert!(file.text().get(in_file).is_some(), "{kind:?}: {markup:?}");
            }
        }
    }
}

/// A map with one quote from one file.
fn map(file: &str, quote: &str) -> String {
    format!(
        "thesis:\n  claim: The deck is unsafe.\n  reasons:\n    - evidence: The report says so.\n      \
         source: {{id: report, quote: \"{quote}\"}}\nsources:\n  report: {{title: Report, file: {file}}}\n"
    )
}

/// What is found in a map with one quote, without its place; nothing for nothing.
#[track_caller]
fn check(folder: &Path, file: &str, quote: &str, expected: &str) {
    fs::write(folder.join("m.yaml"), map(file, quote)).unwrap();
    let start = Instant::now();
    let run = run(folder, &["check", "-f", "short", "m.yaml"]);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(10), "{file} takes {took:?}");
    let findings = run.stdout.lines();
    let found: Vec<&str> = findings
        .map(|line| line.splitn(4, ':').nth(3).unwrap().trim())
        .collect();
    assert_eq!(found.join("\n"), expected, "{file}\n{}", run.stderr);
}

/// Files, each with a quote and what is found.
const FILES: [(&str, &[u8], &str, &str); 9] = [
    (
        "windows.txt",
        b"The \x93deck\x94 is unsafe.",
        "The “deck” is unsafe.",
        "",
    ),
    (
        "windows.txt",
        b"The \x93deck\x94 is unsafe.",
        "mussels",
        "error: the quote of evidence \"The report says so\" is not in `windows.txt` [quote-not-found]",
    ),
    (
        "utf16.txt",
        b"\xff\xfeD\0e\0c\0k\0 \0\xfc\0.\0",
        "Deck ü.",
        "",
    ),
    (
        "utf16.txt",
        b"\xff\xfeD\0e\0c\0k\0",
        "deck",
        "warning: the quote of evidence \"The report says so\" differs from `utf16.txt` in case [quote-differs]",
    ),
    (
        "binary.txt",
        b"The deck\0is unsafe.",
        "deck",
        "error: `binary.txt` is not a text [source-file-missing]",
    ),
    (
        "empty.txt",
        b"",
        "deck",
        "error: `empty.txt` is empty [source-file-missing]",
    ),
    (
        "scan.pdf",
        b"%PDF-1.7\nThe deck is unsafe.",
        "deck",
        "error: `scan.pdf` is a PDF, which is not read [source-file-missing]",
    ),
    (
        "named.html",
        b"<p>The d&eacute;ck <!-- not --> is unsafe.",
        "The déck is unsafe.",
        "",
    ),
    (
        "koi8.html",
        b"<meta charset=koi8-r><p>\xcd\xcf\xd3\xd4",
        "мост",
        "",
    ),
];

#[test]
fn files_of_every_encoding_are_read_and_others_refused() {
    let scratch = tempfile::tempdir().unwrap();
    for (name, bytes, quote, found) in FILES {
        fs::write(scratch.path().join(name), bytes).unwrap();
        check(scratch.path(), name, quote, found);
    }
}

#[test]
fn files_that_are_not_there_too_large_or_outside_are_refused() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = &scratch.path().join("project");
    fs::create_dir_all(folder.join("folder")).unwrap();
    let sized = |name: &str, n| {
        fs::File::create(folder.join(name))
            .unwrap()
            .set_len(n)
            .unwrap();
    };
    sized("huge.txt", 1 << 30);
    sized("long.txt", 40 << 20);
    fs::write(scratch.path().join("secret.txt"), "The deck is unsafe.").unwrap();
    let refused = |path: &str, why: &str| {
        check(
            folder,
            path,
            "deck",
            &format!("error: {why} [source-file-missing]"),
        );
    };
    refused("none.txt", "there is no file `none.txt`");
    refused("folder", "`folder` cannot be read: it is a folder");
    refused(
        "huge.txt",
        "`huge.txt` has 1073741824 bytes, and the limit is 268435456",
    );
    let limit = "texts are looked through up to 33554432";
    refused(
        "long.txt",
        &format!("`long.txt` has 41943040 bytes, and {limit}"),
    );
    let root = fs::canonicalize(folder).unwrap();
    let outside = |path: &str| {
        let root = root.display();
        let found = format!(
            "error: `{path}` lies outside the project, the folder `{root}` [path-outside-project]"
        );
        check(folder, path, "deck", &found);
    };
    outside("../secret.txt");
    #[cfg(unix)]
    {
        let link = folder.join("link.txt");
        std::os::unix::fs::symlink(scratch.path().join("secret.txt"), link).unwrap();
        outside("link.txt");
    }
}

#[test]
fn bombs_are_read_in_bounded_time() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let n = 100_000;
    let bombs = [
        (
            "deep.html",
            "<div>".repeat(n) + "The deck is unsafe." + &"</div>".repeat(n),
        ),
        (
            "references.html",
            "&amp;&lt;".repeat(n) + "<p>The deck is unsafe.",
        ),
        (
            "script.html",
            format!(
                "<script>{}</script>The deck is unsafe.",
                "deck = '<p>';".repeat(n)
            ),
        ),
        (
            "line.txt",
            "unsafe deck ".repeat(4 * n) + "The deck is unsafe.",
        ),
        ("word.txt", "deck".repeat(5 * n) + " The deck is unsafe."),
        ("deep.md", "> ".repeat(n) + "The deck is unsafe."),
        ("brackets.md", "[".repeat(n) + "\n\nThe deck is unsafe."),
        ("stars.md", "*a **b ".repeat(n) + "\n\nThe deck is unsafe."),
    ];
    for (name, text) in bombs {
        fs::write(folder.join(name), text).unwrap();
        check(folder, name, "The deck is unsafe.", "");
        let missing = "error: the quote of evidence \"The report says so\" is not in";
        let missing = format!("{missing} `{name}` [quote-not-found]");
        check(folder, name, "mussels grow on ropes", &missing);
    }
    check(folder, "line.txt", &"deck unsafe ".repeat(2000), "");
    fs::write(
        folder.join("tag.html"),
        format!("<p {}>The deck", "a=\"b\" ".repeat(4 * n)),
    )
    .unwrap();
    let refused = "error: `tag.html` has a tag with thousands of attributes, as no page has";
    check(
        folder,
        "tag.html",
        "deck",
        &format!("{refused} [source-file-missing]"),
    );
}

#[test]
fn a_changed_word_of_the_article_is_shown_where_it_is_quoted() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    fs::create_dir(folder.join("sources")).unwrap();
    for file in fs::read_dir(project("maps/sources")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join("sources").join(file.file_name())).unwrap();
    }
    fs::copy(project("maps/school-street.yaml"), folder.join("m.yaml")).unwrap();
    let article = article().replace("seventeen near misses", "sixteen near misses");
    fs::write(folder.join("sources/school-street-article.md"), article).unwrap();
    let run = run(folder, &["check", "m.yaml"]);
    assert_eq!(run.code, 1);
    for shown in [
        "error[quote-not-found]",
        "--> m.yaml:197:12",
        "::: sources/school-street-article.md:15:18",
        "it has \"sixteen\" for \"seventeen\"",
        "error[source-file-changed]",
    ] {
        assert!(run.stdout.contains(shown), "{shown}\n{}", run.stdout);
    }
}

#[test]
fn fixes_take_over_wording_and_places_of_the_source() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    fs::write(
        folder.join("echo.md"),
        "# The *deck*\n\nFirst.\n\nThe “deck” — so \\*they\\* say — is un-\nsafe: \"bad\"!\n",
    )
    .unwrap();
    let map = |first: &str, second: &str, at: &str| {
        format!(
            "article: echo\nthesis:\n  claim: The deck is unsafe.\n  quote: {first}  # why\n  at: {at}\n  reasons:\n    \
             - {{evidence: They say so., quote: {second}, at: para 2}}\nsources:\n  echo: {{title: Echo, file: echo.md}}\n"
        )
    };
    fs::write(
        folder.join("m.yaml"),
        map("the \"deck\" - so", "'unsafe: «bad»!'", "§ Nothing"),
    )
    .unwrap();
    let run_fix = run(folder, &["check", "--fix", "-f", "short", "m.yaml"]);
    let fixed = fs::read_to_string(folder.join("m.yaml")).unwrap();
    // A hyphen at the end of a line leaves open how the word is spelt, so that quote stays.
    assert_eq!(
        fixed,
        map("\"The “deck” — so\"", "'unsafe: «bad»!'", "\"§ The deck\""),
        "{}",
        run_fix.stdout
    );
    // Nobody can tell from the words of a block where its indicator stands, so it stays as well.
    let block = map(">-\n    the deck:\n    is not\n", "\"bad\"", "para 1").replace("  # why", "");
    fs::write(folder.join("echo.md"), "The deck: is not.\n\nSo \"bad\"!\n").unwrap();
    fs::write(folder.join("m.yaml"), &block).unwrap();
    let run_fix = run(folder, &["check", "--fix", "-f", "short", "m.yaml"]);
    assert_eq!(fs::read_to_string(folder.join("m.yaml")).unwrap(), block);
    assert!(
        run_fix.stdout.contains("[quote-differs]"),
        "{}",
        run_fix.stdout
    );
}
