//! The other end of the line, without audio: a PBX's transfer logic as a state machine.
//!
//! What it does and when was measured on a real Asterisk; `tests.rs` says which test covers which
//! row of that table (`asterisk-measured.md`). Facts and the time they became known go in through
//! [`Pbx::handle`], events come out; between two facts the caller only has to come back at
//! [`Pbx::next_deadline`]. There is no clock, no thread and no I/O, so the trainer in the phone and
//! the virtual PBX on the desk run the same code.
//!
//! Not measured and not modelled: the changing over between client and colleague (`*4`), the
//! three-way code before the colleague has answered, a transfer out of a three-way talk (every
//! symbol is heard there), symbols of client and colleague.
//!
//! All times are [`std::time::Duration`]s since one arbitrary start chosen by the caller.

mod codes;
mod config;
mod machine;
mod stage;
#[cfg(test)]
mod tests;

pub use config::{Answer, ConfigError, Failure, PbxConfig, Phones};
pub use machine::Pbx;

use serde::Serialize;
use std::time::Duration;

/// A fact the PBX learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A DTMF symbol arrived on the employee's leg.
    ///
    /// Limits run from `end` to the moment the next symbol is *known* (the `now` of
    /// [`Pbx::handle`]), as in a real PBX, where recognising the end of a tone costs some 30 ms.
    /// That is why `*` to `#` works at 950 ms and fails at 990 (asterisk-measured.md).
    Symbol {
        /// `0`–`9`, `*`, `#` (or `A`–`D`, which no code uses).
        key: char,
        /// When the tone began.
        start: Duration,
        /// When the tone ended.
        end: Duration,
    },
    /// The client hung up.
    ClientHangsUp,
    /// The employee's leg is down: hung up, or dropped by the network. The PBX cannot tell which.
    EmployeeHangsUp,
    /// The ringing colleague picked up.
    ColleagueAnswers,
    /// The colleague hung up; while still ringing this is a refusal.
    ColleagueHangsUp,
    /// The network says that the ringing colleague cannot be had.
    ColleagueFails(Failure),
    /// Nothing new, only time has passed.
    Tick,
}

/// Something the PBX did. Serialises as `{"do": "target", "number": "204"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Event {
    /// The start code was recognised.
    Feature,
    /// The client was put on hold and hears music.
    Music,
    /// The colleague's number is complete and is being called.
    Target {
        /// The digits as decoded, without the terminator.
        number: String,
    },
    /// The colleague answered and talks to the employee.
    Consult,
    /// These can talk: client and colleague, the employee is out, or all three.
    Joined {
        /// Who.
        legs: Vec<Leg>,
    },
    /// Employee and client talk again.
    Returned,
    /// The client, put on hold for a transfer, was dropped by the PBX and talked to nobody.
    Lost,
    /// The client heard a symbol that was meant for the PBX.
    Leaked {
        /// The symbol.
        key: char,
    },
    /// A leg is over, whoever ended it.
    Disconnect {
        /// Which one.
        leg: Leg,
    },
}

/// One of the three telephones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// The client who called the company (transferee).
    Client,
    /// The employee on the mobile (transferor).
    Employee,
    /// The colleague who is being called (transfer target).
    Colleague,
}

/// An [`Event`] and when it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbxEvent {
    /// When.
    pub at: Duration,
    /// What.
    pub event: Event,
}

/// What is in somebody's ear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hears {
    /// The line is up and silent.
    Nothing,
    /// The client's voice.
    Client,
    /// The employee's voice.
    Employee,
    /// The colleague's voice.
    Colleague,
    /// The voices of both others: all three talk.
    Both,
    /// Music on hold.
    Music,
    /// "Transfer": the prompt after the start code.
    Prompt,
    /// The PBX waits for the first digit.
    DialTone,
    /// "Invalid": nothing, or an unknown number, was dialled.
    Invalid,
    /// The called phone rings (long beeps).
    Ringback,
    /// The called phone is busy (short beeps).
    Busy,
    /// The call cannot be made (very short beeps).
    Congestion,
    /// One beep: the client is about to come back.
    Beep,
}

/// What the PBX is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Client and employee talk.
    Talk,
    /// The start code was recognised; the prompt is played.
    Prompt,
    /// The digits of the number are awaited.
    Number,
    /// There is no such number; the prompt says so.
    Invalid,
    /// The colleague's phone rings.
    Ringing,
    /// Employee and colleague talk.
    Consult,
    /// All three talk.
    ThreeWay,
    /// The colleague cannot be had; a tone says so.
    Failure,
    /// The beep before the client comes back.
    Beep,
    /// The client comes back.
    Returning,
    /// Client and colleague talk.
    Joined,
    /// Nobody is left.
    Over,
}

/// Legs and who hears what, at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// What the client hears; `None`: this leg is down.
    pub client: Option<Hears>,
    /// What the employee hears; `None`: this leg is down.
    pub employee: Option<Hears>,
    /// What the colleague hears; `None`: not there, or still ringing.
    pub colleague: Option<Hears>,
    /// The colleague's phone rings.
    pub colleague_rings: bool,
}
