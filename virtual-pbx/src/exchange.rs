//! A forwarded call on the desk, in line time: line, decoder and PBX tied together.
//!
//! All times are [`Duration`]s on one clock of the caller's choice. The exchange itself has no
//! clock: it plays the line in frames of 20 ms up to the watermark it is given, and what the
//! fingers did is placed on its exact sample, however late the news arrives.

use crate::decoder::{Decoder, Symbol};
use crate::level::{FRAME, RATE};
use crate::line::{Line, Tone};
use crate::network::Conditions;
use crate::sound;
use serde::Serialize;
use starhash_core::pbx::{Doing, Event, Hears, Input, Pbx, PbxEvent, Phones, Snapshot};
use std::collections::VecDeque;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;
use thiserror::Error;

/// Nanoseconds a sample.
const SAMPLE_NS: u64 = 1_000_000_000 / RATE as u64;

/// Something that happened at the PBX.
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeEvent {
    /// When, on the caller's clock.
    pub t: Duration,
    /// What.
    pub what: What,
}

/// Serialises with the word of the desk's vocabulary in `do`:
/// `{"do":"decoded","key":"#","ms":120}`, `{"do":"target","number":"204"}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum What {
    /// A tone has sounded on the mobile leg, and ended now.
    Sounded(Sounded),
    /// The PBX has decoded a symbol from the audio of the mobile leg.
    Heard(Heard),
    /// The PBX did something about it, or about a hang-up, or because time was up.
    Did(Event),
}

/// A tone on the mobile leg, as the network made it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "do", rename = "tone_off")]
pub struct Sounded {
    /// The key.
    pub key: char,
    /// How long it was, in milliseconds.
    pub ms: u64,
}

/// A decoded symbol.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "do", rename = "decoded")]
pub struct Heard {
    /// The key.
    pub key: char,
    /// How long its tone was, in milliseconds, to about 5 ms.
    pub ms: u64,
}

/// Why the exchange refuses something.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// There are no tones for this key.
    #[error("tone on: there is no key {key:?}; use 0-9 * #")]
    Key {
        /// What was asked for.
        key: char,
    },
    /// The line has already been played beyond this moment.
    #[error("{t:?} is past: the line has been played up to {line:?}; tell it before advancing")]
    Late {
        /// The moment that was asked for.
        t: Duration,
        /// How far the line is.
        line: Duration,
    },
    /// The recording cannot be written.
    #[error("recording {file}: {cause}")]
    Recording {
        /// Where to.
        file: String,
        /// What is wrong.
        cause: hound::Error,
    },
}

/// A call that the PBX has forwarded to the employee's mobile, from the moment it was answered.
#[derive(Debug)]
pub struct Exchange {
    start: Duration,
    played: u64,
    line: Line,
    decoder: Decoder,
    pbx: Pbx,
    /// The client has put the employee on hold.
    client_holds: bool,
    inputs: VecDeque<(Duration, Input)>,
    events: Vec<ExchangeEvent>,
    recording: Vec<i16>,
    client: Ear,
    employee: Ear,
    colleague: Ear,
}

/// What somebody has heard, and hears now since which sample.
#[derive(Debug, Default)]
struct Ear {
    hears: Option<Hears>,
    since: u64,
    audio: Vec<i16>,
}

impl Ear {
    fn hear(&mut self, hears: Option<Hears>, from: u64) {
        if hears != self.hears {
            (self.hears, self.since) = (hears, from);
        }
        let first = from - self.since;
        let sounds = hears.unwrap_or(Hears::Nothing);
        self.audio.extend((first..first + FRAME as u64).map(|n| sound::at(sounds, n)));
    }
}

impl Exchange {
    /// A call answered at `start`: client and employee talk, through a network in which chance takes the course of `seed`.
    #[must_use]
    pub fn new(pbx: Pbx, conditions: Conditions, seed: u64, start: Duration) -> Self {
        Self {
            start,
            played: 0,
            line: Line::new(conditions, seed),
            decoder: Decoder::default(),
            pbx,
            client_holds: false,
            inputs: VecDeque::new(),
            events: Vec::new(),
            recording: Vec::new(),
            client: Ear::default(),
            employee: Ear::default(),
            colleague: Ear::default(),
        }
    }

    /// At `t` the phone begins to send the tones of `key`; when the line carries them is up to the network.
    ///
    /// # Errors
    /// [`ExchangeError::Key`], or [`ExchangeError::Late`] if `t` is before [`Exchange::now`].
    pub fn tone_on(&mut self, t: Duration, key: char) -> Result<(), ExchangeError> {
        let at = self.sample_at(t)?;
        if self.line.tone_on(at, key) { Ok(()) } else { Err(ExchangeError::Key { key }) }
    }

    /// At `t` the phone stops sending a tone.
    ///
    /// # Errors
    /// [`ExchangeError::Late`] if `t` is before [`Exchange::now`].
    pub fn tone_off(&mut self, t: Duration) -> Result<(), ExchangeError> {
        let at = self.sample_at(t)?;
        self.line.tone_off(at);
        Ok(())
    }

    /// At `t` the employee's leg goes down: hung up, or dropped by the network. The PBX knows when the news has arrived.
    ///
    /// # Errors
    /// [`ExchangeError::Late`] if `t` is before [`Exchange::now`].
    pub fn mobile_down(&mut self, t: Duration) -> Result<(), ExchangeError> {
        self.at(t, self.line.delay(), Input::EmployeeHangsUp)
    }

    /// At `t` the client hangs up.
    ///
    /// # Errors
    /// [`ExchangeError::Late`] if `t` is before [`Exchange::now`].
    pub fn client_hangs_up(&mut self, t: Duration) -> Result<(), ExchangeError> {
        self.at(t, Duration::ZERO, Input::ClientHangsUp)
    }

    /// At `t` the colleague takes the call that rings.
    ///
    /// # Errors
    /// [`ExchangeError::Late`] if `t` is before [`Exchange::now`].
    pub fn colleague_answers(&mut self, t: Duration) -> Result<(), ExchangeError> {
        self.at(t, Duration::ZERO, Input::ColleagueAnswers)
    }

    /// At `t` the colleague hangs up, or refuses the call while it rings.
    ///
    /// # Errors
    /// [`ExchangeError::Late`] if `t` is before [`Exchange::now`].
    pub fn colleague_hangs_up(&mut self, t: Duration) -> Result<(), ExchangeError> {
        self.at(t, Duration::ZERO, Input::ColleagueHangsUp)
    }

    fn at(&mut self, t: Duration, delay: Duration, input: Input) -> Result<(), ExchangeError> {
        self.sample_at(t)?;
        let t = t + delay;
        let place = self.inputs.partition_point(|(other, _)| *other <= t);
        self.inputs.insert(place, (t, input));
        Ok(())
    }

    /// Plays the line in whole frames of 20 ms, not beyond `watermark`, and returns what happened,
    /// in order of time. Nothing older than the watermark may be told afterwards.
    pub fn advance_to(&mut self, watermark: Duration) -> Vec<ExchangeEvent> {
        while self.time_of(self.played + FRAME as u64) <= watermark {
            self.play_frame();
        }
        let mut events = std::mem::take(&mut self.events);
        events.sort_by_key(|event| event.t);
        events
    }

    /// How far the line has been played.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.time_of(self.played)
    }

    /// Legs and who hears what, at [`Exchange::now`].
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let mut ears = self.pbx.snapshot();
        if self.client_holds && ears.employee == Some(Hears::Client) {
            (ears.client, ears.employee) = (Some(Hears::Nothing), Some(Hears::Music));
        }
        ears
    }

    /// The client's own telephone system puts the employee on hold, or takes them back: in the talk with the client there
    /// is music on the line, and its echo in the mobile leg, just where the start code is sent. The PBX knows nothing of it.
    pub fn client_holds(&mut self, holds: bool) {
        self.client_holds = holds;
    }

    /// Whether the client has put the employee on hold.
    #[must_use]
    pub fn is_held_by_client(&self) -> bool {
        self.client_holds
    }

    /// What the PBX is about, at [`Exchange::now`].
    #[must_use]
    pub fn doing(&self) -> Doing {
        self.pbx.doing()
    }

    /// Who can be called; a change counts from the next transfer on.
    pub fn phones_mut(&mut self) -> &mut Phones {
        self.pbx.phones_mut()
    }

    /// The mobile leg as the PBX heard it, after A-law and concealment: 8 kHz, 16 bits, from the answer to
    /// the end of that leg.
    #[must_use]
    pub fn recording(&self) -> &[i16] {
        &self.recording
    }

    /// What the client has heard since the answer: 8 kHz, 16 bits, a frame every 20 ms played.
    /// People are silent, and symbols that leaked are an event only, not a sound.
    #[must_use]
    pub fn client_audio(&self) -> &[i16] {
        &self.client.audio
    }

    /// What the employee has heard, like [`Exchange::client_audio`].
    #[must_use]
    pub fn employee_audio(&self) -> &[i16] {
        &self.employee.audio
    }

    /// What the colleague has heard, like [`Exchange::client_audio`].
    #[must_use]
    pub fn colleague_audio(&self) -> &[i16] {
        &self.colleague.audio
    }

    /// Writes [`Exchange::recording`] as a WAV file (PCM, mono).
    ///
    /// # Errors
    /// [`ExchangeError::Recording`] with the file's name if it cannot be written.
    pub fn write_recording(&self, file: &Path) -> Result<(), ExchangeError> {
        wav(&self.recording)
            .and_then(|bytes| Ok(std::fs::write(file, bytes)?))
            .map_err(|cause| ExchangeError::Recording { file: file.display().to_string(), cause })
    }

    fn play_frame(&mut self) {
        let from = self.played;
        let ears = self.snapshot();
        self.client.hear(ears.client, from);
        self.employee.hear(ears.employee, from);
        self.colleague.hear(ears.colleague, from);
        let heard = self.line.frame(&self.employee.audio);
        for Tone { key, start, end } in self.line.take_sounded() {
            let what = What::Sounded(Sounded { key, ms: milliseconds(end - start) });
            self.events.push(ExchangeEvent { t: self.time_of(end), what });
        }
        for sample in heard {
            self.played += 1;
            let now = self.now();
            while let Some((t, input)) = self.inputs.pop_front_if(|(t, _)| *t < now) {
                self.tell_pbx(input, t);
            }
            if self.pbx.snapshot().employee.is_some() {
                self.recording.push(sample);
                if let Some(symbol) = self.decoder.push(sample) {
                    self.decoded(symbol, now);
                }
            }
        }
        self.tell_pbx(Input::Tick, self.now());
    }

    fn decoded(&mut self, Symbol { key, start, end }: Symbol, now: Duration) {
        let ms = milliseconds(end - start);
        self.events.push(ExchangeEvent { t: now, what: What::Heard(Heard { key, ms }) });
        let (start, end) = (self.time_of(start), self.time_of(end));
        self.tell_pbx(Input::Symbol { key, start, end }, now);
    }

    fn tell_pbx(&mut self, input: Input, now: Duration) {
        let happened = self.pbx.handle(input, now);
        let happened =
            happened.into_iter().map(|PbxEvent { at, event }| ExchangeEvent { t: at, what: What::Did(event) });
        self.events.extend(happened);
    }

    /// The first sample at or after `t`.
    fn sample_at(&self, t: Duration) -> Result<u64, ExchangeError> {
        let line = self.now();
        if t < line {
            return Err(ExchangeError::Late { t, line });
        }
        let since = t.saturating_sub(self.start).as_nanos().div_ceil(u128::from(SAMPLE_NS));
        Ok(u64::try_from(since).unwrap_or(u64::MAX))
    }

    fn time_of(&self, sample: u64) -> Duration {
        self.start + Duration::from_nanos(sample.saturating_mul(SAMPLE_NS))
    }
}

fn milliseconds(samples: u64) -> u64 {
    samples * 1000 / u64::from(RATE)
}

/// A WAV file: PCM, mono, 8 kHz, 16 bits.
///
/// # Errors
/// If it would be longer than a WAV file can be (4 GiB).
pub fn wav(samples: &[i16]) -> Result<Vec<u8>, hound::Error> {
    let spec =
        hound::WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut bytes = Cursor::new(Vec::new());
    let mut wav = hound::WavWriter::new(&mut bytes, spec)?;
    for sample in samples {
        wav.write_sample(*sample)?;
    }
    wav.finalize()?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests;
