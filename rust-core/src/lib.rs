//! Everything Starhash decides without Android. The map is in `ARCHITECTURE.md`.

uniffi::setup_scaffolding!("starhash");

pub mod directory;
pub mod error;
pub mod mmi;
pub mod number;
pub mod pbx;
pub mod profile;

mod android;
pub mod api;
pub mod dtmf;
mod engine;
pub mod transfer;
