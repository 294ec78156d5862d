//! The phone's end of an event stream.

use super::Events;
use super::packet::{LENGTH, Packet};
use crate::chance::Chance;
use crate::level::samples;
use crate::network::carrier::Press;
use std::collections::VecDeque;

/// How often the last packet of an event is sent: three times (RFC 4733, 2.5.1.4).
const FINALS: u8 = 3;

/// Turns presses into packets. Times are samples since the leg was connected.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    min_tone: u64,
    min_gap: u64,
    /// What the phone has done and the stream has not followed yet.
    presses: VecDeque<Press>,
    event: Option<Event>,
    /// When the next event may begin.
    free: u64,
    pub(super) sequence: u16,
    /// The clock of the stream at sample 0: any number (RFC 3550, 5.1).
    pub(super) clock: u32,
    source: u32,
}

#[derive(Debug, Clone, Copy)]
struct Event {
    key: char,
    began: u64,
    ended: Option<u64>,
    /// Its first packet has not been sent.
    new: bool,
    /// How often its last packet has been sent.
    finals: u8,
}

impl Sender {
    pub fn new(config: &Events, seed: u64) -> Self {
        let mut chance = Chance::stream(seed, 2);
        let mut number = || u32::try_from(chance.up_to(u64::from(u32::MAX))).unwrap_or_default();
        let (clock, source) = (number(), number());
        let sequence = u16::try_from(number() >> 16).unwrap_or_default();
        let (min_tone, min_gap) = (samples(config.min_tone), samples(config.min_gap));
        Self { min_tone, min_gap, presses: VecDeque::new(), event: None, free: 0, sequence, clock, source }
    }

    pub fn press(&mut self, press: Press) {
        self.presses.push_back(press);
    }

    /// The stream sends its next packet at `now`: of the event, or else of speech (`None`).
    ///
    /// An event begins and ends with a packet, as the speech does (3GPP TS 26.114, G.2), so its length is a whole number
    /// of packets.
    pub fn tick(&mut self, now: u64) -> Option<[u8; LENGTH]> {
        self.sequence = self.sequence.wrapping_add(1);
        self.follow_presses(now);
        let event = self.event.as_mut()?;
        // The first packet tells of the first interval, and goes out at its end.
        let duration = event.ended.unwrap_or(now) - event.began;
        if duration == 0 {
            return None;
        }
        let packet = Packet {
            marker: std::mem::take(&mut event.new),
            sequence: self.sequence,
            // The clock of RTP goes round.
            timestamp: self.clock.wrapping_add(u32::try_from(event.began & 0xFFFF_FFFF).unwrap_or_default()),
            source: self.source,
            key: event.key,
            end: event.ended.is_some(),
            // 8 s: longer than the phone holds any key.
            duration: u16::try_from(duration).unwrap_or(u16::MAX),
        };
        event.finals += u8::from(packet.end);
        if event.finals == FINALS {
            self.event = None;
        }
        packet.encode()
    }

    fn follow_presses(&mut self, now: u64) {
        while let Some(press) = self.presses.front().copied().filter(|press| press.at <= now) {
            let sounding = self.event.as_mut().filter(|event| event.ended.is_none());
            match (press.key, sounding) {
                (None, Some(event)) if now >= event.began + self.min_tone => {
                    event.ended = Some(now);
                    self.free = now + self.min_gap;
                }
                // What is left of the former event's last packets gives way to the new event.
                (Some(key), None) if now >= self.free => {
                    self.event = Some(Event { key, began: now, ended: None, new: true, finals: 0 });
                }
                _ => return,
            }
            self.presses.pop_front();
        }
    }
}
