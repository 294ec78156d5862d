//! The state machine.

use super::codes::{Held, Verdict};
use super::stage::Stage;
use super::{Answer, ConfigError, Doing, Event, Failure, Hears, Input, Leg, PbxConfig, PbxEvent, Phones, Snapshot};
use std::time::Duration;

/// A forwarded call inside the PBX, from the moment client and employee talk.
#[derive(Debug, Clone)]
pub struct Pbx {
    config: PbxConfig,
    phones: Phones,
    stage: Stage,
    client_up: bool,
    employee_up: bool,
    held: Held,
    leaking: Option<Leak>,
    events: Vec<PbxEvent>,
}

#[derive(Debug, Clone)]
struct Leak {
    keys: String,
    at: Duration,
}

impl Pbx {
    /// A call in which client and employee have just begun to talk.
    ///
    /// # Errors
    /// [`ConfigError`] if a code of `config` cannot be dialled.
    pub fn new(config: PbxConfig, phones: Phones) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Self {
            config,
            phones,
            stage: Stage::Talk,
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
            Input::EmployeeHangsUp if self.employee_up => self.employee_hangs_up(now),
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

    // ---- time ----

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
            Stage::FailureTone { then_beep: true, .. } => self.beep(at),
            Stage::Invalid { .. } | Stage::FailureTone { .. } | Stage::Beep { .. } | Stage::Returning { .. } => {
                self.back_with_client(at);
            }
            Stage::Talk | Stage::Consult | Stage::Joined | Stage::Over => {}
        }
    }

    // ---- symbols ----

    fn symbol(&mut self, key: char, end: Duration, now: Duration) {
        match self.stage.clone() {
            Stage::Talk => self.symbol_in_talk(key, end, now),
            // "a digit cuts the prompt and counts"
            Stage::Prompt { .. } => self.digit(String::new(), 1, key, end, now),
            Stage::Number { digits, attempt, .. } => self.digit(digits, attempt, key, end, now),
            Stage::Ringing { .. } | Stage::Consult | Stage::FailureTone { .. } => {
                let code = self.config.return_code.as_deref();
                if self.held.take(key, end, code) == Verdict::Complete {
                    self.return_to_client(now);
                }
            }
            Stage::Invalid { .. } | Stage::Beep { .. } | Stage::Returning { .. } | Stage::Joined | Stage::Over => {}
        }
    }

    fn symbol_in_talk(&mut self, key: char, end: Duration, now: Duration) {
        match self.held.take(key, end, Some(&self.config.start)) {
            Verdict::Held => {}
            Verdict::Passed(keys) => {
                self.leak_now(now);
                self.leak(&keys, now);
            }
            Verdict::Complete => {
                self.leak_now(now);
                self.emit(Event::Feature, now);
                self.emit(Event::Music, now);
                self.enter(Stage::Prompt { until: now + self.config.prompt });
            }
        }
    }

    fn give_up_code(&mut self, at: Duration) {
        let keys = self.held.give_up();
        if self.stage == Stage::Talk {
            self.leak_now(at);
            let at = at + self.config.leak_delay;
            self.leaking = Some(Leak { keys, at });
        }
    }

    /// What is already on its way to the client arrives.
    fn leak_now(&mut self, at: Duration) {
        if let Some(leak) = self.leaking.take() {
            self.leak(&leak.keys, at);
        }
    }

    fn leak(&mut self, keys: &str, at: Duration) {
        for key in keys.chars() {
            self.emit(Event::Leaked { key }, at);
        }
    }

    fn digit(&mut self, mut digits: String, attempt: u32, key: char, end: Duration, now: Duration) {
        if self.config.terminator == Some(key) {
            return self.dial(digits, attempt, now);
        }
        digits.push(key);
        let until = end + self.config.transfer_digit_timeout;
        self.enter(Stage::Number { digits, attempt, until });
    }

    // ---- from stage to stage ----

    fn ask_number(&mut self, attempt: u32, at: Duration) {
        let until = at + self.config.transfer_digit_timeout;
        let digits = String::new();
        self.enter(Stage::Number { digits, attempt, until });
    }

    fn dial(&mut self, number: String, attempt: u32, at: Duration) {
        let answer = self.phones.answer(&number);
        if number.is_empty() || answer == Answer::Unknown {
            let until = at + self.config.invalid_prompt;
            return self.enter(Stage::Invalid { attempt, until });
        }
        self.emit(Event::Target { number }, at);
        self.enter(Stage::Ringing {
            answer: if let Answer::Talk { after } = answer { Some(at + after) } else { None },
            until: at + self.config.no_answer,
        });
        if let Answer::Fails(failure) = answer {
            self.fail(failure, at);
        }
    }

    fn colleague_answers(&mut self, at: Duration) {
        if !self.rings() {
            return;
        }
        if self.employee_up {
            self.emit(Event::Consult, at);
            self.enter(Stage::Consult);
        } else {
            self.join(at);
        }
    }

    fn join(&mut self, at: Duration) {
        self.emit(Event::Joined, at);
        self.enter(Stage::Joined);
    }

    /// The call to the colleague failed; a phone that rang for ever counts as unavailable.
    fn fail(&mut self, failure: Failure, at: Duration) {
        if !self.employee_up {
            // "the PBX calls the mobile back at 15 s": through a trunk that may not arrive, and
            // here it does not.
            return self.lose_client(at);
        }
        self.emit(Event::Disconnect { leg: Leg::Colleague }, at);
        let until = at + self.config.failure_tone;
        match failure {
            Failure::Busy => {
                self.enter(Stage::FailureTone { tone: Hears::Busy, then_beep: true, until });
            }
            Failure::Refused => {
                self.enter(Stage::FailureTone { tone: Hears::Congestion, then_beep: false, until });
            }
            Failure::Unavailable => self.beep(at),
        }
    }

    fn beep(&mut self, at: Duration) {
        let until = at + self.config.beep;
        self.enter(Stage::Beep { until });
    }

    fn return_to_client(&mut self, at: Duration) {
        if matches!(self.stage, Stage::Ringing { .. } | Stage::Consult) {
            self.emit(Event::Disconnect { leg: Leg::Colleague }, at);
        }
        let until = at + self.config.return_delay;
        self.enter(Stage::Returning { until });
    }

    fn back_with_client(&mut self, at: Duration) {
        if self.client_up {
            self.emit(Event::Returned, at);
            self.enter(Stage::Talk);
        } else {
            self.end(at);
        }
    }

    // ---- hanging up ----

    fn client_hangs_up(&mut self, at: Duration) {
        self.client_up = false;
        self.emit(Event::Disconnect { leg: Leg::Client }, at);
        let employee_goes_on = self.employee_up && self.stage != Stage::Talk;
        if !employee_goes_on {
            self.end(at);
        }
    }

    fn employee_hangs_up(&mut self, at: Duration) {
        self.employee_up = false;
        self.emit(Event::Disconnect { leg: Leg::Employee }, at);
        match self.stage {
            _ if !self.client_up => self.end(at),
            Stage::Talk => self.end(at),
            Stage::Consult => self.join(at),
            Stage::Ringing { .. } => self.held.clear(),
            _ => self.lose_client(at),
        }
    }

    fn colleague_hangs_up(&mut self, at: Duration) {
        match self.stage {
            Stage::Ringing { .. } => self.fail(Failure::Refused, at),
            Stage::Consult => self.return_to_client(at),
            Stage::Joined => self.end(at),
            _ => {}
        }
    }

    fn lose_client(&mut self, at: Duration) {
        self.emit(Event::Lost, at);
        self.end(at);
    }

    /// Everybody still there is disconnected.
    fn end(&mut self, at: Duration) {
        self.leaking = None;
        let colleague_up = matches!(self.stage, Stage::Ringing { .. } | Stage::Consult | Stage::Joined);
        let employee_up = std::mem::take(&mut self.employee_up);
        let client_up = std::mem::take(&mut self.client_up);
        let legs = [(client_up, Leg::Client), (employee_up, Leg::Employee), (colleague_up, Leg::Colleague)];
        for (_, leg) in legs.into_iter().filter(|(up, _)| *up) {
            self.emit(Event::Disconnect { leg }, at);
        }
        self.enter(Stage::Over);
    }
}
