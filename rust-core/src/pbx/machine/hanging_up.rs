//! What it means when a leg goes down. Out of a three-way talk each of them may leave, and the two
//! others stay connected (Asterisk, `bridge_basic.c`, `basic_hangup_hook`).

use super::{Duration, Event, Failure, Leg, Pbx, Stage};

impl Pbx {
    pub(super) fn client_hangs_up(&mut self, at: Duration) {
        self.client_up = false;
        self.emit(Event::Disconnect { leg: Leg::Client }, at);
        let employee_goes_on = self.employee_up && self.stage != Stage::Talk;
        if !employee_goes_on {
            self.end(at);
        } else if self.stage == Stage::ThreeWay {
            self.enter(Stage::Consult);
        }
    }

    /// Hung up, or sent the code that completes: Asterisk takes both for the same
    /// (`bridge_basic.c`, `calling_target_exit` and `consulting_exit`).
    pub(super) fn employee_leaves(&mut self, at: Duration) {
        self.employee_up = false;
        self.emit(Event::Disconnect { leg: Leg::Employee }, at);
        match self.stage {
            _ if !self.client_up => self.end(at),
            Stage::Talk => self.end(at),
            Stage::Consult | Stage::ThreeWay => self.join(at),
            Stage::Ringing { .. } => self.held.clear(),
            _ => self.lose_client(at),
        }
    }

    pub(super) fn colleague_hangs_up(&mut self, at: Duration) {
        match self.stage {
            Stage::Ringing { .. } => self.fail(Failure::Refused, at),
            Stage::Consult => self.return_to_client(at),
            Stage::ThreeWay => {
                self.emit(Event::Disconnect { leg: Leg::Colleague }, at);
                self.back_with_client(at);
            }
            Stage::Joined => self.end(at),
            _ => {}
        }
    }

    pub(super) fn lose_client(&mut self, at: Duration) {
        self.emit(Event::Lost, at);
        self.end(at);
    }

    /// Everybody still there is disconnected.
    pub(super) fn end(&mut self, at: Duration) {
        self.leaking = None;
        let employee_up = std::mem::take(&mut self.employee_up);
        let client_up = std::mem::take(&mut self.client_up);
        let legs =
            [(client_up, Leg::Client), (employee_up, Leg::Employee), (self.stage.colleague_up(), Leg::Colleague)];
        for (_, leg) in legs.into_iter().filter(|(up, _)| *up) {
            self.emit(Event::Disconnect { leg }, at);
        }
        self.enter(Stage::Over);
    }
}
