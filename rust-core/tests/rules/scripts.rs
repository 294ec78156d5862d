//! Random days at the desk: who calls, who taps, how late the clock is.

use proptest::collection::vec;
use proptest::prelude::*;
use starhash_core::dtmf::Key;
use starhash_core::profile::Profile;
use starhash_core::transfer::view::*;

use crate::desk::{Clock, Desk};

#[derive(Debug, Clone)]
pub struct Script {
    /// Each with its milliseconds after the one before.
    pub steps: Vec<(u64, Event)>,
    pub clock: Clock,
}

impl Script {
    /// A client is talking; then the script.
    pub fn desk(self, profile: &Profile) -> Desk {
        let mut desk = Desk::new(profile, self.clock);
        desk.at(0, Event::Call(facts("c1", CallState::Active)));
        let mut at = 0;
        for (after, event) in self.steps {
            at += after;
            desk.at(at, event);
        }
        desk
    }
}

pub fn facts(id: &str, state: CallState) -> CallFacts {
    CallFacts { id: id.into(), state, incoming: true, emergency: false }
}

pub fn start(digits: &str) -> Event {
    let target = TargetView { colleague: Some(1), name: "Анна Петрова".into(), digits: digits.into() };
    Event::Start { call: "c1".into(), target }
}

pub fn key(key: char) -> Event {
    Event::KeyDown { call: "c1".into(), key: Key::new(u8::try_from(key).unwrap()).unwrap() }
}

pub fn any_script() -> impl Strategy<Value = Script> {
    (vec((after(), event()), 1..25), any_clock()).prop_map(|(steps, clock)| Script { steps, clock })
}

/// Late wake-ups up to 4 s, mostly 20 ms; a phone that takes up to 60 ms for a tone.
fn any_clock() -> impl Strategy<Value = Clock> {
    let late = prop_oneof![12 => 0..=20_u64, 1 => 0..=1200_u64, 1 => 0..=4000_u64];
    let slow = prop_oneof![3 => 0..=5_u64, 1 => 0..=30_u64];
    (vec(late, 1..20), vec((slow.clone(), slow), 1..20)).prop_map(|(late, slow)| Clock { late, slow })
}

fn after() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..=300_u64, 3 => 0..=2500_u64, 1 => 0..=6000_u64]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => call(),
        8 => (id(), digits()).prop_map(|(call, digits)| match start(digits) {
            Event::Start { target, .. } => Event::Start { call: call.into(), target },
            other => other,
        }),
        3 => Just(Event::Cancel),
        3 => Just(Event::Return),
        3 => Just(Event::Complete),
        2 => Just(Event::RetrySlower),
        1 => Just(Event::ClientIsBack),
        1 => Just(Event::ContinueTalk),
        1 => Just(Event::Dismiss),
        4 => (id(), "[0-9*#]").prop_map(|(call, key)| {
            Event::KeyDown { call: call.into(), key: Key::new(key.as_bytes()[0]).unwrap() }
        }),
        3 => Just(Event::KeyUp),
        3 => (id(), control()).prop_map(|(call, control)| Event::Control { call: call.into(), control }),
        2 => any::<bool>().prop_map(Event::Muted),
        1 => Just(Event::PhoneRefused),
    ]
}

fn id() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just("c1"), 1 => Just("c2")]
}

fn digits() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("204"), 1 => Just("5"), 1 => Just("112"), 1 => Just("89261234567")]
}

fn control() -> impl Strategy<Value = Control> {
    use Control::{Answer, HangUp, Hold, Reject, Unhold};
    prop_oneof![Just(Answer), Just(Reject), Just(Hold), Just(Unhold), Just(HangUp)]
}

fn call() -> impl Strategy<Value = Event> {
    let by = prop_oneof![Just(EndedBy::Us), Just(EndedBy::Other), Just(EndedBy::Network)];
    let state = prop_oneof![
        8 => Just(CallState::Active),
        2 => Just(CallState::Holding),
        2 => Just(CallState::Ringing),
        1 => Just(CallState::Dialing),
        1 => Just(CallState::Disconnecting),
        2 => by.prop_map(|by| CallState::Disconnected { by }),
    ];
    let id = prop_oneof![3 => Just("c1"), 2 => Just("c2")];
    (id, state, prop::bool::weighted(0.9), prop::bool::weighted(0.05)).prop_map(|(id, state, incoming, emergency)| {
        Event::Call(CallFacts { id: id.into(), state, incoming, emergency })
    })
}
