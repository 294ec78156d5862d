//! The header of a WAV file (RIFF; Multimedia Programming Interface 1.0, and `WAVE_FORMAT_EXTENSIBLE`).

use crate::format::{Coding, Format};
use std::io::{self, ErrorKind, Read};
use std::ops::RangeInclusive;
use thiserror::Error;

/// Bytes of the `fmt ` chunk that matter; what extensions add after them does not.
const FMT: usize = 40;
/// Channels of a recording.
const CHANNELS: RangeInclusive<u16> = 1..=64;

/// Why a file is not a WAV file that can be decoded.
#[derive(Debug, Error)]
pub enum WavError {
    /// It cannot be read.
    #[error("cannot be read ({0}); name a recording")]
    Read(#[from] io::Error),
    /// It begins with something else.
    #[error("this is no WAV file; for samples without a header say what they are, such as --raw 8000:alaw")]
    NotWav,
    /// It ends before the sound begins.
    #[error("the file ends before its {0:?} chunk; it was cut off, record or copy it again")]
    Cut(&'static str),
    /// The sound comes before its description.
    #[error("the \"data\" chunk comes before any \"fmt \" chunk; write the file again with another program")]
    Order,
    /// There is no decoder for this.
    #[error("format {tag} with {bits} bits is not supported; convert it to PCM, A-law or mu-law")]
    Coding {
        /// `WAVE_FORMAT_…`
        tag: u16,
        /// Bits a sample.
        bits: u16,
    },
    /// Nobody records so many, or so few: the header is broken.
    #[error("the header says {channels} channels, 1 to 64 can be decoded; write the file again with another program")]
    Channels {
        /// Samples that belong to one moment.
        channels: u16,
    },
}

/// The sound of a WAV file: what it is made of, and how many bytes of it follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// What it is made of.
    pub format: Format,
    /// Bytes of sound; programs that write to a pipe leave it at 0 or near `u32::MAX`: all that comes.
    pub bytes: u64,
}

/// Reads up to the first byte of sound.
///
/// # Errors
/// [`WavError`]: what is wrong with the file.
pub fn header(file: &mut impl Read) -> Result<Sound, WavError> {
    let mut riff = [0; 12];
    if !fill(file, &mut riff)? || !matches!(&riff[..4], b"RIFF" | b"RF64") || &riff[8..] != b"WAVE" {
        return Err(WavError::NotWav);
    }
    let mut format = None;
    loop {
        let mut head = [0; 8];
        if !fill(file, &mut head)? {
            return Err(WavError::Cut(if format.is_some() { "data" } else { "fmt " }));
        }
        let [i, d, e, n, length @ ..] = head;
        let length = u64::from(u32::from_le_bytes(length));
        match &[i, d, e, n] {
            b"data" => {
                let streamed = length == 0 || length >= 0x7FFF_F000;
                let bytes = if streamed { u64::MAX } else { length };
                return format.map(|format| Sound { format, bytes }).ok_or(WavError::Order);
            }
            b"fmt " => format = Some(read_format(file, length)?),
            _ => skip(file, padded(length))?,
        }
    }
}

/// Chunks begin at even places.
fn padded(length: u64) -> u64 {
    length + length % 2
}

fn read_format(file: &mut impl Read, length: u64) -> Result<Format, WavError> {
    let mut fmt = [0; FMT];
    let known = FMT.min(usize::try_from(length).unwrap_or(FMT));
    if known < 16 || !fill(file, &mut fmt[..known])? {
        return Err(WavError::Cut("fmt "));
    }
    skip(file, padded(length) - known as u64)?;
    let word = |at: usize| u16::from_le_bytes([fmt[at], fmt[at + 1]]);
    let (tag, bits) = (word(0), word(14));
    // WAVE_FORMAT_EXTENSIBLE: the real tag begins the sub-format.
    let tag = if tag == 0xFFFE { word(24) } else { tag };
    let coding = coding(tag, bits).ok_or(WavError::Coding { tag, bits })?;
    let channels = word(2);
    let rate = u32::from_le_bytes([fmt[4], fmt[5], fmt[6], fmt[7]]);
    if CHANNELS.contains(&channels) {
        Ok(Format { rate, channels: channels.into(), coding })
    } else {
        Err(WavError::Channels { channels })
    }
}

fn coding(tag: u16, bits: u16) -> Option<Coding> {
    Some(match (tag, bits) {
        (1, 8) => Coding::U8,
        (1, 16) => Coding::S16,
        (1, 24) => Coding::S24,
        (1, 32) => Coding::S32,
        (3, 32) => Coding::F32,
        (3, 64) => Coding::F64,
        (6, 8) => Coding::ALaw,
        (7, 8) => Coding::MuLaw,
        _ => return None,
    })
}

/// `false`: the file ended before the buffer was full.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// At the end of the file there is nothing left to skip: what comes next will say so.
fn skip(file: &mut impl Read, bytes: u64) -> io::Result<()> {
    io::copy(&mut file.take(bytes), &mut io::sink()).map(drop)
}

#[cfg(test)]
mod tests;
