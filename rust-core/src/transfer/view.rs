//! What goes in and out of the transfer machine. The types that cross to Kotlin derive UniFFI's traits here.

use crate::dtmf::Key;
use crate::error::Refusal;

/// A call's state, as `android.telecom.Call` tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CallState {
    /// Incoming, not answered yet.
    Ringing,
    /// Outgoing, not answered yet.
    Dialing,
    /// In conversation. A hold by the PBX leaves it so.
    Active,
    /// Held by the phone or the network: tones would be dropped (telecom-facts.md).
    Holding,
    /// Being hung up.
    Disconnecting,
    /// Over.
    Disconnected {
        /// Whose doing it was.
        by: EndedBy,
    },
}

/// Whose doing the end of a call was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum EndedBy {
    /// This phone: the red button, a headset, a car, the power key.
    Us,
    /// The other side.
    Other,
    /// The network.
    Network,
}

/// What the machine has to know of a call.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CallFacts {
    /// The app's own name for the call.
    pub id: String,
    /// Its state.
    pub state: CallState,
    /// It came in.
    pub incoming: bool,
    /// Its number or its properties say emergency: an emergency call, a call back, or identified so by the network.
    pub emergency: bool,
}

/// What the app wants done with a call. Tones end first: the radio plays them into whichever call is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Control {
    /// Answer it.
    Answer,
    /// Decline it.
    Reject,
    /// Hold it.
    Hold,
    /// Take it off hold.
    Unhold,
    /// Hang up.
    HangUp,
}

/// Whom the client is passed to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TargetView {
    /// The colleague's id in the directory; none for a number typed by hand.
    pub colleague: Option<u64>,
    /// The name; empty for a number typed by hand.
    pub name: String,
    /// The digits that are sent.
    pub digits: String,
}

/// How far one symbol of the code has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SymbolState {
    /// Still to come.
    ToCome,
    /// Sounding.
    Now,
    /// Sent: begun and ended.
    Sent,
    /// Not sent, and it will not be.
    NotSent,
}

/// One symbol of the code being sent.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SymbolView {
    /// One of `0-9 * #`.
    pub key: String,
    /// How far it has got.
    pub state: SymbolState,
}

/// What hanging up means now (asterisk-measured.md, "Hanging up").
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum HangUpMeaning {
    /// An ordinary end of the talk.
    EndsTalk,
    /// The client is on hold and nobody is called yet: the PBX drops them.
    LosesClient,
    /// The PBX joins client and colleague, now or when the colleague answers; unless the colleague is busy.
    ConnectsIfNotBusy,
}

/// Why the sending ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum BreakReason {
    /// The network lost the call.
    CallDropped,
    /// The other side ended the call: the client, or the PBX.
    EndedThere,
    /// The employee hung up.
    HungUp,
    /// The network holds the call.
    HeldByNetwork,
    /// Another call came.
    OtherCall,
    /// The employee pressed a key.
    KeyByHand,
    /// The app itself was asked to hold, answer or swap.
    OwnControl,
    /// A limit of the PBX could not be kept.
    TooLate,
    /// The phone did not take a tone, or may not send any into this call.
    PhoneRefused,
}

/// Where the client is when the sending has been broken off, as far as this phone can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Client {
    /// In the talk with the employee.
    Talking,
    /// On hold at the PBX, hearing music.
    OnHold,
    /// Disconnected.
    Lost,
}

/// The stages of product.md, "Transfer in progress".
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Stage {
    /// No transfer.
    Idle,
    /// The code is being sent.
    Sending {
        /// Sent again, slower.
        slower: bool,
    },
    /// The whole code has been sent. What happens at the PBX this phone cannot know.
    Consultation,
    /// On the way back to the client.
    Returning {
        /// No code brings the client back at once: the PBX does it by itself, which takes up to 15 s.
        by_itself: bool,
        /// The employee cancelled while the code was being sent.
        cancelled: bool,
    },
    /// The call ended after the whole code: the PBX connects client and colleague.
    AfterHangUp {
        /// By the employee's tap; false: a headset, a car, the network.
        asked: bool,
    },
    /// The sending ended before its time.
    BrokenOff {
        /// Why.
        reason: BreakReason,
        /// Where that leaves the client.
        client: Client,
    },
}

/// Everything the app shows of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Snapshot {
    /// The call it belongs to.
    pub call: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// Whom the client is passed to.
    pub target: Option<TargetView>,
    /// The code being sent, or the one that was broken off.
    pub symbols: Vec<SymbolView>,
    /// What hanging up means now.
    pub hang_up: HangUpMeaning,
    /// Why the last thing asked for was not done.
    pub refused: Option<Refusal>,
}

/// Whether a transfer can be offered on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Offer {
    /// Yes.
    Yes,
    /// The profile transfers incoming calls only.
    NotIncoming,
    /// Not while it rings, is on hold or is over.
    NotActive,
    /// Never during an emergency call.
    Emergency,
}

/// Facts that come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A call is new or has changed; `Disconnected` comes last.
    Call(CallFacts),
    /// «Передать клиента».
    Start {
        /// The client's call.
        call: String,
        /// Whom to.
        target: TargetView,
    },
    /// «Отмена».
    Cancel,
    /// «Вернуться к клиенту».
    Return,
    /// «Соединить».
    Complete,
    /// «Отправить код ещё раз, медленнее».
    RetrySlower,
    /// «Я слышу клиента»: the PBX has brought them back by itself, or never took them away.
    ClientIsBack,
    /// «Продолжить разговор».
    ContinueTalk,
    /// «Готово», «Закрыть».
    Dismiss,
    /// A key of the in-call keypad goes down.
    KeyDown {
        /// The call the keypad belongs to.
        call: String,
        /// The key.
        key: Key,
    },
    /// The finger leaves it.
    KeyUp,
    /// The app wants something done with a call.
    Control {
        /// The call.
        call: String,
        /// What.
        control: Control,
    },
    /// The microphone was muted or un-muted.
    Muted(bool),
    /// The phone did not take a tone.
    PhoneRefused,
    /// Time has passed.
    Tick,
}

/// What has to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Begin a tone.
    ToneOn {
        /// Into this call.
        call: String,
        /// The key.
        key: Key,
    },
    /// End the tone.
    ToneOff {
        /// Of this call.
        call: String,
    },
    /// Do what the app asked for: no tone sounds any more.
    Control {
        /// With this call.
        call: String,
        /// What.
        control: Control,
    },
    /// Mute or un-mute the microphone.
    SetMuted(bool),
    /// Keep the processor awake while tones are due.
    KeepAwake(bool),
    /// Show this.
    Changed(Snapshot),
}
