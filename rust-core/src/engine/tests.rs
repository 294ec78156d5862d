//! The engine with its real thread and clock, against a phone that writes down what it is asked.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::api::{Engine, Phone, PhoneError, Target};
use crate::error::CoreError;
use crate::transfer::view::*;

/// What the phone was asked, and when.
#[derive(Debug, PartialEq)]
enum Asked {
    On(String, char),
    Off(String),
    Control(String, Control),
    Stage(Stage),
    Failed(String),
}

struct Desk {
    asked: Mutex<Sender<(Asked, Instant)>>,
    /// What a tone does to this phone.
    tone: fn() -> Result<(), PhoneError>,
}

impl Desk {
    fn note(&self, asked: Asked) {
        // The test may have seen enough and gone.
        let _ = self.asked.lock().unwrap().send((asked, Instant::now()));
    }
}

impl Phone for Desk {
    fn tone_on(&self, call: String, key: u8) -> Result<(), PhoneError> {
        self.note(Asked::On(call, char::from(key)));
        (self.tone)()
    }
    fn tone_off(&self, call: String) -> Result<(), PhoneError> {
        self.note(Asked::Off(call));
        Ok(())
    }
    fn control(&self, call: String, control: Control) -> Result<(), PhoneError> {
        self.note(Asked::Control(call, control));
        Ok(())
    }
    fn set_muted(&self, _muted: bool) -> Result<(), PhoneError> {
        Ok(())
    }
    fn keep_awake(&self, _awake: bool) -> Result<(), PhoneError> {
        Ok(())
    }
    fn changed(&self, snapshot: Snapshot) -> Result<(), PhoneError> {
        self.note(Asked::Stage(snapshot.stage));
        Ok(())
    }
    fn failed(&self, reason: String) -> Result<(), PhoneError> {
        self.note(Asked::Failed(reason));
        Ok(())
    }
}

fn desk(tone: fn() -> Result<(), PhoneError>) -> (Arc<Engine>, Receiver<(Asked, Instant)>) {
    let (asked, heard) = channel();
    let engine = Engine::new(None, Arc::new(Desk { asked: Mutex::new(asked), tone })).unwrap();
    let facts = CallFacts { id: "c1".into(), state: CallState::Active, incoming: true, emergency: false };
    engine.call_changed(facts).unwrap();
    (engine, heard)
}

fn target(number: &str) -> Target {
    Target { colleague: None, name: String::new(), number: number.into() }
}

/// Everything asked until `last` comes; fails when it has not come in 20 s.
fn until(heard: &Receiver<(Asked, Instant)>, last: impl Fn(&Asked) -> bool) -> Vec<(Asked, Instant)> {
    let mut all = Vec::new();
    while !all.last().is_some_and(|(asked, _)| last(asked)) {
        all.push(heard.recv_timeout(Duration::from_secs(20)).unwrap());
    }
    all
}

#[test]
fn the_code_goes_to_the_phone_in_order_and_no_tone_is_too_short() {
    let (engine, heard) = desk(|| Ok(()));
    engine.start("c1".into(), target("204")).unwrap();
    let all = until(&heard, |asked| *asked == Asked::Stage(Stage::Consultation));
    let tones: Vec<_> = all.iter().filter(|(asked, _)| matches!(asked, Asked::On(..) | Asked::Off(_))).collect();
    let keys = tones.iter().filter_map(|(asked, _)| if let Asked::On(_, key) = asked { Some(*key) } else { None });
    assert_eq!(keys.collect::<String>(), "*#204#");
    for (index, pair) in tones.windows(2).enumerate() {
        let on = matches!(pair[0].0, Asked::On(..));
        assert_eq!(on, index % 2 == 0, "a tone begins after the one before has ended");
        assert!(pair[1].1 - pair[0].1 >= Duration::from_millis(70), "{index}: {:?}", pair[1].1 - pair[0].1);
    }
}

#[test]
fn the_red_button_waits_for_the_tone_to_end_and_nothing_follows() {
    let (engine, heard) = desk(|| Ok(()));
    engine.start("c1".into(), target("204")).unwrap();
    until(&heard, |asked| *asked == Asked::On("c1".into(), '*'));
    engine.control("c1".into(), Control::HangUp).unwrap();
    let rest = until(&heard, |asked| matches!(asked, Asked::Control(..)));
    let rest: Vec<_> =
        rest.into_iter().map(|(asked, _)| asked).filter(|asked| !matches!(asked, Asked::Stage(_))).collect();
    assert_eq!(rest, [Asked::Off("c1".into()), Asked::Control("c1".into(), Control::HangUp)]);
    let more = heard.recv_timeout(Duration::from_millis(600)).map(|(asked, _)| asked);
    assert!(!matches!(more, Ok(Asked::On(..))), "{more:?}");
}

#[test]
fn what_comes_just_before_a_deadline_goes_first() {
    let (events, mut inbox) = tokio::sync::mpsc::unbounded_channel();
    assert!(matches!(super::at_deadline(&mut inbox), Some(Event::Tick)));
    events.send(Event::Cancel).unwrap();
    assert!(matches!(super::at_deadline(&mut inbox), Some(Event::Cancel)));
    assert!(matches!(super::at_deadline(&mut inbox), Some(Event::Tick)));
    drop(events);
    assert!(super::at_deadline(&mut inbox).is_none(), "the app has let go");
}

#[test]
fn a_phone_that_refuses_a_tone_ends_the_code() {
    let (engine, heard) = desk(|| Err(PhoneError::Failed { reason: "no".into() }));
    engine.start("c1".into(), target("204")).unwrap();
    let broken = Stage::BrokenOff { reason: BreakReason::PhoneRefused, client: Client::Talking };
    let all = until(&heard, |asked| *asked == Asked::Stage(broken));
    assert_eq!(all.iter().filter(|(asked, _)| matches!(asked, Asked::On(..))).count(), 1);
}

#[test]
fn a_panic_stops_the_tone_tells_the_phone_and_later_calls_say_so() {
    let (engine, heard) = desk(|| panic!("on purpose"));
    engine.start("c1".into(), target("204")).unwrap();
    let all = until(&heard, |asked| matches!(asked, Asked::Failed(_)));
    let last: Vec<_> = all.into_iter().rev().take(2).map(|(asked, _)| asked).collect();
    assert_eq!(last, [Asked::Failed("on purpose".into()), Asked::Off("c1".into())]);
    let deadline = Instant::now() + Duration::from_secs(20);
    while engine.cancel().is_ok() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(matches!(engine.cancel(), Err(CoreError::Internal { .. })));
}

#[test]
fn a_number_that_cannot_be_sent_is_refused_at_once() {
    let (engine, _heard) = desk(|| Ok(()));
    assert!(matches!(engine.start("c1".into(), target("*21#")), Err(CoreError::Number { .. })));
    assert!(engine.check_number("112".into()).unwrap().ask);
    assert!(!engine.check_number("204".into()).unwrap().ask);
}

#[test]
fn a_broken_profile_is_refused() {
    let (asked, _heard) = channel();
    let phone = Arc::new(Desk { asked: Mutex::new(asked), tone: || Ok(()) });
    assert!(matches!(Engine::new(Some("start = 1".into()), phone), Err(CoreError::Profile { .. })));
}
