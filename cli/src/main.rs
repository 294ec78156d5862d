//! `starhash`: a tool for administrators and for tests.

mod decode;
mod format;
mod plan;
mod profile;
mod simulate;
mod target;
mod tones;
mod wav;

use clap::{CommandFactory, Parser, Subcommand};
use std::io::{self, Write};
use std::process::ExitCode;

/// Starhash's tool for administrators and for tests
///
/// What a PBX's transfer code sounds like, what a recording holds, and what a PBX would make of it: by the same rules as the
/// app. Exit code 1: the steps of a simulation could not be played to their end; 2: a file or an option is wrong.
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
    #[command(subcommand)]
    Profile(profile::Command),
    Simulate(simulate::Options),
    /// Prints the completions of a shell: `starhash completions bash > /etc/bash_completion.d/starhash`
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let Options { command } = Options::parse();
    let done = match command {
        Command::Decode(options) => return decode::run(&options),
        Command::Plan(options) => plan::run(&options).map(print),
        Command::Wav(options) => tones::run(&options).map(print),
        Command::Profile(command) => profile::run(command).map(print),
        Command::Simulate(options) => simulate::run(&options).map(|(text, played)| {
            print(text);
            if played { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Options::command(), "starhash", &mut script);
            Ok(print(String::from_utf8_lossy(&script).into_owned()))
        }
    };
    done.unwrap_or_else(|bad| {
        eprintln!("starhash: {bad}");
        ExitCode::from(2)
    })
}

/// Whoever reads this may have heard enough (`starhash … | head -1`): that is no failure.
#[expect(clippy::needless_pass_by_value, reason = "takes what each command returns")]
fn print(text: String) -> ExitCode {
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// Text of a JSON value, for people and for programs.
fn json(value: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|error| error.to_string())
}
