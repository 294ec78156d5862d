//! What is in an ear, as audio. Every sound is a function of how long it has sounded.
//!
//! Tones of the PBX are 425 Hz as in Russia and most of Europe (ITU-T E.180): ringback 1 s on, 4 s
//! off; busy 0.35 on, 0.35 off; congestion 0.175 on, 0.175 off. There are no voices on the desk:
//! hearing a person is silence.

use crate::level::{RATE, peak, sample};
use starhash_core::pbx::Hears;
use std::f64::consts::TAU;
use std::sync::LazyLock;

/// Level of every sound made here, in dBm0.
const LEVEL: f64 = -15.0;
/// Frequency of the PBX's tones, in Hz.
const TONE: f64 = 425.0;
/// Milliseconds of one note of the melody.
const NOTE: u32 = 250;
/// Music on hold, one number a note: semitones above A3 (220 Hz), `REST` for silence.
const MELODY: [i32; 32] = [
    3, 7, 10, 15, 14, 10, 7, REST, 5, 8, 12, 17, 15, 12, 8, REST, //
    10, 14, 17, 22, 20, 17, 14, 10, 15, 10, 7, 10, 3, REST, 3, REST,
];
const REST: i32 = i32::MIN;
/// "Transfer": three notes up in 0.9 s.
const PROMPT: [i32; 3] = [3, 7, 10];
/// "Invalid": three notes down.
const INVALID: [i32; 3] = [10, 7, 3];

/// The sample `n` samples after `hears` began to sound.
#[must_use]
pub fn at(hears: Hears, n: u64) -> i16 {
    let ms = n * 1000 / u64::from(RATE);
    let on = match hears {
        Hears::Nothing | Hears::Client | Hears::Employee | Hears::Colleague | Hears::Both => return 0,
        Hears::Music => return music(n),
        Hears::Prompt => return melody(&PROMPT, 300, n),
        Hears::Invalid => return melody(&INVALID, 300, n),
        Hears::Beep => return sine(1000.0, n),
        Hears::DialTone => true,
        Hears::Ringback => ms % 5000 < 1000,
        Hears::Busy => ms % 700 < 350,
        Hears::Congestion => ms % 350 < 175,
    };
    if on { sine(TONE, n) } else { 0 }
}

/// The melody over and over. It is worked out once: somebody hears it for most of every transfer.
fn music(n: u64) -> i16 {
    static ROUND: LazyLock<Vec<i16>> =
        LazyLock::new(|| (0..length(MELODY.len(), NOTE)).map(|n| melody(&MELODY, NOTE, n)).collect());
    usize::try_from(n % length(MELODY.len(), NOTE)).ok().and_then(|n| ROUND.get(n)).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "a call is far shorter than 2^52 samples")]
fn seconds(n: u64) -> f64 {
    n as f64 / f64::from(RATE)
}

fn sine(frequency: f64, n: u64) -> i16 {
    sample(peak(LEVEL) * (TAU * frequency * seconds(n)).sin())
}

/// Samples of so many notes of so many milliseconds.
fn length(notes: usize, note_ms: u32) -> u64 {
    notes as u64 * u64::from(note_ms * RATE / 1000)
}

/// Plucked notes one after the other, silence after the last.
fn melody(notes: &[i32], note_ms: u32, n: u64) -> i16 {
    let one = length(1, note_ms);
    let note = usize::try_from(n / one).ok().and_then(|place| notes.get(place));
    let Some(semitones) = note.copied().filter(|note| *note != REST) else {
        return 0;
    };
    let time = seconds(n % one);
    let angle = TAU * 220.0 * (f64::from(semitones) / 12.0).exp2() * time;
    let pluck = (time * 200.0).min(1.0) * (-4.0 * time).exp();
    sample(peak(LEVEL) * pluck * (angle.sin() + 0.4 * (2.0 * angle).sin()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Milliseconds (of the first `ms`) in which anything sounds.
    fn sounding(hears: Hears, ms: u64) -> Vec<u64> {
        let loud = |m: &u64| (m * 8..m * 8 + 8).any(|n| at(hears, n).unsigned_abs() > 100);
        (0..ms).filter(loud).collect()
    }

    #[test]
    fn cadences_are_those_of_the_russian_network() {
        let ringback: Vec<u64> = (0..1000).chain(5000..6000).collect();
        assert_eq!(sounding(Hears::Ringback, 10_000), ringback);
        let busy: Vec<u64> = (0..350).chain(700..1050).collect();
        assert_eq!(sounding(Hears::Busy, 1400), busy);
        let congestion: Vec<u64> = (0..175).chain(350..525).collect();
        assert_eq!(sounding(Hears::Congestion, 700), congestion);
        assert_eq!(sounding(Hears::DialTone, 3000).len(), 3000);
    }

    #[test]
    fn the_dial_tone_is_425_hz_at_its_level() {
        let rises = |n: &u64| at(Hears::DialTone, *n) <= 0 && at(Hears::DialTone, n + 1) > 0;
        assert_eq!((0..8000).filter(rises).count(), 425);
        let loudest = (0..8000).map(|n| at(Hears::DialTone, n)).max().unwrap();
        assert!((f64::from(loudest) - peak(LEVEL)).abs() < 10.0);
    }

    #[test]
    fn music_goes_on_and_prompts_end() {
        let long = length(MELODY.len(), NOTE);
        assert!((0..8000).all(|n| at(Hears::Music, n) == at(Hears::Music, n + 5 * long)));
        assert!(sounding(Hears::Music, 60_000).len() > 40_000);
        assert_eq!(sounding(Hears::Prompt, 5000).last(), Some(&899));
    }

    #[test]
    fn people_are_silent_on_the_desk() {
        for hears in [Hears::Nothing, Hears::Client, Hears::Employee, Hears::Colleague, Hears::Both] {
            assert!(sounding(hears, 2000).is_empty());
        }
    }
}
