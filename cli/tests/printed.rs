//! What the program prints is what there is.
#![cfg(test)]

mod command;

use command::{run, starhash};
use serde_json::{Value, json};

/// The plan for 204, and these steps after it.
fn plan_and(steps: &[Value]) -> String {
    let (_, plan, _) = starhash(&["plan", "--to", "204", "--json"], "");
    let mut plan: Vec<Value> = serde_json::from_str(&plan).unwrap();
    plan.extend_from_slice(steps);
    json!(plan).to_string()
}

fn simulate(steps: &str, options: &[&str]) -> (i32, String, String) {
    starhash(&[&["simulate", "--steps", "-"], options].concat(), steps)
}

/// A line of the verdict for people.
fn row<'a>(verdict: &'a str, name: &str) -> &'a str {
    let rows = verdict.rsplit("\n\n").next().unwrap();
    rows.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name}: {verdict}")).trim()
}

#[test]
fn sound_on_standard_output_is_a_recording_of_the_code() {
    let sound = run(&["wav", "--to", "204", "-"], b"");
    assert_eq!(String::from_utf8(sound.stderr).unwrap(), "--to \"204\": 204, an extension\n-: 2.42 s\n");
    let decoded = run(&["decode", "--json", "-"], &sound.stdout);
    let rows: Vec<Value> = serde_json::from_slice(&decoded.stdout).unwrap();
    let keys: String = rows.iter().map(|row| row["symbol"].as_str().unwrap()).collect();
    assert_eq!(keys, "*#204#");
    let (_, plan, _) = starhash(&["plan", "--to", "204", "--json"], "");
    let mut at = 200;
    let mut began = Vec::new();
    for step in serde_json::from_str::<Vec<Value>>(&plan).unwrap() {
        began.extend(step["tone"].is_string().then_some(at));
        at += ["on_ms", "off_ms", "pause_ms"].iter().filter_map(|key| step[key].as_i64()).sum::<i64>();
    }
    for (row, began) in rows.iter().zip(began) {
        let ms = |key: &str| row[key].as_i64().unwrap();
        assert!((ms("start_ms") - began).abs() <= 5 && (ms("length_ms") - 120).abs() <= 5, "{row} {began}");
        assert_eq!(row["file"], "-");
    }
    // A mobile's usual level: each tone some 9 dB below full scale and more.
    let loudest =
        sound.stdout[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs()).max();
    assert!((6_000..20_000).contains(&loudest.unwrap()), "{loudest:?}");
}

#[test]
fn each_timing_has_its_own_times() {
    for (timing, on, off, pause) in [("fast", 80, 80, 820), ("normal", 120, 120, 780), ("careful", 150, 220, 1280)] {
        let (_, plan, _) = starhash(&["plan", "--to", "204", "--timing", timing, "--json"], "");
        let plan: Value = serde_json::from_str(&plan).unwrap();
        assert_eq!(plan[0], json!({ "tone": "*", "on_ms": on, "off_ms": off }), "{timing}");
        assert_eq!(plan[2], json!({ "pause_ms": pause }), "{timing}");
    }
}

#[test]
fn an_emergency_number_is_named_as_one() {
    let (code, _, error) = starhash(&["plan", "--to", "112"], "");
    assert!(code == 0 && error.contains("an emergency service has the same number"), "{error}");
    assert!(!starhash(&["plan", "--to", "204"], "").2.contains("emergency"));
}

#[test]
fn the_verdict_for_people_says_what_the_one_for_programs_says() {
    let hang_up = |who: &str| json!({ "hangup": who });
    let wait = |word: &str| json!({ "wait_for": word });
    let (code, joined, _) = simulate(&plan_and(&[wait("consult"), hang_up("employee"), wait("joined")]), &[]);
    assert_eq!((code, row(&joined, "joined"), row(&joined, "lost")), (0, "client and colleague", "no"), "{joined}");
    assert_eq!((row(&joined, "feature"), row(&joined, "target"), row(&joined, "consult")), ("yes", "204", "yes"));
    let (code, lost, _) =
        simulate(&plan_and(&[wait("target"), hang_up("employee"), wait("lost")]), &["--answer", "busy"]);
    assert_eq!(
        (code, row(&lost, "lost"), row(&lost, "joined"), row(&lost, "returned")),
        (0, "yes", "-", "no"),
        "{lost}"
    );
    let tone = json!({ "tone": "7", "on_ms": 120, "off_ms": 120 });
    let (code, leaked, _) = simulate(&json!([tone, wait("leaked")]).to_string(), &[]);
    assert_eq!((code, row(&leaked, "leaked"), row(&leaked, "feature")), (0, "7", "no"), "{leaked}");
    let (_, ringing, error) = simulate(&plan_and(&[wait("target"), hang_up("colleague")]), &["--answer", "never"]);
    assert_eq!((row(&ringing, "returned"), error.as_str()), ("yes", ""), "who rings can refuse: {ringing}");
    let (_, over, _) = simulate(&plan_and(&[hang_up("client"), wait("disconnect")]), &[]);
    assert!(over.contains("client is gone"), "{over}");
}

#[test]
fn the_verdict_for_programs_has_all_symbols_and_what_was_waited_for() {
    let (code, verdict, _) = simulate(&plan_and(&[json!({ "wait_for": "lost" })]), &["--json"]);
    let verdict: Value = serde_json::from_str(&verdict).unwrap();
    assert_eq!((code, &verdict["decoded"], &verdict["waited_in_vain"]), (1, &json!("*#204#"), &json!("lost")));
}

#[test]
fn chance_takes_the_course_of_the_seed() {
    let verdict = |seed: &str| simulate(&plan_and(&[]), &["--network", "lossy", "--seed", seed, "--json"]).1;
    assert_eq!(verdict("7"), verdict("7"));
    assert!((8..16).any(|seed| verdict(&seed.to_string()) != verdict("7")));
}

#[test]
fn a_fixed_plan_ends_extensions_and_outside_numbers() {
    let fixed = |profile: &str, to: &str| {
        let (_, plan, _) = starhash(&["plan", "--to", to, "--profile", profile, "--json"], "");
        let (_, verdict, _) = simulate(&plan, &["--dial-plan", "fixed", "--profile", profile, "--json"]);
        serde_json::from_str::<Value>(&verdict).unwrap()["target"].clone()
    };
    assert_eq!(fixed("yeastar", "+7 945 301-22-10"), "89453012210");
    let file = format!("{}/trunk-7.toml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&file, "name = \"seven\"\nstart = \"*2\"\ncomplete = \"hangup\"\n[numbers]\ntrunk = \"7\"\n")
        .unwrap();
    assert_eq!(fixed(&file, "8-800-555-35-35"), "78005553535");
    let (_, checked, _) = starhash(&["profile", "check", &file], "");
    assert_eq!(checked, format!("{file}: seven: good; 120/120 ms, pause 900 ms\n"));
    std::fs::write(
        &file,
        "name = \"quick\"\nstart = \"*2\"\ncomplete = \"hangup\"\n[timing]\ntone_ms = 80\ngap_ms = 90\n",
    )
    .unwrap();
    let (_, checked, _) = starhash(&["profile", "check", &file], "");
    assert_eq!(checked, format!("{file}: quick: good; 80/90 ms, pause 900 ms\n"));
}

/// `starhash profile list | head -1`: who has read enough closes the pipe, and that is no failure.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_starhash"))
        .args(["simulate", "--steps", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), plan_and(&[]).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}
