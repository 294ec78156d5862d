//! The program, from files to lines.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod command;

use command::run as starhash;
use std::fs;
use std::path::PathBuf;
use std::process::Output;
use virtual_pbx::{alaw, mulaw};

const KEYS: &str = "1234567890*#ABCD";

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The keys at `rate`, 60 ms each and 60 ms apart from 100 ms on, full scale ±1.
fn tones(keys: &str, rate: u32) -> Vec<f64> {
    let ms = |ms: u32| vec![0.0; (ms * rate / 1000) as usize];
    let mut samples = ms(100);
    for key in keys.chars() {
        let place = "123A456B789C*0#D".find(key).unwrap();
        let (low, high) = ([697.0, 770.0, 852.0, 941.0][place / 4], [1209.0, 1336.0, 1477.0, 1633.0][place % 4]);
        let sine = |f: f64, n: u32| 0.3 * (std::f64::consts::TAU * f * f64::from(n) / f64::from(rate)).sin();
        samples.extend((0..60 * rate / 1000).map(|n| sine(low, n) + sine(high, n)));
        samples.extend(ms(60));
    }
    samples
}

#[expect(clippy::cast_possible_truncation, reason = "full scale is ±1")]
fn encoded(value: f64, tag: u16, bits: u16) -> Vec<u8> {
    let sixteen = (value * 32767.0) as i16;
    let nearest_mulaw = || (0..=u8::MAX).min_by_key(|code| i32::from(mulaw::decode(*code)).abs_diff(sixteen.into()));
    match (tag, bits) {
        (1, 8) => vec![(sixteen >> 8).wrapping_add(128).to_le_bytes()[0]],
        (1, 16) => sixteen.to_le_bytes().to_vec(),
        (1, 24) => ((value * 8_388_607.0) as i32).to_le_bytes()[..3].to_vec(),
        (1, 32) => ((value * 2_147_483_647.0) as i32).to_le_bytes().to_vec(),
        (3, 32) => (value as f32).to_le_bytes().to_vec(),
        (6, 8) => vec![alaw::encode(sixteen)],
        (7, 8) => vec![nearest_mulaw().unwrap()],
        _ => unreachable!(),
    }
}

fn wav(tag: u16, channels: u16, rate: u32, bits: u16, sound: &[u8]) -> Vec<u8> {
    let length = u32::try_from(sound.len()).unwrap();
    let mut wav = [&b"RIFF"[..], &(length + 36).to_le_bytes(), b"WAVEfmt ", &16_u32.to_le_bytes()].concat();
    wav.extend([tag.to_le_bytes(), channels.to_le_bytes()].concat());
    wav.extend(rate.to_le_bytes());
    wav.extend([0; 6]);
    wav.extend(bits.to_le_bytes());
    wav.extend([&b"data"[..], &length.to_le_bytes(), sound].concat());
    wav
}

/// A file of its own, gone at the end of the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("starhash-cli-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn every_format_at_every_rate_is_decoded() {
    for (tag, bits) in [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (6, 8), (7, 8)] {
        for rate in [8000, 11025, 16000, 44100, 48000] {
            let sound: Vec<u8> = tones(KEYS, rate).into_iter().flat_map(|x| encoded(x, tag, bits)).collect();
            let output = starhash(&["decode", "-"], &wav(tag, 1, rate, bits, &sound));
            assert_eq!(out(&output), format!("{KEYS}\n"), "format {tag}, {bits} bits, {rate}");
            assert!(output.status.success() && output.stderr.is_empty());
        }
    }
}

#[test]
fn sound_without_a_header_is_decoded_as_told() {
    for (format, tag, bits) in [("8000:alaw", 6, 8), ("16000:mulaw", 7, 8), ("22050:s16le", 1, 16), ("12345:u8", 1, 8)]
    {
        let rate = format.split(':').next().unwrap().parse().unwrap();
        let sound: Vec<u8> = tones("*#204#", rate).into_iter().flat_map(|x| encoded(x, tag, bits)).collect();
        let file = Temporary::new(&format.replace(':', "."), &sound);
        assert_eq!(out(&starhash(&["decode", "--raw", format, file.name()], &[])), "*#204#\n", "{format}");
    }
}

#[test]
fn each_channel_is_decoded_and_times_are_in_milliseconds() {
    // The left party dials 1 2, the right one 1 3, and talks over nobody.
    let (left, right) = (tones("12", 8000), tones("13", 8000));
    let both = left.iter().zip(&right).flat_map(|(l, r)| [encoded(*l, 1, 16), encoded(*r, 1, 16)].concat());
    let file = Temporary::new("two.wav", &wav(1, 2, 8000, 16, &both.collect::<Vec<_>>()));
    let told = out(&starhash(&["decode", "--times", file.name()], &[]));
    let rows: Vec<Vec<&str>> = told.lines().map(|line| line.split(' ').collect()).collect();
    let keys: Vec<&str> = rows.iter().map(|row| row[2]).collect();
    assert_eq!(keys[0], "1");
    assert!(keys.len() == 3 && keys.contains(&"2") && keys.contains(&"3"), "{told}");
    for (row, start) in rows.iter().zip([100, 220, 220]) {
        let number = |place: usize| row[place].parse::<i32>().unwrap();
        assert!((number(0) - start).abs() <= 5 && (number(1) - 60).abs() <= 5, "{told}");
    }
}

#[test]
fn several_files_are_named_and_a_bad_one_does_not_hide_the_good_ones() {
    let sound: Vec<u8> = tones("204", 8000).into_iter().flat_map(|x| encoded(x, 1, 16)).collect();
    let good = Temporary::new("good.wav", &wav(1, 1, 8000, 16, &sound));
    let silent = Temporary::new("silent.wav", &wav(1, 1, 8000, 16, &[0; 1600]));
    let bad = Temporary::new("bad.wav", b"MThd");
    let output = starhash(&["decode", good.name(), bad.name(), silent.name()], &[]);
    assert_eq!(out(&output), format!("{}: 204\n{}: \n", good.name(), silent.name()));
    let told = refused(&output);
    assert!(told.starts_with(&format!("starhash: {}: this is no WAV file; ", bad.name())), "{told}");
}

#[test]
fn what_cannot_be_decoded_is_said_with_what_to_do() {
    let slow = Temporary::new("slow.wav", &wav(1, 1, 4000, 16, &[0; 100]));
    let told = refused(&starhash(&["decode", slow.name()], &[]));
    assert!(told.contains("4000 samples a second; from 8000 to 48000 can be decoded; convert it first"), "{told}");
    let told = refused(&starhash(&["decode", "/no/such/file.wav"], &[]));
    assert!(told.starts_with("starhash: /no/such/file.wav: "), "{told}");
    let folder = std::env::temp_dir();
    assert!(refused(&starhash(&["decode", folder.to_str().unwrap()], &[])).contains("directory"));
    assert!(refused(&starhash(&["decode", "--raw", "8000:mp3", "-"], &[])).contains("write s16le, u8, alaw or mulaw"));
    assert!(refused(&starhash(&["decode"], &[])).contains("<FILE>"));
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_decoded_as_far_as_it_goes_or_refused() {
    let sound: Vec<u8> = tones("204", 8000).into_iter().flat_map(|x| encoded(x, 1, 16)).collect();
    let whole = wav(1, 1, 8000, 16, &sound);
    for length in (0..44).step_by(3).chain([44, 45, 3001, 5003, whole.len() - 1]) {
        let output = starhash(&["decode", "-"], &whole[..length]);
        assert_eq!(output.status.code(), Some(if length < 44 { 2 } else { 0 }), "{length}: {output:?}");
        assert!("204\n".starts_with(out(&output).trim_end()), "{length}: {output:?}");
    }
}
