//! From bytes to symbols.

use super::*;
use crate::format::Coding;
use proptest::prelude::*;
use std::io::Cursor;

fn symbol(key: char, start: u64, end: u64) -> Symbol {
    Symbol { key, start, end }
}

#[test]
fn the_same_key_in_two_channels_at_once_is_one() {
    let symbols =
        vec![symbol('1', 800, 1400), symbol('2', 1500, 2000), symbol('1', 810, 1500), symbol('1', 1500, 2000)];
    let once = [symbol('1', 800, 1500), symbol('2', 1500, 2000), symbol('1', 1500, 2000)];
    assert_eq!(merged(symbols), once);
}

#[test]
fn times_are_rounded_to_milliseconds() {
    let format = Format { rate: 44100, channels: 1, coding: Coding::S16 };
    assert_eq!(times("a.wav: ", rows(Path::new("a.wav"), format, &[symbol('#', 44078, 48510)])), "a.wav: 1000 100 #\n");
}

/// Gives a byte at a time, as a slow pipe does.
struct Slow<R>(R);

impl<R: Read> Read for Slow<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let some = buffer.len().min(1);
        self.0.read(&mut buffer[..some])
    }
}

#[test]
fn a_slow_pipe_does_not_shift_the_bytes() {
    let format = Format { rate: 8000, channels: 1, coding: Coding::S16 };
    let pair = virtual_pbx::dtmf::Pair::new('7', -10.0, -10.0).unwrap();
    let samples = (0..1600).map(|n| if n < 800 { virtual_pbx::level::sample(pair.at(n)) } else { 0 });
    let bytes: Vec<u8> = samples.flat_map(i16::to_le_bytes).collect();
    let keys = |symbols: Vec<Symbol>| symbols.iter().map(|symbol| symbol.key).collect::<String>();
    assert_eq!(keys(symbols(&mut Slow(Cursor::new(&bytes)), format).unwrap()), "7");
}

proptest! {
    #[test]
    fn no_sound_makes_it_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..4000),
        rate in 8000_u32..=48000,
        channels in 1_usize..=3,
        coding in prop::sample::select(vec![Coding::U8, Coding::S24, Coding::F32, Coding::F64, Coding::MuLaw]),
    ) {
        symbols(&mut &bytes[..], Format { rate, channels, coding }).unwrap();
    }
}
