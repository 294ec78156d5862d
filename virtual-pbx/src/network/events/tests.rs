//! Events from the phone's stream to the gateway's tones, packet by packet.

use super::packet::Packet;
use super::*;

const MS: u64 = 8;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A packet every 20 ms, nothing lost, nothing late.
fn still() -> Events {
    Events {
        every: ms(20),
        transit: Transit { delay: ms(50), jitter: ms(0) },
        loss: Loss::NONE,
        buffer: ms(0),
        min_tone: ms(65),
        min_gap: ms(65),
        timeout: ms(150),
    }
}

/// What the phone's stream sends, and when in ms, for keys that go down and up at these times.
fn sent(config: &Events, presses: &[(u64, u64, char)], until: u64) -> Vec<(u64, Packet)> {
    let mut sender = Sender::new(config, 1);
    for (on, off, key) in presses {
        sender.press(Press { at: on * MS, key: Some(*key) });
        sender.press(Press { at: off * MS, key: None });
    }
    let every = samples(config.every);
    let ticks = (0..).map(|n| n * every).take_while(|now| *now < until * MS);
    ticks.filter_map(|now| Some((now / MS, Packet::parse(&sender.tick(now)?).unwrap()))).collect()
}

/// Begin and end of each tone of the gateway, in ms, for keys that go down and up at these times.
fn tones(path: &mut EventPath, presses: &[(u64, u64)]) -> Vec<(u64, u64)> {
    for (on, off) in presses {
        path.press(Press { at: on * MS, key: Some('5') });
        path.press(Press { at: off * MS, key: None });
    }
    let mut edges = VecDeque::new();
    for end in (0..3000 * MS).step_by(160) {
        path.advance(end, &mut edges);
    }
    assert!(edges.iter().map(|edge| edge.at).is_sorted(), "{edges:?}");
    let edges = edges.make_contiguous();
    let (pairs, rest) = edges.as_chunks::<2>();
    assert!(rest.is_empty() && pairs.iter().all(|[on, off]| on.key.is_some() && off.key.is_none()), "{edges:?}");
    pairs.iter().map(|[on, off]| (on.at / MS, off.at / MS)).collect()
}

/// The gateway alone: what it sounds of the packets of these presses, without those that `lost` names by their number.
fn sounded(config: &Events, presses: &[(u64, u64, char)], lost: &[usize]) -> Vec<(u64, Option<char>)> {
    let mut gateway = Gateway::new(config);
    let mut edges = VecDeque::new();
    for (number, (now, packet)) in sent(config, presses, 2500).into_iter().enumerate() {
        if !lost.contains(&number) {
            gateway.receive(now * MS, &packet.encode().unwrap(), &mut edges);
        }
    }
    gateway.let_time_pass(4000 * MS, &mut edges);
    edges.into_iter().map(|edge| (edge.at / MS, edge.key)).collect()
}

#[test]
fn an_event_is_told_every_20_ms_and_its_end_three_times() {
    let packets = sent(&still(), &[(105, 201, '#')], 1000);
    let told: Vec<(u64, u16, bool, bool)> =
        packets.iter().map(|(at, packet)| (*at, packet.duration / 8, packet.marker, packet.end)).collect();
    // The key goes down between two packets: the event begins with the next one, and ends with the first one after it.
    assert_eq!(
        told,
        [
            (140, 20, true, false),
            (160, 40, false, false),
            (180, 60, false, false),
            (200, 80, false, false),
            (220, 100, false, true),
            (240, 100, false, true),
            (260, 100, false, true),
        ]
    );
    let first = packets[0].1;
    for ((_, packet), number) in packets.iter().zip(0..) {
        assert_eq!((packet.timestamp, packet.source, packet.key), (first.timestamp, first.source, '#'));
        assert_eq!(packet.sequence, first.sequence.wrapping_add(number));
    }
}

#[test]
fn the_next_event_has_its_own_timestamp_and_the_speech_between_is_counted() {
    let packets = sent(&still(), &[(100, 200, '1'), (300, 400, '2')], 1000);
    let (first, last) = (packets[0].1, packets.last().unwrap().1);
    assert_eq!(last.key, '2');
    assert_eq!(last.timestamp.wrapping_sub(first.timestamp), 200 * 8);
    assert_eq!(last.sequence.wrapping_sub(first.sequence), (440 - 120) / 20);
    assert_eq!(packets.iter().filter(|(_, packet)| packet.marker).count(), 2);
}

#[test]
fn the_phone_sends_no_event_and_no_silence_shorter_than_its_least() {
    let packets = sent(&still(), &[(100, 101, '1'), (102, 103, '2')], 1000);
    let ends: Vec<(u64, char, u16)> = packets
        .iter()
        .filter(|(_, packet)| packet.end)
        .map(|(at, packet)| (*at, packet.key, packet.duration / 8))
        .collect();
    // 65 ms are 80 in packets of 20 ms; the second event begins at 260, 80 ms after the end of the first.
    assert_eq!(ends[0], (180, '1', 80));
    assert_eq!(ends[3], (340, '2', 80));
    assert_eq!(ends.len(), 6);
}

#[test]
fn with_packets_every_50_ms_a_new_event_cuts_the_last_packets_of_the_former_off() {
    let config = Events { every: ms(50), ..still() };
    let packets = sent(&config, &[(100, 200, '1'), (280, 400, '2')], 1000);
    let told: Vec<(u64, char, bool)> = packets.iter().map(|(at, packet)| (*at, packet.key, packet.end)).collect();
    let first = [(150, '1', false), (200, '1', true), (250, '1', true)];
    let second = [(350, '2', false), (400, '2', true), (450, '2', true), (500, '2', true)];
    assert_eq!(told, [first.as_slice(), second.as_slice()].concat());
}

#[test]
fn the_gateway_sounds_an_event_as_long_as_it_was() {
    let mut path = EventPath::new(still(), 1);
    // The first packet is due 20 ms after the event began, and takes 50.
    assert_eq!(tones(&mut path, &[(100, 200), (300, 500)]), [(170, 270), (370, 570)]);
    let mut path = EventPath::new(Events { buffer: ms(40), ..still() }, 1);
    assert_eq!(tones(&mut path, &[(100, 200), (300, 500)]), [(210, 310), (410, 610)]);
}

#[test]
fn one_of_three_end_packets_is_enough() {
    let keys = [(100, 200, '5')];
    // Packets 0 to 3 tell of the event, 4 to 6 of its end.
    assert_eq!(sounded(&still(), &keys, &[]), [(120, Some('5')), (220, None)]);
    assert_eq!(sounded(&still(), &keys, &[4, 5]), [(120, Some('5')), (240, None)], "the third comes 20 ms too late");
    let buffered = Events { buffer: ms(40), ..still() };
    assert_eq!(sounded(&buffered, &keys, &[4, 5]), [(160, Some('5')), (260, None)], "and is waited for");
    assert_eq!(sounded(&still(), &keys, &[0, 1, 2, 3, 4, 5]), [(240, Some('5')), (340, None)], "it tells everything");
}

#[test]
fn without_any_end_packet_silence_or_the_next_event_ends_the_tone() {
    assert_eq!(sounded(&still(), &[(100, 200, '5')], &[4, 5, 6]), [(120, Some('5')), (180 + 150, None)]);
    let two = [(100, 200, '5'), (300, 400, '5')];
    // The same key again: without a gap the two would be one.
    let told = [(120, Some('5')), (320, None), (385, Some('5')), (485, None)];
    assert_eq!(sounded(&Events { timeout: ms(1000), ..still() }, &two, &[4, 5, 6]), told);
    assert_eq!(
        sounded(&still(), &[(100, 200, '5')], &[0, 1, 2, 3, 4, 5, 6]),
        [],
        "what nobody hears of is not sounded"
    );
}

#[test]
fn packets_of_an_event_that_is_over_are_too_late() {
    let packets = sent(&still(), &[(100, 200, '1'), (300, 400, '2')], 1000);
    let mut gateway = Gateway::new(&still());
    let mut edges = VecDeque::new();
    // All of the second event, then all of the first.
    let late = packets.iter().filter(|(_, packet)| packet.key == '1');
    let order = packets.iter().filter(|(_, packet)| packet.key == '2').chain(late);
    for ((_, packet), number) in order.zip(0..) {
        gateway.receive((1000 + number) * MS, &packet.encode().unwrap(), &mut edges);
    }
    assert_eq!(edges.iter().filter_map(|edge| edge.key).collect::<String>(), "2");
}

#[test]
fn the_clock_of_the_stream_goes_round_without_harm() {
    for seed in 0..200 {
        let mut path = EventPath::new(still(), seed);
        (path.sender.clock, path.sender.sequence) = (u32::MAX - 200 * 8, u16::MAX - 8);
        assert_eq!(tones(&mut path, &[(100, 200), (300, 400)]), [(170, 270), (370, 470)]);
    }
}

#[test]
fn within_the_buffer_jitter_changes_no_length_and_beyond_it_does() {
    let lengths = |jitter, seed| -> Vec<u64> {
        let transit = Transit { delay: ms(10), jitter: ms(jitter) };
        let mut path = EventPath::new(Events { transit, buffer: ms(40), ..still() }, seed);
        tones(&mut path, &[(100, 200), (300, 400), (500, 600)]).into_iter().map(|(on, off)| off - on).collect()
    };
    for seed in 0..200 {
        assert_eq!(lengths(40, seed), [100, 100, 100], "{seed}");
    }
    assert!((0..200).any(|seed| lengths(200, seed) != [100, 100, 100]));
}

#[test]
fn lost_packets_are_gone_and_the_rest_is_as_without_them() {
    let all = |rate| {
        let mut path = EventPath::new(Events { loss: Loss::single(rate), ..still() }, 3);
        tones(&mut path, &[(100, 200), (500, 600), (900, 1000), (1300, 1400)])
    };
    assert_eq!(all(0.0).len(), 4);
    assert_eq!(all(0.999), []);
}
