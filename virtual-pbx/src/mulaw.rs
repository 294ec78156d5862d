//! µ-law (ITU-T G.711), the coding of telephone audio in North America and Japan: 8 bits a sample, all inverted on the wire.

/// What is added to the magnitude so that every segment begins at a power of two.
const BIAS: i16 = 0x84;

/// The 16-bit sample in the middle of the step that `code` stands for.
#[must_use]
pub fn decode(code: u8) -> i16 {
    let code = !code;
    let step = i16::from(code & 0xF);
    let segment = (code >> 4) & 7;
    let magnitude = (((step << 3) + BIAS) << segment) - BIAS;
    if code & 0x80 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From G.711, table 2a/2b (decoder output values × 4).
    #[test]
    fn codes_decode_to_the_values_of_the_standard() {
        let rows = [
            (0xFF, 0),
            (0x7F, 0),
            (0xFE, 8),
            (0x7E, -8),
            (0xF0, 120),
            (0xEF, 132),
            (0xE0, 372),
            (0xDF, 396),
            (0xBF, 1980),
            (0x9F, 8316),
            (0x8F, 16764),
            (0x80, 32124),
            (0x00, -32124),
            (0x01, -31100),
        ];
        for (code, sample) in rows {
            assert_eq!(decode(code), sample, "{code:#04x}");
        }
    }

    #[test]
    fn louder_codes_are_louder_and_the_other_half_is_the_mirror() {
        assert!((0x81..=0xFF).all(|code| decode(code) < decode(code - 1)));
        assert!((0x80..=0xFF).all(|code| decode(code) == -decode(code & 0x7F)));
    }
}
