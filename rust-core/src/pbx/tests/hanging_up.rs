//! Rows "Hanging up".

use super::*;

#[test]
fn employee_hangs_up_while_the_colleague_talks_joined() {
    let mut desk = Desk::consulting();
    desk.give(Input::EmployeeHangsUp, 9000);
    assert_eq!(desk.log[4..], [(9000, "Employee out".to_owned()), (9000, "joined".to_owned())]);
    let legs = desk.pbx.snapshot();
    assert_eq!((legs.client, legs.employee), (Some(Hears::Colleague), None));
    assert_eq!(legs.colleague, Some(Hears::Client));
}

#[test]
fn employee_hangs_up_while_it_rings_joined_when_answered() {
    let mut desk = Desk::new();
    desk.code(900, "204#");
    let rang = desk.when("target 204");
    desk.give(Input::EmployeeHangsUp, rang + 1000);
    assert_eq!(desk.ears(), (Some(Hears::Ringback), None));
    desk.until(rang + 10_000);
    assert_eq!(desk.words()[3..], ["Employee out", "joined"]);
    assert_eq!(desk.when("joined"), rang + 3000);
}

#[test]
fn employee_hangs_up_while_it_rings_and_nobody_answers_lost_at_15_s() {
    let mut desk = Desk::new();
    desk.code(900, "206#");
    let rang = desk.when("target 206");
    desk.give(Input::EmployeeHangsUp, rang + 1000);
    desk.until(rang + 30_000);
    assert_eq!(desk.words()[3..], ["Employee out", "lost", "Client out", "Colleague out"]);
    assert_eq!(desk.when("lost"), rang + 15_000);
    assert_eq!(desk.pbx.next_deadline(), None);
}

#[test]
fn employee_hangs_up_while_it_rings_and_the_colleague_refuses_lost() {
    for input in [Input::ColleagueHangsUp, Input::ColleagueFails(Failure::Busy)] {
        let mut desk = Desk::new();
        desk.code(900, "206#").give(Input::EmployeeHangsUp, 5000);
        desk.give(input, 6000);
        assert_eq!(desk.words()[3..], ["Employee out", "lost", "Client out", "Colleague out"]);
    }
}

#[test]
fn employee_hangs_up_during_the_failure_tone_lost() {
    for number in ["205#", "404#"] {
        let mut desk = Desk::new();
        desk.code(900, number).give(Input::EmployeeHangsUp, 9000);
        assert_eq!(desk.words()[4..], ["Employee out", "lost", "Client out"]);
        assert_eq!(desk.ears(), (None, None));
    }
}

#[test]
fn employee_hangs_up_before_the_number_lost() {
    // In the prompt, in the dial tone, with half a number, in the repeated prompt.
    for (rest, later) in [("", 200), ("", 2000), ("20", 200), ("#", 200)] {
        let mut desk = Desk::new();
        desk.keys("*#", 120, 120).keys(rest, 120, 120);
        desk.give(Input::EmployeeHangsUp, desk.end + later);
        assert_eq!(desk.words()[2..], ["Employee out", "lost", "Client out"], "{rest} {later}");
    }
}

#[test]
fn colleague_hangs_up_first_back_with_the_client() {
    let mut desk = Desk::consulting();
    desk.give(Input::ColleagueHangsUp, 9000);
    desk.until(12_000);
    assert_eq!(desk.words()[4..], ["Colleague out", "returned"]);
    assert_eq!(desk.ears(), (Some(Hears::Employee), Some(Hears::Client)));
}

#[test]
fn client_hangs_up_on_hold_employee_and_colleague_stay_connected() {
    let mut desk = Desk::consulting();
    desk.give(Input::ClientHangsUp, 9000);
    desk.until(60_000);
    assert_eq!(desk.ears(), (None, Some(Hears::Colleague)));
    assert_eq!(desk.pbx.snapshot().colleague, Some(Hears::Employee));
    desk.give(Input::EmployeeHangsUp, 61_000);
    assert_eq!(desk.words()[4..], ["Client out", "Employee out", "Colleague out"]);
}

#[test]
fn client_hangs_up_while_it_rings_the_call_to_the_colleague_goes_on() {
    let mut desk = Desk::new();
    desk.code(900, "204#").give(Input::ClientHangsUp, 4000);
    desk.until(10_000);
    assert_eq!(desk.words()[3..], ["Client out", "consult"]);
    // There is nobody to come back to.
    desk.keys("#", 120, 9000).until(20_000);
    assert_eq!(desk.words()[5..], ["Colleague out", "Employee out"]);
}

#[test]
fn hanging_up_in_the_talk_ends_the_call_and_nothing_happens_any_more() {
    for input in [Input::ClientHangsUp, Input::EmployeeHangsUp] {
        let mut desk = Desk::new();
        desk.keys("*", 120, 0).give(input, 1500);
        desk.keys("#204#", 120, 120).until(60_000);
        let mut words = desk.words();
        words.sort_unstable();
        assert_eq!(words, ["Client out", "Employee out"]);
    }
}

#[test]
fn a_symbol_on_its_way_does_not_reach_a_client_who_is_gone() {
    let mut desk = Desk::new();
    desk.keys("*", 120, 0).after(1050);
    desk.give(Input::ClientHangsUp, desk.end + 1060);
    desk.after(5000);
    assert_eq!(desk.words(), ["Client out", "Employee out"]);
}
