//! The machine under a virtual clock: events come when the script says, wake-ups come late, the phone takes its time.

use std::collections::VecDeque;
use std::time::Duration;

use starhash_core::profile::Profile;
use starhash_core::transfer::Machine;
use starhash_core::transfer::view::*;

use crate::judge::{Check, Done, Judge};

/// How late everything is, in milliseconds; taken in turn, over and over.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Between a deadline and its tick.
    pub late: Vec<u64>,
    /// Carrying out one tone: until the phone does it, and from there until it answers.
    pub slow: Vec<(u64, u64)>,
}

impl Clock {
    pub fn exact() -> Self {
        Self { late: vec![0], slow: vec![(0, 0)] }
    }
}

/// A tone as the phone carried it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tone {
    pub key: char,
    pub on: u64,
    pub off: Option<u64>,
}

pub struct Desk {
    machine: Machine,
    judge: Judge,
    clock: Clock,
    ticks: usize,
    commands: usize,
    now: Duration,
    /// What will come, the next first.
    coming: VecDeque<(Duration, Event)>,
    trace: Vec<(Duration, Event, Vec<Done>)>,
    pub tones: Vec<Tone>,
    pub controls: Vec<(u64, String, Control)>,
    /// What the microphone was set to, in order.
    pub muted: Vec<bool>,
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn in_ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap()
}

impl Desk {
    pub fn new(profile: &Profile, clock: Clock) -> Self {
        Self {
            machine: Machine::new(profile.clone()),
            judge: Judge::new(profile.clone()),
            clock,
            ticks: 0,
            commands: 0,
            now: Duration::ZERO,
            coming: VecDeque::new(),
            trace: Vec::new(),
            tones: Vec::new(),
            controls: Vec::new(),
            muted: Vec::new(),
        }
    }

    /// This event will come at this time, behind all that come no later.
    pub fn at(&mut self, at: u64, event: Event) {
        let place = self.coming.partition_point(|(other, _)| *other <= ms(at));
        self.coming.insert(place, (ms(at), event));
    }

    /// Lets everything come, then nothing: after 5 s more by its own clock and 20 s by an exact one the machine must
    /// have come to rest (the PBX needs up to 15 s to bring a client back by itself).
    pub fn play(&mut self) -> Check {
        let last = self.coming.back().map_or(self.now, |(at, _)| *at);
        let by_its_clock = last + Duration::from_secs(5);
        self.until(by_its_clock)?;
        self.clock = Clock::exact();
        self.until(by_its_clock + Duration::from_secs(20))?;
        let rest = self.judge.ends_silent_and_idle(self.machine.deadline());
        rest.map_err(|fault| self.story(&fault))
    }

    pub fn stage(&self) -> Stage {
        self.judge.stage()
    }

    /// The keys of all tones, in order.
    pub fn keys(&self) -> String {
        self.tones.iter().map(|tone| tone.key).collect()
    }

    /// Events first, as the engine's queue has it; ticks as late as the clock wakes.
    fn until(&mut self, end: Duration) -> Check {
        for _ in 0..1000 {
            let late = ms(self.clock.late[self.ticks % self.clock.late.len()]);
            let wakes = self.machine.deadline().map(|deadline| deadline.max(self.now) + late);
            let comes = self.coming.front().map(|(at, _)| *at);
            let next = wakes.into_iter().chain(comes).min();
            let Some(next) = next.filter(|next| *next <= end) else { return Ok(()) };
            self.now = self.now.max(next);
            let event = if comes == Some(next) { self.coming.pop_front().map(|(_, event)| event) } else { None };
            self.ticks += usize::from(event.is_none());
            self.handle(event.unwrap_or(Event::Tick))?;
        }
        Err(self.story("BROKEN: the machine asks for ticks for ever"))
    }

    /// What engine.rs does: hands the event over, carries the commands out, reports each tone.
    fn handle(&mut self, event: Event) -> Check {
        let issued = self.now;
        let mut out = Vec::new();
        for command in self.machine.handle(event.clone(), issued) {
            let at = self.carry_out(&command);
            out.push(Done { command, issued, at, answered: self.now });
        }
        let judged = self.judge.step(&event, &out, self.machine.deadline());
        self.trace.push((issued, event, out));
        judged.map_err(|fault| self.story(&fault))
    }

    fn carry_out(&mut self, command: &Command) -> Duration {
        let (before, after) = self.clock.slow[self.commands % self.clock.slow.len()];
        let at = self.now + ms(before);
        match command {
            Command::ToneOn { key, .. } => {
                self.tones.push(Tone { key: char::from(key.ascii()), on: in_ms(at), off: None });
            }
            Command::ToneOff { .. } => self.tones.iter_mut().for_each(|tone| tone.off = tone.off.or(Some(in_ms(at)))),
            Command::Control { call, control } => self.controls.push((in_ms(self.now), call.clone(), *control)),
            Command::SetMuted(muted) => {
                self.muted.push(*muted);
                self.at(in_ms(self.now) + 10, Event::Muted(*muted));
            }
            Command::KeepAwake(_) | Command::Changed(_) => {}
        }
        if !matches!(command, Command::ToneOn { .. } | Command::ToneOff { .. }) {
            return self.now;
        }
        self.commands += 1;
        self.now = at + ms(after);
        self.machine.done(self.now);
        at
    }

    fn story(&self, fault: &str) -> String {
        let mut story = vec![fault.to_owned()];
        for (at, event, out) in &self.trace {
            story.push(format!("{} {event:?}", in_ms(*at)));
            let seen = out.iter().filter(|done| !matches!(done.command, Command::Changed(_)));
            story.extend(seen.map(|done| format!("    {} {:?}", in_ms(done.at), done.command)));
        }
        story.join("\n")
    }
}
