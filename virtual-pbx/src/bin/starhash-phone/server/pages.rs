//! What all open pages are shown.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use serde_json::Value;
use tokio::sync::{broadcast, watch};

use crate::journal::Event;
use crate::live::Ear;
use crate::screen::Screen;

/// As many messages wait for a slow page before it misses some.
const WAITING: usize = 1024;
/// As many events a page that is opened late is told.
const REMEMBERED: usize = 400;

/// Something every page is told at once.
#[derive(Debug, Clone)]
pub enum Told {
    Text(Utf8Bytes),
    /// 20 ms of sound in one ear.
    Sound(Ear, Bytes),
}

/// What all open pages are shown.
pub struct Pages {
    screen: Mutex<Screen>,
    /// Marked as changed with every frame.
    shown: watch::Sender<()>,
    state: watch::Sender<Utf8Bytes>,
    told: broadcast::Sender<Told>,
    events: Mutex<VecDeque<Utf8Bytes>>,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            screen: Mutex::default(),
            shown: watch::channel(()).0,
            state: watch::channel(Utf8Bytes::default()).0,
            told: broadcast::channel(WAITING).0,
            events: Mutex::default(),
        }
    }
}

/// What a page listens to.
pub struct Feed {
    pub shown: watch::Receiver<()>,
    pub state: watch::Receiver<Utf8Bytes>,
    pub told: broadcast::Receiver<Told>,
    /// The events before it came.
    pub past: Vec<Utf8Bytes>,
}

impl Pages {
    /// The screen. A thread that died while drawing leaves a picture that the next frame repairs.
    pub fn screen(&self) -> MutexGuard<'_, Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A frame of the phone.
    pub fn show_frame(&self, frame: &[u8]) -> Result<(), String> {
        self.screen().put(frame)?;
        self.shown.send_replace(());
        Ok(())
    }

    /// The state of the world, told if it is another one.
    pub fn show_state(&self, state: &Value) {
        let text = Utf8Bytes::from(state.to_string());
        self.state.send_if_modified(|old| {
            let changed = *old != text;
            *old = text;
            changed
        });
    }

    /// A message for all.
    pub fn tell(&self, message: &Value) {
        // Without a page there is nobody to hear it.
        let _ = self.told.send(Told::Text(message.to_string().into()));
    }

    /// An event, with its sentence if it has one, which later pages are told too.
    pub fn tell_event(&self, event: &Event, say: Option<String>) -> Result<(), String> {
        let mut message = serde_json::to_value(event).map_err(|error| error.to_string())?;
        message["type"] = "event".into();
        message["say"] = say.into();
        let text = Utf8Bytes::from(message.to_string());
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if events.len() == REMEMBERED {
            events.pop_front();
        }
        events.push_back(text.clone());
        let _ = self.told.send(Told::Text(text));
        Ok(())
    }

    /// 20 ms of sound in one ear, 8 kHz.
    pub fn let_hear(&self, ear: Ear, frame: &[i16]) {
        let head = [2, ear as u8];
        let message: Vec<u8> = head.into_iter().chain(frame.iter().flat_map(|sample| sample.to_le_bytes())).collect();
        let _ = self.told.send(Told::Sound(ear, message.into()));
    }

    /// For a new page. No event is missed or told twice between the past and what follows.
    pub fn feed(&self) -> Feed {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        Feed {
            told: self.told.subscribe(),
            past: events.iter().cloned().collect(),
            shown: self.shown.subscribe(),
            state: self.state.subscribe(),
        }
    }
}
