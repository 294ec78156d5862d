//! The one error type of the crate. The app words errors itself, from the fields; the texts here are for logs, so they
//! never hold a telephone number.

/// Everything the core can refuse or fail at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// A PBX profile is not usable.
    #[error("profile: {field}: {reason}")]
    Profile {
        /// The key as it stands in the profile file, with its table: `timing.tone_ms`; `file` when it is not TOML at all.
        field: String,
        /// What is wrong and what to write instead.
        reason: String,
    },
    /// A number cannot be sent as tones.
    #[error("number: {reason}")]
    Number {
        /// Which rule it breaks.
        #[from]
        reason: NumberProblem,
    },
    /// The list of colleagues cannot be read, written or changed this way.
    #[error("directory: {reason}")]
    Directory {
        /// What is wrong and what to do; without names and numbers of colleagues.
        reason: String,
    },
    /// A fault of the core itself; the call is not touched by it.
    #[error("internal: {reason}")]
    Internal {
        /// What happened, for a bug report.
        reason: String,
    },
}

/// Why nothing is sent into a call; travels in the snapshot, for it is no error of anybody (product.md, "Rules no version may break").
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Refusal {
    /// The profile transfers incoming calls only and this one is outgoing.
    NotIncoming,
    /// The call is ringing, on hold or over: tones would go nowhere or into another call.
    NotActive,
    /// An emergency call, or a call back from the emergency service.
    Emergency,
    /// A transfer is already running.
    Busy,
    /// The call is not known (any more).
    NoSuchCall,
    /// The transfer has no such next step in the stage it is in.
    NoStage,
}

/// Why a text cannot be sent as the number of a transfer (pbx-profiles.md, "Numbers sent by DTMF").
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Enum)]
pub enum NumberProblem {
    /// Nothing was written.
    #[error("nothing was written")]
    Empty,
    /// There are no digits in it.
    #[error("there are no digits in it")]
    NoDigits,
    /// It holds something that is neither a digit nor a usual separator, `*` and `#` above all.
    #[error("it holds a symbol that cannot be sent as part of a number")]
    ForbiddenSymbol {
        /// The symbol, as it was written.
        symbol: String,
    },
    /// More digits than [`crate::number::MAX_DIGITS`], the prefix included.
    #[error("{digits} digits are too many")]
    TooLong {
        /// How many there would be to send.
        digits: u32,
    },
}
