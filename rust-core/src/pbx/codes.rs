//! Symbols that may still become a code are held back until they do, or cannot any more.

use std::time::Duration;

/// What became of a symbol.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The code is complete.
    Complete,
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
    ///
    /// A lone `*` or `#` is always held: the measured PBX had codes on both.
    pub fn take(&mut self, key: char, end: Duration, code: Option<&str>) -> Verdict {
        self.keys.push(key);
        self.end = end;
        if code == Some(self.keys.as_str()) {
            self.clear();
            Verdict::Complete
        } else if code.is_some_and(|code| code.starts_with(&self.keys)) || matches!(self.keys.as_str(), "*" | "#") {
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
