//! The doorway: everything lives in the library.

fn main() {}
