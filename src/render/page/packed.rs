//! The cards of a large map: a browser that made ten thousand of them at once would take half a minute.
//!
//! They are packed, as JSON that is deflated and written in base64: no text can act in there, and markup that repeats
//! itself takes little room. The script unpacks them and makes the one that is asked for.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::cards::{card, spoken};
use super::links::Links;
use crate::layout::text::inert;
use crate::model::StatementIdx;
use crate::view::card::Cards;

/// What the script must know of a card.
#[derive(serde::Serialize)]
struct Packed {
    /// What a screen reader calls it.
    name: String,
    /// What the search looks through.
    search: String,
    html: String,
}

/// Writes the cards of some statements. Linear.
pub(super) fn packed(
    out: &mut String,
    cards: &Cards<'_>,
    statements: impl Iterator<Item = StatementIdx>,
    links: &Links<'_>,
) {
    let packed = statements.map(|it| (links.card(it), pack(cards, it, links)));
    let packed: Vec<(&str, Packed)> = packed.collect();
    let json = serde_json::to_vec(&packed).expect("texts are JSON");
    out.push_str("<script type=\"text/plain\" class=\"packed\">");
    STANDARD.encode_string(deflated(&json), out);
    out.push_str("</script>\n");
}

fn pack(cards: &Cards<'_>, statement: StatementIdx, links: &Links<'_>) -> Packed {
    let mut html = String::new();
    card(&mut html, cards, statement, links);
    let card = cards.card(statement);
    let cited = card.cited.iter().flat_map(|cited| {
        let quote = cited.quote.map(|quote| quote.value.clone());
        [cards.facts.citation(cited), quote].into_iter().flatten()
    });
    let texts = [Some(card.id), card.label, Some(card.text), card.note];
    let texts = texts.into_iter().flatten().map(str::to_owned);
    let tags = card.tags.iter().map(|tag| tag.value.clone());
    let search: Vec<String> = texts.chain(cited).chain(tags).collect();
    // The script shows and looks through what the card shows.
    Packed {
        name: inert(&spoken(&card)),
        search: inert(&search.join("\n")),
        html,
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("memory takes all bytes")
}
