//! Whether a run of looks was a key.

use crate::dtmf::{HIGH, KEYS, LOW};
use std::ops::RangeInclusive;

/// Shortest tone, in ms: between the 40 that work and the 30 that do not.
const SHORTEST: f64 = 35.0;
/// How much stronger the high tone may be, in dB: between the -6 … +3 that work and the -9 and +5 that do not.
const TWIST: RangeInclusive<f64> = -7.2..=3.8;
/// Most power of the high tone's second harmonic, as a part of its own (-10 dB). Voices and strings have more; noise 3 dB below a
/// key, overdriving (which makes odd harmonics) and speech coders less.
const HARMONIC: f64 = 0.1;
/// How far a tone may be off, as a part of its frequency: 1.5 % and 2 Hz must work, 3.5 % must not (Q.24).
const OFF: f64 = 0.028;

/// What a run of looks was like, as means over the looks that showed the tones in full.
#[derive(Debug, Clone, Copy)]
pub struct Evidence {
    /// Row and column.
    pub key: (usize, usize),
    /// Length.
    pub ms: f64,
    /// Power of the low tone.
    pub low: f64,
    /// Power of the high tone.
    pub high: f64,
    /// How much stronger the high tone is, in dB.
    pub twist: f64,
    /// Standard deviation of that from look to look, in dB: less than 1 in a tone that was only sent, 2 to 6 after a speech coder
    /// or in a room. The twist of such a tone is not known better than that.
    pub swing: f64,
    /// How far the tones are from their frequencies, in Hz.
    pub off: [f64; 2],
    /// Their part of the power above the dial tones.
    pub purity: f64,
    /// Their part of all power but hum.
    pub purity_with_voice: f64,
    /// Power of the high tone's second harmonic, as a part of its own.
    pub harmonic: f64,
    /// Looks that showed them in full, as a part of all.
    pub full: f64,
}

impl Evidence {
    /// The key, if it was one with tones of power `quietest` or more.
    pub fn key(&self, quietest: f64) -> Option<char> {
        let (row, column) = self.key;
        let off = [self.off[0] / LOW[row], self.off[1] / HIGH[column]].map(f64::abs);
        let is_key = self.ms >= SHORTEST
            && off.iter().all(|off| *off <= OFF)
            && self.twist + self.swing >= *TWIST.start()
            && self.twist - self.swing <= *TWIST.end()
            && self.low.min(self.high) >= quietest
            && self.harmonic <= HARMONIC
            && self.is_no_voice(off);
        is_key.then_some(KEYS[row][column])
    }

    /// A voice or an instrument that hits two tones by chance is seldom pure, in tune and even all at once, and impaired tones
    /// are seldom bad in all of that: so the properties are weighed together. The weights are chosen by fitting
    /// tones with every impairment of the tests against chance hits in speech and music, then rounded; `tests/talk.rs` and
    /// `tests/impaired.rs` hold them in place. What is not a number (nothing was seen in full) is no key.
    fn is_no_voice(&self, off: [f64; 2]) -> bool {
        let pure = |part: f64| -(1.03 - part).max(0.01).ln();
        let purity = 3.4 * pure(self.purity) + 2.9 * pure(self.purity_with_voice);
        let steady = 17.8 * self.full.min(0.5) - 2.3 * (self.swing + 0.3).ln() + 0.95 * self.ms.min(200.0).ln();
        let wrong = 2.0 * 100.0 * (off[0] + off[1]) + 0.5 * (self.twist + 1.5).abs();
        purity + steady - wrong > 16.3
    }
}
