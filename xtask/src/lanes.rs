//! Programs that mostly wait for real time to pass, played two at a time.

use crate::failure::Failure;
use crate::process;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// As many at a time: one of them needs about half of one core. A machine with one core has one.
const LANES: usize = 2;

/// What makes of an exit code whether all is well.
type Judge<'a> = Box<dyn Fn(i32) -> Result<(), Failure> + Send + 'a>;

/// One program.
pub struct Job<'a> {
    name: String,
    command: Command,
    judge: Judge<'a>,
}

impl<'a> Job<'a> {
    /// `judge` is given the exit code, -1 for a program that was killed.
    pub fn new(name: String, command: Command, judge: impl Fn(i32) -> Result<(), Failure> + Send + 'a) -> Self {
        Self { name, command, judge: Box::new(judge) }
    }

    /// Runs it; what it prints goes to a file in `logs` and is printed whole when it is over.
    fn run(mut self, logs: &Path) -> (String, Result<(), Failure>) {
        let file = log(logs, &self.name);
        let ended = File::create(&file)
            .and_then(|out| Ok((out.try_clone()?, out)))
            .map_err(|error| Failure::file("write", &file, &error));
        let result = ended.and_then(|(out, errors)| {
            let status = process::status(self.command.stdin(Stdio::null()).stdout(out).stderr(errors))?;
            (self.judge)(status.code().unwrap_or(-1))
        });
        let said = fs::read(&file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        (said, result)
    }
}

/// What the program of this name prints.
pub fn log(logs: &Path, name: &str) -> PathBuf {
    logs.join(format!("{}.txt", name.replace([' ', ',', ':', '/', '\''], "-")))
}

/// Runs all of them in about this order, until one fails; `done` is told of each: its name, its time, how it ended.
///
/// # Errors
/// The first that failed.
pub fn run(jobs: Vec<Job>, logs: &Path, done: impl FnMut(&str, Duration, &'static str) + Send) -> Result<(), Failure> {
    fs::create_dir_all(logs).map_err(|error| Failure::file("create", logs, &error))?;
    let (jobs, done) = (Mutex::new(VecDeque::from(jobs)), Mutex::new(done));
    let lane = || -> Result<(), Failure> {
        // Not `while let`: that would hold the lock while the job runs.
        loop {
            let next = lock(&jobs).pop_front();
            let Some(job) = next else { return Ok(()) };
            let (name, start) = (job.name.clone(), Instant::now());
            println!("... {name}");
            let (said, result) = job.run(logs);
            let mut done = lock(&done);
            println!("\n=== {name} ===\n{}\n=== {name}: {:.1} s ===\n", said.trim_end(), start.elapsed().as_secs_f32());
            done(&name, start.elapsed(), if result.is_ok() { "" } else { "  FAILED" });
            if result.is_err() {
                lock(&jobs).clear();
                return result;
            }
        }
    };
    let lanes = thread::available_parallelism().map_or(1, |cores| cores.get().min(LANES));
    thread::scope(|scope| {
        let running: Vec<_> = (0..lanes).map(|_| scope.spawn(lane)).collect();
        let broken = |_| Err(Failure::failed("A part of the verification broke off."));
        running.into_iter().map(|lane| lane.join().unwrap_or_else(broken)).fold(Ok(()), Result::and)
    })
}

/// A lane that broke off leaves nothing half done in what is shared.
fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell<'a>(name: &str, script: &str) -> Job<'a> {
        let mut command = process::command("sh");
        command.args(["-c", script]);
        let judge = |code| if code == 0 { Ok(()) } else { Err(Failure::failed(format!("code {code}"))) };
        Job::new(name.to_owned(), command, judge)
    }

    #[test]
    fn all_are_run_and_the_first_failure_ends_what_has_not_begun() {
        let logs = std::env::temp_dir().join(format!("starhash-lanes-{}", std::process::id()));
        let mut told = Vec::new();
        let jobs = vec![shell("a", "echo said; exit 0"), shell("b/1", "exit 0")];
        assert_eq!(run(jobs, &logs, |name, _, mark| told.push((name.to_owned(), mark))), Ok(()));
        told.sort();
        assert_eq!(told, [("a".to_owned(), ""), ("b/1".to_owned(), "")]);
        assert_eq!(fs::read_to_string(logs.join("a.txt")).unwrap(), "said\n");
        let mut told = Vec::new();
        let mut jobs = vec![shell("bad", "exit 3")];
        jobs.extend((0..20).map(|n| shell(&format!("late {n}"), "sleep 0.2")));
        let result = run(jobs, &logs, |name, _, _| told.push(name.to_owned()));
        assert_eq!(result, Err(Failure::failed("code 3")));
        assert!(told.contains(&"bad".to_owned()) && told.len() <= 3, "{told:?}");
        fs::remove_dir_all(logs).unwrap();
    }
}
