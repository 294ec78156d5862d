//! Any rate from 8 to 48 kHz down to the 8 kHz that the rest of the decoder is tuned for.

use crate::level::RATE;
use std::f64::consts::PI;

/// Cut-off, in Hz: the telephone band is kept, and what would fold back onto a key's tone is gone.
const CUTOFF: f64 = 3600.0;
/// Zero crossings of the kernel on each side; at 8 kHz 1.5 ms.
const CROSSINGS: usize = 11;
/// Places of an output between two samples of input for which the kernel is tabled; between them linear interpolation is right
/// to 70 dB.
const PLACES: usize = 64;

/// A windowed-sinc low-pass (Blackman) evaluated at the 8 kHz instants only.
#[derive(Debug, Clone)]
pub struct Resampler {
    rate: u64,
    /// A row of weights, oldest sample first, for each place.
    rows: Vec<f64>,
    /// The last samples of input, the oldest at `oldest`.
    window: Vec<f64>,
    oldest: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// For `rate` samples a second of input, 8 kHz or more.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    pub fn new(rate: u32) -> Self {
        let crossing = f64::from(rate) / (2.0 * CUTOFF);
        let half = (crossing * CROSSINGS as f64).ceil() as usize;
        let weight = |place: usize, n: usize| {
            let middle = (half - 1) as f64 - place as f64 / PLACES as f64;
            kernel((n as f64 - middle).abs() / crossing) / crossing
        };
        let rows = (0..=PLACES).flat_map(|place| (0..2 * half).map(move |n| weight(place, n))).collect();
        Self { rate: rate.into(), rows, window: vec![0.0; 2 * half], oldest: 0, taken: 0, given: 0 }
    }

    /// Samples of input by which the output is late.
    pub fn delay(&self) -> usize {
        self.window.len() / 2
    }

    /// Takes a sample; gives one of 8 kHz if its moment has come.
    pub fn push(&mut self, sample: f64) -> Option<f64> {
        self.window[self.oldest] = sample;
        self.oldest = (self.oldest + 1) % self.window.len();
        // Moments in 1/8000 of a sample of input, so that none is rounded.
        let (now, due) = (self.taken * u64::from(RATE), self.given * self.rate);
        self.taken += 1;
        if now < due {
            return None;
        }
        self.given += 1;
        Some(self.value(now - due))
    }

    /// The value `late` 1/8000 samples before the middle of the window, less than one sample.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    fn value(&self, late: u64) -> f64 {
        let place = late as f64 / f64::from(RATE) * PLACES as f64;
        let taps = self.window.len();
        let (row, next) = self.rows[place as usize * taps..].split_at(taps);
        let (newer, older) = self.window.split_at(self.oldest);
        let samples = older.iter().chain(newer);
        let part = place.fract();
        samples.zip(row.iter().zip(next)).map(|(x, (a, b))| x * (a + (b - a) * part)).sum()
    }
}

/// sinc under a Blackman window, at `x` zero crossings from the middle.
#[expect(clippy::cast_precision_loss, reason = "small")]
fn kernel(x: f64) -> f64 {
    let reach = CROSSINGS as f64;
    if x >= reach {
        return 0.0;
    }
    let sinc = if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) };
    sinc * (0.42 + 0.5 * (PI * x / reach).cos() + 0.08 * (2.0 * PI * x / reach).cos())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// A sine of amplitude 1 and its root mean square after resampling, without the beginning.
    fn level_of(frequency: f64, rate: u32) -> f64 {
        let mut resampler = Resampler::new(rate);
        let sine = |n: u32| (TAU * frequency * f64::from(n) / f64::from(rate)).sin();
        let out: Vec<f64> = (0..rate).filter_map(|n| resampler.push(sine(n))).skip(800).collect();
        assert!((7199..=7200).contains(&out.len()), "{} samples of {rate}", out.len());
        (out.iter().map(|x| x * x).sum::<f64>() / 7200.0).sqrt()
    }

    #[test]
    fn the_tones_of_keys_pass_and_what_would_fold_onto_them_does_not() {
        for rate in [8001, 11025, 16000, 22050, 44100, 48000] {
            for frequency in [697.0, 1209.0, 1633.0, 2600.0] {
                let db = 20.0 * (level_of(frequency, rate) * 2f64.sqrt()).log10();
                assert!(db.abs() < 0.1, "{frequency} Hz at {rate}: {db} dB");
            }
        }
        for rate in [16000, 22050, 44100, 48000] {
            for frequency in [8000.0 - 1633.0, 8000.0 - 697.0, 5000.0] {
                let db = 20.0 * level_of(frequency, rate).log10();
                assert!(db < -60.0, "{frequency} Hz at {rate}: {db} dB");
            }
        }
    }
}
