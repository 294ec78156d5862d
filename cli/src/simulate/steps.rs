//! The steps of a simulation, as JSON has them.

use super::verdict::WORDS;
use serde::Deserialize;
use std::time::Duration;

/// The longest tone, silence or pause: a PBX has given everything up by then.
const LONGEST_MS: u64 = 60_000;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Whose tones these are.
    Employee,
    /// Who called the company.
    Client,
    /// Who was called by the code.
    Colleague,
}

/// A step as it is written; which fields belong together is checked by hand, so that the trouble can be named.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Written {
    tone: Option<String>,
    on_ms: Option<u64>,
    off_ms: Option<u64>,
    pause_ms: Option<u64>,
    wait_for: Option<String>,
    hangup: Option<HangUp>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum HangUp {
    Yes(bool),
    By(Who),
}

/// Reads the steps.
///
/// # Errors
/// Which step, counted from 1, what is wrong with it, and what to write.
pub fn read(text: &str) -> Result<Vec<Step>, String> {
    let steps: Vec<serde_json::Value> =
        serde_json::from_str(text).map_err(|error| format!("{error}; write what `starhash plan --json` prints"))?;
    let read = |(index, value)| step(value).map_err(|error| format!("step {}: {error}", index + 1));
    steps.into_iter().enumerate().map(read).collect()
}

fn step(value: serde_json::Value) -> Result<Step, String> {
    let written: Written = serde_json::from_value(value).map_err(|error| error.to_string())?;
    match written {
        Written {
            tone: Some(tone),
            on_ms: Some(on),
            off_ms: Some(off),
            pause_ms: None,
            wait_for: None,
            hangup: None,
        } => Ok(Step::Tone { key: key(&tone)?, on: time("on_ms", on)?, off: time("off_ms", off)? }),
        Written { tone: None, on_ms: None, off_ms: None, pause_ms: Some(pause), wait_for: None, hangup: None } => {
            Ok(Step::Pause(time("pause_ms", pause)?))
        }
        Written { tone: None, on_ms: None, off_ms: None, pause_ms: None, wait_for: Some(word), hangup: None } => {
            if WORDS.contains(&word.as_str()) {
                Ok(Step::WaitFor(word))
            } else {
                Err(format!("there is no waiting for {word:?}; write one of {}", WORDS.join(", ")))
            }
        }
        Written { tone: None, on_ms: None, off_ms: None, pause_ms: None, wait_for: None, hangup: Some(who) } => {
            match who {
                HangUp::Yes(true) => Ok(Step::HangUp(Who::Employee)),
                HangUp::By(who) => Ok(Step::HangUp(who)),
                HangUp::Yes(false) => Err("\"hangup\" is true, \"employee\", \"client\" or \"colleague\"".into()),
            }
        }
        _ => Err("a step is {\"tone\",\"on_ms\",\"off_ms\"}, {\"pause_ms\"}, {\"wait_for\"} or {\"hangup\"}".into()),
    }
}

fn key(tone: &str) -> Result<char, String> {
    match tone.chars().collect::<Vec<_>>()[..] {
        [key] if key.is_ascii_digit() || matches!(key, '*' | '#') => Ok(key),
        _ => Err(format!("\"tone\" {tone:?} is not a key of a telephone; write one of 0-9 * #")),
    }
}

fn time(field: &str, ms: u64) -> Result<Duration, String> {
    if ms > LONGEST_MS {
        Err(format!("\"{field}\" is {ms}; write milliseconds, at most {LONGEST_MS}"))
    } else {
        Ok(Duration::from_millis(ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_step_is_read() {
        let text = r##"[{"tone":"#","on_ms":80,"off_ms":70},{"pause_ms":780},{"wait_for":"consult"},{"hangup":true},{"hangup":"client"}]"##;
        let ms = Duration::from_millis;
        assert_eq!(
            read(text).unwrap(),
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
            ("", "write what `starhash plan --json` prints"),
            ("{}", "write what `starhash plan --json` prints"),
            (r#"[{"pause_ms":1},{"tone":"A","on_ms":1,"off_ms":1}]"#, "step 2: \"tone\" \"A\" is not a key"),
            (r#"[{"tone":"1","on_ms":1}]"#, "step 1: a step is"),
            (r#"[{"tone":"1","on_ms":1,"off_ms":1,"pause_ms":1}]"#, "step 1: a step is"),
            (r#"[{"tone":"1","on_ms":-1,"off_ms":1}]"#, "step 1: invalid value"),
            (r#"[{"tone":"1","on_ms":99999,"off_ms":1}]"#, "\"on_ms\" is 99999; write milliseconds, at most 60000"),
            (r#"[{"wait_for":"godot"}]"#, "there is no waiting for \"godot\"; write one of feature"),
            (r#"[{"hangup":false}]"#, "\"hangup\" is true"),
            (r#"[{"sing":1}]"#, "unknown field `sing`"),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(error), "{text}: {said}");
        }
    }
}
