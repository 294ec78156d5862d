//! The user's own PBX, second by second. Every expected list was worked out by hand from the user's document
//! (`*#` number `#`, talk, hang up; `#` returns), 120 ms tones and gaps, 900 ms after `*#`, and asterisk-measured.md.

use std::time::Duration;

use super::Machine;
use super::view::*;
use crate::dtmf::Key;
use crate::profile::Profile;

mod cancel;

/// A machine under a virtual clock that wakes exactly on time.
struct Desk {
    machine: Machine,
    now: u64,
    log: Vec<String>,
    shown: Option<Snapshot>,
}

fn facts(id: &str, state: CallState) -> CallFacts {
    CallFacts { id: id.into(), state, incoming: true, emergency: false }
}

fn anna() -> TargetView {
    TargetView { colleague: Some(1), name: "Анна Петрова".into(), digits: "204".into() }
}

impl Desk {
    /// A client's call is answered; «Анна Петрова» is tapped at 0 ms.
    fn tapped() -> Self {
        let mut desk = Self::talking();
        desk.at(0, Event::Start { call: "c1".into(), target: anna() });
        desk
    }

    fn talking() -> Self {
        Self::with(Profile::default_profile().unwrap())
    }

    fn with(profile: Profile) -> Self {
        let mut desk = Self { machine: Machine::new(profile), now: 0, log: Vec::new(), shown: None };
        desk.at(0, Event::Call(facts("c1", CallState::Ringing)));
        desk.at(0, Event::Call(facts("c1", CallState::Active)));
        desk
    }

    fn at(&mut self, ms: u64, event: Event) {
        self.until(ms);
        self.handle(event);
    }

    fn until(&mut self, ms: u64) {
        while let Some(deadline) = self.machine.deadline().filter(|deadline| *deadline <= Duration::from_millis(ms)) {
            self.now = u64::try_from(deadline.as_millis()).unwrap().max(self.now);
            self.handle(Event::Tick);
        }
        self.now = ms;
    }

    fn handle(&mut self, event: Event) {
        for command in self.machine.handle(event, Duration::from_millis(self.now)) {
            let line = match command {
                Command::ToneOn { call, key } => format!("{call} {key} on"),
                Command::ToneOff { call } => format!("{call} off"),
                Command::Control { call, control } => format!("{call} {control:?}"),
                Command::SetMuted(muted) => format!("muted {muted}"),
                Command::Changed(snapshot) => {
                    self.shown = Some(snapshot);
                    continue;
                }
                Command::KeepAwake(_) => continue,
            };
            self.log.push(format!("{} {line}", self.now));
        }
    }

    #[track_caller]
    fn expect(&mut self, until: u64, lines: &[&str]) {
        self.until(until);
        assert_eq!(self.log, lines, "at {until} ms");
    }

    fn stage(&self) -> Stage {
        self.shown.as_ref().map_or(Stage::Idle, |shown| shown.stage)
    }

    fn symbols(&self) -> String {
        let sign = |symbol: &SymbolView| match symbol.state {
            SymbolState::ToCome => format!("{}?", symbol.key),
            SymbolState::Now => format!("{}!", symbol.key),
            SymbolState::Sent => symbol.key.clone(),
            SymbolState::NotSent => format!("{}x", symbol.key),
        };
        self.shown.iter().flat_map(|shown| &shown.symbols).map(sign).collect()
    }

    fn hang_up_means(&self) -> HangUpMeaning {
        self.shown.as_ref().map_or(HangUpMeaning::EndsTalk, |shown| shown.hang_up)
    }

    fn hang_up(&mut self, ms: u64) {
        self.at(ms, Event::Control { call: "c1".into(), control: Control::HangUp });
        self.until(ms + 100);
        self.gone(ms + 100, EndedBy::Us);
    }

    fn gone(&mut self, ms: u64, by: EndedBy) {
        self.at(ms, Event::Call(facts("c1", CallState::Disconnected { by })));
    }
}

/// The whole code, as it lies on the line: 2.1 s.
const CODE: [&str; 12] = [
    "0 c1 * on",
    "120 c1 off",
    "240 c1 # on",
    "360 c1 off",
    "1260 c1 2 on",
    "1380 c1 off",
    "1500 c1 0 on",
    "1620 c1 off",
    "1740 c1 4 on",
    "1860 c1 off",
    "1980 c1 # on",
    "2100 c1 off",
];

fn code_and(more: &[&'static str]) -> Vec<&'static str> {
    CODE.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn attended_transfer_and_connect() {
    let mut desk = Desk::tapped();
    desk.expect(5000, &CODE);
    assert_eq!(desk.stage(), Stage::Consultation);
    assert_eq!(desk.hang_up_means(), HangUpMeaning::ConnectsIfNotBusy);
    desk.at(5000, Event::Complete);
    desk.expect(5000, &code_and(&["5000 c1 HangUp"]));
    desk.gone(5080, EndedBy::Us);
    assert_eq!(desk.stage(), Stage::AfterHangUp { asked: true });
    desk.at(6000, Event::Dismiss);
    assert_eq!(desk.stage(), Stage::Idle);
}

#[test]
fn symbols_light_up_as_they_are_sent() {
    let mut desk = Desk::tapped();
    assert_eq!((desk.stage(), desk.symbols().as_str()), (Stage::Sending { slower: false }, "*!#?2?0?4?#?"));
    assert_eq!(desk.hang_up_means(), HangUpMeaning::LosesClient);
    desk.until(1550);
    assert_eq!(desk.symbols(), "*#20!4?#?");
    desk.until(1700);
    assert_eq!(desk.symbols(), "*#204?#?");
}

#[test]
fn return_from_the_consultation() {
    let mut desk = Desk::tapped();
    desk.at(5000, Event::Return);
    assert_eq!(desk.stage(), Stage::Returning { by_itself: false, cancelled: false });
    desk.expect(6000, &code_and(&["5000 c1 # on", "5120 c1 off"]));
    desk.until(6120);
    assert_eq!((desk.stage(), desk.hang_up_means()), (Stage::Idle, HangUpMeaning::EndsTalk));
}

/// `#` + `#` would be a blind transfer on many PBXs: 1.1 s apart, they cannot be read together.
#[test]
fn return_at_once_waits_so_that_two_signs_are_not_one_code() {
    let mut desk = Desk::tapped();
    desk.at(2200, Event::Return);
    desk.expect(9000, &code_and(&["3200 c1 # on", "3320 c1 off"]));
}

/// After a failure tone the PBX brings the client back by itself (asterisk-measured.md): only the employee hears that.
#[test]
fn a_client_heard_in_the_consultation_ends_the_transfer_without_a_tone() {
    let mut desk = Desk::tapped();
    desk.at(15_000, Event::ClientIsBack);
    assert_eq!(desk.stage(), Stage::Idle);
    desk.expect(20_000, &CODE);
}

#[test]
fn return_then_another_colleague() {
    let mut desk = Desk::tapped();
    desk.at(5000, Event::Return);
    desk.until(7000);
    desk.log.clear();
    let igor = TargetView { colleague: Some(2), name: "Игорь Лапин".into(), digits: "7".into() };
    desk.at(7000, Event::Start { call: "c1".into(), target: igor });
    let again = ["7000 c1 * on", "7120 c1 off", "7240 c1 # on", "7360 c1 off", "8260 c1 7 on", "8380 c1 off"];
    desk.expect(8500, &[&again[..], &["8500 c1 # on"]].concat());
}

#[test]
fn still_hears_the_client_sends_again_slower() {
    let mut desk = Desk::tapped();
    desk.at(8000, Event::RetrySlower);
    assert_eq!(desk.stage(), Stage::Sending { slower: true });
    let slower = [
        "8000 c1 * on",
        "8150 c1 off",
        "8370 c1 # on",
        "8520 c1 off",
        "10020 c1 2 on",
        "10170 c1 off",
        "10390 c1 0 on",
        "10540 c1 off",
        "10760 c1 4 on",
        "10910 c1 off",
        "11130 c1 # on",
        "11280 c1 off",
    ];
    desk.expect(20_000, &code_and(&slower));
    assert_eq!(desk.stage(), Stage::Consultation);
}

#[test]
fn the_call_drops_while_the_code_is_sent() {
    let mut desk = Desk::tapped();
    desk.gone(1550, EndedBy::Network);
    let client = Client::Lost;
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::CallDropped, client });
    assert_eq!(desk.symbols(), "*#20x4x#x");
    desk.expect(9000, &[&CODE[..6], &["1500 c1 0 on", "1550 c1 off"]].concat());
}

#[test]
fn the_client_hangs_up_while_the_code_is_sent() {
    let mut desk = Desk::tapped();
    desk.gone(1550, EndedBy::Other);
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::EndedThere, client: Client::Lost });
    desk.expect(9000, &[&CODE[..6], &["1500 c1 0 on", "1550 c1 off"]].concat());
}

#[test]
fn the_call_drops_in_the_consultation() {
    let mut desk = Desk::tapped();
    desk.gone(5000, EndedBy::Network);
    assert_eq!(desk.stage(), Stage::AfterHangUp { asked: false });
}

#[test]
fn the_red_button_while_sending_loses_the_client_and_says_so() {
    let mut desk = Desk::tapped();
    desk.hang_up(1510);
    desk.expect(9000, &[&CODE[..6], &["1500 c1 0 on", "1570 c1 off", "1570 c1 HangUp"]].concat());
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::HungUp, client: Client::Lost });
}

#[test]
fn hold_by_telecom_ends_the_tone_at_once() {
    let mut desk = Desk::tapped();
    desk.at(1510, Event::Call(facts("c1", CallState::Holding)));
    desk.expect(9000, &[&CODE[..6], &["1500 c1 0 on", "1510 c1 off"]].concat());
    let stage = Stage::BrokenOff { reason: BreakReason::HeldByNetwork, client: Client::OnHold };
    assert_eq!(desk.stage(), stage);
    desk.at(9000, Event::Return);
    assert_eq!((desk.stage(), desk.shown.as_ref().unwrap().refused), (stage, Some(crate::error::Refusal::NotActive)));
    desk.at(9500, Event::Call(facts("c1", CallState::Active)));
    desk.log.clear();
    desk.at(10_000, Event::Return);
    desk.expect(20_000, &["10000 c1 # on", "10120 c1 off", "11220 c1 # on", "11340 c1 off"]);
}

#[test]
fn a_waiting_call_ends_the_code_before_it_is_answered() {
    let mut desk = Desk::tapped();
    desk.at(1510, Event::Call(facts("c2", CallState::Ringing)));
    desk.at(1520, Event::Control { call: "c2".into(), control: Control::Answer });
    desk.expect(9000, &[&CODE[..6], &["1500 c1 0 on", "1570 c1 off", "1570 c2 Answer"]].concat());
    assert_eq!(desk.symbols(), "*#204x#x");
    let client = Client::OnHold;
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::OtherCall, client });
}

#[test]
fn a_key_by_hand_ends_the_code_first() {
    let mut desk = Desk::tapped();
    desk.at(1510, Event::KeyDown { call: "c1".into(), key: Key::new(b'5').unwrap() });
    desk.at(1900, Event::KeyUp);
    let by_hand = ["1500 c1 0 on", "1570 c1 off", "1640 c1 5 on", "1900 c1 off"];
    desk.expect(9000, &[&CODE[..6], &by_hand].concat());
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::KeyByHand, client: Client::OnHold });
}

/// The PBX takes the 5 for the number: `#` would call it, so a second `#` has to take that back.
#[test]
fn a_digit_typed_into_the_waiting_pbx_changes_the_way_back() {
    let mut desk = Desk::tapped();
    desk.at(700, Event::KeyDown { call: "c1".into(), key: Key::new(b'5').unwrap() });
    desk.at(700, Event::KeyUp);
    desk.at(2000, Event::Return);
    let back = ["700 c1 5 on", "820 c1 off", "2000 c1 # on", "2120 c1 off", "3220 c1 # on", "3340 c1 off"];
    desk.expect(9000, &[&CODE[..4], &back].concat());
}

#[test]
fn quick_keys_by_hand_are_whole_tones_one_after_another() {
    let mut desk = Desk::talking();
    for (ms, key) in [(0, b'1'), (20, b'2')] {
        desk.at(ms, Event::KeyDown { call: "c1".into(), key: Key::new(key).unwrap() });
        desk.at(ms, Event::KeyUp);
    }
    desk.expect(9000, &["0 c1 1 on", "120 c1 off", "190 c1 2 on", "310 c1 off"]);
}

#[test]
fn a_key_that_is_never_let_go_ends_by_itself() {
    let mut desk = Desk::talking();
    desk.at(0, Event::KeyDown { call: "c1".into(), key: Key::new(b'1').unwrap() });
    desk.expect(9000, &["0 c1 1 on", "5000 c1 off"]);
}

#[test]
fn the_return_code_typed_in_the_consultation_is_the_way_back() {
    let mut desk = Desk::tapped();
    desk.at(5000, Event::KeyDown { call: "c1".into(), key: Key::new(b'#').unwrap() });
    desk.at(5200, Event::KeyUp);
    assert_eq!(desk.stage(), Stage::Returning { by_itself: false, cancelled: false });
    desk.until(6200);
    assert_eq!(desk.stage(), Stage::Idle);
}

#[test]
fn a_muted_employee_speaks_in_the_consultation_and_is_muted_again_after() {
    let mut desk = Desk::talking();
    desk.at(0, Event::Muted(true));
    desk.at(0, Event::Start { call: "c1".into(), target: anna() });
    desk.expect(4000, &code_and(&["2100 muted false"]));
    desk.at(4000, Event::Muted(false));
    desk.at(5000, Event::Return);
    let back = ["2100 muted false", "5000 c1 # on", "5120 c1 off", "6120 muted true"];
    desk.expect(9000, &code_and(&back));
}

#[test]
fn a_late_clock_is_made_good_in_the_gaps() {
    let mut desk = Desk::tapped();
    desk.until(1380);
    desk.now = 1540;
    desk.handle(Event::Tick);
    let late = ["1540 c1 0 on", "1660 c1 off", "1740 c1 4 on", "1860 c1 off", "1980 c1 # on", "2100 c1 off"];
    desk.expect(9000, &[&CODE[..6], &late].concat());
}

#[test]
fn a_limit_of_the_pbx_missed_ends_the_code() {
    let mut desk = Desk::tapped();
    desk.until(1380);
    desk.now = 3881;
    desk.handle(Event::Tick);
    desk.expect(9000, &CODE[..6]);
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::TooLate, client: Client::OnHold });
}

#[test]
fn a_start_code_too_slow_for_the_pbx_is_not_followed_by_the_number() {
    let mut desk = Desk::tapped();
    desk.until(240);
    desk.now = 1021;
    desk.handle(Event::Tick);
    desk.expect(9000, &["0 c1 * on", "120 c1 off", "240 c1 # on", "1021 c1 off"]);
    assert_eq!(desk.stage(), Stage::BrokenOff { reason: BreakReason::TooLate, client: Client::OnHold });
}

#[test]
fn refusals_name_their_rule() {
    use crate::error::Refusal;
    let start = |desk: &mut Desk, call: &str| {
        desk.at(10, Event::Start { call: call.into(), target: anna() });
        desk.shown.as_ref().unwrap().refused
    };
    let mut desk = Desk::talking();
    assert_eq!(start(&mut desk, "c9"), Some(Refusal::NoSuchCall));
    desk.at(10, Event::Call(CallFacts { incoming: false, ..facts("c2", CallState::Ringing) }));
    assert_eq!(start(&mut desk, "c2"), Some(Refusal::NotIncoming));
    desk.at(10, Event::Call(facts("c2", CallState::Ringing)));
    assert_eq!(start(&mut desk, "c2"), Some(Refusal::NotActive));
    desk.at(10, Event::Call(CallFacts { emergency: true, ..facts("c2", CallState::Ringing) }));
    assert_eq!(start(&mut desk, "c1"), Some(Refusal::Emergency));
    desk.at(10, Event::Call(facts("c2", CallState::Disconnected { by: EndedBy::Other })));
    assert_eq!(start(&mut desk, "c1"), None);
    assert_eq!(start(&mut desk, "c1"), Some(Refusal::Busy));
}
