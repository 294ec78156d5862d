//! The rows of asterisk-measured.md, played through `starhash simulate`: tones become sound, sound becomes symbols, and
//! those move the PBX. (`rust-core/src/pbx/tests.rs` has the same rows without the sound.)
//!
//! The beep before a return is in its time alone. 404 and 603 are one row: the network refuses. At a twist of +4 dB
//! Asterisk misheard a code once of many times; this line's decoder is never seen to.
#![cfg(test)]

mod command;

use command::starhash;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Steps in short: `*#@120/80` keys of 120 ms with gaps of 80 ms; `p780` a pause; `wait:consult`; `hangup`,
/// `hangup:client`.
fn steps(short: &str) -> String {
    let step = |word: &str| -> Vec<Value> {
        if let Some((keys, times)) = word.split_once('@') {
            let (on, off) = times.split_once('/').unwrap();
            let [on, off] = [on, off].map(|ms| ms.parse::<u64>().unwrap());
            keys.chars().map(|key| json!({ "tone": key.to_string(), "on_ms": on, "off_ms": off })).collect()
        } else if let Some(ms) = word.strip_prefix('p') {
            vec![json!({ "pause_ms": ms.parse::<u64>().unwrap() })]
        } else if let Some(word) = word.strip_prefix("wait:") {
            vec![json!({ "wait_for": word })]
        } else {
            vec![json!({ "hangup": word.strip_prefix("hangup:").map_or(json!(true), |who| json!(who)) })]
        }
    };
    json!(short.split_whitespace().flat_map(step).collect::<Vec<_>>()).to_string()
}

/// The measured feature map: `##` is mapped; the client comes back with `#`, or with `*1`. Written once: tests run side by
/// side.
static MEASURED: LazyLock<[PathBuf; 2]> = LazyLock::new(|| {
    ["#", "*1"].map(|back| {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("measured-{}.toml", back.len()));
        let text = format!(
            "name = \"measured\"\nstart = \"*#\"\nterminator = \"#\"\nreturn = \"{back}\"\ncomplete = \"hangup\"\nblind = \"##\"\n"
        );
        std::fs::write(&file, text).unwrap();
        file
    })
});

fn play_with(profile: &Path, short: &str, options: &[&str]) -> Value {
    let mut all = vec!["simulate", "--steps", "-", "--json", "--profile", profile.to_str().unwrap()];
    all.extend(options);
    let (code, out, error) = starhash(&all, &steps(short));
    assert_eq!(code, 0, "{short} {options:?}: {error}");
    serde_json::from_str(&out).unwrap()
}

fn play(short: &str, options: &[&str]) -> Value {
    play_with(&MEASURED[0], short, options)
}

/// The verdict in short: what is true of it.
fn short(verdict: &Value) -> String {
    let mut words = Vec::new();
    for word in ["feature", "target", "consult", "joined", "returned", "lost", "leaked"] {
        match &verdict[word] {
            Value::Bool(true) => words.push(word.to_owned()),
            Value::String(text) if !text.is_empty() => words.push(format!("{word}={text}")),
            Value::Array(legs) if !legs.is_empty() => {
                let legs: Vec<_> = legs.iter().filter_map(Value::as_str).collect();
                words.push(format!("{word}={}", legs.join("+")));
            }
            _ => {}
        }
    }
    words.join(" ")
}

/// When this happened last.
fn at(verdict: &Value, what: &str) -> i64 {
    let events = verdict["events"].as_array().unwrap();
    events.iter().rfind(|event| event["do"] == what).unwrap_or_else(|| panic!("no {what}: {verdict}"))["t_ms"]
        .as_i64()
        .unwrap()
}

const WORKS: &str = "feature target=204 consult";

/// By events (RFC 4733) and as sound.
const BOTH: [&str; 2] = ["volte", "ideal"];

#[track_caller]
fn both(short_steps: &str, verdict: &str) {
    for network in BOTH {
        assert_eq!(short(&play(short_steps, &["--network", network])), verdict, "{network}: {short_steps}");
    }
}

#[test]
fn tones_and_gaps() {
    for times in ["120/120", "80/80", "65/65", "50/50", "40/40", "100/50", "60/40"] {
        both(&format!("*#@{times} p780 204#@{times}"), WORKS);
    }
    both("*#@120/120 p780 89161234567#@120/120", "feature target=89161234567 consult");
    let short_ones = "*#@30/30 p800 204#@30/30";
    assert_eq!(short(&play(short_ones, &["--network", "volte"])), WORKS);
    assert_eq!(short(&play(short_ones, &[])), "");
}

#[test]
fn from_star_to_hash() {
    for start_to_start in [200, 500, 800, 950] {
        both(&format!("*@120/{} #@120/900 204#@120/120", start_to_start - 120), WORKS);
    }
    for first in [600, 2000] {
        both(&format!("*@{first}/120 #@120/900 204#@120/120"), WORKS);
    }
    // "the client hears the whole code": the last `#` too, alone.
    both("*@120/870 #@120/900 204#@120/120", "leaked=*#204#");
    both("*@120/830 #@300/900 204#@120/120", "leaked=*#204#");
}

#[test]
fn pauses() {
    for pause in [0, 900, 2000, 3500] {
        both(&format!("*@120/120 #@120/{pause} 204#@120/120"), WORKS);
    }
    both("*#@80/80 204#@80/80", WORKS);
    both("*#@120/120 p780 2@120/2000 04#@120/120", WORKS);
    both("*@120/120 #@120/3800 204#@120/120", "feature returned");
    // "2" alone is called, and the terminator that comes too late cancels it.
    both("*#@120/120 p780 2@120/2900 04#@120/120", "feature target=2 returned");
    for network in BOTH {
        let no_prompt = ["--no-prompt", "--network", network];
        assert_eq!(short(&play("*@120/120 #@120/2900 204#@120/120", &no_prompt)), "feature returned", "{network}");
        assert_eq!(short(&play("*@120/120 #@120/2500 204#@120/120", &no_prompt)), WORKS, "{network}");
    }
}

#[test]
fn level_twist_and_noise() {
    let code = "*#@120/120 p780 204#@120/120";
    for fine in [
        ["--level", "-3"],
        ["--level", "-38"],
        ["--twist", "-6"],
        ["--twist", "3"],
        ["--twist", "4"],
        ["--noise", "-20"],
    ] {
        assert_eq!(short(&play(code, &fine)), WORKS, "{fine:?}");
    }
    for too_much in [["--level", "-45"], ["--noise", "-3"]] {
        assert_ne!(play(code, &too_much)["target"], "204", "{too_much:?}: the option does something");
    }
    for nothing_heard in [["--twist", "5"], ["--twist", "-9"]] {
        assert_eq!(play(code, &nothing_heard)["decoded"], "", "{nothing_heard:?}");
    }
}

#[test]
fn the_end_of_the_number() {
    let open = play("*#@120/120 p780 204#@120/120", &[]);
    assert!((0..=5).contains(&(at(&open, "target") - at(&open, "decoded"))), "{open}");
    assert_eq!(at(&open, "consult") - at(&open, "target"), 2500, "how long the colleague of --answer talk takes");
    let unended = play("*#@120/120 p780 204@120/120", &[]);
    assert!((2900..=3100).contains(&(at(&unended, "target") - at(&unended, "decoded"))), "{unended}");
    let fixed = play("*#@120/120 p780 204@120/120", &["--dial-plan", "fixed"]);
    assert_eq!((short(&fixed).as_str(), at(&fixed, "target")), (WORKS, at(&fixed, "decoded")));
    let swallowed = play_with(&MEASURED[1], "*#@120/120 p780 204#@120/120", &["--dial-plan", "fixed"]);
    assert_eq!(short(&swallowed), WORKS);
    let cancelled = play("*#@120/120 p780 204#@120/120", &["--dial-plan", "fixed"]);
    assert_eq!(short(&cancelled), "feature target=204 returned");
    let repeated = play("*#@120/120 p780 204##@120/120", &[]);
    assert_eq!(short(&repeated), "feature target=204 returned");
}

#[test]
fn coming_back() {
    let code = "*#@120/120 p780 204#@120/120";
    for (until, answer, verdict) in [
        ("consult", "talk", "feature target=204 consult returned"),
        ("target", "never", "feature target=204 returned"),
        ("target", "busy", "feature target=204 returned"),
    ] {
        let verdict_of = play(&format!("{code} wait:{until} p1000 #@120/120"), &["--answer", answer]);
        assert_eq!(short(&verdict_of), verdict);
        assert_eq!(at(&verdict_of, "returned") - at(&verdict_of, "decoded"), 400, "{answer}");
    }
    let late = play(&format!("{code} wait:returned p1000 #@120/120"), &["--answer", "busy"]);
    assert_eq!(short(&late), "feature target=204 returned leaked=#");
    let again = play(&format!("{code} wait:consult #@120/120 wait:returned p500 {code} wait:consult"), &[]);
    assert_eq!(short(&again), "feature target=204 consult returned");
}

#[test]
fn no_number_and_a_wrong_one() {
    for (steps, answer) in
        [("*#@120/120 p780 #@120/120", "talk"), ("*#@120/120", "talk"), ("*#@120/120 p780 204#@120/120", "unknown")]
    {
        let verdict = play(steps, &["--answer", answer]);
        assert_eq!(short(&verdict), "feature returned", "{steps}");
        assert!((10_000..=14_000).contains(&(at(&verdict, "returned") - at(&verdict, "feature"))), "{verdict}");
    }
    let lost = play("*#@120/120 p780 #@120/200 204@80/80", &[]);
    assert_eq!(short(&lost), "feature returned", "digits during the repeated prompt are lost");
}

#[test]
fn nobody_there() {
    let code = "*#@120/120 p780 204#@120/120";
    for (answer, after) in [("busy", 10_250), ("reject", 10_000), ("never", 15_250), ("off", 250)] {
        let verdict = play(code, &["--answer", answer]);
        assert_eq!(short(&verdict), "feature target=204 returned", "{answer}");
        let took = at(&verdict, "returned") - at(&verdict, "target");
        assert!((after - 20..=after + 20).contains(&took), "{answer}: {took}");
    }
}

#[test]
fn hanging_up() {
    let code = "*#@120/120 p780 204#@120/120";
    for (steps, answer, verdict) in [
        (format!("{code} wait:consult p500 hangup"), "talk", "feature target=204 consult joined=client+colleague"),
        (format!("{code} wait:target p500 hangup"), "talk", "feature target=204 joined=client+colleague"),
        (format!("{code} wait:target p500 hangup"), "never", "feature target=204 lost"),
        (format!("{code} wait:target p500 hangup"), "busy", "feature target=204 lost"),
        ("*#@120/120 wait:feature p300 hangup".to_owned(), "talk", "feature lost"),
        (format!("{code} wait:consult p500 hangup:colleague"), "talk", "feature target=204 consult returned"),
        (format!("{code} wait:consult p500 *2@120/120"), "talk", "feature target=204 consult joined=client+colleague"),
        (
            format!("{code} wait:consult p500 *3@120/120"),
            "talk",
            "feature target=204 consult joined=client+employee+colleague",
        ),
    ] {
        assert_eq!(short(&play(&steps, &["--answer", answer])), verdict, "{steps} {answer}");
    }
    let client_gone = play(&format!("{code} wait:consult p500 hangup:client"), &[]);
    assert_eq!(client_gone["up"], json!(["employee", "colleague"]));
}

#[test]
fn in_the_talk() {
    for (number, target) in [("204", "204"), ("89161234567", "89161234567")] {
        let blind = play(&format!("##@120/120 p780 {number}#@120/120"), &[]);
        assert_eq!(short(&blind), format!("feature target={target} joined=client+colleague"));
        assert_eq!(blind["up"], json!(["client", "colleague"]));
    }
    let busy = play("##@120/120 p780 204#@120/120", &["--answer", "busy"]);
    assert_eq!(short(&busy), "feature target=204 lost");
    let gone = |who: &str| at(&busy, "disconnect") >= at(&busy, "target") && !busy["up"].to_string().contains(who);
    assert!(["employee", "colleague", "client"].into_iter().all(gone), "{busy}");
    assert_eq!(at(&busy, "lost") - at(&busy, "target"), 10_000, "the client hears busy tones for so long");
    for lone in ["*", "#"] {
        let verdict = play(&format!("{lone}@120/120"), &[]);
        assert_eq!(short(&verdict), format!("leaked={lone}"));
        assert!((1000..=1150).contains(&(at(&verdict, "leaked") - at(&verdict, "decoded"))), "{verdict}");
    }
    let other = play("7@120/120", &[]);
    assert_eq!(at(&other, "leaked"), at(&other, "decoded"));
}
