//! The profile file: what stands in it, and the checks before it becomes a [`Profile`].

use std::time::Duration;

use serde::Deserialize;

use super::{
    CODE_LIMIT, Cancel, Complete, Confidence, Direction, GAP_FLOOR, Numbers, PAUSE_CEILING, Profile, SYMBOL_CEILING,
    TONE_FLOOR, Timing,
};
use crate::error::CoreError;

/// Keys that may not be absent are empty by default, so that one check words both cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    name: String,
    #[serde(default)]
    source: String,
    #[serde(default = "user")]
    confidence: Confidence,
    #[serde(default)]
    start: String,
    terminator: Option<String>,
    #[serde(rename = "return")]
    return_code: Option<String>,
    #[serde(default)]
    complete: String,
    blind: Option<String>,
    swap: Option<String>,
    #[serde(default)]
    cancel: Cancel,
    #[serde(default = "incoming_only")]
    directions: Vec<Direction>,
    #[serde(default)]
    timing: TimingTable,
    #[serde(default)]
    numbers: NumbersTable,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TimingTable {
    #[serde(rename = "tone_ms")]
    tone: u64,
    #[serde(rename = "gap_ms")]
    gap: u64,
    #[serde(rename = "pause_ms")]
    pause: u64,
}

impl Default for TimingTable {
    fn default() -> Self {
        Self { tone: 120, gap: 120, pause: 900 }
    }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NumbersTable {
    trunk: String,
    international: String,
}

impl Default for NumbersTable {
    fn default() -> Self {
        Self { trunk: "8".to_owned(), international: "810".to_owned() }
    }
}

fn user() -> Confidence {
    Confidence::User
}

fn incoming_only() -> Vec<Direction> {
    vec![Direction::Incoming]
}

pub(super) fn read(text: &str) -> Result<Profile, CoreError> {
    let tree = toml::Deserializer::parse(text).map_err(|error| {
        problem("file", format!("{}; write lines of KEY = \"VALUE\"", error.to_string().trim_end()))
    })?;
    let file: File = serde_path_to_error::deserialize(tree).map_err(|error| {
        let field = error.path().to_string();
        let reason = of_wrong_type(&field, error.inner().message());
        problem(&field, reason)
    })?;
    check(file)
}

/// What to write where TOML has another type; the parser's own words name types of the program.
fn of_wrong_type(field: &str, message: &str) -> String {
    if !message.starts_with("invalid") {
        return message.to_owned();
    }
    match field {
        "timing.tone_ms" | "timing.gap_ms" | "timing.pause_ms" => "write whole milliseconds, such as 120",
        "cancel.waiting" | "cancel.number" => "write a list of codes, such as [\"#\"]",
        "directions" => "write a list: [\"incoming\"], [\"outgoing\"] or both",
        "timing" | "numbers" | "cancel" => "write its keys on lines of their own below it",
        _ => "write a text in quotes",
    }
    .to_owned()
}

fn check(file: File) -> Result<Profile, CoreError> {
    let profile = Profile {
        name: file.name.trim().to_owned(),
        source: file.source,
        confidence: file.confidence,
        start: file.start,
        terminator: file.terminator,
        return_code: file.return_code,
        complete: if file.complete == "hangup" { Complete::HangUp } else { Complete::Code(file.complete) },
        blind: file.blind,
        swap: file.swap,
        cancel: file.cancel,
        directions: file.directions,
        timing: check_timing(&file.timing)?,
        numbers: check_numbers(file.numbers)?,
    };
    if profile.name.is_empty() {
        return Err(problem("name", "is missing; write what your people call this PBX".to_owned()));
    }
    if profile.name.contains(char::is_control) {
        return Err(problem("name", "has a sign in it that cannot be shown; write it on one line".to_owned()));
    }
    check_codes(&profile)?;
    check_together(&profile)?;
    Ok(profile)
}

pub(super) fn check_codes(profile: &Profile) -> Result<(), CoreError> {
    profile.codes().try_for_each(|(key, code)| check_code(key, code, &profile.timing))
}

fn check_code(key: &str, code: &str, timing: &Timing) -> Result<(), CoreError> {
    if code.is_empty() {
        let what_to_do = match key {
            "start" => "write the code of your PBX",
            "complete" => "write the code of your PBX, or \"hangup\"",
            _ => "leave the key out if the PBX has no such code",
        };
        return Err(problem(key, format!("is missing or empty; {what_to_do}")));
    }
    if let Some(symbol) = code.chars().find(|symbol| !matches!(symbol, '0'..='9' | '*' | '#')) {
        return Err(problem(key, format!("{symbol:?} is not a key of a telephone; use 0-9, * and # only")));
    }
    let span = timing.span(code);
    if span > CODE_LIMIT {
        let (span, limit) = (span.as_millis(), CODE_LIMIT.as_millis());
        let reason = format!(
            "{code} takes {span} ms after its first symbol, more than {limit} ms; shorten timing.tone_ms or gap_ms"
        );
        return Err(problem(key, reason));
    }
    Ok(())
}

/// The rules that concern two keys.
fn check_together(profile: &Profile) -> Result<(), CoreError> {
    if profile.terminator.as_ref().is_some_and(|code| !matches!(code.as_str(), "*" | "#")) {
        return Err(problem("terminator", "the end of a number is one key that no number has; use * or #".to_owned()));
    }
    if profile.blind.as_ref().is_some_and(|blind| one_begins_the_other(blind, &profile.start)) {
        return Err(problem(
            "blind",
            "and start begin alike to the end of one; the PBX could not tell them apart".to_owned(),
        ));
    }
    if let (Complete::Code(complete), Some(back)) = (&profile.complete, &profile.return_code)
        && one_begins_the_other(complete, back)
    {
        let reason = "and return begin alike to the end of one; the PBX could not tell them apart";
        return Err(problem("complete", reason.to_owned()));
    }
    let twice = profile.directions.iter().enumerate().any(|(at, one)| profile.directions[..at].contains(one));
    if profile.directions.is_empty() || twice {
        return Err(problem("directions", "write \"incoming\", \"outgoing\" or both, each once".to_owned()));
    }
    Ok(())
}

/// Then the PBX takes the shorter one, whichever was meant.
fn one_begins_the_other(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

fn check_timing(table: &TimingTable) -> Result<Timing, CoreError> {
    Ok(Timing {
        tone: in_range("timing.tone_ms", table.tone, TONE_FLOOR, SYMBOL_CEILING)?,
        gap: in_range("timing.gap_ms", table.gap, GAP_FLOOR, SYMBOL_CEILING)?,
        pause: in_range("timing.pause_ms", table.pause, Duration::ZERO, PAUSE_CEILING)?,
    })
}

fn in_range(key: &str, ms: u64, floor: Duration, ceiling: Duration) -> Result<Duration, CoreError> {
    let value = Duration::from_millis(ms);
    let (low, high) = (floor.as_millis(), ceiling.as_millis());
    let side = match value {
        _ if value < floor => format!("shorter than the floor of {low} ms"),
        _ if value > ceiling => format!("longer than the ceiling of {high} ms"),
        _ => return Ok(value),
    };
    Err(problem(key, format!("{ms} is {side}; write {low} to {high}")))
}

fn check_numbers(table: NumbersTable) -> Result<Numbers, CoreError> {
    for (key, prefix) in [("numbers.trunk", &table.trunk), ("numbers.international", &table.international)] {
        if !(1..=4).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(problem(key, format!("{prefix:?} is not a dialling prefix; write 1 to 4 digits")));
        }
    }
    Ok(Numbers { trunk: table.trunk, international: table.international })
}

fn problem(field: &str, reason: String) -> CoreError {
    CoreError::Profile { field: field.to_owned(), reason }
}
