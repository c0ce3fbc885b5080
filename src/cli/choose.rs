//! What pictures and outlines show, as every command takes it that shows an argument.

use std::collections::BTreeSet;

use anyhow::bail;
use clap::ValueEnum;

use super::{output, terms};
use crate::analysis::Dossier;
use crate::config::{MAX_CHARS, WordingDefaults};
use crate::emit::visible::one_line;
use crate::view::LeftOut;
use crate::view::choice::{Choice, Extra, GroupBy, Labels, Only, Wording};

/// Which statements are shown.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is shown")]
pub(super) struct ChoiceArgs {
    /// Show this statement, what is under it, and its way up to the thesis; may be given several times
    #[arg(long, value_name = "ID")]
    focus: Vec<String>,

    /// Show what is at most N steps up or down from the focus; without --focus, from the theses
    #[arg(long, value_name = "N")]
    depth: Option<usize>,

    /// Show statements of one kind alone, with the theses and the ways to them
    #[arg(long, value_enum, value_name = "WHAT")]
    only: Option<OnlyName>,

    /// Show what has this tag, with the theses and the ways to them; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// Leave out what hangs under this statement alone; may be given several times
    #[arg(long, value_name = "ID")]
    collapse: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OnlyName {
    /// The theses alone
    Thesis,
    /// What supports the theses, without objections
    Reasons,
    /// Objections and what they are against
    Objections,
    /// What rests on nothing
    Unsupported,
    /// What the evaluation rejects
    Rejected,
}

impl ChoiceArgs {
    /// What the options mean for a map; an error for a statement or a tag that it does not have.
    pub(super) fn choice(&self, dossier: &Dossier) -> anyhow::Result<Choice> {
        let statements = |ids: &[String]| {
            let all = ids.iter().map(|id| terms::statement(dossier, id));
            all.collect::<anyhow::Result<Vec<_>>>()
        };
        let choice = Choice {
            focus: statements(&self.focus)?,
            depth: self.depth,
            only: self.only.map(Only::from),
            tags: self.tag.clone(),
            collapse: statements(&self.collapse)?,
        };
        if let Some((tag, near)) = choice.unknown_tag(dossier) {
            bail!("no statement of the map has the tag `{tag}`{}", hint(&near));
        }
        Ok(choice)
    }
}

fn hint(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => {
            let near: Vec<String> = near.iter().map(|tag| format!("`{tag}`")).collect();
            format!("; did you mean {}?", near.join(" or "))
        }
    }
}

/// Says on standard error what a choice leaves out.
pub(super) fn say_left_out(left_out: &[LeftOut]) {
    for left_out in left_out {
        output::say(&format!("note: {}", one_line(&left_out.to_string())));
    }
}

/// What boxes say, and which of them stand together.
///
/// What is not said here a `grounds.toml` says.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is shown")]
pub(super) struct WordingArgs {
    /// What stands in the boxes [default: text]
    #[arg(long, value_enum, value_name = "WHAT")]
    labels: Option<LabelsName>,

    /// Cut longer texts, and labels of steps, at a word
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(i64::from(MAX_CHARS.0)..=i64::from(MAX_CHARS.1)))]
    max_chars: Option<u32>,

    /// What stands beside the text, by comma [default: the source, and schemes where there is room]
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    show: Option<Vec<ExtraName>>,

    /// Frame what has this in common
    #[arg(long, value_enum, value_name = "WHAT")]
    group_by: Option<GroupByName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LabelsName {
    /// The label, where there is one, and the text
    Text,
    /// The label alone; the text where there is none
    Label,
    /// The id alone
    Id,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExtraName {
    /// What evidence rests on
    Source,
    /// The verdict in words
    Verdict,
    /// How strong it is
    Strength,
    /// The words of the source
    Quote,
    /// The label or the scheme of a step, at its junction
    Scheme,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GroupByName {
    /// The first tag
    Tag,
    /// The first source cited
    Source,
    /// The nearest thesis
    Thesis,
}

impl WordingArgs {
    /// The same as the views want it.
    pub(super) fn wording(&self, defaults: &WordingDefaults) -> Wording {
        let labels = self.labels.or_else(|| named(defaults.labels));
        let max_chars = self.max_chars.or(defaults.max_chars);
        let usual = defaults.show.as_ref().map(|names| {
            let names = names.iter().copied();
            names.filter_map(|name| named(Some(name))).collect()
        });
        let show: Option<Vec<ExtraName>> = self.show.clone().or(usual);
        let group_by = self.group_by.or_else(|| named(defaults.group_by));
        Wording {
            labels: labels.map(Labels::from).unwrap_or_default(),
            max_chars: max_chars.and_then(|max| usize::try_from(max).ok()),
            show: show.map(|show| show.into_iter().map(Extra::from).collect::<BTreeSet<_>>()),
            group_by: group_by.map(GroupBy::from),
        }
    }
}

/// The choice that a configuration names; both know the same names.
fn named<T: ValueEnum>(name: Option<&str>) -> Option<T> {
    T::from_str(name?, false).ok()
}

impl From<OnlyName> for Only {
    fn from(name: OnlyName) -> Self {
        match name {
            OnlyName::Thesis => Self::Thesis,
            OnlyName::Reasons => Self::Reasons,
            OnlyName::Objections => Self::Objections,
            OnlyName::Unsupported => Self::Unsupported,
            OnlyName::Rejected => Self::Rejected,
        }
    }
}

impl From<LabelsName> for Labels {
    fn from(name: LabelsName) -> Self {
        match name {
            LabelsName::Text => Self::Text,
            LabelsName::Label => Self::Label,
            LabelsName::Id => Self::Id,
        }
    }
}

impl From<ExtraName> for Extra {
    fn from(name: ExtraName) -> Self {
        match name {
            ExtraName::Source => Self::Source,
            ExtraName::Verdict => Self::Verdict,
            ExtraName::Strength => Self::Strength,
            ExtraName::Quote => Self::Quote,
            ExtraName::Scheme => Self::Scheme,
        }
    }
}

impl From<GroupByName> for GroupBy {
    fn from(name: GroupByName) -> Self {
        match name {
            GroupByName::Tag => Self::Tag,
            GroupByName::Source => Self::Source,
            GroupByName::Thesis => Self::Thesis,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::look::names;
    use crate::config::{EXTRAS, GROUPINGS, LABELS};

    #[test]
    fn the_configuration_has_the_same_names_as_the_command_line() {
        assert_eq!(names::<LabelsName>(), LABELS);
        assert_eq!(names::<ExtraName>(), EXTRAS);
        assert_eq!(names::<GroupByName>(), GROUPINGS);
    }

    #[test]
    fn parts_have_the_same_names_here_and_in_notes() {
        for name in OnlyName::value_variants() {
            let shown = name.to_possible_value().expect("no variant is hidden");
            assert_eq!(shown.get_name(), Only::from(*name).name());
        }
    }
}
