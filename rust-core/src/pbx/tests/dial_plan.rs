//! Rows "End of the number, return": where the number ends, open and fixed-length dial plans.

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

/// The operator, extensions of three digits from 2 on, outside numbers of eleven from 8 on.
fn fixed() -> PbxConfig {
    PbxConfig { dial_plan: ["0", "2XX", "8XXXXXXXXXX"].map(str::to_owned).to_vec(), ..PbxConfig::default() }
}

#[test]
fn a_fixed_length_plan_dials_at_the_last_digit() {
    for number in ["204", "89161234567"] {
        for terminator in [Some('#'), None] {
            let mut desk = Desk::with(PbxConfig { terminator, ..fixed() });
            let (all_but_one, last) = number.split_at(number.len() - 1);
            desk.code(900, all_but_one).after(1000);
            assert_eq!(desk.last(), "music");
            desk.keys(last, 120, 1500);
            assert_eq!(desk.when(&format!("target {number}")), desk.end + RECOGNITION);
        }
    }
}

#[test]
fn a_fixed_length_plan_still_takes_a_short_number_after_3_s_or_the_terminator() {
    let mut desk = Desk::with(fixed());
    desk.code(900, "20").after(2999);
    assert_eq!(desk.ears().1, Some(Hears::Nothing));
    assert_eq!(desk.after(3000).ears().1, Some(Hears::Invalid));
    assert_eq!(Desk::with(fixed()).code(900, "20#").ears().1, Some(Hears::Invalid));
}

#[test]
fn a_digit_no_number_can_begin_with_is_an_unknown_number_at_once_whoever_would_answer() {
    let phones = Phones { known: BTreeMap::new(), others: Answer::Never, outside: Answer::Never };
    for rest in ["9", "*", "2*"] {
        let mut desk = Desk::new();
        desk.pbx = Pbx::new(fixed(), phones.clone()).unwrap();
        desk.code(900, rest);
        assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Invalid)), "{rest}");
    }
}

#[test]
fn on_a_fixed_length_plan_a_terminator_is_swallowed_if_star_1_returns() {
    let mut desk = Desk::returning_by_star_1(fixed());
    desk.code(900, "204#").after(4000);
    assert_eq!(desk.words(), ["feature", "music", "target 204", "consult"]);
}

#[test]
fn on_a_fixed_length_plan_a_terminator_cancels_the_call_it_has_just_started_if_hash_returns() {
    let mut desk = Desk::with(fixed());
    desk.code(900, "204").after(100);
    assert!(desk.pbx.snapshot().colleague_rings, "for a moment");
    desk.keys("#", 120, 120).after(4000);
    assert_eq!(desk.words(), ["feature", "music", "target 204", "Colleague out", "returned"]);
    assert_eq!(desk.when("Colleague out"), desk.end + RECOGNITION);
    assert_eq!(desk.when("returned"), desk.end + RECOGNITION + 400);
}
