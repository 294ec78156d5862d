//! The decoder against tones, noise, music and speech, all after A-law.

use super::*;
use crate::dtmf::{HIGH, KEYS, LOW, Pair};
use crate::level::{peak, rms, sample};
use crate::line::Noise;
use crate::{alaw, sound};
use starhash_core::pbx::Hears;
use std::f64::consts::TAU;

mod dialled;
mod impaired;
mod q24;
mod talk;

/// Samples in a millisecond.
const MS: u64 = 8;

/// Audio put together piece by piece; after A-law with noise it is given to a decoder.
#[derive(Default)]
struct Audio(Vec<f64>);

impl Audio {
    fn silence(mut self, samples: u64) -> Self {
        self.0.extend((0..samples).map(|_| 0.0));
        self
    }

    fn tone(mut self, key: char, low: f64, high: f64, samples: u64) -> Self {
        let pair = Pair::new(key, low, high).unwrap();
        self.0.extend((0..u32::try_from(samples).unwrap()).map(|n| pair.at(n)));
        self
    }

    /// Two sines of -10 dBm0 each.
    fn sines(mut self, [low, high]: [f64; 2], samples: u32) -> Self {
        let sine = |f: f64, n: u32| peak(-10.0) * (TAU * f * f64::from(n) / 8000.0).sin();
        self.0.extend((0..samples).map(|n| sine(low, n) + sine(high, n)));
        self
    }

    fn keys(keys: &str, dbm0: f64, tone: u64, gap: u64) -> Self {
        keys.chars()
            .fold(Self::default().silence(400), |audio, key| audio.tone(key, dbm0, dbm0, tone * MS).silence(gap * MS))
    }

    fn symbols(self, noise_dbm0: f64) -> Vec<Symbol> {
        let mut noise = Noise::new(42);
        let mut line = |x: f64| alaw::decode(alaw::encode(sample(x + rms(noise_dbm0) * noise.value())));
        let mut decoder = Decoder::default();
        let audio = self.silence(800).0;
        audio.into_iter().filter_map(|x| decoder.push(line(x))).collect()
    }

    fn decoded(self, noise_dbm0: f64) -> String {
        self.symbols(noise_dbm0).into_iter().map(|symbol| symbol.key).collect()
    }
}

const ALL: &str = "1234567890*#ABCD";

#[test]
fn every_key_is_told_at_every_level_80_80() {
    for dbm0 in [-3.0, -6.0, -10.0, -15.0, -20.0, -25.0, -30.0] {
        let decoded = Audio::keys(ALL, dbm0, 80, 80).decoded(dbm0 - 20.0);
        assert_eq!(decoded, ALL, "{dbm0} dBm0, noise 20 dB below");
    }
}

#[test]
fn the_quietest_measured_level_works_and_far_below_nothing_is_heard() {
    assert_eq!(Audio::keys(ALL, -38.0, 80, 80).decoded(-65.0), ALL);
    assert_eq!(Audio::keys(ALL, -46.0, 80, 80).decoded(-65.0), "");
}

#[test]
fn noise_up_to_20_dbm0_below_the_scale_does_not_harm() {
    assert_eq!(Audio::keys(ALL, -10.0, 80, 80).decoded(-20.0), ALL);
}

#[test]
fn the_same_key_twice_is_two_symbols() {
    for (tone, gap) in [(80, 80), (65, 65), (50, 50), (40, 40), (100, 50), (60, 40)] {
        let decoded = Audio::keys("**##5500", -10.0, tone, gap).decoded(-50.0);
        assert_eq!(decoded, "**##5500", "{tone}/{gap}");
    }
}

#[test]
fn tones_of_30_ms_are_not_heard() {
    assert_eq!(Audio::keys(ALL, -10.0, 30, 30).decoded(-50.0), "");
    assert_eq!(Audio::keys(ALL, -10.0, 30, 200).decoded(-50.0), "");
}

#[test]
fn an_interruption_of_10_ms_does_not_split_a_tone() {
    for key in ALL.chars() {
        let tone = |audio: Audio| audio.tone(key, -10.0, -10.0, 60 * MS);
        let audio = tone(tone(Audio::default().silence(400)).silence(10 * MS));
        let symbols = audio.symbols(-50.0);
        assert_eq!(symbols.len(), 1, "{key}: {symbols:?}");
        assert!((symbols[0].end - symbols[0].start).abs_diff(130 * MS) < 8 * MS);
    }
}

#[test]
fn without_any_gap_different_keys_are_still_told_apart() {
    assert_eq!(Audio::keys("159*#204", -10.0, 80, 0).decoded(-50.0), "159*#204");
}

#[test]
fn twist_works_as_far_as_measured() {
    // Twist: how much stronger the high tone is.
    for (twist, heard) in [(-9.0, ""), (-6.0, ALL), (0.0, ALL), (3.0, ALL), (5.0, "")] {
        let decoded = ALL.chars().fold(Audio::default().silence(400), |audio, key| {
            audio.tone(key, -12.0, -12.0 + twist, 80 * MS).silence(80 * MS)
        });
        assert_eq!(decoded.decoded(-60.0), heard, "{twist} dB");
    }
}

#[test]
fn tones_off_by_1_5_percent_are_keys_and_tones_between_two_keys_are_not() {
    for (row, column) in (0..4).flat_map(|row| (0..4).map(move |column| (row, column))) {
        for off in [0.985, 1.015] {
            let audio = Audio::default().silence(400);
            let decoded = audio.sines([LOW[row] * off, HIGH[column] * off], 640).decoded(-50.0);
            assert_eq!(decoded, KEYS[row][column].to_string(), "{off}");
        }
    }
    for (row, column) in (0..3).flat_map(|row| (0..3).map(move |column| (row, column))) {
        let low = f64::midpoint(LOW[row], LOW[row + 1]);
        let high = f64::midpoint(HIGH[column], HIGH[column + 1]);
        for tones in [[low, HIGH[column]], [LOW[row], high], [low, high]] {
            let decoded = Audio::default().silence(400).sines(tones, 640).decoded(-50.0);
            assert_eq!(decoded, "", "{tones:?}");
        }
    }
}

#[test]
fn both_ends_are_right_to_5_ms_wherever_the_tone_lies() {
    for dbm0 in [-3.0, -15.0, -30.0] {
        for key in ALL.chars() {
            for offset in 0..8 {
                let start = 800 + offset;
                let length = 70 * MS + 3 * offset;
                let audio = Audio::default().silence(start).tone(key, dbm0, dbm0, length);
                let symbols = audio.symbols(dbm0 - 25.0);
                let [symbol] = symbols[..] else { panic!("{key} at {start}: {symbols:?}") };
                assert_eq!(symbol.key, key);
                assert!(symbol.start.abs_diff(start) <= 5 * MS, "{symbol:?}, {start}");
                assert!(symbol.end.abs_diff(start + length) <= 5 * MS, "{symbol:?}, {start}");
            }
        }
    }
}

#[test]
fn a_symbol_is_known_within_30_ms_of_its_end() {
    for key in ALL.chars() {
        let audio = Audio::default().silence(800).tone(key, -10.0, -10.0, 640).silence(2000).0;
        let mut decoder = Decoder::default();
        let known = audio.iter().position(|x| decoder.push(sample(*x)).is_some()).unwrap();
        assert!((1440..1440 + 30 * 8).contains(&known), "{key}: {known}");
    }
}

#[test]
fn music_and_the_tones_of_the_pbx_are_no_keys() {
    use Hears::{Beep, Busy, Congestion, DialTone, Invalid, Music, Prompt, Ringback};
    for hears in [Music, Prompt, DialTone, Invalid, Ringback, Busy, Congestion, Beep] {
        let mut decoder = Decoder::default();
        let heard = (0..60 * 8000).find_map(|n| decoder.push(sound::at(hears, n)));
        assert_eq!(heard, None, "{hears:?}");
    }
}

#[test]
fn noise_alone_is_no_key() {
    for dbm0 in [-5.0, -20.0, -40.0] {
        assert_eq!(Audio::default().silence(60 * 8000).decoded(dbm0), "");
    }
}
