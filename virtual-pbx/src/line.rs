//! The mobile leg on its way to the PBX: a network carries the tones, then level, noise, echo, A-law, lost packets.

use crate::alaw;
use crate::chance::Chance;
use crate::dtmf::Pair;
use crate::level::{FRAME, rms, sample, samples};
use crate::network::Conditions;
use crate::network::carrier::{Carrier, Edge, Press};
use crate::network::media::Trunk;
use std::collections::VecDeque;
use std::time::Duration;

/// How the mobile leg sounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineConfig {
    /// Level of the lower tone of a key, in dBm0.
    pub low_dbm0: f64,
    /// Level of the higher tone of a key, in dBm0.
    pub high_dbm0: f64,
    /// Level of the white noise under everything, in dBm0; `None`: none.
    pub noise_dbm0: Option<f64>,
    /// What the employee hears comes back into the mobile; `None`: nothing does.
    pub echo: Option<Echo>,
    /// The line carries nothing but silence.
    pub muted: bool,
}

/// What the employee hears (ringback, prompts, tones, the music of a client who holds), back in the mobile leg. A mobile
/// sends no echo while a switch or a gateway sounds a tone; here it goes on, which is the worse case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Echo {
    /// How much weaker it comes back, in dB.
    pub loss_db: f64,
    /// How much later, there and back.
    pub delay: Duration,
}

impl LineConfig {
    /// A usual mobile: −9 and −7 dBm0, a little noise, no echo.
    pub const USUAL: Self = Self { low_dbm0: -9.0, high_dbm0: -7.0, noise_dbm0: Some(-60.0), echo: None, muted: false };
}

/// A tone that has sounded on the mobile leg, in samples since the leg was connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    /// Which.
    pub key: char,
    /// Its first sample.
    pub start: u64,
    /// The first sample after it.
    pub end: u64,
}

/// The mobile leg. Positions are samples since the leg was connected.
#[derive(Debug, Clone)]
pub struct Line {
    config: LineConfig,
    /// Root mean square of the noise, and factor and delay in samples of the echo.
    noise_rms: f64,
    echo: Option<(f64, u64)>,
    delay: Duration,
    presses: VecDeque<Press>,
    carrier: Carrier,
    edges: VecDeque<Edge>,
    tone: Option<Pair>,
    tone_began: u64,
    /// The key of the tone that sounds, and those that have sounded since somebody asked.
    key: Option<char>,
    sounded: Vec<Tone>,
    noise: Noise,
    trunk: Trunk,
    done: u64,
}

impl Line {
    /// A leg that has just been connected. Another `seed`, another course of chance.
    #[must_use]
    pub fn new(conditions: Conditions, seed: u64) -> Self {
        let config = conditions.line;
        let echo = config.echo.map(|echo| (10f64.powf(-echo.loss_db / 20.0), samples(echo.delay)));
        Self {
            config,
            noise_rms: config.noise_dbm0.map_or(0.0, rms),
            echo,
            delay: conditions.carriage.delay(),
            presses: VecDeque::new(),
            carrier: Carrier::new(conditions.carriage, seed),
            edges: VecDeque::new(),
            tone: None,
            tone_began: 0,
            key: None,
            sounded: Vec::new(),
            noise: Noise::new(seed),
            trunk: Trunk::new(conditions.audio_loss, seed),
            done: 0,
        }
    }

    /// At sample `at` the phone begins a tone, in place of whatever it sent before.
    /// `false`: there is no such key.
    #[must_use]
    pub fn tone_on(&mut self, at: u64, key: char) -> bool {
        let known = self.pair(key).is_some();
        if known {
            self.insert(Press { at, key: Some(key) });
        }
        known
    }

    /// At sample `at` the phone ends its tone.
    pub fn tone_off(&mut self, at: u64) {
        self.insert(Press { at, key: None });
    }

    /// How long after the phone the far end knows of a hang-up.
    #[must_use]
    pub fn delay(&self) -> Duration {
        self.delay
    }

    /// The tones that have ended since the last time, as they sounded and before any packet of them was lost.
    pub fn take_sounded(&mut self) -> Vec<Tone> {
        std::mem::take(&mut self.sounded)
    }

    fn pair(&self, key: char) -> Option<Pair> {
        Pair::new(key, self.config.low_dbm0, self.config.high_dbm0)
    }

    fn insert(&mut self, press: Press) {
        let place = self.presses.partition_point(|other| other.at <= press.at);
        self.presses.insert(place, press);
    }

    /// The next 20 ms as the PBX gets them, after A-law. `heard`: what the employee has heard from sample 0 to the end of
    /// these 20 ms.
    pub fn frame(&mut self, heard: &[i16]) -> [i16; FRAME] {
        let end = self.done + FRAME as u64;
        while let Some(press) = self.presses.pop_front_if(|press| press.at < end) {
            self.carrier.press(press, &mut self.edges);
        }
        self.carrier.advance(end, &mut self.edges);
        let frame = std::array::from_fn(|_| {
            let value = self.next_value(heard);
            let value = if self.config.muted { 0.0 } else { value };
            alaw::decode(alaw::encode(sample(value)))
        });
        self.trunk.carry(&frame)
    }

    fn next_value(&mut self, heard: &[i16]) -> f64 {
        while let Some(edge) = self.edges.pop_front_if(|edge| edge.at <= self.done) {
            let over = self.key.filter(|_| !self.config.muted);
            self.sounded.extend(over.map(|key| Tone { key, start: self.tone_began, end: edge.at }));
            self.key = edge.key;
            self.tone = edge.key.and_then(|key| self.pair(key));
            self.tone_began = edge.at;
        }
        let since = u32::try_from(self.done - self.tone_began).unwrap_or(u32::MAX);
        let tone = self.tone.map_or(0.0, |pair| pair.at(since));
        let noise = self.noise_rms * self.noise.value();
        let echo = self.echo(heard);
        self.done += 1;
        tone + noise + echo
    }

    /// What comes back now of what the employee has heard.
    fn echo(&self, heard: &[i16]) -> f64 {
        let Some((factor, delay)) = self.echo else { return 0.0 };
        let then = self.done.checked_sub(delay).and_then(|then| heard.get(usize::try_from(then).ok()?));
        then.map_or(0.0, |value| f64::from(*value) * factor)
    }
}

/// White noise, the same on every run.
#[derive(Debug, Clone)]
pub struct Noise(Chance);

impl Noise {
    /// Another `seed`, another noise.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    /// The next value; nearly normal, mean 0, root mean square 1.
    pub fn value(&mut self) -> f64 {
        // Twelve uniform values of variance 1/12 add up to variance 1.
        (0..12).map(|_| self.0.uniform()).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::peak;
    use crate::network::Network;

    /// A line of the ideal network.
    fn line(config: LineConfig) -> Line {
        Line::new(Conditions { line: config, ..Network::Ideal.conditions() }, 1)
    }

    fn quiet() -> LineConfig {
        LineConfig { noise_dbm0: None, ..LineConfig::USUAL }
    }

    fn pcm(line: &mut Line, frames: usize) -> Vec<i16> {
        (0..frames).flat_map(|_| line.frame(&[])).collect()
    }

    #[test]
    fn a_tone_begins_and_ends_at_its_samples() {
        let mut line = line(quiet());
        assert!(line.tone_on(203, '5'));
        line.tone_off(1001);
        let heard = pcm(&mut line, 10);
        let loud = |n: &usize| heard[*n].unsigned_abs() > 8;
        // The first sample of a sine is zero, so the second one is the first to be heard.
        assert_eq!((0..1600).find(loud), Some(204));
        assert_eq!((0..1600).rfind(loud), Some(1000));
    }

    #[test]
    fn what_has_sounded_can_be_asked_once() {
        let mut both = line(quiet());
        assert!(both.tone_on(203, '5') && both.tone_on(700, '6'));
        both.tone_off(1001);
        pcm(&mut both, 5);
        assert_eq!(both.take_sounded(), [Tone { key: '5', start: 203, end: 700 }]);
        pcm(&mut both, 5);
        assert_eq!(both.take_sounded(), [Tone { key: '6', start: 700, end: 1001 }]);
        assert_eq!(both.take_sounded(), []);
        let mut mute = line(LineConfig { muted: true, ..quiet() });
        assert!(mute.tone_on(0, '5'));
        mute.tone_off(500);
        pcm(&mut mute, 5);
        assert_eq!(mute.take_sounded(), []);
    }

    #[test]
    fn a_second_tone_replaces_the_first() {
        let mut both = line(quiet());
        assert!(both.tone_on(0, '1') && both.tone_on(160, '2'));
        let mut alone = line(quiet());
        assert!(alone.tone_on(160, '2'));
        assert_eq!(pcm(&mut both, 5)[160..], pcm(&mut alone, 5)[160..]);
    }

    #[test]
    fn changes_may_be_told_out_of_order() {
        let mut line = line(quiet());
        line.tone_off(320);
        assert!(line.tone_on(0, '1'));
        let heard = pcm(&mut line, 4);
        assert!(heard[310..320].iter().any(|x| x.unsigned_abs() > 100));
        assert!(heard[320..].iter().all(|x| *x == 8), "silence is the smallest A-law step");
    }

    #[test]
    fn a_muted_line_is_silent_and_an_unknown_key_is_none() {
        let mut line = line(LineConfig { muted: true, ..LineConfig::USUAL });
        assert!(line.tone_on(0, '1') && !line.tone_on(0, 'x'));
        assert!(pcm(&mut line, 50).iter().all(|x| *x == 8));
    }

    #[test]
    fn noise_has_its_level() {
        let mut noise = Noise::new(7);
        let power = (0..80_000).map(|_| noise.value().powi(2)).sum::<f64>() / 80_000.0;
        assert!((power - 1.0).abs() < 0.02, "{power}");
        let mut line = line(LineConfig { noise_dbm0: Some(-20.0), ..LineConfig::USUAL });
        let heard = pcm(&mut line, 500);
        let power = heard.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / 80_000.0;
        assert!((10.0 * (power / (peak(-20.0).powi(2) / 2.0)).log10()).abs() < 0.2);
    }

    /// Power of `heard` at a frequency, in dBm0.
    #[expect(clippy::cast_precision_loss, reason = "a second of samples")]
    fn dbm0_at(heard: &[i16], frequency: f64) -> f64 {
        let angle = |n: usize| std::f64::consts::TAU * frequency * n as f64 / 8000.0;
        let sum = |f: fn(f64) -> f64| heard.iter().enumerate().map(|(n, x)| f64::from(*x) * f(angle(n))).sum::<f64>();
        let amplitude = 2.0 * sum(f64::sin).hypot(sum(f64::cos)) / heard.len() as f64;
        20.0 * (amplitude / peak(0.0)).log10()
    }

    #[test]
    fn each_tone_has_its_own_level_so_twist_is_what_was_asked_for() {
        let mut line = line(LineConfig { low_dbm0: -20.0, high_dbm0: -14.0, ..quiet() });
        assert!(line.tone_on(0, '5'));
        let heard = pcm(&mut line, 50);
        let (low, high) = (dbm0_at(&heard, 770.0), dbm0_at(&heard, 1336.0));
        assert!((low + 20.0).abs() < 0.1 && (high + 14.0).abs() < 0.1, "{low} {high}");
    }

    #[test]
    fn what_the_employee_hears_comes_back_weaker_and_later() {
        let echo = Echo { loss_db: 20.0, delay: Duration::from_millis(100) };
        let mut line = line(LineConfig { echo: Some(echo), ..quiet() });
        let heard: Vec<i16> = (0..8000).map(|n| crate::sound::at(starhash_core::pbx::Hears::DialTone, n)).collect();
        let back: Vec<i16> = (1..=50).flat_map(|frame| line.frame(&heard[..frame * FRAME])).collect();
        assert!(back[..800].iter().all(|x| *x == 8), "not before 100 ms");
        assert!(back[800..820].iter().any(|x| x.unsigned_abs() > 50), "from 100 ms on");
        // The dial tone has -15 dBm0.
        let level = dbm0_at(&back[800..], 425.0);
        assert!((level + 35.0).abs() < 0.2, "{level}");
    }
}
