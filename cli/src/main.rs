//! `starhash`: a tool for administrators and for tests.

mod decode;
mod format;
mod wav;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Starhash's tool for administrators and for tests. Exit code 2: a file or an option is wrong.
#[derive(Debug, Parser)]
#[command(name = "starhash", version)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Decode(decode::Options),
}

fn main() -> ExitCode {
    let Options { command: Command::Decode(options) } = Options::parse();
    decode::run(&options)
}
