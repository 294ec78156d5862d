//! The phone: a child process that runs the real app and speaks one JSON object a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

/// The phone says something every 20 ms; silent for so long, it has died or hangs.
const SILENCE: Duration = Duration::from_mins(1);

/// One line of the phone. Every line has its time; the lines come in order of time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Microseconds on the phone's monotonic clock.
    pub t_us: u64,
    /// Nothing happened but time.
    #[serde(default, rename = "clock")]
    _clock: bool,
    /// Where something happened: `app` or `binder`.
    #[serde(default)]
    pub at: Option<String>,
    /// What happened.
    #[serde(default, rename = "do")]
    pub what: Option<String>,
    /// In which call.
    #[serde(default)]
    pub call: Option<String>,
    /// Which key.
    #[serde(default)]
    pub key: Option<char>,
    /// What was tapped.
    #[serde(default)]
    pub text: Option<String>,
    /// The command this answers.
    #[serde(default)]
    pub reply: Option<u64>,
    /// Whether that was done.
    #[serde(default)]
    pub ok: bool,
    /// Why not.
    #[serde(default)]
    pub error: Option<String>,
    /// The microphone; the world has no use for it.
    #[serde(default, rename = "on")]
    _on: Option<bool>,
}

/// The running phone. Dropping it ends the process.
pub struct Phone {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<Result<Line, String>>,
    commands: u64,
}

impl Phone {
    /// Starts the phone; what it prints beside the protocol goes to `log`.
    pub fn start(command: &[String], log: &Path) -> Result<Self, String> {
        let [program, arguments @ ..] = command else { return Err("no command line for the phone".into()) };
        let log = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("the phone could not be started: {program}: {error}"))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the phone has no pipes".into());
        };
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let line = line.map_err(|error| error.to_string());
                let parsed = line.and_then(|line| {
                    serde_json::from_str(&line).map_err(|error| format!("the phone said {line:?}: {error}"))
                });
                if send.send(parsed).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, stdin: Some(stdin), lines, commands: 0 })
    }

    /// Asks for something; the answer comes as a line with this number in `reply`.
    pub fn ask(&mut self, cmd: &str, mut with: Value) -> Result<u64, String> {
        self.commands += 1;
        with["id"] = json!(self.commands);
        with["cmd"] = json!(cmd);
        let stdin = self.stdin.as_mut().ok_or("the phone is off")?;
        writeln!(stdin, "{with}")
            .and_then(|()| stdin.flush())
            .map_err(|error| format!("the phone is gone: {error}"))?;
        Ok(self.commands)
    }

    /// The next line; waits for it.
    pub fn line(&mut self) -> Result<Line, String> {
        match self.lines.recv_timeout(SILENCE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => Err(format!("the phone has been silent for {} s", SILENCE.as_secs())),
            Err(RecvTimeoutError::Disconnected) => Err("the phone has died".into()),
        }
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        // The end of its input ends the phone; one that hangs is ended by force.
        drop(self.stdin.take());
        for _ in 0..50 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
