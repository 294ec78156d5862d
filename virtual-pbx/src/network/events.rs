//! VoLTE and Wi-Fi calling: tones travel as telephone events (RFC 4733), and a gateway makes them audible again.

mod gateway;
mod packet;
mod sender;
#[cfg(test)]
mod tests;

use super::Transit;
use super::carrier::{Edge, Press};
use super::media::{Loss, Losses};
use crate::chance::Chance;
use crate::level::samples;
use gateway::Gateway;
use packet::LENGTH;
use sender::Sender;
use std::collections::VecDeque;
use std::time::Duration;

/// What makes a network of event packets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Events {
    /// Between two packets of the stream, of speech and events alike; more than nothing.
    pub every: Duration,
    /// One packet. Jitter lets packets overtake each other.
    pub transit: Transit,
    /// How packets get lost.
    pub loss: Loss,
    /// The gateway sounds an event so long after its first packet, so that the next ones may be late.
    pub buffer: Duration,
    /// Shortest event of the phone, and shortest tone of the gateway.
    pub min_tone: Duration,
    /// Shortest silence between two events of the phone, and between two tones of the gateway.
    pub min_gap: Duration,
    /// The gateway ends a tone when it has heard nothing of its event for so long.
    pub timeout: Duration,
}

/// The phone's stream, its packets on their way, the gateway. Times are samples since the leg was connected.
#[derive(Debug, Clone)]
pub(super) struct EventPath {
    every: u64,
    transit: Transit,
    sender: Sender,
    next_tick: u64,
    losses: Losses,
    chance: Chance,
    /// By their arrival.
    on_the_way: VecDeque<(u64, [u8; LENGTH])>,
    gateway: Gateway,
}

impl EventPath {
    pub fn new(config: Events, seed: u64) -> Self {
        Self {
            every: samples(config.every).max(1),
            transit: config.transit,
            sender: Sender::new(&config, seed),
            next_tick: 0,
            losses: Losses::new(config.loss, Chance::stream(seed, 3)),
            chance: Chance::stream(seed, 4),
            on_the_way: VecDeque::new(),
            gateway: Gateway::new(&config),
        }
    }

    /// The phone begins or ends a tone, by turns.
    pub fn press(&mut self, press: Press) {
        self.sender.press(press);
    }

    /// All presses before `end` are known: what the gateway sounds before it.
    pub fn advance(&mut self, end: u64, edges: &mut VecDeque<Edge>) {
        while self.next_tick < end {
            self.send(self.next_tick);
            self.next_tick += self.every;
        }
        while let Some((at, bytes)) = self.on_the_way.pop_front_if(|(at, _)| *at < end) {
            self.gateway.receive(at, &bytes, edges);
        }
        self.gateway.let_time_pass(end, edges);
    }

    fn send(&mut self, now: u64) {
        // Chance is asked for every packet of the stream, so that a tone changes nothing for the ones after it.
        let arrival = now + self.transit.take(&mut self.chance);
        let lost = self.losses.next();
        if let Some(packet) = self.sender.tick(now).filter(|_| !lost) {
            let place = self.on_the_way.partition_point(|(other, _)| *other <= arrival);
            self.on_the_way.insert(place, (arrival, packet));
        }
    }
}
