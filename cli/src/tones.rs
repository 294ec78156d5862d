//! `starhash wav`: a transfer code as sound.

use crate::plan::{self, Planned};
use crate::say::{Said, note, print};
use crate::target;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use virtual_pbx::dtmf::Pair;
use virtual_pbx::level::{RATE, sample, samples};
use virtual_pbx::{LineConfig, exchange};

/// Silence before the first tone: players and decoders need a moment.
const LEAD: Duration = Duration::from_millis(200);

/// Writes a transfer code as sound: WAV, 8 kHz, 16 bits, mono, at a mobile's usual level
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  starhash wav --profile asterisk --to 204 code.wav\n  starhash wav --to 204 - | aplay"
)]
pub struct Options {
    #[command(flatten)]
    target: target::Wanted,
    /// The file to write; -: standard output
    #[arg(value_name = "OUT")]
    out: PathBuf,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<Said, String> {
    let target = options.target.target()?;
    let mut sound = silence(LEAD);
    for step in plan::steps(&target) {
        match step {
            Planned::Tone { tone, on_ms, off_ms } => {
                sound.extend(heard(tone, on_ms));
                sound.extend(silence(Duration::from_millis(off_ms)));
            }
            Planned::Pause { pause_ms } => sound.extend(silence(Duration::from_millis(pause_ms))),
        }
    }
    let bytes = exchange::wav(&sound).map_err(|error| error.to_string())?;
    let hundredths = sound.len() * 100 / RATE as usize;
    let took = format!("{}: {}.{:02} s", options.out.display(), hundredths / 100, hundredths % 100);
    if options.out == Path::new("-") {
        print(&bytes)?;
        note(took);
        return Ok(Said::default());
    }
    fs::write(&options.out, bytes)
        .map_err(|error| format!("{}: {error}; choose another OUT", options.out.display()))?;
    Ok((took + "\n").into())
}

fn heard(key: char, ms: u64) -> Vec<i16> {
    let LineConfig { low_dbm0, high_dbm0, .. } = LineConfig::USUAL;
    let count = u32::try_from(samples(Duration::from_millis(ms))).unwrap_or(u32::MAX);
    let tone = Pair::new(key, low_dbm0, high_dbm0);
    (0..count).map(|n| tone.map_or(0, |tone| sample(tone.at(n)))).collect()
}

fn silence(time: Duration) -> Vec<i16> {
    vec![0; usize::try_from(samples(time)).unwrap_or(usize::MAX)]
}
