//! The code being sent and how far it has got: from it follows where the client is.

use crate::dtmf::{Key, keys};
use crate::profile::Profile;

use super::view::{Client, HangUpMeaning, SymbolState, SymbolView};

/// Symbols of a transfer code (start, number, terminator), of the way back, or of the code that completes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    symbols: Vec<Key>,
    /// How many symbols of it have been begun, and ended.
    begun: usize,
    ended: usize,
    /// A digit was typed by hand while the PBX was collecting the number: it is part of that number now.
    typed_digit: bool,
    /// Where the client was when this code was begun, and how it moves them.
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `start` symbols open the transfer, the last one completes the number.
    Transfer { start: usize },
    /// The way back from a number that is not complete: no code of ours is sure to end it.
    BackFromNumber { digits: bool },
    /// The way back from the consultation.
    BackFromConsultation,
    /// Joins client and colleague.
    Complete,
}

impl Code {
    fn new(symbols: Vec<Key>, kind: Kind) -> Self {
        Self { symbols, begun: 0, ended: 0, typed_digit: false, kind }
    }

    pub(super) fn transfer(start: &str, digits: &str, end: &str) -> Self {
        let symbols = keys(start).chain(keys(digits)).chain(keys(end)).collect();
        Self::new(symbols, Kind::Transfer { start: keys(start).count() })
    }

    /// From now on it is the way back that is sent.
    pub(super) fn send_back(&mut self, bursts: &[String]) {
        let complete = self.is_complete();
        let kind =
            if complete { Kind::BackFromConsultation } else { Kind::BackFromNumber { digits: self.has_digits() } };
        *self = Self::new(bursts.iter().flat_map(|burst| keys(burst)).collect(), kind);
    }

    /// From now on it is the code that completes the transfer that is sent.
    pub(super) fn send_complete(&mut self, code: &str) {
        *self = Self::new(keys(code).collect(), Kind::Complete);
    }

    pub(super) fn begin(&mut self) {
        self.begun += 1;
    }

    pub(super) fn end(&mut self) {
        self.ended = self.begun;
    }

    /// The tone that sounded was cut off below the floor: it does not count as sent.
    pub(super) fn cut_off(&mut self) {
        self.begun = self.ended;
    }

    /// Its last symbol came too late for the PBX: it does not count as sent.
    pub(super) fn lose_last(&mut self) {
        if self.all_sent() {
            self.ended = self.ended.saturating_sub(1);
            self.begun = self.ended;
        }
    }

    pub(super) fn all_sent(&self) -> bool {
        self.ended == self.symbols.len()
    }

    /// The PBX has not been asked for anything yet: the client never left the talk.
    pub(super) fn client_is_in_talk(&self) -> bool {
        matches!(self.kind, Kind::Transfer { start } if self.begun < start)
    }

    /// The number has been sent to its end (its last tone may still sound): the colleague is called.
    pub(super) fn is_complete(&self) -> bool {
        match self.kind {
            Kind::Transfer { .. } => self.begun == self.symbols.len(),
            Kind::BackFromNumber { .. } => false,
            Kind::BackFromConsultation | Kind::Complete => true,
        }
    }

    /// The employee typed this key; whatever is no digit ends a number or a code and adds nothing to it.
    pub(super) fn typed(&mut self, key: Key) {
        self.typed_digit |= !key.opens_code() && !self.client_is_in_talk();
    }

    /// The PBX has got digits of a number.
    fn has_digits(&self) -> bool {
        let sent = match self.kind {
            Kind::Transfer { start } => self.begun > start,
            Kind::BackFromNumber { digits } => digits,
            Kind::BackFromConsultation | Kind::Complete => true,
        };
        sent || self.typed_digit
    }

    /// What brings the client back from here, burst by burst.
    pub(super) fn way_back(&self, profile: &Profile) -> Vec<String> {
        if self.is_complete() {
            profile.return_code.iter().cloned().collect()
        } else if self.has_digits() {
            profile.cancel.number.clone()
        } else {
            profile.cancel.waiting.clone()
        }
    }

    /// Where the client is if the sending ends here.
    pub(super) fn client(&self) -> Client {
        match self.kind {
            Kind::BackFromConsultation if self.all_sent() => Client::Talking,
            _ if self.client_is_in_talk() => Client::Talking,
            _ => Client::OnHold,
        }
    }

    /// What a hang-up would mean here.
    pub(super) fn hang_up(&self) -> HangUpMeaning {
        match self.kind {
            Kind::Transfer { .. } if self.all_sent() => HangUpMeaning::ConnectsIfNotBusy,
            Kind::Transfer { .. } | Kind::BackFromNumber { .. } => HangUpMeaning::LosesClient,
            Kind::BackFromConsultation if self.all_sent() => HangUpMeaning::EndsTalk,
            Kind::BackFromConsultation | Kind::Complete => HangUpMeaning::ConnectsIfNotBusy,
        }
    }

    /// The symbols for the eye. `running`: more of them will come.
    pub(super) fn view(&self, running: bool) -> Vec<SymbolView> {
        let state = |index| match index {
            _ if index < self.ended => SymbolState::Sent,
            _ if index < self.begun => SymbolState::Now,
            _ if running => SymbolState::ToCome,
            _ => SymbolState::NotSent,
        };
        let symbols = self.symbols.iter().enumerate();
        symbols.map(|(index, key)| SymbolView { key: key.to_string(), state: state(index) }).collect()
    }
}
