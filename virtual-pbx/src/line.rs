//! The mobile leg on its way to the PBX: tones at their exact samples, noise, A-law.

use crate::alaw;
use crate::dtmf::Pair;
use crate::level::{FRAME, rms, sample};
use std::collections::VecDeque;

/// How the mobile leg sounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineConfig {
    /// Level of the lower tone of a key, in dBm0.
    pub low_dbm0: f64,
    /// Level of the higher tone of a key, in dBm0.
    pub high_dbm0: f64,
    /// Level of the white noise under everything, in dBm0; `None`: none.
    pub noise_dbm0: Option<f64>,
    /// The line carries nothing but silence.
    pub muted: bool,
}

impl Default for LineConfig {
    /// A usual mobile: −9 and −7 dBm0, a little noise.
    fn default() -> Self {
        Self { low_dbm0: -9.0, high_dbm0: -7.0, noise_dbm0: Some(-60.0), muted: false }
    }
}

/// A change of what the mobile sends: from this sample on, this tone or none.
#[derive(Debug, Clone, Copy)]
struct Edge {
    at: u64,
    tone: Option<Pair>,
}

/// The mobile leg. Positions are samples since the leg was connected.
#[derive(Debug, Clone)]
pub struct Line {
    config: LineConfig,
    edges: VecDeque<Edge>,
    tone: Option<Pair>,
    tone_began: u64,
    noise: Noise,
    done: u64,
}

impl Line {
    /// A leg that has just been connected.
    #[must_use]
    pub fn new(config: LineConfig) -> Self {
        let (edges, noise) = (VecDeque::new(), Noise::new(1));
        Self { config, edges, tone: None, tone_began: 0, noise, done: 0 }
    }

    /// From sample `at` the mobile sends the tones of `key`, in place of whatever it sent before.
    /// `false`: there is no such key.
    #[must_use]
    pub fn tone_on(&mut self, at: u64, key: char) -> bool {
        let tone = Pair::new(key, self.config.low_dbm0, self.config.high_dbm0);
        if tone.is_some() {
            self.insert(Edge { at, tone });
        }
        tone.is_some()
    }

    /// From sample `at` the mobile sends no tone.
    pub fn tone_off(&mut self, at: u64) {
        self.insert(Edge { at, tone: None });
    }

    fn insert(&mut self, edge: Edge) {
        let place = self.edges.partition_point(|other| other.at <= edge.at);
        self.edges.insert(place, edge);
    }

    /// The next 20 ms as the PBX gets them.
    pub fn frame(&mut self) -> [u8; FRAME] {
        std::array::from_fn(|_| {
            let value = self.next_value();
            let value = if self.config.muted { 0.0 } else { value };
            alaw::encode(sample(value))
        })
    }

    fn next_value(&mut self) -> f64 {
        while let Some(edge) = self.edges.pop_front_if(|edge| edge.at <= self.done) {
            self.tone = edge.tone;
            self.tone_began = edge.at;
        }
        let since = u32::try_from(self.done - self.tone_began).unwrap_or(u32::MAX);
        let tone = self.tone.map_or(0.0, |pair| pair.at(since));
        let noise = self.config.noise_dbm0.map_or(0.0, |level| rms(level) * self.noise.value());
        self.done += 1;
        tone + noise
    }
}

/// White noise, the same on every run.
#[derive(Debug, Clone)]
pub struct Noise(u64);

impl Noise {
    /// Another `seed`, another noise.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next value; nearly normal, mean 0, root mean square 1.
    pub fn value(&mut self) -> f64 {
        // Twelve uniform values of variance 1/12 add up to variance 1.
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit an f64 exactly")]
    fn uniform(&mut self) -> f64 {
        // Knuth's MMIX generator; its high bits are good enough for noise.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::peak;

    fn quiet() -> LineConfig {
        LineConfig { noise_dbm0: None, ..LineConfig::default() }
    }

    fn pcm(line: &mut Line, frames: usize) -> Vec<i16> {
        (0..frames).flat_map(|_| line.frame()).map(alaw::decode).collect()
    }

    #[test]
    fn a_tone_begins_and_ends_at_its_samples() {
        let mut line = Line::new(quiet());
        assert!(line.tone_on(203, '5'));
        line.tone_off(1001);
        let heard = pcm(&mut line, 10);
        let loud = |n: &usize| heard[*n].unsigned_abs() > 8;
        // The first sample of a sine is zero, so the second one is the first to be heard.
        assert_eq!((0..1600).find(loud), Some(204));
        assert_eq!((0..1600).rfind(loud), Some(1000));
    }

    #[test]
    fn a_second_tone_replaces_the_first() {
        let mut both = Line::new(quiet());
        assert!(both.tone_on(0, '1') && both.tone_on(160, '2'));
        let mut alone = Line::new(quiet());
        assert!(alone.tone_on(160, '2'));
        assert_eq!(pcm(&mut both, 5)[160..], pcm(&mut alone, 5)[160..]);
    }

    #[test]
    fn changes_may_be_told_out_of_order() {
        let mut line = Line::new(quiet());
        line.tone_off(320);
        assert!(line.tone_on(0, '1'));
        let heard = pcm(&mut line, 4);
        assert!(heard[310..320].iter().any(|x| x.unsigned_abs() > 100));
        assert!(heard[320..].iter().all(|x| *x == 8), "silence is the smallest A-law step");
    }

    #[test]
    fn a_muted_line_is_silent_and_an_unknown_key_is_none() {
        let mut line = Line::new(LineConfig { muted: true, ..LineConfig::default() });
        assert!(line.tone_on(0, '1') && !line.tone_on(0, 'x'));
        assert!(pcm(&mut line, 50).iter().all(|x| *x == 8));
    }

    #[test]
    fn noise_has_its_level() {
        let mut noise = Noise::new(7);
        let power = (0..80_000).map(|_| noise.value().powi(2)).sum::<f64>() / 80_000.0;
        assert!((power - 1.0).abs() < 0.02, "{power}");
        let mut line = Line::new(LineConfig { noise_dbm0: Some(-20.0), ..LineConfig::default() });
        let heard = pcm(&mut line, 500);
        let power = heard.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / 80_000.0;
        assert!((10.0 * (power / (peak(-20.0).powi(2) / 2.0)).log10()).abs() < 0.2);
    }
}
