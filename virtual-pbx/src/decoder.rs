//! Audio to symbols: a streaming DTMF decoder (Goertzel), without allocation.
//!
//! Every 2.5 ms the last 13 ms are looked at. They are a key if one low and one high tone stand
//! out and make up nearly all the power. A run of such looks is a symbol if it is long enough and its
//! two tones are near each other in level. Limits follow the measured PBX (asterisk-measured.md): −3 … −38 dBm0 a tone, twist −6 …
//! +3 dB and not +5 or −9, tones of 40 ms but not of 30, gaps of 38 ms and more.

use crate::dtmf::{HIGH, KEYS, LOW};
use crate::level::{RATE, peak};
use std::f64::consts::TAU;

/// Samples looked at: 13 ms tell 697 from 770 Hz and fit into a tone of 40 ms several times.
const WINDOW: u16 = 104;
/// Samples between two looks: 2.5 ms.
const HOP: u64 = 20;
/// Least part of the power in a window that the two tones have; so a window counts as soon as
/// this part of it is filled with tone.
const PURITY: f64 = 0.75;
/// Samples of a window that a tone fills when it just counts.
const FILLED: u64 = 78;
/// Quietest tone, in dBm0.
const QUIETEST: f64 = -42.0;
/// Twist, as power: how much stronger the low tone may be (8 dB)…
const LOW_OVER_HIGH: f64 = 6.31;
/// …and the high one (4 dB).
const HIGH_OVER_LOW: f64 = 2.51;
/// How far the tone stands out of its group, as power (8 dB).
const STANDS_OUT: f64 = 6.31;
/// A tone is over when it has not been seen for 25 ms: an interruption of 10 ms (Q.24) hides it for
/// 22 and does not split it, a gap of 38 ms does.
const SILENCE: u64 = 200;
/// Shortest tone: 35 ms, between the 40 that work and the 30 that do not.
const SHORTEST: u64 = 280;

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

/// The decoder of one leg.
#[derive(Debug, Clone)]
pub struct Decoder {
    /// The last samples, the oldest at `place`.
    window: [f64; WINDOW as usize],
    place: usize,
    taken: u64,
    run: Option<Run>,
}

/// What one look has seen: a key and the power of its tones.
#[derive(Debug, Clone, Copy)]
struct Look {
    key: char,
    low: f64,
    high: f64,
}

/// Looks that agree; positions are the ends of their windows.
#[derive(Debug, Clone, Copy)]
struct Run {
    key: char,
    first: u64,
    last: u64,
    low: f64,
    high: f64,
}

impl Default for Decoder {
    fn default() -> Self {
        let window = [0.0; WINDOW as usize];
        Self { window, place: 0, taken: 0, run: None }
    }
}

impl Decoder {
    /// Takes the next sample; gives a symbol about 25 ms after the end of its tone.
    pub fn push(&mut self, sample: i16) -> Option<Symbol> {
        self.window[self.place] = f64::from(sample);
        self.place = (self.place + 1) % self.window.len();
        self.taken += 1;
        if self.taken.is_multiple_of(HOP) { self.look() } else { None }
    }

    fn look(&mut self) -> Option<Symbol> {
        let now = self.taken;
        let look = self.key_in_window();
        match (&mut self.run, look) {
            (Some(run), Some(look)) if run.key == look.key => {
                run.last = now;
                run.low += look.low;
                run.high += look.high;
                None
            }
            (_, Some(Look { key, low, high })) => {
                let run = Run { key, first: now, last: now, low, high };
                self.run.replace(run).and_then(Run::symbol)
            }
            (Some(run), None) if now - run.last >= SILENCE => self.run.take().and_then(Run::symbol),
            (_, None) => None,
        }
    }

    fn key_in_window(&self) -> Option<Look> {
        let power = self.window.iter().map(|x| x * x).sum::<f64>() / f64::from(WINDOW);
        let quietest = peak(QUIETEST).powi(2) / 2.0;
        if power < quietest {
            return None;
        }
        let (row, low) = strongest(LOW.map(|f| self.power_at(f)))?;
        let (column, high) = strongest(HIGH.map(|f| self.power_at(f)))?;
        let is_key = low.min(high) >= quietest && low + high >= power * PURITY;
        is_key.then_some(Look { key: KEYS[row][column], low, high })
    }

    /// Mean power of a sine of this frequency in the window (Goertzel).
    fn power_at(&self, frequency: f64) -> f64 {
        let twice_cos = 2.0 * (TAU * frequency / f64::from(RATE)).cos();
        let (newer, older) = self.window.split_at(self.place);
        let (mut s1, mut s2) = (0.0, 0.0);
        for x in older.iter().chain(newer) {
            let s0 = x + twice_cos * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        let squared = s1 * s1 + s2 * s2 - twice_cos * s1 * s2;
        2.0 * squared / f64::from(WINDOW).powi(2)
    }
}

/// The strongest of a group, if it stands out of the other three.
fn strongest(powers: [f64; 4]) -> Option<(usize, f64)> {
    let (place, power) = powers.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let mut others = powers.into_iter().enumerate().filter(|(other, _)| *other != place);
    others.all(|(_, other)| power >= other * STANDS_OUT).then_some((place, power))
}

impl Run {
    /// The first look saw `FILLED` samples of the tone and the last one too, both to within a hop.
    ///
    /// Twist is judged over the whole run: in one window each tone leaks up to 2 dB into the other.
    fn symbol(self) -> Option<Symbol> {
        let start = self.first.saturating_sub(FILLED + HOP / 2);
        let end = self.last - (u64::from(WINDOW) - FILLED) + HOP / 2;
        let even = self.low <= self.high * LOW_OVER_HIGH && self.high <= self.low * HIGH_OVER_LOW;
        (even && end - start >= SHORTEST).then_some(Symbol { key: self.key, start, end })
    }
}

#[cfg(test)]
mod tests;
