//! Samples and levels: 8 kHz, 16-bit, dBm0.

use std::f64::consts::SQRT_2;
use std::time::Duration;

/// Samples a second on every leg.
pub const RATE: u32 = 8000;

/// Samples in a frame of 20 ms, the step of a real line.
pub const FRAME: usize = 160;

/// Whole samples in a time.
#[must_use]
pub fn samples(time: Duration) -> u64 {
    u64::try_from(time.as_nanos() * u128::from(RATE) / 1_000_000_000).unwrap_or(u64::MAX)
}

/// Level of a sine that just reaches the end of the A-law scale (ITU-T G.711), in dBm0.
#[expect(clippy::approx_constant, reason = "the overload point of G.711, not π")]
const FULL_SCALE_DBM0: f64 = 3.14;

/// The end of the A-law scale in 16-bit samples.
const FULL_SCALE: f64 = 32768.0;

/// Peak of a sine of `dbm0`, in 16-bit samples.
#[must_use]
pub fn peak(dbm0: f64) -> f64 {
    FULL_SCALE * 10f64.powf((dbm0 - FULL_SCALE_DBM0) / 20.0)
}

/// Root mean square of any signal of `dbm0`, in 16-bit samples.
#[must_use]
pub fn rms(dbm0: f64) -> f64 {
    peak(dbm0) / SQRT_2
}

/// To the nearest 16-bit sample; what is too loud is clipped, as on a line.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i16 before the cast")]
pub fn sample(value: f64) -> i16 {
    value.round().clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_scale_is_3_14_dbm0_and_6_db_is_half() {
        assert!((peak(FULL_SCALE_DBM0) - 32768.0).abs() < 1e-6);
        assert!((peak(FULL_SCALE_DBM0 - 20.0) - 3276.8).abs() < 1e-6);
        assert!((rms(FULL_SCALE_DBM0) - 23_170.475).abs() < 1e-3);
    }

    #[test]
    fn samples_are_rounded_and_clipped() {
        assert_eq!(sample(-0.6), -1);
        assert_eq!(sample(1e9), 32767);
        assert_eq!(sample(-1e9), -32768);
    }
}
