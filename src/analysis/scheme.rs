//! Argumentation schemes: common patterns of reasoning, and what a careful critic asks about them.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The built-in catalogue; its own comment says what it is made of.
const CATALOGUE: &str = include_str!("schemes.yaml");

/// A common pattern of reasoning that is plausible and open to defeat.
///
/// The built-in ones are those of Walton, Reed & Macagno 2008, chapter 9, in this project's words.
/// A table `[schemes.NAME]` of a configuration has the same fields, and the name is that of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scheme {
    /// Its name, as maps write it: kebab-case.
    #[serde(skip_deserializing)]
    pub name: String,
    /// Its name as people say it.
    pub title: String,
    /// What follows from what, in a phrase.
    #[serde(default)]
    pub summary: String,
    /// Where it is described in the literature; for a built-in one, its name in Walton, Reed & Macagno 2008, chapter 9.
    #[serde(default)]
    pub source: String,
    /// What its premises say.
    #[serde(default)]
    pub premises: Vec<Role>,
    /// What its conclusion says.
    #[serde(default)]
    pub conclusion: String,
    /// What a careful critic asks.
    #[serde(default)]
    pub questions: Vec<CriticalQuestion>,
}

/// What one premise of a scheme says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The role's name: kebab-case, unique among the scheme's premises.
    pub key: String,
    /// The pattern of the premise.
    pub text: String,
}

/// A question that a scheme invites.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CriticalQuestion {
    /// The question's name, as `answers` writes it: kebab-case, unique in the scheme.
    pub key: String,
    /// The question itself.
    pub text: String,
    /// Who must answer it.
    pub burden: Burden,
}

/// On whom the burden of proof lies once a critical question is asked (Gordon, Prakken & Walton 2007).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Burden {
    /// On the author: without an answer the step does not carry.
    Assumption,
    /// On the critic: the step carries until somebody shows that this is so.
    Exception,
}

impl Burden {
    /// The word that the catalogue uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumption => "assumption",
            Self::Exception => "exception",
        }
    }
}

impl Scheme {
    /// The built-in catalogue, in the order of its documentation.
    ///
    /// It is read once, when it is first asked for.
    pub fn all() -> &'static [Self] {
        static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(read_catalogue);
        &SCHEMES
    }

    /// The built-in scheme of that name. Linear in the catalogue.
    pub fn built_in(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|scheme| scheme.name == name)
    }

    /// The question of that key.
    pub fn question(&self, key: &str) -> Option<&CriticalQuestion> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The questions with that burden, in order.
    pub fn questions_with(&self, burden: Burden) -> impl Iterator<Item = &CriticalQuestion> {
        self.questions
            .iter()
            .filter(move |question| question.burden == burden)
    }
}

fn read_catalogue() -> Vec<Scheme> {
    let entries: serde_yaml::Mapping =
        serde_yaml::from_str(CATALOGUE).expect("the catalogue is a YAML mapping");
    let scheme = |(name, body): (serde_yaml::Value, serde_yaml::Value)| {
        let name = name
            .as_str()
            .expect("names of schemes are texts")
            .to_owned();
        let scheme: Scheme = serde_yaml::from_value(body)
            .unwrap_or_else(|error| panic!("scheme `{name}` of the catalogue: {error}"));
        Scheme { name, ..scheme }
    };
    entries.into_iter().map(scheme).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_kebab(name: &str) -> bool {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        name.split('-').all(is_word)
    }

    fn assert_names(names: &[&str], of: &str) {
        for (at, name) in names.iter().enumerate() {
            assert!(is_kebab(name), "{of}: `{name}` is not in kebab-case");
            assert!(!names[..at].contains(name), "{of}: `{name}` comes twice");
        }
    }

    #[test]
    fn names_in_the_catalogue_are_unique_and_in_kebab_case() {
        let names: Vec<&str> = Scheme::all().iter().map(|s| s.name.as_str()).collect();
        assert_names(&names, "the catalogue");
        for scheme in Scheme::all() {
            let roles: Vec<&str> = scheme.premises.iter().map(|r| r.key.as_str()).collect();
            let questions: Vec<&str> = scheme.questions.iter().map(|q| q.key.as_str()).collect();
            assert_names(&roles, &scheme.name);
            assert_names(&questions, &scheme.name);
        }
    }

    #[test]
    fn every_scheme_is_whole_and_asks_its_author_something() {
        for scheme in Scheme::all() {
            let name = &scheme.name;
            assert!(
                !scheme.title.is_empty() && !scheme.source.is_empty(),
                "{name}"
            );
            assert!(
                !scheme.summary.is_empty() && !scheme.summary.ends_with('.'),
                "{name}"
            );
            assert!(scheme.conclusion.ends_with('.'), "{name}");
            assert!(
                scheme.premises.iter().all(|role| role.text.ends_with('.')),
                "{name}"
            );
            assert!(
                scheme.questions.iter().all(|q| q.text.ends_with('?')),
                "{name}"
            );
            let n_assumptions = scheme.questions_with(Burden::Assumption).count();
            assert!((1..=2).contains(&n_assumptions), "{name}");
            assert!(
                scheme.questions_with(Burden::Exception).next().is_some(),
                "{name}"
            );
        }
    }

    #[test]
    fn a_table_of_a_configuration_reads_like_the_catalogue_and_refuses_other_keys() {
        let own = "title: Argument from the tide\nquestions: [{key: when, text: When?, burden: exception}]";
        let scheme: Scheme = serde_yaml::from_str(own).unwrap();
        assert_eq!(scheme.question("when").unwrap().burden, Burden::Exception);
        for wrong in [
            "titel: x",
            "title: x\nname: y",
            "title: x\nquestions: [{key: a, text: B?}]",
        ] {
            assert!(serde_yaml::from_str::<Scheme>(wrong).is_err(), "{wrong}");
        }
    }
}
