//! The phone: a child process that runs the real app and speaks one JSON object a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::options::Lang;

/// The phone says something every 20 ms; silent for so long, it has died or hangs.
pub const SILENCE: Duration = Duration::from_mins(1);

/// One line of the phone. Every line has its time; the lines come in order of time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "as many facts as the phone tells")]
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
    /// Whether the microphone, or the screen, is on.
    #[serde(default)]
    pub on: Option<bool>,
    /// The activity in front, or `home`. With this field the line is about the whole window.
    #[serde(default)]
    pub front: Option<String>,
    /// The lock screen is shown.
    #[serde(default)]
    pub locked: bool,
    /// The theme is dark.
    #[serde(default)]
    pub night: bool,
    /// Scale of the fonts, 1.0 as delivered.
    #[serde(default)]
    pub font_scale: Option<f64>,
    /// The screen lies on its side.
    #[serde(default)]
    pub landscape: bool,
    /// The app's language.
    #[serde(default)]
    pub lang: Option<Lang>,
}

/// The running phone. Dropping it ends the process.
pub struct Phone {
    child: Child,
    stdin: Option<ChildStdin>,
    commands: u64,
}

impl Phone {
    /// Starts the phone. Each of its lines goes to `hear`, on a thread of its own, until `hear` wants no more (`false`);
    /// the last one says that the phone has ended. What it prints beside the protocol goes to the file `log`.
    pub fn start(
        command: &[String],
        log: &Path,
        mut hear: impl FnMut(Result<Line, String>) -> bool + Send + 'static,
    ) -> Result<Self, String> {
        let [program, arguments @ ..] = command else { return Err("no command line for the phone".into()) };
        let log = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            // Ctrl+C is for the world, which then ends the phone.
            .process_group(0)
            .spawn()
            .map_err(|error| format!("the phone could not be started: {program}: {error}"))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the phone has no pipes".into());
        };
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let line = line.map_err(|error| error.to_string());
                let parsed = line.and_then(|line| {
                    serde_json::from_str(&line).map_err(|error| format!("the phone said {line:?}: {error}"))
                });
                if !hear(parsed) {
                    return;
                }
            }
            hear(Err("the phone has died".into()));
        });
        Ok(Self { child, stdin: Some(stdin), commands: 0 })
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
