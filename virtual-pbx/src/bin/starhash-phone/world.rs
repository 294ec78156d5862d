//! Network, line, PBX and people around the running phone. Time is the phone's: it advances with every line the phone
//! sends, and the line is played no further than that, so nothing ever comes too late to be heard exactly.

use std::time::Duration;

use serde_json::{Value, json};
use starhash_core::pbx::{Answer, Doing, Event, Leg, Pbx, PbxConfig, Phones, Snapshot};
use virtual_pbx::{Exchange, Network, What};

use crate::call::{Call, CallState, Caller};
use crate::journal::{self, Journal};
use crate::phone::{Line, Phone};
use crate::words;

/// The world.
pub struct World {
    pub phone: Phone,
    pub journal: Journal,
    /// The phone's clock.
    pub now: Duration,
    /// The line loses the next tone.
    pub lose_next_tone: bool,
    /// What the client's next call goes through.
    pub network: Network,
    /// What the client's call goes through.
    call_network: Network,
    /// The tones that have sounded on the mobile leg, for whoever draws them.
    pub sounded: Vec<journal::Event>,
    /// The line carries nothing.
    pub muted: bool,
    /// What the phones at the PBX do.
    pub phones: Phones,
    /// The client's call, or the last one.
    pub client: Call,
    /// The call of somebody who does not come through the PBX, or the last one.
    pub other: Call,
    /// The client's call is on hold because the network wanted it.
    pub held_by_network: bool,
    /// What the phone last said of its screen.
    pub window: Option<Line>,
    config: PbxConfig,
    /// The client's call at the PBX, from its answer until the client calls again.
    exchange: Option<Exchange>,
    target: Option<String>,
    tone_since: Option<(char, Duration)>,
    replies: Vec<(u64, Result<(), String>)>,
}

impl World {
    /// A world around a phone that has just said its first line: a PBX with these codes and phones.
    pub fn new(phone: Phone, journal: Journal, people: (Caller, Caller), config: PbxConfig, phones: Phones) -> Self {
        Self {
            now: journal.began(),
            phone,
            journal,
            lose_next_tone: false,
            network: Network::default(),
            call_network: Network::default(),
            sounded: Vec::new(),
            muted: false,
            phones,
            client: Call::of(people.0),
            other: Call::of(people.1),
            held_by_network: false,
            window: None,
            config,
            exchange: None,
            target: None,
            tone_since: None,
            replies: Vec::new(),
        }
    }

    // ---- what people do ----

    /// The client calls the company, and the PBX forwards the call to the mobile.
    pub fn client_calls(&mut self) -> Result<(), String> {
        if self.client_is_there() {
            return Err("the client is in a call: hang up first".into());
        }
        (self.exchange, self.target) = (None, None);
        self.call_network = self.network;
        if self.network != Network::Ideal {
            let sentence = words::network(self.journal.lang(), &self.network.name());
            self.journal.say(self.now, &sentence);
        }
        let ring = self.client.ring();
        self.ring(ring)
    }

    /// Somebody else calls the mobile.
    pub fn other_calls(&mut self) -> Result<(), String> {
        if self.other.is_there() {
            return Err("the second caller is in a call: hang up first".into());
        }
        let ring = self.other.ring();
        self.ring(ring)
    }

    fn ring(&mut self, ring: Value) -> Result<(), String> {
        let (call, number) = (ring["call"].clone(), ring["number"].clone());
        self.journal.event(self.now, "binder", "ring", json!({ "call": call, "number": number }));
        self.phone.ask("ring", ring).map(|_| ())
    }

    /// The client hangs up, before or after the answer.
    pub fn client_hangs_up(&mut self) -> Result<(), String> {
        match &mut self.exchange {
            Some(exchange) if exchange.snapshot().client.is_some() => {
                exchange.client_hangs_up(self.now).map_err(|error| error.to_string())
            }
            None if self.client.state == CallState::Ringing => {
                self.journal.event(self.now, "pbx", "disconnect", json!({ "legs": [Leg::Client] }));
                self.call_ends(Who::Client, "remote")
            }
            _ => Err("the client is in no call".into()),
        }
    }

    /// The client's own telephone system puts the employee on hold, or takes them back.
    pub fn client_holds(&mut self, holds: bool) -> Result<(), String> {
        let talks = self.exchange.as_mut().filter(|exchange| exchange.snapshot().client.is_some());
        talks.ok_or("the client is in no call")?.client_holds(holds);
        Ok(())
    }

    /// The second caller hangs up.
    pub fn other_hangs_up(&mut self) -> Result<(), String> {
        if self.other.is_there() {
            self.call_ends(Who::Other, "remote")
        } else {
            Err("the second caller is in no call".into())
        }
    }

    /// The colleague with this number takes the call that rings.
    pub fn colleague_answers(&mut self, number: &str) -> Result<(), String> {
        let now = self.now;
        let rings = |snapshot: Snapshot| snapshot.colleague_rings;
        self.called(number, rings)?.colleague_answers(now).map_err(|error| error.to_string())
    }

    /// The colleague with this number refuses the call that rings, or ends the talk.
    pub fn colleague_hangs_up(&mut self, number: &str) -> Result<(), String> {
        let now = self.now;
        let called = |snapshot: Snapshot| snapshot.colleague_rings || snapshot.colleague.is_some();
        self.called(number, called)?.colleague_hangs_up(now).map_err(|error| error.to_string())
    }

    fn called(&mut self, number: &str, is: impl Fn(Snapshot) -> bool) -> Result<&mut Exchange, String> {
        let target = self.target.as_deref() == Some(number);
        let exchange = self.exchange.as_mut().filter(|exchange| target && is(exchange.snapshot()));
        exchange.ok_or_else(|| format!("{number} is in no such call"))
    }

    /// From now on this is what the phone with this number does when it is called.
    pub fn set_phone(&mut self, number: &str, answer: Answer) {
        self.phones.known.insert(number.to_owned(), answer);
        if let Some(exchange) = &mut self.exchange {
            exchange.phones_mut().known.insert(number.to_owned(), answer);
        }
    }

    // ---- what the network does ----

    /// The network drops the client's call on its way to the mobile; nothing if it is over.
    pub fn network_drops(&mut self) -> Result<(), String> {
        if !self.client.is_there() {
            return Ok(());
        }
        self.journal.event(self.now, "line", "dropped", json!({ "call": self.client.id() }));
        self.call_ends(Who::Client, "network")
    }

    /// The network holds the client's call, or takes it off hold.
    pub fn network_holds(&mut self, hold: bool) -> Result<(), String> {
        let (from, to) =
            if hold { (CallState::Active, CallState::Holding) } else { (CallState::Holding, CallState::Active) };
        if self.client.state != from {
            return Err(format!("the client's call is not {}", from.word()));
        }
        self.set_state(Who::Client, to)?;
        self.held_by_network = hold;
        Ok(())
    }

    // ---- what can be asked ----

    /// Legs and who hears what, once the call has been answered.
    pub fn snapshot(&self) -> Option<Snapshot> {
        self.exchange.as_ref().map(Exchange::snapshot)
    }

    /// The call as the PBX heard it.
    pub fn exchange(&self) -> Option<&Exchange> {
        self.exchange.as_ref()
    }

    /// The number the PBX called last in this call.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// Whether the client's call is over on the phone's side.
    pub fn call_over(&self) -> bool {
        self.client.state == CallState::Over
    }

    /// Whether the client waits for an answer, or talks or waits inside the PBX.
    pub fn client_is_there(&self) -> bool {
        self.snapshot().map_or(self.client.state == CallState::Ringing, |snapshot| snapshot.client.is_some())
    }

    /// The phone's answers since the last time: the command's number, and why it was not done.
    pub fn take_replies(&mut self) -> Vec<(u64, Result<(), String>)> {
        std::mem::take(&mut self.replies)
    }

    // ---- the phone's lines ----

    /// A line of the phone, and all it leads to.
    pub fn take(&mut self, line: Line) -> Result<(), String> {
        self.advance_to(Duration::from_micros(line.t_us))?;
        self.heard(line)
    }

    /// Plays the line up to `t`; what the PBX does is written down, and told to the phone where it concerns it.
    pub fn advance_to(&mut self, t: Duration) -> Result<(), String> {
        self.now = t;
        let Some(exchange) = &mut self.exchange else { return Ok(()) };
        if exchange.doing() == Doing::Over {
            return Ok(());
        }
        for event in exchange.advance_to(t) {
            let mut with = serde_json::to_value(&event.what).map_err(|error| error.to_string())?;
            let what = with.as_object_mut().and_then(|object| object.remove("do"));
            let what = what.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
            match &event.what {
                What::Sounded(_) => {
                    let t_us = self.journal.since(event.t);
                    self.sounded.push(journal::Event { t_us, at: "line", what, with });
                    continue;
                }
                What::Did(Event::Disconnect { leg }) => {
                    if *leg == Leg::Employee && self.client.is_there() {
                        self.set_over(Who::Client, "remote")?;
                    }
                    with = json!({ "legs": [leg] });
                }
                What::Did(Event::Target { number }) => self.target = Some(number.clone()),
                What::Did(Event::Consult) => with["legs"] = json!(["employee", "colleague"]),
                What::Did(Event::Returned) => with["legs"] = json!(["client", "employee"]),
                _ => {}
            }
            self.journal.event(event.t, "pbx", &what, with);
        }
        Ok(())
    }

    fn heard(&mut self, line: Line) -> Result<(), String> {
        if let Some(reply) = line.reply {
            let error = || line.error.unwrap_or_else(|| "refused without a reason".into());
            self.replies.push((reply, if line.ok { Ok(()) } else { Err(error()) }));
            return Ok(());
        }
        let call = line.call.as_deref().unwrap_or_default();
        match (line.at.as_deref(), line.what.as_deref()) {
            (Some("app"), Some("tap")) => self.journal.event(self.now, "app", "tap", json!({ "text": line.text })),
            (Some("app"), Some("window")) => self.window = Some(line),
            (Some("binder"), Some("tone_on")) => return self.tone_on(call, line.key.ok_or("a tone without a key")?),
            (Some("binder"), Some("tone_off")) => return self.tone_off(call),
            (Some("binder"), Some(what @ ("answer" | "hold" | "unhold" | "disconnect"))) => {
                return self.asked(call, what);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whose call this is. A held call has no line to sound on.
    fn exchange_of(&mut self, call: &str) -> Option<&mut Exchange> {
        let sounds = call == self.client.id() && self.client.state == CallState::Active;
        self.exchange.as_mut().filter(|_| sounds)
    }

    fn tone_on(&mut self, call: &str, key: char) -> Result<(), String> {
        let now = self.now;
        self.journal.event(now, "binder", "tone_on", json!({ "call": call, "key": key }));
        self.tone_since = Some((key, now));
        let lost = std::mem::take(&mut self.lose_next_tone);
        match self.exchange_of(call) {
            Some(exchange) if !lost => exchange.tone_on(now, key).map_err(|error| error.to_string()),
            _ => Ok(()),
        }
    }

    fn tone_off(&mut self, call: &str) -> Result<(), String> {
        let now = self.now;
        let (key, since) = self.tone_since.take().ok_or("a tone was stopped that had not begun")?;
        let ms = u64::try_from(now.saturating_sub(since).as_millis()).unwrap_or(u64::MAX);
        self.journal.event(now, "binder", "tone_off", json!({ "call": call, "key": key, "ms": ms }));
        match self.exchange_of(call) {
            Some(exchange) => exchange.tone_off(now).map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }

    /// Telecom does what the app asked for, and tells it so.
    fn asked(&mut self, call: &str, what: &str) -> Result<(), String> {
        self.journal.event(self.now, "binder", what, json!({ "call": call }));
        let who = if call == self.client.id() { Who::Client } else { Who::Other };
        match what {
            "disconnect" if self.call(who).is_there() => self.call_ends(who, "local"),
            "hold" => self.set_state(who, CallState::Holding),
            "answer" | "unhold" => {
                if what == "answer" && who == Who::Client {
                    self.exchange = Some(self.answered_call()?);
                }
                self.hold_the_other(who)?;
                self.set_state(who, CallState::Active)
            }
            _ => Ok(()),
        }
    }

    fn answered_call(&self) -> Result<Exchange, String> {
        let pbx = Pbx::new(self.config.clone(), self.phones.clone()).map_err(|error| error.to_string())?;
        let mut conditions = self.call_network.conditions();
        conditions.line.muted = self.muted;
        // Each call has its own course of chance, the same every time the program is started.
        Ok(Exchange::new(pbx, conditions, self.client.count(), self.now))
    }

    /// One call alone is active: Telecom holds the other one first (`CallsManager`, on answer and on unhold).
    fn hold_the_other(&mut self, who: Who) -> Result<(), String> {
        let other = if who == Who::Client { Who::Other } else { Who::Client };
        if self.call(other).state == CallState::Active { self.set_state(other, CallState::Holding) } else { Ok(()) }
    }

    // ---- calls ----

    fn call(&mut self, who: Who) -> &mut Call {
        if who == Who::Client { &mut self.client } else { &mut self.other }
    }

    fn call_ends(&mut self, who: Who, cause: &str) -> Result<(), String> {
        if who == Who::Client
            && let Some(exchange) = &mut self.exchange
        {
            exchange.mobile_down(self.now).map_err(|error| error.to_string())?;
        }
        self.set_over(who, cause)
    }

    fn set_over(&mut self, who: Who, cause: &str) -> Result<(), String> {
        self.held_by_network &= who == Who::Other;
        let call = self.call(who);
        call.state = CallState::Over;
        let with = json!({ "call": call.id(), "state": "disconnected", "cause": cause });
        self.phone.ask("state", with).map(|_| ())
    }

    fn set_state(&mut self, who: Who, state: CallState) -> Result<(), String> {
        self.held_by_network &= who == Who::Other;
        // What still sounds in a call ends when it is held, whenever the app ends it.
        let sounds = who == Who::Client && state == CallState::Holding && self.tone_since.is_some();
        if let Some(exchange) = self.exchange.as_mut().filter(|_| sounds) {
            exchange.tone_off(self.now).map_err(|error| error.to_string())?;
        }
        let call = self.call(who);
        call.state = state;
        let with = json!({ "call": call.id(), "state": state.word() });
        self.phone.ask("state", with).map(|_| ())
    }
}

/// Whose call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Client,
    Other,
}
