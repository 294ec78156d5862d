//! The built command, as somebody starts it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// What it did with `input` on its standard input.
pub fn run(options: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_starhash"));
    command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that refuses its options does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Exit code, standard output and standard error.
#[allow(dead_code, reason = "each test file takes what it needs")]
pub fn starhash(options: &[&str], input: &str) -> (i32, String, String) {
    let output = run(options, input.as_bytes());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
