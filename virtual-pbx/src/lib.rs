//! The phone network and the sound of a PBX, for the desk.
//!
//! A network carries a finger's tone into the audio of the mobile leg, the audio becomes symbols, and only those move
//! the PBX ([`starhash_core::pbx`]). [`Exchange`] is the way in.

pub mod alaw;
pub mod chance;
pub mod decoder;
pub mod dtmf;
pub mod exchange;
pub mod level;
pub mod line;
pub mod mulaw;
pub mod network;
pub mod setup;
pub mod sound;
pub mod trial;

pub use exchange::{Exchange, ExchangeError, ExchangeEvent, Heard, What};
pub use line::LineConfig;
pub use network::{Conditions, Network};
