//! The transfer as a pure state machine: `(state, event, now) -> (state, commands)`. No clock, no thread, no I/O.
//!
//! The stages are those of product.md, "Transfer in progress"; what a cancel or a hang-up means in each of them comes
//! from asterisk-measured.md. `now` is a [`Duration`] since one arbitrary start and never goes back.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use crate::dtmf::{Before, Key, Limit, Player, SETTLE};
use crate::error::Refusal;
use crate::profile::{Complete, Direction, Profile};

mod code;
mod steps;
#[cfg(test)]
mod tests;
pub mod view;

use code::Code;
use view::{BreakReason, CallFacts, CallState, Client, Command, Control, Event, Offer, Snapshot, Stage, TargetView};

/// The PBX is back with the client 0.4 s after the return code (asterisk-measured.md); the rest is for the network.
const RETURN_TAKES: Duration = Duration::from_secs(1);
/// Without a code that works, the PBX is back with the client by itself after 10 to 14 s (asterisk-measured.md).
const RETURN_BY_ITSELF_TAKES: Duration = Duration::from_secs(15);

/// One transfer, from the employee's tap to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Transfer {
    call: String,
    target: TargetView,
    stage: Stage,
    code: Code,
    /// «Соединить» or the red button was tapped.
    hang_up_asked: bool,
    /// The employee had muted the microphone; it was opened for the consultation.
    restore_mute: bool,
    /// When `Returning` is over.
    until: Option<Duration>,
}

/// The radio plays tones into the call in front, whichever they are meant for (telecom-facts.md).
fn in_front(state: CallState) -> bool {
    matches!(state, CallState::Active | CallState::Dialing)
}

/// The machine. Equal states behave alike: it holds nothing but what decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    profile: Profile,
    calls: BTreeMap<String, CallFacts>,
    /// Calls the app has asked to end: no tone goes there any more, whatever Telecom still says of them.
    hung_up: BTreeSet<String>,
    muted: bool,
    transfer: Option<Transfer>,
    player: Player,
    /// The call of the tones planned, and that of the tone that sounds.
    planned_for: Option<String>,
    sounds_in: Option<String>,
    /// Asked for while a tone sounded.
    controls: VecDeque<(String, Control)>,
    awake: bool,
    refused: Option<Refusal>,
    shown: Option<Snapshot>,
}

impl Machine {
    /// A machine without calls.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            calls: BTreeMap::new(),
            hung_up: BTreeSet::new(),
            muted: false,
            transfer: None,
            player: Player::default(),
            planned_for: None,
            sounds_in: None,
            controls: VecDeque::new(),
            awake: false,
            refused: None,
            shown: None,
        }
    }

    /// Takes one event; returns what has to be done about it, in order. After a tone command has been carried out the
    /// caller reports it with [`Machine::done`].
    pub fn handle(&mut self, event: Event, now: Duration) -> Vec<Command> {
        let mut out = Vec::new();
        if !matches!(event, Event::Call(_) | Event::Muted(_) | Event::Tick) {
            self.refused = None;
        }
        match event {
            Event::Call(facts) => self.call_changed(facts, now, &mut out),
            Event::Start { call, target } => self.refused = self.start(call, target, now).err(),
            Event::Cancel => self.cancel(now, &mut out),
            Event::Return => self.refused = self.return_to_client(now).err(),
            Event::Complete => self.refused = self.complete(now).err(),
            Event::RetrySlower => self.refused = self.retry_slower(now).err(),
            Event::ClientIsBack => self.client_is_back(&mut out),
            Event::ContinueTalk | Event::Dismiss => self.close(&mut out),
            Event::KeyDown { call, key } => self.key_down(call, key, now),
            Event::KeyUp => self.player.release(),
            Event::Control { call, control } => {
                self.player.cut();
                self.controls.push_back((call, control));
            }
            Event::Muted(muted) => self.muted = muted,
            Event::PhoneRefused => self.break_off(BreakReason::PhoneRefused),
            Event::Tick => {}
        }
        self.advance(now, &mut out);
        out
    }

    /// The last tone command was carried out, and done at `now`.
    pub fn done(&mut self, now: Duration) {
        self.player.done(now);
    }

    /// When to call [`Machine::handle`] with [`Event::Tick`] at the latest.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let until = self.transfer.as_ref().and_then(|transfer| transfer.until);
        [self.player.deadline(), until].into_iter().flatten().min()
    }

    /// Whether a transfer can be offered on this call.
    #[must_use]
    pub fn offer(profile: &Profile, facts: &CallFacts) -> Offer {
        let direction = if facts.incoming { Direction::Incoming } else { Direction::Outgoing };
        if facts.emergency {
            Offer::Emergency
        } else if !profile.directions.contains(&direction) {
            Offer::NotIncoming
        } else if facts.state != CallState::Active {
            Offer::NotActive
        } else {
            Offer::Yes
        }
    }

    fn start(&mut self, call: String, target: TargetView, now: Duration) -> Result<(), Refusal> {
        let facts = self.calls.get(&call).ok_or(Refusal::NoSuchCall)?;
        match Self::offer(&self.profile, facts) {
            Offer::Emergency => return Err(Refusal::Emergency),
            Offer::NotIncoming => return Err(Refusal::NotIncoming),
            Offer::NotActive => return Err(Refusal::NotActive),
            Offer::Yes => {}
        }
        self.may_send(&call)?;
        let running = self.transfer.as_ref().is_some_and(|transfer| !transfer.is_over());
        if running {
            return Err(Refusal::Busy);
        }
        self.send_code(call, target, false, now);
        Ok(())
    }

    /// Whether tones may go into this call now: it is in front, nobody hung it up, and no emergency anywhere.
    fn may_send(&self, call: &str) -> Result<(), Refusal> {
        let facts = self.calls.get(call).ok_or(Refusal::NoSuchCall)?;
        if self.calls.values().any(|other| other.emergency) {
            return Err(Refusal::Emergency);
        }
        let other_in_front = self.calls.values().any(|other| other.id != call && in_front(other.state));
        if facts.state != CallState::Active || other_in_front || self.hung_up.contains(call) {
            return Err(Refusal::NotActive);
        }
        Ok(())
    }

    fn send_code(&mut self, call: String, target: TargetView, slower: bool, now: Duration) {
        let timing = if slower { self.profile.slower() } else { self.profile.timing };
        let end = self.profile.terminator.clone().unwrap_or_default();
        self.player.plan_transfer(&self.profile, &target.digits, timing, now);
        self.planned_for = Some(call.clone());
        let code = Code::transfer(&self.profile.start, &target.digits, &end);
        let stage = Stage::Sending { slower };
        self.transfer =
            Some(Transfer { call, target, stage, code, hang_up_asked: false, restore_mute: false, until: None });
    }

    fn cancel(&mut self, now: Duration, out: &mut Vec<Command>) {
        let Some(transfer) = &self.transfer else { return };
        match transfer.stage {
            Stage::Sending { .. } if transfer.code.client_is_in_talk() => {
                self.player.cut();
                self.end_transfer(out);
            }
            Stage::Sending { .. } => self.go_back(true, now),
            Stage::Consultation => self.refused = self.return_to_client(now).err(),
            _ => {}
        }
    }

    fn return_to_client(&mut self, now: Duration) -> Result<(), Refusal> {
        let transfer = self.transfer.as_ref().ok_or(Refusal::NoStage)?;
        let possible = match transfer.stage {
            Stage::Consultation => true,
            Stage::Returning { .. } => self.player.is_idle(),
            Stage::BrokenOff { client, .. } => client == Client::OnHold,
            _ => false,
        };
        if !possible {
            return Err(Refusal::NoStage);
        }
        self.may_send(&transfer.call)?;
        self.go_back(false, now);
        Ok(())
    }

    /// Sends what brings the client back from where the code has got to; nothing else of the code goes out.
    fn go_back(&mut self, cancelled: bool, now: Duration) {
        let Some(transfer) = &mut self.transfer else { return };
        let bursts = transfer.code.way_back(&self.profile);
        let timing = self.profile.timing;
        self.player.cut();
        for (index, burst) in bursts.iter().enumerate() {
            let apart = Before { gap: SETTLE, min_gap: SETTLE, limit: Limit::Free };
            let before = if index == 0 { self.player.before_code(timing) } else { apart };
            self.player.plan(burst, timing, before, Limit::Code, now);
        }
        self.planned_for = Some(transfer.call.clone());
        let by_itself = bursts.is_empty() || !transfer.code.is_complete();
        transfer.stage = Stage::Returning { by_itself, cancelled };
        transfer.until = None;
        transfer.code.send_back(&bursts);
        transfer.await_return(now);
    }

    fn complete(&mut self, now: Duration) -> Result<(), Refusal> {
        let transfer = self.transfer.as_mut().ok_or(Refusal::NoStage)?;
        if transfer.stage != Stage::Consultation {
            return Err(Refusal::NoStage);
        }
        let call = transfer.call.clone();
        if let Complete::Code(code) = &self.profile.complete {
            if transfer.sends() {
                return Ok(());
            }
            self.may_send(&call)?;
            self.player.cut();
            let timing = self.profile.timing;
            self.player.plan(code, timing, self.player.before_code(timing), Limit::Code, now);
            self.planned_for = Some(call);
        } else {
            self.player.cut();
            self.controls.push_back((call, Control::HangUp));
        }
        if let Some(transfer) = &mut self.transfer {
            transfer.hang_up_asked = true;
            if let Complete::Code(code) = &self.profile.complete {
                transfer.code.send_complete(code);
            }
        }
        Ok(())
    }

    fn retry_slower(&mut self, now: Duration) -> Result<(), Refusal> {
        let transfer = self.transfer.as_ref().ok_or(Refusal::NoStage)?;
        if transfer.stage != Stage::Consultation {
            return Err(Refusal::NoStage);
        }
        self.may_send(&transfer.call)?;
        let (call, target, restore_mute) = (transfer.call.clone(), transfer.target.clone(), transfer.restore_mute);
        self.player.cut();
        self.send_code(call, target, true, now);
        if let Some(transfer) = &mut self.transfer {
            transfer.restore_mute = restore_mute;
        }
        Ok(())
    }

    /// The employee hears the client: the way back is over, whatever the app believed.
    fn client_is_back(&mut self, out: &mut Vec<Command>) {
        let Some(transfer) = &self.transfer else { return };
        let on_hold = matches!(transfer.stage, Stage::BrokenOff { client: Client::OnHold, .. });
        if on_hold || matches!(transfer.stage, Stage::Returning { .. } | Stage::Consultation) {
            self.player.cut();
            self.end_transfer(out);
        }
    }

    /// Back in the talk: the microphone is as the employee had it.
    fn end_transfer(&mut self, out: &mut Vec<Command>) {
        if self.transfer.take().is_some_and(|transfer| transfer.restore_mute) {
            out.push(Command::SetMuted(true));
        }
    }

    /// Closes what is only shown: the after-call screen, a sending broken off with the client still in the talk.
    fn close(&mut self, out: &mut Vec<Command>) {
        let Some(transfer) = &self.transfer else { return };
        if transfer.is_over() {
            self.transfer = None;
        } else if matches!(transfer.stage, Stage::BrokenOff { client: Client::Talking, .. }) {
            self.end_transfer(out);
        }
    }

    fn key_down(&mut self, call: String, key: Key, now: Duration) {
        if self.tones_are_due() {
            self.break_off(BreakReason::KeyByHand);
        }
        let active = self.calls.get(&call).is_some_and(|facts| facts.state == CallState::Active);
        if !active || self.hung_up.contains(&call) || !self.controls.is_empty() {
            return;
        }
        if self.planned_for.as_ref() != Some(&call) {
            self.player.cut();
        }
        self.player.press(key, self.profile.timing, now);
        self.planned_for = Some(call);
    }
}
