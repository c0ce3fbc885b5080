//! YAML and JSON to a spanned tree: knows the two, nothing of arguments.
//!
//! [`parse()`] walks the events of `granit-parser` once and keeps what an author needs to be shown later:
//! the span of every value, and every comment.
//! A syntax error does not lose the part before it.

mod cause;
mod edit;
mod error;
mod insert;
mod json;
mod parse;
mod tree;

pub use edit::{Edit, apply, disjoint, is_replaceable, quoted};
pub use error::{Related, SyntaxError, SyntaxErrorKind};
pub use insert::{Home, put};
pub use json::{JsonError, outline_json, parse_json, parse_json_part};
pub use parse::parse;
pub use tree::{Comment, Entries, Entry, Node, NodeId, Scalar, ScalarStyle, Tree, Value};
