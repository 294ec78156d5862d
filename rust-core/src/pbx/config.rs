//! What a PBX is set to, and who can be called through it.

use std::collections::BTreeMap;
use std::time::Duration;
use thiserror::Error;

/// Codes and limits of a PBX. The default is the measured Asterisk with the codes of the user's
/// document, which knows no blind transfer by code. Where two codes that count at the same time are
/// equal, the first of `start`, `blind` and of `return_code`, `complete`, `three_way` is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbxConfig {
    /// Feature code that starts an attended transfer.
    pub start: String,
    /// Feature code that starts a blind transfer; `None`: it is not mapped.
    pub blind: Option<String>,
    /// The numbers a fixed-length dial plan knows: digits, and `X` for any digit. Such a number is
    /// complete as soon as no longer one can begin like it. Empty: an open dial plan, in which
    /// only [`Self::terminator`] and [`Self::transfer_digit_timeout`] end a number.
    pub dial_plan: Vec<String>,
    /// Symbol that ends the number; `None`: there is none.
    pub terminator: Option<char>,
    /// Code that brings the employee back to the client; `None`: there is none.
    pub return_code: Option<String>,
    /// Code that joins client and colleague, as hanging up does; `None`: there is none.
    pub complete: Option<String>,
    /// Code that lets all three talk; `None`: there is none.
    pub three_way: Option<String>,
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
            blind: None,
            dial_plan: Vec::new(),
            terminator: Some('#'),
            return_code: Some("#".to_owned()),
            complete: Some("*2".to_owned()),
            three_way: Some("*3".to_owned()),
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
    /// A number of the dial plan is empty or has something other than `0`–`9` and `X` in it.
    #[error("dial_plan: \"{value}\" is no number; use one or more of 0-9, and X for any digit")]
    Number {
        /// What stands there.
        value: String,
    },
    /// `dial_attempts` is zero.
    #[error("dial_attempts: 0 leaves no way to dial; use at least 1")]
    NoAttempts,
}

impl PbxConfig {
    /// Checks that codes and numbers can be dialled.
    ///
    /// # Errors
    /// [`ConfigError`] names the field and what is wrong with it.
    pub fn check(&self) -> Result<(), ConfigError> {
        let terminator = self.terminator.map(String::from);
        let codes = [
            ("start", Some(&self.start)),
            ("blind", self.blind.as_ref()),
            ("terminator", terminator.as_ref()),
            ("return_code", self.return_code.as_ref()),
            ("complete", self.complete.as_ref()),
            ("three_way", self.three_way.as_ref()),
        ];
        for (field, code) in codes {
            if let Some(value) = code.filter(|code| !is_code(code)) {
                let value = value.clone();
                return Err(ConfigError::Code { field, value });
            }
        }
        let digit = |c: char| c.is_ascii_digit() || c == ANY;
        if let Some(value) = self.dial_plan.iter().find(|form| form.is_empty() || !form.chars().all(digit)) {
            return Err(ConfigError::Number { value: value.clone() });
        }
        if self.dial_attempts == 0 {
            return Err(ConfigError::NoAttempts);
        }
        Ok(())
    }

    /// Whether a longer number could begin with these digits (Asterisk: `ast_matchmore_extension`).
    pub(super) fn may_go_on(&self, digits: &str) -> bool {
        self.dial_plan.is_empty() || self.dial_plan.iter().any(|form| form.len() > digits.len() && begins(form, digits))
    }

    /// Whether the dial plan has such a number; an open one leaves that to [`Phones`].
    pub(super) fn knows(&self, number: &str) -> bool {
        self.dial_plan.is_empty()
            || self.dial_plan.iter().any(|form| form.len() == number.len() && begins(form, number))
    }
}

/// Stands for any digit in a dial plan.
const ANY: char = 'X';

/// Whether numbers of this form can begin with these digits.
fn begins(form: &str, digits: &str) -> bool {
    form.chars().zip(digits.chars()).all(|(form, digit)| form == digit || form == ANY && digit.is_ascii_digit())
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
