//! `starhash decode`: the keys in recordings.

use crate::format::Format;
use crate::json;
use crate::say::{note, print};
use crate::wav::{self, WavError};
use serde::Serialize;
use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thiserror::Error;
use virtual_pbx::decoder::{Decoder, RateError, Symbol};

/// Bytes read at once.
const BUFFER: usize = 1 << 16;

/// Prints the keys (DTMF) heard in recordings, one line a file
///
/// WAV: PCM of 8 to 32 bits, floating point, A-law, mu-law; 8 to 48 kHz. Channels are decoded one by one, so that a voice in
/// one does not cover a key in another; a key heard in several of them at once is one key.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  starhash decode call.wav\n  starhash decode --raw 8000:alaw --times leg.al")]
pub struct Options {
    /// One line a key: start in ms, length in ms, key
    #[arg(long)]
    times: bool,
    /// A list of all keys: file, symbol, start and length in ms
    #[arg(long, conflicts_with = "times")]
    json: bool,
    /// The files have no header: samples a second, and s16le, u8, alaw or mulaw
    #[arg(long, value_name = "RATE:FORMAT")]
    raw: Option<Format>,
    /// Recordings; -: standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Why a recording cannot be decoded.
#[derive(Debug, Error)]
enum Trouble {
    #[error(transparent)]
    Wav(#[from] WavError),
    #[error("{0}; convert it first")]
    Rate(#[from] RateError),
    #[error("cannot be read ({0}); name a recording")]
    Read(#[from] io::Error),
}

/// A key in a recording.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a Path,
    symbol: char,
    start_ms: u64,
    length_ms: u64,
}

/// Decodes every file; what cannot be decoded is named on standard error, and the exit code is 2.
pub fn run(options: &Options) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    let mut all = Vec::new();
    for file in &options.files {
        match decode(file, options.raw) {
            Ok((format, symbols)) if options.json => all.extend(rows(file, format, &symbols)),
            Ok((format, symbols)) => {
                let prefix = if options.files.len() > 1 { format!("{}: ", file.display()) } else { String::new() };
                let text =
                    if options.times { times(&prefix, rows(file, format, &symbols)) } else { line(&prefix, &symbols) };
                // Whoever reads this may have heard enough: `starhash decode … | head -1`.
                match print(text.as_bytes()) {
                    Ok(true) => {}
                    Ok(false) => return code,
                    Err(bad) => return refused(bad),
                }
            }
            Err(trouble) => {
                code = refused(format_args!("{}: {trouble}", file.display()));
            }
        }
    }
    if options.json {
        let text = json(&all).map_err(|error| format!("{error}; rename the file, or decode without --json"));
        if let Err(bad) = text.and_then(|text| print(text.as_bytes())) {
            code = refused(bad);
        }
    }
    code
}

fn refused(bad: impl Display) -> ExitCode {
    note(format_args!("starhash: {bad}"));
    ExitCode::from(2)
}

fn line(prefix: &str, symbols: &[Symbol]) -> String {
    let keys: String = symbols.iter().map(|symbol| symbol.key).collect();
    format!("{prefix}{keys}\n")
}

fn times<'a>(prefix: &str, rows: impl Iterator<Item = Row<'a>>) -> String {
    let mut text = String::new();
    for Row { symbol, start_ms, length_ms, .. } in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{prefix}{start_ms} {length_ms} {symbol}");
    }
    text
}

/// To the nearest millisecond.
fn rows<'a>(file: &'a Path, format: Format, symbols: &[Symbol]) -> impl Iterator<Item = Row<'a>> {
    let ms = move |samples: u64| (samples * 1000 + u64::from(format.rate) / 2) / u64::from(format.rate);
    let row = move |Symbol { key, start, end }: &Symbol| Row {
        file,
        symbol: *key,
        start_ms: ms(*start),
        length_ms: ms(end - start),
    };
    symbols.iter().map(row)
}

fn decode(file: &Path, raw: Option<Format>) -> Result<(Format, Vec<Symbol>), Trouble> {
    let mut input: Box<dyn Read> =
        if file == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(File::open(file)?)) };
    let (format, bytes) = match raw {
        Some(format) => (format, u64::MAX),
        None => wav::header(&mut input).map(|sound| (sound.format, sound.bytes))?,
    };
    Ok((format, symbols(&mut input.take(bytes), format)?))
}

/// A recording may end in the middle of a sample: the rest is not sound.
fn symbols(input: &mut impl Read, format: Format) -> Result<Vec<Symbol>, Trouble> {
    let mut decoders = vec![Decoder::new(format.rate)?; format.channels];
    let mut symbols = Vec::new();
    let width = format.coding.bytes();
    let moment = width * format.channels;
    let mut buffer = vec![0; BUFFER.next_multiple_of(moment)];
    loop {
        let filled = fill(input, &mut buffer)?;
        for samples in buffer[..filled].chunks_exact(moment) {
            for (sample, decoder) in samples.chunks_exact(width).zip(&mut decoders) {
                symbols.extend(decoder.push(format.coding.sample(sample)));
            }
        }
        if filled < buffer.len() {
            break;
        }
    }
    symbols.extend(decoders.into_iter().flat_map(Decoder::finish));
    Ok(merged(symbols))
}

/// As many bytes as there are, up to the length of the buffer.
fn fill(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// In order of time; the same key in several channels at once is one.
fn merged(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    symbols.sort_by_key(|symbol| (symbol.start, symbol.end));
    let mut merged: Vec<Symbol> = Vec::with_capacity(symbols.len());
    for symbol in symbols {
        match merged.iter_mut().rev().find(|other| other.key == symbol.key) {
            Some(other) if symbol.start < other.end => other.end = other.end.max(symbol.end),
            _ => merged.push(symbol),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
