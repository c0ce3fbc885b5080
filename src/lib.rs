//! Argument maps that can be checked.
//!
//! A map is a YAML file with an article's thesis, premises and evidence.
//! This library reads maps with every fault placed, finds what does not carry, and draws the argument.
//!
//! ```
//! use grounds::analysis::Dossier;
//! use grounds::config::Config;
//! use grounds::source::NoFiles;
//!
//! let map = "thesis: {id: t, claim: Coffee is healthy., reasons: [{evidence: Drinkers live longer.}]}";
//! let dossier = Dossier::open("coffee.yaml", map.into(), &NoFiles);
//! let report = grounds::check(&dossier, &Config::default());
//! assert_eq!(report.findings[0].rule.name, "unsourced-evidence");
//! assert_eq!(dossier.files.position(report.findings[0].span).column, 65);
//! ```
//!
//! Text flows through rooms in one direction; each room turns one value into the next and knows only
//! the rooms before it. In reading order:

pub mod source;
pub mod syntax;
pub mod model;
pub mod read;
pub mod graph;
pub mod quotes;
pub mod cite;
pub mod analysis;
pub mod diagnostic;
pub mod config;
pub mod rules;
pub mod emit;
pub mod view;
pub mod layout;
pub mod render;
pub mod write;
#[expect(
    clippy::disallowed_methods,
    reason = "`cli` is the room that touches the world"
)]
pub mod cli;

pub use render::render;
pub use rules::check;
