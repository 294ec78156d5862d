//! The world played by a script: things happen at set moments, and the script waits for what must come of them.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use serde_json::Value;

use crate::phone::{Line, SILENCE};
use crate::world::World;

/// Something that will happen at a moment, whatever the employee does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The network drops the call.
    Drop,
    /// Another call comes in.
    WaitingCall,
    /// The client hangs up.
    ClientHangsUp,
}

/// The world and the lines of its phone.
pub struct Stage {
    pub world: World,
    lines: Receiver<Result<Line, String>>,
    happenings: Vec<(Duration, Happening)>,
}

impl Stage {
    /// A stage on which nothing has happened yet.
    pub fn new(world: World, lines: Receiver<Result<Line, String>>) -> Self {
        Self { world, lines, happenings: Vec::new() }
    }

    /// Lets something happen at `t`.
    pub fn happen(&mut self, t: Duration, what: Happening) {
        self.happenings.push((t, what));
        self.happenings.sort_by_key(|(t, _)| *t);
    }

    /// Asks the phone for something and waits until it is done.
    pub fn ask(&mut self, cmd: &str, with: Value) -> Result<(), String> {
        let id = self.world.phone.ask(cmd, with)?;
        loop {
            for (reply, done) in self.world.take_replies() {
                if reply == id {
                    return done.map_err(|error| format!("{cmd}: {error}"));
                }
            }
            self.turn()?;
        }
    }

    /// Lets time pass until `done`, at most `limit`. Whether it was done.
    pub fn wait(&mut self, limit: Duration, done: impl Fn(&World) -> bool) -> Result<bool, String> {
        let end = self.world.now + limit;
        while !done(&self.world) {
            if self.world.now >= end {
                return Ok(false);
            }
            self.turn()?;
        }
        Ok(true)
    }

    /// Lets time pass.
    pub fn pause(&mut self, time: Duration) -> Result<(), String> {
        self.wait(time, |_| false).map(|_| ())
    }

    /// The next line of the phone, and all it leads to.
    fn turn(&mut self) -> Result<(), String> {
        let line = next_line(&self.lines)?;
        let t = Duration::from_micros(line.t_us);
        while let Some((due, what)) = self.happenings.first().copied().filter(|(due, _)| *due <= t) {
            self.happenings.remove(0);
            self.world.advance_to(due)?;
            self.happens(what)?;
        }
        self.world.take(line)
    }

    fn happens(&mut self, what: Happening) -> Result<(), String> {
        match what {
            Happening::Drop => self.world.network_drops(),
            Happening::WaitingCall => self.world.other_calls(),
            Happening::ClientHangsUp => self.world.client_hangs_up(),
        }
    }
}

/// The phone's next line; waits for it.
pub fn next_line(lines: &Receiver<Result<Line, String>>) -> Result<Line, String> {
    match lines.recv_timeout(SILENCE) {
        Ok(line) => line,
        Err(RecvTimeoutError::Timeout) => Err(format!("the phone has been silent for {} s", SILENCE.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err("the phone has died".into()),
    }
}
