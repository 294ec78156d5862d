//! Codes beyond `*#`, as the world and its page show them.

use super::*;
use crate::options::{Lang, ProfileFile};
use starhash_core::pbx::Doing;
use starhash_core::profile::{Complete, Profile};

#[test]
fn all_three_talk_until_the_employee_hangs_up() {
    let mut desk = Desk::new();
    desk.talk();
    desk.code();
    desk.anna(ColleagueAct::Answer).unwrap();
    desk.pass(100);
    desk.keys("*3");
    let all = json!(["client", "employee", "colleague"]);
    assert_eq!((desk.state("/pbx/why"), desk.state("/pbx/legs")), ("three_way".into(), all.clone()));
    for ear in ["/client/hears", "/employee/hears", "/colleagues/0/hears"] {
        assert_eq!(desk.state(ear), "both", "{ear}");
    }
    let joined = desk.live.world.journal.events().iter().rfind(|event| event.what == "joined").unwrap();
    assert_eq!(joined.with, json!({ "legs": all }));
    let say = |lang| words::event(lang, joined.at, &joined.what, &joined.with).unwrap();
    assert_eq!(
        (say(Lang::Ru), say(Lang::En)),
        ("АТС: теперь говорят все трое".into(), "PBX: now all three talk".into())
    );
    desk.says(0, json!({ "at": "binder", "do": "disconnect", "call": "c1" }));
    desk.pass(100);
    assert_eq!((desk.state("/pbx/why"), desk.state("/pbx/legs")), ("joined".into(), json!(["client", "colleague"])));
    let joined = desk.live.world.journal.events().iter().rfind(|event| event.what == "joined").unwrap();
    assert_eq!(joined.with, json!({ "legs": ["client", "colleague"] }));
}

#[test]
fn the_pbx_takes_the_codes_of_its_profile_and_hangs_up_where_they_say_so() {
    let profile = Profile {
        blind: Some("##".into()),
        complete: Complete::Code("*7".into()),
        ..Profile::default_profile().unwrap()
    };
    let with_profile = || {
        let mut options = Options::parse_from(["phone", "--out", ".", "--", "cat"]);
        options.profile = Some(ProfileFile { path: "profile.toml".into(), profile: profile.clone() });
        Desk::with(&options)
    };
    let mut desk = with_profile();
    desk.talk();
    desk.click(Command::ColleagueMode { number: "204".into(), mode: command::Mode::Busy }).unwrap();
    desk.keys("##204#");
    assert_eq!((desk.state("/pbx/why"), desk.state("/pbx/legs")), ("failure".into(), json!(["client"])));
    assert_eq!((desk.state("/client/hears"), desk.state("/employee/call")), ("busy".into(), "over".into()));
    let mut desk = with_profile();
    desk.talk();
    desk.code();
    desk.anna(ColleagueAct::Answer).unwrap();
    desk.pass(100);
    desk.keys("*2");
    assert_eq!(desk.state("/pbx/why"), "consult");
    desk.pass(1000);
    desk.keys("*7");
    assert_eq!((desk.state("/pbx/why"), desk.state("/employee/call")), ("joined".into(), "over".into()));
}

#[test]
fn the_page_has_words_for_everything_the_pbx_does_and_people_hear() {
    let texts = include_str!("../../page/texts.js");
    let doing = [
        Doing::Talk,
        Doing::Prompt,
        Doing::Number,
        Doing::Invalid,
        Doing::Ringing,
        Doing::Consult,
        Doing::ThreeWay,
        Doing::Failure,
        Doing::Beep,
        Doing::Returning,
        Doing::Joined,
        Doing::Over,
    ];
    let hears = [
        Hears::Nothing,
        Hears::Client,
        Hears::Employee,
        Hears::Colleague,
        Hears::Both,
        Hears::Music,
        Hears::Prompt,
        Hears::DialTone,
        Hears::Invalid,
        Hears::Ringback,
        Hears::Busy,
        Hears::Congestion,
        Hears::Beep,
    ];
    for (table, keys) in
        [("why", doing.map(|doing| json!(doing)).to_vec()), ("hears", hears.map(|hears| json!(hears)).to_vec())]
    {
        let tables: Vec<&str> = texts.split(&format!("\n  {table}: {{")).skip(1).collect();
        assert_eq!(tables.len(), 2, "one {table} a language");
        for (table, key) in tables.iter().flat_map(|table| keys.iter().map(move |key| (table, key))) {
            let (table, key) = (table.split("\n  }").next().unwrap(), key.as_str().unwrap());
            assert!(table.contains(&format!("\n    {key}: ")), "{key} has no words");
        }
    }
}

#[test]
fn the_page_translates_refusals_that_are_really_said() {
    let texts = include_str!("../../page/texts.js");
    let from = texts.find("refusals: {").unwrap();
    let refusals = &texts[from..from + texts[from..].find("},").unwrap()];
    let said = [
        include_str!("../../world.rs"),
        include_str!("../../server/page.rs"),
        include_str!("../../../../../../android/app/src/test/kotlin/app/starhash/host/Hands.kt"),
        include_str!("../../../../../../android/app/src/test/kotlin/app/starhash/host/DeskPhone.kt"),
    ];
    let sentences: Vec<_> = refusals.lines().filter_map(|line| line.trim().split('"').nth(1)).collect();
    assert_eq!(sentences.len(), 8);
    for sentence in sentences {
        assert!(said.iter().any(|source| source.contains(&format!("\"{sentence}\""))), "{sentence}");
    }
}
