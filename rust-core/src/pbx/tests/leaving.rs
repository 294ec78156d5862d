//! Rows "`*2` completes without hanging up, `*3` joins all three", and what a hang-up means then.

use super::*;

#[test]
fn star_2_joins_client_and_colleague_and_the_employee_is_out() {
    let mut desk = Desk::consulting();
    desk.keys("*2", 120, 120);
    let at = desk.end + RECOGNITION;
    assert_eq!(desk.log[4..], [(at, "Employee out".to_owned()), (at, "joined".to_owned())]);
    assert_eq!(desk.all_ears(), [Some(Hears::Colleague), None, Some(Hears::Client)]);
}

#[test]
fn star_2_means_what_hanging_up_means() {
    // While it rings, to somebody who answers and to nobody; during the failure tone; with the client gone.
    for number in ["204#", "206#", "205#", "404#"] {
        let (mut by_code, mut by_hand) = (Desk::new(), Desk::new());
        by_code.code(900, number).keys("*2", 120, 500).after(30_000);
        by_hand.code(900, number).give(Input::EmployeeHangsUp, by_code.end + RECOGNITION);
        by_hand.until(by_code.end + 30_000);
        assert_eq!(by_code.log, by_hand.log, "{number}");
    }
    let mut desk = Desk::consulting();
    desk.give(Input::ClientHangsUp, 6000);
    desk.end = 7000;
    desk.keys("*2", 120, 120);
    assert_eq!(desk.words()[4..], ["Client out", "Employee out", "Colleague out"]);
}

#[test]
fn star_2_too_slow_and_star_2_in_the_talk_complete_nothing() {
    let mut desk = Desk::consulting();
    desk.keys("*", 120, 0).keys("2", 120, 1000).after(3000);
    assert_eq!(desk.last(), "consult");
    let mut desk = Desk::new();
    desk.keys("*2", 120, 120).after(3000);
    assert_eq!(desk.words(), ["leaked *", "leaked 2"]);
}

#[test]
fn a_pbx_without_these_codes_does_nothing_at_them() {
    let mut desk = Desk::with(PbxConfig { complete: None, three_way: None, ..PbxConfig::default() });
    desk.code(900, "204#").end += 4000;
    desk.keys("*2", 120, 120).keys("*3", 120, 120).after(3000);
    assert_eq!(desk.last(), "consult");
    assert_eq!(desk.ears(), (Some(Hears::Music), Some(Hears::Colleague)));
}

#[test]
fn of_two_equal_codes_the_return_is_meant() {
    let mut desk = Desk::with(PbxConfig { complete: Some("#".to_owned()), ..PbxConfig::default() });
    desk.code(900, "204#").keys("#", 120, 4000).after(1000);
    assert_eq!(desk.last(), "returned");
}

/// `*#204#`, an answer, `*3`.
fn three_way() -> Desk {
    let mut desk = Desk::consulting();
    desk.keys("*3", 120, 120);
    assert_eq!(desk.log[4..], [(desk.end + RECOGNITION, "all joined".to_owned())]);
    desk
}

#[test]
fn star_3_lets_all_three_hear_each_other_for_as_long_as_they_like() {
    let mut desk = three_way();
    desk.after(3_600_000);
    assert_eq!(desk.last(), "all joined");
    assert_eq!(desk.all_ears(), [Some(Hears::Both); 3]);
    assert_eq!((desk.pbx.doing(), desk.pbx.next_deadline()), (Doing::ThreeWay, None));
}

#[test]
fn the_employee_leaves_the_three_way_talk_and_the_others_stay() {
    let mut desk = three_way();
    desk.give(Input::EmployeeHangsUp, 20_000);
    assert_eq!(desk.words()[5..], ["Employee out", "joined"]);
    assert_eq!(desk.all_ears(), [Some(Hears::Colleague), None, Some(Hears::Client)]);
}

#[test]
fn the_colleague_leaves_the_three_way_talk_and_it_is_the_talk_again() {
    let mut desk = three_way();
    desk.give(Input::ColleagueHangsUp, 20_000);
    assert_eq!(desk.words()[5..], ["Colleague out", "returned"]);
    assert_eq!(desk.when("returned"), 20_000);
    assert_eq!(desk.all_ears(), [Some(Hears::Employee), Some(Hears::Client), None]);
    desk.end = 21_000;
    desk.code(900, "204#").after(4000);
    assert_eq!(desk.words()[7..], ["feature", "music", "target 204", "consult"]);
}

#[test]
fn the_client_leaves_the_three_way_talk_and_the_others_stay() {
    let mut desk = three_way();
    desk.give(Input::ClientHangsUp, 20_000);
    assert_eq!(desk.words()[5..], ["Client out"]);
    assert_eq!(desk.all_ears(), [None, Some(Hears::Colleague), Some(Hears::Employee)]);
    // The client cannot be joined once more.
    desk.end = 21_000;
    desk.keys("*3", 120, 120).give(Input::ColleagueHangsUp, 30_000);
    desk.until(40_000);
    assert_eq!(desk.words()[6..], ["Colleague out", "Employee out"]);
}

#[test]
fn in_a_three_way_talk_every_symbol_is_heard() {
    let mut desk = three_way();
    desk.keys("*2#", 120, 120).after(3000);
    assert_eq!(desk.words()[5..], ["leaked *", "leaked 2", "leaked #"]);
}

#[test]
fn star_3_without_somebody_to_join_does_nothing() {
    for number in ["206#", "205#"] {
        let mut desk = Desk::new();
        desk.code(900, number);
        let (before, words) = (desk.ears(), desk.words().len());
        desk.keys("*3", 120, 120).after(2000);
        assert_eq!((desk.ears(), desk.words().len()), (before, words), "{number}");
    }
}
