//! Network, line, PBX and colleagues, around the running phone. Time is the phone's: it advances with every line the
//! phone sends, and the line is played no further than that, so nothing ever comes too late to be heard exactly.

use std::time::Duration;

use serde_json::{Value, json};
use starhash_core::pbx::{Event, Leg, Pbx, PbxConfig, Phones, Snapshot};
use starhash_core::profile::Profile;
use virtual_pbx::{Exchange, LineConfig, What};

use crate::journal::Journal;
use crate::options::Options;
use crate::phone::{Line, Phone};

/// The client's call, and the other caller's.
pub const CLIENT: &str = "c1";
/// See [`CLIENT`].
pub const OTHER: &str = "c2";

/// Something that will happen at a moment, whatever the employee does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The network drops the call.
    Drop,
    /// Another call comes in.
    WaitingCall,
    /// The client hangs up.
    ClientHangsUp,
}

/// The world.
pub struct World {
    pub phone: Phone,
    pub journal: Journal,
    /// The phone's clock.
    pub now: Duration,
    /// The line loses the next tone.
    pub lose_next_tone: bool,
    pbx: Option<Pbx>,
    exchange: Option<Exchange>,
    mute_line: bool,
    /// The client's call is over on the phone's side.
    call_over: bool,
    other_caller: Value,
    happenings: Vec<(Duration, Happening)>,
    tone_since: Option<(char, Duration)>,
    replies: Vec<(u64, Result<(), String>)>,
}

impl World {
    /// A world around a phone that has just said its first line.
    pub fn new(options: &Options, profile: &Profile, phone: Phone, now: Duration, other: &str) -> Result<Self, String> {
        let one = |code: &str| code.chars().next();
        let config = PbxConfig {
            start: profile.start.clone(),
            terminator: profile.terminator.as_deref().and_then(one),
            return_code: profile.return_code.clone(),
            ..PbxConfig::default()
        };
        let phones = Phones { known: [].into(), others: options.answer.at_the_pbx() };
        let pbx = Pbx::new(config, phones).map_err(|error| error.to_string())?;
        Ok(Self {
            phone,
            journal: Journal::new(options.lang, now),
            now,
            lose_next_tone: false,
            pbx: Some(pbx),
            exchange: None,
            mute_line: options.mute_line,
            call_over: false,
            other_caller: json!({ "call": OTHER, "number": "+79161234567", "name": other }),
            happenings: Vec::new(),
            tone_since: None,
            replies: Vec::new(),
        })
    }

    /// Rings the phone.
    pub fn ring(&mut self, caller: Value) -> Result<(), String> {
        let (call, number) = (caller["call"].clone(), caller["number"].clone());
        self.journal.event(self.now, "binder", "ring", json!({ "call": call, "number": number }));
        self.phone.ask("ring", caller).map(|_| ())
    }

    /// Lets something happen at `t`.
    pub fn happen(&mut self, t: Duration, what: Happening) {
        self.happenings.push((t, what));
        self.happenings.sort_by_key(|(t, _)| *t);
    }

    /// Asks the phone for something and waits until it is done.
    pub fn ask(&mut self, cmd: &str, with: Value) -> Result<(), String> {
        let id = self.phone.ask(cmd, with)?;
        loop {
            if let Some(place) = self.replies.iter().position(|(reply, _)| *reply == id) {
                return self.replies.swap_remove(place).1.map_err(|error| format!("{cmd}: {error}"));
            }
            self.turn()?;
        }
    }

    /// Lets time pass until `done`, at most `limit`. Whether it was done.
    pub fn wait(&mut self, limit: Duration, done: impl Fn(&Self) -> bool) -> Result<bool, String> {
        let end = self.now + limit;
        while !done(self) {
            if self.now >= end {
                return Ok(false);
            }
            self.turn()?;
        }
        Ok(true)
    }

    /// Lets time pass.
    pub fn pause(&mut self, time: Duration) -> Result<(), String> {
        self.wait(time, |_| false).map(|_| ())
    }

    /// Legs and who hears what, once the call has been answered.
    pub fn snapshot(&self) -> Option<Snapshot> {
        self.exchange.as_ref().map(Exchange::snapshot)
    }

    /// The call as the PBX heard it.
    pub fn exchange(&self) -> Option<&Exchange> {
        self.exchange.as_ref()
    }

    /// Whether the client's call is over on the phone's side.
    pub fn call_over(&self) -> bool {
        self.call_over
    }

    /// The next line of the phone, and all it leads to.
    fn turn(&mut self) -> Result<(), String> {
        let line = self.phone.line()?;
        let t = Duration::from_micros(line.t_us);
        while let Some((due, what)) = self.happenings.first().copied().filter(|(due, _)| *due <= t) {
            self.happenings.remove(0);
            self.play(due)?;
            self.now = due;
            self.happens(what)?;
        }
        self.play(t)?;
        self.now = t;
        self.heard(line)
    }

    /// Plays the line up to `t`; what the PBX does is written down, and told to the phone where it concerns it.
    fn play(&mut self, t: Duration) -> Result<(), String> {
        let Some(exchange) = &mut self.exchange else { return Ok(()) };
        for event in exchange.advance_to(t) {
            let mut with = serde_json::to_value(&event.what).map_err(|error| error.to_string())?;
            let what = with.as_object_mut().and_then(|object| object.remove("do"));
            let what = what.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
            match event.what {
                What::Did(Event::Disconnect { leg }) => {
                    if leg == Leg::Employee && !self.call_over {
                        self.call_over = true;
                        self.phone
                            .ask("state", json!({ "call": CLIENT, "state": "disconnected", "cause": "remote" }))?;
                    }
                    with = json!({ "legs": [leg] });
                }
                What::Did(Event::Consult) => with["legs"] = json!(["employee", "colleague"]),
                What::Did(Event::Joined) => with["legs"] = json!(["client", "colleague"]),
                What::Did(Event::Returned) => with["legs"] = json!(["client", "employee"]),
                _ => {}
            }
            self.journal.event(event.t, "pbx", &what, with);
        }
        Ok(())
    }

    fn happens(&mut self, what: Happening) -> Result<(), String> {
        let now = self.now;
        match what {
            Happening::Drop if self.call_over => Ok(()),
            Happening::Drop => {
                self.journal.event(now, "line", "dropped", json!({ "call": CLIENT }));
                self.call_ends("network")
            }
            Happening::WaitingCall => self.ring(self.other_caller.clone()),
            Happening::ClientHangsUp => {
                let exchange = self.exchange.as_mut().ok_or("the client has not been answered yet")?;
                exchange.client_hangs_up(now).map_err(|error| error.to_string())
            }
        }
    }

    fn call_ends(&mut self, cause: &str) -> Result<(), String> {
        self.call_over = true;
        if let Some(exchange) = &mut self.exchange {
            exchange.mobile_down(self.now).map_err(|error| error.to_string())?;
        }
        self.phone.ask("state", json!({ "call": CLIENT, "state": "disconnected", "cause": cause })).map(|_| ())
    }

    fn heard(&mut self, line: Line) -> Result<(), String> {
        if let Some(reply) = line.reply {
            let error = || line.error.unwrap_or_else(|| "refused without a reason".into());
            self.replies.push((reply, if line.ok { Ok(()) } else { Err(error()) }));
            return Ok(());
        }
        let call = line.call.unwrap_or_default();
        match (line.at.as_deref(), line.what.as_deref()) {
            (Some("app"), Some("tap")) => {
                self.journal.event(self.now, "app", "tap", json!({ "text": line.text }));
                Ok(())
            }
            (Some("binder"), Some("tone_on")) => self.tone_on(&call, line.key.ok_or("a tone without a key")?),
            (Some("binder"), Some("tone_off")) => self.tone_off(&call),
            (Some("binder"), Some(what @ ("answer" | "hold" | "unhold" | "disconnect"))) => self.asked(&call, what),
            _ => Ok(()),
        }
    }

    fn tone_on(&mut self, call: &str, key: char) -> Result<(), String> {
        self.journal.event(self.now, "binder", "tone_on", json!({ "call": call, "key": key }));
        self.tone_since = Some((key, self.now));
        let lost = std::mem::take(&mut self.lose_next_tone);
        if call == CLIENT
            && !lost
            && let Some(exchange) = &mut self.exchange
        {
            exchange.tone_on(self.now, key).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn tone_off(&mut self, call: &str) -> Result<(), String> {
        let (key, since) = self.tone_since.take().ok_or("a tone was stopped that had not begun")?;
        let ms = u64::try_from(self.now.saturating_sub(since).as_millis()).unwrap_or(u64::MAX);
        self.journal.event(self.now, "binder", "tone_off", json!({ "call": call, "key": key, "ms": ms }));
        if call == CLIENT
            && let Some(exchange) = &mut self.exchange
        {
            exchange.tone_off(self.now).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Telecom does what the app asked for, and tells it so.
    fn asked(&mut self, call: &str, what: &str) -> Result<(), String> {
        self.journal.event(self.now, "binder", what, json!({ "call": call }));
        match (what, call) {
            ("disconnect", CLIENT) => self.call_ends("local"),
            ("disconnect", _) => {
                let with = json!({ "call": call, "state": "disconnected", "cause": "local" });
                self.phone.ask("state", with).map(|_| ())
            }
            ("answer", CLIENT) => {
                let pbx = self.pbx.take().ok_or("the client's call was answered twice")?;
                let line = LineConfig { muted: self.mute_line, ..LineConfig::default() };
                self.exchange = Some(Exchange::new(pbx, line, self.now));
                self.phone.ask("state", json!({ "call": call, "state": "active" })).map(|_| ())
            }
            ("hold", _) => self.phone.ask("state", json!({ "call": call, "state": "holding" })).map(|_| ()),
            _ => self.phone.ask("state", json!({ "call": call, "state": "active" })).map(|_| ()),
        }
    }
}
