//! The world around the phone on the desk: network, line, PBX, the client and the colleagues. It is played by hand in the
//! browser (`cargo phone`), or by a story without a hand (`cargo phone --demo`); both build everything and start this with
//! the phone's command line.

mod call;
mod journal;
mod live;
mod options;
mod phone;
mod screen;
mod server;
mod stage;
mod story;
mod words;
mod world;

use std::process::ExitCode;

use clap::Parser;
use options::Options;

fn main() -> ExitCode {
    let options = Options::parse();
    let (what, played) =
        if options.demo { ("The demo", story::play(&options)) } else { ("The phone", live::run(&options)) };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{what} did not end as it should: {trouble}");
            eprintln!(
                "As far as it got: what happened is in {0}/events.jsonl, what the app printed in {0}/phone.log.",
                options.out.display()
            );
            ExitCode::FAILURE
        }
    }
}
