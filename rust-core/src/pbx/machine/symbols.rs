//! What the employee's symbols do.

use super::{Duration, Event, Kind, Leak, Pbx, Stage};
use crate::pbx::codes::{Code, Verdict};

impl Pbx {
    pub(super) fn symbol(&mut self, key: char, end: Duration, now: Duration) {
        match self.stage.clone() {
            Stage::Talk => self.symbol_in_talk(key, end, now),
            // "a digit cuts the prompt and counts"
            Stage::Prompt { .. } => self.digit(String::new(), 1, key, end, now),
            Stage::Number { digits, attempt, .. } => self.digit(digits, attempt, key, end, now),
            Stage::Ringing { .. } | Stage::Consult | Stage::FailureTone { .. } => {
                self.symbol_in_consultation(key, end, now);
            }
            Stage::ThreeWay => self.leak(&key.to_string(), now),
            Stage::Invalid { .. } | Stage::Beep { .. } | Stage::Returning { .. } | Stage::Joined | Stage::Over => {}
        }
    }

    fn symbol_in_talk(&mut self, key: char, end: Duration, now: Duration) {
        match self.held.take(key, end, &self.config.codes_in_talk()) {
            Verdict::Held => {}
            Verdict::Passed(keys) => {
                self.leak_now(now);
                self.leak(&keys, now);
            }
            Verdict::Complete(code) => {
                self.leak_now(now);
                self.kind = if code == Code::Blind { Kind::Blind } else { Kind::Attended };
                self.emit(Event::Feature, now);
                self.emit(Event::Music, now);
                self.enter(Stage::Prompt { until: now + self.config.prompt });
            }
        }
    }

    /// What is no code goes to the colleague, or nowhere.
    fn symbol_in_consultation(&mut self, key: char, end: Duration, now: Duration) {
        match self.held.take(key, end, &self.config.codes_in_consultation()) {
            Verdict::Complete(Code::Return) => self.return_to_client(now),
            Verdict::Complete(Code::Complete) => self.employee_leaves(now),
            Verdict::Complete(Code::ThreeWay) => self.join_all(now),
            Verdict::Complete(Code::Attended | Code::Blind) | Verdict::Held | Verdict::Passed(_) => {}
        }
    }

    fn digit(&mut self, mut digits: String, attempt: u32, key: char, end: Duration, now: Duration) {
        if self.config.terminator == Some(key) {
            return self.dial(digits, attempt, now);
        }
        digits.push(key);
        if !self.config.may_go_on(&digits) {
            return self.dial(digits, attempt, now);
        }
        let until = end + self.config.transfer_digit_timeout;
        self.enter(Stage::Number { digits, attempt, until });
    }

    pub(super) fn give_up_code(&mut self, at: Duration) {
        let keys = self.held.give_up();
        if self.stage == Stage::Talk {
            self.leak_now(at);
            let at = at + self.config.leak_delay;
            self.leaking = Some(Leak { keys, at });
        }
    }

    /// What is already on its way to the client arrives.
    pub(super) fn leak_now(&mut self, at: Duration) {
        if let Some(leak) = self.leaking.take() {
            self.leak(&leak.keys, at);
        }
    }

    fn leak(&mut self, keys: &str, at: Duration) {
        for key in keys.chars() {
            self.emit(Event::Leaked { key }, at);
        }
    }
}
