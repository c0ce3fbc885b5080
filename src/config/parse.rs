//! The text of a `grounds.toml` as configuration, and what is wrong with it.

use std::ops::Range;

use ignore::gitignore::GitignoreBuilder;
use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{BOX_WIDTHS, Config, DIRECTIONS, FITS, FailOn};
use crate::analysis::Scheme;
use crate::diagnostic::Level;
use crate::model::near::nearest;
use crate::source::SourceFile;

const KEYS: [&str; 5] = ["rules", "exclude", "fail-on", "render", "schemes"];
const RENDER_KEYS: [&str; 5] = ["direction", "fit", "box-width", "scale", "legend"];
const LEVEL: &str = "level";
/// The rules that can be told more than their level, with the keys for it.
const RULE_OPTIONS: [(&str, &[&str]); 1] = [("long-text", &["max"])];

/// Something in a `grounds.toml` that cannot be obeyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, as findings say it.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads the text; linear in it, but for the look for near names.
pub(super) fn parse(text: &str, rules: &[&str]) -> Result<Config, Vec<ConfigFault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        rules,
        config: Config::default(),
        faults: Vec::new(),
    };
    for error in &errors {
        let message = format!("this is not TOML: {}", error.message());
        reader.fault(error.span().unwrap_or(0..0), message, None);
    }
    // What is left of a broken text would only repeat the fault in other words.
    if errors.is_empty() {
        reader.document(table.get_ref());
    }
    if reader.faults.is_empty() {
        return Ok(reader.config);
    }
    let file = SourceFile::new("", text);
    let mut faults = reader.faults;
    faults.sort_by_key(|(at, _, _)| at.start);
    let placed = |(at, message, help): Fault| {
        let offset = u32::try_from(at.start).unwrap_or(u32::MAX);
        let position = file.position(offset);
        ConfigFault {
            line: position.line,
            column: position.column,
            message,
            help,
        }
    };
    Err(faults.into_iter().map(placed).collect())
}

/// A place in bytes, what is wrong there, and what to do.
type Fault = (Range<usize>, String, Option<String>);

struct Reader<'r> {
    rules: &'r [&'r str],
    config: Config,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "rules" => self.rules(value),
                "exclude" => self.exclude(value),
                "fail-on" => {
                    let name = self.one_of("`fail-on`", value, &FailOn::NAMES);
                    self.config.fail_on = name.and_then(FailOn::from_name);
                }
                "render" => self.render(value),
                "schemes" => self.schemes(value),
                unknown => self.unknown_key(key.span(), "the configuration", unknown, &KEYS),
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) {
        for (key, value) in self.table("`rules`", value) {
            let name = key.get_ref().as_ref();
            if !self.rules.contains(&name) {
                let message = format!("there is no rule `{name}`");
                let help = did_you_mean(name, self.rules)
                    .unwrap_or_else(|| "`grounds rule` lists the rules".to_owned());
                self.fault(key.span(), message, Some(help));
                continue;
            }
            match value.get_ref() {
                DeValue::Table(table) => self.rule(name, table),
                _ => self.level(name, value),
            }
        }
    }

    fn rule(&mut self, name: &str, table: &DeTable<'_>) {
        let options = RULE_OPTIONS.iter().find(|(rule, _)| *rule == name);
        let options = options.map_or(&[][..], |(_, options)| options);
        for (key, value) in table {
            match (name, key.get_ref().as_ref()) {
                (_, LEVEL) => self.level(name, value),
                ("long-text", "max") => {
                    if let Some(max) = self.integer("`max`", value, (1, i64::from(u32::MAX))) {
                        self.config.options.long_text_max = usize::try_from(max).unwrap_or(0);
                    }
                }
                (_, unknown) => {
                    let known = [&[LEVEL], options].concat();
                    self.unknown_key(key.span(), &format!("rule `{name}`"), unknown, &known);
                }
            }
        }
    }

    fn level(&mut self, rule: &str, value: &Value<'_>) {
        let names = Level::ALL.map(Level::name);
        let Some(name) = self.one_of(&format!("the level of `{rule}`"), value, &names) else {
            return;
        };
        let level = Level::ALL.into_iter().find(|level| level.name() == name);
        self.config
            .levels
            .extend(level.map(|level| (rule.to_owned(), level)));
    }

    fn exclude(&mut self, value: &Value<'_>) {
        let DeValue::Array(patterns) = value.get_ref() else {
            return self.wrong_type("`exclude`", value, "a list of patterns", "[\"drafts/\"]");
        };
        for pattern in patterns {
            let Some(text) = pattern.get_ref().as_str() else {
                self.wrong_type("a pattern in `exclude`", pattern, "a text", "\"drafts/\"");
                continue;
            };
            if let Err((message, help)) = is_pattern(text) {
                self.fault(pattern.span(), message, help);
            } else {
                self.config.exclude.push(text.to_owned());
            }
        }
    }

    fn render(&mut self, value: &Value<'_>) {
        for (key, value) in self.table("`render`", value) {
            let mut render = self.config.render;
            match key.get_ref().as_ref() {
                "direction" => render.direction = self.one_of("`direction`", value, &DIRECTIONS),
                "fit" => render.fit = self.one_of("`fit`", value, &FITS),
                "box-width" => {
                    let (least, most) = BOX_WIDTHS;
                    let width = self.integer("`box-width`", value, (least.into(), most.into()));
                    render.box_width = width.and_then(|width| u16::try_from(width).ok());
                }
                "scale" => render.scale = self.scale(value),
                "legend" => match value.get_ref().as_bool() {
                    Some(legend) => render.legend = Some(legend),
                    None => self.wrong_type("`legend`", value, "`true` or `false`", "false"),
                },
                unknown => self.unknown_key(key.span(), "`render`", unknown, &RENDER_KEYS),
            }
            self.config.render = render;
        }
    }

    fn scale(&mut self, value: &Value<'_>) -> Option<f32> {
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .and_then(|number| number.to_string().parse().ok()),
            _ => {
                self.wrong_type("`scale`", value, "a number", "1.5");
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite() && *number > 0.0);
        if number.is_none() {
            let message = "`scale` must be a number above 0".to_owned();
            self.fault(value.span(), message, None);
        }
        number
    }

    fn schemes(&mut self, value: &Value<'_>) {
        for (key, value) in self.table("`schemes`", value) {
            let name = key.get_ref().to_string();
            if !value.get_ref().is_table() {
                self.wrong_type(&format!("scheme `{name}`"), value, "a table", "{…}");
                continue;
            }
            match Scheme::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(scheme) => self.config.schemes.push(Scheme { name, ..scheme }),
                Err(error) => {
                    let span = error.span().unwrap_or(value.span());
                    self.fault(span, format!("scheme `{name}`: {}", error.message()), None);
                }
            }
        }
    }

    /// The entries of a table; none, and a fault, where the value is something else.
    fn table<'v, 'i>(
        &mut self,
        what: &str,
        value: &'v Value<'i>,
    ) -> Vec<(&'v Spanned<toml::de::DeString<'i>>, &'v Value<'i>)> {
        if let DeValue::Table(table) = value.get_ref() {
            return table.iter().collect();
        }
        let section = format!("[{}]", what.trim_matches('`'));
        self.wrong_type(what, value, "a table", &section);
        Vec::new()
    }

    fn one_of(
        &mut self,
        what: &str,
        value: &Value<'_>,
        choices: &[&'static str],
    ) -> Option<&'static str> {
        let listed = choices.join("`, `");
        let Some(name) = value.get_ref().as_str() else {
            let message = format!(
                "{what} is {}, and must be a text",
                type_name(value.get_ref())
            );
            self.fault(value.span(), message, Some(format!("one of `{listed}`")));
            return None;
        };
        let found = choices.iter().find(|choice| **choice == name);
        if found.is_none() {
            let message = format!("{what} cannot be `{name}`");
            let help = did_you_mean(name, choices).unwrap_or_else(|| format!("one of `{listed}`"));
            self.fault(value.span(), message, Some(help));
        }
        found.copied()
    }

    fn integer(&mut self, what: &str, value: &Value<'_>, (least, most): (i64, i64)) -> Option<i64> {
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(what, value, "a whole number", "240");
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("{what} must be from {least} to {most}");
            self.fault(value.span(), message, None);
        }
        number
    }

    fn unknown_key(&mut self, at: Range<usize>, place: &str, key: &str, known: &[&str]) {
        let help = did_you_mean(key, known).unwrap_or_else(|| match known {
            [only] => format!("its only key is `{only}`"),
            known => format!("its keys are `{}`", known.join("`, `")),
        });
        self.fault(at, format!("{place} has no key `{key}`"), Some(help));
    }

    fn wrong_type(&mut self, what: &str, value: &Value<'_>, expected: &str, example: &str) {
        let found = type_name(value.get_ref());
        let message = format!("{what} is {found}, and must be {expected}");
        self.fault(
            value.span(),
            message,
            Some(format!("for example `{example}`")),
        );
    }

    fn fault(&mut self, at: Range<usize>, message: String, help: Option<String>) {
        self.faults.push((at, message, help));
    }
}

/// Whether a text is a pattern that can match something.
fn is_pattern(text: &str) -> Result<(), (String, Option<String>)> {
    let plain = text.trim_start_matches("./").trim_start_matches("../");
    if plain.is_empty() {
        return Err(("a pattern in `exclude` is empty".to_owned(), None));
    }
    if plain != text {
        let message = format!(
            "the pattern `{text}` matches nothing, because it begins with a dot and a slash"
        );
        return Err((
            message,
            Some(format!(
                "patterns start at the folder of this file: `{plain}`"
            )),
        ));
    }
    match GitignoreBuilder::new("").add_line(None, text) {
        Ok(_) => Ok(()),
        Err(ignore::Error::Glob { err, .. }) => {
            Err((format!("`{text}` is no pattern: {err}"), None))
        }
        Err(error) => Err((format!("`{text}` is no pattern: {error}"), None)),
    }
}

fn did_you_mean(name: &str, known: &[&str]) -> Option<String> {
    match nearest(name, known.iter().copied())[..] {
        [] => None,
        ref near => Some(format!("did you mean `{}`?", near.join("` or `"))),
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [&str; 3] = ["unsupported-claim", "ungrounded-claim", "long-text"];

    fn read(text: &str) -> Config {
        Config::parse(text, &RULES).unwrap()
    }

    fn faults(text: &str) -> Vec<String> {
        let faults = Config::parse(text, &RULES).unwrap_err().into_iter();
        faults
            .map(|fault| {
                let help = fault
                    .help
                    .map(|help| format!(" ({help})"))
                    .unwrap_or_default();
                format!("{}:{} {}{help}", fault.line, fault.column, fault.message)
            })
            .collect()
    }

    #[test]
    fn everything_that_can_be_said_is_read() {
        let config = read(
            r#"
            exclude = ["drafts/", "*.old.yaml"]
            fail-on = "warning"
            [rules]
            unsupported-claim = "error"
            ungrounded-claim = { level = "off" }
            long-text = { level = "note", max = 1_20 }
            [render]
            direction = "right"
            fit = "16:9"
            box-width = 0x100
            scale = 3
            legend = false
            [schemes.my-own]
            title = "My own"
            questions = [{ key = "so", text = "Is it so?", burden = "assumption" }]
            "#,
        );
        let level = |rule: &str| config.levels[rule];
        assert_eq!(level("unsupported-claim"), Level::Error);
        assert_eq!(level("ungrounded-claim"), Level::Off);
        assert_eq!(level("long-text"), Level::Note);
        assert_eq!(config.options.long_text_max, 120);
        assert_eq!(config.exclude, ["drafts/", "*.old.yaml"]);
        assert_eq!(config.fail_on, Some(FailOn::Warning));
        let render = config.render;
        assert_eq!(
            (render.direction, render.fit),
            (Some("right"), Some("16:9"))
        );
        assert_eq!(
            (render.box_width, render.scale, render.legend),
            (Some(256), Some(3.0), Some(false))
        );
        assert_eq!(config.scheme("my-own").unwrap().questions[0].key, "so");
        assert_eq!(read(""), Config::default());
    }

    #[test]
    fn mistyped_names_are_faults_with_their_place_and_what_was_meant() {
        assert_eq!(
            faults(
                "[ruels]\n\n[rules]\nunsuported-claim = \"off\"\nlong-text.min = 3\nungrounded-claim = \"eror\"\n"
            ),
            [
                "1:2 the configuration has no key `ruels` (did you mean `rules`?)",
                "4:1 there is no rule `unsuported-claim` (did you mean `unsupported-claim`?)",
                "5:11 rule `long-text` has no key `min` (its keys are `level`, `max`)",
                "6:20 the level of `ungrounded-claim` cannot be `eror` (did you mean `error`?)",
            ]
        );
    }

    #[test]
    fn a_scheme_that_is_none_is_a_fault_at_its_place() {
        assert_eq!(
            faults(
                "[schemes.own]\ntitle = \"Own\"\nquestions = [{ key = \"so\", text = \"So?\", burden = \"mine\" }]\n"
            ),
            ["3:51 scheme `own`: unknown variant `mine`, expected `assumption` or `exception`"]
        );
        assert!(faults("[schemes.own]\ntitel = \"Own\"\n")[0].contains("unknown field `titel`"));
    }

    #[test]
    fn values_of_another_kind_and_out_of_range_are_faults() {
        assert_eq!(
            faults(
                "fail-on = 3\nexclude = \"x\"\nrender = { legend = \"no\", scale = -1, box-width = 7 }\nrules = []\n"
            ),
            [
                "1:11 `fail-on` is a number, and must be a text (one of `note`, `warning`, `error`, `never`)",
                "2:11 `exclude` is a text, and must be a list of patterns (for example `[\"drafts/\"]`)",
                "3:21 `legend` is a text, and must be `true` or `false` (for example `false`)",
                "3:35 `scale` must be a number above 0",
                "3:51 `box-width` must be from 80 to 1000",
                "4:9 `rules` is a list, and must be a table (for example `[rules]`)",
            ]
        );
    }

    #[test]
    fn patterns_that_match_nothing_are_faults() {
        assert_eq!(
            faults("exclude = [\"./maps\", \"{a\", \"\", 1]"),
            [
                "1:12 the pattern `./maps` matches nothing, because it begins with a dot and a slash \
                 (patterns start at the folder of this file: `maps`)",
                "1:22 `{a` is no pattern: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
                "1:28 a pattern in `exclude` is empty",
                "1:32 a pattern in `exclude` is a number, and must be a text (for example `\"drafts/\"`)",
            ]
        );
    }

    #[test]
    fn a_text_that_is_not_toml_is_told_where_it_breaks() {
        let told = faults("[rules\nunsupported-claim = 1\n");
        assert!(told[0].starts_with("1:7 this is not TOML: "), "{told:?}");
        let deep = format!("schemes = {}", "[".repeat(100_000));
        assert!(!faults(&deep).is_empty());
        assert!(faults("fail-on = \"never\"\nfail-on = \"never\"")[0].contains("duplicate key"));
    }
}
