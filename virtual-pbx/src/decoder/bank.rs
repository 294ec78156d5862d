//! The eight tones and four harmonics, each brought down to 0 Hz, and the power around them, in blocks of a millisecond.

use crate::dtmf::{HIGH, LOW};
use crate::level::RATE;
use std::f64::consts::TAU;
use std::ops::{AddAssign, Mul};

/// Samples of a block: 1 ms.
pub const BLOCK: usize = 8;
/// Blocks of a window: 13 ms tell 697 from 770 Hz and put a zero near each neighbour of a low tone.
pub const WINDOW: usize = 13;
/// Blocks between the two windows whose phases are compared.
pub const LAG: usize = 5;
/// The low group, the high group, and the second harmonics of the high group.
const TONES: usize = 12;
/// Blocks that are kept.
const KEPT: usize = WINDOW + LAG;

/// A complex amplitude.
#[derive(Debug, Clone, Copy, Default)]
pub struct Complex {
    /// In phase.
    pub re: f64,
    /// A quarter ahead.
    pub im: f64,
}

impl Complex {
    /// Power of the sine it stands for, or the square of its length.
    pub fn square(self) -> f64 {
        self.re * self.re + self.im * self.im
    }

    /// Length 1, turned by `angle` radians.
    pub fn turned(angle: f64) -> Self {
        Self { re: angle.cos(), im: angle.sin() }
    }

    /// The other way round.
    pub fn conjugate(self) -> Self {
        Self { re: self.re, im: -self.im }
    }
}

impl AddAssign for Complex {
    fn add_assign(&mut self, other: Self) {
        self.re += other.re;
        self.im += other.im;
    }
}

impl Mul for Complex {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }
}

/// Sums over one block.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    tones: [Complex; TONES],
    power: f64,
    voice: f64,
}

/// The last blocks, and the oscillators that bring the tones down.
#[derive(Debug, Clone)]
pub struct Bank {
    /// The oldest at `place`.
    blocks: [Block; KEPT],
    place: usize,
    current: Block,
    filled: usize,
    oscillators: [Complex; TONES],
    steps: [Complex; TONES],
}

/// What the bank sees in a window.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Amplitudes of the tones: low group, high group, second harmonics of the high group; the square is the tone's mean power.
    pub tones: [Complex; TONES],
    /// Mean power of everything above the dial tones.
    pub power: f64,
    /// Mean power of everything but hum.
    pub voice: f64,
}

impl Default for Bank {
    fn default() -> Self {
        let tones = [LOW, HIGH, HIGH.map(|f| 2.0 * f)];
        let steps = std::array::from_fn(|n| Complex::turned(-TAU * tones[n / 4][n % 4] / f64::from(RATE)));
        Self {
            blocks: [Block::default(); KEPT],
            place: 0,
            current: Block::default(),
            filled: 0,
            oscillators: [Complex { re: 1.0, im: 0.0 }; TONES],
            steps,
        }
    }
}

impl Bank {
    /// Takes a sample with all that is below the keys' tones, and without; `true` when it has completed a block.
    pub fn push(&mut self, voice: f64, sample: f64) -> bool {
        self.current.voice += voice * voice;
        self.current.power += sample * sample;
        for ((sum, oscillator), step) in self.current.tones.iter_mut().zip(&mut self.oscillators).zip(self.steps) {
            sum.re += sample * oscillator.re;
            sum.im += sample * oscillator.im;
            *oscillator = *oscillator * step;
        }
        self.filled += 1;
        if self.filled == BLOCK {
            self.complete();
        }
        self.filled == 0
    }

    fn complete(&mut self) {
        self.blocks[self.place] = std::mem::take(&mut self.current);
        self.place = (self.place + 1) % KEPT;
        self.filled = 0;
        // Rounding would let them grow or shrink over hours.
        for oscillator in &mut self.oscillators {
            let scale = 0.5 * (3.0 - oscillator.square());
            *oscillator = Complex { re: oscillator.re * scale, im: oscillator.im * scale };
        }
    }

    /// The window that ended `ago` blocks ago, at most [`LAG`].
    #[expect(clippy::cast_precision_loss, reason = "a hundred samples")]
    pub fn view(&self, ago: usize) -> View {
        let samples = (BLOCK * WINDOW) as f64;
        let mut view = View { tones: [Complex::default(); TONES], power: 0.0, voice: 0.0 };
        let oldest = self.place + KEPT - WINDOW - ago;
        for n in oldest..oldest + WINDOW {
            let block = &self.blocks[n % KEPT];
            view.power += block.power / samples;
            view.voice += block.voice / samples;
            for (sum, tone) in view.tones.iter_mut().zip(block.tones) {
                *sum += tone;
            }
        }
        // A sine of amplitude A sums up to A/2 a sample; its power is A²/2.
        let scale = 2.0_f64.sqrt() / samples;
        view.tones = view.tones.map(|sum| Complex { re: sum.re * scale, im: sum.im * scale });
        view
    }
}
