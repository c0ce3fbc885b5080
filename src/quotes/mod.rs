//! Quotes in the texts that they are said to be from: found, found with differences, or what comes nearest.
//!
//! A source's file becomes a [`Text`], what a reader sees of it, and that becomes an [`Index`] once for all quotes.
//! [`look_up`] finds a quote in it, [`Locator`] is a place as authors write it, and [`verify`] does all of this for a
//! map. How texts are compared is told in `docs/quotes.md`.

mod decode;
mod sections;
mod text;
mod markdown;
mod html;
mod fold;
mod compare;
mod fragments;
mod index;
mod closest;
mod lookup;
mod locator;
mod verify;
mod coverage;

pub use closest::{Change, Closest};
pub use compare::{Difference, Differences};
pub use coverage::{Coverage, Mark, Paragraph, Unplaced, Why};
pub use decode::{Decoded, Kind, MAX_TEXT_BYTES, NoText, decode};
pub use index::Index;
pub use locator::{Locator, Named, Standing, Unit};
pub use lookup::{Lookup, MAX_OMITTED_WORDS, Passage, look_up};
pub use sections::Heading;
pub use text::Text;
pub use verify::{Outcome, Place, SourceCopy, State, Tally, Use, Verification, digest, verify};
