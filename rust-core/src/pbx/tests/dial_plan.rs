//! Rows "End of the number, return" for an open dial plan.

use super::*;

#[test]
fn a_terminator_dials_within_5_ms_of_being_known() {
    let mut desk = Desk::new();
    desk.code(900, "204#");
    assert!(desk.when("target 204") - (desk.end + RECOGNITION) <= 5);
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Ringback)));
}

#[test]
fn without_a_terminator_the_number_is_dialled_after_3_s() {
    for terminator in [Some('#'), None] {
        let mut desk = Desk::with(PbxConfig { terminator, ..PbxConfig::default() });
        desk.code(900, "204").after(2999);
        assert_eq!(desk.last(), "music");
        desk.after(5000);
        assert_eq!(desk.when("target 204"), desk.end + 3000);
    }
}

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
    let config = PbxConfig { return_code: Some("*1".to_owned()), ..PbxConfig::default() };
    let mut desk = Desk::with(config);
    desk.code(900, "204#").after(3100);
    desk.keys("#", 120, 5000).keys("*", 120, 2000).keys("1", 120, 2000);
    desk.after(2000);
    assert_eq!(desk.last(), "consult");
    desk.keys("*", 120, 3000).keys("1", 120, 120).after(1000);
    assert_eq!(desk.last(), "returned");
}

#[test]
fn return_when_already_back_is_heard_by_the_client() {
    let mut desk = Desk::new();
    desk.code(900, "480#").keys("#", 120, 3000).after(2000);
    assert_eq!(desk.when("leaked #"), desk.end + 1100);
    assert!(desk.when("returned") < desk.end);
}

/// What the three rows of this kind have in common.
fn comes_back_by_itself(desk: &mut Desk, from: u64) {
    desk.until(from + 30_000);
    let after = desk.when("returned") - from;
    assert!((10_000..=14_000).contains(&after), "after {after} ms");
    assert_eq!(desk.words(), ["feature", "music", "returned"]);
}

#[test]
fn no_number_brings_the_prompt_three_times_and_then_the_client_back() {
    let mut desk = Desk::new();
    desk.code(900, "#");
    let from = desk.end + RECOGNITION;
    for round in [from, from + 4350] {
        assert_eq!(desk.until(round + 100).ears(), (Some(Hears::Music), Some(Hears::Invalid)));
        assert_eq!(desk.until(round + 1400).ears().1, Some(Hears::DialTone));
        assert_eq!(desk.until(round + 4300).ears().1, Some(Hears::DialTone));
    }
    comes_back_by_itself(&mut desk, from);
}

#[test]
fn no_number_is_no_number_even_if_every_number_is_known() {
    let phones = Phones { known: BTreeMap::new(), others: Answer::Never, outside: Answer::Never };
    let mut desk = Desk::new();
    desk.pbx = Pbx::new(PbxConfig::default(), phones).unwrap();
    desk.code(900, "#");
    assert_eq!(desk.ears().1, Some(Hears::Invalid));
}

#[test]
fn nothing_after_the_start_code_brings_the_client_back() {
    let mut desk = Desk::new();
    desk.keys("*#", 120, 120);
    let from = desk.end + RECOGNITION;
    comes_back_by_itself(&mut desk, from);
}

#[test]
fn an_unknown_number_is_not_called_and_the_client_comes_back() {
    let mut desk = Desk::new();
    desk.code(900, "999#");
    let from = desk.end + RECOGNITION;
    comes_back_by_itself(&mut desk, from);
}

#[test]
fn digits_during_the_repeated_prompt_are_lost_and_count_after_it() {
    let mut desk = Desk::new();
    desk.code(900, "#").keys("204#", 80, 80);
    assert_eq!(desk.ears().1, Some(Hears::Invalid));
    desk.keys("204#", 80, 1400);
    assert_eq!(desk.words(), ["feature", "music", "target 204"]);
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
fn a_lone_star_or_hash_reaches_the_client_after_1100_ms_other_keys_at_once() {
    for key in ['*', '#', '5', '0'] {
        let mut desk = Desk::new();
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
