//! A PBX as a profile describes it, and the colleague's phone at it.

use clap::ValueEnum;
use starhash_core::pbx::{Answer, Failure, PbxConfig};
use starhash_core::profile::{Complete, Profile};
use std::time::Duration;

/// The colleague's phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colleague {
    /// Rings, then the colleague answers
    Talk,
    /// Is busy
    Busy,
    /// Rings for ever
    Never,
    /// Refuses the call
    Reject,
    /// There is no such number
    Unknown,
}

impl Colleague {
    /// What the colleague's phone does at the PBX.
    #[must_use]
    pub fn at_the_pbx(self) -> Answer {
        match self {
            Self::Talk => Answer::Talk { after: Duration::from_millis(2500) },
            Self::Busy => Answer::Fails(Failure::Busy),
            Self::Never => Answer::Never,
            Self::Reject => Answer::Fails(Failure::Refused),
            Self::Unknown => Answer::Unknown,
        }
    }
}

/// The PBX that goes with a profile; what the profile does not say is the measured Asterisk's.
#[must_use]
pub fn pbx_config(profile: &Profile) -> PbxConfig {
    let one = |code: &str| code.chars().next();
    let measured = PbxConfig::default();
    PbxConfig {
        start: profile.start.clone(),
        blind: profile.blind.clone(),
        terminator: profile.terminator.as_deref().and_then(one),
        return_code: profile.return_code.clone(),
        complete: match &profile.complete {
            Complete::Code(code) => Some(code.clone()),
            Complete::HangUp => measured.complete.clone(),
        },
        ..measured
    }
}
