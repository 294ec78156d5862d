//! How calls and time move a transfer on: the half of the machine nobody taps.

use std::time::Duration;

use crate::dtmf::{Key, Step, keys};
use crate::profile::TONE_FLOOR;

use super::view::{
    BreakReason, CallFacts, CallState, Client, Command, Control, EndedBy, HangUpMeaning, Snapshot, Stage,
};
use super::{Machine, RETURN_BY_ITSELF_TAKES, RETURN_TAKES, Transfer, in_front};

impl Machine {
    pub(super) fn call_changed(&mut self, facts: CallFacts, now: Duration, out: &mut Vec<Command>) {
        let CallFacts { id, state, emergency, .. } = facts.clone();
        if let CallState::Disconnected { by } = state {
            self.calls.remove(&id);
            self.hung_up.remove(&id);
            self.controls.retain(|(call, _)| *call != id);
            self.silence(&id, now, out);
            self.call_ended(&id, by);
            return;
        }
        let known = self.calls.insert(id.clone(), facts).is_some();
        let other = self.transfer.as_ref().is_some_and(|transfer| transfer.call != id);
        if other && self.tones_are_due() && (!known || in_front(state)) {
            self.break_off(BreakReason::OtherCall);
        }
        match state {
            CallState::Active => {}
            CallState::Disconnecting => self.break_off_in(&id, BreakReason::HungUp),
            _ => self.break_off_in(&id, BreakReason::HeldByNetwork),
        }
        if state != CallState::Active {
            self.silence(&id, now, out);
        }
        if emergency {
            self.break_off(BreakReason::PhoneRefused);
        }
    }

    /// Tones end at once: the call is gone or on hold.
    fn silence(&mut self, call: &str, now: Duration, out: &mut Vec<Command>) {
        if self.planned_for.as_deref() == Some(call) {
            self.player.cut();
        }
        if self.sounds_in.as_deref() != Some(call) {
            return;
        }
        if let Some(sounded) = self.player.silence(now) {
            out.push(Command::ToneOff { call: call.to_owned() });
            // While a key typed by hand sounds no symbol of the code is open, and neither arm changes anything.
            match &mut self.transfer {
                Some(transfer) if sounded < TONE_FLOOR => transfer.code.cut_off(),
                Some(transfer) => transfer.code.end(),
                None => {}
            }
        }
        self.sounds_in = None;
    }

    fn call_ended(&mut self, call: &str, by: EndedBy) {
        let Some(transfer) = self.transfer.as_mut().filter(|transfer| transfer.call == call) else { return };
        let asked = transfer.hang_up_asked;
        let reason = match by {
            _ if asked => BreakReason::HungUp,
            EndedBy::Us => BreakReason::HungUp,
            EndedBy::Other => BreakReason::EndedThere,
            EndedBy::Network => BreakReason::CallDropped,
        };
        let connects = transfer.code.hang_up() == HangUpMeaning::ConnectsIfNotBusy;
        transfer.until = None;
        match transfer.stage {
            Stage::AfterHangUp { .. } | Stage::Idle => {}
            Stage::BrokenOff { client: Client::Talking, .. } | Stage::Returning { .. }
                if transfer.code.client() == Client::Talking =>
            {
                self.transfer = None;
            }
            _ if connects => transfer.stage = Stage::AfterHangUp { asked },
            _ => transfer.stage = Stage::BrokenOff { reason, client: Client::Lost },
        }
    }

    /// Whether automatic tones of the transfer are sounding or to come.
    pub(super) fn tones_are_due(&self) -> bool {
        self.player.has_code() && self.transfer.as_ref().is_some_and(Transfer::sends)
    }

    fn break_off_in(&mut self, call: &str, reason: BreakReason) {
        if self.transfer.as_ref().is_some_and(|transfer| transfer.call == call) {
            self.break_off(reason);
        }
    }

    /// Ends the automatic sequence, if there is one. What sounds ends at its floor.
    pub(super) fn break_off(&mut self, reason: BreakReason) {
        let Some(transfer) = &self.transfer else { return };
        if !transfer.sends() || transfer.until.is_some() {
            return;
        }
        self.end_sending(reason);
    }

    /// The PBX has given the code up.
    fn came_too_late(&mut self) {
        if let Some(transfer) = &mut self.transfer {
            transfer.code.lose_last();
            transfer.until = None;
        }
        self.end_sending(BreakReason::TooLate);
    }

    fn end_sending(&mut self, reason: BreakReason) {
        self.player.cut_code();
        if let Some(transfer) = &mut self.transfer {
            transfer.stage = Stage::BrokenOff { reason, client: transfer.code.client() };
        }
    }

    /// Does everything that is due at `now`.
    pub(super) fn advance(&mut self, now: Duration, out: &mut Vec<Command>) {
        self.run_controls(out);
        while let Some(step) = self.next_step(now) {
            match step {
                Step::On { key, by_hand } => self.tone_began(key, by_hand, out),
                Step::Off { key, by_hand } => self.tone_ended(key, by_hand, now, out),
                Step::TooLate => self.came_too_late(),
            }
            self.run_controls(out);
        }
        self.finish_return(now, out);
        self.keep_awake(out);
        self.show(out);
    }

    /// The next tone step; a tone that may not sound any more is dropped here, whatever led to it.
    fn next_step(&mut self, now: Duration) -> Option<Step> {
        if !self.player.sounds() && !self.player.is_idle() {
            let call = self.planned_for.clone().unwrap_or_default();
            let active = self.calls.get(&call).is_some_and(|facts| facts.state == CallState::Active);
            if !active || self.hung_up.contains(&call) {
                self.player.cut();
                self.break_off(BreakReason::PhoneRefused);
            } else if self.tones_are_due() && self.may_send(&call).is_err() {
                self.break_off(BreakReason::PhoneRefused);
            }
        }
        self.player.poll(now)
    }

    fn tone_began(&mut self, key: Key, by_hand: bool, out: &mut Vec<Command>) {
        let Some(call) = self.planned_for.clone() else { return };
        match &mut self.transfer {
            Some(transfer) if by_hand && transfer.call == call => transfer.code.typed(key),
            Some(transfer) if !by_hand && transfer.sends() => transfer.code.begin(),
            _ => {}
        }
        self.sounds_in = Some(call.clone());
        out.push(Command::ToneOn { call, key });
    }

    fn tone_ended(&mut self, key: Key, by_hand: bool, now: Duration, out: &mut Vec<Command>) {
        if let Some(call) = self.sounds_in.take() {
            out.push(Command::ToneOff { call });
        }
        let returns = by_hand && self.is_return(key);
        let Some(transfer) = &mut self.transfer else { return };
        if !by_hand {
            transfer.code.end();
        }
        if self.player.has_code() {
            return; // more symbols to come, or the last one came too late to be of any use
        }
        match transfer.stage {
            Stage::Sending { .. } if transfer.code.all_sent() => {
                transfer.stage = Stage::Consultation;
                if self.muted {
                    transfer.restore_mute = true;
                    out.push(Command::SetMuted(false));
                }
            }
            Stage::Consultation if returns => {
                transfer.stage = Stage::Returning { by_itself: false, cancelled: false };
                transfer.code.send_back(&[]);
            }
            _ => {}
        }
        transfer.await_return(now);
    }

    /// In the consultation the return code, typed on the keypad, is the way back as much as the button is.
    fn is_return(&self, key: Key) -> bool {
        let code = self.profile.return_code.as_deref().unwrap_or_default();
        keys(code).eq([key])
    }

    /// Does what the app asked for, as soon as no tone sounds.
    fn run_controls(&mut self, out: &mut Vec<Command>) {
        while !self.player.sounds() {
            let Some((call, control)) = self.controls.pop_front() else { return };
            self.player.cut();
            let ends = matches!(control, Control::HangUp | Control::Reject);
            if ends {
                self.hung_up.insert(call.clone());
            }
            let own = self.transfer.as_mut().filter(|transfer| ends && transfer.call == call);
            if let Some(transfer) = own {
                transfer.hang_up_asked = true;
                self.break_off(BreakReason::HungUp);
            } else {
                self.break_off(BreakReason::OwnControl);
            }
            out.push(Command::Control { call, control });
        }
    }

    fn finish_return(&mut self, now: Duration, out: &mut Vec<Command>) {
        let until = self.transfer.as_ref().and_then(|transfer| transfer.until);
        if until.is_some_and(|until| until <= now) {
            self.end_transfer(out);
        }
    }

    fn keep_awake(&mut self, out: &mut Vec<Command>) {
        let awake = !self.player.is_idle();
        if std::mem::replace(&mut self.awake, awake) != awake {
            out.push(Command::KeepAwake(awake));
        }
    }

    fn show(&mut self, out: &mut Vec<Command>) {
        let snapshot = self.snapshot();
        if self.shown.as_ref() != Some(&snapshot) {
            self.shown = Some(snapshot.clone());
            out.push(Command::Changed(snapshot));
        }
    }

    fn snapshot(&self) -> Snapshot {
        let refused = self.refused;
        let Some(transfer) = &self.transfer else {
            let (stage, hang_up) = (Stage::Idle, HangUpMeaning::EndsTalk);
            return Snapshot { call: None, stage, target: None, symbols: Vec::new(), hang_up, refused };
        };
        Snapshot {
            call: Some(transfer.call.clone()),
            stage: transfer.stage,
            target: Some(transfer.target.clone()),
            symbols: transfer.code.view(transfer.sends()),
            hang_up: transfer.hang_up(),
            refused,
        }
    }
}

impl Transfer {
    /// Nothing but a screen is left of it.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::AfterHangUp { .. } | Stage::BrokenOff { client: Client::Lost, .. })
    }

    /// It has automatic tones to send.
    pub(super) fn sends(&self) -> bool {
        match self.stage {
            Stage::Sending { .. } | Stage::Returning { .. } => true,
            Stage::Consultation => !self.code.all_sent(),
            _ => false,
        }
    }

    /// Once the way back is sent, it is over after the time the PBX takes.
    pub(super) fn await_return(&mut self, now: Duration) {
        if let Stage::Returning { by_itself, .. } = self.stage
            && self.code.all_sent()
        {
            let takes = if by_itself { RETURN_BY_ITSELF_TAKES } else { RETURN_TAKES };
            self.until.get_or_insert(now + takes);
        }
    }

    fn hang_up(&self) -> HangUpMeaning {
        match self.stage {
            Stage::BrokenOff { client: Client::Talking | Client::Lost, .. } => HangUpMeaning::EndsTalk,
            Stage::Returning { by_itself: true, .. } => HangUpMeaning::LosesClient,
            _ => self.code.hang_up(),
        }
    }
}
