//! A call on the mobile, as the network knows it.

use serde::Serialize;
use serde_json::{Value, json};

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// First letter of this caller's calls.
    pub letter: char,
    /// As the phone's contacts know them.
    pub name: &'static str,
    /// In international form.
    pub number: &'static str,
    /// The number that was called first and forwarded from.
    pub forwarded_from: Option<&'static str>,
}

/// How far a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// Nobody has called yet.
    None,
    /// The mobile rings.
    Ringing,
    /// Employee and caller are on the line.
    Active,
    /// On hold.
    Holding,
    /// Over for the mobile.
    Over,
}

impl CallState {
    /// The word the phone is told.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ringing => "ringing",
            Self::Active => "active",
            Self::Holding => "holding",
            Self::Over => "over",
        }
    }
}

/// The latest call of one caller.
#[derive(Debug, Clone)]
pub struct Call {
    pub caller: Caller,
    pub state: CallState,
    count: u64,
}

impl Call {
    /// No call yet.
    pub fn of(caller: Caller) -> Self {
        Self { caller, state: CallState::None, count: 0 }
    }

    /// Letter and number, as in `c1`.
    pub fn id(&self) -> String {
        format!("{}{}", self.caller.letter, self.count)
    }

    /// How many calls of this caller there have been, this one included.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether the mobile rings or is in this call.
    pub fn is_there(&self) -> bool {
        matches!(self.state, CallState::Ringing | CallState::Active | CallState::Holding)
    }

    /// The next call begins; what the phone is told.
    pub fn ring(&mut self) -> Value {
        self.count += 1;
        self.state = CallState::Ringing;
        let Caller { name, number, forwarded_from, .. } = self.caller;
        let mut ring = json!({ "call": self.id(), "number": number, "name": name });
        if let Some(from) = forwarded_from {
            ring["forwarded_from"] = json!(from);
        }
        ring
    }
}
