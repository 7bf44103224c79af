//! The command `comity`: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    comity::cli::run()
}
