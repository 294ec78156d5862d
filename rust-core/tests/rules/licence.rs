//! Which automatic tones somebody has asked for, worked out from the profile and what was heard so far.

use starhash_core::dtmf::{Key, keys};
use starhash_core::profile::Profile;

/// What the limits of the PBX say about a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// First of a code.
    Opens,
    /// A later one of a code.
    Code,
    /// First after the start code.
    FirstDigit,
    /// A later one of the number, its terminator included.
    Number,
}

#[derive(Debug, Clone, Copy)]
pub struct Symbol {
    key: Key,
    pub place: Place,
}

/// The tones that may still go out, in order, into one call. Several ways may be right until the next tone shows which
/// one was taken.
#[derive(Debug, Clone)]
pub struct Licence {
    pub call: String,
    ways: Vec<Vec<Symbol>>,
    used: usize,
}

fn symbols(code: &str, first: Place, rest: Place) -> impl Iterator<Item = Symbol> + '_ {
    keys(code).enumerate().map(move |(index, key)| Symbol { key, place: if index == 0 { first } else { rest } })
}

impl Licence {
    /// The whole transfer code.
    pub fn transfer(call: &str, profile: &Profile, digits: &str) -> Self {
        let end = profile.terminator.as_deref().unwrap_or_default();
        let way = symbols(&profile.start, Place::Opens, Place::Code)
            .chain(symbols(digits, Place::FirstDigit, Place::Number))
            .chain(symbols(end, Place::Number, Place::Number));
        Self { call: call.to_owned(), ways: vec![way.collect()], used: 0 }
    }

    /// One of these ways, each a row of codes.
    pub fn way_back(call: &str, ways: &[Vec<String>]) -> Self {
        let way =
            |codes: &Vec<String>| codes.iter().flat_map(|code| symbols(code, Place::Opens, Place::Code)).collect();
        Self { call: call.to_owned(), ways: ways.iter().map(way).collect(), used: 0 }
    }

    /// Takes the next tone, if it is this key.
    pub fn next(&mut self, key: Key) -> Option<Symbol> {
        let used = self.used;
        self.ways.retain(|way| way.get(used).is_some_and(|symbol| symbol.key == key));
        self.used += 1;
        self.ways.first().map(|way| way[used])
    }

    /// Whether tones of it are still to come.
    pub fn has_more(&self) -> bool {
        self.ways.iter().any(|way| way.len() > self.used)
    }
}

/// How far the transfer code has got at the PBX.
#[derive(Debug, Clone)]
pub struct Progress {
    call: String,
    start: usize,
    all: usize,
    begun: usize,
    /// Begun, less a last one that was cut off below the floor: nobody knows what the PBX made of that.
    certain: usize,
    /// A digit typed by hand has become part of the number.
    typed: bool,
    /// Something else has been sent since: it stays as it is.
    over: bool,
}

impl Progress {
    pub fn of_transfer(call: &str, profile: &Profile, digits: &str) -> Self {
        let end = profile.terminator.as_deref().unwrap_or_default();
        let (start, more) = (profile.start.len(), digits.len() + end.len());
        Self { call: call.to_owned(), start, all: start + more, begun: 0, certain: 0, typed: false, over: false }
    }

    pub fn begun(&mut self) {
        if !self.over {
            self.begun += 1;
            self.certain = self.begun;
        }
    }

    /// A key pressed by hand has begun to sound: while the PBX collects the number, a digit is part of it.
    pub fn typed(&mut self, call: &str, key: Key) {
        self.typed |= call == self.call && key.ascii().is_ascii_digit() && self.begun >= self.start;
    }

    /// The last symbol of the transfer code was cut off below the floor.
    pub fn cut_short(&mut self) {
        self.certain = self.begun - 1;
    }

    /// If that was the last symbol, nobody knows whether the PBX has taken it for the end of the number.
    pub fn last_came_too_late(&mut self) {
        if self.begun == self.all {
            self.certain = self.all - 1;
        }
    }

    /// From now on the tones are not those of the transfer code.
    pub fn close(&mut self) {
        self.over = true;
    }

    pub fn is_open(&self) -> bool {
        !self.over
    }

    /// The screen may show this many symbols as sent while `now` more sound.
    pub fn may_have_sent(&self, shown: usize, now: usize) -> bool {
        (self.certain..=self.begun).contains(&(shown + now))
    }

    /// What brings the client back from here (profile.rs, `Cancel`): nothing before the start code is complete, the
    /// profile's own codes while the PBX waits for the number or its end, the return code after that.
    pub fn ways_back(&mut self, profile: &Profile) -> Vec<Vec<String>> {
        self.over = true;
        let way = |sent: usize| {
            if sent < self.start {
                Vec::new()
            } else if sent == self.start && !self.typed {
                profile.cancel.waiting.clone()
            } else if sent < self.all {
                profile.cancel.number.clone()
            } else {
                profile.return_code.iter().cloned().collect()
            }
        };
        (self.certain..=self.begun).map(way).collect()
    }
}
