//! The phone in the browser: people click what happens, the world answers in the phone's own time.

mod command;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Action, Command, Ear, Request};

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use serde_json::{Value, json};
use starhash_core::pbx::{Answer, Hears, Phones};
use tokio::sync::mpsc::UnboundedSender;
use virtual_pbx::level::{FRAME, RATE};
use virtual_pbx::{Exchange, setup, sound};

use crate::call::CallState;
use crate::journal::Journal;
use crate::options::Options;
use crate::phone::{Line, Phone, SILENCE};
use crate::screen;
use crate::server::{Pages, Server};
use crate::story;
use crate::words::{self, Words};
use crate::world::World;

/// As many messages may wait for the world; a page that sends more at once is refused.
const WAITING: usize = 512;
/// How often the pages are told the time.
const CLOCK: Duration = Duration::from_millis(100);

/// What the world waits for.
pub enum Inbox {
    /// A line of the phone, or why there are no more.
    Phone(Result<Line, String>),
    /// A page wants something.
    Page(Request),
    /// The pictures of the screen have ended.
    NoScreen(String),
    /// Ctrl+C.
    Quit,
}

/// Serves the phone until Ctrl+C. `Err`: why it could not begin, or ended by itself.
pub fn run(options: &Options) -> Result<(), String> {
    let words = Words::of(options.lang);
    story::clear(options)?;
    let (send, inbox) = sync_channel(WAITING);
    let server = Server::start(options.port, send.clone())?;
    println!("{}", words.starting);
    let socket = screen::listen(server.pages.clone(), send.clone())?;
    let mut command = story::command(options);
    command.extend(["--live".into(), socket.path().display().to_string()]);
    let hear = move |line| send.send(Inbox::Phone(line)).is_ok();
    let phone = Phone::start(&command, &options.out.join("phone.log"), hear)?;
    let began = first_line(&inbox, words)?;
    let mut live = Live::new(options, phone, server.pages.clone(), began)?;
    println!("{} {}", words.open_page, server.address);
    let ended = live.serve(&inbox);
    let written = live.world.journal.write(&options.out);
    ended.and(written)?;
    println!("\n{}: {}", words.kept, options.out.display());
    Ok(())
}

/// The world and what the pages have been told of it.
struct Live {
    world: World,
    words: &'static Words,
    pages: Arc<Pages>,
    /// Who waits for the phone's answer to which command.
    asked: HashMap<u64, UnboundedSender<String>>,
    /// The command that gives the app its colleagues.
    stored: u64,
    /// The latest mode of each colleague's phone.
    modes: HashMap<&'static str, command::Mode>,
    told_events: usize,
    told_clock: Duration,
    heard: Heard,
}

/// How much of a call's sounds the pages have been sent, in samples.
#[derive(Default)]
struct Heard {
    call: String,
    rings_since: Duration,
    ears: [usize; 4],
}

/// When the phone said its first line. What the pages want before is not heard.
fn first_line(inbox: &Receiver<Inbox>, words: &Words) -> Result<Duration, String> {
    loop {
        match next(inbox)? {
            Inbox::Phone(line) => return Ok(Duration::from_micros(line?.t_us)),
            Inbox::Page(_) => {}
            Inbox::NoScreen(trouble) => return Err(trouble),
            Inbox::Quit => return Err(words.stopped.into()),
        }
    }
}

impl Live {
    fn new(options: &Options, phone: Phone, pages: Arc<Pages>, began: Duration) -> Result<Self, String> {
        let words = Words::of(options.lang);
        // A phone that rings is answered, or not, by a click; nobody sits at numbers outside the company.
        let talk = Answer::Talk { after: Duration::from_secs(3) };
        let known = words.colleagues.iter().map(|colleague| (colleague.number.to_owned(), Answer::Never)).collect();
        let phones = Phones { known, others: Answer::Unknown, outside: talk };
        let people = (words.client.clone(), words.other.clone());
        let config = setup::pbx_config(&story::profile(options)?);
        let mut world = World::new(phone, Journal::new(options.lang, began), people, config, phones);
        world.network = options.network;
        let list: Vec<Value> = words.colleagues.iter().map(words::Colleague::entry).collect();
        let stored = world.phone.ask("colleagues", json!({ "list": list }))?;
        Ok(Self {
            world,
            words,
            pages,
            asked: HashMap::new(),
            stored,
            modes: HashMap::new(),
            told_events: 0,
            told_clock: Duration::ZERO,
            heard: Heard::default(),
        })
    }

    fn serve(&mut self, inbox: &Receiver<Inbox>) -> Result<(), String> {
        loop {
            match next(inbox)? {
                Inbox::Phone(line) => self.world.take(line?)?,
                Inbox::Page(Request { command, answer }) => {
                    if let Err(trouble) = self.obey(command, &answer) {
                        // A page that is gone needs no answer.
                        let _ = answer.send(trouble);
                    }
                }
                Inbox::NoScreen(trouble) => return Err(trouble),
                Inbox::Quit => return Ok(()),
            }
            self.publish()?;
        }
    }

    /// Tells the pages whatever is new.
    fn publish(&mut self) -> Result<(), String> {
        self.take_replies()?;
        let window = self.world.window.as_ref();
        if let Some(lang) = window.and_then(|window| window.lang) {
            self.world.journal.speak(lang);
        }
        for tone in std::mem::take(&mut self.world.sounded) {
            self.pages.tell_event(&tone, None)?;
        }
        let journal = &self.world.journal;
        for event in &journal.events()[self.told_events..] {
            let say = words::event(journal.lang(), event.at, &event.what, &event.with);
            self.pages.tell_event(event, say)?;
        }
        self.told_events = journal.events().len();
        self.pages.show_state(&state::of(self));
        if self.world.now >= self.told_clock + CLOCK {
            self.told_clock = self.world.now;
            let t_us = self.world.journal.since(self.world.now);
            self.pages.tell(&json!({ "type": "clock", "t_us": t_us }));
        }
        self.let_hear();
        Ok(())
    }

    /// The phone's refusals, to the page that asked; what the world asked by itself, to all.
    fn take_replies(&mut self) -> Result<(), String> {
        for (id, done) in self.world.take_replies() {
            let asked = self.asked.remove(&id);
            match (done, asked) {
                // The app is opened on a list that is complete.
                (Ok(()), _) if id == self.stored => drop(self.world.phone.ask("open", json!({}))?),
                (Ok(()), _) => {}
                (Err(trouble), Some(page)) => drop(page.send(trouble)),
                (Err(trouble), None) => self.pages.tell(&json!({ "type": "error", "text": trouble })),
            }
        }
        Ok(())
    }

    /// Sends what has newly been heard, frame by frame.
    fn let_hear(&mut self) {
        let call = self.world.client.id();
        if self.heard.call != call {
            self.heard = Heard { call, rings_since: self.world.now, ears: [0; 4] };
        }
        if self.world.client.state == CallState::Ringing {
            return self.let_hear_ringback();
        }
        let Some(exchange) = self.world.exchange() else { return };
        if self.heard.rings_since > Duration::ZERO {
            (self.heard.rings_since, self.heard.ears) = (Duration::ZERO, [0; 4]);
        }
        let audio: [(Ear, &[i16]); 4] = [
            (Ear::Client, Exchange::client_audio(exchange)),
            (Ear::Employee, exchange.employee_audio()),
            (Ear::Colleague, exchange.colleague_audio()),
            (Ear::Line, exchange.recording()),
        ];
        let held = self.world.client.state == CallState::Holding;
        for ((ear, samples), from) in audio.into_iter().zip(&mut self.heard.ears) {
            for frame in samples[*from..].chunks_exact(FRAME) {
                // A call that the mobile holds is silent in it, whatever the PBX plays.
                self.pages.let_hear(ear, if held && ear == Ear::Employee { &[0; FRAME] } else { frame });
                *from += FRAME;
            }
        }
    }

    /// Before the answer the client hears that the mobile rings.
    fn let_hear_ringback(&mut self) {
        let Heard { rings_since, ears, .. } = &mut self.heard;
        let sounded = self.world.now.saturating_sub(*rings_since).as_millis() * u128::from(RATE) / 1000;
        while (ears[0] + FRAME) as u128 <= sounded {
            let frame: [i16; FRAME] = std::array::from_fn(|n| sound::at(Hears::Ringback, (ears[0] + n) as u64));
            self.pages.let_hear(Ear::Client, &frame);
            ears[0] += FRAME;
        }
    }
}

fn next(inbox: &Receiver<Inbox>) -> Result<Inbox, String> {
    match inbox.recv_timeout(SILENCE) {
        Ok(message) => Ok(message),
        Err(RecvTimeoutError::Timeout) => Err(format!("the phone has been silent for {} s", SILENCE.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err("the phone has died".into()),
    }
}
