//! The two tones of each key (ITU-T Q.23) and their synthesis.

use crate::level::{RATE, peak};
use std::f64::consts::TAU;

/// Low group: one tone a row of the keypad, in Hz.
pub const LOW: [f64; 4] = [697.0, 770.0, 852.0, 941.0];

/// High group: one tone a column, in Hz.
pub const HIGH: [f64; 4] = [1209.0, 1336.0, 1477.0, 1633.0];

/// Keys by row and column.
pub const KEYS: [[char; 4]; 4] =
    [['1', '2', '3', 'A'], ['4', '5', '6', 'B'], ['7', '8', '9', 'C'], ['*', '0', '#', 'D']];

/// The pair of tones of one key, at a level.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    low: f64,
    high: f64,
    low_peak: f64,
    high_peak: f64,
}

impl Pair {
    /// The tones of `key` (`0`–`9`, `*`, `#`, `A`–`D`; `None` for anything else), each group at
    /// its level in dBm0.
    #[must_use]
    pub fn new(key: char, low_dbm0: f64, high_dbm0: f64) -> Option<Self> {
        let place = |row: &[char; 4]| row.iter().position(|k| *k == key);
        let (row, column) = KEYS.iter().enumerate().find_map(|(r, row)| Some((r, place(row)?)))?;
        Some(Self { low: LOW[row], high: HIGH[column], low_peak: peak(low_dbm0), high_peak: peak(high_dbm0) })
    }

    /// The value `n` samples after the tone began. It begins and ends hard, without a ramp: the
    /// length on the line is the length between start and stop, and every stop costs the same.
    #[must_use]
    pub fn at(&self, n: u32) -> f64 {
        let angle = TAU * f64::from(n) / f64::from(RATE);
        self.low_peak * (self.low * angle).sin() + self.high_peak * (self.high * angle).sin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::rms;

    #[test]
    fn only_keys_have_tones() {
        let known = |key: &char| Pair::new(*key, -10.0, -10.0).is_some();
        assert!("0123456789*#ABCD".chars().all(|key| known(&key)));
        assert!(!"a+ ,".chars().any(|key| known(&key)));
    }

    #[test]
    fn each_tone_has_its_level() {
        let pair = Pair::new('#', -3.0, -9.0).unwrap();
        let (mut low, mut power) = (0.0, 0.0);
        for n in 0..RATE {
            low += pair.at(n) * (TAU * 941.0 * f64::from(n) / 8000.0).sin() / 4000.0;
            power += pair.at(n).powi(2) / 8000.0;
        }
        assert!((low - peak(-3.0)).abs() < 1.0);
        let sum = rms(-3.0).powi(2) + rms(-9.0).powi(2);
        assert!((power - sum).abs() / sum < 1e-6);
    }
}
