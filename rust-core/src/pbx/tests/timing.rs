//! Rows "Timing".

use super::*;

/// `*` and `#` of 120 and `hash` ms, `apart` ms from start to start, then the number.
fn star_to_hash(apart: u64, hash: u64) -> Desk {
    let mut desk = Desk::new();
    desk.keys("*", 120, 0).keys("#", hash, apart - 120);
    desk.keys("2", 120, 900).keys("04#", 120, 120).after(1200);
    desk
}

#[test]
fn every_tone_and_gap_down_to_40_works() {
    let rows = [(120, 120), (80, 80), (65, 65), (50, 50), (40, 40), (100, 50), (60, 40)];
    for (tone, gap) in rows {
        let mut desk = Desk::new();
        assert!(works(desk.keys("*#204#", tone, gap)), "{tone}/{gap}");
    }
}

#[test]
fn tones_of_30_work_where_they_arrive_as_rfc_4733_events() {
    // As audio they are not heard: virtual-pbx, decoder/tests.rs.
    assert!(works(Desk::new().keys("*#204#", 30, 30)));
}

#[test]
fn an_eleven_digit_number_works() {
    let mut desk = Desk::new();
    desk.code(900, "89161234567#").after(4000);
    assert_eq!(desk.words(), ["feature", "music", "target 89161234567", "consult"]);
}

#[test]
fn star_to_hash_of_200_to_950_works() {
    for apart in [200, 400, 600, 800, 900, 950] {
        assert!(works(&star_to_hash(apart, 120)), "{apart}");
    }
}

#[test]
fn star_to_hash_too_slow_lets_the_client_hear_the_whole_code() {
    for (apart, hash) in [(990, 120), (1200, 120), (950, 300)] {
        let desk = star_to_hash(apart, hash);
        let heard = ["leaked *", "leaked #", "leaked 2", "leaked 0", "leaked 4", "leaked #"];
        assert_eq!(desk.words(), heard, "{apart}, # of {hash}");
    }
}

#[test]
fn a_first_star_of_600_to_2000_works() {
    for held in [600, 1000, 2000] {
        let mut desk = Desk::new();
        desk.keys("*", held, 0).keys("#204#", 120, 120);
        assert!(works(&desk), "{held}");
    }
}

#[test]
fn a_pause_of_0_to_3500_works_and_3800_fails() {
    for pause in [0, 900, 2500, 3500] {
        assert!(works(Desk::new().code(pause, "204#")), "{pause}");
    }
    let mut desk = Desk::new();
    desk.code(3800, "204#").until(20_000);
    assert_eq!(desk.words(), ["feature", "music", "returned"]);
}

#[test]
fn without_a_prompt_a_pause_of_2900_fails() {
    let silent = || Desk::with(PbxConfig { prompt: ms(0), ..PbxConfig::default() });
    assert!(works(silent().code(2800, "204#")));
    assert!(!works(silent().code(2900, "204#")));
}

#[test]
fn a_digit_cuts_the_prompt_and_counts() {
    let mut desk = Desk::new();
    desk.keys("*#", 80, 80);
    assert_eq!(desk.ears().1, Some(Hears::Prompt));
    desk.keys("2", 80, 80);
    assert_eq!(desk.ears().1, Some(Hears::Nothing));
    assert!(works(desk.keys("04#", 80, 80)));
}

#[test]
fn a_gap_of_2000_inside_the_number_works_and_2900_fails() {
    for (gap, ok) in [(2000, true), (2900, false)] {
        let mut desk = Desk::new();
        desk.code(900, "2").keys("04#", 120, gap);
        assert_eq!(works(&desk), ok, "{gap}");
    }
}
