//! The networks between the mobile and the PBX: what they do to a tone, as data.
//!
//! A tone begun and ended by the phone reaches the PBX as audio and as nothing else, by one of three [`Carriage`]s: the
//! mobile itself sounds it, a switch does on the phone's messages, or a gateway does on the event packets it really
//! received. Then the audio gets its level, noise and echo, and A-law packets of 20 ms carry it to the PBX. docs/networks.md
//! has the figures of every network in words, and at which of them the transfer code breaks.

pub mod events;
pub mod media;
pub mod signalling;

pub(crate) mod carrier;

use crate::chance::Chance;
use crate::level::samples;
use crate::line::{Echo, LineConfig};
use clap::ValueEnum;
use events::Events;
use media::Loss;
use signalling::Signalling;
use std::time::Duration;

/// A network by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Network {
    /// The mobile's own tones, to the sample
    #[default]
    Ideal,
    /// VoLTE: event packets (RFC 4733), a gateway makes the tones
    Volte,
    /// GSM: messages with acknowledgements, the switch makes the tones
    #[value(name = "2g")]
    TwoG,
    /// Wi-Fi calling over a bad link: event packets and audio get lost in bursts
    Lossy,
    /// VoLTE whose base station hangs on a geostationary satellite
    Satellite,
}

/// All that a network does to a tone on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// How the tone gets from the phone into the audio.
    pub carriage: Carriage,
    /// How the audio sounds.
    pub line: LineConfig,
    /// Loss of audio packets of 20 ms on the last leg, to the PBX.
    pub audio_loss: Loss,
}

/// How a tone gets from the phone into the audio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Carriage {
    /// The mobile itself sounds it, without a delay.
    InBand,
    /// Messages to a switch that sounds it.
    Signalled(Signalling),
    /// Event packets to a gateway that sounds it.
    Events(Events),
}

/// How long something takes through a network, one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transit {
    /// The least.
    pub delay: Duration,
    /// What chance adds, evenly from nothing to this.
    pub jitter: Duration,
}

impl Transit {
    /// How long it takes this time, in samples.
    fn take(self, chance: &mut Chance) -> u64 {
        samples(self.delay) + chance.up_to(samples(self.jitter))
    }
}

impl Carriage {
    /// The least time from the phone to the far end, which a hang-up takes as well.
    #[must_use]
    pub fn delay(&self) -> Duration {
        match self {
            Self::InBand => Duration::ZERO,
            Self::Signalled(signalling) => signalling.transit.delay,
            Self::Events(events) => events.transit.delay,
        }
    }
}

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Shortest tone and shortest gap a network makes: "at least 65 ms" for both, "to harmonize with legacy DTMF signalling"
/// (3GPP TS 26.114, G.2); that a media gateway checks them for messages as well: 3GPP TS 23.205, 14.4.1.1.2.
const SHORTEST: Duration = ms(65);
/// Asterisk ends a tone when no packet of its event has come for so long (`res_rtp_asterisk.c`, `DEFAULT_DTMF_TIMEOUT`).
const SILENCE_ENDS_EVENT: Duration = ms(150);

const IDEAL: Conditions = Conditions { carriage: Carriage::InBand, line: LineConfig::USUAL, audio_loss: Loss::NONE };

/// Voice over LTE has QCI 1: at most 100 ms through the access, at most 1 % lost (3GPP TS 23.203, table 6.1.7); the events
/// go out with the speech, every 20 ms (26.114, annex G). An acoustic echo is at least 46 dB down (3GPP TS 26.131).
const VOLTE: Conditions = Conditions {
    carriage: Carriage::Events(Events {
        every: ms(20),
        transit: Transit { delay: ms(60), jitter: ms(40) },
        loss: Loss::single(0.01),
        buffer: ms(40),
        min_tone: SHORTEST,
        min_gap: SHORTEST,
        timeout: SILENCE_ENDS_EVENT,
    }),
    line: LineConfig { echo: Some(Echo { loss_db: 46.0, delay: ms(200) }), ..LineConfig::USUAL },
    audio_loss: Loss::NONE,
};

/// The delay is what ITU-T G.114 plans for a land mobile system, 80–110 ms one way. The jitter is a repeated frame on the
/// stolen speech channel now and then; nobody has published it for DTMF messages, so it is an estimate.
const TWO_G: Conditions = Conditions {
    carriage: Carriage::Signalled(Signalling {
        transit: Transit { delay: ms(90), jitter: ms(60) },
        min_tone: SHORTEST,
        min_gap: SHORTEST,
    }),
    line: LineConfig { echo: Some(Echo { loss_db: 46.0, delay: ms(220) }), ..LineConfig::USUAL },
    audio_loss: Loss::NONE,
};

/// Chosen to hurt, not measured: 5 % lost in runs of three; events every 50 ms, as in the example of RFC 4733, with a
/// jitter in which they overtake each other; 7 dB less level, more noise, an echo as of a loudspeaker, and 2 % of the audio
/// lost on a trunk through the internet.
const LOSSY: Conditions = Conditions {
    carriage: Carriage::Events(Events {
        every: ms(50),
        transit: Transit { delay: ms(100), jitter: ms(100) },
        loss: Loss { rate: 0.05, burst: 3.0 },
        buffer: ms(60),
        min_tone: SHORTEST,
        min_gap: SHORTEST,
        timeout: SILENCE_ENDS_EVENT,
    }),
    line: LineConfig {
        low_dbm0: -16.0,
        high_dbm0: -14.0,
        noise_dbm0: Some(-50.0),
        echo: Some(Echo { loss_db: 30.0, delay: ms(350) }),
        muted: false,
    },
    audio_loss: Loss { rate: 0.02, burst: 1.5 },
};

/// [`VOLTE`] and 260 ms for the hop over 36 000 km (ITU-T G.114, table A.1), which the echo takes twice.
const SATELLITE: Conditions = Conditions {
    carriage: Carriage::Events(Events {
        every: ms(20),
        transit: Transit { delay: ms(320), jitter: ms(60) },
        loss: Loss { rate: 0.01, burst: 2.0 },
        buffer: ms(60),
        min_tone: SHORTEST,
        min_gap: SHORTEST,
        timeout: SILENCE_ENDS_EVENT,
    }),
    line: LineConfig { echo: Some(Echo { loss_db: 46.0, delay: ms(720) }), ..LineConfig::USUAL },
    audio_loss: Loss::NONE,
};

impl Network {
    /// Its name, as on the command line, on the page and in docs/networks.md.
    #[must_use]
    pub fn name(self) -> String {
        // No variant is skipped, so every one has its possible value.
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The names of all.
    #[must_use]
    pub fn names() -> Vec<String> {
        Self::value_variants().iter().map(|network| network.name()).collect()
    }

    /// The network of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// What it does.
    #[must_use]
    pub fn conditions(self) -> Conditions {
        match self {
            Self::Ideal => IDEAL,
            Self::Volte => VOLTE,
            Self::TwoG => TWO_G,
            Self::Lossy => LOSSY,
            Self::Satellite => SATELLITE,
        }
    }
}
