//! What makes a finding the same finding in the next run, when lines have moved: for baselines and for services
//! that follow findings over time.

use std::collections::BTreeMap;

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFiles;

/// The fingerprint of a finding: of its rule and of the words that it is about.
///
/// Neither lines nor the file's name nor the message are in it, so that it survives moved text, a renamed file and a
/// message that a later version words better.
/// The catch: two findings about the same words in one file share it, so whoever compares must count.
pub fn fingerprint(finding: &Diagnostic, files: &SourceFiles) -> u64 {
    let file = files.get(finding.span.file);
    let mut words = files.slice(finding.span);
    // Nothing or a mere dash is no identity; the line around it is.
    if !words.contains(char::is_alphanumeric) {
        let line = files.position(finding.span).line;
        words = &file.text()[file.line_range(line)];
    }
    let mut hash = Fnv::new();
    hash.part(finding.rule.name);
    for word in words.split_whitespace() {
        hash.part(word);
    }
    hash.0
}

/// A fingerprint for each finding of each map, in hexadecimal digits, that no other finding of the run has.
///
/// Unlike [`fingerprint`] it knows the file, and which of several alike ones this is.
pub fn unique(checked: &[Checked]) -> Vec<Vec<String>> {
    let mut n_seen: BTreeMap<(&str, u64), u64> = BTreeMap::new();
    let mut all = Vec::with_capacity(checked.len());
    for map in checked {
        let mut of_map = Vec::with_capacity(map.findings.len());
        for finding in &map.findings {
            let name = map.files.get(finding.span.file).name();
            let own = fingerprint(finding, &map.files);
            let nth = n_seen.entry((name, own)).or_default();
            *nth += 1;
            let mut hash = Fnv(own);
            hash.part(name);
            hash.part(&nth.to_string());
            of_map.push(format!("{:016x}", hash.0));
        }
        all.push(of_map);
    }
    all
}

/// The hash FNV-1a of 64 bits: the same on every machine and in every version, as the standard library's is not.
struct Fnv(u64);

impl Fnv {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;

    fn new() -> Self {
        Self(Self::OFFSET)
    }

    /// Takes in a text and where it ends.
    fn part(&mut self, text: &str) {
        // No text in UTF-8 has the byte 0xff.
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(Self::PRIME);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;
    use crate::source::{SourceFile, Span};

    /// Findings of the first rule at the given places of a text.
    fn checked(name: &str, text: &str, places: &[(u32, u32)]) -> Checked {
        let mut files = SourceFiles::default();
        let file = files.add(SourceFile::new(name, text));
        let finding = |&(start, end): &(u32, u32)| {
            Diagnostic::new(RULES[0].rule, Span { file, start, end }, "a message")
        };
        Checked {
            files,
            findings: places.iter().map(finding).collect(),
            ..Checked::default()
        }
    }

    fn own(text: &str, place: (u32, u32)) -> u64 {
        let map = checked("m", text, &[place]);
        fingerprint(&map.findings[0], &map.files)
    }

    #[test]
    fn a_finding_keeps_its_fingerprint_when_lines_move_and_texts_are_wrapped_anew() {
        assert_eq!(
            own("a: two words", (3, 12)),
            own("\n\nb: two\n  words", (5, 16))
        );
        assert_ne!(own("a: two words", (3, 12)), own("a: twowords", (3, 11)));
    }

    #[test]
    fn a_place_without_words_takes_those_of_its_line() {
        assert_eq!(own("a\n- b", (2, 3)), own("- b", (0, 0)));
        assert_ne!(own("- a", (0, 1)), own("- b", (0, 1)));
    }

    #[test]
    fn unique_fingerprints_tell_files_and_repeated_words_apart() {
        let maps = [
            checked("m", "a b a", &[(0, 1), (2, 3), (4, 5)]),
            checked("n", "a", &[(0, 1)]),
        ];
        let mut all = unique(&maps).concat();
        assert_eq!(all.len(), 4);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 4);
    }
}
