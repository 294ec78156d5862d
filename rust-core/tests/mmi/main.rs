//! Two readings of the rules by which a dialled string is classified must agree: the core's own, and one written from
//! the specification's text by other means (`second.rs`).
#![cfg(test)]

mod second;
mod strings;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json, to_value};
use starhash_core::mmi::{DialClass, DialFacts, DialPad, DialReading, ServiceAction, classify};
use starhash_core::profile::Profile;

use second::Second;
use strings::{any_facts, any_string, growing_code};

/// Everything that is left of a dialled string.
const SYMBOLS: &[u8] = b"0123456789*#+,;";

/// Profiles that do not come with the program: codes that are service codes, or digits, and a terminator of its own.
const MORE_PROFILES: [(&str, &str); 3] = [
    ("codes of services", "start = '**21*'\nterminator = '#'\nblind = '#31#'"),
    ("a code of digits", "start = '0'\nterminator = '#'\nblind = '##'"),
    ("ends with *", "start = '#'\nterminator = '*'\nblind = '*#06'"),
];

/// What their files have in common.
const MORE_KEYS: &str = "name = 'test'\ncomplete = 'hangup'\n[timing]\ntone_ms = 80\ngap_ms = 80";

/// A profile, and both ways to read by it.
struct Readers {
    name: &'static str,
    profile: Profile,
    second: Second,
}

impl Readers {
    fn new(name: &'static str, text: &str) -> Self {
        let profile = Profile::from_toml(text).unwrap();
        Self { name, second: Second::new(&profile), profile }
    }

    /// The reading, if both agree on it and it lets no transfer code out.
    fn read(&self, dialled: &str, facts: &DialFacts) -> Result<DialReading, Fault> {
        let first = classify(dialled, facts, &self.profile);
        let second = self.second.read(dialled, facts);
        let what = if first != second {
            let (first, second) = (to_value(&first).unwrap(), to_value(&second).unwrap());
            (difference(&first, &second), format!("\n  first  {first}\n  second {second}"))
        } else if first.transfer_to.is_some() && is_placed(&first) {
            ("a transfer code is placed".to_owned(), String::new())
        } else {
            return Ok(first);
        };
        let example = format!("{dialled:?}, profile {}, {facts:?}{}", self.name, what.1);
        Err(Fault { kind: what.0, length: dialled.len(), example })
    }
}

fn is_placed(reading: &DialReading) -> bool {
    matches!(reading.dial_pad, DialPad::Place | DialPad::Emergency)
}

/// One string that is not read as it must be.
struct Fault {
    kind: String,
    length: usize,
    example: String,
}

fn all_readers() -> Vec<Readers> {
    let built_in = Profile::built_in_names().map(|name| Readers::new(name, Profile::built_in(name).unwrap()));
    let more = MORE_PROFILES.map(|(name, codes)| Readers::new(name, &format!("{codes}\n{MORE_KEYS}")));
    built_in.chain(more).collect()
}

/// What kind of difference it is: the fields, and where words are few, the words.
fn difference(first: &Value, second: &Value) -> String {
    let of = |field: &str| match (&first[field], &second[field]) {
        (first, second) if first == second => None,
        (first, second) if matches!(field, "class" | "action" | "dial_pad" | "dangerous") => {
            Some(format!("{field} {first} and {second}"))
        }
        _ => Some(field.to_owned()),
    };
    first.as_object().unwrap().keys().filter_map(|field| of(field)).collect::<Vec<_>>().join(", ")
}

/// By their kind: how many, and the shortest one.
#[derive(Default)]
struct Faults(BTreeMap<String, (usize, Fault)>);

impl Faults {
    fn add(&mut self, count: usize, fault: Fault) {
        match self.0.get_mut(&fault.kind) {
            Some((before, shortest)) => {
                *before += count;
                if fault.length < shortest.length {
                    *shortest = fault;
                }
            }
            None => drop(self.0.insert(fault.kind.clone(), (count, fault))),
        }
    }

    fn assert_none(&self) {
        let told = self.0.values().map(|(count, fault)| format!("{count} × {}\n  {}\n", fault.kind, fault.example));
        assert!(self.0.is_empty(), "not read alike, or let out:\n{}", told.collect::<String>());
    }
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// The four states of a phone, with lists that collide with commands, short codes, extensions and service codes.
fn with_lists() -> impl Iterator<Item = DialFacts> {
    [(false, false), (false, true), (true, false), (true, true)].into_iter().map(|(in_call, ims)| DialFacts {
        in_call,
        ims,
        emergency: list(&["112", "102", "911", "03", "17"]),
        feature_access: list(&["21", "43", "31", "99", "002"]),
        two_digit: list(&["10", "23", "5", "03", "#7"]),
    })
}

/// Calls `check` with every string over [`SYMBOLS`] of this length.
fn every_string(length: u32, mut check: impl FnMut(&str)) {
    let base = SYMBOLS.len();
    for number in 0..base.pow(length) {
        let symbol = |place: u32| char::from(SYMBOLS[number / base.pow(place) % base]);
        check(&(0..length).rev().map(symbol).collect::<String>());
    }
}

/// Reads every string up to this length, each state of the phone on a thread of its own.
fn read_every_string(longest: u32, states: impl Iterator<Item = DialFacts>) {
    let read = |facts: DialFacts| {
        let readers = Readers::new("default", Profile::built_in("default").unwrap());
        let (mut count, mut faults) = (0_usize, Faults::default());
        for length in 0..=longest {
            every_string(length, |dialled| {
                count += 1;
                if let Err(fault) = readers.read(dialled, &facts) {
                    faults.add(1, fault);
                }
            });
        }
        assert_eq!(count, (0..=longest).map(|length| SYMBOLS.len().pow(length)).sum::<usize>());
        faults
    };
    let mut all = Faults::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = states.map(|facts| scope.spawn(|| read(facts))).collect();
        for (count, fault) in threads.into_iter().flat_map(|thread| thread.join().unwrap().0.into_values()) {
            all.add(count, fault);
        }
    });
    all.assert_none();
}

#[test]
fn every_string_up_to_five_symbols() {
    read_every_string(5, with_lists());
}

/// What the lists say is covered above: here that nothing is read into empty ones.
#[test]
fn every_string_up_to_four_symbols_without_lists() {
    read_every_string(
        4,
        with_lists().map(|DialFacts { in_call, ims, .. }| DialFacts { in_call, ims, ..DialFacts::default() }),
    );
}

/// The same strings every time; with `PROPTEST_CASES` as many new ones. Nothing is shrunk: the shortest is told.
fn days(cases: u32) -> ProptestConfig {
    let new = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let explore = std::env::var_os("PROPTEST_CASES").is_some();
    if explore { new } else { ProptestConfig { cases, rng_seed: RngSeed::Fixed(600), ..new } }
}

#[test]
fn longer_strings_with_every_profile() {
    let all = all_readers();
    let (faults, seen) = (RefCell::new(Faults::default()), RefCell::new(BTreeSet::new()));
    proptest!(days(20_000), |(dialled in any_string(), facts in any_facts())| {
        for readers in &all {
            match readers.read(&dialled, &facts) {
                Ok(reading) => {
                    seen.borrow_mut().extend([format!("{:?}", reading.class), format!("{:?}", reading.dial_pad)]);
                }
                Err(fault) => faults.borrow_mut().add(1, fault),
            }
        }
    });
    faults.into_inner().assert_none();
    assert_eq!(seen.borrow().len(), 6 + 9, "strings that reach every class and every answer of the dial pad");
}

/// A transfer code on its way is not placed either, from its first digit on.
#[test]
fn no_growing_transfer_code_is_placed() {
    let all = all_readers();
    let faults = RefCell::new(Faults::default());
    proptest!(days(1000), |(growing in growing_code(), facts in any_facts())| {
        for readers in &all {
            for dialled in growing.with(&readers.profile) {
                match readers.read(&dialled, &facts) {
                    Ok(reading) if is_placed(&reading) => {
                        let example = format!("{dialled:?}, profile {}, {facts:?}", readers.name);
                        let kind = "a growing code is placed".to_owned();
                        faults.borrow_mut().add(1, Fault { kind, length: dialled.len(), example });
                    }
                    Ok(_) => {}
                    Err(fault) => faults.borrow_mut().add(1, fault),
                }
            }
        }
    });
    faults.into_inner().assert_none();
}

/// The words and keys are those of `starhash classify --json`.
#[test]
fn the_words_are_those_of_the_interface() {
    use {DialClass as C, DialPad as D};
    let classes = [C::Call, C::Ussd, C::Supplementary, C::InCallCommand, C::DialPadSequence, C::Invalid];
    let words = json!(["call", "ussd", "supplementary", "in_call_command", "dial_pad_sequence", "invalid"]);
    assert_eq!(to_value(classes).unwrap(), words);
    let actions = [
        ServiceAction::Activate,
        ServiceAction::Deactivate,
        ServiceAction::Interrogate,
        ServiceAction::Register,
        ServiceAction::Erase,
    ];
    assert_eq!(to_value(actions).unwrap(), json!(["activate", "deactivate", "interrogate", "register", "erase"]));
    let does = [D::Place, D::Emergency, D::Ask, D::ExplainTransfer, D::SendIntoCall];
    assert_eq!(to_value(does).unwrap(), json!(["place", "emergency", "ask", "explain_transfer", "send_into_call"]));
    let more = [D::DeviceInfo, D::SecretCode, D::SimContact, D::Refuse];
    assert_eq!(to_value(more).unwrap(), json!(["device_info", "secret_code", "sim_contact", "refuse"]));
    let profile = Profile::default_profile().unwrap();
    let reading = to_value(classify("**21*5*6*7*8#", &DialFacts::default(), &profile)).unwrap();
    let whole = json!({
        "class": "supplementary", "action": "register", "sc": "21", "sia": "5", "sib": "6", "sic": "7", "pwd": "8",
        "dial_number": null, "dangerous": true, "transfer_to": null, "dial_pad": "place",
    });
    assert_eq!(reading, whole);
}
