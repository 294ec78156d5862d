//! PBX profiles: codes and timings as data, read from TOML and checked field by field.

use std::time::Duration;

use crate::error::CoreError;

mod file;
#[cfg(test)]
mod tests;

/// The end of a code's last symbol may come this long after the end of its first one. Asterisk gives up at 1000 ms and
/// then *the client hears the code* (asterisk-measured.md, "Timing"). This much a profile may plan; how late it may
/// really get is [`crate::dtmf::CODE_END_LIMIT`].
pub const CODE_LIMIT: Duration = Duration::from_millis(800);
/// No tone is ever shorter: 65 ms is the least a VoLTE sender may use (telecom-facts.md, 3GPP TS 26.114).
pub const TONE_FLOOR: Duration = Duration::from_millis(70);
/// No silence between two tones is ever shorter; same source as [`TONE_FLOOR`].
pub const GAP_FLOOR: Duration = Duration::from_millis(70);
/// The longest tone and the longest gap a profile may ask for.
pub const SYMBOL_CEILING: Duration = Duration::from_millis(500);
/// The longest pause after `start`: with its prompt off a PBX waits for less than 2900 ms (asterisk-measured.md).
pub const PAUSE_CEILING: Duration = Duration::from_millis(2500);

/// The profiles in `profiles/` (pbx-profiles.md), by the names of their files.
const BUILT_IN: [(&str, &str); 13] = [
    ("default", include_str!("../profiles/default.toml")),
    ("asterisk", include_str!("../profiles/asterisk.toml")),
    ("ezycloud", include_str!("../profiles/ezycloud.toml")),
    ("freepbx", include_str!("../profiles/freepbx.toml")),
    ("freeswitch", include_str!("../profiles/freeswitch.toml")),
    ("infocaller", include_str!("../profiles/infocaller.toml")),
    ("innovaphone", include_str!("../profiles/innovaphone.toml")),
    ("kompaas", include_str!("../profiles/kompaas.toml")),
    ("kyivstar", include_str!("../profiles/kyivstar.toml")),
    ("mizu", include_str!("../profiles/mizu.toml")),
    ("supervoip", include_str!("../profiles/supervoip.toml")),
    ("yeastar", include_str!("../profiles/yeastar.toml")),
    ("zadarma", include_str!("../profiles/zadarma.toml")),
];

/// One PBX's way of transferring a call by in-call tones. The keys of the file are described in `docs/profile.md`.
///
/// Codes hold only `0-9 * #` and are never empty; a value of this type has passed every check of [`Profile::from_toml`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What people call this PBX.
    pub name: String,
    /// Where the codes come from: a document, a vendor's page.
    pub source: String,
    /// How far the source can be trusted.
    pub confidence: Confidence,
    /// Opens an attended transfer: the client is put on music, the PBX waits for the number.
    pub start: String,
    /// Ends the number; without one the PBX finds the end by itself (fixed-length plan, or 3 s of silence).
    pub terminator: Option<String>,
    /// Brings the client back during the consultation. May be equal to the terminator, as in the user's PBX.
    pub return_code: Option<String>,
    /// Joins client and colleague.
    pub complete: Complete,
    /// Opens a blind transfer.
    pub blind: Option<String>,
    /// Changes over between client and colleague.
    pub swap: Option<String>,
    /// Brings the client back when the employee cancels half-way.
    pub cancel: Cancel,
    /// The calls that can be transferred; never empty.
    pub directions: Vec<Direction>,
    /// How long tones and silences last.
    pub timing: Timing,
    /// How outside numbers are written for this PBX.
    pub numbers: Numbers,
}

/// How far a profile's source can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum Confidence {
    /// From the user of this PBX.
    #[serde(rename = "user")]
    User,
    /// Stated by the vendor.
    A,
    /// Partly, or second hand.
    B,
}

/// What joins client and colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complete {
    /// The employee hangs up.
    HangUp,
    /// The employee sends this code.
    Code(String),
}

/// The direction of a call as the employee's phone sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The PBX called the employee.
    Incoming,
    /// The employee dialled.
    Outgoing,
}

/// Bursts of symbols that bring the client back when the employee cancels, by how far the code had got. Before `start`
/// is complete nothing is needed, after the terminator it is the return code.
///
/// Between two bursts the sender stays silent for at least 1.1 s, so that the PBX cannot read them as one code (`##` is
/// the blind transfer of many; asterisk-measured.md: a lone `#` is let go 1.1 s after its end). An empty list: nothing
/// is known to bring the client back, the PBX does it by itself after a while.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cancel {
    /// `start` is sent, no digit yet.
    pub waiting: Vec<String>,
    /// Some digits are sent, the terminator is not.
    pub number: Vec<String>,
}

/// How long tones and silences last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// A symbol sounds this long.
    pub tone: Duration,
    /// Silence between two symbols.
    pub gap: Duration,
    /// Silence between the end of the last tone of `start` and the first digit.
    pub pause: Duration,
}

/// How outside numbers are written for a PBX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Replaces `+7` before ten national digits: `8` or `7`.
    pub trunk: String,
    /// Replaces the `+` of every other country: `810` or `00`.
    pub international: String,
}

impl Profile {
    /// The profile of the user's document.
    ///
    /// # Errors
    /// Never for the file in this repository (a test reads it); a `Result` so that file and code cannot drift apart.
    pub fn default_profile() -> Result<Self, CoreError> {
        Self::from_toml(BUILT_IN[0].1)
    }

    /// The names of the profiles that come with the program, the user's own first.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The file of the profile that comes with the program under this name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|(other, _)| *other == name).map(|(_, text)| *text)
    }

    /// Reads a profile file.
    ///
    /// # Errors
    /// [`CoreError::Profile`] naming the first key that is unknown, missing, of the wrong type or out of its range.
    pub fn from_toml(text: &str) -> Result<Self, CoreError> {
        file::read(text)
    }

    /// The same PBX at another timing. A longer pause of its own stays: it waits for the PBX, not for the ear.
    ///
    /// # Errors
    /// [`CoreError::Profile`] naming the first code that would take longer than [`CODE_LIMIT`].
    pub fn timed(self, timing: Timing) -> Result<Self, CoreError> {
        let profile = Self { timing: Timing { pause: timing.pause.max(self.timing.pause), ..timing }, ..self };
        file::check_codes(&profile)?;
        Ok(profile)
    }

    /// The timing for sending the code once more after the PBX has not taken it: as slow as [`Timing::CAREFUL`] at
    /// least, unless a code would then break [`CODE_LIMIT`].
    #[must_use]
    pub fn slower(&self) -> Timing {
        let (own, careful) = (self.timing, Timing::CAREFUL);
        let slower = Timing {
            tone: own.tone.max(careful.tone),
            gap: own.gap.max(careful.gap),
            pause: own.pause.max(careful.pause),
        };
        if self.codes().all(|(_, code)| slower.span(code) <= CODE_LIMIT) { slower } else { own }
    }

    /// Every code of the profile with the key it stands under.
    fn codes(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let complete = match &self.complete {
            Complete::HangUp => None,
            Complete::Code(code) => Some(code),
        };
        let single = [
            ("start", Some(&self.start)),
            ("terminator", self.terminator.as_ref()),
            ("return", self.return_code.as_ref()),
            ("complete", complete),
            ("blind", self.blind.as_ref()),
            ("swap", self.swap.as_ref()),
        ];
        let single = single.into_iter().filter_map(|(key, code)| Some((key, code?)));
        let waiting = self.cancel.waiting.iter().map(|code| ("cancel.waiting", code));
        let number = self.cancel.number.iter().map(|code| ("cancel.number", code));
        single.chain(waiting).chain(number).map(|(key, code)| (key, code.as_str()))
    }
}

impl Timing {
    /// For PBXs known to be quick: Asterisk reads 50/50 (asterisk-measured.md), the rest is for the radio and a late
    /// clock. The pause stays: it waits for the PBX, not for the ear.
    pub const FAST: Self = Self::from_ms(80, 80, 900);
    /// telecom-facts.md, "Timing": `*#204#` lasts 1.44 s and the pause.
    pub const NORMAL: Self = Self::from_ms(120, 120, 900);
    /// For a PBX or a line that missed the code. `*#` still ends 370 ms after `*`; the pause lets a prompt of more than
    /// a second begin or pass, and is far from the 2.9 s after which Asterisk stops waiting.
    pub const CAREFUL: Self = Self::from_ms(150, 220, 1500);

    const fn from_ms(tone: u64, gap: u64, pause: u64) -> Self {
        Self { tone: Duration::from_millis(tone), gap: Duration::from_millis(gap), pause: Duration::from_millis(pause) }
    }

    /// From the end of a code's first symbol to the end of its last one.
    fn span(&self, code: &str) -> Duration {
        let after_first = u32::try_from(code.len().saturating_sub(1)).unwrap_or(u32::MAX);
        (self.tone + self.gap).saturating_mul(after_first)
    }
}
