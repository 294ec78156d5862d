//! The far end of an event stream: a media gateway that sounds what it has really been told.

use super::Events;
use super::packet::Packet;
use crate::level::samples;
use crate::network::carrier::Edge;
use std::collections::VecDeque;

/// Makes tones of packets. Times are samples since the leg was connected.
#[derive(Debug, Clone)]
pub(super) struct Gateway {
    buffer: u64,
    min_tone: u64,
    min_gap: u64,
    timeout: u64,
    /// The name of the newest event: older ones that come late are over.
    newest: Option<u32>,
    /// The event whose end is not known.
    open: Option<Tone>,
    /// When the next tone may begin.
    free: u64,
}

#[derive(Debug, Clone, Copy)]
struct Tone {
    began: u64,
    /// How long the event was when it was last heard of, and when that was.
    length: u64,
    heard: u64,
}

impl Gateway {
    pub fn new(config: &Events) -> Self {
        Self {
            buffer: samples(config.buffer),
            min_tone: samples(config.min_tone),
            min_gap: samples(config.min_gap),
            timeout: samples(config.timeout),
            newest: None,
            open: None,
            free: 0,
        }
    }

    /// These bytes arrive at `now`.
    pub fn receive(&mut self, now: u64, bytes: &[u8], edges: &mut VecDeque<Edge>) {
        let Some(packet) = Packet::parse(bytes) else { return };
        self.let_time_pass(now, edges);
        let length = u64::from(packet.duration);
        let newer = self.newest.is_none_or(|newest| is_later(packet.timestamp, newest));
        if newer {
            // Another event can only have begun when the last one was over.
            self.end(now, edges);
            let began = (now + self.buffer).max(self.free);
            edges.push_back(Edge { at: began, key: Some(packet.key) });
            self.newest = Some(packet.timestamp);
            self.open = Some(Tone { began, length, heard: now });
        } else if self.newest == Some(packet.timestamp) {
            if let Some(tone) = &mut self.open {
                tone.length = tone.length.max(length);
                tone.heard = now;
            }
        } else {
            return;
        }
        if packet.end {
            self.end(now, edges);
        }
    }

    /// Ends a tone of which nothing is heard any more.
    pub fn let_time_pass(&mut self, now: u64, edges: &mut VecDeque<Edge>) {
        if let Some(tone) = self.open.filter(|tone| tone.heard + self.timeout < now) {
            self.end(tone.heard + self.timeout, edges);
        }
    }

    /// The open tone sounds for as long as its event has lasted, which may be over by `now`.
    fn end(&mut self, now: u64, edges: &mut VecDeque<Edge>) {
        if let Some(tone) = self.open.take() {
            let at = now.max(tone.began + tone.length.max(self.min_tone));
            edges.push_back(Edge { at, key: None });
            self.free = at + self.min_gap;
        }
    }
}

/// Whether a timestamp comes after another one on a clock that goes round.
fn is_later(timestamp: u32, than: u32) -> bool {
    (1..0x8000_0000).contains(&timestamp.wrapping_sub(than))
}
