//! What the tests start: the world with its phone, and the program that drives the browser.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// `cargo phone`, as xtask would start it.
pub struct World {
    child: Child,
    out: PathBuf,
    /// Where the page is.
    pub address: String,
}

impl World {
    /// Starts it; what it leaves goes to a folder of this name.
    pub fn start(name: &str, options: &[&str]) -> Self {
        let phone =
            env::var("STARHASH_PHONE").expect("the phone's command line, one argument a line: run cargo verify");
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_starhash-phone"));
        command.args(options).arg("--out").arg(&out).arg("--").args(phone.lines());
        let (child, address) =
            start(&mut command, |line| line.split(' ').find(|word| word.starts_with("http://")).map(str::to_owned));
        Self { child, out, address }
    }

    /// Ends it as Ctrl+C does; what happened in it, line by line.
    pub fn end(mut self) -> Vec<serde_json::Value> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "the world did not end well");
        let events = fs::read_to_string(self.out.join("events.jsonl")).unwrap();
        events.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// The program that drives Chromium.
pub struct Driver {
    child: Child,
    pub address: String,
}

impl Driver {
    pub fn start() -> Self {
        let mut command = Command::new("chromedriver");
        let (child, port) = start(command.arg("--port=0"), |line| {
            let rest = line.split_once("successfully on port ")?.1;
            Some(rest.trim_end_matches('.').to_owned())
        });
        Self { child, address: format!("http://127.0.0.1:{port}") }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Starts a program and waits until it says what `find` finds; it may go on talking.
fn start(command: &mut Command, find: impl Fn(&str) -> Option<String>) -> (Child, String) {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program can be started");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let found = lines.by_ref().map(Result::unwrap).find_map(|line| {
        println!("{line}");
        find(&line)
    });
    std::thread::spawn(move || lines.for_each(|line| println!("{}", line.unwrap_or_default())));
    (child, found.expect("the program says where it is"))
}

fn end(child: &mut Child) {
    // It may have ended already.
    let _ = child.kill();
    let _ = child.wait();
}
