//! Audio to symbols: a streaming DTMF decoder for any rate from 8 to 48 kHz, without allocation once it is made.
//!
//! Every millisecond the last 13 ms are looked at (`bank`). Two tones, one of each group, that have most of the
//! power begin a run of looks (`run`), which lasts until they have been away for 21 ms. What the whole run was like decides
//! whether it was a key (`verdict`): a look alone cannot tell a voice from a key, 35 ms can.
//!
//! Limits follow ITU-T Q.24 and the measured PBX (asterisk-measured.md): -3 … -38 dBm0 a tone, twist -6 … +3 dB and not +5 or
//! -9, tones of 40 ms but not of 30, gaps of 38 ms and more, 1.5 % off but not 3.5 %.

mod bank;
mod filter;
mod resample;
mod run;
mod verdict;

use crate::level::{RATE, peak};
use bank::{Bank, Complex, LAG, View};
use filter::{ABOVE_DIAL_TONES, ABOVE_HUM, Filter};
use resample::Resampler;
use run::Run;
use std::ops::RangeInclusive;
use thiserror::Error;

/// Samples a second that can be decoded.
const RATES: RangeInclusive<u32> = 8000..=48000;
/// Least part of the power that the two tones have in a window to begin a run.
const BEGINS: f64 = 0.5;
/// For so many milliseconds after a symbol the same key at a lower level is its echo, or the room.
const ECHO: u64 = 400;

/// A symbol and its place in the stream, in samples since the decoder was made. Both ends are
/// right to about 3 ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbol {
    /// `0`–`9`, `*`, `#`, `A`–`D`.
    pub key: char,
    /// First sample of the tone.
    pub start: u64,
    /// First sample after it.
    pub end: u64,
}

/// A recording with a rate that cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{rate} samples a second; from 8000 to 48000 can be decoded")]
pub struct RateError {
    /// Samples a second.
    pub rate: u32,
}

/// What differs between a leg and a recording.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Quietest tone, in dBm0.
    quietest: f64,
    /// Milliseconds a tone may be away without being over: more than an interruption of 10 (Q.24), less than a gap of 38.
    away: u64,
}

/// As measured: -38 dBm0 works; and what a PBX does depends on how soon it knows.
const LEG: Limits = Limits { quietest: -42.0, away: 21 };
/// A recording's level says nothing, and there is time to wait whether a packet of 20 ms was lost in the tone.
const RECORDING: Limits = Limits { quietest: -62.0, away: 26 };

/// The decoder of one leg, or of one channel of a recording.
#[derive(Debug, Clone)]
pub struct Decoder {
    rate: u32,
    limits: Limits,
    resampler: Option<Resampler>,
    hum: Filter<1>,
    dial_tones: Filter<3>,
    bank: Bank,
    looks: u64,
    runs: [Option<Run>; 2],
    /// The last symbols, for their echoes, the newest first.
    heard: [Option<Run>; 4],
    /// A run that was none, for the case that it only broke off.
    broken: Option<Run>,
}

impl Default for Decoder {
    /// For a leg.
    fn default() -> Self {
        Self::with(RATE, LEG)
    }
}

impl Decoder {
    /// For one channel of a recording, `rate` samples a second. It hears tones of -62 dBm0 as well and knows a symbol 5 ms later
    /// than the decoder of a leg does.
    ///
    /// # Errors
    /// [`RateError`] if `rate` is not between 8000 and 48000.
    pub fn new(rate: u32) -> Result<Self, RateError> {
        if RATES.contains(&rate) { Ok(Self::with(rate, RECORDING)) } else { Err(RateError { rate }) }
    }

    fn with(rate: u32, limits: Limits) -> Self {
        Self {
            rate,
            limits,
            resampler: (rate != RATE).then(|| Resampler::new(rate)),
            hum: Filter::new(ABOVE_HUM),
            dial_tones: Filter::new(ABOVE_DIAL_TONES),
            bank: Bank::default(),
            looks: 0,
            runs: [None, None],
            heard: [const { None }; 4],
            broken: None,
        }
    }

    /// Takes the next sample; gives a symbol 25 to 30 ms after the end of its tone.
    pub fn push(&mut self, sample: i16) -> Option<Symbol> {
        let sample = f64::from(sample);
        let sample = match &mut self.resampler {
            Some(resampler) => resampler.push(sample)?,
            None => sample,
        };
        let voice = self.hum.push(sample);
        let keys = self.dial_tones.push(sample);
        if self.bank.push(voice, keys) { self.look() } else { None }
    }

    /// The recording is over; gives what was still to come.
    pub fn finish(mut self) -> impl Iterator<Item = Symbol> {
        (0..self.rate / 10).filter_map(move |_| self.push(0))
    }

    fn look(&mut self) -> Option<Symbol> {
        self.looks += 1;
        let (view, before) = (self.bank.view(0), self.bank.view(LAG));
        let mut over = None;
        for place in &mut self.runs {
            if let Some(run) = place {
                run.look(self.looks, &view, &before);
                over = over.or(place.take_if(|run| run.away(self.looks) >= self.limits.away));
            }
        }
        let symbol = over.and_then(|run| self.symbol(run));
        self.begin(&view);
        symbol
    }

    fn begin(&mut self, view: &View) {
        let quietest = peak(self.limits.quietest).powi(2) / 2.0;
        let Some(key) = key_in(view, quietest) else { return };
        let known = self.runs.iter().flatten().any(|run| run.key == key);
        if known || self.heard.iter().flatten().any(|last| is_echo(last, key, self.looks, view)) {
            return;
        }
        if let Some(place) = self.runs.iter_mut().find(|place| place.is_none()) {
            let mut run = Run::new(key, self.looks, &self.bank);
            if let Some(broken) = self.broken.take_if(|broken| broken.key == key) {
                run.carry_on(&broken, self.limits.away);
            }
            *place = Some(run);
        }
    }

    fn symbol(&mut self, run: Run) -> Option<Symbol> {
        let quietest = peak(self.limits.quietest).powi(2) / 2.0;
        let Some(key) = run.evidence().key(quietest) else {
            self.broken = Some(run);
            return None;
        };
        let [start, end] = run.edges().map(|ms| self.position(ms));
        self.heard.rotate_right(1);
        self.heard[0] = Some(run);
        Some(Symbol { key, start, end })
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    fn position(&self, ms: f64) -> u64 {
        let late = self.resampler.as_ref().map_or(0, |resampler| resampler.delay() as u64);
        ((ms * f64::from(self.rate) / 1000.0).max(0.0) as u64).saturating_sub(late)
    }
}

/// The key that was heard before, but quieter than it was.
fn is_echo(last: &Run, key: (usize, usize), now: u64, view: &View) -> bool {
    last.key == key && last.away(now) < ECHO && !last.is_in(view)
}

/// The key of the strongest tone in each group, if these have most of the power.
fn key_in(view: &View, quietest: f64) -> Option<(usize, usize)> {
    let powers = view.tones.map(Complex::square);
    let (row, low) = strongest(&powers[..4])?;
    let (column, high) = strongest(&powers[4..8])?;
    let is_key = low.min(high) >= quietest / 4.0 && low + high >= view.power * BEGINS;
    is_key.then_some((row, column))
}

fn strongest(powers: &[f64]) -> Option<(usize, f64)> {
    powers.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests;
