//! What R8 made of the app, tried on the desk: by the rules of the APK, but as JVM classes.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::process;
use crate::shrink::{self, Form};
use crate::workspace::Workspace;
use std::path::Path;
use std::process::Command;

/// A rule of r8.pro whose loss the tests of minified classes must notice: it keeps the fields and constructors that JNA looks
/// for by reflection.
pub const NEEDED_RULE: &str = "-keepclassmembers class * extends com.sun.jna.Structure";

/// Whether `log`, of the tests of [`without`], tells of what the loss of [`NEEDED_RULE`] does and of nothing else: JNA cannot make
/// the core's buffers, hence there is no core, hence no transfer; but the classes are R8's.
pub fn misses_needed_rule(log: &str) -> bool {
    let lines: Vec<&str> = log.lines().collect();
    let ended = |how: &str, test: &str, why: &str| {
        lines.windows(2).any(|pair| pair[0].starts_with(how) && pair[0].ends_with(test) && pair[1].contains(why))
    };
    ended("FAILED ", "ByHandTest.aClientIsPassedOn", "the core is not available: IllegalArgumentException")
        && ended(
            "FAILED ",
            "MinifiedTest.jnaFindsTheFieldsOfWhatGoesOverTheBorder",
            "Can't create an instance of class app.starhash.core.bindings.RustBuffer$ByValue",
        )
        && ended("ok ", "MinifiedTest.noClassOfTheAppIsThereAsItWasBeforeR8", "")
        && lines.contains(&"1 passed, 2 failed")
}

/// `cargo xtask minified [--without RULE]` on the app, which is built.
///
/// # Errors
/// The first step that failed, or an option that is none.
pub fn run(workspace: &Workspace, desk: &Desk, options: &[String]) -> Result<(), Failure> {
    match options {
        [] => {
            process::run(&mut scan(workspace, desk)?, "The API levels")?;
            process::run(&mut transfers(workspace, desk)?, "The transfers with minified classes")
        }
        [option, rule] if option == "--without" => {
            process::run(&mut without(workspace, desk, rule)?, "The transfer without that rule")
        }
        _ => Err(Failure::failed("`cargo xtask minified` knows only `--without RULE`.")),
    }
}

/// Which of Android the app uses, and what R8 leaves of its libraries.
pub fn scan(workspace: &Workspace, desk: &Desk) -> Result<Command, Failure> {
    let jar = shrink::shrink(workspace, Form::Jvm)?;
    let mut desk = desk.clone();
    desk.properties.push(format!("starhash.shrunk={}", jar.display()));
    let mut tests = desk.tests()?;
    tests.arg("ApiLevelTest.");
    Ok(tests)
}

/// By what R8 made: the main transfers, errors in both directions, panics of the core.
pub fn transfers(workspace: &Workspace, desk: &Desk) -> Result<Command, Failure> {
    let jar = shrink::shrink(workspace, Form::Jvm)?;
    let mut tests = minified(workspace, desk, &jar).tests()?;
    tests.args(["MinifiedTest.", "ByHandTest.", "ByHandTransferTest.", "CoreErrorsTest.", "PanicTest."]);
    Ok(tests)
}

/// One transfer by what R8 made without the rule of r8.pro that contains `rule`.
pub fn without(workspace: &Workspace, desk: &Desk, rule: &str) -> Result<Command, Failure> {
    let jar = shrink::shrink_without(workspace, rule)?;
    let mut tests = minified(workspace, desk, &jar).tests()?;
    tests.args(["MinifiedTest.", "ByHandTest.aClientIsPassedOn"]);
    Ok(tests)
}

/// The desk with the minified classes in place of the app's and of JNA's. Kotlin's library is there for the tests alone:
/// R8 gave what it kept of it other names.
fn minified(workspace: &Workspace, desk: &Desk, jar: &Path) -> Desk {
    let classes = workspace.out().join("app/classes");
    let jna = |entry: &Path| entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with("jna-"));
    let mut desk = desk.clone();
    desk.class_path.retain(|entry| *entry != classes && !jna(entry));
    desk.class_path.insert(1, jar.to_owned());
    desk.screens = desk.screens.join("minified");
    desk.properties.push(format!("starhash.unminified={}", classes.display()));
    desk
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\
FAILED   7.60 s  ByHandTest.aClientIsPassedOn
java.lang.IllegalStateException: the core is not available: IllegalArgumentException
\tat app.starhash.call.ByHand.open(ByHand.kt:44)
FAILED   0.02 s  MinifiedTest.jnaFindsTheFieldsOfWhatGoesOverTheBorder
org.junit.ComparisonFailure: expected:<[]> but was:<[ByValue: java.lang.IllegalArgumentException: Can't create an instance of \
class app.starhash.core.bindings.RustBuffer$ByValue, requires a public no-arg constructor
ok       0.07 s  MinifiedTest.noClassOfTheAppIsThereAsItWasBeforeR8
1 passed, 2 failed
";

    #[test]
    fn only_what_the_lost_rule_does_counts_as_its_loss() {
        assert!(misses_needed_rule(LOG));
        for (said, otherwise) in [
            ("not available: IllegalArgumentException", "not available: UnsatisfiedLinkError"),
            ("the core is not available: IllegalArgumentException", "«Соединить» cannot be touched"),
            ("FAILED   0.02 s  Minified", "ok       0.02 s  Minified"),
            ("RustBuffer$ByValue,", "Another,"),
            ("ok       0.07 s", "FAILED   0.07 s"),
            ("1 passed, 2 failed", "1 passed, 3 failed"),
        ] {
            assert!(LOG.contains(said), "{said}");
            assert!(!misses_needed_rule(&LOG.replace(said, otherwise)), "{otherwise}");
        }
    }
}
