//! How far the transfer is.

use super::{Doing, Hears};
use std::time::Duration;

/// Which transfer was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The employee talks to the colleague first.
    Attended,
    /// The employee is out as soon as the number is complete.
    Blind,
}

/// Every stage but `Talk`, `ThreeWay`, `Joined` and `Over` leaves a client who is still there on
/// music, or, once the employee is gone, with what is heard of the colleague's phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Talk,
    Prompt {
        until: Duration,
    },
    /// Dial tone until the first digit, then silence.
    Number {
        digits: String,
        attempt: u32,
        until: Duration,
    },
    /// Digits are lost here.
    Invalid {
        attempt: u32,
        until: Duration,
    },
    /// The client waits for the answer alone once the employee is gone.
    Ringing {
        answer: Option<Duration>,
        until: Duration,
    },
    Consult,
    ThreeWay,
    FailureTone {
        tone: Hears,
        then_beep: bool,
        until: Duration,
    },
    Beep {
        until: Duration,
    },
    Returning {
        until: Duration,
    },
    Joined,
    Over,
}

impl Stage {
    /// The stage without its details.
    pub fn doing(&self) -> Doing {
        match self {
            Self::Talk => Doing::Talk,
            Self::Prompt { .. } => Doing::Prompt,
            Self::Number { .. } => Doing::Number,
            Self::Invalid { .. } => Doing::Invalid,
            Self::Ringing { .. } => Doing::Ringing,
            Self::Consult => Doing::Consult,
            Self::ThreeWay => Doing::ThreeWay,
            Self::FailureTone { .. } => Doing::Failure,
            Self::Beep { .. } => Doing::Beep,
            Self::Returning { .. } => Doing::Returning,
            Self::Joined => Doing::Joined,
            Self::Over => Doing::Over,
        }
    }

    /// When the stage ends by itself.
    pub fn deadline(&self) -> Option<Duration> {
        match self {
            Self::Talk | Self::Consult | Self::ThreeWay | Self::Joined | Self::Over => None,
            Self::Ringing { answer, until } => Some(answer.unwrap_or(*until).min(*until)),
            Self::Prompt { until }
            | Self::Number { until, .. }
            | Self::Invalid { until, .. }
            | Self::FailureTone { until, .. }
            | Self::Beep { until }
            | Self::Returning { until } => Some(*until),
        }
    }

    /// What client and employee hear, whether or not they are still there.
    pub fn ears(&self, employee_up: bool) -> (Hears, Hears) {
        match self {
            Self::Talk => (Hears::Employee, Hears::Client),
            Self::Prompt { .. } => (Hears::Music, Hears::Prompt),
            Self::Number { digits, .. } if digits.is_empty() => (Hears::Music, Hears::DialTone),
            Self::Number { .. } | Self::Returning { .. } => (Hears::Music, Hears::Nothing),
            Self::Invalid { .. } => (Hears::Music, Hears::Invalid),
            Self::Ringing { .. } if employee_up => (Hears::Music, Hears::Ringback),
            Self::Ringing { .. } => (Hears::Ringback, Hears::Nothing),
            Self::Consult => (Hears::Music, Hears::Colleague),
            Self::ThreeWay => (Hears::Both, Hears::Both),
            Self::FailureTone { tone, .. } if employee_up => (Hears::Music, *tone),
            Self::FailureTone { tone, .. } => (*tone, Hears::Nothing),
            Self::Beep { .. } => (Hears::Music, Hears::Beep),
            Self::Joined => (Hears::Colleague, Hears::Nothing),
            Self::Over => (Hears::Nothing, Hears::Nothing),
        }
    }

    /// What the colleague hears; `None`: not in the call.
    pub fn colleague_ear(&self) -> Option<Hears> {
        match self {
            Self::Consult => Some(Hears::Employee),
            Self::ThreeWay => Some(Hears::Both),
            Self::Joined => Some(Hears::Client),
            _ => None,
        }
    }

    /// Whether the colleague's leg is there, ringing or answered.
    pub fn colleague_up(&self) -> bool {
        matches!(self, Self::Ringing { .. }) || self.colleague_ear().is_some()
    }
}
