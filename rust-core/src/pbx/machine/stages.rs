//! Where one stage leads.

use super::{Duration, Event, Failure, Kind, Leg, Pbx, Stage};
use crate::pbx::{Answer, Hears};

impl Pbx {
    pub(super) fn ask_number(&mut self, attempt: u32, at: Duration) {
        let until = at + self.config.transfer_digit_timeout;
        let digits = String::new();
        self.enter(Stage::Number { digits, attempt, until });
    }

    pub(super) fn dial(&mut self, number: String, attempt: u32, at: Duration) {
        let answer = self.phones.answer(&number);
        if number.is_empty() || !self.config.knows(&number) || answer == Answer::Unknown {
            let until = at + self.config.invalid_prompt;
            return self.enter(Stage::Invalid { attempt, until });
        }
        let blind = self.kind == Kind::Blind;
        if blind && !self.client_up {
            return self.end(at); // Nobody is left to be passed on.
        }
        self.emit(Event::Target { number }, at);
        if blind {
            self.employee_up = false;
            self.emit(Event::Disconnect { leg: Leg::Employee }, at);
        }
        self.enter(Stage::Ringing {
            answer: if let Answer::Talk { after } = answer { Some(at + after) } else { None },
            until: at + self.config.no_answer,
        });
        if let Answer::Fails(failure) = answer {
            self.fail(failure, at);
        }
    }

    pub(super) fn colleague_answers(&mut self, at: Duration) {
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

    pub(super) fn join(&mut self, at: Duration) {
        self.emit(Event::Joined { legs: vec![Leg::Client, Leg::Colleague] }, at);
        self.enter(Stage::Joined);
    }

    /// All three talk, if all three are there. Before the answer Asterisk joins them too; that was
    /// not measured, and here the code counts for nothing then.
    pub(super) fn join_all(&mut self, at: Duration) {
        if self.stage == Stage::Consult && self.client_up {
            self.emit(Event::Joined { legs: vec![Leg::Client, Leg::Employee, Leg::Colleague] }, at);
            self.enter(Stage::ThreeWay);
        }
    }

    /// The call to the colleague failed; a phone that rang for ever counts as unavailable.
    ///
    /// Who left an attended transfer is called back at 15 s, which through a trunk may not arrive,
    /// and here does not. In a blind one the client alone hears the tone and is then disconnected.
    pub(super) fn fail(&mut self, failure: Failure, at: Duration) {
        let tone = match failure {
            Failure::Busy => Some((Hears::Busy, true)),
            Failure::Refused => Some((Hears::Congestion, false)),
            Failure::Unavailable => None,
        };
        if !self.employee_up && (self.kind == Kind::Attended || tone.is_none()) {
            return self.lose_client(at);
        }
        self.emit(Event::Disconnect { leg: Leg::Colleague }, at);
        match tone {
            Some((tone, then_beep)) => {
                let until = at + self.config.failure_tone;
                self.enter(Stage::FailureTone { tone, then_beep, until });
            }
            None => self.beep(at),
        }
    }

    pub(super) fn beep(&mut self, at: Duration) {
        let until = at + self.config.beep;
        self.enter(Stage::Beep { until });
    }

    pub(super) fn return_to_client(&mut self, at: Duration) {
        if self.stage.colleague_up() {
            self.emit(Event::Disconnect { leg: Leg::Colleague }, at);
        }
        let until = at + self.config.return_delay;
        self.enter(Stage::Returning { until });
    }

    pub(super) fn back_with_client(&mut self, at: Duration) {
        if self.client_up {
            self.emit(Event::Returned, at);
            self.enter(Stage::Talk);
        } else {
            self.end(at);
        }
    }
}
