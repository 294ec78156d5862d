//! The steps of a simulation, as JSON has them.

use super::verdict::WORDS;
use serde_json::{Map, Value};
use std::time::Duration;

/// The longest tone, silence or pause: a PBX has given everything up by then.
const LONGEST_MS: u64 = 60_000;

/// The longest that all of them may take: the sound of it is kept.
const ALL_MS: u128 = 600_000;

/// One step.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// A tone, and the silence after it.
    Tone {
        /// Its key.
        key: char,
        /// How long it sounds.
        on: Duration,
        /// How long nothing sounds after it.
        off: Duration,
    },
    /// More silence.
    Pause(Duration),
    /// Silence until the PBX does this.
    WaitFor(String),
    /// Somebody hangs up.
    HangUp(Who),
}

/// Who hangs up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whose tones these are.
    Employee,
    /// Who called the company.
    Client,
    /// Who was called by the code.
    Colleague,
}

/// The keys a step can have.
const KEYS: [&str; 6] = ["tone", "on_ms", "off_ms", "pause_ms", "wait_for", "hangup"];
/// How they belong together.
const FORMS: &str = "a step is {\"tone\",\"on_ms\",\"off_ms\"}, {\"pause_ms\"}, {\"wait_for\"} or {\"hangup\"}";

/// Reads the steps. A byte-order mark, which some editors write, is no part of them.
///
/// # Errors
/// Which step, counted from 1, what is wrong with it, and what to write.
pub fn read(text: &str) -> Result<Vec<Step>, String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let hint = "write what `starhash plan --json` prints";
    if text.is_empty() {
        return Err(format!("there is nothing in it; {hint}"));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| format!("{error}; {hint}"))?;
    let Value::Array(steps) = value else { return Err(format!("this is no list of steps; {hint}")) };
    if steps.is_empty() {
        return Err(format!("there are no steps in it; {hint}"));
    }
    let read = |(index, value)| step(value).map_err(|error| format!("step {}: {error}", index + 1));
    let steps: Vec<Step> = steps.iter().enumerate().map(read).collect::<Result<_, String>>()?;
    let all: Duration = steps.iter().map(Step::takes).sum();
    if all.as_millis() > ALL_MS {
        return Err(format!(
            "the steps take {} s; leave some out, {} are played at most",
            all.as_secs(),
            ALL_MS / 1000
        ));
    }
    Ok(steps)
}

impl Step {
    /// Without the waits, whose end nobody knows.
    fn takes(&self) -> Duration {
        match self {
            Self::Tone { on, off, .. } => *on + *off,
            Self::Pause(pause) => *pause,
            Self::WaitFor(_) | Self::HangUp(_) => Duration::ZERO,
        }
    }
}

fn step(value: &Value) -> Result<Step, String> {
    let step = value.as_object().ok_or(FORMS)?;
    if let Some(key) = step.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("there is no {key:?} in a step; {FORMS}"));
    }
    let keys: Vec<&str> = KEYS.into_iter().filter(|key| step.contains_key(*key)).collect();
    match keys[..] {
        ["tone", "on_ms", "off_ms"] => {
            Ok(Step::Tone { key: key(&step["tone"])?, on: time(step, "on_ms")?, off: time(step, "off_ms")? })
        }
        ["pause_ms"] => Ok(Step::Pause(time(step, "pause_ms")?)),
        ["wait_for"] => wait_for(&step["wait_for"]),
        ["hangup"] => hang_up(&step["hangup"]),
        _ => Err(FORMS.into()),
    }
}

fn wait_for(word: &Value) -> Result<Step, String> {
    match word.as_str().filter(|word| WORDS.contains(word)) {
        Some(word) => Ok(Step::WaitFor(word.to_owned())),
        None => Err(format!("there is no waiting for {word}; write one of {}", WORDS.join(", "))),
    }
}

fn hang_up(who: &Value) -> Result<Step, String> {
    let who = match who {
        Value::Bool(true) => Who::Employee,
        Value::String(who) if who == "employee" => Who::Employee,
        Value::String(who) if who == "client" => Who::Client,
        Value::String(who) if who == "colleague" => Who::Colleague,
        other => {
            return Err(format!("\"hangup\" is {other}; write true (the employee), \"client\" or \"colleague\""));
        }
    };
    Ok(Step::HangUp(who))
}

fn key(tone: &Value) -> Result<char, String> {
    match tone.as_str().map(|tone| tone.chars().collect::<Vec<_>>()).as_deref() {
        Some([key]) if key.is_ascii_digit() || matches!(key, '*' | '#') => Ok(*key),
        _ => Err(format!("\"tone\" {tone} is not a key of a telephone; write one of \"0\" to \"9\", \"*\", \"#\"")),
    }
}

fn time(step: &Map<String, Value>, field: &str) -> Result<Duration, String> {
    let ms = &step[field];
    match ms.as_u64().filter(|ms| *ms <= LONGEST_MS) {
        Some(ms) => Ok(Duration::from_millis(ms)),
        None => Err(format!("\"{field}\" is {ms}; write whole milliseconds, 0 to {LONGEST_MS}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_step_is_read() {
        let text = "\u{feff}".to_owned()
            + r##"[{"tone":"#","on_ms":80,"off_ms":70},{"pause_ms":780},{"wait_for":"consult"},{"hangup":true},{"hangup":"client"}]"##;
        let ms = Duration::from_millis;
        assert_eq!(
            read(&text).unwrap(),
            [
                Step::Tone { key: '#', on: ms(80), off: ms(70) },
                Step::Pause(ms(780)),
                Step::WaitFor("consult".into()),
                Step::HangUp(Who::Employee),
                Step::HangUp(Who::Client),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_step() {
        for (text, error) in [
            ("", "there is nothing in it; write what `starhash plan --json` prints"),
            ("[]", "there are no steps in it; write what `starhash plan --json` prints"),
            ("{}", "this is no list of steps; write what `starhash plan --json` prints"),
            ("[{", "write what `starhash plan --json` prints"),
            ("[[1]]", "step 1: a step is"),
            (r#"[{"pause_ms":1},{"tone":"A","on_ms":1,"off_ms":1}]"#, "step 2: \"tone\" \"A\" is not a key"),
            (
                r#"[{"tone":5,"on_ms":1,"off_ms":1}]"#,
                "step 1: \"tone\" 5 is not a key of a telephone; write one of \"0\"",
            ),
            (r#"[{"tone":"1","on_ms":1}]"#, "step 1: a step is"),
            (r#"[{"tone":"1","on_ms":1,"off_ms":1,"pause_ms":1}]"#, "step 1: a step is"),
            (r#"[{"tone":"1","on_ms":-1,"off_ms":1}]"#, "\"on_ms\" is -1; write whole milliseconds, 0 to 60000"),
            (r#"[{"tone":"1","on_ms":99999,"off_ms":1}]"#, "\"on_ms\" is 99999; write whole milliseconds, 0 to 60000"),
            (r#"[{"wait_for":"godot"}]"#, "there is no waiting for \"godot\"; write one of feature"),
            (r#"[{"hangup":false}]"#, "\"hangup\" is false; write true"),
            (r#"[{"hangup":"boss"}]"#, "\"hangup\" is \"boss\"; write true"),
            (&format!("[{}{}]", r#"{"pause_ms":60000},"#.repeat(10), r#"{"pause_ms":1}"#), "600 are played at most"),
            (r#"[{"sing":1}]"#, "there is no \"sing\" in a step; a step is"),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(error), "{text}: {said}");
        }
    }
}
