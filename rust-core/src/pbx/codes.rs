//! Symbols that may still become a code are held back until they do, or cannot any more.

use super::PbxConfig;
use std::time::Duration;

/// What a code asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// An attended transfer.
    Attended,
    /// A blind transfer.
    Blind,
    /// Back to the client.
    Return,
    /// The employee leaves, as if they had hung up.
    Complete,
    /// All three talk.
    ThreeWay,
}

/// The codes that count at one moment; where two are equal, the first.
pub type Codes<'a> = [(Code, Option<&'a str>)];

impl PbxConfig {
    /// While client and employee talk.
    pub(super) fn codes_in_talk(&self) -> [(Code, Option<&str>); 2] {
        [(Code::Attended, Some(&self.start)), (Code::Blind, self.blind.as_deref())]
    }

    /// From the end of the number until the client is back or passed on. Asterisk knows these
    /// codes here and the start codes no more (`bridge_basic.c`, `bridge_personality_atxfer_push`).
    pub(super) fn codes_in_consultation(&self) -> [(Code, Option<&str>); 3] {
        [
            (Code::Return, self.return_code.as_deref()),
            (Code::Complete, self.complete.as_deref()),
            (Code::ThreeWay, self.three_way.as_deref()),
        ]
    }
}

/// What became of a symbol.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A code is complete.
    Complete(Code),
    /// It may become one: held back.
    Held,
    /// It will not: these symbols go to whoever listens.
    Passed(String),
}

/// Symbols held back.
#[derive(Debug, Clone, Default)]
pub struct Held {
    keys: String,
    end: Duration,
}

impl Held {
    /// Takes the next symbol, which ended at `end`.
    pub fn take(&mut self, key: char, end: Duration, codes: &Codes) -> Verdict {
        self.keys.push(key);
        self.end = end;
        let mapped = || codes.iter().filter_map(|&(what, code)| Some((what, code?)));
        if let Some((what, _)) = mapped().find(|(_, code)| *code == self.keys) {
            self.clear();
            Verdict::Complete(what)
        } else if mapped().any(|(_, code)| code.starts_with(&self.keys)) {
            Verdict::Held
        } else {
            Verdict::Passed(std::mem::take(&mut self.keys))
        }
    }

    /// When the held symbols stop being the beginning of a code.
    pub fn deadline(&self, timeout: Duration) -> Option<Duration> {
        (!self.keys.is_empty()).then(|| self.end + timeout)
    }

    /// Gives the held symbols up.
    pub fn give_up(&mut self) -> String {
        std::mem::take(&mut self.keys)
    }

    /// Forgets the held symbols.
    pub fn clear(&mut self) {
        self.keys.clear();
    }
}
