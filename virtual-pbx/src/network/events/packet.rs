//! One telephone event in an RTP packet, byte by byte.

/// Bytes of the RTP header (RFC 3550, 5.1) and of one event (RFC 4733, 2.3).
pub const LENGTH: usize = 16;
/// A dynamic payload type; 101 is the one nearly everybody offers for events.
const PAYLOAD_TYPE: u8 = 101;
/// RTP version 2, no padding, no extension, no contributing sources.
const VERSION: u8 = 0x80;
/// The event codes of the keys, in their order (RFC 4733, table 3).
const CODES: &[u8; 16] = b"0123456789*#ABCD";
/// How loud the sender says the tone is, in dBm0 below 0. Gateways have a level of their own.
const VOLUME: u8 = 10;

/// What a packet says of an event. Times are samples at 8 kHz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    /// The first packet of its event.
    pub marker: bool,
    /// Counts the packets of the stream.
    pub sequence: u16,
    /// When the event began; the same in all its packets, and so its name.
    pub timestamp: u32,
    /// The sender of the stream.
    pub source: u32,
    /// Which key: `0`–`9`, `*`, `#`, `A`–`D`.
    pub key: char,
    /// The event is over, and this is its whole length.
    pub end: bool,
    /// How long the event has lasted.
    pub duration: u16,
}

impl Packet {
    /// Its bytes. `None`: there is no such key.
    #[must_use]
    pub fn encode(&self) -> Option<[u8; LENGTH]> {
        let code = (0u8..).zip(CODES).find(|(_, key)| char::from(**key) == self.key)?.0;
        let [s1, s2] = self.sequence.to_be_bytes();
        let [t1, t2, t3, t4] = self.timestamp.to_be_bytes();
        let [c1, c2, c3, c4] = self.source.to_be_bytes();
        let [d1, d2] = self.duration.to_be_bytes();
        let payload_type = u8::from(self.marker) << 7 | PAYLOAD_TYPE;
        let end_and_volume = u8::from(self.end) << 7 | VOLUME;
        Some([VERSION, payload_type, s1, s2, t1, t2, t3, t4, c1, c2, c3, c4, code, end_and_volume, d1, d2])
    }

    /// Reads it back. `None`: no event of this stream's payload type, or none of a key.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let &[version, payload_type, s1, s2, t1, t2, t3, t4, c1, c2, c3, c4, code, flags, d1, d2] = bytes else {
            return None;
        };
        if version != VERSION || payload_type & 0x7F != PAYLOAD_TYPE {
            return None;
        }
        Some(Self {
            marker: payload_type & 0x80 != 0,
            sequence: u16::from_be_bytes([s1, s2]),
            timestamp: u32::from_be_bytes([t1, t2, t3, t4]),
            source: u32::from_be_bytes([c1, c2, c3, c4]),
            key: char::from(*CODES.get(usize::from(code))?),
            end: flags & 0x80 != 0,
            duration: u16::from_be_bytes([d1, d2]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtmf::KEYS;

    #[test]
    fn the_bytes_are_those_of_the_rfc() {
        let begin = Packet {
            marker: true,
            sequence: 0x1234,
            timestamp: 0x89AB_CDEF,
            source: 0x0102_0304,
            key: '#',
            end: false,
            duration: 160,
        };
        // RFC 3550, 5.1: V=2 P X CC | M PT | sequence | timestamp | SSRC. RFC 4733, 2.3: event | E R volume | duration.
        let bytes = [0x80, 0xE5, 0x12, 0x34, 0x89, 0xAB, 0xCD, 0xEF, 1, 2, 3, 4, 11, 0x0A, 0x00, 0xA0];
        assert_eq!(begin.encode(), Some(bytes));
        let end = Packet { marker: false, sequence: 0x1239, end: true, duration: 960, key: '*', ..begin };
        let bytes = [0x80, 0x65, 0x12, 0x39, 0x89, 0xAB, 0xCD, 0xEF, 1, 2, 3, 4, 10, 0x8A, 0x03, 0xC0];
        assert_eq!(end.encode(), Some(bytes));
        assert_eq!(Packet::parse(&bytes), Some(end));
    }

    #[test]
    fn every_key_comes_back_and_what_is_no_event_does_not() {
        let packet = Packet { marker: false, sequence: 1, timestamp: 2, source: 3, key: '0', end: false, duration: 4 };
        for key in KEYS.into_iter().flatten() {
            let packet = Packet { key, ..packet };
            assert_eq!(Packet::parse(&packet.encode().unwrap()), Some(packet));
        }
        assert_eq!(Packet { key: '+', ..packet }.encode(), None);
        let bytes = packet.encode().unwrap();
        let with = |place: usize, byte| {
            let mut bytes = bytes;
            bytes[place] = byte;
            Packet::parse(&bytes)
        };
        assert_eq!(with(0, 0x40), None, "another version");
        assert_eq!(with(1, 8), None, "A-law speech");
        assert_eq!(with(12, 16), None, "a hook flash");
        assert_eq!(Packet::parse(&bytes[..15]), None);
    }
}
