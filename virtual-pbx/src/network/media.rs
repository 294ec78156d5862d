//! Packets get lost, and the receiver of audio conceals it.

use crate::chance::Chance;
use crate::level::{FRAME, sample};

/// How packets get lost: Gilbert's two states, all lost in the one and none in the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// Part of all packets that is lost, 0 to below 1.
    pub rate: f64,
    /// Mean number of packets lost in a row, at least 1. Losses that know nothing of each other have 1 / (1 − rate).
    pub burst: f64,
}

impl Loss {
    /// Nothing is lost.
    pub const NONE: Self = Self::single(0.0);

    /// Packets are lost each for itself.
    #[must_use]
    pub const fn single(rate: f64) -> Self {
        Self { rate, burst: 1.0 / (1.0 - rate) }
    }
}

/// Which packets of a stream get lost.
#[derive(Debug, Clone)]
pub(crate) struct Losses {
    loss: Loss,
    chance: Chance,
    losing: bool,
}

impl Losses {
    pub fn new(loss: Loss, mut chance: Chance) -> Self {
        let losing = chance.happens(loss.rate);
        Self { loss, chance, losing }
    }

    /// Whether the next packet is lost.
    pub fn next(&mut self) -> bool {
        let Loss { rate, burst } = self.loss;
        let lost = self.losing;
        // Left after `burst` packets on average, entered so often that `rate` of all packets fall into it.
        let leave = 1.0 / burst;
        let enter = leave * rate / (1.0 - rate);
        self.losing = self.chance.happens(if lost { 1.0 - leave } else { enter });
        lost
    }
}

/// Samples for which a concealed frame keeps its level: 10 ms (ITU-T G.711, Appendix I).
const FULL: usize = 80;
/// Samples after which nothing of it is left: it loses 20 % every 10 ms.
const FADED: usize = 480;

/// The last leg: audio packets of 20 ms to the PBX.
#[derive(Debug, Clone)]
pub(crate) struct Trunk {
    losses: Losses,
    last: [i16; FRAME],
    concealed: usize,
}

impl Trunk {
    pub fn new(loss: Loss, seed: u64) -> Self {
        Self { losses: Losses::new(loss, Chance::stream(seed, 5)), last: [0; FRAME], concealed: 0 }
    }

    /// What the PBX hears of the next frame: itself, or in place of a lost one the last frame again, fading as in G.711,
    /// Appendix I. Unlike there the repetition is not fitted to the pitch, so tones jump at its edge: the worse case.
    pub fn carry(&mut self, frame: &[i16; FRAME]) -> [i16; FRAME] {
        if self.losses.next() {
            let from = self.concealed;
            self.concealed += FRAME;
            return std::array::from_fn(|n| faded(self.last[n], from + n));
        }
        (self.last, self.concealed) = (*frame, 0);
        *frame
    }
}

fn faded(value: i16, concealed: usize) -> i16 {
    let part = |samples: usize| f64::from(u16::try_from(samples).unwrap_or(u16::MAX));
    sample(f64::from(value) * part(FADED - concealed.clamp(FULL, FADED)) / part(FADED - FULL))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(loss: Loss, seed: u64, packets: usize) -> Vec<bool> {
        let mut losses = Losses::new(loss, Chance::stream(seed, 1));
        (0..packets).map(|_| losses.next()).collect()
    }

    /// Part that is lost, and mean length of a run of losses.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn measured(lost: &[bool]) -> (f64, f64) {
        let all = lost.iter().filter(|lost| **lost).count() as f64;
        let runs = lost.windows(2).filter(|two| !two[0] && two[1]).count() as f64;
        (all / lost.len() as f64, all / runs)
    }

    #[test]
    fn rate_and_burst_are_what_the_figures_say() {
        for (rate, burst) in [(0.05, 3.0), (0.2, 1.25), (0.01, 10.0)] {
            let (lost, run) = measured(&lost(Loss { rate, burst }, 11, 400_000));
            assert!((lost / rate - 1.0).abs() < 0.1, "{rate}: {lost}");
            assert!((run / burst - 1.0).abs() < 0.1, "{burst}: {run}");
        }
        assert!(!lost(Loss::NONE, 11, 10_000).contains(&true));
        let first = (0..10_000).filter(|seed| lost(Loss::single(0.1), *seed, 1)[0]).count();
        assert!((900..1100).contains(&first), "the first packet is no safer than others: {first}");
    }

    #[test]
    fn a_lost_frame_is_the_last_one_again_fading_to_silence_in_60_ms() {
        let mut trunk = Trunk::new(Loss::NONE, 1);
        let frame: [i16; FRAME] = std::array::from_fn(|n| if n % 2 == 0 { 8000 } else { -8000 });
        assert_eq!(trunk.carry(&frame), frame);
        // From here on everything is lost.
        trunk.losses = Losses { loss: Loss { rate: 0.5, burst: 1e12 }, chance: Chance::new(1), losing: true };
        let heard: Vec<i16> = (0..4).flat_map(|_| trunk.carry(&[1; FRAME])).collect();
        assert_eq!(heard[..80], frame[..80]);
        assert_eq!((heard[160], heard[320]), (6400, 3200), "20 % less after 20 ms, 60 % after 40");
        assert!(heard.windows(3).all(|three| three[2].abs() <= three[0].abs()));
        assert!(heard[480..].iter().all(|x| *x == 0));
        trunk.losses = Losses { loss: Loss::NONE, chance: Chance::new(1), losing: false };
        assert_eq!(trunk.carry(&[1; FRAME]), [1; FRAME]);
    }
}
