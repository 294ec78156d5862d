//! What a page may ask for, and what the world does about it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use starhash_core::pbx::{Answer, Failure};
use tokio::sync::mpsc::UnboundedSender;
use virtual_pbx::Network;

use super::Live;
use crate::options::Lang;

/// A page's command and the way back to that page, for the text of a refusal.
pub struct Request {
    pub command: Command,
    pub answer: UnboundedSender<String>,
}

/// One message of a page; docs/page-protocol.md. Empty braces make serde refuse fields nobody knows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A picture has been drawn; another may come.
    Drawn {},
    /// From now on this ear is listened to.
    Listen { ear: Ear },
    /// One finger, in pixels of the screen.
    Pointer { action: Action, x: u16, y: u16 },
    /// A key of the phone or of a keyboard.
    Press { key: Key },
    /// Typed on a keyboard.
    Type { text: String },
    /// The power key.
    Power {},
    /// The lock screen goes away.
    Unlock {},
    /// The app is opened from the home screen.
    Open {},
    /// The system's settings.
    Configure {
        #[serde(skip_serializing_if = "Option::is_none")]
        night: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        font_scale: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        landscape: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<Lang>,
    },
    /// The client's phone.
    Client { act: ClientAct },
    /// The second caller's phone.
    Other { act: CallAct },
    /// A colleague's phone while it rings or is in a talk.
    Colleague { number: String, act: ColleagueAct },
    /// What a colleague's phone does when it is called.
    ColleagueMode { number: String, mode: Mode },
    /// The mobile network, and the client's call in it.
    Network { act: NetworkAct },
    /// Which network the next call goes through.
    Line { network: String },
}

/// Whose ear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Ear {
    Client = 0,
    Employee = 1,
    Colleague = 2,
    /// The mobile leg as the PBX hears it.
    Line = 3,
    None = 255,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Down,
    Move,
    Up,
    Cancel,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    Back,
    VolumeUp,
    VolumeDown,
    Enter,
    Delete,
    Tab,
    Up,
    Down,
    Left,
    Right,
    Space,
    Escape,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallAct {
    Call,
    HangUp,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColleagueAct {
    Answer,
    Reject,
    HangUp,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAct {
    Call,
    HangUp,
    /// The client's own telephone system plays music to the employee.
    Hold,
    Unhold,
}

/// What a colleague's phone does when it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Rings until somebody clicks.
    Free,
    /// Is in use (486).
    Busy,
    /// Is switched off (480).
    Away,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkAct {
    Drop,
    Hold,
    Unhold,
}

impl Live {
    /// Does what a page wants. `Err`: why it cannot be done now.
    pub(super) fn obey(&mut self, command: Command, answer: &UnboundedSender<String>) -> Result<(), String> {
        let world = &mut self.world;
        match command {
            Command::Client { act: ClientAct::Call } => world.client_calls(),
            Command::Client { act: ClientAct::HangUp } => world.client_hangs_up(),
            Command::Client { act: ClientAct::Hold } => world.client_holds(true),
            Command::Client { act: ClientAct::Unhold } => world.client_holds(false),
            Command::Other { act: CallAct::Call } => world.other_calls(),
            Command::Other { act: CallAct::HangUp } => world.other_hangs_up(),
            Command::Colleague { number, act: ColleagueAct::Answer } => world.colleague_answers(&number),
            Command::Colleague { number, .. } => world.colleague_hangs_up(&number),
            Command::ColleagueMode { number, mode } => self.set_mode(&number, mode),
            Command::Network { act: NetworkAct::Drop } => world.network_drops(),
            Command::Network { act: NetworkAct::Hold } => world.network_holds(true),
            Command::Network { act: NetworkAct::Unhold } => world.network_holds(false),
            Command::Line { network } => self.set_network(&network),
            // Between the page and its server.
            Command::Drawn {} | Command::Listen { .. } => Ok(()),
            for_phone => {
                let (cmd, with) = phone_command(&for_phone)?;
                let id = world.phone.ask(&cmd, with)?;
                self.asked.insert(id, answer.clone());
                Ok(())
            }
        }
    }

    fn set_mode(&mut self, number: &str, mode: Mode) -> Result<(), String> {
        let colleague = self.words.colleagues.iter().find(|colleague| colleague.number == number);
        let number = colleague.ok_or_else(|| format!("nobody has the number {number}"))?.number;
        let answer = match mode {
            Mode::Free => Answer::Never,
            Mode::Busy => Answer::Fails(Failure::Busy),
            Mode::Away => Answer::Fails(Failure::Unavailable),
        };
        self.world.set_phone(number, answer);
        self.modes.insert(number, mode);
        Ok(())
    }

    fn set_network(&mut self, name: &str) -> Result<(), String> {
        let unknown = || format!("there is no network {name:?}; there are {}", Network::names().join(", "));
        self.world.network = Network::named(name).ok_or_else(unknown)?;
        Ok(())
    }
}

/// The same command in the words of docs/desk-protocol.md.
fn phone_command(command: &Command) -> Result<(String, Value), String> {
    let mut with = serde_json::to_value(command).map_err(|error| error.to_string())?;
    let cmd = with.as_object_mut().and_then(|fields| fields.remove("do"));
    let cmd = cmd.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok((cmd, if with.is_null() { json!({}) } else { with }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_the_phone_is_said_in_its_words() {
        let command = |text: &str| phone_command(&serde_json::from_str(text).unwrap()).unwrap();
        let (cmd, with) = command(r#"{"do":"pointer","action":"down","x":3,"y":4}"#);
        assert_eq!((cmd.as_str(), with), ("pointer", json!({ "action": "down", "x": 3, "y": 4 })));
        let (cmd, with) = command(r#"{"do":"configure","lang":"en"}"#);
        assert_eq!((cmd.as_str(), with), ("configure", json!({ "lang": "en" })));
        assert_eq!(command(r#"{"do":"power"}"#), ("power".to_owned(), json!({})));
    }

    #[test]
    fn unknown_words_are_refused() {
        let error = |text: &str| serde_json::from_str::<Command>(text).unwrap_err().to_string();
        assert!(error(r#"{"do":"drawn","x":1}"#).contains("unknown field `x`"));
        assert!(error(r#"{"do":"dance"}"#).contains("unknown variant `dance`"));
        assert!(error(r#"{"do":"pointer","action":"down","x":70000,"y":1}"#).contains("70000"));
        assert!(error(r#"{"do":"configure","colour":"red"}"#).contains("unknown field `colour`"));
    }
}
