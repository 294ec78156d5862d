//! One test a row of `asterisk-measured.md`, plus what the rows imply.

use super::*;
use std::collections::BTreeMap;

mod dial_plan;
mod hanging_up;
mod nobody_there;
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

    fn give(&mut self, input: Input, now: u64) {
        for PbxEvent { at, event } in self.pbx.handle(input, ms(now)) {
            let word = match event {
                Event::Target { number } => format!("target {number}"),
                Event::Leaked { key } => format!("leaked {key}"),
                Event::Disconnect { leg } => format!("{leg:?} out"),
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
        self.keys("*#", 120, 120);
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
    let config = PbxConfig { dial_attempts: 0, ..PbxConfig::default() };
    assert_eq!(config.check(), Err(ConfigError::NoAttempts));
}

#[test]
fn events_serialise_in_the_vocabulary_of_the_desk() {
    let line = serde_json::to_string(&Event::Target { number: "204".to_owned() }).unwrap();
    assert_eq!(line, r#"{"do":"target","number":"204"}"#);
    let line = serde_json::to_string(&Event::Disconnect { leg: Leg::Client }).unwrap();
    assert_eq!(line, r#"{"do":"disconnect","leg":"client"}"#);
}
