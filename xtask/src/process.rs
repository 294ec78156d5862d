//! Starting other programs, and saying what takes long.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::ffi::OsStr;
use std::process::{Child, Command, ExitStatus};
use std::time::Instant;

/// Runs `command` with this terminal; `what` names it in the error.
pub fn run(command: &mut Command, what: &str) -> Result<(), Failure> {
    let status = status(command)?;
    if status.success() { Ok(()) } else { Err(Failure::failed(format!("{what} failed ({status})."))) }
}

/// Runs `command` with this terminal.
pub fn status(command: &mut Command) -> Result<ExitStatus, Failure> {
    command.status().map_err(|error| cannot_start(command, &error))
}

/// Starts `command` and goes on.
pub fn start(command: &mut Command) -> Result<Child, Failure> {
    command.spawn().map_err(|error| cannot_start(command, &error))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::missing(format!("Cannot start {}: {error}.", command.get_program().to_string_lossy()))
}

/// The cargo that started us, in the same target folder.
pub fn cargo(workspace: &Workspace, subcommand: &str) -> Command {
    let mut cargo = bare_cargo(workspace);
    cargo.arg(subcommand).arg("--target-dir").arg(&workspace.target);
    cargo
}

/// The cargo that started us, for what builds nothing.
pub fn bare_cargo(workspace: &Workspace) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").as_deref().unwrap_or(OsStr::new("cargo")));
    cargo.current_dir(&workspace.root);
    cargo
}

/// Says what begins and about how long it takes, then how long it took.
pub fn step<T>(what: &str, about: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    eprintln!("{what} ({about})…");
    let start = Instant::now();
    let result = work()?;
    eprintln!("{what}: done in {:.1} s", start.elapsed().as_secs_f32());
    Ok(result)
}
