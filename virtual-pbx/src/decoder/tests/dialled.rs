//! Dialled keys as a recording of any rate, and what happens to them on their way.

use super::ALL;
use crate::decoder::{Decoder, Symbol};
use crate::dtmf::{HIGH, KEYS, LOW};
use crate::level::{peak, rms, sample};
use crate::line::Noise;
use std::f64::consts::TAU;

/// Rates of recordings, and one that no program writes.
pub const RATES: [u32; 8] = [8000, 11025, 16000, 22050, 31_337, 32000, 44100, 48000];

/// Keys one after the other, with 300 ms of silence before them.
#[derive(Debug, Clone, Copy)]
pub struct Dialled {
    /// What is dialled.
    pub keys: &'static str,
    /// Samples a second.
    pub rate: u32,
    /// Length of a tone, in ms.
    pub on: f64,
    /// Length of a gap, in ms.
    pub off: f64,
    /// Level of the low and of the high tone, in dBm0.
    pub levels: [f64; 2],
    /// Factor of the low and of the high frequency.
    pub tuning: [f64; 2],
}

impl Default for Dialled {
    fn default() -> Self {
        Self { keys: ALL, rate: 8000, on: 50.0, off: 50.0, levels: [-12.0; 2], tuning: [1.0; 2] }
    }
}

impl Dialled {
    pub fn samples(self) -> Vec<f64> {
        let mut samples = self.silence(300.0);
        for key in self.keys.chars() {
            samples.extend(self.key(key, self.on));
            samples.extend(self.silence(self.off));
        }
        samples
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds")]
    pub fn count(self, ms: f64) -> u32 {
        (ms * f64::from(self.rate) / 1000.0).round() as u32
    }

    pub fn silence(self, ms: f64) -> Vec<f64> {
        vec![0.0; self.count(ms) as usize]
    }

    pub fn key(self, key: char, ms: f64) -> Vec<f64> {
        let place = KEYS.as_flattened().iter().position(|other| *other == key).unwrap();
        let frequencies = [LOW[place / 4] * self.tuning[0], HIGH[place % 4] * self.tuning[1]];
        let value = |n: u32| (0..2).map(|tone| sine(frequencies[tone], self.levels[tone], n, self.rate)).sum();
        (0..self.count(ms)).map(value).collect()
    }

    /// What a decoder for recordings makes of this.
    pub fn symbols(self, samples: impl IntoIterator<Item = f64>) -> Vec<Symbol> {
        let mut decoder = Decoder::new(self.rate).unwrap();
        let mut symbols: Vec<_> = samples.into_iter().filter_map(|x| decoder.push(sample(x))).collect();
        symbols.extend(decoder.finish());
        symbols
    }

    pub fn decoded(self, samples: impl IntoIterator<Item = f64>) -> String {
        self.symbols(samples).into_iter().map(|symbol| symbol.key).collect()
    }

    /// The same at every rate.
    pub fn at_every_rate(self, expected: &str, change: impl Fn(Self, Vec<f64>) -> Vec<f64>) {
        for rate in RATES {
            let dialled = Self { rate, ..self };
            assert_eq!(dialled.decoded(change(dialled, dialled.samples())), expected, "{dialled:?}");
        }
    }
}

/// Sample `n` of a sine of `dbm0`.
pub fn sine(frequency: f64, dbm0: f64, n: u32, rate: u32) -> f64 {
    peak(dbm0) * (TAU * frequency * f64::from(n) / f64::from(rate)).sin()
}

/// With a sine of `dbm0` all the time.
pub fn with_sine(samples: Vec<f64>, frequency: f64, dbm0: f64, rate: u32) -> Vec<f64> {
    (0..).zip(samples).map(|(n, x)| x + sine(frequency, dbm0, n, rate)).collect()
}

/// With white noise that has `dbm0` below 4 kHz, whatever the rate.
pub fn with_noise(samples: Vec<f64>, dbm0: f64, rate: u32) -> Vec<f64> {
    let mut noise = Noise::new(rate.into());
    let level = rms(dbm0) * (f64::from(rate) / 8000.0).sqrt();
    samples.into_iter().map(|x| x + level * noise.value()).collect()
}

/// With an echo.
pub fn with_echo(samples: &[f64], delay: usize, db: f64) -> Vec<f64> {
    let part = 10f64.powf(db / 20.0);
    (0..samples.len() + delay)
        .map(|n| {
            let direct = samples.get(n).copied().unwrap_or(0.0);
            direct + part * n.checked_sub(delay).map_or(0.0, |before| samples[before])
        })
        .collect()
}
