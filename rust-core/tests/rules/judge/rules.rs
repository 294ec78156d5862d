//! The rules, one by one. Quotations are from product.md, "Rules no version may break", unless another page is named.

use std::time::Duration;

use starhash_core::dtmf::Key;
use starhash_core::profile::Direction;
use starhash_core::transfer::view::*;

use super::{Check, Done, FLOOR, Judge, NUMBER_LIMIT, rule};
use crate::licence::{Place, Symbol};

/// asterisk-measured.md: "a lone `*` or `#` reaches the client 1.1 s after it ends": until then it may be read together
/// with what follows.
const APART: Duration = Duration::from_millis(1100);

impl Judge {
    /// "every tone started is stopped, and stopped before the next begins".
    pub(super) fn a_tone_begins_only_in_silence(&self, key: Key) -> Check {
        let waits = "the sequence is ended before the app itself asks for hold, answer, swap or merge";
        rule(self.asked.is_empty(), waits, || format!("{key} begins while {:?} wait", self.asked))?;
        let facts = || format!("{key} begins while {:?} sounds", self.sounding.as_ref().map(|sound| sound.key));
        rule(self.sounding.is_none(), "every tone is stopped before the next begins", facts)
    }

    /// "nothing is sent after hang-up, hold or disconnect".
    pub(super) fn a_tone_begins_only_in_a_call_that_talks(&self, call: &str, key: Key) -> Check {
        let talks = self.is_active(call) && !self.hung_up.contains(call);
        rule(talks, "nothing is sent after hang-up, hold or disconnect", || {
            format!("{key} into {call}: {:?}, hung up: {:?}", self.calls.get(call), self.hung_up)
        })
    }

    /// "tones go only to the call on which the transfer was started", "after cancel nothing more of that sequence", "a
    /// key pressed by hand ends the automatic sequence first": a tone needs somebody who asked for it and has not
    /// changed their mind since.
    pub(super) fn somebody_asked_for_this_tone(&mut self, call: &str, key: Key) -> Result<Option<Symbol>, String> {
        // Keys sound in the order in which they were pressed: none is left out, none is invented.
        if self.by_hand.front().is_some_and(|pressed| (pressed.0.as_str(), pressed.1) == (call, key)) {
            self.by_hand.pop_front();
            self.progress.iter_mut().for_each(|progress| progress.typed(call, key));
            return Ok(None);
        }
        let licence = self.licence.as_mut().filter(|licence| licence.call == call);
        let symbol = licence.and_then(|licence| licence.next(key));
        let facts = || format!("{key} into {call}; licence {:?}, by hand {:?}", self.licence, self.by_hand);
        rule(symbol.is_some(), "no tone that nobody asked for, or that was called off", facts)?;
        if let Some(progress) = &mut self.progress {
            progress.begun();
        }
        Ok(symbol)
    }

    /// "the radio plays a tone into whichever call is in the foreground".
    pub(super) fn automatic_tones_only_in_front(&self, call: &str) -> Check {
        let in_front = |facts: &&CallFacts| matches!(facts.state, CallState::Active | CallState::Dialing);
        let other = self.calls.values().filter(in_front).find(|facts| facts.id != call);
        rule(other.is_none(), "tones go only to the call on which the transfer was started", || {
            format!("into {call} while {other:?} is in front")
        })
    }

    /// "never during an emergency call, nor when the call's properties say emergency callback …".
    pub(super) fn no_automatic_tone_in_an_emergency(&self) -> Check {
        let emergency = self.calls.values().find(|facts| facts.emergency);
        rule(emergency.is_none(), "never during an emergency call", || format!("{emergency:?}"))
    }

    /// "no tone and no gap is ever shorter than the profile's floor, however late the clock wakes us".
    pub(super) fn no_gap_is_shorter_than_the_floor(&self, done: &Done) -> Check {
        let gap = self.last.map(|(_, end)| done.at.saturating_sub(end));
        rule(gap.is_none_or(|gap| gap >= FLOOR), "no gap is ever shorter than the floor", || {
            format!("{gap:?} before {done:?}")
        })
    }

    /// asterisk-measured.md, "a lone `*` or `#` reaches the client 1.1 s after it ends"; a blind transfer once began
    /// because two signs were read as `##`.
    pub(super) fn a_code_stands_apart_from_what_may_begin_one(&self, symbol: Symbol, done: &Done) -> Check {
        let Some((key, end)) = self.last.filter(|_| symbol.place == Place::Opens) else { return Ok(()) };
        rule(
            key.ascii().is_ascii_digit() || done.at.saturating_sub(end) >= APART,
            "a code is not read together with another",
            || format!("{symbol:?} {:?} after {key}", done.at.saturating_sub(end)),
        )
    }

    /// "if a limit of the PBX would be missed (… a gap inside the number over 2.5 s) the sequence stops". A tone that
    /// the phone was slow to begin cannot be taken back, but it is the last one.
    pub(super) fn no_digit_after_the_pbx_has_stopped_waiting(&mut self, symbol: Symbol, done: &Done) -> Check {
        let Some((_, end)) = self.last.filter(|_| symbol.place == Place::Number) else { return Ok(()) };
        let gap = done.issued.saturating_sub(end);
        rule(gap <= NUMBER_LIMIT, "no digit after a gap of 2.5 s inside the number", || format!("{gap:?}, {done:?}"))?;
        if done.at.saturating_sub(end) > NUMBER_LIMIT {
            self.limit_missed();
        }
        Ok(())
    }

    /// "… the sequence stops and says so".
    pub(super) fn a_missed_limit_is_said(&mut self, event: &Event, silent_and_late: bool) -> Check {
        let said = matches!(self.shown.stage, Stage::BrokenOff { reason: BreakReason::TooLate, .. });
        if let Some(progress) = self.progress.as_mut().filter(|_| said) {
            progress.last_came_too_late();
        }
        if said || *event != Event::Tick {
            self.must_say_too_late = false;
        }
        rule(said || !silent_and_late || *event != Event::Tick, "a missed limit of the PBX is said", || {
            format!("shown is {:?}", self.shown.stage)
        })
    }

    /// api.rs, `Engine::control`: a control may wait for the end of the tone that sounds, and for nothing else.
    pub(super) fn controls_wait_for_tones_only(&self) -> Check {
        rule(
            self.sounding.is_some() || self.asked.is_empty(),
            "what the app asks for is done once it is silent",
            || format!("{:?} still wait", self.asked),
        )
    }

    /// telecom-facts.md: "During a call the processor may sleep: hold a `PARTIAL_WAKE_LOCK` (bounded) while a sequence
    /// runs".
    pub(super) fn the_processor_is_awake_for_tones_only(&self, deadline: Option<Duration>) -> Check {
        rule(self.awake || self.sounding.is_none(), "the processor is kept awake while a tone sounds", String::new)?;
        rule(!self.awake || deadline.is_some(), "the processor may sleep when nothing is due", String::new)
    }

    /// product.md: "A muted employee is un-muted for the consultation".
    pub(super) fn unmuted_for_the_consultation(&mut self, before: &Snapshot, out: &[Done]) -> Check {
        let begins = self.shown.stage == Stage::Consultation && before.stage != Stage::Consultation;
        let opened = out.iter().any(|done| done.command == Command::SetMuted(false));
        rule(
            opened == (begins && self.muted),
            "a muted employee is un-muted for the consultation, and only then",
            || format!("muted: {}, un-muted: {opened}, {:?} -> {:?}", self.muted, before.stage, self.shown.stage),
        )?;
        if opened {
            self.unmuted_for.clone_from(&self.shown.call);
        }
        Ok(())
    }

    /// product.md: "… and muted again on return".
    pub(super) fn muted_again_on_return(&mut self, before: &Snapshot, out: &[Done]) -> Check {
        let back = self.shown.stage == Stage::Idle && before.stage != Stage::Idle;
        let closed = out.iter().any(|done| done.command == Command::SetMuted(true));
        rule(closed == (back && self.unmuted_for.is_some()), "muted again on return, and only then", || {
            format!(
                "un-muted for {:?}, muted: {closed}, {:?} -> {:?}",
                self.unmuted_for, before.stage, self.shown.stage
            )
        })?;
        if closed {
            self.unmuted_for = None;
        }
        Ok(())
    }

    /// product.md: "each symbol lights up as it is sent"; "say exactly what was and was not sent".
    pub(super) fn the_screen_shows_what_was_sent(&self) -> Check {
        let Some(progress) = &self.progress else { return Ok(()) };
        let Stage::Sending { .. } = self.shown.stage else { return Ok(()) };
        let count = |state| self.shown.symbols.iter().filter(|symbol| symbol.state == state).count();
        let now = usize::from(self.sounding.as_ref().is_some_and(|sound| sound.of_transfer));
        let shown = (count(SymbolState::Sent), count(SymbolState::Now));
        rule(shown.1 == now && progress.may_have_sent(shown.0, now), "the screen shows what was sent", || {
            format!("shown {shown:?} of {:?}; {progress:?}, sounding {now}", self.shown.symbols)
        })
    }

    /// product.md: "incoming only", and its gate on the call screen.
    pub(super) fn transfer_only_what_the_profile_allows(&self, call: &str) -> Check {
        let facts = self.calls.get(call);
        let direction = facts.map(|facts| if facts.incoming { Direction::Incoming } else { Direction::Outgoing });
        let allowed = direction.is_some_and(|direction| self.profile.directions.contains(&direction));
        rule(allowed, "a transfer only in the directions of the profile", || format!("{facts:?}"))
    }

    /// Nobody does anything any more: the machine must have come to rest.
    pub fn ends_silent_and_idle(&self, deadline: Option<Duration>) -> Check {
        let rest = self.sounding.is_none() && !self.awake && self.asked.is_empty() && deadline.is_none();
        rule(rest, "a machine left alone ends silent and idle", || {
            let sounds = self.sounding.as_ref().map(|sound| sound.key);
            format!("sounds {sounds:?}, awake {}, wait {:?}, deadline {deadline:?}", self.awake, self.asked)
        })
    }
}
