//! The one entry for every chore. It depends on nothing but the standard library and compiles in a second,
//! so that a fresh machine is told quickly what it lacks.

mod apk;
mod app;
mod desk;
mod failure;
mod keys;
mod lanes;
mod levels;
mod maven;
mod minified;
mod native;
mod natives;
mod prereq;
mod process;
mod reproduce;
mod shrink;
mod sign;
mod stamp;
mod verify;
mod workspace;

use desk::Desk;
use failure::Failure;
use std::process::ExitCode;
use workspace::Workspace;

const HELP: &str = "\
Starhash: every chore starts here.

  cargo phone [options]          build everything, then serve the phone and its world to a browser
  cargo phone --demo [options]   the same, played without a hand: a client's call is transferred
  cargo verify                   everything that must hold: formatting, clippy, tests, the APKs, Android's libraries on the desk, older
                                 Androids, the minified app, the page in a browser, the demo's endings
  cargo bench                    the decoder, the tones at the binder, calls of the core, the page's frame rate (about three minutes)
  cargo apk [--release]          APKs for real phones, signed and read back: target/apk/ (`--help`)
  cargo xtask app                build the app as it runs on the desk: core, bindings, resources, Kotlin
  cargo xtask test [--sdk N] [PATTERN…]
                                 as `app`, then the Kotlin tests whose `Class.method` contains a PATTERN, on Android 35
                                 or N (30, 31, 33, 34); their screenshots go to target/screens/
  cargo xtask start-up           as `app`, then a call wakes the app up: what is loaded when, and on which thread
  cargo xtask browse             as `app`, then the page of `cargo phone` in a headless Chromium;
                                 its pictures go to target/tmp/pictures/
  cargo xtask minified [--without RULE]
                                 as `app`, then R8 as for the APK, but to JVM classes: do they use only what the oldest Android has,
                                 and do transfers work? Without the one RULE of android/app/r8.pro that contains this text
  cargo xtask natives            as `app`, then the core as built for Android, run on the desk: x86_64 under the app's own tests,
                                 all three called from C, the ARM ones by qemu
  cargo xtask reproduce          as `cargo apk`, then the same in a copy of the sources: every APK must be the same file
                                 (about ten minutes)
  cargo xtask networks [options] which timing gets through which network, and where it breaks: the tables of
                                 docs/networks.md (two to three minutes; `--check`, `--write`)

Only what changed is built again. Exit: 0 well, 1 a step failed, 2 something is missing on this machine.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            failure.exit_code()
        }
    }
}

fn run(args: &[String]) -> Result<(), Failure> {
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", args),
    };
    match (command, rest) {
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(())
        }
        ("app", []) => built().map(|_| ()),
        ("test", options) => test(options),
        ("bench", []) => bench(),
        ("start-up", []) => {
            let (_, desk) = built()?;
            process::run(&mut desk.start_up()?, "The start-up")
        }
        ("browse", []) => browse(),
        ("phone", options) => desk::phone(options),
        ("apk", options) => apk::run(options),
        ("natives", []) => run_natives(),
        ("reproduce", []) => reproduce(),
        ("minified", options) => {
            let (workspace, desk) = built()?;
            minified::run(&workspace, &desk, options)
        }
        ("networks", options) => networks(options),
        ("verify", []) => verify::run(),
        ("app" | "bench" | "browse" | "natives" | "reproduce" | "start-up" | "verify", [extra, ..]) => {
            Err(Failure::failed(format!("`cargo xtask {command}` takes no argument, but got `{extra}`.")))
        }
        _ => Err(Failure::failed(format!("There is no command `{command}`.\n\n{HELP}"))),
    }
}

/// `[--sdk N] [PATTERN…]`
fn test(options: &[String]) -> Result<(), Failure> {
    let (sdk, patterns) = match options {
        [option, sdk, patterns @ ..] if option == "--sdk" => {
            let number =
                sdk.parse().map_err(|_| Failure::failed(format!("`--sdk {sdk}`: an API level is a number.")))?;
            (Some(number), patterns)
        }
        [option, ..] if option.starts_with('-') => {
            return Err(Failure::failed(format!("`cargo xtask test` knows `--sdk N` in front, but got `{option}`.")));
        }
        patterns => (None, patterns),
    };
    let (workspace, mut desk) = built()?;
    if let Some(sdk) = sdk {
        desk = levels::on(&workspace, &desk, sdk)?;
    }
    process::run(desk.tests()?.args(patterns), "Kotlin tests")
}

/// The report on the networks.
fn networks(options: &[String]) -> Result<(), Failure> {
    let workspace = Workspace::locate()?;
    let program = ["--quiet", "--package", "virtual-pbx", "--bin", "starhash-networks", "--"];
    process::run(process::cargo(&workspace, "run").args(program).args(options), "The report on the networks")
}

/// The running app with the core as phones get it: optimized.
fn bench() -> Result<(), Failure> {
    let (workspace, mut desk) = built()?;
    process::run(
        process::cargo(&workspace, "build").args(["--release", "--package", "starhash-core"]),
        "The core for phones",
    )?;
    desk.library = workspace.target.join("release").join(desk.library.file_name().unwrap_or_default());
    process::run(&mut desk.bench()?, "The benchmark")
}

/// Builds the APKs here and in another folder.
fn reproduce() -> Result<(), Failure> {
    apk::run(&[])?;
    reproduce::run(&Workspace::locate()?)
}

/// The libraries for Android, on the desk.
fn run_natives() -> Result<(), Failure> {
    if let Some(why) = natives::lacking() {
        return Err(Failure::missing(why));
    }
    let (workspace, desk) = built()?;
    natives::run(&workspace, &desk)
}

fn browse() -> Result<(), Failure> {
    if let Some(why) = prereq::no_browser() {
        return Err(Failure::missing(why));
    }
    let (workspace, desk) = built()?;
    process::run(&mut desk.browse(&workspace)?, "The page in a browser")
}

/// The app, ready to run.
fn built() -> Result<(Workspace, Desk), Failure> {
    let workspace = Workspace::locate()?;
    prereq::check(&workspace)?;
    let desk = app::build(&workspace)?;
    Ok((workspace, desk))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(args: &[&str]) -> String {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        run(&args).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_command_is_named_and_the_known_ones_are_listed() {
        let error = error_of(&["fone"]);
        assert!(error.contains("`fone`"), "{error}");
        assert!(error.contains("cargo phone --demo"), "{error}");
    }

    #[test]
    fn an_argument_too_many_is_named() {
        assert!(error_of(&["app", "now"]).contains("`now`"));
        assert!(error_of(&["verify", "--fast"]).contains("`--fast`"));
        assert!(error_of(&["test", "--fast"]).contains("`--fast`"));
        assert!(error_of(&["test", "--sdk", "thirty"]).contains("thirty"));
    }
}
