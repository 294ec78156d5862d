//! One key's tones from their first to their last millisecond.

use super::bank::{BLOCK, Bank, Complex, LAG, View, WINDOW};
use super::verdict::Evidence;
use crate::level::RATE;
use std::f64::consts::{PI, TAU};

/// How far its power may fall before a tone is away: to a quarter, half its amplitude, which a window shows when its middle
/// is on the edge. An echo of -10 dB is less (Q.24 wants them ignored).
const THERE: f64 = 0.25;
/// A look counts for what the tones are like if it shows this part of their power: their edges and interruptions do not.
const FULL: f64 = 0.5;
/// Looks at the beginning that are kept to find the first edge when the level is known.
const EARLY: usize = 24;
/// Looks by which the edges are late: half a window and the delay of the filter.
const LATE: f64 = 7.5;

/// A run of looks at one key. Moments are numbers of looks, one a millisecond.
#[derive(Debug, Clone)]
pub struct Run {
    /// Row and column.
    pub key: (usize, usize),
    began: u64,
    there: u64,
    low: Tone,
    high: Tone,
    /// Looks that show the tones in full, and sums over these.
    full: f64,
    power: f64,
    voice: f64,
    harmonic: f64,
    /// Their twist in dB, and its square.
    twists: [f64; 2],
    early: [[f64; 2]; EARLY],
    /// The first edge, if another run had it.
    edge: Option<f64>,
}

/// One of the two tones.
#[derive(Debug, Clone, Copy, Default)]
struct Tone {
    /// Its power lately, while it was there.
    level: f64,
    /// Sum of its power.
    power: f64,
    /// Sum of its turns over [`LAG`] looks: the angle is the frequency's error.
    turns: Complex,
}

impl Tone {
    fn follow(&mut self, power: f64) {
        // Up at once, down as an automatic gain control does it.
        let quickness = if power > self.level { 0.3 } else { 0.1 };
        self.level += (power - self.level) * quickness;
    }

    fn add(&mut self, now: Complex, before: Complex) {
        self.power += now.square();
        self.turns += now * before.conjugate();
    }

    /// Error of the frequency, in Hz.
    #[expect(clippy::cast_precision_loss, reason = "5")]
    fn off(&self) -> f64 {
        self.turns.im.atan2(self.turns.re) / TAU * 1000.0 / LAG as f64
    }

    /// Part of its power that a window shows of a tone that is `off` Hz away.
    #[expect(clippy::cast_precision_loss, reason = "104")]
    fn shown(&self) -> f64 {
        let x = PI * self.off() * (BLOCK * WINDOW) as f64 / f64::from(RATE);
        if x.abs() < 1e-6 { 1.0 } else { (x.sin() / x).powi(2) }
    }
}

impl Run {
    /// A run that begins with the last look, number `now`.
    pub fn new(key: (usize, usize), now: u64, bank: &Bank) -> Self {
        let mut run = Self {
            key,
            began: now.saturating_sub(LAG as u64),
            there: now,
            low: Tone::default(),
            high: Tone::default(),
            full: 0.0,
            power: 0.0,
            voice: 0.0,
            harmonic: 0.0,
            twists: [0.0; 2],
            early: [[0.0; 2]; EARLY],
            edge: None,
        };
        for ago in (0..=LAG).rev() {
            let [low, high] = run.pick(&bank.view(ago));
            run.early[LAG - ago] = [low.square(), high.square()];
            (run.low.level, run.high.level) = (low.square(), high.square());
        }
        run
    }

    /// If `broken` was over at once before this run, both are one tone whose level fell: a speech coder overshoots when a tone
    /// begins.
    pub fn carry_on(&mut self, broken: &Run, away: u64) {
        if self.there - broken.there <= away + 2 {
            self.edge = Some(broken.edges()[0]);
        }
    }

    fn pick(&self, view: &View) -> [Complex; 2] {
        [view.tones[self.key.0], view.tones[4 + self.key.1]]
    }

    /// Are this key's tones in the view, at the level of the run?
    pub fn is_in(&self, view: &View) -> bool {
        let [low, high] = self.pick(view).map(Complex::square);
        let strongest = |group: &[Complex], power| group.iter().all(|other| other.square() <= power);
        self.reach([low, high], THERE) && strongest(&view.tones[..4], low) && strongest(&view.tones[4..8], high)
    }

    fn reach(&self, [low, high]: [f64; 2], part: f64) -> bool {
        low >= self.low.level * part && high >= self.high.level * part
    }

    /// One more look, number `now`; `before` is [`LAG`] looks older.
    pub fn look(&mut self, now: u64, view: &View, before: &View) {
        let tones = self.pick(view);
        let powers = tones.map(Complex::square);
        let age = usize::try_from(now - self.began).unwrap_or(EARLY);
        if let Some(early) = self.early.get_mut(age) {
            *early = powers;
        }
        if !self.is_in(view) {
            return;
        }
        self.there = now;
        self.low.follow(powers[0]);
        self.high.follow(powers[1]);
        if self.reach(powers, FULL) {
            self.count(tones, view, self.pick(before));
        }
    }

    fn count(&mut self, [low, high]: [Complex; 2], view: &View, [low_before, high_before]: [Complex; 2]) {
        self.low.add(low, low_before);
        self.high.add(high, high_before);
        self.full += 1.0;
        self.power += view.power;
        self.voice += view.voice;
        self.harmonic += view.tones[8 + self.key.1].square();
        let twist = 10.0 * (high.square() / low.square()).log10();
        self.twists[0] += twist;
        self.twists[1] += twist * twist;
    }

    /// Looks since the tones were last there.
    pub fn away(&self, now: u64) -> u64 {
        now - self.there
    }

    /// The first and the last look at which the tones were there, in milliseconds of the stream.
    #[expect(clippy::cast_precision_loss, reason = "years are fewer than 2^52 ms")]
    pub fn edges(&self) -> [f64; 2] {
        let first = self.early.iter().position(|powers| self.reach(*powers, THERE)).unwrap_or(0);
        [self.edge.unwrap_or((self.began + first as u64) as f64 - LATE), self.there as f64 + 1.0 - LATE]
    }

    /// What the tones were like.
    pub fn evidence(&self) -> Evidence {
        let [start, end] = self.edges();
        let (low, high) = (self.low.power / self.low.shown(), self.high.power / self.high.shown());
        let twist = self.twists[0] / self.full;
        Evidence {
            key: self.key,
            ms: end - start,
            low: low / self.full,
            high: high / self.full,
            off: [self.low.off(), self.high.off()],
            twist: twist + 10.0 * (self.low.shown() / self.high.shown()).log10(),
            swing: (self.twists[1] / self.full - twist * twist).max(0.0).sqrt(),
            purity: (low + high) / self.power,
            purity_with_voice: (low + high) / self.voice,
            harmonic: self.harmonic / self.high.power,
            full: self.full / (end - start),
        }
    }
}
