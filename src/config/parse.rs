//! The text of a `grounds.toml` as configuration, and what is wrong with it.

use serde::Deserialize as _;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::faults::{ConfigFault, Faults, Value, did_you_mean, read};
use super::{
    BOX_WIDTHS, Config, DIRECTIONS, FITS, FailOn, NO_STYLE, UNREADABLE, can_have, pattern, theme,
};
use crate::analysis::Scheme;
use crate::cite::Style;
use crate::diagnostic::Level;

const KEYS: [&str; 7] = [
    "rules", "exclude", "fail-on", "style", "render", "themes", "schemes",
];
const RENDER_KEYS: [&str; 10] = [
    "theme",
    "direction",
    "fit",
    "box-width",
    "scale",
    "legend",
    "labels",
    "max-chars",
    "show",
    "group-by",
];
const LEVEL: &str = "level";
/// The rules that can be told more than their level, with the keys for it.
const RULE_OPTIONS: [(&str, &[&str]); 1] = [("long-text", &["max"])];

/// Reads the text; linear in it, but for the look for near names.
pub(super) fn parse(text: &str, rules: &[&str]) -> Result<Config, Vec<ConfigFault>> {
    read(text, |table, faults| {
        let mut reader = Reader {
            rules,
            config: Config::default(),
            faults,
        };
        reader.document(table);
        reader.config
    })
}

struct Reader<'r> {
    rules: &'r [&'r str],
    config: Config,
    faults: &'r mut Faults,
}

impl Reader<'_> {
    fn document(&mut self, table: &DeTable<'_>) {
        // `render` names one of them.
        if let Some(value) = table.get("themes") {
            self.config.themes = theme::themes(self.faults, value);
        }
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "rules" => self.rules(value),
                "exclude" => self.exclude(value),
                "fail-on" => {
                    let name = self.faults.one_of("`fail-on`", value, &FailOn::NAMES);
                    self.config.fail_on = name.and_then(FailOn::from_name);
                }
                "style" => self.style(value),
                "render" => self.render(value),
                "themes" => {}
                "schemes" => self.schemes(value),
                unknown => self
                    .faults
                    .unknown_key(key.span(), "the configuration", unknown, &KEYS),
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) {
        for (key, value) in self.faults.table("`rules`", value) {
            let name = key.get_ref().as_ref();
            if !self.rules.contains(&name) {
                let message = format!("there is no rule `{name}`");
                let help = did_you_mean(name, self.rules)
                    .unwrap_or_else(|| "`grounds rule` lists the rules".to_owned());
                self.faults.fault(key.span(), message, Some(help));
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
                    if let Some(max) = self
                        .faults
                        .integer("`max`", value, (1, i64::from(u32::MAX)))
                    {
                        self.config.options.long_text_max = usize::try_from(max).unwrap_or(0);
                    }
                }
                (_, unknown) => {
                    let known = [&[LEVEL], options].concat();
                    self.faults
                        .unknown_key(key.span(), &format!("rule `{name}`"), unknown, &known);
                }
            }
        }
    }

    fn level(&mut self, rule: &str, value: &Value<'_>) {
        let names = Level::ALL.map(Level::name);
        let Some(name) = self
            .faults
            .one_of(&format!("the level of `{rule}`"), value, &names)
        else {
            return;
        };
        let level = Level::ALL.into_iter().find(|level| level.name() == name);
        if level.is_some_and(|level| !can_have(rule, level)) {
            let message = format!("the level of `{rule}` cannot be `{name}`");
            let help = Some(UNREADABLE.to_owned());
            return self.faults.fault(value.span(), message, help);
        }
        self.config
            .levels
            .extend(level.map(|level| (rule.to_owned(), level)));
    }

    fn exclude(&mut self, value: &Value<'_>) {
        let DeValue::Array(patterns) = value.get_ref() else {
            return self.faults.wrong_type(
                "`exclude`",
                value,
                "a list of patterns",
                "[\"drafts/\"]",
            );
        };
        for pattern in patterns {
            let Some(text) = pattern.get_ref().as_str() else {
                self.faults
                    .wrong_type("a pattern in `exclude`", pattern, "a text", "\"drafts/\"");
                continue;
            };
            if let Err((message, help)) = pattern::check(text) {
                self.faults.fault(pattern.span(), message, help);
            } else {
                self.config.exclude.push(text.to_owned());
            }
        }
    }

    fn render(&mut self, value: &Value<'_>) {
        for (key, value) in self.faults.table("`render`", value) {
            let mut render = self.config.render.clone();
            match key.get_ref().as_ref() {
                "theme" => render.theme = self.theme(value),
                "direction" => {
                    render.direction = self.faults.one_of("`direction`", value, &DIRECTIONS);
                }
                "fit" => render.fit = self.faults.one_of("`fit`", value, &FITS),
                "box-width" => {
                    let (least, most) = BOX_WIDTHS;
                    let width =
                        self.faults
                            .integer("`box-width`", value, (least.into(), most.into()));
                    render.box_width = width.and_then(|width| u16::try_from(width).ok());
                }
                "scale" => render.scale = self.scale(value),
                "legend" => match value.get_ref().as_bool() {
                    Some(legend) => render.legend = Some(legend),
                    None => self
                        .faults
                        .wrong_type("`legend`", value, "`true` or `false`", "false"),
                },
                "labels" | "max-chars" | "show" | "group-by" => {
                    render.wording.read(self.faults, key.get_ref(), value);
                }
                unknown => self
                    .faults
                    .unknown_key(key.span(), "`render`", unknown, &RENDER_KEYS),
            }
            self.config.render = render;
        }
    }

    fn style(&mut self, value: &Value<'_>) {
        let Some(name) = value.get_ref().as_str() else {
            let expected = "the name of a citation style or the path of a CSL file";
            return self
                .faults
                .wrong_type("`style`", value, expected, "\"apa\"");
        };
        if name != NO_STYLE && !Style::is_path(name) && !Style::names().contains(&name) {
            let message = format!("there is no citation style `{name}`");
            let help = Style::hint(name).trim_start_matches("; ").to_owned();
            return self.faults.fault(value.span(), message, Some(help));
        }
        self.config.style = Some(name.to_owned());
        self.config.style_at = u32::try_from(value.span().start).unwrap_or(u32::MAX);
    }

    fn theme(&mut self, value: &Value<'_>) -> Option<String> {
        let Some(name) = value.get_ref().as_str() else {
            let expected = "the name of a theme";
            self.faults
                .wrong_type("`theme`", value, expected, "\"print\"");
            return None;
        };
        if self.config.theme(name).is_none() {
            let own: Vec<&str> = self.config.themes.iter().map(|it| &*it.name).collect();
            theme::no_theme(self.faults, value, name, &own);
            return None;
        }
        Some(name.to_owned())
    }

    fn scale(&mut self, value: &Value<'_>) -> Option<f32> {
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .and_then(|number| number.to_string().parse().ok()),
            _ => {
                self.faults.wrong_type("`scale`", value, "a number", "1.5");
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite() && *number > 0.0);
        if number.is_none() {
            let message = "`scale` must be a number above 0".to_owned();
            self.faults.fault(value.span(), message, None);
        }
        number
    }

    fn schemes(&mut self, value: &Value<'_>) {
        for (key, value) in self.faults.table("`schemes`", value) {
            let name = key.get_ref().to_string();
            if !value.get_ref().is_table() {
                self.faults
                    .wrong_type(&format!("scheme `{name}`"), value, "a table", "{…}");
                continue;
            }
            match Scheme::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(scheme) => self.config.schemes.push(Scheme { name, ..scheme }),
                Err(error) => {
                    let span = error.span().unwrap_or(value.span());
                    let message = format!("scheme `{name}`: {}", in_words(error.message()));
                    self.faults.fault(span, message, None);
                }
            }
        }
    }
}

/// A message of `serde` in the words of the other faults, where it speaks of its own types.
fn in_words(message: &str) -> String {
    const FOUND: [(&str, &str); 6] = [
        ("string", "a text"),
        ("integer", "a number"),
        ("floating point", "a number"),
        ("boolean", "a truth value"),
        ("sequence", "a list"),
        ("map", "a table"),
    ];
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("it has no {key}");
    }
    let kinds = message.strip_prefix("invalid type: ");
    let Some((found, expected)) = kinds.and_then(|kinds| kinds.split_once(", expected ")) else {
        return message.to_owned();
    };
    let kind = FOUND.iter().find(|(kind, _)| found.starts_with(kind));
    let found = kind.map_or(found, |(_, words)| words);
    let expected = match expected {
        "a sequence" => "a list",
        _ if expected.contains("string") => "a text",
        _ => "a table",
    };
    format!("{found} stands where {expected} should be")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [&str; 3] = ["unsupported-claim", "ungrounded-claim", "long-text"];

    fn configured(text: &str) -> Config {
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
        let config = configured(
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
        let render = &config.render;
        assert_eq!(
            (render.direction, render.fit),
            (Some("right"), Some("16:9"))
        );
        assert_eq!(
            (render.box_width, render.scale, render.legend),
            (Some(256), Some(3.0), Some(false))
        );
        assert_eq!(config.scheme("my-own").unwrap().questions[0].key, "so");
        assert_eq!(configured(""), Config::default());
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
    fn that_a_file_cannot_be_read_stays_an_error() {
        let rules = ["yaml-syntax", "yaml-limit"];
        let text = "[rules]\nyaml-syntax = \"off\"\nyaml-limit.level = \"note\"\n";
        let faults = Config::parse(text, &rules).unwrap_err().into_iter();
        let told: Vec<String> = faults
            .map(|it| format!("{}:{}", it.line, it.message))
            .collect();
        assert_eq!(
            told,
            [
                "2:the level of `yaml-syntax` cannot be `off`",
                "3:the level of `yaml-limit` cannot be `note`",
            ]
        );
        assert!(Config::parse("[rules]\nyaml-syntax = \"error\"", &rules).is_ok());
    }

    #[test]
    fn kinds_in_a_scheme_are_told_in_words() {
        for (line, told) in [
            (
                "summary = 1",
                "2:11 scheme `x`: a number stands where a text should be",
            ),
            (
                "premises = \"a\"",
                "2:12 scheme `x`: a text stands where a list should be",
            ),
            (
                "premises = [1]",
                "2:13 scheme `x`: a number stands where a table should be",
            ),
            ("summary = \"\"", "1:1 scheme `x`: it has no `title`"),
        ] {
            assert_eq!(faults(&format!("[schemes.x]\n{line}\n")), [told]);
        }
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
