//! The doorway: everything lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    grounds::cli::main()
}
