//! The state machine: legs, facts and time. What symbols do, where one stage leads and what a
//! hang-up means stand in the modules below.

mod hanging_up;
mod stages;
mod symbols;

use super::codes::Held;
use super::stage::{Kind, Stage};
use super::{ConfigError, Doing, Event, Failure, Input, Leg, PbxConfig, PbxEvent, Phones, Snapshot};
use std::time::Duration;

/// A forwarded call inside the PBX, from the moment client and employee talk.
#[derive(Debug, Clone)]
pub struct Pbx {
    config: PbxConfig,
    phones: Phones,
    stage: Stage,
    /// Of the transfer that runs, or ran last.
    kind: Kind,
    client_up: bool,
    employee_up: bool,
    held: Held,
    leaking: Option<Leak>,
    events: Vec<PbxEvent>,
}

/// Symbols on their way to the client.
#[derive(Debug, Clone)]
struct Leak {
    keys: String,
    at: Duration,
}

impl Pbx {
    /// A call in which client and employee have just begun to talk.
    ///
    /// # Errors
    /// [`ConfigError`] if a code or a number of `config` cannot be dialled.
    pub fn new(config: PbxConfig, phones: Phones) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Self {
            config,
            phones,
            stage: Stage::Talk,
            kind: Kind::Attended,
            client_up: true,
            employee_up: true,
            held: Held::default(),
            leaking: None,
            events: Vec::new(),
        })
    }

    /// Takes a fact known at `now` and returns what the PBX has done since the last call, in order
    /// of time. Everything that was due until `now` happens before the fact. `now` must not run
    /// backwards.
    pub fn handle(&mut self, input: Input, now: Duration) -> Vec<PbxEvent> {
        self.run_until(now);
        match input {
            Input::Symbol { key, end, .. } if self.employee_up => self.symbol(key, end, now),
            Input::ClientHangsUp if self.client_up => self.client_hangs_up(now),
            Input::EmployeeHangsUp if self.employee_up => self.employee_leaves(now),
            Input::ColleagueAnswers => self.colleague_answers(now),
            Input::ColleagueHangsUp => self.colleague_hangs_up(now),
            Input::ColleagueFails(failure) if self.rings() => self.fail(failure, now),
            _ => {}
        }
        self.run_until(now);
        std::mem::take(&mut self.events)
    }

    /// When something happens without a new fact; `None`: never.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Duration> {
        let stage = self.stage.deadline();
        let held = self.held.deadline(self.config.feature_digit_timeout);
        let leak = self.leaking.as_ref().map(|leak| leak.at);
        [stage, held, leak].into_iter().flatten().min()
    }

    /// Legs and who hears what, as of the last [`Pbx::handle`].
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let (client, employee) = self.stage.ears(self.employee_up);
        Snapshot {
            client: self.client_up.then_some(client),
            employee: self.employee_up.then_some(employee),
            colleague: self.stage.colleague_ear(),
            colleague_rings: self.rings(),
        }
    }

    /// What the PBX is about, as of the last [`Pbx::handle`].
    #[must_use]
    pub fn doing(&self) -> Doing {
        self.stage.doing()
    }

    /// Who can be called; a change counts from the next call on.
    pub fn phones_mut(&mut self) -> &mut Phones {
        &mut self.phones
    }

    fn rings(&self) -> bool {
        matches!(self.stage, Stage::Ringing { .. })
    }

    fn emit(&mut self, event: Event, at: Duration) {
        self.events.push(PbxEvent { at, event });
    }

    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.held.clear();
    }

    fn run_until(&mut self, now: Duration) {
        while let Some(due) = self.next_deadline().filter(|due| *due <= now) {
            if self.leaking.as_ref().is_some_and(|leak| leak.at == due) {
                self.leak_now(due);
            } else if self.held.deadline(self.config.feature_digit_timeout) == Some(due) {
                self.give_up_code(due);
            } else {
                self.stage_ends(due);
            }
        }
    }

    fn stage_ends(&mut self, at: Duration) {
        match self.stage.clone() {
            Stage::Prompt { .. } => self.ask_number(1, at),
            Stage::Number { digits, attempt, .. } => self.dial(digits, attempt, at),
            Stage::Invalid { attempt, .. } if attempt < self.config.dial_attempts => {
                self.ask_number(attempt + 1, at);
            }
            Stage::Ringing { answer, until } if answer.is_some_and(|answer| answer < until) => {
                self.colleague_answers(at);
            }
            Stage::Ringing { .. } => self.fail(Failure::Unavailable, at),
            // After a blind transfer the client has heard it alone, and there is nobody to come back to.
            Stage::FailureTone { .. } if !self.employee_up => self.lose_client(at),
            Stage::FailureTone { then_beep: true, .. } => self.beep(at),
            Stage::Invalid { .. } | Stage::FailureTone { .. } | Stage::Beep { .. } | Stage::Returning { .. } => {
                self.back_with_client(at);
            }
            Stage::Talk | Stage::Consult | Stage::ThreeWay | Stage::Joined | Stage::Over => {}
        }
    }
}
