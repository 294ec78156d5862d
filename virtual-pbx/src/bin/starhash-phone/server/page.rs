//! One open page.

use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::pages::{Feed, Pages, Told};
use crate::live::{Action, Command, Ear, Inbox, Request};

/// As many pictures may be under way to a page: while it draws one, the next one travels.
const UNDER_WAY: u8 = 2;

/// Why a page is let go.
enum End {
    Gone,
    Refused(u16, String),
}

impl From<axum::Error> for End {
    fn from(_: axum::Error) -> Self {
        Self::Gone
    }
}

/// Shows a page everything and hands its commands to the world, until it is closed.
pub async fn talk(mut socket: WebSocket, pages: Arc<Pages>, world: SyncSender<Inbox>) {
    let number = pages.screen().enter();
    let (answer, mut answers) = unbounded_channel();
    let mut page = Page { world, answer, ear: Ear::None, drawing: 0, touching: false };
    let end = page.run(&mut socket, &pages, number, &mut answers).await;
    pages.screen().leave(number);
    page.lift();
    if let Err(End::Refused(code, reason)) = end {
        let close = CloseFrame { code, reason: reason.into() };
        let _ = socket.send(Message::Close(Some(close))).await;
    }
}

struct Page {
    world: SyncSender<Inbox>,
    answer: UnboundedSender<String>,
    ear: Ear,
    /// Pictures it was sent and has not drawn yet.
    drawing: u8,
    /// Its finger is on the screen.
    touching: bool,
}

impl Page {
    /// A finger that was down when the page went away would be down for ever.
    fn lift(&mut self) {
        if self.touching {
            let command = Command::Pointer { action: Action::Cancel, x: 0, y: 0 };
            // A world that is full or gone has more to worry about.
            let _ = self.world.try_send(Inbox::Page(Request { command, answer: self.answer.clone() }));
        }
    }

    async fn run(
        &mut self,
        socket: &mut WebSocket,
        pages: &Pages,
        number: u64,
        answers: &mut tokio::sync::mpsc::UnboundedReceiver<String>,
    ) -> Result<(), End> {
        let Feed { mut shown, mut state, mut told, past } = pages.feed();
        state.mark_changed();
        for event in past {
            socket.send(Message::Text(event)).await?;
        }
        loop {
            let changed = (self.drawing < UNDER_WAY).then(|| pages.screen().take(number)).flatten();
            if let Some(picture) = changed {
                self.drawing += 1;
                let message = picture.pack().map_err(axum::Error::new)?;
                socket.send(Message::Binary(message.into())).await?;
            }
            tokio::select! {
                message = socket.recv() => match message {
                    Some(message) => if let Some(trouble) = self.heard(message)? {
                        socket.send(error(&trouble)).await?;
                    },
                    None => return Ok(()),
                },
                Some(trouble) = answers.recv() => socket.send(error(&trouble)).await?,
                changed = state.changed() => {
                    changed.map_err(|_| End::Gone)?;
                    let text = state.borrow_and_update().clone();
                    if !text.is_empty() {
                        socket.send(Message::Text(text)).await?;
                    }
                },
                news = told.recv() => match news {
                    Ok(Told::Text(text)) => socket.send(Message::Text(text)).await?,
                    Ok(Told::Sound(ear, sound)) if ear == self.ear => socket.send(Message::Binary(sound)).await?,
                    // A page that is slow for seconds misses sounds and events; the state is always whole.
                    Ok(Told::Sound(..)) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(()),
                },
                changed = shown.changed() => changed.map_err(|_| End::Gone)?,
            }
        }
    }

    /// A message of the page; the text of a refusal after which it may go on.
    fn heard(&mut self, message: Result<Message, axum::Error>) -> Result<Option<String>, End> {
        match message {
            Ok(Message::Text(text)) => self.said(&text),
            Ok(Message::Ping(_) | Message::Pong(_)) => Ok(None),
            Ok(Message::Close(_)) => Err(End::Gone),
            Ok(Message::Binary(_)) => Err(End::Refused(close_code::UNSUPPORTED, "only text is understood".into())),
            // The one error of a living connection: a message beyond the limit.
            Err(error) => {
                Err(End::Refused(close_code::SIZE, format!("not understood: {error}").chars().take(100).collect()))
            }
        }
    }

    fn said(&mut self, text: &Utf8Bytes) -> Result<Option<String>, End> {
        match serde_json::from_str(text) {
            Err(error) => Ok(Some(format!("not understood: {error}; docs/page-protocol.md has what may be said"))),
            Ok(Command::Drawn {}) => {
                self.drawing = self.drawing.saturating_sub(1);
                Ok(None)
            }
            Ok(Command::Listen { ear }) => {
                self.ear = ear;
                Ok(None)
            }
            Ok(Command::Pointer { action, x, y }) => {
                self.touching = matches!(action, Action::Down | Action::Move);
                self.ask(Command::Pointer { action, x, y })
            }
            Ok(command) => self.ask(command),
        }
    }

    fn ask(&mut self, command: Command) -> Result<Option<String>, End> {
        match self.world.try_send(Inbox::Page(Request { command, answer: self.answer.clone() })) {
            Ok(()) => Ok(None),
            Err(TrySendError::Full(_)) => Ok(Some("too much at once; the last message was not heard".into())),
            Err(TrySendError::Disconnected(_)) => Err(End::Refused(close_code::AWAY, "the phone has ended".into())),
        }
    }
}

fn error(text: &str) -> Message {
    Message::Text(json!({ "type": "error", "text": text }).to_string().into())
}
