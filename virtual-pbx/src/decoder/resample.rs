//! Any rate from 8 to 48 kHz down to the 8 kHz that the rest of the decoder is tuned for.

use crate::level::RATE;
use std::f64::consts::PI;

/// Cut-off, in Hz: the telephone band is kept, and what would fold back onto a key's tone is gone.
const CUTOFF: f64 = 3600.0;
/// Zero crossings of the kernel on each side; at 8 kHz 1.5 ms.
const CROSSINGS: usize = 11;
/// Points of the kernel's table between two zero crossings: linear interpolation is right to 80 dB.
const FINE: usize = 64;

/// A windowed-sinc low-pass (Blackman) evaluated at the 8 kHz instants only.
#[derive(Debug, Clone)]
pub struct Resampler {
    rate: u64,
    /// One side of the kernel; a step is 1/`FINE` of the distance between zero crossings.
    kernel: Vec<f64>,
    /// Steps of the table to one sample of input.
    steps: f64,
    /// The last samples of input, the oldest at `place`.
    window: Vec<f64>,
    place: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// For `rate` samples a second of input, 8 kHz or more.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    pub fn new(rate: u32) -> Self {
        let per_crossing = f64::from(rate) / (2.0 * CUTOFF);
        let points = CROSSINGS * FINE;
        let kernel = (0..=points + 1).map(|n| kernel(n as f64 / FINE as f64) / per_crossing).collect();
        let half = (per_crossing * CROSSINGS as f64).ceil() as usize;
        let window = vec![0.0; 2 * half];
        Self { rate: rate.into(), kernel, steps: FINE as f64 / per_crossing, window, place: 0, taken: 0, given: 0 }
    }

    /// Samples of input by which the output is late.
    pub fn delay(&self) -> usize {
        self.window.len() / 2
    }

    /// Takes a sample; gives one of 8 kHz if its moment has come.
    pub fn push(&mut self, sample: f64) -> Option<f64> {
        self.window[self.place] = sample;
        self.place = (self.place + 1) % self.window.len();
        self.taken += 1;
        // Output n stands at n/8000 s; the middle of the window is between samples taken-half-1 and taken-half.
        let due = self.given * self.rate;
        let ready = (self.taken - 1) * u64::from(RATE) >= due;
        ready.then(|| {
            self.given += 1;
            self.value(late(self.taken - 1, due))
        })
    }

    /// The value `late` samples of input before the middle of the window.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    fn value(&self, late: f64) -> f64 {
        let (newer, older) = self.window.split_at(self.place);
        let middle = (self.delay() as f64) - 1.0 - late;
        let tap = |(n, x): (usize, &f64)| {
            let at = ((n as f64) - middle).abs() * self.steps;
            let whole = at as usize;
            match self.kernel.get(whole..whole + 2) {
                Some([a, b]) => x * (a + (b - a) * at.fract()),
                _ => 0.0,
            }
        };
        older.iter().chain(newer).enumerate().map(tap).sum()
    }
}

/// By how many samples of input, less than one, the newest is past the moment `due` (in 1/8000 samples).
#[expect(clippy::cast_precision_loss, reason = "less than 48000")]
fn late(newest: u64, due: u64) -> f64 {
    (newest * u64::from(RATE) - due) as f64 / f64::from(RATE)
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
