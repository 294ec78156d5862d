//! The world of the page, with a phone that does as this script says.

use super::command::{CallAct, ClientAct, ColleagueAct, NetworkAct};
use super::*;
use clap::Parser;
use std::path::Path;
use tokio::sync::mpsc::unbounded_channel;

mod codes;

/// A phone that swallows what it is told; its lines come from the test.
struct Desk {
    live: Live,
    t_us: u64,
}

impl Desk {
    fn new() -> Self {
        Self::with(&Options::parse_from(["phone", "--out", ".", "--", "cat"]))
    }

    fn with(options: &Options) -> Self {
        let phone = Phone::start(&options.phone, Path::new("/dev/null"), |_| true).unwrap();
        let live = Live::new(options, phone, Arc::default(), Duration::ZERO).unwrap();
        Self { live, t_us: 0 }
    }

    /// The phone says this, `ms` after what it said before.
    fn says(&mut self, ms: u64, mut line: Value) {
        self.t_us += ms * 1000;
        line["t_us"] = self.t_us.into();
        self.live.world.take(serde_json::from_value(line).unwrap()).unwrap();
        self.live.publish().unwrap();
    }

    fn pass(&mut self, ms: u64) {
        for _ in 0..ms / 20 {
            self.says(20, json!({ "clock": true }));
        }
    }

    fn click(&mut self, command: Command) -> Result<(), String> {
        self.live.obey(command, &unbounded_channel().0)
    }

    fn client(&mut self, act: ClientAct) -> Result<(), String> {
        self.click(Command::Client { act })
    }

    fn anna(&mut self, act: ColleagueAct) -> Result<(), String> {
        self.click(Command::Colleague { number: "204".into(), act })
    }

    /// The client calls and the employee answers.
    fn talk(&mut self) {
        self.client(ClientAct::Call).unwrap();
        let call = self.live.world.client.id();
        self.says(500, json!({ "at": "binder", "do": "answer", "call": call }));
        self.pass(200);
    }

    /// The app sends the user's code for Anna.
    fn code(&mut self) {
        self.keys("*#204#");
    }

    /// The app sends these; a start code comes first.
    fn keys(&mut self, keys: &str) {
        let call = self.live.world.client.id();
        for (place, key) in keys.chars().enumerate() {
            let pause = if place == 2 { 900 } else { 120 };
            self.says(pause, json!({ "at": "binder", "do": "tone_on", "call": call, "key": key }));
            self.says(120, json!({ "at": "binder", "do": "tone_off", "call": call }));
        }
        self.pass(100);
    }

    /// A value of the state, by its path.
    fn state(&self, path: &str) -> Value {
        state::of(&self.live).pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
    }
}

#[test]
fn a_transfer_is_played_by_clicks_and_tones_alone() {
    let mut desk = Desk::new();
    assert_eq!(desk.state("/client/state"), "idle");
    desk.client(ClientAct::Call).unwrap();
    assert_eq!((desk.state("/client/state"), desk.state("/client/hears")), ("ringing".into(), "ringback".into()));
    assert_eq!(desk.state("/employee/call"), "ringing");
    desk.says(500, json!({ "at": "binder", "do": "answer", "call": "c1" }));
    desk.pass(200);
    assert_eq!((desk.state("/pbx/why"), desk.state("/pbx/legs")), ("talk".into(), json!(["client", "employee"])));
    assert!(desk.anna(ColleagueAct::Answer).is_err(), "nobody rings yet");
    desk.code();
    assert_eq!((desk.state("/pbx/why"), desk.state("/colleagues/0/state")), ("ringing".into(), "ringing".into()));
    assert_eq!((desk.state("/client/hears"), desk.state("/employee/hears")), ("music".into(), "ringback".into()));
    desk.pass(2000);
    assert_eq!(desk.state("/pbx/why"), "ringing", "nobody answers unless somebody clicks");
    desk.anna(ColleagueAct::Answer).unwrap();
    desk.pass(100);
    assert_eq!((desk.state("/pbx/why"), desk.state("/colleagues/0/hears")), ("consult".into(), "employee".into()));
    desk.says(0, json!({ "at": "binder", "do": "disconnect", "call": "c1" }));
    desk.pass(100);
    assert_eq!((desk.state("/pbx/why"), desk.state("/pbx/legs")), ("joined".into(), json!(["client", "colleague"])));
    assert_eq!((desk.state("/employee/call"), desk.state("/client/hears")), ("over".into(), "colleague".into()));
    assert!(desk.client(ClientAct::Call).is_err(), "the client still talks");
    desk.anna(ColleagueAct::HangUp).unwrap();
    desk.pass(100);
    assert_eq!((desk.state("/pbx/why"), desk.state("/client/state")), ("over".into(), "over".into()));
    desk.talk();
    assert_eq!((desk.state("/pbx/why"), desk.live.world.client.id()), ("talk".into(), "c2".to_owned()));
}

#[test]
fn a_phone_does_what_its_mode_says_when_it_is_called_next() {
    for (mode, why) in [(command::Mode::Busy, "failure"), (command::Mode::Away, "beep")] {
        let mut desk = Desk::new();
        desk.talk();
        desk.click(Command::ColleagueMode { number: "204".into(), mode }).unwrap();
        desk.code();
        assert_eq!(desk.state("/pbx/why"), why);
        assert_eq!(desk.state("/colleagues/0/mode"), json!(mode));
    }
    assert!(Desk::new().click(Command::ColleagueMode { number: "999".into(), mode: command::Mode::Busy }).is_err());
}

#[test]
fn the_network_holds_and_drops_the_call() {
    let mut desk = Desk::new();
    assert!(desk.click(Command::Network { act: NetworkAct::Hold }).is_err(), "nothing to hold");
    desk.talk();
    desk.click(Command::Network { act: NetworkAct::Hold }).unwrap();
    assert_eq!((desk.state("/employee/call"), desk.state("/held_by_network")), ("holding".into(), true.into()));
    desk.code();
    assert_eq!(desk.state("/pbx/why"), "talk", "a held call carries no tones");
    desk.click(Command::Network { act: NetworkAct::Unhold }).unwrap();
    assert_eq!((desk.state("/employee/call"), desk.state("/held_by_network")), ("active".into(), false.into()));
    desk.click(Command::Network { act: NetworkAct::Drop }).unwrap();
    desk.pass(100);
    assert_eq!((desk.state("/employee/call"), desk.state("/pbx/why")), ("over".into(), "over".into()));
}

#[test]
fn a_tone_ends_with_the_hold_that_comes_into_it() {
    let mut desk = Desk::new();
    desk.talk();
    desk.says(0, json!({ "at": "binder", "do": "tone_on", "call": "c1", "key": "5" }));
    desk.pass(60);
    desk.click(Command::Network { act: NetworkAct::Hold }).unwrap();
    desk.says(20, json!({ "at": "binder", "do": "tone_off", "call": "c1" }));
    desk.pass(500);
    desk.click(Command::Network { act: NetworkAct::Unhold }).unwrap();
    desk.pass(500);
    let events = desk.live.world.journal.events().iter();
    let heard: Vec<_> = events.filter(|event| event.what == "decoded").map(|event| event.with["ms"].as_u64()).collect();
    assert!(matches!(heard[..], [Some(40..100)]), "{heard:?}");
}

#[test]
fn nobody_hears_the_other_while_the_mobile_holds_the_call() {
    let mut desk = Desk::new();
    desk.talk();
    desk.says(0, json!({ "at": "binder", "do": "hold", "call": "c1" }));
    assert_eq!(desk.state("/employee/call"), "holding");
    assert_eq!((desk.state("/employee/hears"), desk.state("/client/hears")), ("nothing".into(), "nothing".into()));
    assert_eq!(desk.state("/held_by_network"), false);
    desk.says(0, json!({ "at": "binder", "do": "unhold", "call": "c1" }));
    assert_eq!((desk.state("/employee/hears"), desk.state("/client/hears")), ("client".into(), "employee".into()));
}

#[test]
fn somebody_outside_the_company_is_shown_while_they_are_in_the_call() {
    let mut desk = Desk::new();
    let known = desk.live.words.colleagues.len();
    desk.talk();
    desk.keys("*#89453012210#");
    assert_eq!(desk.state(&format!("/colleagues/{known}/name")), "89453012210");
    assert_eq!(desk.state(&format!("/colleagues/{known}/state")), "ringing");
    desk.pass(4000);
    assert_eq!(desk.state(&format!("/colleagues/{known}/hears")), "employee");
    desk.click(Command::Colleague { number: "89453012210".into(), act: ColleagueAct::HangUp }).unwrap();
    desk.pass(1000);
    assert_eq!((desk.state("/pbx/why"), desk.state("/colleagues").as_array().unwrap().len()), ("talk".into(), known));
}

#[test]
fn a_second_caller_who_is_answered_puts_the_client_on_hold() {
    let mut desk = Desk::new();
    desk.talk();
    desk.click(Command::Other { act: CallAct::Call }).unwrap();
    assert_eq!(desk.state("/other/state"), "ringing");
    desk.says(100, json!({ "at": "binder", "do": "answer", "call": "o1" }));
    assert_eq!((desk.state("/other/state"), desk.state("/employee/call")), ("talking".into(), "holding".into()));
    desk.says(100, json!({ "at": "binder", "do": "unhold", "call": "c1" }));
    assert_eq!((desk.state("/other/state"), desk.state("/employee/call")), ("held".into(), "active".into()));
    desk.click(Command::Other { act: CallAct::HangUp }).unwrap();
    assert_eq!(desk.state("/other/state"), "idle");
    assert!(desk.click(Command::Other { act: CallAct::HangUp }).is_err());
}

#[test]
fn a_client_may_hang_up_before_and_after_the_answer() {
    let mut desk = Desk::new();
    assert!(desk.client(ClientAct::HangUp).is_err());
    desk.client(ClientAct::Call).unwrap();
    desk.client(ClientAct::HangUp).unwrap();
    assert_eq!((desk.state("/client/state"), desk.state("/employee/call")), ("over".into(), "over".into()));
    desk.talk();
    desk.client(ClientAct::HangUp).unwrap();
    desk.pass(100);
    assert_eq!((desk.state("/client/state"), desk.state("/employee/call")), ("over".into(), "over".into()));
}

#[test]
fn every_ear_is_heard_in_frames_of_20_ms() {
    let mut desk = Desk::new();
    let mut told = desk.live.pages.feed().told;
    desk.client(ClientAct::Call).unwrap();
    desk.pass(1000);
    desk.says(0, json!({ "at": "binder", "do": "answer", "call": "c1" }));
    desk.pass(500);
    desk.code();
    let mut frames: HashMap<u8, (usize, u16)> = HashMap::new();
    while let Ok(news) = told.try_recv() {
        let crate::server::Told::Sound(ear, message) = news else { continue };
        assert_eq!((message.len(), message[0], message[1]), (322, 2, ear as u8));
        let loudest =
            message[2..].chunks(2).map(|two| i16::from_le_bytes([two[0], two[1]]).unsigned_abs()).max().unwrap();
        let (count, most) = frames.entry(ear as u8).or_default();
        (*count, *most) = (*count + 1, loudest.max(*most));
    }
    // 1 s of ringback, then music; the employee hears the prompt and ringback, the line carries the tones.
    assert!(frames[&0].0 > frames[&1].0 && frames[&0].1 > 1000, "{frames:?}");
    assert!(frames[&1].1 > 1000 && frames[&3].1 > 1000, "{frames:?}");
    assert_eq!(frames[&2].1, 0, "Anna has not answered");
}

#[test]
fn what_sounds_on_the_line_is_told_to_the_page_beside_what_was_sent_and_decoded() {
    let mut desk = Desk::new();
    desk.click(Command::Line { network: "2g".to_owned() }).unwrap();
    desk.talk();
    desk.code();
    desk.pass(3000);
    let mut tones = Vec::new();
    for text in desk.live.pages.feed().past {
        let event: Value = serde_json::from_str(&text).unwrap();
        if event["at"] == "line" {
            assert_eq!((&event["do"], &event["say"]), (&json!("tone_off"), &Value::Null));
            assert!(event["ms"].as_u64().unwrap() >= 65, "{event}");
            tones.push(event["key"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(tones.concat(), "*#204#");
    assert!(desk.live.world.journal.events().iter().all(|event| event.at != "line"), "not in events.jsonl");
}

#[test]
fn the_line_chosen_is_that_of_the_next_call() {
    let mut desk = Desk::new();
    assert_eq!(desk.state("/networks"), json!(["ideal", "volte", "2g", "lossy", "satellite"]));
    assert_eq!(desk.state("/network"), "ideal");
    let line = |network: &str| Command::Line { network: network.to_owned() };
    let refused = desk.click(line("5g")).unwrap_err();
    assert_eq!(refused, r#"there is no network "5g"; there are ideal, volte, 2g, lossy, satellite"#);
    desk.talk();
    desk.click(line("2g")).unwrap();
    assert_eq!(desk.state("/network"), "2g");
    desk.code();
    assert_eq!(desk.state("/pbx/why"), "ringing", "this call was begun on the ideal line, which is behind by nothing");
    desk.client(ClientAct::HangUp).unwrap();
    desk.says(100, json!({ "at": "binder", "do": "disconnect", "call": "c1" }));
    desk.pass(200);
    desk.talk();
    desk.code();
    assert_ne!(
        desk.state("/pbx/why"),
        "ringing",
        "every tone takes two round trips, so half of the code is still to come"
    );
    desk.pass(2000);
    assert_eq!(desk.state("/pbx/why"), "ringing");
}

#[test]
fn a_client_who_holds_leaves_music_on_the_line_until_the_pbx_takes_them_away() {
    let mut desk = Desk::new();
    assert!(desk.client(ClientAct::Hold).is_err(), "nobody has called");
    desk.client(ClientAct::Call).unwrap();
    assert!(desk.client(ClientAct::Hold).is_err(), "nobody has answered");
    desk.client(ClientAct::HangUp).unwrap();
    desk.talk();
    desk.client(ClientAct::Hold).unwrap();
    assert_eq!(desk.state("/client/holds"), true);
    assert_eq!((desk.state("/employee/hears"), desk.state("/client/hears")), (json!("music"), json!("nothing")));
    desk.code();
    assert_eq!((desk.state("/employee/hears"), desk.state("/client/hears")), (json!("ringback"), json!("music")));
    desk.client(ClientAct::Unhold).unwrap();
    desk.anna(ColleagueAct::Reject).unwrap();
    desk.pass(3000);
    assert_eq!(desk.state("/client/holds"), false);
    desk.client(ClientAct::HangUp).unwrap();
    desk.pass(100);
    assert!(desk.client(ClientAct::Unhold).is_err(), "the client is gone");
}
