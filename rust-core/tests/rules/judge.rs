//! The judge of the transfer machine: it reads product.md, "Rules no version may break", and sees nothing but events
//! in, commands out and the times at which they happened. It knows nothing of how the machine works.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use starhash_core::dtmf::Key;
use starhash_core::profile::{Complete, Profile};
use starhash_core::transfer::view::*;

use crate::licence::{Licence, Place, Progress};

mod rules;

/// What a broken rule looks like: the rule and the facts.
pub type Check = Result<(), String>;

/// product.md: "no tone and no gap is ever shorter than the profile's floor"; telecom-facts.md: floor 70/70.
const FLOOR: Duration = Duration::from_millis(70);
/// product.md: "end of `*` to end of `#` over 900 ms".
const CODE_LIMIT: Duration = Duration::from_millis(900);
/// product.md: "a gap inside the number over 2.5 s".
const NUMBER_LIMIT: Duration = Duration::from_millis(2500);

/// One command: when the machine gave it, when the phone did it, when the phone answered.
pub struct Done {
    pub command: Command,
    pub issued: Duration,
    pub at: Duration,
    pub answered: Duration,
}

struct Sound {
    call: String,
    key: Key,
    on: Duration,
    /// When the phone said so.
    known: Duration,
    /// Its place in the automatic code; none for a key by hand.
    place: Option<Place>,
    /// It belongs to a transfer code, not to a way back.
    of_transfer: bool,
}

pub struct Judge {
    profile: Profile,
    calls: BTreeMap<String, CallFacts>,
    /// The app has asked to end these.
    hung_up: BTreeSet<String>,
    sounding: Option<Sound>,
    last: Option<(Key, Duration)>,
    /// The automatic tones somebody asked for and nobody revoked.
    licence: Option<Licence>,
    /// How far the transfer code has got, for the way back.
    progress: Option<Progress>,
    /// End of the first symbol of the code being sent.
    code_began: Duration,
    /// Keys pressed by hand whose tones may still come.
    by_hand: VecDeque<(String, Key)>,
    /// Controls asked for and not carried out yet.
    asked: VecDeque<(String, Control)>,
    /// A limit of the PBX was missed and the screen has not said so yet.
    must_say_too_late: bool,
    muted: bool,
    /// The call for whose consultation the microphone was opened.
    unmuted_for: Option<String>,
    awake: bool,
    shown: Snapshot,
}

fn rule(holds: bool, rule: &str, facts: impl FnOnce() -> String) -> Check {
    if holds { Ok(()) } else { Err(format!("BROKEN: {rule}\n  {}", facts())) }
}

impl Judge {
    pub fn new(profile: Profile) -> Self {
        let shown = Snapshot {
            call: None,
            stage: Stage::Idle,
            target: None,
            symbols: Vec::new(),
            hang_up: HangUpMeaning::EndsTalk,
            refused: None,
        };
        Self {
            profile,
            calls: BTreeMap::new(),
            hung_up: BTreeSet::new(),
            sounding: None,
            last: None,
            licence: None,
            progress: None,
            code_began: Duration::ZERO,
            by_hand: VecDeque::new(),
            asked: VecDeque::new(),
            must_say_too_late: false,
            muted: false,
            unmuted_for: None,
            awake: false,
            shown,
        }
    }

    pub fn stage(&self) -> Stage {
        self.shown.stage
    }

    /// One event and everything the machine did about it.
    pub fn step(&mut self, event: &Event, out: &[Done], deadline: Option<Duration>) -> Check {
        let before = self.shown.clone();
        let changed = out.iter().rev().find_map(|done| match &done.command {
            Command::Changed(snapshot) => Some(snapshot.clone()),
            _ => None,
        });
        let after = changed.unwrap_or_else(|| before.clone());
        let silent_and_late = self.must_say_too_late && self.sounding.is_none();
        let was_awake = self.awake;
        self.read(event, &before, &after)?;
        for done in out {
            self.command(event, done, was_awake)?;
        }
        self.shown = after;
        self.a_missed_limit_is_said(event, silent_and_late)?;
        self.controls_wait_for_tones_only()?;
        self.the_processor_is_awake_for_tones_only(deadline)?;
        self.unmuted_for_the_consultation(&before, out)?;
        self.muted_again_on_return(&before, out)?;
        self.the_screen_shows_what_was_sent()
    }

    /// What the event allows and forbids.
    fn read(&mut self, event: &Event, before: &Snapshot, after: &Snapshot) -> Check {
        let accepted = after.refused.is_none();
        match event {
            Event::Call(facts) => self.read_call(facts),
            Event::Start { call, target } if accepted => {
                self.transfer_only_what_the_profile_allows(call)?;
                self.grant_transfer(call, &target.digits);
            }
            Event::RetrySlower if accepted => {
                self.by_hand.clear();
                if let (Some(call), Some(target)) = (&before.call, &before.target) {
                    self.grant_transfer(call, &target.digits);
                }
            }
            Event::Cancel if matches!(before.stage, Stage::Sending { .. }) => self.allow_the_way_back(before),
            Event::Cancel if before.stage == Stage::Consultation && accepted => self.allow_the_way_back(before),
            Event::Return if accepted => self.allow_the_way_back(before),
            Event::Complete if accepted && before.stage == Stage::Consultation => self.allow_completing(before),
            Event::ClientIsBack if may_find_the_client_back(before.stage) => self.revoke(),
            Event::KeyDown { call, key } => self.read_key(call, *key),
            Event::Control { call, control } => self.read_control(call, *control),
            Event::Muted(muted) => self.muted = *muted,
            Event::PhoneRefused => self.licence = None,
            _ => {}
        }
        Ok(())
    }

    fn read_call(&mut self, facts: &CallFacts) {
        let id = &facts.id;
        let over = matches!(facts.state, CallState::Disconnected { .. });
        let new = !self.calls.contains_key(id);
        let ours = self.licence.as_ref().is_some_and(|licence| licence.call == *id);
        let comes_in_front = matches!(facts.state, CallState::Active | CallState::Dialing);
        let intrudes = !over && !ours && (new || comes_in_front);
        if over {
            self.calls.remove(id);
            self.hung_up.remove(id);
            self.asked.retain(|(call, _)| call != id);
            self.unmuted_for.take_if(|call| call == id);
        } else {
            self.calls.insert(id.clone(), facts.clone());
        }
        if facts.state != CallState::Active {
            self.by_hand.retain(|(call, _)| call != id);
        }
        if intrudes || (facts.emergency && !over) || (ours && facts.state != CallState::Active) {
            self.licence = None;
        }
    }

    /// product.md: "a key pressed by hand ends the automatic sequence first".
    fn read_key(&mut self, call: &str, key: Key) {
        self.licence = None;
        if self.is_active(call) && !self.hung_up.contains(call) && self.asked.is_empty() {
            self.by_hand.retain(|(other, _)| other == call);
            self.by_hand.push_back((call.to_owned(), key));
        }
    }

    /// product.md: "the sequence is ended *before* the app itself asks for hold, answer, swap or merge".
    fn read_control(&mut self, call: &str, control: Control) {
        self.revoke();
        self.asked.push_back((call.to_owned(), control));
        if matches!(control, Control::HangUp | Control::Reject) {
            self.hung_up.insert(call.to_owned());
        }
    }

    /// product.md: "after cancel nothing more of that sequence, only the profile's return sequence for that stage".
    fn allow_the_way_back(&mut self, before: &Snapshot) {
        self.revoke();
        let ways = self.progress.as_mut().map(|progress| progress.ways_back(&self.profile)).unwrap_or_default();
        if let Some(call) = &before.call {
            self.grant(Licence::way_back(call, &ways));
        }
    }

    /// product.md: "completing is the employee's tap". A second tap asks for nothing more.
    fn allow_completing(&mut self, before: &Snapshot) {
        let Some(call) = &before.call else { return };
        if let Complete::Code(code) = &self.profile.complete {
            if self.licence.as_ref().is_some_and(Licence::has_more) {
                return;
            }
            self.by_hand.clear();
            self.grant(Licence::way_back(call, &[vec![code.clone()]]));
            self.progress.iter_mut().for_each(Progress::close);
        } else {
            self.read_control(&call.clone(), Control::HangUp);
        }
    }

    fn grant_transfer(&mut self, call: &str, digits: &str) {
        self.grant(Licence::transfer(call, &self.profile, digits));
        self.progress = Some(Progress::of_transfer(call, &self.profile, digits));
        if let Some(sound) = &mut self.sounding {
            sound.of_transfer = false;
        }
    }

    /// What still sounds belongs to the code before, and its limit with it.
    fn grant(&mut self, licence: Licence) {
        self.licence = Some(licence);
        if let Some(sound) = &mut self.sounding {
            sound.place = sound.place.map(|_| Place::FirstDigit);
        }
    }

    fn revoke(&mut self) {
        self.licence = None;
        self.by_hand.clear();
    }

    fn is_active(&self, call: &str) -> bool {
        self.calls.get(call).is_some_and(|facts| facts.state == CallState::Active)
    }

    fn command(&mut self, event: &Event, done: &Done, was_awake: bool) -> Check {
        match &done.command {
            Command::ToneOn { call, key } => {
                if *event == Event::Tick {
                    rule(was_awake, "the processor is kept awake while a tone is due", || {
                        format!("{key} at {done:?}")
                    })?;
                }
                self.tone_on(call, *key, done)
            }
            Command::ToneOff { call } => self.tone_off(event, call, done),
            Command::Control { call, control } => self.control(call, *control),
            Command::SetMuted(_) | Command::Changed(_) => Ok(()),
            Command::KeepAwake(awake) => {
                self.awake = *awake;
                Ok(())
            }
        }
    }

    fn tone_on(&mut self, call: &str, key: Key, done: &Done) -> Check {
        self.a_tone_begins_only_in_silence(key)?;
        self.a_tone_begins_only_in_a_call_that_talks(call, key)?;
        self.no_gap_is_shorter_than_the_floor(done)?;
        let symbol = self.somebody_asked_for_this_tone(call, key)?;
        if let Some(symbol) = symbol {
            self.automatic_tones_only_in_front(call)?;
            self.no_automatic_tone_in_an_emergency()?;
            self.a_code_stands_apart_from_what_may_begin_one(symbol, done)?;
            self.no_digit_after_the_pbx_has_stopped_waiting(symbol, done)?;
        }
        let of_transfer = symbol.is_some() && self.progress.as_ref().is_some_and(Progress::is_open);
        let place = symbol.map(|symbol| symbol.place);
        let (on, known) = (done.at, done.answered);
        self.sounding = Some(Sound { call: call.to_owned(), key, on, known, place, of_transfer });
        Ok(())
    }

    fn tone_off(&mut self, event: &Event, call: &str, done: &Done) -> Check {
        let paired = "every tone started is stopped, and stopped before the next begins";
        let Some(sound) = self.sounding.take() else { return rule(false, paired, || format!("stops twice: {done:?}")) };
        rule(sound.call == call, paired, || format!("{} sounds in {}, stopped in {call}", sound.key, sound.call))?;
        let length = done.at.saturating_sub(sound.on);
        let cut = matches!(event, Event::Call(facts) if facts.id == call && facts.state != CallState::Active);
        rule(cut || length >= FLOOR, "no tone is ever shorter than the floor", || {
            format!("{} lasts {length:?} until {done:?}", sound.key)
        })?;
        self.last = Some((sound.key, done.at));
        if let Some(progress) =
            self.progress.as_mut().filter(|_| sound.of_transfer && done.issued.saturating_sub(sound.known) < FLOOR)
        {
            progress.cut_short();
        }
        match sound.place {
            Some(Place::Opens) => self.code_began = done.at,
            Some(Place::Code) if done.at.saturating_sub(self.code_began) > CODE_LIMIT => self.limit_missed(),
            _ => {}
        }
        Ok(())
    }

    /// product.md: "if a limit of the PBX would be missed … the sequence stops and says so".
    fn limit_missed(&mut self) {
        self.must_say_too_late = self.licence.take().is_some();
    }

    fn control(&mut self, call: &str, control: Control) -> Check {
        let asked = self.asked.pop_front();
        let first = asked.as_ref().map(|(call, control)| (call.as_str(), *control));
        rule(first == Some((call, control)), "the app never hangs up by itself", || {
            format!("{control:?} of {call}; asked for was {asked:?}")
        })?;
        rule(self.sounding.is_none(), "the sequence is ended before the app itself asks for hold, answer, swap", || {
            format!("{control:?} of {call} while a tone sounds")
        })
    }
}

/// view.rs, `Event::ClientIsBack`: wherever the app believes the client away, the employee may hear them.
fn may_find_the_client_back(stage: Stage) -> bool {
    matches!(stage, Stage::Returning { .. } | Stage::Consultation | Stage::BrokenOff { client: Client::OnHold, .. })
}

impl std::fmt::Debug for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} (given {:?})", self.at, self.command, self.issued)
    }
}
