//! Keys that have been through something.

use super::ALL;
use super::dialled::{Dialled, RATES, with_echo, with_noise, with_sine};
use crate::alaw;
use crate::level::{peak, sample};

#[test]
fn white_noise_15_db_below_does_no_harm_and_9_db_little() {
    // Two tones of -12 are -9 dBm0 together.
    Dialled { on: 40.0, off: 40.0, ..Dialled::default() }
        .at_every_rate(ALL, |dialled, samples| with_noise(samples, -9.0 - 15.0, dialled.rate));
    Dialled { on: 60.0, off: 60.0, ..Dialled::default() }
        .at_every_rate(ALL, |dialled, samples| with_noise(samples, -9.0 - 9.0, dialled.rate));
}

#[test]
fn hum_a_dial_tone_and_dc_beside_the_keys_do_no_harm() {
    for (frequency, dbm0) in [(50.0, 0.0), (60.0, 0.0), (350.0, -6.0), (425.0, -6.0), (440.0, -6.0)] {
        Dialled { on: 60.0, off: 60.0, ..Dialled::default() }
            .at_every_rate(ALL, |dialled, samples| with_sine(samples, frequency, dbm0, dialled.rate));
    }
    Dialled { on: 60.0, off: 60.0, ..Dialled::default() }.at_every_rate(ALL, |dialled, samples| {
        with_sine(with_sine(samples, 350.0, -12.0, dialled.rate), 440.0, -12.0, dialled.rate)
    });
    Dialled::default().at_every_rate(ALL, |_, samples| samples.into_iter().map(|x| x + 8000.0).collect());
}

#[test]
fn an_echo_is_no_key_and_splits_none() {
    for (delay, db) in [(5.0, -16.0), (20.0, -10.0), (20.0, -16.0), (60.0, -16.0), (150.0, -16.0), (290.0, -16.0)] {
        Dialled { on: 70.0, off: 70.0, ..Dialled::default() }
            .at_every_rate(ALL, |dialled, samples| with_echo(&samples, dialled.count(delay) as usize, db));
    }
}

#[test]
fn a_loud_key_does_not_prolong_the_faint_one_before_it() {
    // 19 dB louder it leaks into every other key's tones.
    for rate in RATES {
        let faint = Dialled { rate, levels: [-27.0; 2], ..Dialled::default() };
        let loud = Dialled { levels: [-8.0; 2], ..faint };
        for (first, second) in ALL.chars().flat_map(|a| ALL.chars().filter(move |b| *b != a).map(move |b| (a, b))) {
            let samples = [faint.key(first, 60.0), faint.silence(40.0), loud.key(second, 60.0)].concat();
            let symbols = faint.symbols(samples);
            let [one, two] = symbols[..] else { panic!("{first}{second} at {rate}: {symbols:?}") };
            assert_eq!((one.key, two.key), (first, second));
            assert!(one.end < two.start, "{symbols:?} at {rate}");
        }
    }
}

#[test]
fn a_recording_may_be_overdriven() {
    for gain in [2.0, 5.0, 20.0] {
        let loud = |_, samples: Vec<f64>| samples.into_iter().map(|x| x * gain).collect();
        Dialled { levels: [-6.0; 2], ..Dialled::default() }.at_every_rate(ALL, loud);
    }
}

#[test]
fn eight_bits_and_a_law_are_enough() {
    let coarse = |_, samples: Vec<f64>| samples.into_iter().map(|x| (x / 256.0).round() * 256.0).collect();
    Dialled { levels: [-30.0; 2], ..Dialled::default() }.at_every_rate(ALL, coarse);
    let coded =
        |_, samples: Vec<f64>| samples.into_iter().map(|x| f64::from(alaw::decode(alaw::encode(sample(x))))).collect();
    Dialled { levels: [-38.0; 2], ..Dialled::default() }.at_every_rate(ALL, coded);
}

#[test]
fn a_twist_that_swings_about_its_limit_is_let_pass() {
    // The high tone is 1.5 and 7.5 dB above the low one by turns, 15 ms each, as in a room or after a speech coder.
    for rate in RATES {
        let low = Dialled { rate, on: 120.0, off: 60.0, levels: [-18.0, -120.0], ..Dialled::default() };
        let high = Dialled { levels: [-120.0, -18.0], ..low };
        let swinging = shaped(high, |ms| if ms % 30.0 < 15.0 { 1.19 } else { 2.37 });
        let both = low.samples().into_iter().zip(swinging).map(|(low, high)| low + high);
        assert_eq!(low.decoded(both), ALL, "{rate}");
    }
}

/// Every tone of a dialled recording after a gain that depends on the time since it began, in ms.
fn shaped(dialled: Dialled, gain: impl Fn(f64) -> f64) -> Vec<f64> {
    let period = dialled.count(dialled.on + dialled.off);
    let since = |n: u32| f64::from(n.saturating_sub(dialled.count(300.0)) % period) / f64::from(dialled.rate) * 1000.0;
    (0..).zip(dialled.samples()).map(|(n, x)| x * gain(since(n))).collect()
}

#[test]
fn a_gain_control_that_turns_a_tone_down_does_not_cut_it() {
    for rate in RATES {
        let dialled = Dialled { rate, on: 100.0, off: 60.0, levels: [-4.0; 2], ..Dialled::default() };
        let symbols = dialled.symbols(shaped(dialled, |ms| 10f64.powf(-9.0 / 20.0 * (ms / 100.0).min(1.0))));
        assert_eq!(symbols.len(), 16);
        let long = |ms: f64| u64::from(dialled.count(ms));
        assert!(
            symbols.iter().all(|symbol| (symbol.end - symbol.start).abs_diff(long(100.0)) < long(10.0)),
            "{symbols:?}"
        );
    }
}

#[test]
fn a_tone_that_begins_too_loud_is_one_key_as_long_as_it_was() {
    // As speech coders do it: 12 dB too loud for 20 ms.
    for rate in RATES {
        let dialled = Dialled { rate, on: 60.0, off: 60.0, levels: [-20.0; 2], ..Dialled::default() };
        let symbols = dialled.symbols(shaped(dialled, |ms| if ms < 20.0 { 4.0 } else { 1.0 }));
        assert_eq!(symbols.iter().map(|symbol| symbol.key).collect::<String>(), ALL);
        let long = |ms: f64| u64::from(dialled.count(ms));
        assert!(
            symbols.iter().all(|symbol| (symbol.end - symbol.start).abs_diff(long(60.0)) < long(8.0)),
            "{symbols:?}"
        );
    }
}

#[test]
fn everything_at_its_limit_together_still_works() {
    for (twist, off) in [(-6.0, 0.015), (3.0, -0.015), (-6.0, -0.015), (3.0, 0.015)] {
        let levels = [-25.0, -25.0 + twist];
        // All in noise 15 dB below both tones, then, in tune, with a dial tone as loud as the low tone.
        Dialled { levels, tuning: [1.0 + off, 1.0 - off], ..Dialled::default() }
            .at_every_rate(ALL, |dialled, samples| with_noise(samples, -39.0, dialled.rate));
        Dialled { levels, ..Dialled::default() }.at_every_rate(ALL, |dialled, samples| {
            with_sine(with_noise(samples, -39.0, dialled.rate), 425.0, -25.0, dialled.rate)
        });
        // Out of tune over a hum 15 dB louder.
        Dialled { levels, tuning: [1.0 + off, 1.0 - off], ..Dialled::default() }
            .at_every_rate(ALL, |dialled, samples| with_sine(samples, 50.0, -10.0, dialled.rate));
    }
}

#[test]
fn a_third_tone_12_db_below_does_no_harm() {
    for third in [1050.0, 2000.0, 2600.0] {
        Dialled::default().at_every_rate(ALL, |dialled, samples| with_sine(samples, third, -24.0, dialled.rate));
    }
}

#[test]
fn half_a_key_is_none() {
    for levels in [[-12.0, -90.0], [-90.0, -12.0]] {
        Dialled { on: 100.0, levels, ..Dialled::default() }.at_every_rate("", |_, samples| samples);
    }
    assert!(peak(-90.0) < 1.0);
}
