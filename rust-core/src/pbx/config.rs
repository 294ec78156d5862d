//! What a PBX is set to, and who can be called through it.

use std::collections::BTreeMap;
use std::time::Duration;
use thiserror::Error;

/// Codes and limits of a PBX. The default is the measured Asterisk with the codes of the user's
/// document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbxConfig {
    /// Feature code that starts an attended transfer.
    pub start: String,
    /// Symbol that ends the number; `None`: only [`Self::transfer_digit_timeout`] ends it.
    pub terminator: Option<char>,
    /// Code that brings the employee back to the client; `None`: there is none.
    pub return_code: Option<String>,
    /// Longest time from the end of one symbol of a feature code until the next one is known.
    pub feature_digit_timeout: Duration,
    /// After that limit, how long until the client has heard the symbols of the failed code.
    pub leak_delay: Duration,
    /// Longest time from the end of the prompt, or of a digit, until the next digit is known.
    pub transfer_digit_timeout: Duration,
    /// Length of the prompt after the start code; zero: no prompt.
    pub prompt: Duration,
    /// Length of the "invalid" prompt.
    pub invalid_prompt: Duration,
    /// How often a number is asked for before the client is brought back.
    pub dial_attempts: u32,
    /// How long the colleague's phone rings.
    pub no_answer: Duration,
    /// How long the busy or congestion tone sounds.
    pub failure_tone: Duration,
    /// Length of the beep before the client comes back by itself.
    pub beep: Duration,
    /// From the return code, or the colleague's hang-up, to being back with the client.
    pub return_delay: Duration,
}

impl Default for PbxConfig {
    fn default() -> Self {
        Self {
            start: "*#".to_owned(),
            terminator: Some('#'),
            return_code: Some("#".to_owned()),
            feature_digit_timeout: Duration::from_secs(1),
            leak_delay: Duration::from_millis(100),
            transfer_digit_timeout: Duration::from_secs(3),
            prompt: Duration::from_millis(900),
            // Not stated; the one length that fits "back after 10–14 s" at both ends:
            // `#` at once = 3 prompts + 2 × 3 s, nothing at all = 0.9 s + 3 × (3 s + prompt).
            invalid_prompt: Duration::from_millis(1350),
            dial_attempts: 3,
            no_answer: Duration::from_secs(15),
            failure_tone: Duration::from_secs(10),
            beep: Duration::from_millis(250),
            return_delay: Duration::from_millis(400),
        }
    }
}

/// Why a [`PbxConfig`] cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// A code is empty or has something other than `0`–`9`, `*`, `#` in it.
    #[error("{field}: \"{value}\" cannot be dialled; use one or more of 0-9 * #")]
    Code {
        /// Name of the field.
        field: &'static str,
        /// What stands in it.
        value: String,
    },
    /// `dial_attempts` is zero.
    #[error("dial_attempts: 0 leaves no way to dial; use at least 1")]
    NoAttempts,
}

impl PbxConfig {
    /// Checks that the codes can be dialled.
    ///
    /// # Errors
    /// [`ConfigError`] names the field and what is wrong with it.
    pub fn check(&self) -> Result<(), ConfigError> {
        let terminator = self.terminator.map(String::from);
        let codes = [
            ("start", Some(&self.start)),
            ("terminator", terminator.as_ref()),
            ("return_code", self.return_code.as_ref()),
        ];
        for (field, code) in codes {
            if let Some(value) = code.filter(|code| !is_code(code)) {
                let value = value.clone();
                return Err(ConfigError::Code { field, value });
            }
        }
        if self.dial_attempts == 0 {
            return Err(ConfigError::NoAttempts);
        }
        Ok(())
    }
}

fn is_code(code: &str) -> bool {
    let key = |c: char| c.is_ascii_digit() || c == '*' || c == '#';
    !code.is_empty() && code.chars().all(key)
}

/// Why a called phone cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The phone is in use (486): busy tone, beep, back.
    Busy,
    /// The network refuses (404, 603): congestion tone, back.
    Refused,
    /// Nobody is registered there (480): beep, back at once.
    Unavailable,
}

/// What happens when a number is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Rings, then somebody picks up.
    Talk {
        /// How long it rings.
        after: Duration,
    },
    /// Rings for ever.
    Never,
    /// Fails at once.
    Fails(Failure),
    /// The dial plan knows no such number: it is not called at all.
    Unknown,
}

/// Digits of the shortest number outside the company: a Russian city's own numbers may be as short.
const OUTSIDE: usize = 5;

/// Everybody who can be called through the PBX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phones {
    /// By number as dialled.
    pub known: BTreeMap<String, Answer>,
    /// Other extensions: numbers of at most four digits.
    pub others: Answer,
    /// Other, longer numbers, which the PBX calls through its trunk.
    pub outside: Answer,
}

impl Phones {
    /// What happens when `number` is called.
    #[must_use]
    pub fn answer(&self, number: &str) -> Answer {
        let stranger = if number.len() < OUTSIDE { &self.others } else { &self.outside };
        *self.known.get(number).unwrap_or(stranger)
    }
}
