//! What came of a simulation.

use serde::Serialize;
use starhash_core::pbx::{Event, Leg, Snapshot};
use std::fmt;
use std::time::Duration;
use virtual_pbx::{ExchangeEvent, What};

/// What the PBX can do about tones, in the words of docs/demo.md.
pub const WORDS: [&str; 9] =
    ["feature", "music", "target", "consult", "joined", "returned", "lost", "leaked", "disconnect"];

/// What came of it.
#[derive(Debug, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own, and is a key of the JSON")]
pub struct Verdict {
    /// The start code was recognised.
    feature: bool,
    /// The number that was called last.
    target: Option<String>,
    /// Employee and colleague talked.
    consult: bool,
    /// These were joined.
    joined: Vec<Leg>,
    /// Employee and client talked again.
    returned: bool,
    /// The PBX dropped the client.
    lost: bool,
    /// The symbols that the client heard.
    leaked: String,
    /// The symbols that were heard by the PBX.
    decoded: String,
    /// Whose leg is up at the end.
    up: Vec<Leg>,
    /// The PBX did not do this, and the steps after it were not played.
    #[serde(skip_serializing_if = "Option::is_none")]
    waited_in_vain: Option<String>,
    events: Vec<Row>,
    /// The events that were waited for and have come, by their places in `events`.
    #[serde(skip)]
    met: Vec<usize>,
}

/// Something that happened.
#[derive(Debug, Serialize)]
struct Row {
    /// Since the first step began.
    t_ms: i64,
    #[serde(flatten)]
    what: What,
}

impl Verdict {
    /// Takes what has happened; times count from `zero`.
    pub fn add(&mut self, events: Vec<ExchangeEvent>, zero: Duration) {
        for ExchangeEvent { t, what } in events {
            match &what {
                What::Sounded(_) => continue,
                What::Heard(heard) => self.decoded.push(heard.key),
                What::Did(event) => self.did(event),
            }
            let ms = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
            self.events.push(Row { t_ms: ms(t) - ms(zero), what });
        }
    }

    fn did(&mut self, event: &Event) {
        match event {
            Event::Feature => self.feature = true,
            Event::Target { number } => self.target = Some(number.clone()),
            Event::Consult => self.consult = true,
            Event::Joined { legs } => self.joined.clone_from(legs),
            Event::Returned => self.returned = true,
            Event::Lost => self.lost = true,
            Event::Leaked { key } => self.leaked.push(*key),
            Event::Music | Event::Disconnect { .. } => {}
        }
    }

    /// Whether this has happened at or after the moment of what was waited for before; each event meets one wait.
    pub fn has_come(&mut self, waited_for: &str) -> bool {
        let since = self.met.last().map_or(i64::MIN, |last| self.events[*last].t_ms);
        let is_it = |row: &Row| matches!(&row.what, What::Did(event) if word(event) == waited_for);
        let mut rows = self.events.iter().enumerate();
        let found = rows.find(|(at, row)| row.t_ms >= since && is_it(row) && !self.met.contains(at)).map(|(at, _)| at);
        self.met.extend(found);
        found.is_some()
    }

    /// The PBX has not done this.
    pub fn wait_in_vain(&mut self, word: &str) {
        self.waited_in_vain = Some(word.to_owned());
    }

    /// What the PBX has not done.
    pub fn waited_in_vain(&self) -> Option<&str> {
        self.waited_in_vain.as_deref()
    }

    /// Who is there at the end.
    pub fn end(mut self, Snapshot { client, employee, colleague, .. }: Snapshot) -> Self {
        let legs = [(Leg::Client, client), (Leg::Employee, employee), (Leg::Colleague, colleague)];
        self.up = legs.into_iter().filter(|(_, hears)| hears.is_some()).map(|(leg, _)| leg).collect();
        self
    }
}

fn word(event: &Event) -> &'static str {
    match event {
        Event::Feature => "feature",
        Event::Music => "music",
        Event::Target { .. } => "target",
        Event::Consult => "consult",
        Event::Joined { .. } => "joined",
        Event::Returned => "returned",
        Event::Lost => "lost",
        Event::Leaked { .. } => "leaked",
        Event::Disconnect { .. } => "disconnect",
    }
}

fn name(leg: Leg) -> &'static str {
    match leg {
        Leg::Client => "client",
        Leg::Employee => "employee",
        Leg::Colleague => "colleague",
    }
}

fn names(legs: &[Leg]) -> String {
    legs.iter().map(|leg| name(*leg)).collect::<Vec<_>>().join(" and ")
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Hundredths of a second, as in the transcript of the demo; nothing happens before the first step.
        write!(f, "{:3}.{:02}  ", self.t_ms / 1000, self.t_ms % 1000 / 10)?;
        match &self.what {
            What::Sounded(_) => Ok(()),
            What::Heard(heard) => write!(f, "decoded     {} of {} ms", heard.key, heard.ms),
            What::Did(event) => {
                write!(f, "{:<11} ", word(event))?;
                match event {
                    Event::Feature => write!(f, "the start code is recognised"),
                    Event::Music => write!(f, "the client hears music"),
                    Event::Target { number } => write!(f, "{number} is called"),
                    Event::Consult => write!(f, "employee and colleague talk"),
                    Event::Joined { legs } => write!(f, "{} are joined", names(legs)),
                    Event::Returned => write!(f, "employee and client talk again"),
                    Event::Lost => write!(f, "the PBX drops the client"),
                    Event::Leaked { key } => write!(f, "the client hears {key}"),
                    Event::Disconnect { leg } => write!(f, "{} is gone", name(*leg)),
                }
            }
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.events {
            writeln!(f, "{}", format!("{row}").trim_end())?;
        }
        let yes = |holds: bool| if holds { "yes" } else { "no" };
        let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        writeln!(f, "\nfeature  {}", yes(self.feature))?;
        writeln!(f, "target   {}", self.target.as_deref().unwrap_or("-"))?;
        writeln!(f, "consult  {}", yes(self.consult))?;
        writeln!(f, "joined   {}", or_none(&names(&self.joined)))?;
        writeln!(f, "returned {}", yes(self.returned))?;
        writeln!(f, "lost     {}", yes(self.lost))?;
        writeln!(f, "leaked   {}", or_none(&self.leaked))
    }
}
