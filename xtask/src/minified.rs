//! What R8 made of the app, tried on the desk: by the rules of the APK, but as JVM classes.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::process;
use crate::shrink::{self, Form};
use crate::workspace::Workspace;
use std::path::Path;
use std::process::Command;

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
