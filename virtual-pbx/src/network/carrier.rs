//! From what the phone does to what the audio carries.

use super::Carriage;
use super::events::EventPath;
use super::signalling::Switch;
use std::collections::VecDeque;

/// The phone begins a tone, or ends it. Times are samples since the leg was connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Press {
    pub at: u64,
    /// `None`: the tone ends.
    pub key: Option<char>,
}

/// From this sample on the audio carries the tones of this key, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub at: u64,
    pub key: Option<char>,
}

/// What carries the tones.
#[derive(Debug, Clone)]
pub(crate) struct Carrier {
    way: Way,
    /// The phone has begun a tone and not ended it.
    sounding: bool,
}

#[derive(Debug, Clone)]
enum Way {
    InBand,
    Signalled(Switch),
    Events(Box<EventPath>),
}

impl Carrier {
    pub fn new(carriage: Carriage, seed: u64) -> Self {
        let way = match carriage {
            Carriage::InBand => Way::InBand,
            Carriage::Signalled(config) => Way::Signalled(Switch::new(config, seed)),
            Carriage::Events(config) => Way::Events(Box::new(EventPath::new(config, seed))),
        };
        Self { way, sounding: false }
    }

    /// Takes what the phone does next, in order of time; whatever is certain by now is added to `edges`.
    pub fn press(&mut self, press: Press, edges: &mut VecDeque<Edge>) {
        let was_sounding = std::mem::replace(&mut self.sounding, press.key.is_some());
        if was_sounding && press.key.is_some() && !matches!(self.way, Way::InBand) {
            // No network can begin a tone within a tone: the first one ends.
            self.pass_on(Press { key: None, ..press }, edges);
        }
        if was_sounding || press.key.is_some() {
            self.pass_on(press, edges);
        }
    }

    fn pass_on(&mut self, press: Press, edges: &mut VecDeque<Edge>) {
        match &mut self.way {
            Way::InBand => edges.push_back(Edge { at: press.at, key: press.key }),
            Way::Signalled(switch) => edges.push_back(switch.press(press)),
            Way::Events(path) => path.press(press),
        }
    }

    /// All presses before `end` are known: adds every edge before it.
    pub fn advance(&mut self, end: u64, edges: &mut VecDeque<Edge>) {
        if let Way::Events(path) = &mut self.way {
            path.advance(end, edges);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Network;

    /// The keys that sound, each with an end of its own, of what the phone does at these samples.
    fn carried(network: Network, presses: &[(u64, Option<char>)]) -> Vec<Option<char>> {
        let mut carrier = Carrier::new(network.conditions().carriage, 1);
        let mut edges = VecDeque::new();
        for (at, key) in presses {
            carrier.press(Press { at: *at, key: *key }, &mut edges);
        }
        for end in (0..24_000).step_by(160) {
            carrier.advance(end, &mut edges);
        }
        assert!(edges.iter().map(|edge| edge.at).is_sorted(), "{edges:?}");
        edges.into_iter().map(|edge| edge.key).collect()
    }

    #[test]
    fn a_tone_begun_within_another_one_ends_that_first() {
        let presses = [(800, Some('1')), (1600, Some('2')), (2400, None)];
        for network in [Network::TwoG, Network::Satellite] {
            assert_eq!(carried(network, &presses), [Some('1'), None, Some('2'), None], "{network:?}");
        }
        assert_eq!(
            carried(Network::Ideal, &presses),
            [Some('1'), Some('2'), None],
            "the phone's own sound changes at once"
        );
    }

    #[test]
    fn an_end_without_a_beginning_is_nothing() {
        let presses = [(800, None), (1600, Some('2')), (2400, None), (2500, None)];
        for network in [Network::Ideal, Network::TwoG, Network::Volte] {
            assert_eq!(carried(network, &presses), [Some('2'), None], "{network:?}");
        }
    }
}
