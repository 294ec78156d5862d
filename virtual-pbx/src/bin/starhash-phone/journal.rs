//! What happened, for machines (`events.jsonl`) and for people (`transcript.txt`, and the terminal as it happens).

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::options::Lang;
use crate::words;

/// One line of `events.jsonl`. The vocabulary of `do` is closed; docs/demo.md lists it.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Microseconds since the journal began.
    pub t_us: u64,
    /// `app`, `binder`, `line` or `pbx`.
    pub at: &'static str,
    /// What.
    #[serde(rename = "do")]
    pub what: String,
    /// `call`, `key`, `ms`, `number`, `legs`, `outcome`, where they belong.
    #[serde(flatten)]
    pub with: Value,
}

/// The journal of one run.
pub struct Journal {
    lang: Lang,
    began: Duration,
    events: Vec<Event>,
    transcript: String,
}

impl Journal {
    /// A journal that begins now, on the phone's clock.
    pub fn new(lang: Lang, began: Duration) -> Self {
        Self { lang, began, events: Vec::new(), transcript: String::new() }
    }

    /// The language of what is told from now on.
    pub fn speak(&mut self, lang: Lang) {
        self.lang = lang;
    }

    /// The language of what is told.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The start, on the phone's clock.
    pub fn began(&self) -> Duration {
        self.began
    }

    /// Writes an event down and tells it.
    pub fn event(&mut self, t: Duration, at: &'static str, what: &str, with: Value) {
        let t_us = self.since(t);
        let since = Duration::from_micros(t_us);
        if let Some(words) = words::event(self.lang, at, what, &with) {
            self.tell(since, &words);
        }
        self.events.push(Event { t_us, at, what: what.to_owned(), with });
    }

    /// Microseconds from the start to `t`.
    pub fn since(&self, t: Duration) -> u64 {
        u64::try_from(t.saturating_sub(self.began).as_micros()).unwrap_or(u64::MAX)
    }

    /// A sentence for people alone.
    pub fn say(&mut self, t: Duration, words: &str) {
        self.tell(t.saturating_sub(self.began), words);
    }

    fn tell(&mut self, since: Duration, words: &str) {
        let line = format!("{:7.2}  {words}\n", since.as_secs_f64());
        print!("{line}");
        self.transcript.push_str(&line);
    }

    /// Whether something has happened, from the `from`th event on.
    pub fn has(&self, from: usize, test: impl Fn(&Event) -> bool) -> bool {
        self.events.iter().skip(from).any(test)
    }

    /// All so far, in the order in which they became known.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// When the latest event of this kind happened, on the phone's clock.
    pub fn last(&self, what: &str) -> Option<Duration> {
        let event = self.events.iter().rev().find(|event| event.what == what)?;
        Some(self.began + Duration::from_micros(event.t_us))
    }

    /// Writes both files, in order of time.
    pub fn write(&mut self, out: &Path) -> Result<(), String> {
        // What the PBX decodes becomes known a frame later than what the binder did meanwhile. `end` stays last.
        self.events.sort_by_key(|event| (event.what == "end", event.t_us));
        let lines = self.events.iter().map(|event| serde_json::to_string(event).map(|line| line + "\n"));
        let lines: String = lines.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        for (name, text) in [("events.jsonl", lines.as_str()), ("transcript.txt", self.transcript.as_str())] {
            let file = out.join(name);
            fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        Ok(())
    }
}
