//! A citation style: one of those built in, or a CSL file, held to bounds.

use std::fmt;
use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode};

use super::bounds::examine;
use crate::model::near::nearest;

/// The largest CSL file, in bytes.
pub const MAX_STYLE_BYTES: usize = 1 << 20;

/// The words of all languages, unpacked once.
static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// How works are cited.
#[derive(Clone, Debug)]
pub struct Style {
    pub(super) csl: IndependentStyle,
    /// The words of the style's language, such as "and" and "retrieved".
    pub(super) terms: Vec<Locale>,
    /// The language, where a style that only points to another says so.
    language: Option<LocaleCode>,
}

/// Why a text is no citation style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleFault {
    /// It is not XML; the reader's words, with the place.
    NotXml(String),
    /// It is XML of another kind: the name of its outermost element.
    NotStyle(String),
    /// An element or an attribute is not as CSL wants it; the reader's words.
    NotCsl(String),
    /// Its elements nest too deep, are too many, or have too long attributes.
    TooLarge(&'static str),
    /// A macro uses itself, if by way of others.
    Circle(String),
    /// A macro that is used and does not exist, with the nearest that does.
    NoMacro(String, Option<String>),
    /// It only points to another style, which is not built in: where that is found.
    Dependent(Option<String>),
}

impl std::error::Error for StyleFault {}

impl fmt::Display for StyleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotXml(words) => write!(f, "it is not XML: {words}"),
            Self::NotStyle(name) => {
                write!(
                    f,
                    "a CSL style begins with `<style>`, and this with `<{name}>`"
                )
            }
            Self::NotCsl(words) => write!(f, "it is not as CSL 1.0 has it: {words}"),
            Self::TooLarge(what) => write!(f, "{what}"),
            Self::Circle(name) => write!(f, "its macro `{name}` uses itself"),
            Self::NoMacro(name, near) => {
                write!(f, "it uses the macro `{name}`, which it does not have")?;
                match near {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => Ok(()),
                }
            }
            Self::Dependent(parent) => {
                write!(f, "it is a dependent style, which only points to another")?;
                match parent {
                    Some(parent) => write!(f, ": take the file of `{parent}`"),
                    None => write!(f, " and does not say to which"),
                }
            }
        }
    }
}

impl Style {
    /// The built-in style of that name.
    pub fn named(name: &str) -> Option<Self> {
        let style = ArchivedStyle::by_name(name)?.get();
        let citationberg::Style::Independent(csl) = style else {
            return None;
        };
        Some(Self::new(csl, None))
    }

    /// The names of all built-in styles, in alphabetical order; a style may have several.
    pub fn names() -> Vec<&'static str> {
        let styles = ArchivedStyle::all().iter();
        let mut names: Vec<&str> = styles.flat_map(|style| style.names()).copied().collect();
        names.sort_unstable();
        names
    }

    /// Whether a style is given as a file and not by its name.
    pub fn is_path(style: &str) -> bool {
        let has_folder = style.contains(['/', '\\']);
        let ending = style.rsplit_once('.').map(|(_, ending)| ending);
        has_folder || ending.is_some_and(|it| it.eq_ignore_ascii_case("csl"))
    }

    /// What may have been meant by the name of a style that there is not, as the end of a sentence.
    pub fn hint(name: &str) -> String {
        let near = Self::near(name);
        if near.is_empty() {
            let few = "`apa`, `chicago-author-date`, `ieee`, `modern-language-association`";
            return format!("; {few} are some, and a FILE.csl can be any other");
        }
        let near: Vec<String> = near.iter().map(|near| format!("`{near}`")).collect();
        format!("; did you mean {}?", near.join(" or "))
    }

    /// The built-in styles whose names are nearest to a name, or begin with it.
    fn near(name: &str) -> Vec<&'static str> {
        let names = Self::names();
        let near = nearest(name, names.iter().copied());
        if !near.is_empty() {
            return near;
        }
        let lower = name.to_lowercase();
        let begins = |known: &&str| !lower.is_empty() && known.starts_with(&lower);
        names.into_iter().filter(begins).take(3).collect()
    }

    /// The style that the text of a CSL file means; linear in it.
    ///
    /// What would take long or end in a circle when works are cited is refused here.
    pub fn parse(text: &str) -> Result<Self, StyleFault> {
        if text.len() > MAX_STYLE_BYTES {
            return Err(StyleFault::TooLarge("a style may have 1 MiB"));
        }
        examine(text)?;
        let style = citationberg::Style::from_xml(text).map_err(|error| {
            let place = error.path.as_ref().map(|path| format!(" at `{path}`"));
            StyleFault::NotCsl(format!("{}{}", error.source, place.unwrap_or_default()))
        })?;
        match style {
            citationberg::Style::Independent(csl) => Ok(Self::new(csl, None)),
            citationberg::Style::Dependent(style) => {
                let parent = style.parent_link.href;
                let known = ArchivedStyle::by_id(&parent).map(ArchivedStyle::get);
                match known {
                    Some(citationberg::Style::Independent(csl)) => {
                        Ok(Self::new(csl, style.default_locale))
                    }
                    _ => Err(StyleFault::Dependent(Some(parent))),
                }
            }
        }
    }

    fn new(mut csl: IndependentStyle, language: Option<LocaleCode>) -> Self {
        // A dash in place of the same authors as above is for lists that are read from the top alone.
        if let Some(list) = &mut csl.bibliography {
            list.subsequent_author_substitute = None;
        }
        let wanted = language.clone().or_else(|| csl.default_locale.clone());
        let wanted = wanted.unwrap_or_else(LocaleCode::en_us);
        let stem = |code: &LocaleCode| code.0.split('-').next().unwrap_or_default().to_owned();
        let is_wanted =
            |lang: &LocaleCode| *lang == LocaleCode::en_us() || stem(lang) == stem(&wanted);
        let terms = LOCALES.iter();
        let terms = terms.filter(|locale| locale.lang.as_ref().is_some_and(is_wanted));
        let terms = terms.cloned().collect();
        Self {
            csl,
            terms,
            language,
        }
    }

    pub(super) fn locale(&self) -> Option<LocaleCode> {
        self.language.clone()
    }
}
