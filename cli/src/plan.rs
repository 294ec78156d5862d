//! `starhash plan`: the tones of a transfer code, each with its times.

use crate::json;
use crate::say::Said;
use crate::target::{self, Target};
use serde::Serialize;
use starhash_core::dtmf::{Player, Step};
use std::fmt::Write;
use std::time::Duration;

/// Prints the tones of a transfer code, each with its times
///
/// They are those the app would send on a phone whose clock is never late.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  starhash plan --to 204\n  starhash plan --profile freepbx --to '8-800-555-35-35' --timing careful --json"
)]
pub struct Options {
    #[command(flatten)]
    target: target::Wanted,
    /// As `starhash simulate --steps` takes it
    #[arg(long)]
    json: bool,
}

/// A step of a plan, as JSON has it. All times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Planned {
    /// A tone, and the silence after it.
    Tone {
        /// Its key.
        tone: char,
        /// How long it sounds.
        on_ms: u64,
        /// How long nothing sounds after it.
        off_ms: u64,
    },
    /// More silence: together with the `off_ms` before it, the profile's `pause_ms`.
    Pause {
        /// How much more.
        pause_ms: u64,
    },
}

/// Runs the command.
pub fn run(options: &Options) -> Result<Said, String> {
    let target = options.target.target()?;
    let steps = steps(&target);
    let text = if options.json { json(&steps)? } else { table(&target, &steps) };
    Ok(text.into())
}

/// The app's own player, woken in time.
pub fn steps(target: &Target) -> Vec<Planned> {
    let Target { profile, digits } = target;
    let mut player = Player::default();
    player.plan_transfer(profile, digits, profile.timing, Duration::ZERO);
    let (mut tones, mut began) = (Vec::new(), Duration::ZERO);
    while let Some(now) = player.deadline() {
        match player.poll(now) {
            Some(Step::On { .. }) => began = now,
            Some(Step::Off { key, .. }) => tones.push((char::from(key.ascii()), began, now)),
            Some(Step::TooLate) | None => {}
        }
        player.done(now);
    }
    let gap = ms(profile.timing.gap);
    let mut steps = Vec::new();
    for (at, (tone, on, off)) in tones.iter().enumerate() {
        let silence = tones.get(at + 1).map_or(gap, |(_, next, _)| ms(next.saturating_sub(*off)));
        let off_ms = silence.min(gap);
        steps.push(Planned::Tone { tone: *tone, on_ms: ms(off.saturating_sub(*on)), off_ms });
        if silence > off_ms {
            steps.push(Planned::Pause { pause_ms: silence - off_ms });
        }
    }
    steps
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn table(target: &Target, steps: &[Planned]) -> String {
    let mut text = String::from("   at ms  key  on ms  off ms\n");
    let (mut at, mut end) = (0, 0);
    for step in steps {
        // Writing to a string cannot fail.
        let _ = match step {
            Planned::Tone { tone, on_ms, off_ms } => {
                let row = writeln!(text, "{at:8}   {tone}   {on_ms:5}  {off_ms:6}");
                end = at + on_ms;
                at += on_ms + off_ms;
                row
            }
            Planned::Pause { pause_ms } => {
                at += pause_ms;
                writeln!(text, "                      +{pause_ms}")
            }
        };
    }
    let keys: String = steps
        .iter()
        .filter_map(|step| if let Planned::Tone { tone, .. } = step { Some(*tone) } else { None })
        .collect();
    let _ = writeln!(
        text,
        "{keys} for {}: the last tone ends after {}.{:02} s",
        target.profile.name,
        end / 1000,
        end % 1000 / 10
    );
    text
}
