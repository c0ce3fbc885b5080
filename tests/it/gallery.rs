//! `docs/gallery/`: example maps in every theme and direction. `GROUNDS_BLESS=1 cargo test gallery` draws it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use grounds::analysis::Dossier;
use grounds::config::theme::Theme;
use grounds::layout::{Direction, Options};
use grounds::render::{Format, Style, render};
use grounds::source::NoFiles;
use grounds::view::Diagram;

use crate::{is_blessing, project};

/// Small maps, which are drawn in every theme and direction.
const IN_EVERY_WAY: [&str; 2] = ["mill-pond", "school-street"];
/// Larger ones, which are drawn as they are unless one says otherwise.
const AS_USUAL: [&str; 2] = ["city-heat", "ukraine-nato-membership"];

fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::Down => "down",
        Direction::Up => "up",
        Direction::Right => "right",
        Direction::Left => "left",
    }
}

fn draw(map: &str, theme: &Theme, direction: Direction) -> String {
    let bytes = fs::read(project(&format!("maps/{map}.yaml"))).unwrap();
    let dossier = Dossier::open(&format!("{map}.yaml"), bytes, &NoFiles);
    let style = Style {
        layout: Options {
            direction,
            ..Options::default()
        },
        theme: theme.clone(),
        ..Style::default()
    };
    let svg = render(&Diagram::of(&dossier), Format::Svg, &style).unwrap();
    String::from_utf8(svg).unwrap()
}

/// The files of the gallery by their names.
fn gallery() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut index = String::from(
        "# Gallery\n\n\
         Example maps as `grounds render` draws them, in every [theme](../themes.md) and direction.\n\
         The maps are in [`maps/`](../../maps/README.md); the tests draw this folder anew and compare.\n",
    );
    let picture = |files: &mut BTreeMap<String, String>, map: &str, theme: &Theme, direction| {
        let file = format!("{map}-{}-{}.svg", theme.name, name(direction));
        files.insert(file.clone(), draw(map, theme, direction));
        let words = format!("{map}, theme {}, direction {}", theme.name, name(direction));
        format!("![{words}]({file})\n")
    };
    for map in IN_EVERY_WAY {
        for theme in Theme::all() {
            let _ = write!(index, "\n## {map}, `--theme {}`\n", theme.name);
            for direction in Direction::ALL {
                let shown = picture(&mut files, map, theme, direction);
                let _ = write!(index, "\n`--direction {}`\n\n{shown}", name(direction));
            }
        }
    }
    for map in AS_USUAL {
        let shown = picture(&mut files, map, &Theme::default(), Direction::Down);
        let _ = write!(index, "\n## {map}\n\n{shown}");
    }
    files.insert("README.md".to_owned(), index);
    files
}

#[test]
fn the_gallery_shows_what_is_drawn_today() {
    let (folder, fresh) = (project("docs/gallery"), gallery());
    if is_blessing() {
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &fresh {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let entries = fs::read_dir(&folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: std::collections::BTreeSet<String> = names.collect();
    let stale: Vec<&str> = fresh
        .iter()
        .filter(|(name, text)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| &**name)
        .collect();
    assert!(
        stale.is_empty() && names.iter().eq(fresh.keys()),
        "docs/gallery is out of date: run the tests with GROUNDS_BLESS=1: {stale:?}"
    );
    let size: usize = fresh.values().map(String::len).sum();
    assert!(size < 3_000_000, "the gallery has {size} bytes");
}
