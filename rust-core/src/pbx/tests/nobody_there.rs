//! Rows "Nobody there, nothing pressed".

use super::*;

/// `*#N#` to somebody who is not there: what the employee hears, when the client is back.
fn nobody_there(number: &str, probes: &[(u64, Hears)], back: u64) {
    let mut desk = Desk::new();
    desk.code(900, number);
    let from = desk.end + RECOGNITION;
    for &(after, hears) in probes {
        desk.until(from + after);
        assert_eq!(desk.ears(), (Some(Hears::Music), Some(hears)), "{number} after {after}");
    }
    desk.until(from + 30_000);
    assert_eq!(desk.last(), "returned");
    assert_eq!(desk.when("returned") - from, back, "{number}");
}

#[test]
fn busy_is_10_s_of_busy_tone_a_beep_and_back() {
    nobody_there("205#", &[(100, Hears::Busy), (9_900, Hears::Busy), (10_100, Hears::Beep)], 10_250);
}

#[test]
fn congestion_is_10_s_of_tone_and_back() {
    nobody_there("404#", &[(100, Hears::Congestion), (9_900, Hears::Congestion)], 10_000);
}

#[test]
fn unavailable_is_a_beep_and_back_at_once() {
    nobody_there("480#", &[(100, Hears::Beep)], 250);
}

#[test]
fn ringing_for_ever_ends_after_15_s_with_a_beep() {
    let probes = [(100, Hears::Ringback), (14_900, Hears::Ringback), (15_100, Hears::Beep)];
    nobody_there("206#", &probes, 15_250);
}

#[test]
fn a_call_refused_from_outside_is_treated_alike() {
    let rows = [
        (Input::ColleagueFails(Failure::Busy), Hears::Busy),
        (Input::ColleagueFails(Failure::Unavailable), Hears::Beep),
        (Input::ColleagueHangsUp, Hears::Congestion),
    ];
    for (input, hears) in rows {
        let mut desk = Desk::new();
        desk.code(900, "206#").give(input, 8000);
        assert_eq!(desk.ears(), (Some(Hears::Music), Some(hears)));
        desk.until(30_000);
        assert_eq!(desk.last(), "returned");
    }
}
