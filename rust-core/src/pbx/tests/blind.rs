//! Rows "Blind", and `##` in the talk.

use super::*;

#[test]
fn a_blind_transfer_leaves_the_client_with_whoever_answers() {
    for number in ["204", "89161234567"] {
        let mut desk = Desk::measured();
        desk.blind(&format!("{number}#"));
        let target = format!("target {number}");
        let rang = desk.when(&target);
        assert_eq!(rang, desk.end + RECOGNITION);
        assert_eq!(desk.all_ears(), [Some(Hears::Ringback), None, None]);
        assert!(desk.pbx.snapshot().colleague_rings);
        desk.until(rang + 30_000);
        assert_eq!(desk.words(), ["feature", "music", &target, "Employee out", "joined"]);
        assert_eq!((desk.when("Employee out"), desk.when("joined")), (rang, rang + 3000));
        assert_eq!(desk.all_ears(), [Some(Hears::Colleague), None, Some(Hears::Client)]);
    }
}

#[test]
fn to_a_busy_number_the_client_hears_busy_and_the_employee_is_gone() {
    for (number, tone) in [("205", Hears::Busy), ("404", Hears::Congestion)] {
        let mut desk = Desk::measured();
        desk.blind(&format!("{number}#"));
        let from = desk.end + RECOGNITION;
        for after in [0, 9900] {
            assert_eq!(desk.until(from + after).all_ears(), [Some(tone), None, None]);
        }
        // Nobody can take the client back any more.
        desk.give(Input::EmployeeHangsUp, from + 9950);
        desk.until(from + 30_000);
        assert_eq!(desk.words()[3..], ["Employee out", "Colleague out", "lost", "Client out"]);
        assert_eq!(desk.when("lost"), from + 10_000);
    }
}

#[test]
fn a_client_who_has_heard_enough_of_the_busy_tone_is_not_lost_by_the_pbx() {
    let mut desk = Desk::measured();
    desk.blind("205#").give(Input::ClientHangsUp, 8000);
    desk.until(30_000);
    assert_eq!(desk.words()[3..], ["Employee out", "Colleague out", "Client out"]);
}

#[test]
fn a_blind_transfer_to_nobody_loses_the_client() {
    for (number, after) in [("480", 0), ("206", 15_000)] {
        let mut desk = Desk::measured();
        desk.blind(&format!("{number}#")).after(30_000);
        assert_eq!(desk.words()[3..], ["Employee out", "lost", "Client out", "Colleague out"], "{number}");
        assert_eq!(desk.when("lost"), desk.end + RECOGNITION + after);
    }
}

#[test]
fn prompt_terminator_and_limits_are_those_of_the_attended_transfer() {
    let mut desk = Desk::measured();
    desk.keys("##", 120, 120);
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Prompt)));
    desk.after(RECOGNITION + 900);
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::DialTone)));
    // No terminator: dialled after 3 s.
    desk.keys("204", 120, 1000).after(2999);
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Nothing)));
    desk.after(3000);
    assert_eq!(desk.when("target 204"), desk.end + 3000);
    // Second hash too late: not a code, and the client hears it all.
    let mut desk = Desk::measured();
    desk.keys("#", 120, 0).keys("#", 120, 990).keys("2", 120, 900).after(2000);
    assert_eq!(desk.words(), ["leaked #", "leaked #", "leaked 2"]);
}

#[test]
fn no_number_and_an_unknown_number_bring_the_client_back_by_itself() {
    for rest in ["", "#", "999#"] {
        let mut desk = Desk::measured();
        desk.keys("##", 120, 120);
        let from = desk.keys(rest, 120, 120).end + RECOGNITION;
        desk.until(from + 30_000);
        assert_eq!(desk.words(), ["feature", "music", "returned"]);
        assert!((10_000..=14_000).contains(&(desk.when("returned") - from)), "{rest}");
        assert_eq!(desk.ears(), (Some(Hears::Employee), Some(Hears::Client)));
    }
}

#[test]
fn after_a_blind_number_that_came_to_nothing_an_attended_transfer_is_one() {
    let mut desk = Desk::measured();
    desk.blind("999#").after(15_000);
    desk.end += 16_000;
    desk.code(900, "204#").after(4000);
    assert_eq!(desk.words()[3..], ["feature", "music", "target 204", "consult"]);
}

#[test]
fn hanging_up_before_the_number_is_complete_loses_the_client() {
    let mut desk = Desk::measured();
    desk.blind("20").give(Input::EmployeeHangsUp, 4000);
    assert_eq!(desk.words()[2..], ["Employee out", "lost", "Client out"]);
}

#[test]
fn a_client_who_hangs_up_before_the_number_is_complete_cannot_be_passed_on() {
    let mut desk = Desk::measured();
    desk.blind("20").give(Input::ClientHangsUp, 4000);
    desk.keys("4#", 120, 2500).after(5000);
    assert_eq!(desk.words()[2..], ["Client out", "Employee out"]);
}

#[test]
fn a_blind_number_may_be_of_a_fixed_length() {
    let dial_plan = vec!["2XX".to_owned()];
    let mut desk = Desk::with(PbxConfig { dial_plan, blind: Some("##".to_owned()), ..PbxConfig::default() });
    desk.blind("204");
    assert_eq!(desk.words()[2..], ["target 204", "Employee out"]);
}
