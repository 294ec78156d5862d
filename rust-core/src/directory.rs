//! The colleagues: who they are, how often calls go to them, and the file they are kept in.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::error::CoreError;
use crate::number::{self, Kind};
use crate::profile::Numbers;

mod store;
#[cfg(test)]
mod tests;

/// After this long a transfer counts half: an office changes whom it asks for from week to week.
const HALF_LIFE_MS: f64 = 7.0 * 24.0 * 60.0 * 60.0 * 1000.0;

/// Somebody a client can be transferred to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct Colleague {
    /// Given by [`Directory::add`] and never given again.
    pub id: u64,
    /// As people say it; never blank.
    pub name: String,
    /// Extension or outside number as it was typed; [`number::clean`] makes digits of it.
    pub number: String,
    /// A number to call this person on without the PBX, as it was typed.
    pub outside: Option<String>,
    /// Empty when there is none.
    pub department: String,
    /// Shown before all others.
    pub pinned: bool,
}

/// The list of colleagues of one employee. It starts empty.
///
/// Every change is checked first and leaves the list as it was when it is refused.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Directory {
    entries: Vec<Entry>,
    /// The id of the latest colleague added.
    last_id: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    colleague: Colleague,
    usage: Usage,
}

/// How often and how lately a colleague was chosen, in one number that keeps no history of calls.
///
/// `score(now) = Σ 2^(−age / 7 days)` over all transfers: one just made counts 1, one of a week ago ½, one of a month
/// ago about 1⁄20. Only the sum at the latest transfer is kept; it decays as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Usage {
    score: f64,
    /// Milliseconds since the epoch.
    at: i64,
}

impl Usage {
    /// A clock set back never makes a score grow.
    fn score(self, now: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "exact up to 285,000 years of milliseconds")]
        let age = now.saturating_sub(self.at).max(0) as f64;
        self.score * (-age / HALF_LIFE_MS).exp2()
    }

    fn add(&mut self, now: i64) {
        *self = Self { score: self.score(now) + 1.0, at: now };
    }
}

impl Directory {
    /// Adds a colleague and returns the new id; the `id` that comes in is not looked at.
    ///
    /// # Errors
    /// As [`Directory::edit`], but for the unknown id.
    pub fn add(&mut self, colleague: Colleague, numbers: &Numbers) -> Result<u64, CoreError> {
        let id = self.last_id.checked_add(1).ok_or_else(|| problem("no id is left in this file".to_owned()))?;
        let colleague = Colleague { id, ..checked(colleague, numbers)? };
        self.entries.push(Entry { colleague, usage: Usage::default() });
        self.last_id = id;
        Ok(id)
    }

    /// Replaces everything but the usage of the colleague with this id.
    ///
    /// # Errors
    /// [`CoreError::Number`] when `number` cannot be sent, [`CoreError::Directory`] for a blank name, an outside number
    /// that cannot be called, or an id that is not in the list.
    pub fn edit(&mut self, colleague: Colleague, numbers: &Numbers) -> Result<(), CoreError> {
        let colleague = checked(colleague, numbers)?;
        let entry = self.entries.iter_mut().find(|entry| entry.colleague.id == colleague.id).ok_or_else(unknown)?;
        entry.colleague = colleague;
        Ok(())
    }

    /// Takes a colleague off the list.
    ///
    /// # Errors
    /// [`CoreError::Directory`] for an id that is not in the list.
    pub fn delete(&mut self, id: u64) -> Result<(), CoreError> {
        let at = self.entries.iter().position(|entry| entry.colleague.id == id).ok_or_else(unknown)?;
        self.entries.remove(at);
        Ok(())
    }

    /// The colleague with this id.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<&Colleague> {
        self.entries.iter().map(|entry| &entry.colleague).find(|colleague| colleague.id == id)
    }

    /// Counts a transfer to this colleague, at `at` milliseconds since the epoch. One who was deleted meanwhile is none
    /// of the list's business any more.
    pub fn used(&mut self, id: u64, at: i64) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.colleague.id == id) {
            entry.usage.add(at);
        }
    }

    /// All colleagues, best first: the pinned ones, then by recency and frequency of transfers to them, then by name.
    /// `now` is in milliseconds since the epoch.
    #[must_use]
    pub fn best_first(&self, now: i64) -> Vec<Colleague> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_cached_key(|Entry { colleague, usage }| {
            // A score is never negative, and the bits of such numbers are ordered as the numbers are.
            let score = usage.score(now).to_bits();
            (Reverse(colleague.pinned), Reverse(score), alphabetical(&colleague.name), colleague.id)
        });
        entries.into_iter().map(|entry| entry.colleague.clone()).collect()
    }
}

/// The colleague as it will be kept: no spaces around, no empty outside number.
fn checked(mut colleague: Colleague, numbers: &Numbers) -> Result<Colleague, CoreError> {
    for text in [&mut colleague.name, &mut colleague.number, &mut colleague.department] {
        *text = text.trim().to_owned();
    }
    colleague.outside =
        colleague.outside.map(|outside| outside.trim().to_owned()).filter(|outside| !outside.is_empty());
    if colleague.name.is_empty() {
        return Err(problem("name: is blank; write who this is".to_owned()));
    }
    number::clean(&colleague.number, numbers)?;
    if let Some(outside) = &colleague.outside {
        let dialable = number::clean(outside, numbers).map_err(|reason| problem(format!("outside: {reason}")))?;
        if dialable.kind == Kind::Extension {
            let reason = "outside: an extension cannot be called without the PBX; write the whole number or nothing";
            return Err(problem(reason.to_owned()));
        }
    }
    Ok(colleague)
}

/// Sorts as the Russian alphabet does: ё after е, and capitals make no difference. Latin comes before Cyrillic.
fn alphabetical(name: &str) -> Vec<(char, bool)> {
    let letters = name.chars().flat_map(char::to_lowercase);
    letters.map(|letter| if letter == 'ё' { ('е', true) } else { (letter, false) }).collect()
}

fn unknown() -> CoreError {
    problem("there is no colleague with this id; somebody has deleted it".to_owned())
}

fn problem(reason: String) -> CoreError {
    CoreError::Directory { reason }
}
