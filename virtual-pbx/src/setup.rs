//! A PBX as a profile describes it, the profile's file, and the colleague's phone at it.

use clap::ValueEnum;
use starhash_core::pbx::{Answer, Failure, PbxConfig};
use starhash_core::profile::{Complete, Profile};
use std::io::ErrorKind;
use std::path::Path;
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
    /// Is switched off: nobody is registered there
    Off,
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
            Self::Off => Answer::Fails(Failure::Unavailable),
        }
    }
}

/// Reads a profile's file: its text, and the profile.
///
/// # Errors
/// What is wrong with it, and what to do, in words.
pub fn read_profile(file: &Path) -> Result<(String, Profile), String> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let binary = error.kind() == ErrorKind::InvalidData;
        let hint = if binary { "save it as UTF-8" } else { "name a profile's file (docs/profile.md)" };
        format!("cannot be read ({error}); {hint}")
    })?;
    let profile = Profile::from_toml(&text).map_err(|error| error.to_string())?;
    Ok((text, profile))
}

/// The PBX that goes with a profile; what the profile does not say is the measured Asterisk's.
#[must_use]
pub fn pbx_config(profile: &Profile) -> PbxConfig {
    let measured = PbxConfig::default();
    PbxConfig {
        start: profile.start.clone(),
        blind: profile.blind.clone(),
        terminator: profile.terminator.as_deref().and_then(|key| key.chars().next()), // one key: the profile was checked
        return_code: profile.return_code.clone(),
        complete: match &profile.complete {
            Complete::Code(code) => Some(code.clone()),
            Complete::HangUp => measured.complete.clone(),
        },
        ..measured
    }
}
