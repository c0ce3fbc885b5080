//! The embedded fonts, as the library wants them that reads our SVG.

use std::sync::{Arc, OnceLock};

use resvg::usvg;
use resvg::usvg::fontdb::{Database, ID, Source};

/// The two fonts in a database of their own.
struct Fonts {
    database: Arc<Database>,
    bold: ID,
}

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut database = Database::new();
        let mut load = |data: &'static [u8]| {
            let ids = database.load_font_source(Source::Binary(Arc::new(data)));
            ids.first()
                .copied()
                .expect("the embedded font is well-formed")
        };
        load(dejavu::sans::regular());
        let bold = load(dejavu::sans::bold());
        database.set_sans_serif_family("DejaVu Sans");
        Fonts {
            database: Arc::new(database),
            bold,
        }
    })
}

/// How SVG is read: with the embedded fonts and no others, so that every machine draws the same.
pub(super) fn options() -> usvg::Options<'static> {
    usvg::Options {
        fontdb: Arc::clone(&fonts().database),
        font_family: "DejaVu Sans".into(),
        ..Default::default()
    }
}

/// Whether a font of the database is the bold one.
pub(super) fn is_bold(font: ID) -> bool {
    font == fonts().bold
}
