//! How much faster than real time recordings are decoded, and how that compares with the least any decoder does: eight
//! Goertzel filters over the same samples.

use std::f64::consts::TAU;
use std::hint::black_box;
use std::time::{Duration, Instant};
use virtual_pbx::decoder::Decoder;
use virtual_pbx::dtmf::{HIGH, LOW};

/// Length of the recording.
const SECONDS: u32 = 60;
/// The best of so many runs: the machine does other things as well.
const RUNS: u32 = 5;

fn main() {
    println!("{SECONDS} s of keys (120/120 ms) in noise, the best of {RUNS} runs");
    println!("   rate   x real time   eight Goertzel filters   decoder : filters");
    for rate in [8000, 16_000, 44_100, 48_000] {
        let sound = keys_in_noise(rate);
        let decoder = best(|| decode(&sound, rate));
        let filters = best(|| goertzel(&sound, rate));
        let real = |time: Duration| f64::from(SECONDS) / time.as_secs_f64();
        let ratio = decoder.as_secs_f64() / filters.as_secs_f64();
        println!("{rate:7} {:13.0} {:24.0} {ratio:19.2}", real(decoder), real(filters));
    }
}

fn best(mut work: impl FnMut() -> usize) -> Duration {
    let run = |_| {
        let began = Instant::now();
        black_box(work());
        began.elapsed()
    };
    (0..RUNS).map(run).min().unwrap_or_default()
}

fn decode(sound: &[i16], rate: u32) -> usize {
    // The rates are among those it knows; none heard would show in the output at once.
    let Ok(mut decoder) = Decoder::new(rate) else { return 0 };
    sound.iter().filter_map(|sample| decoder.push(*sample)).count()
}

/// Blocks of 102 samples at 8 kHz (12.75 ms), as many a decoder has them.
fn goertzel(sound: &[i16], rate: u32) -> usize {
    let block = usize::try_from(rate * 51 / 4000).unwrap_or(1);
    let factors: Vec<f64> = LOW.iter().chain(&HIGH).map(|hz| 2.0 * (TAU * hz / f64::from(rate)).cos()).collect();
    let loud = |samples: &&[i16]| {
        let power = |factor: &f64| {
            let (mut one, mut two) = (0.0, 0.0);
            for sample in *samples {
                (one, two) = (f64::from(*sample) + factor * one - two, one);
            }
            one * one + two * two - factor * one * two
        };
        factors.iter().map(power).fold(0.0, f64::max) > 1e12
    };
    sound.chunks_exact(block).filter(loud).count()
}

fn keys_in_noise(rate: u32) -> Vec<i16> {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 16) / 65536.0 - 0.5
    };
    let sample = |n: u32| {
        let time = f64::from(n) / f64::from(rate);
        let key = n / (rate * 6 / 25);
        let sounds = n % (rate * 6 / 25) < rate * 3 / 25;
        let (low, high) = (LOW[key as usize % 4], HIGH[key as usize % 3]);
        let tone = if sounds { (TAU * low * time).sin() + (TAU * high * time).sin() } else { 0.0 };
        virtual_pbx::level::sample(8000.0 * tone + 300.0 * noise())
    };
    (0..rate * SECONDS).map(sample).collect()
}
