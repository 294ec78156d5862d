//! «Отмена» in every stage: what goes out after it, by hand from docs/adr/0001.

use super::super::view::*;
use super::{CODE, Desk, anna};
use crate::profile::Profile;

/// The PBX has not been asked for anything: the client never left.
#[test]
fn cancel_in_the_first_symbol_ends_it_and_sends_nothing() {
    let mut desk = Desk::tapped();
    desk.at(30, Event::Cancel);
    assert_eq!(desk.stage(), Stage::Idle);
    desk.expect(9000, &["0 c1 * on", "70 c1 off"]);
}

#[test]
fn cancel_between_the_symbols_of_the_start_code_sends_nothing() {
    let mut desk = Desk::tapped();
    desk.at(200, Event::Cancel);
    desk.expect(9000, &["0 c1 * on", "120 c1 off"]);
}

/// `*#` is out, the PBX waits for a number: `#` ends its wait; it is back by itself after 10–14 s at the latest.
#[test]
fn cancel_while_the_pbx_waits_for_the_number() {
    let mut desk = Desk::tapped();
    desk.at(800, Event::Cancel);
    assert_eq!(desk.stage(), Stage::Returning { by_itself: true, cancelled: true });
    assert_eq!(desk.hang_up_means(), HangUpMeaning::LosesClient);
    let back = ["1460 c1 # on", "1580 c1 off"];
    desk.expect(16_579, &[&CODE[..4], &back].concat());
    assert_eq!(desk.stage(), Stage::Returning { by_itself: true, cancelled: true });
    desk.until(16_580);
    assert_eq!(desk.stage(), Stage::Idle);
}

#[test]
fn cancel_in_the_last_symbol_of_the_start_code() {
    let mut desk = Desk::tapped();
    desk.at(300, Event::Cancel);
    desk.expect(9000, &["0 c1 * on", "120 c1 off", "240 c1 # on", "310 c1 off", "1410 c1 # on", "1530 c1 off"]);
}

/// The first `#` ends the number, whosever it is by now; the second, 1.1 s later, takes the call back.
#[test]
fn cancel_inside_the_number() {
    let mut desk = Desk::tapped();
    desk.at(1300, Event::Cancel);
    let back = ["1260 c1 2 on", "1330 c1 off", "1450 c1 # on", "1570 c1 off", "2670 c1 # on", "2790 c1 off"];
    desk.expect(9000, &[&CODE[..4], &back].concat());
    assert_eq!(desk.stage(), Stage::Returning { by_itself: true, cancelled: true });
    desk.at(9000, Event::ClientIsBack);
    assert_eq!(desk.stage(), Stage::Idle);
}

#[test]
fn cancel_between_the_number_and_its_end() {
    let mut desk = Desk::tapped();
    desk.at(1900, Event::Cancel);
    let back = ["1980 c1 # on", "2100 c1 off", "3200 c1 # on", "3320 c1 off"];
    desk.expect(9000, &[&CODE[..10], &back].concat());
}

/// The number is complete: the colleague is called, the return code takes the call back.
#[test]
fn cancel_in_the_terminator_is_a_return() {
    let mut desk = Desk::tapped();
    desk.at(2000, Event::Cancel);
    assert_eq!(desk.stage(), Stage::Returning { by_itself: false, cancelled: true });
    let back = ["1980 c1 # on", "2050 c1 off", "3150 c1 # on", "3270 c1 off"];
    desk.expect(9000, &[&CODE[..10], &back].concat());
    assert_eq!(desk.stage(), Stage::Idle);
}

#[test]
fn a_profile_without_codes_for_the_way_back_waits_for_the_pbx() {
    let text = "name = \"n\"\nsource = \"s\"\nconfidence = \"A\"\nstart = \"*\"\ncomplete = \"hangup\"\n\
                directions = [\"incoming\"]\n[timing]\ntone_ms = 120\ngap_ms = 120\npause_ms = 0\n[numbers]\ntrunk = \"8\"\ninternational = \"810\"\n";
    let mut desk = Desk::with(Profile::from_toml(text).unwrap());
    desk.at(0, Event::Start { call: "c1".into(), target: anna() });
    desk.at(400, Event::Cancel);
    assert_eq!(desk.stage(), Stage::Returning { by_itself: true, cancelled: true });
    desk.expect(9000, &["0 c1 * on", "120 c1 off", "190 c1 2 on", "310 c1 off"]);
}
