//! Prints a generated map: `cargo bench --bench generate -- 10000 > map.yaml`.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for the benches"
)]

mod maps;

fn main() {
    let n = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(1000);
    print!("{}", maps::map(n));
}
