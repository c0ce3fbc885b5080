//! The baseline: findings that were there when somebody began to check, so that only new ones count.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use serde::{Deserialize, Serialize};

use super::super::disk::{cannot_read, path_from, read_file};
use super::super::{input, output};
use crate::emit::Checked;
use crate::emit::fingerprint::fingerprint;
use crate::source::Refusal;

const FORMAT: &str = "grounds-baseline";
const VERSION: u32 = 1;

/// The file, one entry for each finding that can be told from the others.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Seen from the folder of the baseline, so that it does not matter where the program is started.
    file: String,
    rule: String,
    fingerprint: String,
    count: usize,
}

/// File, rule and fingerprint of a finding; nothing that changes when lines move.
type Key = (String, String, String);

/// Findings that do not count, and how often each does not.
pub(super) struct Baseline {
    counts: BTreeMap<Key, usize>,
    file: std::path::PathBuf,
}

impl Baseline {
    /// The baseline in a file.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let bytes = read_file(path).map_err(|refusal| cannot_read(&name, &refusal))?;
        let document = parse(&bytes).with_context(|| format!("`{name}` is not a baseline"))?;
        let mut counts = BTreeMap::new();
        for entry in document.findings {
            let key = (entry.file, entry.rule, entry.fingerprint);
            *counts.entry(key).or_default() += entry.count;
        }
        let file = path.to_owned();
        Ok(Self { counts, file })
    }

    /// Takes the known findings out. Of several alike ones the first are the known ones.
    pub(super) fn subtract(mut self, checked: &mut [Checked]) {
        for map in checked {
            let keys = keys(map, &self.file);
            let findings = std::mem::take(&mut map.findings);
            let n_found = findings.len();
            let mut is_new = |key: &Key| match self.counts.get_mut(key) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            };
            map.findings = findings
                .into_iter()
                .zip(keys)
                .filter(|(_, key)| is_new(key))
                .map(|(finding, _)| finding)
                .collect();
            map.n_in_baseline = n_found - map.findings.len();
        }
    }
}

/// Writes all findings to a baseline, and says so.
pub(super) fn write(path: &Path, checked: &[Checked]) -> anyhow::Result<()> {
    let name = path.display();
    if output::ends_like_map(path) {
        bail!("`{name}` ends like a map: choose another name for the baseline");
    }
    match read_file(path) {
        Ok(bytes) => {
            parse(&bytes)
                .with_context(|| format!("`{name}` is no baseline, so it is not replaced"))?;
        }
        Err(Refusal::Missing) => {}
        Err(refusal) => return Err(cannot_read(&name.to_string(), &refusal)),
    }
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for key in checked.iter().flat_map(|map| keys(map, path)) {
        *counts.entry(key).or_default() += 1;
    }
    let n_findings: usize = counts.values().sum();
    let findings = counts.into_iter();
    let document = Document {
        format: FORMAT.to_owned(),
        version: VERSION,
        findings: findings
            .map(|((file, rule, fingerprint), count)| Entry {
                file,
                rule,
                fingerprint,
                count,
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    output::write_file(path, text.as_bytes())?;
    let words = if n_findings == 1 {
        "finding"
    } else {
        "findings"
    };
    output::say(&format!("wrote {n_findings} {words} to {name}"));
    Ok(())
}

fn parse(bytes: &[u8]) -> anyhow::Result<Document> {
    let document: Document = serde_json::from_slice(bytes).map_err(|error| {
        let fault = if error.is_data() {
            error.to_string()
        } else {
            "it is not JSON".to_owned()
        };
        anyhow!("{fault}; `grounds check --write-baseline FILE` writes one")
    })?;
    if document.format != FORMAT {
        bail!("its format is `{}`, and not `{FORMAT}`", document.format);
    }
    if document.version != VERSION {
        bail!("its version is {}, and not {VERSION}", document.version);
    }
    Ok(document)
}

/// The keys of a map's findings, in their order.
fn keys(map: &Checked, baseline: &Path) -> Vec<Key> {
    let folder = baseline
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = |name: &str| match name {
        input::STDIN_NAME => name.to_owned(),
        name => path_from(folder, Path::new(name)),
    };
    let names: Vec<String> = map.files.iter().map(|file| name(file.name())).collect();
    let findings = map.findings.iter();
    findings
        .map(|finding| {
            let file = names[finding.span.file.0 as usize].clone();
            let fingerprint = format!("{:016x}", fingerprint(finding, &map.files));
            (file, finding.rule.name.to_owned(), fingerprint)
        })
        .collect()
}
