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
        &["--profile", "asterix", "there are default, asterisk,"],
    );
    refused(&["profile", "show", "asterix"], "", &["asterix", "there are default, asterisk,"]);
    let file = format!("{}/bad-profile-{}.toml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::write(&file, "name = \"ours\"\nstart = \"*x\"\ncomplete = \"hangup\"\n").unwrap();
    for options in [vec!["profile", "check", &file], vec!["plan", "--to", "204", "--profile", &file]] {
        refused(&options, "", &["start", "'x' is not a key of a telephone; use 0-9, * and # only"]);
    }
    std::fs::write(
        &file,
        "name = \"ours\"\nstart = \"*123\"\ncomplete = \"hangup\"\n[timing]\ntone_ms = 80\ngap_ms = 80\n",
    )
    .unwrap();
    let slow = ["plan", "--to", "204", "--profile", &file, "--timing", "careful"];
    refused(&slow, "", &["start", "800 ms", "or choose another --timing"]);
    std::fs::remove_file(file).unwrap();
}

#[test]
fn steps() {
    refused(&["simulate", "--steps", "nowhere.json"], "", &["--steps nowhere.json: "]);
    refused(
        &["simulate", "--steps", "-"],
        "[{\"tone\":\"x\",\"on_ms\":1,\"off_ms\":1}]",
        &["--steps -: step 1", "0-9 * #"],
    );
    refused(&["simulate", "--steps", "-", "--level", "loud"], "[]", &["--level", "write decibels, -60 to 20"]);
    refused(&["simulate", "--steps", "-", "--network", "3g"], "[]", &["--network", "satellite"]);
}

#[test]
fn files_that_cannot_be_written() {
    refused(&["wav", "--to", "204", "/nowhere/code.wav"], "", &["/nowhere/code.wav: ", "choose another OUT"]);
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
    for command in ["plan", "wav", "decode", "simulate", "profile"] {
        let (code, help, _) = starhash(&[command, "--help"], "");
        let (_, examples) = help.split_once("Example").unwrap();
        assert!(code == 0 && examples.contains(&format!("starhash {command} ")), "{help}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = starhash(&["completions", shell], "");
        assert!(code == 0 && script.contains("simulate") && script.contains("dial-plan"), "{shell}");
    }
}
