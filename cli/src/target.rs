//! What `plan` and `wav` are told: the PBX, the number, how fast.

use crate::profile::Chosen;
use crate::say::note;
use clap::ValueEnum;
use starhash_core::error::NumberProblem;
use starhash_core::number::{self, Kind};
use starhash_core::profile::{Profile, Timing};

/// The PBX, the number, how fast.
#[derive(Debug, clap::Args)]
pub struct Wanted {
    /// A profile that comes with the program (`starhash profile list`), or a file (docs/profile.md)
    #[arg(long, value_name = "P", default_value = "default", value_parser = crate::profile::choose)]
    profile: Chosen,
    /// The colleague's number as people write it: 204, «+7 (495) 123-45-67 доб. 204»
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    to: String,
    /// How fast [default: as the profile says]; a longer pause of the profile's own stays
    #[arg(long, value_enum)]
    timing: Option<Speed>,
}

/// The timings that the app offers.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Speed {
    /// 80 ms tone, 80 ms gap, 900 ms pause after the start code
    Fast,
    /// 120 ms tone, 120 ms gap, 900 ms pause
    Normal,
    /// 150 ms tone, 220 ms gap, 1500 ms pause
    Careful,
}

impl Speed {
    fn timing(self) -> Timing {
        match self {
            Self::Fast => Timing::FAST,
            Self::Normal => Timing::NORMAL,
            Self::Careful => Timing::CAREFUL,
        }
    }
}

/// A number ready to be sent to a PBX.
#[derive(Debug)]
pub struct Target {
    pub profile: Profile,
    /// What is sent between the start code and the terminator.
    pub digits: String,
}

impl Wanted {
    /// Reads the number by the app's own rules and says on standard error what became of it.
    pub fn target(&self) -> Result<Target, String> {
        let mut profile = self.profile.profile.clone();
        if let Some(speed) = self.timing {
            profile = profile.timed(speed.timing()).map_err(|error| format!("{error}; or choose another --timing"))?;
        }
        let number = number::clean(&self.to, &profile.numbers).map_err(|problem| refused(&self.to, &problem))?;
        let kind = if number.kind == Kind::Extension { "an extension" } else { "an outside number" };
        note(format_args!("--to {:?}: {}, {kind}", self.to, number.digits));
        if let Some(extension) = number.extension {
            note(format_args!("  {extension} cannot ride inside the code: dial it when their company answers"));
        }
        if number.emergency_like {
            note("  an emergency service has the same number: as tones it reaches a colleague's extension only");
        }
        Ok(Target { profile, digits: number.digits })
    }
}

fn refused(written: &str, problem: &NumberProblem) -> String {
    let hint = match problem {
        NumberProblem::Empty | NumberProblem::NoDigits => "write a number, such as 204",
        NumberProblem::ForbiddenSymbol { symbol } => {
            return format!(
                "--to {written:?}: {symbol:?} cannot be sent as part of a number; write one number, without the codes of the PBX"
            );
        }
        NumberProblem::TooLong { .. } => "at most 20 can be sent",
    };
    format!("--to {written:?}: {problem}; {hint}")
}
