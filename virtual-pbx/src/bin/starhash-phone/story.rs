//! The story: a client calls the company, the employee passes them on, and things go as the options say.

use std::fs;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::{Value, json};
use starhash_core::number;
use starhash_core::pbx::{Hears, Phones};
use starhash_core::profile::Profile;
use virtual_pbx::setup::{Colleague, pbx_config};

use crate::journal::{Event, Journal};
use crate::options::{Lang, Options, Then};
use crate::phone::Phone;
use crate::stage::{Happening, Stage, next_line};
use crate::words::{self, Words};
use crate::world::World;

/// The longest wait for anything that must come: an Asterisk takes up to 15 s to give up on its own.
const PATIENCE: Duration = Duration::from_secs(25);
/// Slots of the call screen take no touch for so long after a stage change (design.md), and a finger takes its time.
const GUARD: Duration = Duration::from_millis(450);
/// How long the keypad takes to open under a finger.
const KEYPAD_OPENS: Duration = Duration::from_millis(600);

struct Story<'a> {
    options: &'a Options,
    words: &'static Words,
    stage: Stage,
    /// The code that opens the transfer, the digits that go out, and how long the phone takes for the whole code.
    start: String,
    digits: String,
    code_takes: Duration,
    pictures: u32,
}

/// Plays it. `Err`: it did not end as the options call for, or could not be played.
pub fn play(options: &Options) -> Result<(), String> {
    let words = Words::of(options.lang);
    let profile = profile(options)?;
    let digits = number::clean(&options.to, &profile.numbers).map_err(|error| error.to_string())?.digits;
    clear(options)?;
    println!("{}", words.starting);
    let (send, lines) = channel();
    let phone = Phone::start(&command(options), &options.out.join("phone.log"), move |line| send.send(line).is_ok())?;
    let began = Duration::from_micros(next_line(&lines)?.t_us);
    let journal = Journal::new(options.lang, began);
    let answer = options.answer.at_the_pbx();
    let phones = Phones { known: [].into(), others: answer, outside: answer };
    let people = (words.client.clone(), words.other.clone());
    let mut world = World::new(phone, journal, people, pbx_config(&profile), phones);
    world.network = options.network;
    world.muted = options.mute_line;
    let code_takes = code_takes(&profile, &digits);
    let (stage, start) = (Stage::new(world, lines), profile.start.clone());
    let mut story = Story { options, words, stage, start, digits, code_takes, pictures: 0 };
    let told = story.tell();
    let outcome = story.outcome();
    let end = story.stage.world.now;
    let journal = &mut story.stage.world.journal;
    journal.event(end, "pbx", "end", json!({ "outcome": outcome }));
    journal.write(&options.out)?;
    if let Some(exchange) = story.stage.world.exchange() {
        exchange.write_recording(&options.out.join("tones.wav")).map_err(|error| error.to_string())?;
    }
    told?;
    println!("\n{}: {}", words.files, options.out.display());
    let expected = story.expected();
    println!("outcome: {outcome}");
    if outcome == expected { Ok(()) } else { Err(format!("these options call for `{expected}`, it was `{outcome}`")) }
}

/// The profile the options name, or the user's own.
pub fn profile(options: &Options) -> Result<Profile, String> {
    match &options.profile {
        Some(file) => Ok(file.profile.clone()),
        None => Profile::default_profile().map_err(|error| error.to_string()),
    }
}

/// An empty folder: what an earlier run left would be mistaken for this one's.
pub fn clear(options: &Options) -> Result<(), String> {
    let out = &options.out;
    let trouble = |error: std::io::Error| format!("{}: {error}", out.display());
    if out.exists() {
        fs::remove_dir_all(out).map_err(trouble)?;
    }
    fs::create_dir_all(out).map_err(trouble)
}

/// The phone's command line: the real app in this language and theme, with this profile.
pub fn command(options: &Options) -> Vec<String> {
    let lang = if options.lang == Lang::Ru { "ru" } else { "en" };
    let mut command = options.phone.clone();
    command.extend(["--lang".into(), lang.into()]);
    command.extend(options.night.then(|| "--night".into()));
    if let Some(file) = &options.profile {
        command.extend(["--profile".into(), file.path.display().to_string()]);
    }
    command
}

/// From the first tone to the end of the last.
fn code_takes(profile: &Profile, digits: &str) -> Duration {
    let count = |code: &str| u32::try_from(code.len()).unwrap_or(u32::MAX);
    let number = count(digits) + profile.terminator.as_deref().map_or(0, count);
    let timing = profile.timing;
    let all = timing.tone * (count(&profile.start) + number);
    all + timing.gap * (count(&profile.start) - 1 + number - 1) + timing.pause
}

impl Story<'_> {
    fn tell(&mut self) -> Result<(), String> {
        let list: Vec<Value> = self.words.colleagues.iter().map(words::Colleague::entry).collect();
        self.stage.ask("colleagues", json!({ "list": list }))?;
        self.stage.world.client_calls()?;
        self.seconds(1.0)?;
        self.picture("ringing")?;
        self.tap(self.words.answer)?;
        self.seconds(2.0)?;
        self.picture("talking")?;
        let tapped = self.pass_the_client()?;
        self.prepare(tapped);
        self.go_on(tapped)?;
        // What the PBX still has to say, and what the app shows of it.
        self.seconds(1.5)?;
        self.picture("end")
    }

    /// Taps the colleague's tile, or types the number. When the transfer was started.
    fn pass_the_client(&mut self) -> Result<Duration, String> {
        let tile = self.words.colleagues.iter().find(|colleague| colleague.number == self.digits);
        self.stage.world.lose_next_tone = self.options.then() == Then::Retry;
        if self.stage.world.lose_next_tone {
            self.stage.world.journal.say(self.stage.world.now, self.words.line_lost);
        }
        if let Some(colleague) = tile {
            self.tap(colleague.name)?;
        } else {
            self.tap(self.words.number)?;
            for digit in self.digits.clone().chars() {
                self.tap(&digit.to_string())?;
            }
            self.picture("number")?;
            self.tap(self.words.pass)?;
            if !self.wait_for(0, "tone_on", Duration::from_secs(2))? {
                // A number that may also be an emergency service's is asked about once.
                self.picture("asked-once")?;
                let asked = format!("{} {}", self.words.pass_to, self.digits);
                self.tap(&asked)?;
            }
        }
        self.must(0, "tone_on", "the first tone")?;
        self.stage.world.journal.last("tap").ok_or_else(|| missing("a tap"))
    }

    fn prepare(&mut self, tapped: Duration) {
        let plan = [
            (self.options.cut_at_ms, Happening::Drop),
            (self.options.waiting_call_at_ms, Happening::WaitingCall),
            (self.options.client_hangs_up_at_ms, Happening::ClientHangsUp),
        ];
        for (after, what) in plan {
            if let Some(after) = after {
                self.stage.happen(tapped + after, what);
            }
        }
    }

    /// From the tap to the end of the story.
    fn go_on(&mut self, tapped: Duration) -> Result<(), String> {
        if let Some(after) = self.options.cancel_at_ms {
            return self.cancel(tapped, after);
        }
        if let Some(after) = self.options.key_at_ms {
            // Opened before, the key comes in time; a key that comes sooner opens the keypad itself.
            if after > KEYPAD_OPENS {
                self.tap(self.words.keypad)?;
            }
            self.until(tapped + after)?;
            self.stage.ask("key", json!({ "key": "5" }))?;
        }
        if self.interrupted() {
            return self.interruption(tapped);
        }
        self.until(tapped + Duration::from_millis(1450))?;
        self.picture("sending")?;
        if self.options.cut_at_ms.is_some() {
            return self.wait_until("the end of the call", World::call_over).and_then(|()| self.pbx_ends());
        }
        self.until(tapped + self.code_takes)?;
        if let Some(after) = self.options.client_hangs_up_at_ms {
            return self.until(tapped + after + Duration::from_secs(2));
        }
        if self.options.then() == Then::Retry {
            self.retry()?;
        }
        self.consultation()?;
        self.picture("consultation")?;
        match self.options.then() {
            Then::Connect | Then::Retry => self.tap(self.words.connect)?,
            Then::Hangup => self.tap(self.words.red)?,
            Then::Return => return self.back(),
        }
        self.pbx_ends()
    }

    /// «Отмена», or «Вернуться к клиенту» once the code is out.
    fn cancel(&mut self, tapped: Duration, after: Duration) -> Result<(), String> {
        if after < GUARD {
            self.stage.world.journal.say(self.stage.world.now, self.words.guarded);
        }
        self.until(tapped + after.max(GUARD))?;
        if after >= self.code_takes {
            self.seconds(GUARD.as_secs_f64())?;
            return self.back();
        }
        let from = self.stage.world.journal.events().len();
        self.tap(self.words.cancel)?;
        self.seconds(0.5)?;
        self.picture("cancelled")?;
        if self.start_sent() {
            self.must(from, "returned", "the client back in the talk")?;
        }
        Ok(())
    }

    /// A key by hand or another call broke the sending off: the employee sees to the client first.
    fn interruption(&mut self, tapped: Duration) -> Result<(), String> {
        if let Some(after) = self.options.waiting_call_at_ms {
            self.until(tapped + after + Duration::from_secs(1))?;
            self.picture("another-call")?;
            self.tap(self.words.decline)?;
        }
        if self.options.key_at_ms.is_some() {
            self.seconds(0.5)?;
            self.tap(self.words.keypad)?;
        }
        self.seconds(1.0)?;
        self.picture("broken-off")?;
        if self.start_sent() {
            let from = self.stage.world.journal.events().len();
            self.tap(self.words.back)?;
            self.must(from, "returned", "the client back in the talk")
        } else {
            self.tap(self.words.go_on)
        }
    }

    /// Whether the phone has sent the whole code that opens the transfer: the PBX has taken it, or will when the network
    /// has delivered it.
    fn start_sent(&self) -> bool {
        let ended = self.stage.world.journal.events().iter().filter(|event| event.what == "tone_off");
        let sent: String = ended.filter_map(|event| event.with["key"].as_str()).collect();
        sent.starts_with(&self.start)
    }

    fn back(&mut self) -> Result<(), String> {
        // From a phone that is off the PBX has come back by itself: the tap tells the app.
        let by_itself = self.options.answer == Colleague::Off;
        let from = if by_itself { 0 } else { self.stage.world.journal.events().len() };
        self.tap(self.words.back)?;
        self.seconds(0.3)?;
        self.picture("returning")?;
        self.must(from, "returned", "the client back in the talk")
    }

    fn retry(&mut self) -> Result<(), String> {
        self.seconds(2.5)?;
        let from = self.stage.world.journal.events().len();
        self.tap(self.words.still_hear)?;
        self.seconds(0.7)?;
        self.picture("still-hear")?;
        self.tap(self.words.retry)?;
        self.must(from, "feature", "the code at the PBX")
    }

    /// Until the employee hears what tells them how it went: a voice, short beeps, long tones for long enough, the client.
    fn consultation(&mut self) -> Result<(), String> {
        let tells = |hears| matches!(hears, Hears::Colleague | Hears::Busy | Hears::Congestion | Hears::Invalid);
        let told = |world: &World| world.snapshot().and_then(|snapshot| snapshot.employee).is_some_and(tells);
        if self.options.answer == Colleague::Never {
            self.must(0, "target", "the colleague's phone")?;
            return self.seconds(4.0);
        }
        if self.options.answer == Colleague::Off {
            self.must(0, "returned", "the client back in the talk")?;
            return self.seconds(1.5);
        }
        self.wait_until("an answer from the PBX", told)?;
        self.seconds(1.5)
    }

    /// The call is over for the employee; the PBX brings it to its end.
    fn pbx_ends(&mut self) -> Result<(), String> {
        let over = |event: &Event| matches!(event.what.as_str(), "joined" | "lost");
        self.wait_until("the end of the transfer", World::call_over)?;
        self.stage.wait(PATIENCE, |world| world.journal.has(0, over))?;
        Ok(())
    }

    /// What happened, from the PBX's point of view alone.
    fn outcome(&self) -> &'static str {
        let did = |what: &str| self.stage.world.journal.has(0, |event| event.at != "app" && event.what == what);
        let tapped =
            |text: &str| self.stage.world.journal.has(0, |event| event.what == "tap" && event.with["text"] == text);
        let talking = self.stage.world.snapshot().is_some_and(|snapshot| snapshot.client == Some(Hears::Employee));
        if did("joined") {
            "joined"
        } else if !talking {
            "lost"
        } else if tapped(self.words.cancel) {
            "cancelled"
        } else if self.interrupted() {
            "interrupted"
        } else if did("returned") {
            "returned"
        } else {
            "lost"
        }
    }

    /// What these options call for, by asterisk-measured.md.
    fn expected(&self) -> &'static str {
        let options = self.options;
        let in_code = |at: Option<Duration>| at.is_some_and(|at| at < self.code_takes);
        if in_code(options.cut_at_ms) || options.client_hangs_up_at_ms.is_some() {
            "lost"
        } else if options.cancel_at_ms.is_some() {
            if in_code(options.cancel_at_ms) { "cancelled" } else { "returned" }
        } else if self.interrupted() {
            "interrupted"
        } else if options.then() == Then::Return && options.cut_at_ms.is_none() {
            "returned"
        } else if options.answer == Colleague::Talk {
            "joined"
        } else {
            "lost"
        }
    }

    /// Whether a key or another call comes while the code is being sent.
    fn interrupted(&self) -> bool {
        let in_code = |at: Option<Duration>| at.is_some_and(|at| at < self.code_takes);
        in_code(self.options.key_at_ms) || in_code(self.options.waiting_call_at_ms)
    }

    fn tap(&mut self, text: &str) -> Result<(), String> {
        self.stage.ask("tap", json!({ "text": text }))
    }

    fn picture(&mut self, name: &str) -> Result<(), String> {
        self.pictures += 1;
        let file = self.options.out.join(format!("{:02}-{name}.png", self.pictures));
        self.stage.ask("screenshot", json!({ "file": std::path::absolute(&file).unwrap_or(file) }))
    }

    fn seconds(&mut self, seconds: f64) -> Result<(), String> {
        self.stage.pause(Duration::from_secs_f64(seconds))
    }

    fn until(&mut self, t: Duration) -> Result<(), String> {
        self.stage.pause(t.saturating_sub(self.stage.world.now))
    }

    fn wait_for(&mut self, from: usize, what: &str, limit: Duration) -> Result<bool, String> {
        self.stage.wait(limit, |world| world.journal.has(from, |event| event.what == what))
    }

    fn must(&mut self, from: usize, what: &str, name: &str) -> Result<(), String> {
        let came = self.wait_for(from, what, PATIENCE)?;
        if came { Ok(()) } else { Err(missing(name)) }
    }

    fn wait_until(&mut self, name: &str, done: impl Fn(&World) -> bool) -> Result<(), String> {
        let came = self.stage.wait(PATIENCE, done)?;
        if came { Ok(()) } else { Err(missing(name)) }
    }
}

fn missing(name: &str) -> String {
    format!("{name} did not come within {} s", PATIENCE.as_secs())
}
