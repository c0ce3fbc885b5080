//! A profile: what the labels of a corpus mean, in TOML. Documented in `docs/formats/brat.md`.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::faults::{ConfigFault, Faults, Value, read};
use crate::model::{Polarity, StatementKind};
use crate::read::{Entity, Profile, Relation};

const KEYS: [&str; 3] = ["entities", "relations", "stance"];
const ENTITIES: [(&str, Entity); 4] = [
    ("thesis", Entity::Thesis),
    ("claim", Entity::Statement(StatementKind::Claim)),
    ("evidence", Entity::Statement(StatementKind::Evidence)),
    ("assumption", Entity::Statement(StatementKind::Assumption)),
];
const RELATIONS: [(&str, Relation); 3] = [
    ("support", Relation::Inference(Polarity::Pro)),
    ("attack", Relation::Inference(Polarity::Con)),
    ("restatement", Relation::Restatement),
];
const ATTRIBUTE: &str = "attribute";
const STANCES: [(&str, Polarity); 2] = [("for", Polarity::Pro), ("against", Polarity::Con)];

/// The profile that a text means, else everything that is wrong with it, in the order of the text.
///
/// Labels that it does not name mean what they do in the default profile.
pub fn parse(text: &str) -> Result<Profile, Vec<ConfigFault>> {
    read(text, document)
}

fn document(table: &DeTable<'_>, faults: &mut Faults) -> Profile {
    let mut profile = Profile::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "entities" => {
                let named = labels(faults, "`entities`", value, &ENTITIES);
                profile.entities.extend(named);
            }
            "relations" => {
                let named = labels(faults, "`relations`", value, &RELATIONS);
                profile.relations.extend(named);
            }
            "stance" => stance(&mut profile, faults, value),
            unknown => faults.unknown_key(key.span(), "a profile", unknown, &KEYS),
        }
    }
    profile
}

fn stance(profile: &mut Profile, faults: &mut Faults, value: &Value<'_>) {
    if let DeValue::Table(table) = value.get_ref()
        && let Some(attribute) = table.get(ATTRIBUTE)
        && let Some(label) = label(faults, "`attribute`", attribute)
    {
        profile.stance = label;
    }
    let named = labels(faults, "`stance`", value, &STANCES);
    profile.stances.extend(named);
}

/// The labels that a table lists under its keys, and what each key means.
fn labels<T: Copy>(
    faults: &mut Faults,
    place: &'static str,
    value: &Value<'_>,
    meanings: &[(&'static str, T)],
) -> BTreeMap<String, T> {
    let mut named: BTreeMap<String, (&str, T)> = BTreeMap::new();
    for (key, value) in faults.table(place, value) {
        let name = key.get_ref().as_ref();
        let Some((name, meaning)) = meanings.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = meanings.iter().map(|(known, _)| *known).collect();
            match place {
                "`stance`" if name == ATTRIBUTE => {}
                "`stance`" => {
                    let known = [&[ATTRIBUTE], &known[..]].concat();
                    faults.unknown_key(key.span(), place, name, &known);
                }
                _ => faults.unknown_key(key.span(), place, name, &known),
            }
            continue;
        };
        let what = format!("`{name}`");
        for value in one_or_more(value) {
            let Some(label) = label(faults, &what, value) else {
                continue;
            };
            match named.get(&label) {
                Some((other, _)) => {
                    let message = format!("`{label}` stands under `{other}` already");
                    faults.fault(value.span(), message, None);
                }
                None => drop(named.insert(label, (name, *meaning))),
            }
        }
    }
    let named = named.into_iter();
    named
        .map(|(label, (_, meaning))| (label, meaning))
        .collect()
}

/// The items of a list, or one value in place of a list of one.
fn one_or_more<'v, 'i>(value: &'v Value<'i>) -> Vec<&'v Value<'i>> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![value],
    }
}

fn label(faults: &mut Faults, what: &str, value: &Value<'_>) -> Option<String> {
    let Some(label) = value.get_ref().as_str() else {
        faults.wrong_type(what, value, "a label, or a list of labels", "[\"Claim\"]");
        return None;
    };
    if label.is_empty() || label.contains(char::is_whitespace) {
        let message = format!("{what} cannot be `{label}`: a label is one word");
        faults.fault(value.span(), message, None);
        return None;
    }
    Some(label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let faults = parse(text).unwrap_err().into_iter();
        let told = |fault: ConfigFault| {
            let help = fault.help.map(|help| format!(" ({help})"));
            let (line, column) = (fault.line, fault.column);
            format!(
                "{line}:{column} {}{}",
                fault.message,
                help.unwrap_or_default()
            )
        };
        faults.map(told).collect()
    }

    #[test]
    fn what_a_profile_does_not_name_is_as_by_default() {
        assert_eq!(parse("").unwrap(), Profile::default());
        let text = "[entities]\nevidence = [\"Premise\", \"Datum\"]\nthesis = \"Thesis\"\n\
                    [relations]\nrestatement = [\"says-again\"]\n\
                    [stance]\nattribute = \"Side\"\nagainst = [\"Con\"]\n";
        let profile = parse(text).unwrap();
        let kind = |label: &str| profile.entities.get(label).copied();
        let evidence = Entity::Statement(StatementKind::Evidence);
        assert_eq!(kind("Premise"), Some(evidence));
        assert_eq!(kind("Datum"), Some(evidence));
        assert_eq!(kind("Claim"), Some(Entity::Statement(StatementKind::Claim)));
        assert_eq!(kind("Thesis"), Some(Entity::Thesis));
        assert_eq!(kind("MajorClaim"), Some(Entity::Thesis));
        assert_eq!(profile.relations["says-again"], Relation::Restatement);
        assert_eq!(profile.stance, "Side");
        assert_eq!(profile.stances["Con"], Polarity::Con);
        assert_eq!(profile.stances["For"], Polarity::Pro);
    }

    #[test]
    fn mistyped_keys_are_faults_with_their_place_and_what_was_meant() {
        assert_eq!(
            faults(
                "[entitys]\n[entities]\nclaims = \"Claim\"\n[relations]\nundercut = \"u\"\n[stance]\natribute = \"S\"\n"
            ),
            [
                "1:2 a profile has no key `entitys` (did you mean `entities`?)",
                "3:1 `entities` has no key `claims` (did you mean `claim`?)",
                "5:1 `relations` has no key `undercut` (its keys are `support`, `attack`, `restatement`)",
                "7:1 `stance` has no key `atribute` (did you mean `attribute`?)",
            ]
        );
    }

    #[test]
    fn labels_are_words_and_mean_one_thing() {
        assert_eq!(
            faults(
                "entities = { claim = [\"A\", \"B C\", 3], evidence = \"A\" }\nrelations = \"x\"\nstance.attribute = [\"S\"]\n"
            ),
            [
                "1:28 `claim` cannot be `B C`: a label is one word",
                "1:35 `claim` is a number, and must be a label, or a list of labels (for example `[\"Claim\"]`)",
                "1:50 `A` stands under `claim` already",
                "2:13 `relations` is a text, and must be a table (for example `[relations]`)",
                "3:20 `attribute` is a list, and must be a label, or a list of labels (for example `[\"Claim\"]`)",
            ]
        );
        assert!(faults("[entities")[0].starts_with("1:10 this is not TOML: "));
    }
}
