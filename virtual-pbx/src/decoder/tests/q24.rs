//! The limits of ITU-T Q.24, each at every rate.

use super::ALL;
use super::dialled::{Dialled, RATES};
use crate::decoder::{Decoder, RateError};

fn as_it_is(_: Dialled, samples: Vec<f64>) -> Vec<f64> {
    samples
}

#[test]
fn tones_and_gaps_of_40_ms_are_taken_and_tones_of_30_are_not() {
    for (on, off, heard) in [(40.0, 40.0, ALL), (50.0, 38.0, ALL), (40.0, 30.0, ALL), (500.0, 70.0, ALL)] {
        Dialled { on, off, ..Dialled::default() }.at_every_rate(heard, as_it_is);
    }
    for off in [30.0, 40.0, 200.0] {
        Dialled { on: 30.0, off, ..Dialled::default() }.at_every_rate("", as_it_is);
        Dialled { on: 20.0, off, ..Dialled::default() }.at_every_rate("", as_it_is);
    }
}

#[test]
fn the_same_key_again_after_38_ms_is_another_one_and_shorter_tones_do_not_add_up() {
    let keys = "**##5500AA";
    for (on, off, heard) in
        [(40.0, 38.0, keys), (60.0, 40.0, keys), (30.0, 30.0, ""), (30.0, 38.0, ""), (30.0, 200.0, "")]
    {
        Dialled { keys, on, off, ..Dialled::default() }.at_every_rate(heard, as_it_is);
    }
}

#[test]
fn levels_from_3_to_38_below_are_taken_and_quiet_recordings_too() {
    for level in [-3.0, -10.0, -20.0, -38.0, -50.0, -58.0] {
        Dialled { levels: [level; 2], ..Dialled::default() }.at_every_rate(ALL, as_it_is);
    }
    Dialled { levels: [-66.0; 2], ..Dialled::default() }.at_every_rate("", as_it_is);
}

#[test]
fn twist_from_6_below_to_3_above_is_taken_5_above_and_9_below_is_not() {
    for (twist, heard) in [(-9.0, ""), (-6.0, ALL), (-3.0, ALL), (3.0, ALL), (5.0, "")] {
        Dialled { levels: [-14.0, -14.0 + twist], ..Dialled::default() }.at_every_rate(heard, as_it_is);
    }
}

#[test]
fn a_twist_of_4_above_is_never_heard_as_another_key() {
    for (rate, on) in RATES.iter().flat_map(|rate| [(*rate, 40.0), (*rate, 60.0), (*rate, 120.0)]) {
        let dialled = Dialled { rate, on, levels: [-14.0, -10.0], ..Dialled::default() };
        let heard = dialled.decoded(dialled.samples());
        let mut sent = ALL.chars();
        assert!(heard.chars().all(|key| sent.any(|other| other == key)), "{heard} at {rate}, {on} ms");
    }
}

#[test]
fn frequencies_may_be_off_by_1_5_percent_and_2_hz_but_not_by_3_5_percent() {
    for sign in [-1.0, 1.0] {
        let tuning = [1.0 + sign * (0.015 + 2.0 / 697.0), 1.0 + sign * (0.015 + 2.0 / 1209.0)];
        Dialled { tuning, ..Dialled::default() }.at_every_rate(ALL, as_it_is);
        Dialled { tuning: [1.0 + sign * 0.015, 1.0 - sign * 0.015], ..Dialled::default() }.at_every_rate(ALL, as_it_is);
        let far = 1.0 + sign * 0.035;
        for tuning in [[far, 1.0], [1.0, far], [far, far]] {
            Dialled { tuning, on: 100.0, ..Dialled::default() }.at_every_rate("", as_it_is);
        }
    }
}

#[test]
fn an_interruption_of_10_ms_is_bridged_and_in_a_recording_a_lost_packet_too() {
    for gap in [5.0, 10.0, 20.0] {
        Dialled { on: 100.0, ..Dialled::default() }.at_every_rate(ALL, |dialled, mut samples| {
            let at = |ms: f64| dialled.count(ms) as usize;
            for key in 0..16 {
                let from = at(300.0 + 150.0 * f64::from(key) + 45.0);
                samples[from..from + at(gap)].fill(0.0);
            }
            samples
        });
    }
}

#[test]
fn start_and_end_are_right_to_3_ms_at_every_rate() {
    for rate in RATES {
        for on in [40.0, 63.0, 200.0] {
            let dialled = Dialled { rate, on, ..Dialled::default() };
            let symbols = dialled.symbols(dialled.samples());
            assert_eq!(symbols.len(), 16);
            let mut late = 0;
            for (n, symbol) in (0..).zip(symbols) {
                let start = u64::from(dialled.count(300.0 + f64::from(n) * (on + 50.0)));
                let end = start + u64::from(dialled.count(on));
                let near = |a: u64, b: u64| a.abs_diff(b) * 1000 <= 3 * u64::from(rate);
                assert!(near(symbol.start, start) && near(symbol.end, end), "{symbol:?}, {start} to {end} at {rate}");
                late += symbol.start.cast_signed() - start.cast_signed();
            }
            // On the average within 1 ms: no delay is forgotten.
            assert!((late * 1000 / 16 / i64::from(rate)).abs() < 1, "{late} in all at {rate}");
        }
    }
}

#[test]
fn a_recording_that_ends_in_a_tone_has_that_key() {
    for rate in RATES {
        let dialled = Dialled { rate, ..Dialled::default() };
        let samples = [dialled.silence(20.0), dialled.key('7', 50.0)].concat();
        assert_eq!(dialled.decoded(samples), "7", "{rate}");
        assert_eq!(dialled.decoded(dialled.key('7', 50.0)), "7", "from its first sample on, {rate}");
    }
}

#[test]
fn other_rates_are_refused() {
    for rate in [0, 7999, 48001, u32::MAX] {
        assert_eq!(Decoder::new(rate).err(), Some(RateError { rate }));
    }
}
