//! The one integration binary: what the documentation and the example maps say, and the house rules.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the project's own files"
)]

mod maps;
mod page;
mod rules;
mod tidy;
mod world;

use std::path::PathBuf;

/// A file or folder of the project, by its path from the top.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Whether generated and annotated files are to be refreshed: `GROUNDS_BLESS=1 cargo test`.
fn is_blessing() -> bool {
    std::env::var_os("GROUNDS_BLESS").is_some_and(|value| value == "1")
}
