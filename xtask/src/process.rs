//! Starting other programs, and saying what takes long.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::ffi::OsStr;
use std::process::{Child, Command, ExitStatus};
use std::time::Instant;

/// The password of the release key, if it comes by the environment.
pub const PASSWORD: &str = "STARHASH_KEY_PASSWORD";

/// A program to be started. None is handed the password by inheritance: compilers and Maven run what strangers wrote. Clippy keeps
/// xtask from starting one otherwise.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_remove(PASSWORD);
    command
}

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
    let mut cargo = command(std::env::var_os("CARGO").as_deref().unwrap_or(OsStr::new("cargo")));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_the_release_key_is_kept_from_other_programs() {
        for command in [command("any"), cargo(&Workspace { root: "a".into(), target: "b".into() }, "build")] {
            assert!(command.get_envs().any(|(name, value)| name == PASSWORD && value.is_none()), "{command:?}");
        }
    }
}
