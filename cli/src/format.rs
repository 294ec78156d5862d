//! How samples are written in bytes.

use std::str::FromStr;
use virtual_pbx::{alaw, mulaw};

/// The coding of one sample; numbers are little-endian, as everything in WAV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// 8-bit PCM, 128 is silence.
    U8,
    /// 16-bit PCM.
    S16,
    /// 24-bit PCM.
    S24,
    /// 32-bit PCM.
    S32,
    /// 32-bit floating point, full scale ±1.
    F32,
    /// 64-bit floating point, full scale ±1.
    F64,
    /// A-law (G.711).
    ALaw,
    /// µ-law (G.711).
    MuLaw,
}

impl Coding {
    /// Bytes of a sample.
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 | Self::ALaw | Self::MuLaw => 1,
            Self::S16 => 2,
            Self::S24 => 3,
            Self::S32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// The sample in `bytes`, exactly as many as [`Coding::bytes`] says; 0 for any other number of them.
    pub fn sample(self, bytes: &[u8]) -> i16 {
        match (self, bytes) {
            (Self::U8, [byte]) => (i16::from(*byte) - 128) << 8,
            (Self::ALaw, [byte]) => alaw::decode(*byte),
            (Self::MuLaw, [byte]) => mulaw::decode(*byte),
            // The lower bytes of 24 and 32 bits are far below any noise.
            (Self::S16, [low, high]) | (Self::S24, [_, low, high]) | (Self::S32, [_, _, low, high]) => {
                i16::from_le_bytes([*low, *high])
            }
            (Self::F32, _) => scaled(bytes.try_into().map_or(0.0, f32::from_le_bytes).into()),
            (Self::F64, _) => scaled(bytes.try_into().map_or(0.0, f64::from_le_bytes)),
            _ => 0,
        }
    }
}

/// What is no number is silence.
fn scaled(value: f64) -> i16 {
    virtual_pbx::level::sample(value * 32768.0)
}

/// What a recording is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Samples a second and channel.
    pub rate: u32,
    /// Samples that belong to one moment.
    pub channels: usize,
    /// How each sample is written.
    pub coding: Coding,
}

impl FromStr for Format {
    type Err = String;

    /// Mono without a header: `RATE:FORMAT`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (rate, coding) = text.split_once(':').ok_or("write RATE:FORMAT, such as 8000:alaw")?;
        let rate = rate.parse().map_err(|_| format!("{rate:?} is no rate; write samples a second, such as 8000"))?;
        let coding = match coding {
            "s16le" => Coding::S16,
            "u8" => Coding::U8,
            "alaw" => Coding::ALaw,
            "mulaw" => Coding::MuLaw,
            other => return Err(format!("{other:?} is no format; write s16le, u8, alaw or mulaw")),
        };
        Ok(Self { rate, channels: 1, coding })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coding_has_its_full_scale_and_its_silence() {
        let rows: [(Coding, &[u8], i16); 16] = [
            (Coding::U8, &[0], -32768),
            (Coding::U8, &[128], 0),
            (Coding::U8, &[255], 32512),
            (Coding::S16, &[0x34, 0x12], 0x1234),
            (Coding::S16, &[0xFF, 0xFF], -1),
            (Coding::S24, &[0x56, 0x34, 0x12], 0x1234),
            (Coding::S32, &[0x78, 0x56, 0x34, 0x92], -0x6DCC),
            (Coding::F32, &0.5_f32.to_le_bytes(), 16384),
            (Coding::F32, &(-7.0_f32).to_le_bytes(), -32768),
            (Coding::F32, &f32::NAN.to_le_bytes(), 0),
            (Coding::F64, &(-0.25_f64).to_le_bytes(), -8192),
            (Coding::F64, &f64::INFINITY.to_le_bytes(), 32767),
            (Coding::ALaw, &[0xD5], 8),
            (Coding::ALaw, &[0x2A], -32256),
            (Coding::MuLaw, &[0xFF], 0),
            (Coding::MuLaw, &[0x00], -32124),
        ];
        for (coding, bytes, sample) in rows {
            assert_eq!(coding.sample(bytes), sample, "{coding:?} {bytes:x?}");
            assert_eq!(coding.bytes(), bytes.len());
            assert_eq!(coding.sample(&[0; 9]), 0);
        }
    }

    #[test]
    fn raw_formats_are_read_or_refused_in_words() {
        let format: Format = "11025:mulaw".parse().unwrap();
        assert_eq!(format, Format { rate: 11025, channels: 1, coding: Coding::MuLaw });
        for (text, error) in [
            ("8000", "write RATE:FORMAT, such as 8000:alaw"),
            ("8k:alaw", "\"8k\" is no rate; write samples a second, such as 8000"),
            ("8000:mp3", "\"mp3\" is no format; write s16le, u8, alaw or mulaw"),
        ] {
            assert_eq!(text.parse::<Format>(), Err(error.to_owned()));
        }
    }
}
