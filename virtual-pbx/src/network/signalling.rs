//! GSM: messages with acknowledgements between mobile and switch, and the switch makes the tones.
//!
//! 3GPP TS 23.014, clause 6: START DTMF makes the switch connect the tone, STOP DTMF takes it off, and it acknowledges
//! both. 3GPP TS 24.008, 5.5.7: the mobile sends STOP when START is acknowledged and the key is up, and the next START
//! when STOP is acknowledged. So a key that is pressed too early waits, and every tone costs two round trips. Messages are
//! repeated by the radio layer until they arrive and never overtake each other: none is lost, each may be late.

use super::Transit;
use super::carrier::{Edge, Press};
use crate::chance::Chance;
use crate::level::samples;
use std::time::Duration;

/// What makes a network of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signalling {
    /// One message, either way.
    pub transit: Transit,
    /// The switch sounds a tone at least so long, and acknowledges STOP when it is off (3GPP TS 23.205, 14.4.1.1.2).
    pub min_tone: Duration,
    /// The switch leaves at least so much silence between two tones.
    pub min_gap: Duration,
}

/// Mobile and switch. Times are samples.
#[derive(Debug, Clone)]
pub(super) struct Switch {
    config: Signalling,
    chance: Chance,
    /// When the mobile has the switch's last acknowledgement.
    acknowledged: u64,
    /// When the tone begins that sounds or has sounded last, and when the next one may.
    began: u64,
    free: u64,
}

impl Switch {
    pub fn new(config: Signalling, seed: u64) -> Self {
        Self { config, chance: Chance::stream(seed, 1), acknowledged: 0, began: 0, free: 0 }
    }

    /// A key goes down or up, by turns. What the switch makes of it, and when.
    pub fn press(&mut self, press: Press) -> Edge {
        // Whatever the mobile has to say waits until its last message is acknowledged.
        let sent = press.at.max(self.acknowledged);
        let arrived = sent + self.config.transit.take(&mut self.chance);
        let at = if press.key.is_some() {
            self.began = arrived.max(self.free);
            self.began
        } else {
            let end = arrived.max(self.began + samples(self.config.min_tone));
            self.free = end + samples(self.config.min_gap);
            end
        };
        self.acknowledged = at + self.config.transit.take(&mut self.chance);
        Edge { at, key: press.key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 8;

    fn signalling([delay, jitter, min_tone, min_gap]: [u64; 4]) -> Signalling {
        let ms = Duration::from_millis;
        Signalling {
            transit: Transit { delay: ms(delay), jitter: ms(jitter) },
            min_tone: ms(min_tone),
            min_gap: ms(min_gap),
        }
    }

    /// Begin and end of each tone, in ms, for keys pressed and let go at these times.
    fn tones(config: Signalling, seed: u64, presses: &[(u64, u64)]) -> Vec<(u64, u64)> {
        let mut switch = Switch::new(config, seed);
        let mut at = |ms, key| switch.press(Press { at: ms * MS, key }).at / MS;
        presses.iter().map(|(on, off)| (at(*on, Some('5')), at(*off, None))).collect()
    }

    #[test]
    fn a_stop_waits_for_the_acknowledged_start_and_the_next_start_for_the_acknowledged_stop() {
        let config = signalling([90, 0, 65, 65]);
        // START arrives at 190, its acknowledgement at 280; only then STOP goes, arrives at 370, acknowledged at 460.
        // The key pressed at 340 waits for that: START arrives at 550.
        assert_eq!(tones(config, 1, &[(100, 220), (340, 460)]), [(190, 370), (550, 730)]);
        // Slow fingers wait for nothing, and the tone is as long as the key was down.
        assert_eq!(tones(config, 1, &[(100, 400), (900, 1150)]), [(190, 490), (990, 1240)]);
    }

    #[test]
    fn the_switch_makes_no_tone_and_no_gap_shorter_than_its_own() {
        assert_eq!(tones(signalling([0, 0, 65, 0]), 1, &[(100, 110)]), [(100, 165)]);
        // STOP is acknowledged when the tone is off, so the next tone comes later by what this one was stretched.
        assert_eq!(tones(signalling([10, 0, 200, 0]), 1, &[(100, 120), (130, 150)]), [(110, 310), (330, 530)]);
        assert_eq!(tones(signalling([10, 0, 0, 150]), 1, &[(100, 200), (210, 310)]), [(110, 210), (360, 380)]);
    }

    #[test]
    fn jitter_lets_messages_come_late_and_never_overtake() {
        let config = signalling([20, 80, 0, 0]);
        let presses: Vec<(u64, u64)> = (0..40).map(|n| (1000 * n, 1000 * n + 500)).collect();
        let tones = tones(config, 9, &presses);
        let late = |(tone, press): (&(u64, u64), &(u64, u64))| [tone.0 - press.0, tone.1 - press.1];
        let late: Vec<u64> = tones.iter().zip(&presses).flat_map(late).collect();
        assert!(late.iter().all(|late| (20..=100).contains(late)), "{late:?}");
        assert!(late.iter().any(|late| *late < 35) && late.iter().any(|late| *late > 85), "{late:?}");
        // Keys so quick that jitter could turn them round.
        for seed in 0..200 {
            let mut switch = Switch::new(signalling([0, 80, 0, 0]), seed);
            let keys = [Some('1'), None, Some('2'), None, Some('3'), None];
            let edges = (0..).zip(keys).map(|(n, key)| switch.press(Press { at: 800 + 8 * n, key }).at);
            assert!(edges.is_sorted(), "{seed}");
        }
    }
}
