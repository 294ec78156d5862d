//! `starhash classify`: what the network would make of a dialled string.

use crate::json;
use crate::profile::Chosen;
use crate::say::Said;
use serde::Serialize;
use starhash_core::mmi::{DialFacts, DialReading, classify};
use std::fmt::Write;

/// Emergency numbers that are there without asking: Europe's and America's, and Russia's of three digits.
const EMERGENCY: [&str; 6] = ["112", "911", "101", "102", "103", "104"];

/// Prints what the network would make of a dialled string, and what the app's dial pad does about it
///
/// In the order of Android's own decisions (docs/mmi.md). Separators do not matter.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  starhash classify '*#204#'\n  starhash classify '*#21#' --in-call --json")]
pub struct Options {
    /// What is dialled
    #[arg(value_name = "STRING")]
    dialled: String,
    /// The PBX whose transfer codes the dial pad knows: a profile that comes with the program (`starhash profile list`), or a file
    #[arg(long, value_name = "P", default_value = "default", value_parser = crate::profile::choose)]
    profile: Chosen,
    /// A call is up
    #[arg(long)]
    in_call: bool,
    /// The phone calls over IMS (`VoLTE`, `VoWiFi`)
    #[arg(long)]
    ims: bool,
    /// Emergency numbers of SIM and country
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_values = EMERGENCY, value_parser = digits)]
    emergency: Vec<String>,
    /// Service codes that the carrier takes as the beginning of a call
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = digits)]
    feature_access: Vec<String>,
    /// Numbers of two digits that the carrier takes as calls
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = digits)]
    two_digit: Vec<String>,
    /// All that is known, for programs
    #[arg(long)]
    json: bool,
}

fn digits(text: &str) -> Result<String, String> {
    let text = text.trim();
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { Ok(text.to_owned()) } else { Err("write digits, with commas between the numbers".into()) }
}

/// Runs the command.
pub fn run(options: &Options) -> Result<Said, String> {
    let facts = DialFacts {
        in_call: options.in_call,
        ims: options.ims,
        emergency: options.emergency.clone(),
        feature_access: options.feature_access.clone(),
        two_digit: options.two_digit.clone(),
    };
    let reading = classify(&options.dialled, &facts, &options.profile.profile);
    Ok(if options.json { json(&reading)? } else { table(&reading)? }.into())
}

/// A line for everything that is there.
fn table(reading: &DialReading) -> Result<String, String> {
    let mut text = String::new();
    let DialReading { class, action, sc, sia, sib, sic, pwd, dial_number, dangerous, transfer_to, dial_pad } = reading;
    let mut row = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name:<12} {value}");
        }
    };
    row("class", Some(&word(class)?));
    row("action", action.as_ref().map(word).transpose()?.as_deref());
    for (name, part) in
        [("sc", sc), ("sia", sia), ("sib", sib), ("sic", sic), ("pwd", pwd), ("dial_number", dial_number)]
    {
        row(name, part.as_deref());
    }
    row("dangerous", dangerous.then_some("yes"));
    row("transfer_to", transfer_to.as_deref());
    row("dial_pad", Some(&word(dial_pad)?));
    Ok(text)
}

/// As JSON has it.
fn word(value: &impl Serialize) -> Result<String, String> {
    let word = serde_json::to_value(value).map_err(|error| error.to_string())?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
