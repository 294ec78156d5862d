//! `starhash`: a tool for administrators and for tests.

mod classify;
mod decode;
mod format;
mod plan;
mod profile;
mod say;
mod simulate;
mod target;
mod tones;
mod wav;

use clap::{CommandFactory, Parser, Subcommand};
use say::{Said, note, print};
use std::process::ExitCode;

/// Starhash's tool for administrators and for tests
///
/// What a PBX's transfer code sounds like, what a recording holds, and what a PBX would make of it: by the same rules as the
/// app. From the sources of the program, `cargo starhash` is the same as `starhash`. Exit code 1: the steps of a simulation could not be played to their end; 2: a file or an option is wrong.
#[derive(Debug, Parser)]
#[command(name = "starhash", version)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Plan(plan::Options),
    Wav(tones::Options),
    Decode(decode::Options),
    Classify(classify::Options),
    #[command(subcommand)]
    Profile(profile::Command),
    Simulate(simulate::Options),
    /// Prints the completions of a shell
    #[command(
        after_help = "Examples:\n  starhash completions bash > /etc/bash_completion.d/starhash\n  starhash completions zsh > ~/.zfunc/_starhash\n  starhash completions fish > ~/.config/fish/completions/starhash.fish"
    )]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    match Options::parse().command {
        Command::Decode(options) => decode::run(&options),
        Command::Classify(options) => end(classify::run(&options)),
        Command::Plan(options) => end(plan::run(&options)),
        Command::Wav(options) => end(tones::run(&options)),
        Command::Profile(command) => end(profile::run(command)),
        Command::Simulate(options) => end(simulate::run(&options)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Options::command(), "starhash", &mut script);
            end(Ok(String::from_utf8_lossy(&script).into_owned().into()))
        }
    }
}

/// Says what there is to say, the results first.
fn end(done: Result<Said, String>) -> ExitCode {
    let printed = done.and_then(|said| print(said.text.as_bytes()).map(|_| said.trouble));
    match printed.unwrap_or_else(|bad| Some((bad, 2))) {
        None => ExitCode::SUCCESS,
        Some((trouble, code)) => {
            note(format_args!("starhash: {trouble}"));
            ExitCode::from(code)
        }
    }
}

/// Text of a JSON value, for people and for programs.
fn json(value: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|error| error.to_string())
}
