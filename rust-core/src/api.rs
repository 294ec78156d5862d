//! What Kotlin sees: two objects ([`Engine`], [`Colleagues`]) and one foreign trait, synchronous. Bad input is answered at once with a
//! [`CoreError`]; what the transfer machine makes of an event comes back as [`Phone::changed`].
#![expect(clippy::missing_errors_doc, reason = "every method of Engine fails alike; said once, at `call_changed`")]

use std::sync::Arc;

use crate::dtmf::Key;
use crate::engine::Handle;
use crate::error::CoreError;
use crate::mmi::{self, DialFacts, DialReading};
use crate::number;
use crate::profile::Profile;
use crate::transfer::Machine;
use crate::transfer::view::{CallFacts, Control, Event, Offer, Snapshot, TargetView};

mod colleagues;
pub use colleagues::Colleagues;

/// The phone did not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PhoneError {
    /// It said why, or something was thrown on its side.
    #[error("{reason}")]
    Failed {
        /// For a log: holds no numbers of people.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PhoneError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { reason: error.reason }
    }
}

/// The phone, as the core uses it. Called on the core's one thread, in order; every method must return at once.
#[uniffi::export(with_foreign)]
pub trait Phone: Send + Sync {
    /// Begins a tone: `key` is the ASCII code of one of `0-9 * #`. It is stopped before the next begins.
    fn tone_on(&self, call: String, key: u8) -> Result<(), PhoneError>;
    /// Stops the tone of this call.
    fn tone_off(&self, call: String) -> Result<(), PhoneError>;
    /// Answers, holds, hangs up… now: no tone sounds any more.
    fn control(&self, call: String, control: Control) -> Result<(), PhoneError>;
    /// Mutes or opens the microphone.
    fn set_muted(&self, muted: bool) -> Result<(), PhoneError>;
    /// Keeps the processor awake while tones are due.
    fn keep_awake(&self, awake: bool) -> Result<(), PhoneError>;
    /// Something to show has changed.
    fn changed(&self, snapshot: Snapshot) -> Result<(), PhoneError>;
    /// The engine has ended after a fault of its own; go on as a plain phone.
    fn failed(&self, reason: String) -> Result<(), PhoneError>;
}

/// Whom to pass the client to, as the app knows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Target {
    /// Id in the directory; none for a number typed by hand.
    pub colleague: Option<u64>,
    /// Name; empty for a number typed by hand.
    pub name: String,
    /// The number as somebody wrote it.
    pub number: String,
}

/// What the core makes of a number somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NumberView {
    /// The digits that would be sent.
    pub digits: String,
    /// «доб. 204» was cut off: it cannot ride inside the code.
    pub dropped_extension: Option<String>,
    /// Six digits or fewer: an extension, sent as it is.
    pub is_extension: bool,
    /// It equals an emergency number: typed by hand it is asked about once.
    pub ask: bool,
}

/// Transfers and tones. Holds the engine's thread; letting go of the object ends it.
#[derive(uniffi::Object)]
pub struct Engine {
    profile: Profile,
    handle: Handle,
}

#[uniffi::export]
impl Engine {
    /// Starts the engine with a profile file's text, or with the user's own PBX.
    ///
    /// # Errors
    /// [`CoreError::Profile`] for a profile that cannot be used, [`CoreError::Internal`] without a thread.
    #[uniffi::constructor]
    pub fn new(profile_toml: Option<String>, phone: Arc<dyn Phone>) -> Result<Arc<Self>, CoreError> {
        let profile = match profile_toml {
            Some(text) => Profile::from_toml(&text)?,
            None => Profile::default_profile()?,
        };
        let handle = Handle::start(profile.clone(), phone)?;
        Ok(Arc::new(Self { profile, handle }))
    }

    /// Whether a transfer can be offered on this call.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "records cross the border by value")]
    pub fn offer(&self, facts: CallFacts) -> Offer {
        Machine::offer(&self.profile, &facts)
    }

    /// Every change of every call goes here, `Disconnected` last.
    ///
    /// # Errors
    /// As every method below: [`CoreError::Internal`] when the engine has ended after a fault.
    pub fn call_changed(&self, facts: CallFacts) -> Result<(), CoreError> {
        self.handle.send(Event::Call(facts))
    }

    /// Begins to pass the client of `call` on.
    ///
    /// # Errors
    /// [`CoreError::Number`] for a number that cannot be sent. What the machine refuses comes in [`Snapshot::refused`].
    pub fn start(&self, call: String, target: Target) -> Result<(), CoreError> {
        let digits = number::clean(&target.number, &self.profile.numbers)?.digits;
        let target = TargetView { colleague: target.colleague, name: target.name, digits };
        self.handle.send(Event::Start { call, target })
    }

    /// What would be sent for a number somebody wrote.
    ///
    /// # Errors
    /// [`CoreError::Number`] for one that cannot be sent.
    #[expect(clippy::needless_pass_by_value, reason = "strings cross the border by value")]
    pub fn check_number(&self, written: String) -> Result<NumberView, CoreError> {
        let number = number::clean(&written, &self.profile.numbers)?;
        Ok(NumberView {
            digits: number.digits,
            dropped_extension: number.extension,
            is_extension: number.kind == number::Kind::Extension,
            ask: number.emergency_like,
        })
    }

    /// What the network would make of a string typed outside a call, and what the dial pad does about it.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "strings and records cross the border by value")]
    pub fn classify(&self, dialled: String, facts: DialFacts) -> DialReading {
        mmi::classify(&dialled, &facts, &self.profile)
    }

    /// «Отмена».
    pub fn cancel(&self) -> Result<(), CoreError> {
        self.handle.send(Event::Cancel)
    }

    /// «Вернуться к клиенту».
    pub fn return_to_client(&self) -> Result<(), CoreError> {
        self.handle.send(Event::Return)
    }

    /// «Соединить».
    pub fn complete(&self) -> Result<(), CoreError> {
        self.handle.send(Event::Complete)
    }

    /// «Отправить код ещё раз, медленнее».
    pub fn retry_slower(&self) -> Result<(), CoreError> {
        self.handle.send(Event::RetrySlower)
    }

    /// «Я слышу клиента».
    pub fn client_is_back(&self) -> Result<(), CoreError> {
        self.handle.send(Event::ClientIsBack)
    }

    /// «Продолжить разговор».
    pub fn continue_talk(&self) -> Result<(), CoreError> {
        self.handle.send(Event::ContinueTalk)
    }

    /// «Готово», «Закрыть».
    pub fn dismiss(&self) -> Result<(), CoreError> {
        self.handle.send(Event::Dismiss)
    }

    /// A key of the in-call keypad goes down; any other ASCII code than `0-9 * #` is left alone.
    pub fn key_down(&self, call: String, key: u8) -> Result<(), CoreError> {
        match Key::new(key) {
            Some(key) => self.handle.send(Event::KeyDown { call, key }),
            None => Ok(()),
        }
    }

    /// The finger leaves the key.
    pub fn key_up(&self) -> Result<(), CoreError> {
        self.handle.send(Event::KeyUp)
    }

    /// Every answer, reject, hold and hang-up of the app goes this way, so that tones end first.
    pub fn control(&self, call: String, control: Control) -> Result<(), CoreError> {
        self.handle.send(Event::Control { call, control })
    }

    /// The microphone was muted or opened, by whomever.
    pub fn muted_changed(&self, muted: bool) -> Result<(), CoreError> {
        self.handle.send(Event::Muted(muted))
    }
}
