//! Bad input: exit code 2, and on standard error what is wrong, where, and what to do.
#![cfg(test)]

mod command;

use command::starhash;

#[track_caller]
fn refused(options: &[&str], input: &str, said: &[&str]) {
    let (code, out, error) = starhash(options, input);
    assert_eq!((code, out.as_str()), (2, ""), "{options:?}: {error}");
    for words in said {
        assert!(error.contains(words), "{options:?}: {error:?} without {words:?}");
    }
}

#[test]
fn numbers() {
    for (number, said) in [
        ("", "--to \"\": nothing was written; write a number, such as 204"),
        ("Анна", "there are no digits in it; write a number, such as 204"),
        ("*#204#", "\"*\" cannot be sent as part of a number; write one number, without the codes of the PBX"),
        ("204 205a", "\"a\" cannot be sent as part of a number"),
        ("123456789012345678901", "21 digits are too many; at most 20 can be sent"),
    ] {
        refused(&["plan", "--to", number], "", &[said]);
        refused(&["wav", "--to", number, "never-written.wav"], "", &[said]);
    }
}

#[test]
fn profiles() {
    refused(
        &["plan", "--to", "204", "--profile", "asterix"],
        "",
        &[
            "--profile",
            "asterix",
            "no such file, and none of the profiles that come with the program: default, asterisk,",
        ],
    );
    refused(
        &["profile", "show", "asterix"],
        "",
        &["asterix", "no such file, and none of the profiles that come with the program: default, asterisk,"],
    );
    let file = format!("{}/bad-profile-{}.toml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::write(&file, "name = \"ours\"\nstart = \"*x\"\ncomplete = \"hangup\"\n").unwrap();
    for options in [vec!["profile", "check", &file], vec!["plan", "--to", "204", "--profile", &file]] {
        refused(&options, "", &["start", "'x' is not a key of a telephone; use 0-9, * and # only"]);
    }
    let good = format!("{}/good-{}.toml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::write(&good, "name = \"ours\"\nstart = \"*2\"\ncomplete = \"hangup\"\n").unwrap();
    let (code, out, error) = starhash(&["profile", "check", &good, &file], "");
    assert_eq!((code, out), (2, format!("{good}: ours: good; 120/120 ms, pause 900 ms\n")));
    assert!(error.starts_with(&format!("starhash: {file}: ")) && error.contains("start"), "{error}");
    std::fs::remove_file(good).unwrap();
    std::fs::write(
        &file,
        "name = \"ours\"\nstart = \"*123\"\ncomplete = \"hangup\"\n[timing]\ntone_ms = 80\ngap_ms = 80\n",
    )
    .unwrap();
    let slow = ["plan", "--to", "204", "--profile", &file, "--timing", "careful"];
    refused(&slow, "", &["start", "800 ms", "or choose another --timing"]);
    for options in [vec!["profile", "check", "."], vec!["plan", "--to", "204", "--profile", "."]] {
        refused(&options, "", &["cannot be read (", "name a profile's file (docs/profile.md)"]);
    }
    std::fs::remove_file(file).unwrap();
}

/// What begins with a minus is a number, too, and no option.
#[test]
fn minus_signs() {
    let (code, _, error) = starhash(&["plan", "--to", "-204", "--json"], "");
    assert_eq!((code, error.as_str()), (0, "--to \"-204\": 204, an extension\n"));
    let seed = ["simulate", "--steps", "-", "--seed", "-1"];
    refused(&seed, "[]", &["--seed <N>", "write a whole number, 0 to 18446744073709551615"]);
}

#[test]
fn steps() {
    let what = "name a text file (UTF-8) with what `starhash plan --json` prints";
    refused(&["simulate", "--steps", "nowhere.json"], "", &["--steps nowhere.json: cannot be read (", what]);
    refused(&["simulate", "--steps", "."], "", &["--steps .: cannot be read (", what]);
    refused(&["simulate", "--steps", "-"], "[]", &["--steps -: there are no steps in it; write what"]);
    refused(
        &["simulate", "--steps", "-"],
        "[{\"tone\":\"x\",\"on_ms\":1,\"off_ms\":1}]",
        &["--steps -: step 1", "write one of \"0\" to \"9\""],
    );
    refused(&["simulate", "--steps", "-", "--level", "loud"], "[]", &["--level", "write decibels, -60 to 20"]);
    refused(&["simulate", "--steps", "-", "--network", "3g"], "[]", &["--network", "satellite"]);
}

#[test]
fn facts() {
    for list in ["112,", "a", "1 2"] {
        refused(&["classify", "204", "--emergency", list], "", &["--emergency", "write digits, with commas between"]);
    }
    refused(&["classify"], "", &["<STRING>"]);
}

#[test]
fn files_that_cannot_be_written() {
    refused(&["wav", "--to", "204", "/nowhere/code.wav"], "", &["/nowhere/code.wav: ", "choose another OUT"]);
}

/// A disk that is full, and a standard error that nobody can write to.
#[test]
fn outputs_that_cannot_be_written() {
    let steps = format!("{}/steps-{}.json", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::write(&steps, r#"[{"pause_ms":1}]"#).unwrap();
    let sound = format!("{}/full-{}.wav", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    assert_eq!(starhash(&["wav", "--to", "204", &sound], "").0, 0);
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for options in [
        "plan --to 204",
        "wav --to 204 -",
        "profile list",
        "completions fish",
        &format!("decode {sound}"),
        &format!("decode --json {sound}"),
        &format!("simulate --steps {steps}"),
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_starhash"));
        let output = command.args(options.split(' ')).stdout(full()).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{options}");
        assert!(
            error.contains("the result cannot be written: ") && error.contains("write it somewhere else"),
            "{error}"
        );
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_starhash"));
        let output = command.args(options.split(' ')).stderr(full()).output().unwrap();
        assert!(output.status.success() && !output.stdout.is_empty(), "{options}: {output:?}");
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_starhash"));
    let refused = command.args(["decode", "nowhere.wav"]).stderr(full()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    std::fs::remove_file(steps).unwrap();
    std::fs::remove_file(sound).unwrap();
}

/// Tones that nobody can hear are played all the same, but not without a word.
#[test]
fn steps_that_can_do_nothing() {
    let steps = r#"[{"hangup":true},{"tone":"*","on_ms":120,"off_ms":120},{"hangup":"colleague"},{"hangup":true}]"#;
    for network in ["ideal", "volte", "2g", "lossy", "satellite"] {
        let (code, out, error) = starhash(&["simulate", "--steps", "-", "--network", network], steps);
        assert!(code == 0 && !out.contains("decoded"), "{network}: {out}");
        assert_eq!(
            error,
            "step 2: the employee's call is over, nobody hears this tone\nstep 3: the colleague is not there\n\
             step 4: the employee's call is over already\n",
            "{network}"
        );
    }
    let (_, _, error) = starhash(&["simulate", "--steps", "-"], r#"[{"hangup":"client"},{"hangup":"client"}]"#);
    assert_eq!(error, "step 2: the client's call is over already\n");
}

/// A wait is for what comes after that which was waited for before, not for what came in an earlier attempt.
#[test]
fn a_wait_is_not_met_by_the_past() {
    let tone = |key| format!(r#"{{"tone":"{key}","on_ms":120,"off_ms":120}},"#);
    let tones = |keys: &str| keys.chars().map(tone).collect::<Vec<_>>().concat();
    let wait = |word: &str| format!(r#"{{"wait_for":"{word}"}},"#);
    let steps =
        tones("*#") + r#"{"pause_ms":780},"# + &tones("204#") + &wait("consult") + &tones("#") + &wait("returned");
    let (code, _, error) = starhash(&["simulate", "--steps", "-"], &format!("[{steps}{{\"pause_ms\":1}}]"));
    assert_eq!((code, error.as_str()), (0, ""));
    let twice = format!("[{}{}{{\"wait_for\":\"feature\"}}]", tones("*#"), wait("feature"));
    let (code, _, error) = starhash(&["simulate", "--steps", "-"], &twice);
    assert!(code == 1 && error.contains("for \"feature\" in vain"), "one event meets one wait: {error}");
    let at_once = format!("[{}{}{}{{\"pause_ms\":1}}]", tones("*#"), wait("music"), wait("feature"));
    let (code, _, error) = starhash(&["simulate", "--steps", "-"], &at_once);
    assert_eq!((code, error.as_str()), (0, ""), "the order of what happens at once does not matter");
    let (code, _, error) =
        starhash(&["simulate", "--steps", "-"], &format!("[{steps}{}{{\"wait_for\":\"target\"}}]", tones("7")));
    assert!(code == 1 && error.contains("waited 60 s for \"target\" in vain"), "{error}");
}

/// The steps are right and the PBX does something else: that is exit code 1, with all that happened.
#[test]
fn waiting_in_vain() {
    let steps = r##"[{"tone":"#","on_ms":120,"off_ms":120},{"wait_for":"consult"},{"hangup":true}]"##;
    let (code, out, error) = starhash(&["simulate", "--steps", "-"], steps);
    assert_eq!(code, 1);
    assert!(error.contains("waited 60 s for \"consult\" in vain; the steps after it were not played"), "{error}");
    assert!(out.contains("the client hears #"), "{out}");
}

#[test]
fn help_has_examples_and_every_shell_its_completions() {
    for command in [
        "plan",
        "wav",
        "decode",
        "classify",
        "simulate",
        "profile",
        "profile list",
        "profile show",
        "profile check",
        "completions",
    ] {
        let (code, help, _) = starhash(&[&command.split(' ').collect::<Vec<_>>()[..], &["--help"]].concat(), "");
        let (_, examples) = help.split_once("Example").unwrap();
        assert!(code == 0 && examples.contains(&format!("starhash {command}")), "{help}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = starhash(&["completions", shell], "");
        assert!(code == 0 && script.contains("simulate") && script.contains("dial-plan"), "{shell}");
    }
}
