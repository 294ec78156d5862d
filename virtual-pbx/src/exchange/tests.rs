//! From the finger's tone to the joined call, only through audio.

use super::*;
use crate::line::LineConfig;
use crate::network::Network;
use starhash_core::pbx::{Answer, PbxConfig, Phones};
use std::collections::BTreeMap;

const START: Duration = Duration::from_millis(7_000_123);

fn ms(ms: u64) -> Duration {
    START + Duration::from_millis(ms)
}

fn exchange(line: LineConfig) -> Exchange {
    let talk = Answer::Talk { after: Duration::from_secs(3) };
    let known = BTreeMap::from([("204".to_owned(), talk), ("1234567890".to_owned(), talk)]);
    let pbx =
        Pbx::new(PbxConfig::default(), Phones { known, others: Answer::Unknown, outside: Answer::Unknown }).unwrap();
    Exchange::new(pbx, Conditions { line, ..Network::Ideal.conditions() }, 1, START)
}

/// Presses keys as a machine would; gives the end of the last tone. `pause` follows `*#`.
fn press(exchange: &mut Exchange, from: u64, keys: &str, [tone, gap, pause]: [u64; 3]) -> u64 {
    let mut t = from;
    for (place, key) in keys.chars().enumerate() {
        if place > 0 {
            t += if place == 2 { pause } else { gap };
        }
        exchange.tone_on(ms(t), key).unwrap();
        t += tone;
        exchange.tone_off(ms(t)).unwrap();
    }
    t
}

fn words(events: &[ExchangeEvent]) -> String {
    let word = |event: &ExchangeEvent| match &event.what {
        What::Sounded(_) => None,
        What::Heard(heard) => Some(heard.key.to_string()),
        What::Did(event) => Some(serde_json::to_value(event).unwrap()["do"].as_str().unwrap().to_owned()),
    };
    events.iter().filter_map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_transfer_goes_through_at_every_speed() {
    for timing in [[120, 120, 900], [150, 220, 900], [80, 80, 900], [80, 80, 80], [40, 40, 40]] {
        let mut exchange = exchange(LineConfig::USUAL);
        let end = press(&mut exchange, 500, "*#204#", timing);
        let mut events = exchange.advance_to(ms(end + 3500));
        exchange.mobile_down(ms(end + 4000)).unwrap();
        events.extend(exchange.advance_to(ms(end + 5000)));
        let told = "* # feature music 2 0 4 # target consult disconnect joined";
        assert_eq!(words(&events), told, "{timing:?}");
        assert!(events.is_sorted_by_key(|event| event.t));
        assert_eq!(exchange.snapshot().client, Some(Hears::Colleague));
    }
}

#[test]
fn tones_of_30_ms_do_nothing() {
    let mut exchange = exchange(LineConfig::USUAL);
    let end = press(&mut exchange, 500, "*#204#", [30, 30, 900]);
    assert_eq!(words(&exchange.advance_to(ms(end + 9000))), "");
}

#[test]
fn every_level_from_3_to_38_below_works() {
    for level in [-3.0, -10.0, -20.0, -30.0, -38.0] {
        let line =
            LineConfig { low_dbm0: level, high_dbm0: level, noise_dbm0: Some(level - 20.0), ..LineConfig::USUAL };
        let mut exchange = exchange(line);
        let end = press(&mut exchange, 500, "*#1234567890#", [80, 80, 900]);
        let told = words(&exchange.advance_to(ms(end + 100)));
        assert_eq!(told, "* # feature music 1 2 3 4 5 6 7 8 9 0 # target", "{level}");
    }
}

#[test]
fn star_to_hash_is_measured_on_the_line() {
    for (apart, works) in [(200, true), (950, true), (990, false)] {
        let mut exchange = exchange(LineConfig::USUAL);
        let end = press(&mut exchange, 500, "*#204#", [120, apart - 120, 900]);
        let events = exchange.advance_to(ms(end + 9000));
        let feature = events.iter().any(|event| event.what == What::Did(Event::Feature));
        let leaked = |event: &&ExchangeEvent| matches!(event.what, What::Did(Event::Leaked { .. }));
        assert_eq!(feature, works, "{apart}");
        assert_eq!(events.iter().filter(leaked).count(), if works { 0 } else { 6 }, "{apart}");
    }
}

#[test]
fn through_a_muted_line_nothing_happens() {
    let mut exchange = exchange(LineConfig { muted: true, ..LineConfig::USUAL });
    let end = press(&mut exchange, 500, "*#204#", [120, 120, 900]);
    assert_eq!(words(&exchange.advance_to(ms(end + 20_000))), "");
    assert_eq!(exchange.snapshot().client, Some(Hears::Employee));
    assert!(exchange.recording().iter().all(|x| *x == 8));
}

/// Samples of the recording in which a tone sounds, first to last.
fn tone_samples(recording: &[i16]) -> usize {
    let loud = |x: &i16| x.unsigned_abs() > 100;
    recording.iter().rposition(loud).unwrap() - recording.iter().position(loud).unwrap() + 1
}

#[test]
fn a_stop_50_ms_later_is_50_ms_more_tone() {
    // Odd microseconds, told late and in pieces.
    let length = |stop_us: u64| {
        let mut exchange = exchange(LineConfig::USUAL);
        let at = |us| START + Duration::from_micros(us);
        exchange.tone_on(at(300_017), '#').unwrap();
        exchange.advance_to(at(310_000));
        exchange.tone_off(at(stop_us)).unwrap();
        let events = exchange.advance_to(at(900_000));
        assert!(words(&events).starts_with('#'));
        tone_samples(exchange.recording())
    };
    let (short, long) = (length(420_017), length(470_017));
    assert!(short.abs_diff(120 * 8) <= 8, "{short}");
    assert!((long - short).abs_diff(50 * 8) <= 8, "{short} {long}");
}

#[test]
fn the_watermark_decides_how_far_the_line_is_played() {
    let mut whole = exchange(LineConfig::USUAL);
    let end = press(&mut whole, 500, "*#204#", [120, 120, 900]);
    let all = whole.advance_to(ms(end + 4000));
    let mut pieces = exchange(LineConfig::USUAL);
    press(&mut pieces, 500, "*#204#", [120, 120, 900]);
    let mut told = Vec::new();
    for t in (0..=end + 4000).step_by(7) {
        told.extend(pieces.advance_to(ms(t)));
        assert!(pieces.now() <= ms(t) && ms(t) < pieces.now() + Duration::from_millis(20));
    }
    told.extend(pieces.advance_to(ms(end + 4000)));
    assert_eq!(told, all);
    assert_eq!(pieces.recording(), whole.recording());
}

#[test]
fn the_past_and_unknown_keys_are_refused_in_words() {
    let mut exchange = exchange(LineConfig::USUAL);
    exchange.advance_to(ms(100));
    let late = exchange.tone_on(ms(99), '1').unwrap_err().to_string();
    assert!(late.starts_with("7000.222s is past: the line has been played up to 7000.223s"));
    assert!(matches!(exchange.mobile_down(ms(99)), Err(ExchangeError::Late { .. })));
    let key = exchange.tone_on(ms(100), '+').unwrap_err().to_string();
    assert_eq!(key, "tone on: there is no key '+'; use 0-9 * #");
}

#[test]
fn a_call_dropped_in_mid_tone_ends_the_recording_there() {
    let mut exchange = exchange(LineConfig::USUAL);
    press(&mut exchange, 500, "*#2", [120, 120, 900]);
    exchange.mobile_down(ms(800)).unwrap();
    let told = words(&exchange.advance_to(ms(5000)));
    assert_eq!(told, "* disconnect disconnect");
    assert_eq!(exchange.recording().len(), 800 * 8);
}

#[test]
fn the_pbx_knows_of_a_hang_up_when_the_network_has_told_it() {
    let delay = Network::TwoG.conditions().carriage.delay();
    let mut exchange = exchange(LineConfig::USUAL);
    exchange.line = Line::new(Network::TwoG.conditions(), 1);
    exchange.mobile_down(ms(800)).unwrap();
    let events = exchange.advance_to(ms(5000));
    assert_eq!((words(&events), events[0].t), ("disconnect disconnect".to_owned(), ms(800) + delay));
    assert!(!delay.is_zero());
}

#[test]
fn on_2g_the_line_is_behind_so_a_hang_up_right_after_the_code_loses_the_client() {
    let told_of = |hang_up_after: u64| {
        let mut exchange = exchange(LineConfig::USUAL);
        exchange.line = Line::new(Network::TwoG.conditions(), 1);
        let end = press(&mut exchange, 500, "*#1234567890#", [120, 120, 900]);
        exchange.mobile_down(ms(end + hang_up_after)).unwrap();
        words(&exchange.advance_to(ms(end + 9000)))
    };
    assert!(told_of(100).ends_with("disconnect lost disconnect"), "{}", told_of(100));
    assert!(told_of(4000).ends_with("# target disconnect joined"), "{}", told_of(4000));
}

#[test]
fn client_and_employee_hear_what_the_pbx_plays() {
    let mut exchange = exchange(LineConfig::USUAL);
    let end = press(&mut exchange, 500, "*#204#", [120, 120, 1500]);
    exchange.advance_to(ms(end + 2000));
    let loud = |audio: &[i16], from: u64, to: u64| {
        let piece = &audio[usize::try_from(from * 8).unwrap()..usize::try_from(to * 8).unwrap()];
        piece.iter().any(|x| x.unsigned_abs() > 100)
    };
    let (client, employee) = (exchange.client_audio(), exchange.employee_audio());
    assert_eq!(client.len(), exchange.recording().len());
    assert!(!loud(client, 0, 850) && loud(client, 950, 1500), "music after *#");
    assert!(!loud(employee, 0, 850) && loud(employee, 950, 1750), "prompt after *#");
    assert!(loud(employee, 1900, 2300), "dial tone after the prompt");
    assert!(!loud(employee, 2600, end), "silence while digits come");
    assert!(loud(employee, end + 100, end + 900), "ringback");
    assert!(!loud(employee, end + 1100, end + 2000), "between two rings");
}

#[test]
fn the_recording_is_a_plain_wav() {
    let mut exchange = exchange(LineConfig::USUAL);
    exchange.tone_on(ms(10), '5').unwrap();
    exchange.advance_to(ms(200));
    let file = std::env::temp_dir().join(format!("starhash-tones-{}.wav", std::process::id()));
    exchange.write_recording(&file).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let mut wav = hound::WavReader::open(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(bytes.len(), 44 + 2 * exchange.recording().len());
    assert_eq!((wav.spec().channels, wav.spec().sample_rate), (1, 8000));
    let read: Vec<i16> = wav.samples().map(Result::unwrap).collect();
    assert_eq!(read, exchange.recording());
    let error = exchange.write_recording(Path::new("/no/such/folder/x.wav")).unwrap_err();
    assert!(error.to_string().starts_with("recording /no/such/folder/x.wav: "));
}

#[test]
fn events_serialise_in_the_vocabulary_of_the_desk() {
    let heard = What::Heard(Heard { key: '#', ms: 120 });
    let line = serde_json::to_string(&heard).unwrap();
    assert_eq!(line, r##"{"do":"decoded","key":"#","ms":120}"##);
    let line = serde_json::to_string(&What::Did(Event::Music)).unwrap();
    assert_eq!(line, r#"{"do":"music"}"#);
}

#[test]
fn a_client_who_holds_fills_the_line_with_music_and_the_code_gets_through_its_echo() {
    let loudest = |holds: bool| {
        let echo = crate::line::Echo { loss_db: 20.0, delay: Duration::from_millis(200) };
        let mut exchange = exchange(LineConfig { echo: Some(echo), ..LineConfig::USUAL });
        exchange.client_holds(holds);
        let end = press(&mut exchange, 2000, "*#204#", [120, 120, 900]);
        let told = words(&exchange.advance_to(ms(end + 200)));
        assert!(told.ends_with("target"), "{told}");
        let before_the_code = &exchange.recording()[4000..15_000];
        assert_eq!(exchange.employee_audio()[..15_000].iter().any(|x| x.unsigned_abs() > 1000), holds);
        before_the_code.iter().map(|x| x.unsigned_abs()).max().unwrap()
    };
    assert!(loudest(true) > 4 * loudest(false), "{} {}", loudest(true), loudest(false));
}
