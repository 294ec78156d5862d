//! One transfer by the phone's own timing through a network: did it reach the colleague, and did the client come back?

use crate::chance::Chance;
use crate::exchange::{Exchange, ExchangeError, ExchangeEvent, What};
use crate::network::Conditions;
use starhash_core::dtmf::{Limit, Player, Step};
use starhash_core::error::CoreError;
use starhash_core::pbx::{Answer, ConfigError, Doing, Event, Pbx, PbxConfig, Phones};
use starhash_core::profile::{Profile, Timing};
use std::time::Duration;
use thiserror::Error;

/// A phone's timer is late by up to so many microseconds.
const WAKES_LATE_US: u64 = 5000;
/// When the employee returns, counted from the call to the colleague: the ringback sounds again (1 s of every 5 s), so an
/// echo of it meets the return code.
const RETURNS_AFTER: Duration = Duration::from_millis(5100);
/// The slowest network has delivered everything by then.
const PATIENCE: Duration = Duration::from_secs(15);
/// One round of the music on hold.
const MUSIC_US: u64 = 8_000_000;
/// How far the line is played between two looks at what the PBX has done.
const LOOK: Duration = Duration::from_millis(100);

/// Why a trial cannot be held.
#[derive(Debug, Error)]
pub enum TrialError {
    /// The default profile cannot be read.
    #[error(transparent)]
    Core(#[from] CoreError),
    /// Its codes cannot be dialled.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The line refuses a tone.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
}

/// A call in which the default profile's codes are sent.
#[derive(Debug)]
pub struct Trial {
    profile: Profile,
    timing: Timing,
    player: Player,
    exchange: Exchange,
    lateness: Chance,
    /// When the first code is sent, or a little later.
    begins: Duration,
    /// The phone has ended its last tone.
    sent: Duration,
    events: Vec<ExchangeEvent>,
}

impl Trial {
    /// A call in which client and employee talk. Every number there is rings, and nobody answers.
    ///
    /// # Errors
    /// [`TrialError::Core`] or [`TrialError::Config`] if the default profile is broken.
    pub fn new(conditions: Conditions, timing: Timing, seed: u64) -> Result<Self, TrialError> {
        let phones = Phones { known: [].into(), others: Answer::Never, outside: Answer::Never };
        let pbx = Pbx::new(PbxConfig::default(), phones)?;
        Ok(Self {
            profile: Profile::default_profile()?,
            timing,
            player: Player::default(),
            exchange: Exchange::new(pbx, conditions, seed, Duration::ZERO),
            lateness: Chance::stream(seed, 6),
            begins: Duration::from_secs(1),
            sent: Duration::ZERO,
            events: Vec::new(),
        })
    }

    /// The client keeps the employee on hold with music; each seed sends its code at another place of the melody.
    pub fn client_holds(&mut self) {
        self.exchange.client_holds(true);
        self.begins += Duration::from_micros(self.lateness.up_to(MUSIC_US));
    }

    /// The phone sends the code for `number`. `true`: the PBX has called this number and no other, and the client has
    /// heard none of it.
    ///
    /// # Errors
    /// [`TrialError::Exchange`] if the line refuses a tone.
    pub fn reaches(&mut self, number: &str) -> Result<bool, TrialError> {
        // Anywhere within a packet of the line.
        let now = self.begins + Duration::from_micros(self.lateness.up_to(50_000));
        self.player.plan_transfer(&self.profile, number, self.timing, now);
        self.send()?;
        self.play_until(|event| matches!(event, Event::Target { .. } | Event::Leaked { .. }));
        let called = Event::Target { number: number.to_owned() };
        let did = self.events.iter().filter_map(did);
        let about = did.filter(|event| matches!(event, Event::Target { .. } | Event::Leaked { .. }));
        Ok(about.eq([&called]))
    }

    /// The mobile leg as the PBX has heard it.
    #[must_use]
    pub fn line(&self) -> &[i16] {
        self.exchange.recording()
    }

    /// How long after the phone's last tone the PBX has called somebody; `None`: it has called nobody since that tone.
    #[must_use]
    pub fn behind(&self) -> Option<Duration> {
        self.called_at().and_then(|called| called.checked_sub(self.sent))
    }

    fn called_at(&self) -> Option<Duration> {
        let called = self.events.iter().rfind(|event| matches!(did(event), Some(Event::Target { .. })));
        called.map(|event| event.t)
    }

    /// The phone sends the return code while the colleague's phone rings. `true`: client and employee talk again, and
    /// the client has heard none of it.
    ///
    /// # Errors
    /// [`TrialError::Exchange`] if the line refuses a tone.
    pub fn returns(&mut self) -> Result<bool, TrialError> {
        let now = self.called_at().unwrap_or(self.exchange.now()) + RETURNS_AFTER;
        let code = self.profile.return_code.clone().unwrap_or_default();
        self.player.plan(&code, self.timing, self.player.before_code(self.timing), Limit::Code, now);
        self.events.clear();
        self.send()?;
        self.play_until(|event| matches!(event, Event::Returned));
        let leaked = |event: &ExchangeEvent| matches!(did(event), Some(Event::Leaked { .. }));
        Ok(self.exchange.doing() == Doing::Talk && !self.events.iter().any(leaked))
    }

    /// Plays everything planned, on a phone whose timer is never early and sometimes late.
    fn send(&mut self) -> Result<(), TrialError> {
        while let Some(due) = self.player.deadline() {
            let now = due + self.late();
            match self.player.poll(now) {
                Some(Step::On { key, .. }) => self.exchange.tone_on(now, char::from(key.ascii()))?,
                Some(Step::Off { .. }) => {
                    self.exchange.tone_off(now)?;
                    self.sent = now;
                }
                Some(Step::TooLate) | None => {}
            }
            self.player.done(now);
        }
        Ok(())
    }

    fn late(&mut self) -> Duration {
        Duration::from_micros(self.lateness.up_to(WAKES_LATE_US))
    }

    /// Plays the line until the PBX does this, or has had the time to.
    fn play_until(&mut self, done: impl Fn(&Event) -> bool) {
        let end = self.exchange.now() + PATIENCE;
        let (mut now, seen) = (self.exchange.now(), self.events.len());
        while now < end && !self.events[seen..].iter().filter_map(did).any(&done) {
            now += LOOK;
            self.events.extend(self.exchange.advance_to(now));
        }
    }
}

fn did(event: &ExchangeEvent) -> Option<&Event> {
    if let What::Did(event) = &event.what { Some(event) } else { None }
}
