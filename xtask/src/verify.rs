//! `cargo verify`: everything that must hold before a change is shown to anybody.

use crate::apk;
use crate::app;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::keys;
use crate::lanes::{self, Job};
use crate::levels;
use crate::minified;
use crate::native;
use crate::natives;
use crate::prereq;
use crate::process;
use crate::reproduce;
use crate::shrink;
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The demo's endings: what it is, the options, the exit code.
const ENDINGS: &[(&str, &str, i32)] = &[
    ("the client is passed on", "--then connect", 0),
    ("connected before the colleague answers", "--answer never --then connect", 0),
    ("the colleague is busy", "--answer busy", 0),
    ("the colleague does not answer", "--answer never --then return", 0),
    ("the colleague refuses", "--answer reject", 0),
    ("the colleague's phone is off", "--answer off", 0),
    ("no such number", "--to 999 --answer unknown", 0),
    ("the code is sent again, slower", "--then retry", 0),
    ("hung up by the red button", "--then hangup", 0),
    ("cancelled half-way", "--cancel-at-ms 1200", 0),
    ("the call drops half-way", "--cut-at-ms 900", 0),
    ("the client hangs up", "--client-hangs-up-at-ms 2000", 0),
    ("another call half-way", "--waiting-call-at-ms 700", 0),
    ("a key by hand half-way", "--key-at-ms 700", 0),
    ("in English, by night, to an outside number", "--to +79453012210 --lang en --night", 0),
    ("another PBX's codes", "--profile docs/profile-example.toml --answer busy", 0),
    ("through VoLTE", "--network volte", 0),
    ("through 2G, with the way back", "--network 2g --answer never --then return", 0),
    ("a muted line: the demo must fail", "--mute-line", 1),
];

/// What the oldest Android is asked where somebody waits: what differs between levels. Transfers, ringing, the notification, dial
/// pad, list and form, where sound comes out, what fonts of 200 % do. In CI every level is asked everything.
const OLDEST: &[&str] = &[
    "ByHandTest.",
    "ByHandTransferTest.",
    "DialPadTest.",
    "GuardTest.",
    "ApiLevelTest.",
    "LooksTest.lowWindowHugeFont",
    "NotificationTest.aRingingCall",
    "NotificationTest.inTheConsultation",
    "NotificationTest.itsCallBack",
    "ColleaguesTest.",
    "BeforeTheCoreIsLoadedTest.",
    "EarScreenTest.",
    "HeldTest.",
    "SetupTest.",
];

/// What a machine may be unable to do.
const BROWSER: &str = "the page in a browser";
const NATIVES: &str = "the Android libraries on the desk";

/// # Errors
/// The first step that failed.
pub fn run() -> Result<(), Failure> {
    let workspace = Workspace::locate()?;
    prereq::check(&workspace)?;
    let mut log = Log { start: Instant::now(), rows: Vec::new() };
    let result = steps(&workspace, &mut log);
    log.print();
    result
}

fn steps(workspace: &Workspace, log: &mut Log) -> Result<(), Failure> {
    let cargo = |subcommand| process::cargo(workspace, subcommand);
    log.cargo("formatting", process::bare_cargo(workspace).args(["fmt", "--all", "--check"]))?;
    let strict = ["--workspace", "--all-targets", "--", "--deny", "warnings"];
    log.cargo("clippy", cargo("clippy").args(strict))?;
    log.cargo("Rust tests", cargo("test").arg("--workspace"))?;
    let desk = log.step("building the app", || app::build(workspace))?;
    phones(workspace, log)?;
    let natives = log.can(NATIVES, natives::lacking().or_else(|| no_targets(workspace)))?;
    if natives {
        log.step(NATIVES, || natives::call(workspace, &desk))?;
    }
    let browser = log.can(BROWSER, prereq::no_browser())?;
    let mut jobs = log.step("older Androids", || on_older_androids(workspace, &desk))?;
    jobs.extend(in_real_time(workspace, &desk, natives, browser)?);
    jobs.extend(log.step("the minified app", || minified_app(workspace, &desk))?);
    lanes::run(jobs, &workspace.target.join("verify"), |name, time, mark| {
        log.rows.push((name.to_owned(), time, mark));
    })
}

/// The APKs, and with them another build in another folder where that is nobody's waiting: in CI. A developer's machine builds
/// them once it has Rust's standard library for phones.
fn phones(workspace: &Workspace, log: &mut Log) -> Result<(), Failure> {
    let ci = in_ci();
    if ci {
        native::prepare(workspace)?;
    } else if let Some(why) = no_targets(workspace) {
        log.skip("the APKs", &why);
        return Ok(());
    }
    log.step("the APKs", || apk::build(workspace, &keys::key(false)?))?;
    let mut read = process::cargo(workspace, "test");
    read.args(["--package", "starhash-apk", "--", "--ignored"]).env("STARHASH_AAPT2", app::aapt2(workspace));
    log.cargo("what read-back refuses", read.env("STARHASH_APK", workspace.target.join("apk/starhash-universal.apk")))?;
    let mut keys = process::cargo(workspace, "test");
    log.cargo("keys that a release refuses", keys.args(["--package", "xtask", "--", "--ignored"]))?;
    if ci {
        log.step("the APKs from another folder", || reproduce::run(workspace))?;
    }
    Ok(())
}

/// Where nobody waits.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}

/// Why nothing can be built for phones yet.
fn no_targets(workspace: &Workspace) -> Option<String> {
    let why = "Rust's standard library for phones is not here; `cargo apk` fetches it once.";
    (!native::missing_targets(workspace).is_empty()).then(|| why.to_owned())
}

fn on_older_androids<'a>(workspace: &Workspace, desk: &Desk) -> Result<Vec<Job<'a>>, Failure> {
    let on = |&sdk: &u32| {
        let mut tests = levels::on(workspace, desk, sdk)?.tests()?;
        if !in_ci() {
            tests.args(OLDEST);
        }
        let name = format!("Kotlin tests on Android {sdk}");
        Ok(Job::new(name.clone(), tests, well(name)))
    };
    levels::OLDER.iter().filter(|sdk| in_ci() || **sdk == shrink::MIN_SDK).map(on).collect()
}

/// The classes R8 made, and that the tests of them can fail.
fn minified_app<'a>(workspace: &'a Workspace, desk: &Desk) -> Result<Vec<Job<'a>>, Failure> {
    let scan = "API levels, minified".to_owned();
    let transfers = "transfers, minified".to_owned();
    let broken = "transfers without one of R8's rules: must fail";
    let judge = move |code| {
        let log = lanes::log(&workspace.target.join("verify"), broken);
        let said = fs::read_to_string(&log).map_err(|error| Failure::file("read", &log, &error))?;
        if code != 0 && minified::misses_needed_rule(&said) {
            return Ok(());
        }
        Err(Failure::failed(format!(
            "Without `{}` JNA should have failed at the core's buffers, and the transfer for that reason; see {}.",
            minified::NEEDED_RULE,
            log.display()
        )))
    };
    Ok(vec![
        Job::new(scan.clone(), minified::scan(workspace, desk)?, well(scan)),
        Job::new(transfers.clone(), minified::transfers(workspace, desk)?, well(transfers)),
        Job::new(broken.to_owned(), minified::without(workspace, desk, minified::NEEDED_RULE)?, judge),
    ])
}

/// Judges a program that must end with 0.
fn well(name: String) -> impl Fn(i32) -> Result<(), Failure> {
    move |code| if code == 0 { Ok(()) } else { Err(Failure::failed(format!("{name} failed ({code})."))) }
}

/// What mostly waits for real time to pass, the longest first; of `natives` and `browser` only what this machine can do.
fn in_real_time<'a>(
    workspace: &'a Workspace,
    desk: &Desk,
    natives: bool,
    browser: bool,
) -> Result<Vec<Job<'a>>, Failure> {
    let mut jobs = Vec::new();
    for part in ["1/2", "2/2"] {
        let mut tests = desk.tests()?;
        tests.arg(part);
        jobs.push(Job::new(format!("Kotlin tests, {part}"), tests, well("The Kotlin tests".to_owned())));
    }
    if natives {
        let tests = natives::kotlin_tests(workspace, desk)?;
        let name = "Kotlin tests with the library for Android";
        jobs.push(Job::new(name.to_owned(), tests, well(name.to_owned())));
    }
    if browser {
        jobs.push(Job::new(BROWSER.to_owned(), desk.browse(workspace)?, well("The page in a browser".to_owned())));
    }
    for &(name, options, code) in ENDINGS {
        jobs.push(ending(workspace, desk, name, options, code)?);
    }
    Ok(jobs)
}

fn ending<'a>(
    workspace: &'a Workspace,
    desk: &Desk,
    name: &'static str,
    options: &'static str,
    code: i32,
) -> Result<Job<'a>, Failure> {
    let arguments: Vec<String> = options.split_whitespace().chain(["--demo"]).map(str::to_owned).collect();
    let folder = format!("endings/{}", name.replace([' ', ',', ':'], "-"));
    let world = desk.world(workspace, &arguments, &folder)?;
    let judge = move |ended| {
        let call = arguments.join(" ");
        if ended != code {
            Err(Failure::failed(format!("`cargo phone {call}` ended with code {ended} instead of {code}.")))
        } else if code == 0 {
            Ok(())
        } else {
            failed_as_it_should(&workspace.target.join(&folder), &call)
        }
    };
    Ok(Job::new(format!("demo: {name}"), world, judge))
}

/// A demo that fails for another reason than the muted line proves nothing: it was played to its end, tones were sent,
/// and the PBX heard none of them.
fn failed_as_it_should(folder: &Path, call: &str) -> Result<(), Failure> {
    let file = folder.join("events.jsonl");
    let events = fs::read_to_string(&file).map_err(|error| Failure::failed(format!("{}: {error}", file.display())))?;
    let told = |what: &str| events.contains(&format!("\"do\":\"{what}\""));
    if told("end") && told("tone_off") && !told("decoded") {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "`cargo phone {call}` failed, but not because the line was mute; see {}.",
        file.display()
    )))
}

/// What was done, for the table at the end.
struct Log {
    start: Instant,
    rows: Vec<(String, Duration, &'static str)>,
}

impl Log {
    fn cargo(&mut self, name: &str, command: &mut Command) -> Result<(), Failure> {
        self.step(name, || process::run(command, name))
    }

    fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        println!("\n=== {name} ===");
        let start = Instant::now();
        let result = work();
        self.rows.push((name.to_owned(), start.elapsed(), if result.is_ok() { "" } else { "  FAILED" }));
        println!("=== {name}: {:.1} s ===", start.elapsed().as_secs_f32());
        result
    }

    /// Whether there is nothing against the step `name`; if there is, it is skipped, and said so. CI installs all that a step needs:
    /// there its lack is a fault of .ci/run, not of the machine.
    fn can(&mut self, name: &str, lacking: Option<String>) -> Result<bool, Failure> {
        match lacking {
            None => Ok(true),
            Some(why) if std::env::var_os("CI").is_some() => Err(Failure::missing(why)),
            Some(why) => {
                self.skip(name, &why);
                Ok(false)
            }
        }
    }

    fn skip(&mut self, name: &str, why: &str) {
        println!("\n=== {name}: SKIPPED ===\n{why}");
        self.rows.push((name.to_owned(), Duration::ZERO, "  SKIPPED"));
    }

    fn print(&self) {
        println!("\n{:>8}  step", "time");
        for (name, time, mark) in &self.rows {
            println!("{:>6.1} s  {name}{mark}", time.as_secs_f32());
        }
        println!(
            "{:>6.1} s  in all; what waits for real time is played two at a time",
            self.start.elapsed().as_secs_f32()
        );
    }
}
