//! What README.md shows of `starhash` is what it prints.
#![cfg(test)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of README.md and the lines under it.
struct Example {
    command: String,
    shown: String,
}

fn examples(readme: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let block = block.split_once("```").unwrap().0;
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(command) => examples.push(Example { command: command.to_owned(), shown: String::new() }),
                None => examples.last_mut().unwrap().shown.extend([line, "\n"]),
            }
        }
    }
    examples
}

/// The words of a shell, `cargo starhash` being the command just built.
fn prints(command: &str, folder: &Path) -> String {
    let words = command.replace("cargo starhash", env!("CARGO_BIN_EXE_starhash"));
    let script = format!("exec 2>&1; {words}");
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{command}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_of_the_readme_prints_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("docs")).unwrap();
    std::fs::copy(root.join("docs/profile-example.toml"), folder.join("docs/profile-example.toml")).unwrap();
    let examples = examples(&std::fs::read_to_string(root.join("README.md")).unwrap());
    for name in [
        "plan",
        "wav",
        "decode",
        "classify",
        "simulate",
        "profile check",
        "profile show",
        "profile list",
        "completions",
    ] {
        let shown = |example: &&Example| example.command.starts_with(&format!("cargo starhash {name} "));
        assert!(
            examples.iter().any(|example| shown(&example) || example.command.ends_with(name)),
            "no example of {name}"
        );
    }
    for Example { command, shown } in &examples {
        assert_eq!(&prints(command, &folder), shown, "$ {command}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
