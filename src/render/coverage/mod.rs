//! What a map encodes of a text: a reading copy as HTML, and data as JSON.

mod html;
mod json;

pub use html::html;
pub use json::json;
