//! What `cargo phone` is told to do, with and without `--demo`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use serde::{Deserialize, Serialize};
use starhash_core::number;
use starhash_core::profile::Profile;
use virtual_pbx::Network;
use virtual_pbx::setup::{Colleague, read_profile};

/// The real app on a phone in the browser, with the network, the PBX and the people around it to click.
/// With --demo: the story of a transfer, played without a hand; exit 0: it ended as these options call for.
#[derive(Debug, Parser)]
#[command(name = "cargo phone", disable_version_flag = true)]
#[command(override_usage = "cargo phone [OPTIONS]\n       cargo phone --demo [OPTIONS]")]
pub struct Options {
    /// Play the story instead
    #[arg(long)]
    pub demo: bool,
    /// Port of the page on 127.0.0.1; 0: any that is free
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "demo")]
    pub port: u16,
    /// Whom to pass the client to; a colleague's number taps the tile, any other goes through the number field
    #[arg(long, requires = "demo", value_name = "NUMBER", default_value = "204", value_parser = written_number)]
    pub to: String,
    /// What the colleague's phone does
    #[arg(long, requires = "demo", value_enum, default_value_t = Colleague::Talk)]
    pub answer: Colleague,
    /// What the employee does then [default: connect, or return when nobody talks]
    #[arg(long, requires = "demo", value_enum)]
    pub then: Option<Then>,
    /// A PBX profile (docs/profile.md) [default: the user's own PBX]
    #[arg(long, value_name = "FILE", value_parser = profile)]
    pub profile: Option<ProfileFile>,
    /// The network drops the call this long after the tap
    #[arg(long, requires = "demo", value_name = "T", value_parser = milliseconds)]
    pub cut_at_ms: Option<Duration>,
    /// The employee cancels this long after the tap
    #[arg(long, requires = "demo", value_name = "T", value_parser = milliseconds)]
    pub cancel_at_ms: Option<Duration>,
    /// Another call comes in this long after the tap
    #[arg(long, requires = "demo", value_name = "T", value_parser = milliseconds)]
    pub waiting_call_at_ms: Option<Duration>,
    /// The employee presses a key by hand this long after the tap
    #[arg(long, requires = "demo", value_name = "T", value_parser = milliseconds)]
    pub key_at_ms: Option<Duration>,
    /// The client hangs up this long after the tap
    #[arg(long, requires = "demo", value_name = "T", value_parser = milliseconds)]
    pub client_hangs_up_at_ms: Option<Duration>,
    /// The network between phone and PBX (docs/networks.md)
    #[arg(long, value_enum, default_value_t)]
    pub network: Network,
    /// The line carries nothing: a proof that the PBX hears tones and nothing else (the demo must fail)
    #[arg(long, requires = "demo")]
    pub mute_line: bool,
    /// Language of the app and of the transcript
    #[arg(long, value_enum, default_value_t = Lang::Ru)]
    pub lang: Lang,
    /// Dark theme
    #[arg(long)]
    pub night: bool,
    /// Where pictures, sound and events go
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub out: PathBuf,
    /// How to start the phone
    #[arg(last = true, required = true, hide = true)]
    pub phone: Vec<String>,
}

/// The employee's next move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Then {
    /// «Соединить»
    Connect,
    /// «Вернуться к клиенту»
    Return,
    /// The line loses the first symbol; «Всё ещё слышите клиента?», the code goes out again, slower; then «Соединить»
    Retry,
    /// The red button
    Hangup,
}

/// The languages of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Russian
    Ru,
    /// English
    En,
}

/// A profile that has been read and checked.
#[derive(Debug, Clone)]
pub struct ProfileFile {
    /// Its file, absolute.
    pub path: PathBuf,
    /// What stands in it.
    pub profile: Profile,
}

impl Options {
    /// The employee's next move.
    pub fn then(&self) -> Then {
        let nobody_talks = self.answer != Colleague::Talk;
        self.then.unwrap_or(if nobody_talks { Then::Return } else { Then::Connect })
    }
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    let ms: u64 = text.parse().map_err(|_| "write whole milliseconds, such as 900".to_owned())?;
    if ms > 60_000 { Err("at most 60000: the story is over by then".into()) } else { Ok(Duration::from_millis(ms)) }
}

fn profile(file: &str) -> Result<ProfileFile, String> {
    let (_, profile) = read_profile(Path::new(file))?;
    let path = std::path::absolute(file).map_err(|error| error.to_string())?;
    Ok(ProfileFile { path, profile })
}

/// The numbers of the app's own rules; how outside numbers are written is up to the profile, not checked here.
fn written_number(text: &str) -> Result<String, String> {
    let profile = Profile::default_profile().map_err(|error| error.to_string())?;
    number::clean(text, &profile.numbers).map_err(|problem| problem.to_string())?;
    Ok(text.to_owned())
}
