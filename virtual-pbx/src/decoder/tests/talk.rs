//! Voices and music are no keys.

use super::dialled::Dialled;
use super::{ALL, Audio};
use crate::decoder::Decoder;
use crate::level::{rms, sample};
use crate::line::Noise;
use std::f64::consts::TAU;

/// Something like talk: a voice (pulses through three resonances that wander from vowel to vowel),
/// hisses, pauses.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small positive numbers")]
fn talk(seed: u64, seconds: u32) -> Vec<f64> {
    const VOWELS: [[f64; 3]; 5] = [
        [730.0, 1090.0, 2440.0],
        [270.0, 2290.0, 3010.0],
        [300.0, 870.0, 2240.0],
        [530.0, 1840.0, 2480.0],
        [570.0, 840.0, 2410.0],
    ];
    let mut noise = Noise::new(seed);
    let mut state = [[0.0_f64; 2]; 3];
    let (mut phase, mut syllable, mut pitch, mut hiss, mut formants) = (0.0, 0, 120.0, 0.0, VOWELS[0]);
    let mut out = Vec::new();
    for n in 0..seconds * 8000 {
        if syllable == 0 {
            syllable = 800 + (noise.value().abs() * 1200.0) as u32;
            let pick = (noise.value().abs() * 1000.0) as usize;
            formants = VOWELS[pick % 5].map(|f| f * (1.0 + 0.06 * noise.value()));
            hiss = if pick.is_multiple_of(4) { 400.0 } else { 5.0 };
            pitch = 90.0 + 140.0 * noise.value().abs();
        }
        syllable -= 1;
        phase += (pitch + 8.0 * (f64::from(n) / 1300.0).sin()) / 8000.0;
        let pulse = if phase >= 1.0 { 6000.0 } else { 0.0 };
        phase = phase.fract();
        let source = pulse + hiss * noise.value();
        let mut value = 0.0;
        for (f, [s1, s2]) in formants.into_iter().zip(&mut state) {
            let r: f64 = 0.97;
            let s0 = source + 2.0 * r * (TAU * f / 8000.0).cos() * *s1 - r * r * *s2;
            (*s2, *s1) = (*s1, s0);
            value += 0.3 * s0;
        }
        out.push(value);
    }
    out
}

#[test]
fn talk_is_no_key() {
    for seed in 1..=3 {
        let audio = talk(seed, 60);
        let loudest = audio.iter().fold(0.0_f64, |loudest, x| loudest.max(x.abs()));
        assert!(loudest > 3000.0, "this talk is too quiet to test anything: {loudest}");
        assert_eq!(Audio(audio).decoded(-55.0), "", "seed {seed}");
    }
}

#[test]
fn talk_is_no_key_in_a_recording_either() {
    for seed in 4..=6 {
        let mut decoder = Decoder::new(8000).unwrap();
        let heard = talk(seed, 60).into_iter().find_map(|x| decoder.push(sample(x)));
        assert_eq!(heard, None, "seed {seed}");
    }
}

#[test]
fn keys_are_heard_beside_a_voice() {
    let dialled = Dialled { on: 80.0, off: 80.0, levels: [-9.0; 2], ..Dialled::default() };
    for seed in 1..=8 {
        // 10 dB below the keys while it sounds.
        let voice = talk(seed, 4);
        let power = voice.iter().map(|x| x * x).sum::<f64>() / 32_000.0;
        let gain = rms(-16.0) / power.sqrt();
        let both = dialled.samples().into_iter().zip(voice).map(|(keys, voice)| keys + gain * voice);
        assert_eq!(dialled.decoded(both), ALL, "seed {seed}");
    }
}

/// Chords of three plucked strings with overtones, a new one every 300 ms, from A3 to A6: among them many with notes next to the
/// tones of keys (F5 is 698 Hz, F#6 is 1480).
fn music(seed: u64, seconds: u32, overtones: u32) -> Vec<f64> {
    let mut noise = Noise::new(seed);
    let mut notes = [220.0_f64; 3];
    let mut value = |n: u32| {
        let since = n % 2400;
        if since == 0 {
            notes = notes.map(|_| 220.0 * ((12.0 + 12.0 * noise.value()).clamp(0.0, 36.0).round() / 12.0).exp2());
        }
        let time = f64::from(since) / 8000.0;
        let string = |note: f64| -> f64 {
            (1..=overtones).map(|k| (TAU * note * f64::from(k) * time).sin() / f64::from(k)).sum()
        };
        4000.0 * (time * 200.0).min(1.0) * (-3.0 * time).exp() * notes.into_iter().map(string).sum::<f64>()
    };
    (0..seconds * 8000).map(&mut value).collect()
}

#[test]
fn music_is_no_key() {
    for seed in 1..=3 {
        let mut decoder = Decoder::new(8000).unwrap();
        let heard = music(seed, 120, 5).into_iter().find_map(|x| decoder.push(sample(x)));
        assert_eq!(heard, None, "seed {seed}");
    }
}

#[test]
fn a_scale_of_whistles_is_no_key() {
    // A slide from 600 to 1700 Hz and back in 4 s, and a second voice a fifth above.
    let mut decoder = Decoder::new(8000).unwrap();
    let mut angle = 0.0;
    let heard = (0..60 * 8000_u32).find_map(|n| {
        let frequency = 1150.0 + 550.0 * (TAU * f64::from(n) / 32_000.0).sin();
        angle += TAU * frequency / 8000.0;
        decoder.push(sample(6000.0 * (angle.sin() + (1.5 * angle).sin())))
    });
    assert_eq!(heard, None);
}
