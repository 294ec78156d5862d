//! The world around the phone on the desk: network, line, PBX, the client and the colleague; and the story of a transfer
//! that plays without a hand. `cargo phone --demo` builds everything and starts this with the phone's command line.

mod journal;
mod options;
mod phone;
mod story;
mod words;
mod world;

use std::process::ExitCode;

use clap::Parser;
use options::Options;

fn main() -> ExitCode {
    let options = Options::parse();
    match story::play(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nThe demo did not end as it should: {trouble}");
            eprintln!(
                "What happened is in {0}/events.jsonl, what the app printed in {0}/phone.log.",
                options.out.display()
            );
            ExitCode::FAILURE
        }
    }
}
