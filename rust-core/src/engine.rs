//! The only place with a thread and a clock: events in, commands out, in order.
//!
//! One thread with a tokio current-thread runtime owns the transfer machine. Tones go from it straight to the phone.
//! Whatever panics on it is caught: the tone that sounds is stopped, the phone is told, and every later call of the
//! API answers with [`CoreError::Internal`], so that the app can go on as a plain phone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::android;
use crate::api::{Phone, PhoneError};
use crate::error::CoreError;
use crate::profile::Profile;
use crate::transfer::Machine;
use crate::transfer::view::{Command, Event};

#[cfg(test)]
mod tests;

/// tokio's timer counts whole milliseconds and wakes late by one or two (`cargo bench`: every tone was 1.6 ms too long). The
/// rest is slept through exactly; what comes meanwhile waits no longer than this, and goes first.
const TIMER_STEP: Duration = Duration::from_millis(2);

/// The sending half: dropping it ends the thread.
pub(crate) struct Handle {
    events: UnboundedSender<Event>,
}

impl Handle {
    /// Starts the thread.
    ///
    /// # Errors
    /// [`CoreError::Internal`] when the system gives no thread or no timer.
    pub(crate) fn start(profile: Profile, phone: Arc<dyn Phone>) -> Result<Self, CoreError> {
        let internal = |error: std::io::Error| CoreError::Internal { reason: error.to_string() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(internal)?;
        let (events, inbox) = unbounded_channel();
        let engine = Engine { machine: Machine::new(profile), phone, started: Instant::now(), sounding: None };
        let thread = std::thread::Builder::new().name("starhash-engine".into());
        thread
            .spawn(move || {
                android::attach_current_thread();
                runtime.block_on(engine.run(inbox));
            })
            .map_err(internal)?;
        Ok(Self { events })
    }

    /// Hands an event over; it is worked on after all earlier ones.
    ///
    /// # Errors
    /// [`CoreError::Internal`] when the thread has ended after a panic.
    pub(crate) fn send(&self, event: Event) -> Result<(), CoreError> {
        let ended = |_| CoreError::Internal { reason: "the engine has ended after a fault".into() };
        self.events.send(event).map_err(ended)
    }
}

struct Engine {
    machine: Machine,
    phone: Arc<dyn Phone>,
    started: Instant,
    /// The call whose tone sounds; for the case of a panic alone.
    sounding: Option<String>,
}

impl Engine {
    async fn run(mut self, mut inbox: UnboundedReceiver<Event>) {
        while let Some(event) = self.next_event(&mut inbox).await {
            let step = catch_unwind(AssertUnwindSafe(|| self.step(event)));
            if let Err(panic) = step {
                self.give_up(&reason(panic.as_ref()));
                return;
            }
        }
    }

    /// The next event, or a tick when a deadline has come; none when the app has let go of the engine.
    async fn next_event(&self, inbox: &mut UnboundedReceiver<Event>) -> Option<Event> {
        let Some(deadline) = self.machine.deadline() else { return inbox.recv().await };
        let due = self.started + deadline;
        tokio::select! {
            biased;
            event = inbox.recv() => return event,
            () = tokio::time::sleep_until(due.checked_sub(TIMER_STEP).unwrap_or(due).into()) => {}
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        at_deadline(inbox)
    }

    fn step(&mut self, event: Event) {
        let mut next = Some(event);
        while let Some(event) = next.take() {
            let now = self.now();
            for command in self.machine.handle(event, now) {
                let tone = matches!(command, Command::ToneOn { .. });
                if let Err(error) = self.carry_out(command) {
                    log::warn!("the phone did not do what was asked: {error}");
                    next = next.or(tone.then_some(Event::PhoneRefused));
                }
            }
        }
    }

    fn carry_out(&mut self, command: Command) -> Result<(), PhoneError> {
        match command {
            Command::ToneOn { call, key } => {
                self.sounding = Some(call.clone());
                let done = self.phone.tone_on(call, key.ascii());
                self.machine.done(self.now());
                done
            }
            Command::ToneOff { call } => {
                self.sounding = None;
                let done = self.phone.tone_off(call);
                self.machine.done(self.now());
                done
            }
            Command::Control { call, control } => self.phone.control(call, control),
            Command::SetMuted(muted) => self.phone.set_muted(muted),
            Command::KeepAwake(awake) => self.phone.keep_awake(awake),
            Command::Changed(snapshot) => self.phone.changed(snapshot),
        }
    }

    /// After a panic: nothing may go on sounding, and the app must know.
    fn give_up(&mut self, reason: &str) {
        let last_words = catch_unwind(AssertUnwindSafe(|| -> Result<(), PhoneError> {
            if let Some(call) = self.sounding.take() {
                self.phone.tone_off(call)?;
            }
            self.phone.keep_awake(false)?;
            self.phone.failed(reason.to_owned())
        }));
        log::error!("the engine ends after a fault: {reason}; told the phone: {}", matches!(last_words, Ok(Ok(()))));
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}

/// What has come meanwhile goes before the tick: a hang-up in the last two milliseconds still stops the tone that is due.
fn at_deadline(inbox: &mut UnboundedReceiver<Event>) -> Option<Event> {
    match inbox.try_recv() {
        Ok(event) => Some(event),
        Err(TryRecvError::Empty) => Some(Event::Tick),
        Err(TryRecvError::Disconnected) => None,
    }
}

fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".into())
}
