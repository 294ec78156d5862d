//! A-law (ITU-T G.711), the coding of telephone audio in Europe and Russia: 8 bits a sample,
//! every second bit inverted on the wire.

/// Inverts the even bits.
const WIRE: u8 = 0x55;

/// Codes one 16-bit sample.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "segment is at most 7, step is masked to 15"
)]
pub fn encode(sample: i16) -> u8 {
    // Sign and 12 bits of magnitude; `!` makes -1 the mirror of 0.
    let (sign, magnitude) = if sample >= 0 { (0x80, sample >> 3) } else { (0, !sample >> 3) };
    let bits = i16::BITS - magnitude.leading_zeros();
    // Segments 0 and 1 have the same step; each further one is twice as coarse.
    let segment = bits.saturating_sub(5);
    let step = (magnitude >> segment.max(1)) & 0xF;
    (sign | (segment as u8) << 4 | step as u8) ^ WIRE
}

/// The 16-bit sample in the middle of the step that `code` stands for.
#[must_use]
pub fn decode(code: u8) -> i16 {
    let code = code ^ WIRE;
    let step = i16::from(code & 0xF);
    let segment = (code >> 4) & 7;
    let magnitude = match segment {
        0 => (step << 4) + 8,
        _ => ((step << 4) + 0x108) << (segment - 1),
    };
    if code & 0x80 == 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From G.711, table 1a/1b (decoder output values × 8).
    #[test]
    fn codes_decode_to_the_values_of_the_standard() {
        let rows = [
            (0xD5, 8),
            (0x55, -8),
            (0xD4, 24),
            (0x54, -24),
            (0xC5, 264),
            (0xF5, 528),
            (0x80, 5504),
            (0x00, -5504),
            (0xAA, 32256),
            (0x2A, -32256),
            (0xAB, 31232),
        ];
        for (code, sample) in rows {
            assert_eq!(decode(code), sample, "{code:#04x}");
        }
    }

    #[test]
    fn samples_encode_to_the_codes_of_the_standard() {
        let rows = [
            (0, 0xD5),
            (-1, 0x55),
            (15, 0xD5),
            (16, 0xD4),
            (-16, 0x55),
            (-17, 0x54),
            (255, 0xDA),
            (256, 0xC5),
            (5504, 0x80),
            (-5504, 0x00),
            (32767, 0xAA),
            (-32768, 0x2A),
        ];
        for (sample, code) in rows {
            assert_eq!(encode(sample), code, "{sample}");
        }
    }

    #[test]
    fn every_code_comes_back_and_no_sample_is_off_by_more_than_half_a_step() {
        for code in 0..=u8::MAX {
            assert_eq!(encode(decode(code)), code, "{code:#04x}");
        }
        for sample in i16::MIN..=i16::MAX {
            let error = (i32::from(decode(encode(sample))) - i32::from(sample)).abs();
            let size = i32::from(sample).abs();
            assert!(error <= 8.max(size / 32), "{sample}: {error}");
        }
    }
}
