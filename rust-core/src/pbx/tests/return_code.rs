//! Rows "End of the number, return": the return code, and what the client hears of symbols.

use super::*;

#[test]
fn return_while_the_colleague_talks_takes_400_ms() {
    let mut desk = Desk::consulting();
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Colleague)));
    desk.key('#', 120, 5000);
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Nothing)));
    desk.after(1000);
    assert_eq!(desk.when("returned"), desk.end + RECOGNITION + 400);
    assert_eq!(desk.ears(), (Some(Hears::Employee), Some(Hears::Client)));
    assert_eq!(desk.pbx.snapshot().colleague, None);
}

#[test]
fn return_while_the_phone_rings_takes_400_ms() {
    let mut desk = Desk::new();
    desk.code(900, "206#").keys("#", 120, 2000).after(20_000);
    assert_eq!(desk.when("returned"), desk.end + RECOGNITION + 400);
    assert!(!desk.pbx.snapshot().colleague_rings);
}

#[test]
fn return_while_a_failure_tone_sounds_takes_400_ms() {
    for number in ["205#", "404#"] {
        let mut desk = Desk::new();
        desk.code(900, number).keys("#", 120, 4000).after(20_000);
        assert_eq!(desk.when("returned"), desk.end + RECOGNITION + 400);
    }
}

#[test]
fn a_return_code_of_two_symbols_works_and_alone_a_star_does_nothing() {
    let mut desk = Desk::returning_by_star_1(PbxConfig::default());
    desk.code(900, "204#").after(3100);
    desk.keys("#", 120, 5000).keys("*", 120, 2000).keys("1", 120, 2000);
    desk.after(2000);
    assert_eq!(desk.last(), "consult");
    desk.keys("*", 120, 3000).keys("1", 120, 120).after(1000);
    assert_eq!(desk.last(), "returned");
}

#[test]
fn return_when_already_back_is_heard_by_the_client() {
    let mut desk = Desk::measured();
    desk.code(900, "480#").keys("#", 120, 3000).after(2000);
    assert_eq!(desk.when("leaked #"), desk.end + 1100);
    assert!(desk.when("returned") < desk.end);
}

#[test]
fn after_a_return_the_transfer_works_again() {
    let mut desk = Desk::consulting();
    // Symbols in the 400 ms on the way back count for nothing.
    desk.keys("#", 120, 2000).end += 500;
    desk.code(900, "204#").after(4000);
    let round = ["feature", "music", "target 204", "consult"];
    assert_eq!(desk.words(), [&round[..], &["Colleague out", "returned"], &round[..]].concat());
}

#[test]
fn a_hash_repeated_by_the_network_cancels_the_consultation_it_has_begun_unless_star_1_returns() {
    // RFC 4733, 2.5.1.4: the end of an event is sent three times; one that comes late may be read as a new event.
    for (mut desk, cancelled) in [(Desk::new(), true), (Desk::returning_by_star_1(PbxConfig::default()), false)] {
        desk.code(900, "204#").keys("#", 40, 20).after(4000);
        let called = ["feature", "music", "target 204"];
        assert!(desk.words().starts_with(&called));
        let rest = if cancelled { &["Colleague out", "returned"][..] } else { &["consult"] };
        assert_eq!(desk.words()[called.len()..], *rest);
    }
}

#[test]
fn a_lone_star_or_hash_reaches_the_client_after_1100_ms_other_keys_at_once() {
    for key in ['*', '#', '5', '0'] {
        let mut desk = Desk::measured();
        desk.key(key, 120, 0);
        desk.after(5000);
        let after = if key.is_ascii_digit() { RECOGNITION } else { 1100 };
        assert_eq!(desk.log, [(desk.end + after, format!("leaked {key}"))]);
    }
}

#[test]
fn a_code_that_goes_wrong_is_heard_at_once_and_in_order() {
    let mut desk = Desk::new();
    desk.keys("*5", 120, 120);
    assert_eq!(desk.words(), ["leaked *", "leaked 5"]);
    // `*` has been given up at 1000 ms but is not yet out when 5 comes.
    let mut desk = Desk::new();
    desk.keys("*", 120, 0).keys("5", 20, 1000);
    assert_eq!(desk.words(), ["leaked *", "leaked 5"]);
}

#[test]
fn a_lone_hash_is_held_back_only_where_a_code_begins_with_it() {
    let mut desk = Desk::new();
    desk.key('#', 120, 0);
    assert_eq!(desk.log, [(desk.end + RECOGNITION, "leaked #".to_owned())]);
}

#[test]
fn two_hashes_are_heard_where_no_blind_transfer_is_mapped() {
    let mut desk = Desk::new();
    desk.keys("##", 120, 120).after(5000);
    assert_eq!(desk.words(), ["leaked #", "leaked #"]);
}

#[test]
fn two_hashes_1100_ms_apart_are_no_blind_transfer() {
    let mut desk = Desk::measured();
    desk.keys("#", 120, 0).keys("#", 120, 1100).after(5000);
    assert_eq!(desk.words(), ["leaked #", "leaked #"]);
}
