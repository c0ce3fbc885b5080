//! Links the program at a fixed address where that is possible.
//!
//! A program that can be loaded anywhere has tens of thousands of addresses to put right before it starts, which
//! takes a good part of the time of a command on a small map. What is given up, addresses that an attacker cannot
//! guess, matters where memory can be corrupted: the project's own code is safe Rust, and its libraries mostly.

#[allow(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by its environment what it builds for"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| std::env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    let is_static = target("FEATURE").split(',').any(|it| it == "crt-static");
    if target("OS") == "linux" && target("ENV") == "gnu" && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
