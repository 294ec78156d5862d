//! `cargo bench` reaches the running app through the one entry for every chore: `cargo xtask bench`.

use std::process::{Command, ExitCode};

#[expect(clippy::disallowed_methods, reason = "cargo itself, which has the environment already")]
fn main() -> ExitCode {
    match Command::new(env!("CARGO")).args(["run", "--quiet", "--package", "xtask", "--", "bench"]).status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1).into(),
        Err(error) => {
            eprintln!("cargo cannot be started: {error}");
            ExitCode::FAILURE
        }
    }
}
