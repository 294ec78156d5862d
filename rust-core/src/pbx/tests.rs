//! The rows of `asterisk-measured.md`, which file or test covers which, plus what the rows imply.
//!
//! | row | test |
//! |---|---|
//! | **Timing** | `timing` |
//! | tone/gap 120/120 … 60/40 | `every_tone_and_gap_down_to_40_works` |
//! | an 11-digit number | `an_eleven_digit_number_works` |
//! | 30/30 | `tones_of_30_work_where_they_arrive_as_rfc_4733_events`; as audio: virtual-pbx, `decoder` |
//! | `*` → `#` of 200 … 950 ms | `star_to_hash_of_200_to_950_works` |
//! | the same at 990, or with a long `#` | `star_to_hash_too_slow_lets_the_client_hear_the_whole_code` |
//! | first `*` held | `a_first_star_of_600_to_2000_works` |
//! | pause after `*#`, prompt on and off | `a_pause_of_0_to_3500_works_and_3800_fails`, `without_a_prompt_a_pause_of_2900_fails` |
//! | no pause at all | `a_digit_cuts_the_prompt_and_counts` |
//! | gap inside the number | `a_gap_of_2000_inside_the_number_works_and_2900_fails` |
//! | level, twist, noise | virtual-pbx, `decoder` and `exchange` (a matter of the ear, not of this machine) |
//! | **End of the number, return** | `dial_plan`, `return_code` |
//! | open plan, `#` at the end | `a_terminator_dials_within_5_ms_of_being_known` |
//! | open plan, no `#` | `without_a_terminator_the_number_is_dialled_after_3_s` |
//! | fixed plan, no `#` | `a_fixed_length_plan_dials_at_the_last_digit` |
//! | fixed plan, `#`, return `*1` | `on_a_fixed_length_plan_a_terminator_is_swallowed_if_star_1_returns` |
//! | fixed plan, `#`, return `#` | `on_a_fixed_length_plan_a_terminator_cancels_the_call_it_has_just_started_if_hash_returns` |
//! | return while talking, ringing, in a tone | `return_while_…_takes_400_ms`, three of them |
//! | return when already back | `return_when_already_back_is_heard_by_the_client` |
//! | `*#` and `#`, nothing, unknown number | `…_back` and `…_comes_back`, three of them |
//! | digits in the repeated prompt | `digits_during_the_repeated_prompt_are_lost_and_count_after_it` |
//! | return, then `*#204#` again | `after_a_return_the_transfer_works_again` |
//! | `##` in the talk | `blind`; not mapped: `two_hashes_are_heard_where_no_blind_transfer_is_mapped` |
//! | a lone `*` or `#`, other keys | `a_lone_star_or_hash_reaches_the_client_after_1100_ms_other_keys_at_once` |
//! | `#` repeated by the network | `a_hash_repeated_by_the_network_cancels_the_consultation_it_has_begun_unless_star_1_returns` |
//! | **Nobody there** | `nobody_there`, one test a row |
//! | **Hanging up** | `hanging_up`, one test a row |
//! | `*2` completes | `leaving`, `star_2_…` |
//! | `*3` joins all three | `leaving`, `star_3_…` and `…_the_three_way_talk_…` |
//! | **Blind** `##204#` joined, outside numbers | `a_blind_transfer_leaves_the_client_with_whoever_answers` |
//! | to a busy number | `to_a_busy_number_the_client_hears_busy_and_the_employee_is_gone` |
//!
//! What holds in every case, whatever happens: `properties`.

use super::*;
use std::collections::BTreeMap;

mod blind;
mod dial_plan;
mod hanging_up;
mod leaving;
mod nobody_there;
mod properties;
mod return_code;
mod timing;

/// Recognising the end of a tone takes a PBX about this long.
const RECOGNITION: u64 = 30;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A PBX with its clock, which speaks in whole milliseconds and short words.
struct Desk {
    pbx: Pbx,
    /// End of the last symbol sent.
    end: u64,
    log: Vec<(u64, String)>,
}

impl Desk {
    fn with(config: PbxConfig) -> Self {
        let talk = Answer::Talk { after: ms(3000) };
        let known = [
            ("204", talk),
            ("89161234567", talk),
            ("205", Answer::Fails(Failure::Busy)),
            ("206", Answer::Never),
            ("404", Answer::Fails(Failure::Refused)),
            ("480", Answer::Fails(Failure::Unavailable)),
        ];
        let known: BTreeMap<_, _> = known.into_iter().map(|(n, a)| (n.to_owned(), a)).collect();
        let pbx = Pbx::new(config, Phones { known, others: Answer::Unknown, outside: Answer::Unknown }).unwrap();
        Self { pbx, end: 1000, log: Vec::new() }
    }

    fn new() -> Self {
        Self::with(PbxConfig::default())
    }

    /// With the measured feature map: `##` is mapped, too.
    fn measured() -> Self {
        Self::with(PbxConfig { blind: Some("##".to_owned()), ..PbxConfig::default() })
    }

    /// Back is `*1`, not `#`.
    fn returning_by_star_1(config: PbxConfig) -> Self {
        Self::with(PbxConfig { return_code: Some("*1".to_owned()), ..config })
    }

    fn give(&mut self, input: Input, now: u64) {
        for PbxEvent { at, event } in self.pbx.handle(input, ms(now)) {
            let word = match event {
                Event::Target { number } => format!("target {number}"),
                Event::Leaked { key } => format!("leaked {key}"),
                Event::Disconnect { leg } => format!("{leg:?} out"),
                Event::Joined { legs } if legs.len() == 3 => "all joined".to_owned(),
                Event::Joined { .. } => "joined".to_owned(),
                other => format!("{other:?}").to_lowercase(),
            };
            self.log.push((u64::try_from(at.as_millis()).unwrap(), word));
        }
    }

    /// One symbol of `tone` ms, `gap` ms after the end of the one before.
    fn key(&mut self, key: char, tone: u64, gap: u64) {
        let start = self.end + gap;
        self.end = start + tone;
        let symbol = Input::Symbol { key, start: ms(start), end: ms(self.end) };
        self.give(symbol, self.end + RECOGNITION);
    }

    fn keys(&mut self, keys: &str, tone: u64, gap: u64) -> &mut Self {
        for key in keys.chars() {
            self.key(key, tone, gap);
        }
        self
    }

    /// `*#`, `pause` of silence, `rest`, all 120/120.
    fn code(&mut self, pause: u64, rest: &str) -> &mut Self {
        self.start_code("*#", pause, rest)
    }

    /// `##`, `rest`, at the usual speed.
    fn blind(&mut self, rest: &str) -> &mut Self {
        self.start_code("##", 900, rest)
    }

    fn start_code(&mut self, start: &str, pause: u64, rest: &str) -> &mut Self {
        self.keys(start, 120, 120);
        let (first, rest) = rest.split_at(1);
        self.keys(first, 120, pause).keys(rest, 120, 120)
    }

    /// `*#204#` and the colleague has answered.
    fn consulting() -> Self {
        let mut desk = Self::new();
        desk.code(900, "204#").after(3100);
        assert_eq!(desk.last(), "consult");
        desk
    }

    /// Time passes; woken exactly at the deadlines or only once at the end is the same.
    fn until(&mut self, now: u64) -> &mut Self {
        self.give(Input::Tick, now);
        self
    }

    /// Time passes until so many ms after the end of the last symbol.
    fn after(&mut self, after: u64) -> &mut Self {
        self.until(self.end + after)
    }

    fn last(&self) -> &str {
        self.log.last().map_or("", |(_, word)| word)
    }

    fn words(&self) -> Vec<&str> {
        self.log.iter().map(|(_, word)| word.as_str()).collect()
    }

    /// When `word` happened.
    fn when(&self, word: &str) -> u64 {
        let found = self.log.iter().find(|(_, w)| w == word);
        found.unwrap_or_else(|| panic!("no {word} in {:?}", self.log)).0
    }

    fn ears(&self) -> (Option<Hears>, Option<Hears>) {
        let now = self.pbx.snapshot();
        (now.client, now.employee)
    }

    /// What client, employee and colleague hear.
    fn all_ears(&self) -> [Option<Hears>; 3] {
        let now = self.pbx.snapshot();
        [now.client, now.employee, now.colleague]
    }
}

/// `*#204#` is understood and nobody hears any of it.
fn works(desk: &Desk) -> bool {
    desk.words().starts_with(&["feature", "music", "target 204"])
}

#[test]
fn waking_at_every_deadline_or_once_at_the_end_is_the_same() {
    for number in ["204#", "205#", "206#", "999#", "#", "2"] {
        let mut late = Desk::new();
        late.code(900, number);
        let mut exact = Desk { pbx: late.pbx.clone(), end: late.end, log: late.log.clone() };
        late.until(60_000);
        while let Some(due) = exact.pbx.next_deadline() {
            exact.until(u64::try_from(due.as_millis()).unwrap());
        }
        assert_eq!(late.log, exact.log, "{number}");
    }
}

#[test]
fn codes_that_cannot_be_dialled_are_refused_by_name() {
    let config = PbxConfig { start: "*x".to_owned(), ..PbxConfig::default() };
    let text = config.check().unwrap_err().to_string();
    assert_eq!(text, "start: \"*x\" cannot be dialled; use one or more of 0-9 * #");
    let config = PbxConfig { return_code: Some(String::new()), ..PbxConfig::default() };
    assert!(config.check().unwrap_err().to_string().starts_with("return_code: "));
    for (blind, complete, three_way, name) in
        [("##x", "*2", "*3", "blind"), ("##", "", "*3", "complete"), ("##", "*2", "A", "three_way")]
    {
        let [blind, complete, three_way] = [blind, complete, three_way].map(|code| Some(code.to_owned()));
        let text = PbxConfig { blind, complete, three_way, ..PbxConfig::default() }.check().unwrap_err().to_string();
        assert!(text.starts_with(&format!("{name}: ")), "{text}");
    }
    for value in ["", "2xx", "8#"] {
        let config = PbxConfig { dial_plan: vec!["2XX".to_owned(), value.to_owned()], ..PbxConfig::default() };
        assert_eq!(config.check(), Err(ConfigError::Number { value: value.to_owned() }));
    }
    let config = PbxConfig { dial_attempts: 0, ..PbxConfig::default() };
    assert_eq!(config.check(), Err(ConfigError::NoAttempts));
}

#[test]
fn events_serialise_in_the_vocabulary_of_the_desk() {
    let line = serde_json::to_string(&Event::Target { number: "204".to_owned() }).unwrap();
    assert_eq!(line, r#"{"do":"target","number":"204"}"#);
    let line = serde_json::to_string(&Event::Disconnect { leg: Leg::Client }).unwrap();
    assert_eq!(line, r#"{"do":"disconnect","leg":"client"}"#);
    let line = serde_json::to_string(&Event::Joined { legs: vec![Leg::Client, Leg::Colleague] }).unwrap();
    assert_eq!(line, r#"{"do":"joined","legs":["client","colleague"]}"#);
}
