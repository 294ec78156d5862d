//! Tones in pairs: what sounds, what comes next, and when. No clock and no I/O: the caller gives `now`.
//!
//! Every time is a [`Duration`] since one arbitrary start on a monotonic clock. A plan has absolute deadlines, so the
//! errors of single wake-ups do not add up: a late wake-up is made good in the gaps, never in the tones, and no gap
//! falls below its floor.

use std::collections::VecDeque;
use std::time::Duration;

use crate::profile::{GAP_FLOOR, Profile, TONE_FLOOR, Timing};

/// End of the first symbol of a code to the end of its last one: past it the PBX lets the code through to the client.
/// Asterisk's limit is 1000 ms (asterisk-measured.md, "Timing"); 100 ms are left for the line, and a profile may plan
/// no more than [`crate::profile::CODE_LIMIT`].
pub const CODE_END_LIMIT: Duration = Duration::from_millis(900);
/// Silence between two symbols of the number. Asterisk stops waiting 3.0 s after a digit (asterisk-measured.md).
pub const NUMBER_LIMIT: Duration = Duration::from_millis(2500);
/// End of one symbol to the end of the next, from the start code on: 3.0 s where the PBX plays no prompt
/// (asterisk-measured.md), 100 ms are left for the line.
pub const DIGIT_END_LIMIT: Duration = Duration::from_millis(2900);
/// Silence between a `*` or `#` and a code that must not be read together with it: Asterisk gives up on a lone `#`
/// after 1000 ms (asterisk-measured.md, "a lone `*` or `#` reaches the client 1.1 s after it ends").
pub const SETTLE: Duration = Duration::from_millis(1100);
/// A key held by hand sounds no longer than this, should its release ever be lost.
pub const HELD_CEILING: Duration = Duration::from_secs(5);

/// One of the twelve keys a phone can send: `0-9 * #`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u8);

impl Key {
    /// The key with this ASCII code, if there is one.
    #[must_use]
    pub fn new(ascii: u8) -> Option<Self> {
        (ascii.is_ascii_digit() || matches!(ascii, b'*' | b'#')).then_some(Self(ascii))
    }

    /// Its ASCII code.
    #[must_use]
    pub fn ascii(self) -> u8 {
        self.0
    }

    /// `*` and `#` begin feature codes: whatever follows one of them at once may be read together with it.
    #[must_use]
    pub fn opens_code(self) -> bool {
        !self.0.is_ascii_digit()
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", char::from(self.0))
    }
}

/// The keys of a code. Anything that is no key is left out; profiles and cleaned numbers hold nothing else.
pub fn keys(code: &str) -> impl Iterator<Item = Key> + '_ {
    code.bytes().filter_map(Key::new)
}

/// What a PBX allows between this tone and the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Limit {
    /// None: the first symbol of a code, a key pressed by hand.
    #[default]
    Free,
    /// A later symbol of a code: see [`CODE_END_LIMIT`].
    Code,
    /// The first symbol after the start code: see [`DIGIT_END_LIMIT`].
    FirstDigit,
    /// A later symbol of the number, its terminator included: see [`NUMBER_LIMIT`] and [`DIGIT_END_LIMIT`].
    Number,
}

/// What stands before the first symbol of a planned code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// The silence wished.
    pub gap: Duration,
    /// The least silence, however late the clock has become.
    pub min_gap: Duration,
    /// What the PBX allows for that symbol.
    pub limit: Limit,
}

impl Before {
    /// The digits after the start code. A late clock may take a quarter of the pause, no more: the pause waits for the
    /// PBX to be ready.
    #[must_use]
    pub fn number(timing: Timing) -> Self {
        let min_gap = (timing.pause * 3 / 4).max(GAP_FLOOR);
        Self { gap: timing.pause.max(GAP_FLOOR), min_gap, limit: Limit::FirstDigit }
    }

    /// What simply goes on after the last tone.
    #[must_use]
    pub fn next(timing: Timing, limit: Limit) -> Self {
        Self { gap: timing.gap, min_gap: GAP_FLOOR, limit }
    }
}

/// A tone begun or ended, in the order in which it must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Begin this tone.
    On {
        /// Its key.
        key: Key,
        /// Pressed by hand: no part of a code of ours.
        by_hand: bool,
    },
    /// End the tone that sounds.
    Off {
        /// Its key.
        key: Key,
        /// As above.
        by_hand: bool,
    },
    /// A limit of the PBX cannot be kept any more; the rest of the plan has been dropped. Nothing sounds.
    TooLate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tone {
    key: Key,
    /// When it should begin.
    on: Duration,
    length: Duration,
    min_gap: Duration,
    limit: Limit,
    by_hand: bool,
    /// Pressed by hand and not let go yet.
    held: bool,
}

/// The one tone generator of the phone: at most one tone at a time, each ended before the next begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Player {
    /// The tone that sounds, and since when.
    sounding: Option<(Tone, Duration)>,
    plan: VecDeque<Tone>,
    /// The last tone ended, and when.
    last: Option<(Key, Duration)>,
    /// When the phone was told to end it: limits count from here, as floors do from its end.
    last_told: Duration,
    /// What the PBX allowed for it, until it is known to be late.
    last_limit: Limit,
    /// End of the first symbol of the code being sent.
    code_began: Option<Duration>,
    too_late: bool,
}

impl Player {
    /// Plans `code` behind everything planned before: its first symbol after `before`, the others `timing.gap` apart and
    /// under the limit `rest`.
    pub fn plan(&mut self, code: &str, timing: Timing, before: Before, rest: Limit, now: Duration) {
        let end = self.planned_end();
        let mut on = end.map_or(now, |end| now.max(end + before.gap));
        let (mut min_gap, mut limit) = (before.min_gap, before.limit);
        for key in keys(code) {
            let length = timing.tone;
            self.plan.push_back(Tone { key, on, length, min_gap, limit, by_hand: false, held: false });
            on += timing.tone + timing.gap;
            (min_gap, limit) = (GAP_FLOOR, rest);
        }
    }

    /// Plans the whole transfer code for `digits` behind everything planned before.
    pub fn plan_transfer(&mut self, profile: &Profile, digits: &str, timing: Timing, now: Duration) {
        let end = profile.terminator.as_deref().unwrap_or_default();
        self.plan(&profile.start, timing, self.before_code(timing), Limit::Code, now);
        self.plan(digits, timing, Before::number(timing), Limit::Number, now);
        self.plan(end, timing, Before::next(timing, Limit::Number), Limit::Number, now);
    }

    /// A key goes down under a finger: it sounds until [`Player::release`], at least `timing.tone`. A key still held
    /// ends first.
    pub fn press(&mut self, key: Key, timing: Timing, now: Duration) {
        self.release();
        let before = Before::next(timing, Limit::Free);
        self.plan.push_back(Tone {
            key,
            on: now,
            length: timing.tone,
            min_gap: before.min_gap,
            limit: before.limit,
            by_hand: true,
            held: true,
        });
    }

    /// The finger leaves the key pressed last.
    pub fn release(&mut self) {
        let sounding = self.sounding.iter_mut().map(|(tone, _)| tone);
        for tone in sounding.chain(self.plan.iter_mut()) {
            tone.held = false;
        }
    }

    /// Drops the plan. The tone that sounds ends as soon as its floor allows.
    pub fn cut(&mut self) {
        self.cut_unless(|_| false);
    }

    /// Drops what is planned of codes; keys pressed by hand stay. A tone of a code that sounds ends as soon as its floor
    /// allows.
    pub fn cut_code(&mut self) {
        self.cut_unless(|tone| tone.by_hand);
    }

    fn cut_unless(&mut self, stays: impl Fn(&Tone) -> bool) {
        self.plan.retain(&stays);
        self.too_late = false;
        if let Some((tone, _)) = self.sounding.as_mut().filter(|(tone, _)| !stays(tone)) {
            tone.held = false;
            tone.length = TONE_FLOOR;
            tone.limit = Limit::Free;
        }
    }

    /// The call is gone or on hold: what sounds is over *now*, floor or not. Returns how long it has sounded: the phone
    /// still has to be told to stop it.
    pub fn silence(&mut self, now: Duration) -> Option<Duration> {
        let (tone, since) = self.sounding.take()?;
        self.last = Some((tone.key, now));
        (self.last_told, self.last_limit) = (now, Limit::Free);
        Some(now.saturating_sub(since))
    }

    /// What must stand before a code of its own, so that it is not read together with a `*` or `#` sent before.
    #[must_use]
    pub fn before_code(&self, timing: Timing) -> Before {
        let planned = self.plan.back().or(self.sounding.as_ref().map(|(tone, _)| tone)).map(|tone| tone.key);
        let last = planned.or(self.last.map(|(key, _)| key));
        if last.is_some_and(Key::opens_code) {
            Before { gap: SETTLE, min_gap: SETTLE, limit: Limit::Free }
        } else {
            Before::next(timing, Limit::Free)
        }
    }

    /// Whether a tone sounds now.
    #[must_use]
    pub fn sounds(&self) -> bool {
        self.sounding.is_some()
    }

    /// Whether nothing sounds and nothing is planned.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.sounding.is_none() && self.plan.is_empty() && !self.too_late
    }

    /// Whether tones of a code sound, are planned, or have come too late: anything but keys pressed by hand.
    #[must_use]
    pub fn has_code(&self) -> bool {
        let sounding = self.sounding.iter().map(|(tone, _)| tone);
        self.too_late || sounding.chain(&self.plan).any(|tone| !tone.by_hand)
    }

    /// When [`Player::poll`] has something to do next.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        if let Some((tone, since)) = &self.sounding {
            return Some(*since + if tone.held { HELD_CEILING } else { tone.length });
        }
        if self.too_late {
            return self.last.map(|(_, end)| end);
        }
        let tone = self.plan.front()?;
        Some(self.last.map_or(tone.on, |(_, end)| tone.on.max(end + tone.min_gap)))
    }

    /// The next step that is due at `now`, if any. Call it until it returns `None`.
    pub fn poll(&mut self, now: Duration) -> Option<Step> {
        if self.deadline()? > now {
            return None;
        }
        if let Some((tone, _)) = self.sounding.take() {
            if self.ended_late(tone.limit, now) {
                self.cut();
                self.too_late = true;
            }
            if tone.limit == Limit::Free {
                self.code_began = Some(now);
            }
            self.last = Some((tone.key, now));
            self.last_told = now;
            self.last_limit = if self.too_late { Limit::Free } else { tone.limit };
            return Some(Step::Off { key: tone.key, by_hand: tone.by_hand });
        }
        if std::mem::take(&mut self.too_late) {
            return Some(Step::TooLate);
        }
        let tone = *self.plan.front()?;
        if self.begins_late(&tone, now) {
            self.cut();
            return Some(Step::TooLate);
        }
        self.plan.pop_front();
        self.sounding = Some((tone, now));
        Some(Step::On { key: tone.key, by_hand: tone.by_hand })
    }

    /// The step just taken was carried out, and done at `now`: floors count from here, and limits end here, so that a
    /// thread that is interrupted on the way to the phone shortens nothing and hides nothing.
    pub fn done(&mut self, now: Duration) {
        let late = if let Some((tone, since)) = &mut self.sounding {
            *since = now;
            tone.limit == Limit::Number && self.since_last(now) > NUMBER_LIMIT
        } else if let Some((_, end)) = &mut self.last {
            *end = now;
            self.last_limit == Limit::Code && self.ended_late(Limit::Code, now)
        } else {
            false
        };
        if late {
            self.cut();
            self.too_late = true;
        }
    }

    /// Whether a tone begun at `now` would come too late for the PBX.
    fn begins_late(&self, tone: &Tone, now: Duration) -> bool {
        let silent_too_long = tone.limit == Limit::Number && self.since_last(now) > NUMBER_LIMIT;
        silent_too_long || self.ended_late(tone.limit, now + tone.length)
    }

    /// Whether a tone that ends at `end` has come too late for the PBX.
    fn ended_late(&self, limit: Limit, end: Duration) -> bool {
        match limit {
            Limit::Free => false,
            Limit::Code => self.code_began.is_some_and(|began| end.saturating_sub(began) > CODE_END_LIMIT),
            Limit::FirstDigit | Limit::Number => self.since_last(end) > DIGIT_END_LIMIT,
        }
    }

    fn since_last(&self, time: Duration) -> Duration {
        self.last.map_or(Duration::ZERO, |_| time.saturating_sub(self.last_told))
    }

    fn planned_end(&self) -> Option<Duration> {
        let planned = self.plan.back().map(|tone| tone.on + tone.length);
        let sounding = self.sounding.map(|(tone, since)| since + tone.length);
        planned.or(sounding).or(self.last.map(|(_, end)| end))
    }
}
