//! `starhash simulate`: what a PBX would make of steps of tones.

mod steps;
mod verdict;

use crate::json;
use crate::profile::Chosen;
use crate::say::{Said, note};
use clap::ValueEnum;
use starhash_core::pbx::{Doing, Pbx, PbxConfig, Phones, Snapshot};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use steps::{Step, Who};
use verdict::Verdict;
use virtual_pbx::network::Conditions;
use virtual_pbx::setup::{Colleague, pbx_config};
use virtual_pbx::{Exchange, ExchangeError, Network};

/// The talk has gone on for so long when the first step begins.
const TALK: Duration = Duration::from_secs(1);
/// How far the line is played between two looks at what the PBX has done.
const LOOK: Duration = Duration::from_millis(20);
/// The longest wait for anything: a PBX gives everything up sooner (asterisk-measured.md: 15 s).
const PATIENCE: Duration = Duration::from_mins(1);
/// After the last step the slowest network delivers for so long, and symbols leak for so long.
const AFTERWARDS: Duration = Duration::from_secs(6);

/// Plays tones into a PBX as sound, through a network, and prints what it makes of them
///
/// A client's call has been forwarded and is being talked in. The steps are what `starhash plan --json` prints, and between
/// them `{"pause_ms":N}`, `{"hangup":true}` (the employee; "client" or "colleague" for those), and `{"wait_for":WORD}`: feature,
/// music, target, consult, joined, returned, lost, leaked or disconnect. A wait goes on until that happens, or is over at once if it
/// has happened at or after the moment that the wait before was for. The PBX behaves like the measured Asterisk with the
/// profile's codes, and with Asterisk's own where the profile is silent (`*2` joins, `*3` makes a talk of three). Exit code 1: a
/// wait was in vain.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  starhash plan --to 204 --json | starhash simulate --steps - --answer busy")]
pub struct Options {
    /// Steps as JSON; -: standard input
    #[arg(long, value_name = "FILE|-")]
    steps: PathBuf,
    /// The PBX: a profile that comes with the program (`starhash profile list`), or a file (docs/profile.md)
    #[arg(long, value_name = "P", default_value = "default", value_parser = crate::profile::choose)]
    profile: Chosen,
    /// What the colleague's phone does
    #[arg(long, value_enum, default_value_t = Colleague::Talk)]
    answer: Colleague,
    /// How the PBX knows the end of a number
    #[arg(long, value_enum, default_value_t = DialPlan::Open)]
    dial_plan: DialPlan,
    /// The network between phone and PBX (docs/networks.md)
    #[arg(long, value_enum, default_value_t)]
    network: Network,
    /// The course that chance takes in the network
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    seed: u64,
    /// Level of each of a key's two tones, in dBm0
    #[arg(long, value_name = "DBM0", allow_negative_numbers = true, value_parser = level)]
    level: Option<f64>,
    /// How much louder the higher tone of a key is, in dB
    #[arg(long, value_name = "DB", allow_negative_numbers = true, value_parser = level)]
    twist: Option<f64>,
    /// Level of white noise, in dBm0
    #[arg(long, value_name = "DBM0", allow_negative_numbers = true, value_parser = level)]
    noise: Option<f64>,
    /// The PBX plays no prompt after the start code
    #[arg(long)]
    no_prompt: bool,
    /// The verdict for programs
    #[arg(long)]
    json: bool,
}

/// How a PBX knows the end of a number.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DialPlan {
    /// By the terminator, or 3 s after the last digit
    Open,
    /// By itself: extensions have three digits, outside numbers the profile's `trunk` and ten more; none abroad
    Fixed,
}

fn level(text: &str) -> Result<f64, String> {
    let hint = "write decibels, -60 to 20";
    text.parse().ok().filter(|db| (-60.0..=20.0).contains(db)).ok_or_else(|| hint.to_owned())
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("write a whole number, 0 to {}", u64::MAX))
}

/// Runs the command. Exit code 1: the steps could not be played to their end.
pub fn run(options: &Options) -> Result<Said, String> {
    let steps = read(&options.steps)
        .map_err(|error| {
            format!("cannot be read ({error}); name a text file (UTF-8) with what `starhash plan --json` prints")
        })
        .and_then(|text| steps::read(&text))
        .map_err(|error| format!("--steps {}: {error}", options.steps.display()))?;
    let answer = options.answer.at_the_pbx();
    let phones = Phones { known: [].into(), others: answer, outside: answer };
    let pbx = Pbx::new(options.config(), phones).map_err(|error| error.to_string())?;
    let exchange = Exchange::new(pbx, options.conditions(), options.seed, Duration::ZERO);
    let mut call = Call { exchange, now: TALK, verdict: Verdict::default(), gone: Vec::new() };
    call.play(&steps).map_err(|error| error.to_string())?;
    let verdict = call.verdict.end(call.exchange.snapshot());
    let in_vain =
        |word| format!("waited {} s for {word:?} in vain; the steps after it were not played", PATIENCE.as_secs());
    let trouble = verdict.waited_in_vain().map(|word| (in_vain(word), 1));
    Ok(Said { text: if options.json { json(&verdict)? } else { verdict.to_string() }, trouble })
}

fn read(file: &Path) -> io::Result<String> {
    if file == Path::new("-") { io::read_to_string(io::stdin()) } else { std::fs::read_to_string(file) }
}

impl Options {
    fn config(&self) -> PbxConfig {
        let mut config = pbx_config(&self.profile.profile);
        if let DialPlan::Fixed = self.dial_plan {
            config.dial_plan = vec!["XXX".into(), format!("{}XXXXXXXXXX", self.profile.profile.numbers.trunk)];
        }
        if self.no_prompt {
            config.prompt = Duration::ZERO;
        }
        config
    }

    fn conditions(&self) -> Conditions {
        let mut conditions = self.network.conditions();
        let line = &mut conditions.line;
        if let Some(level) = self.level {
            (line.low_dbm0, line.high_dbm0) = (level, level);
        }
        if let Some(twist) = self.twist {
            // Around the level, so that neither tone is too loud or too weak by itself.
            let level = f64::midpoint(line.low_dbm0, line.high_dbm0);
            (line.low_dbm0, line.high_dbm0) = (level - twist / 2.0, level + twist / 2.0);
        }
        line.noise_dbm0 = self.noise.or(line.noise_dbm0);
        conditions
    }
}

/// The call while it is played.
struct Call {
    exchange: Exchange,
    now: Duration,
    verdict: Verdict,
    /// Who has hung up.
    gone: Vec<Who>,
}

impl Call {
    fn play(&mut self, steps: &[Step]) -> Result<(), ExchangeError> {
        for (index, step) in steps.iter().enumerate() {
            if let Some(nobody) = self.reaches_nobody(step) {
                note(format_args!("step {}: {nobody}", index + 1));
            }
            match step {
                Step::Tone { key, on, off } => {
                    self.exchange.tone_on(self.now, *key)?;
                    self.exchange.tone_off(self.now + *on)?;
                    self.now += *on + *off;
                }
                Step::Pause(pause) => self.now += *pause,
                Step::WaitFor(word) => {
                    if !self.wait_for(word) {
                        self.verdict.wait_in_vain(word);
                        return Ok(());
                    }
                }
                Step::HangUp(who) => self.hang_up(*who)?,
            }
        }
        self.come_to_rest();
        Ok(())
    }

    fn hang_up(&mut self, who: Who) -> Result<(), ExchangeError> {
        self.gone.push(who);
        match who {
            Who::Employee => self.exchange.mobile_down(self.now),
            Who::Client => self.exchange.client_hangs_up(self.now),
            Who::Colleague => self.exchange.colleague_hangs_up(self.now),
        }
    }

    /// Why this step can do nothing any more.
    fn reaches_nobody(&mut self, step: &Step) -> Option<&'static str> {
        self.listen();
        let Snapshot { client, employee, colleague, colleague_rings } = self.exchange.snapshot();
        // The PBX may not have heard of a hang-up yet.
        let gone = |who: Who, there: bool| self.gone.contains(&who) || !there;
        match step {
            Step::Tone { .. } if gone(Who::Employee, employee.is_some()) => {
                Some("the employee's call is over, nobody hears this tone")
            }
            Step::HangUp(Who::Employee) if gone(Who::Employee, employee.is_some()) => {
                Some("the employee's call is over already")
            }
            Step::HangUp(Who::Client) if gone(Who::Client, client.is_some()) => {
                Some("the client's call is over already")
            }
            // Another one may be called after the first has gone.
            Step::HangUp(Who::Colleague) if colleague.is_none() && !colleague_rings => {
                Some("the colleague is not there")
            }
            _ => None,
        }
    }

    /// Until this has happened after what the last wait waited for.
    fn wait_for(&mut self, word: &str) -> bool {
        let end = self.now + PATIENCE;
        self.listen();
        while !self.verdict.has_come(word) {
            if self.now >= end {
                return false;
            }
            self.now += LOOK;
            self.listen();
        }
        true
    }

    fn listen(&mut self) {
        let happened = self.exchange.advance_to(self.now);
        self.verdict.add(happened, TALK);
    }

    /// Until nothing changes any more without somebody's doing.
    fn come_to_rest(&mut self) {
        let (least, most) = (self.now + AFTERWARDS, self.now + PATIENCE);
        let rests =
            |doing| matches!(doing, Doing::Talk | Doing::Consult | Doing::ThreeWay | Doing::Joined | Doing::Over);
        while self.now < least || (self.now < most && !rests(self.exchange.doing())) {
            self.now += LOOK;
            self.listen();
        }
    }
}
