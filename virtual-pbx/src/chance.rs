//! Chance that repeats itself: one seed, one course of events.

/// A sequence of chance.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of many sequences of a seed that have nothing to do with each other.
    #[must_use]
    pub fn stream(seed: u64, stream: u64) -> Self {
        // The finaliser of SplitMix64 (Steele, Lea, Flood 2014): neighbouring seeds must not resemble each other.
        let mut x = seed.wrapping_add(stream.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self(x ^ (x >> 31))
    }

    /// The next 53 bits.
    fn bits(&mut self) -> u64 {
        // Knuth's MMIX generator; its high bits are good enough for noise and lost packets.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 11
    }

    /// The next value, evenly from 0 to 1, without 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit an f64 exactly")]
    pub fn uniform(&mut self) -> f64 {
        self.bits() as f64 / (1u64 << 53) as f64
    }

    /// Whether something of this probability happens now.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number, evenly from 0 to `most`.
    pub fn up_to(&mut self, most: u64) -> u64 {
        // A few low bits of 53 decide nothing where `most` is a time in samples.
        self.bits() % (most + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_its_streams_differ() {
        let first = |mut chance: Chance| [(); 4].map(|()| chance.up_to(1_000_000));
        assert_eq!(first(Chance::stream(7, 1)), first(Chance::stream(7, 1)));
        assert_ne!(first(Chance::stream(7, 1)), first(Chance::stream(7, 2)));
        assert_ne!(first(Chance::stream(7, 1)), first(Chance::stream(8, 1)));
    }

    #[test]
    fn neighbouring_seeds_are_even_too() {
        let hits = (0..10_000).filter(|seed| Chance::stream(*seed, 3).happens(0.05)).count();
        assert!((440..560).contains(&hits), "{hits}");
        let most = (0..1000).map(|seed| Chance::stream(seed, 3).up_to(9)).max();
        assert_eq!(most, Some(9));
    }
}
