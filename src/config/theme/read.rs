//! Themes as TOML: the built-in ones, and those of a `grounds.toml` with what is wrong with them.

use toml::de::{DeTable, DeValue};

use super::super::faults::{Faults, Value, did_you_mean};
use super::{BoxLook, Colour, GroupLook, Head, LineLook, Shape, StateLook, Theme, Tint};
use crate::model::near::nearest;

/// The widths of lines in CSS px.
const WIDTHS: (f64, f64) = (0.2, 12.0);
/// The greatest length of a dash in CSS px, and how many lengths there may be.
const DASHES: (f64, usize) = (100.0, 8);

/// The themes of a `grounds.toml`, in the order of their names.
///
/// Each extends another, the default one unless it says which. Linear in the text, and in the number of themes but
/// for the look for near names.
pub(in crate::config) fn themes(faults: &mut Faults, value: &Value<'_>) -> Vec<Theme> {
    let mut own = Vec::new();
    for (key, value) in faults.table("`themes`", value) {
        let name = key.get_ref().to_string();
        match value.get_ref() {
            DeValue::Table(table) => own.push((name, table)),
            _ => faults.wrong_type(&format!("theme `{name}`"), value, "a table", "{…}"),
        }
    }
    let bases: Vec<Base> = (0..own.len()).map(|at| base(faults, &own, at)).collect();
    let mut themes = extended(faults, &own, &bases);
    for at in 0..own.len() {
        themes[at].dark = dark(faults, &own, at, &themes).map(Box::new);
    }
    themes
}

/// A theme of the user's: its name and what is written of it.
type Written<'v, 'i> = (String, &'v DeTable<'i>);

fn names<'v>(own: &'v [Written<'_, '_>]) -> Vec<&'v str> {
    own.iter().map(|(name, _)| &**name).collect()
}

/// What a theme extends.
#[derive(Clone, Copy)]
enum Base {
    BuiltIn(&'static Theme),
    Own(usize),
}

fn base(faults: &mut Faults, own: &[Written<'_, '_>], at: usize) -> Base {
    let (name, table) = &own[at];
    let usual = Base::BuiltIn(Theme::built_in(name).unwrap_or(Theme::usual()));
    let Some(value) = table.get("extends") else {
        return usual;
    };
    let Some(wanted) = value.get_ref().as_str() else {
        faults.wrong_type("`extends`", value, "the name of a theme", "\"default\"");
        return usual;
    };
    // A theme of the same name as a built-in one extends that.
    let other = own
        .iter()
        .position(|(own, _)| own == wanted && wanted != name);
    if let Some(base) = other
        .map(Base::Own)
        .or_else(|| Theme::built_in(wanted).map(Base::BuiltIn))
    {
        return base;
    }
    if wanted == name {
        let message = format!("theme `{name}` extends itself");
        faults.fault(value.span(), message, Some("name another theme".to_owned()));
    } else {
        no_theme(faults, value, wanted, &names(own));
    }
    usual
}

/// Every theme after what it extends; one that extends itself over others counts as extending the default one.
fn extended(faults: &mut Faults, own: &[Written<'_, '_>], bases: &[Base]) -> Vec<Theme> {
    let mut done: Vec<Option<Theme>> = vec![None; own.len()];
    for start in 0..own.len() {
        let (mut chain, mut at) = (Vec::new(), start);
        let mut is_open = vec![false; if done[start].is_none() { own.len() } else { 0 }];
        let mut theme = loop {
            if let Some(theme) = &done[at] {
                break theme.clone();
            }
            if is_open[at] {
                let circle: Vec<&str> = chain.iter().map(|at: &usize| &*own[*at].0).collect();
                let message = format!(
                    "themes extend each other in a circle: `{}`",
                    circle.join("`, `")
                );
                let place = own[at].1.get("extends").map_or(0..0, toml::Spanned::span);
                faults.fault(
                    place,
                    message,
                    Some("let one of them extend a built-in theme".to_owned()),
                );
                break Theme::default();
            }
            is_open[at] = true;
            chain.push(at);
            match bases[at] {
                Base::Own(base) => at = base,
                Base::BuiltIn(base) => break base.clone(),
            }
        };
        for at in chain.into_iter().rev() {
            theme.name.clone_from(&own[at].0);
            fill_in(faults, &mut theme, own[at].1);
            done[at] = Some(theme.clone());
        }
    }
    done.into_iter().flatten().collect()
}

/// The theme that stands in for another on a dark screen. It is not inherited: the colours of who extends would be lost.
fn dark(
    faults: &mut Faults,
    own: &[Written<'_, '_>],
    at: usize,
    themes: &[Theme],
) -> Option<Theme> {
    let value = own[at].1.get("dark")?;
    if value.get_ref().as_bool() == Some(false) {
        return None;
    }
    let Some(wanted) = value.get_ref().as_str() else {
        faults.wrong_type(
            "`dark`",
            value,
            "the name of a theme or `false`",
            "\"dark\"",
        );
        return None;
    };
    let found = themes
        .iter()
        .find(|theme| theme.name == wanted)
        .or_else(|| Theme::built_in(wanted));
    if found.is_none() {
        no_theme(faults, value, wanted, &names(own));
    }
    found.map(|theme| Theme {
        dark: None,
        ..theme.clone()
    })
}

/// That there is no theme of that name, neither built in nor among the user's own.
pub(in crate::config) fn no_theme(
    faults: &mut Faults,
    value: &Value<'_>,
    wanted: &str,
    own: &[&str],
) {
    let known = [&Theme::NAMES[..], own].concat();
    let help =
        did_you_mean(wanted, &known).unwrap_or_else(|| format!("one of `{}`", known.join("`, `")));
    faults.fault(
        value.span(),
        format!("there is no theme `{wanted}`"),
        Some(help),
    );
}

/// A built-in theme of that name, with what it is in the dark; nothing else is read than what it needs.
pub(super) fn built_in(texts: &[(&str, &str)], name: &str) -> Theme {
    let (mut theme, dark) = plain(texts, name, None);
    theme.dark = dark.map(|dark| Box::new(plain(texts, &dark, Some(&theme)).0));
    theme
}

/// A built-in theme without what it is in the dark, and the name of that; one theme may be known already.
fn plain(texts: &[(&str, &str)], name: &str, known: Option<&Theme>) -> (Theme, Option<String>) {
    let text = texts.iter().find(|(own, _)| *own == name);
    let (_, text) = text.expect("a built-in theme names only built-in ones");
    let table = DeTable::parse(text).expect("a built-in theme is TOML");
    let named = |key: &str| {
        table
            .get_ref()
            .get(key)
            .and_then(|it| it.get_ref().as_str())
    };
    let mut theme = match (named("extends"), known) {
        (None, _) => Theme::blank(),
        (Some(base), Some(known)) if known.name == base => known.clone(),
        (Some(base), _) => plain(texts, base, None).0,
    };
    name.clone_into(&mut theme.name);
    let mut faults = Faults::default();
    fill_in(&mut faults, &mut theme, table.get_ref());
    assert!(faults.all.is_empty(), "theme {name}: {:?}", faults.all);
    (theme, named("dark").map(str::to_owned))
}

/// A key of a theme: a colour, or a table.
enum Part<'t> {
    Colour(&'t mut Colour),
    Table(Vec<(&'static str, Field<'t>)>),
}

/// A key in a table of a theme.
enum Field<'t> {
    Colour(&'t mut Colour),
    Maybe(&'t mut Option<Colour>),
    Width(&'t mut f64),
    MaybeWidth(&'t mut Option<f64>),
    Dash(&'t mut Vec<f64>),
    Shape(&'t mut Shape),
    Head(&'t mut Head),
}

/// Every key of a theme beside `extends` and `dark`, with its place.
fn parts(theme: &mut Theme) -> [(&'static str, Part<'_>); 19] {
    [
        ("paper", Part::Colour(&mut theme.paper)),
        ("ink", Part::Colour(&mut theme.ink)),
        ("muted", Part::Colour(&mut theme.muted)),
        ("thesis", of_box(&mut theme.thesis)),
        ("claim", of_box(&mut theme.claim)),
        ("evidence", of_box(&mut theme.evidence)),
        ("assumption", of_box(&mut theme.assumption)),
        ("supporting", of_tint(&mut theme.supporting)),
        ("attacking", of_tint(&mut theme.attacking)),
        ("unsupported", of_state(&mut theme.unsupported, true)),
        ("rejected", of_state(&mut theme.rejected, true)),
        ("undecided", of_state(&mut theme.undecided, true)),
        ("implicit", of_state(&mut theme.implicit, false)),
        ("reason", of_line(&mut theme.reason)),
        ("objection", of_line(&mut theme.objection)),
        ("undercut", of_line(&mut theme.undercut)),
        ("contradiction", of_line(&mut theme.contradiction)),
        ("restatement", of_line(&mut theme.restatement)),
        ("group", of_group(&mut theme.group)),
    ]
}

fn of_box(it: &mut BoxLook) -> Part<'_> {
    Part::Table(vec![
        ("shape", Field::Shape(&mut it.shape)),
        ("fill", Field::Colour(&mut it.fill)),
        ("border", Field::Colour(&mut it.border)),
        ("text", Field::Maybe(&mut it.text)),
        ("width", Field::Width(&mut it.width)),
    ])
}

fn of_tint(it: &mut Option<Tint>) -> Part<'_> {
    Part::Table(it.as_mut().map_or_else(Vec::new, |it| {
        vec![
            ("fill", Field::Colour(&mut it.fill)),
            ("border", Field::Colour(&mut it.border)),
        ]
    }))
}

fn of_state(it: &mut StateLook, has_mark: bool) -> Part<'_> {
    let mut fields = vec![
        ("fill", Field::Maybe(&mut it.fill)),
        ("dash", Field::Dash(&mut it.dash)),
        ("width", Field::MaybeWidth(&mut it.width)),
    ];
    if has_mark {
        fields.push(("mark", Field::Maybe(&mut it.mark)));
    }
    Part::Table(fields)
}

fn of_line(it: &mut LineLook) -> Part<'_> {
    Part::Table(vec![
        ("colour", Field::Colour(&mut it.colour)),
        ("width", Field::Width(&mut it.width)),
        ("dash", Field::Dash(&mut it.dash)),
        ("head", Field::Head(&mut it.head)),
    ])
}

fn of_group(it: &mut GroupLook) -> Part<'_> {
    Part::Table(vec![
        ("fill", Field::Colour(&mut it.fill)),
        ("border", Field::Colour(&mut it.border)),
        ("width", Field::Width(&mut it.width)),
        ("dash", Field::Dash(&mut it.dash)),
    ])
}

/// Sets what a table says of a theme.
fn fill_in(faults: &mut Faults, theme: &mut Theme, table: &DeTable<'_>) {
    let claim = Tint {
        fill: theme.claim.fill,
        border: theme.claim.border,
    };
    if table.contains_key("supporting") {
        theme.supporting.get_or_insert(claim);
    }
    if table.contains_key("attacking") {
        theme.attacking.get_or_insert(claim);
    }
    let place = format!("theme `{}`", theme.name);
    let mut parts = parts(theme);
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if matches!(name, "extends" | "dark") {
            continue;
        }
        match parts.iter_mut().find(|(known, _)| *known == name) {
            Some((what, Part::Colour(colour))) => set_colour(faults, what, value, colour),
            Some((what, Part::Table(fields))) => look(faults, what, value, fields),
            None => {
                let own = parts.iter().map(|(known, _)| *known);
                let known: Vec<&str> = ["extends", "dark"].into_iter().chain(own).collect();
                faults.unknown_key(key.span(), &place, name, &known);
            }
        }
    }
}

fn look(
    faults: &mut Faults,
    of: &str,
    value: &Value<'_>,
    fields: &mut [(&'static str, Field<'_>)],
) {
    let DeValue::Table(table) = value.get_ref() else {
        return faults.wrong_type(&format!("`{of}`"), value, "a table", "{ width = 2 }");
    };
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if let Some((what, field)) = fields.iter_mut().find(|(known, _)| *known == name) {
            set(faults, what, value, field);
            continue;
        }
        let known: Vec<&str> = fields.iter().map(|(known, _)| *known).collect();
        faults.unknown_key(key.span(), &format!("`{of}`"), name, &known);
    }
}

fn set(faults: &mut Faults, what: &str, value: &Value<'_>, field: &mut Field<'_>) {
    let quoted = format!("`{what}`");
    match field {
        Field::Colour(to) => set_colour(faults, what, value, to),
        Field::Maybe(to) => {
            let mut colour = Colour::BLACK;
            let before = faults.all.len();
            set_colour(faults, what, value, &mut colour);
            if faults.all.len() == before {
                **to = Some(colour);
            }
        }
        Field::Width(to) => **to = length(faults, &quoted, value, WIDTHS).unwrap_or(**to),
        Field::MaybeWidth(to) => **to = length(faults, &quoted, value, WIDTHS).or(**to),
        Field::Dash(to) => **to = dashes(faults, value).unwrap_or_default(),
        Field::Shape(to) => {
            let name = faults.one_of(&quoted, value, &Shape::NAMES);
            let at = name.and_then(|name| Shape::NAMES.iter().position(|known| *known == name));
            **to = at.map_or(**to, |at| Shape::ALL[at]);
        }
        Field::Head(to) => {
            let name = faults.one_of(&quoted, value, &Head::NAMES);
            let at = name.and_then(|name| Head::NAMES.iter().position(|known| *known == name));
            **to = at.map_or(**to, |at| Head::ALL[at]);
        }
    }
}

fn set_colour(faults: &mut Faults, what: &str, value: &Value<'_>, to: &mut Colour) {
    let Some(text) = value.get_ref().as_str() else {
        return faults.wrong_type(&format!("`{what}`"), value, "a colour", "\"#0b5fa5\"");
    };
    let Some(colour) = Colour::parse(text) else {
        let help = match nearest(text, Colour::names())[..] {
            [near, ..] if !text.starts_with('#') => format!("did you mean `{near}`?"),
            _ => "write `#rrggbb`, `#rgb` or a name of CSS".to_owned(),
        };
        return faults.fault(value.span(), format!("`{text}` is no colour"), Some(help));
    };
    *to = colour;
}

fn length(
    faults: &mut Faults,
    what: &str,
    value: &Value<'_>,
    (least, most): (f64, f64),
) -> Option<f64> {
    let Some(number) = number(value) else {
        faults.wrong_type(what, value, "a number", "1.5");
        return None;
    };
    let fits = (least..=most).contains(&number);
    if !fits {
        faults.fault(
            value.span(),
            format!("{what} must be from {least} to {most}"),
            None,
        );
    }
    fits.then_some(number)
}

fn dashes(faults: &mut Faults, value: &Value<'_>) -> Option<Vec<f64>> {
    let DeValue::Array(lengths) = value.get_ref() else {
        faults.wrong_type("`dash`", value, "a list of lengths", "[6, 3]");
        return None;
    };
    let (longest, most) = DASHES;
    if lengths.len() > most {
        let message = format!("`dash` has {} lengths, and may have {most}", lengths.len());
        faults.fault(value.span(), message, None);
        return None;
    }
    let each = lengths
        .iter()
        .map(|value| length(faults, "a length in `dash`", value, (0.2, longest)));
    each.collect()
}

fn number(value: &Value<'_>) -> Option<f64> {
    match value.get_ref() {
        DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
        DeValue::Integer(number) => {
            let whole = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
            whole.to_string().parse().ok()
        }
        _ => None,
    }
}
