//! Many trials with one thing made worse.

use starhash_core::profile::Timing;
use std::thread;
use std::time::Duration;
use virtual_pbx::line::Echo;
use virtual_pbx::network::events::Events;
use virtual_pbx::network::media::Loss;
use virtual_pbx::network::signalling::Signalling;
use virtual_pbx::network::{Carriage, Transit};
use virtual_pbx::trial::{Trial, TrialError};
use virtual_pbx::{Conditions, Network};

/// Trials of each kind.
pub const SEEDS: u64 = 100;

/// What came of [`SEEDS`] trials.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    well: u64,
    /// The longest time from the phone's last tone to the call.
    pub behind: Option<Duration>,
}

impl Tally {
    /// Trials that went well, of a hundred.
    pub fn percent(self) -> u64 {
        self.well * 100 / SEEDS
    }

    fn and(self, other: Self) -> Self {
        Self { well: self.well + other.well, behind: self.behind.max(other.behind) }
    }
}

/// The code for `number` and the return code.
pub fn there_and_back(conditions: Conditions, timing: Timing, number: &str) -> Result<Tally, String> {
    trials(|seed| {
        let mut trial = Trial::new(conditions, timing, seed)?;
        let reached = trial.reaches(number)?;
        let behind = trial.behind().filter(|_| reached);
        Ok(Tally { well: u64::from(reached && trial.returns()?), behind })
    })
}

fn there(conditions: Conditions, timing: Timing, music: bool) -> Result<Tally, String> {
    trials(|seed| {
        let mut trial = Trial::new(conditions, timing, seed)?;
        if music {
            trial.client_holds();
        }
        let well = u64::from(trial.reaches("204")?);
        Ok(Tally { well, behind: None })
    })
}

/// Holds a trial for every seed, on all cores.
fn trials(trial: impl Fn(u64) -> Result<Tally, TrialError> + Sync) -> Result<Tally, String> {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let share = |core: u64| {
        let seeds = (core..SEEDS).step_by(usize::try_from(cores).unwrap_or(1));
        seeds.map(&trial).try_fold(Tally::default(), |tally, next| Ok::<_, TrialError>(tally.and(next?)))
    };
    thread::scope(|scope| {
        let shares: Vec<_> = (0..cores).map(|core| scope.spawn(move || share(core))).collect();
        let joined = shares.into_iter().map(|share| share.join().map_err(|_| "a trial broke off".to_owned()));
        joined
            .map(|share| share?.map_err(|error| error.to_string()))
            .try_fold(Tally::default(), |tally, share| Ok(tally.and(share?)))
    })
}

/// Something that can be made worse.
pub struct Impairment {
    pub name: &'static str,
    /// The network in which all else stays as it is.
    pub network: Network,
    /// From harmless to bad.
    pub values: &'static [f64],
    pub unit: &'static str,
    /// Whether the return code is sent as well.
    back: bool,
    /// Whether the client's own system plays music meanwhile.
    music: bool,
    worsen: fn(&mut Conditions, f64),
}

impl Impairment {
    /// What comes of it at this value.
    pub fn at(&self, value: f64, timing: Timing) -> Result<Tally, String> {
        let mut conditions = self.network.conditions();
        (self.worsen)(&mut conditions, value);
        if self.back { there_and_back(conditions, timing, "204") } else { there(conditions, timing, self.music) }
    }
}

/// An impairment of the way to the colleague.
const fn of(
    (name, network): (&'static str, Network),
    (values, unit): (&'static [f64], &'static str),
    worsen: fn(&mut Conditions, f64),
) -> Impairment {
    Impairment { name, network, values, unit, back: false, music: false, worsen }
}

/// All of them.
pub const IMPAIRMENTS: &[Impairment] = &[
    of(
        ("loss of event packets, each for itself", Network::Volte),
        (&[1.0, 5.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0], "%"),
        |conditions, percent| events(conditions).loss = Loss::single(percent / 100.0),
    ),
    of(
        ("5 % of event packets lost, mean run of", Network::Volte),
        (&[1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0], "packets"),
        |conditions, burst| events(conditions).loss = Loss { rate: 0.05, burst },
    ),
    of(
        ("jitter of event packets", Network::Volte),
        (&[40.0, 80.0, 120.0, 160.0, 200.0, 250.0, 300.0, 400.0, 500.0], "ms"),
        |conditions, ms| events(conditions).transit.jitter = time(ms),
    ),
    of(
        ("delay of a message, one way", Network::TwoG),
        (&[90.0, 120.0, 150.0, 180.0, 200.0, 220.0, 240.0, 260.0, 280.0], "ms"),
        |conditions, ms| signalling(conditions).transit = Transit { delay: time(ms), jitter: Duration::ZERO },
    ),
    of(("jitter of a message", Network::TwoG), (&[60.0, 100.0, 150.0, 200.0, 250.0, 300.0], "ms"), |conditions, ms| {
        signalling(conditions).transit.jitter = time(ms);
    }),
    of(
        ("shortest tone of the network", Network::TwoG),
        (&[65.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0], "ms"),
        |conditions, ms| signalling(conditions).min_tone = time(ms),
    ),
    of(
        ("shortest gap of the network", Network::TwoG),
        (&[65.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0], "ms"),
        |conditions, ms| signalling(conditions).min_gap = time(ms),
    ),
    of(
        ("level of each tone", Network::Ideal),
        (&[-10.0, -20.0, -30.0, -34.0, -36.0, -38.0, -40.0, -42.0, -44.0, -46.0], "dBm0"),
        |conditions, dbm0| {
            (conditions.line.low_dbm0, conditions.line.high_dbm0) = (dbm0, dbm0);
        },
    ),
    of(
        ("twist: the high tone is louder by", Network::Ideal),
        (&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0], "dB"),
        |conditions, db| conditions.line.high_dbm0 = conditions.line.low_dbm0 + db,
    ),
    of(
        ("twist: the low tone is louder by", Network::Ideal),
        (&[2.0, 4.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0], "dB"),
        |conditions, db| conditions.line.high_dbm0 = conditions.line.low_dbm0 - db,
    ),
    of(
        ("white noise", Network::Ideal),
        (&[-50.0, -40.0, -30.0, -25.0, -20.0, -18.0, -16.0, -14.0, -12.0, -10.0, -8.0], "dBm0"),
        |conditions, dbm0| conditions.line.noise_dbm0 = Some(dbm0),
    ),
    Impairment {
        back: true,
        ..of(
            ("echo of dial tone and ringback, weaker by", Network::Ideal),
            (&[40.0, 30.0, 20.0, 10.0, 5.0, 0.0], "dB"),
            echo,
        )
    },
    Impairment {
        music: true,
        ..of(("echo of music, weaker by", Network::Ideal), (&[40.0, 30.0, 20.0, 10.0, 5.0, 0.0], "dB"), echo)
    },
    of(
        ("loss of audio packets, each for itself", Network::Ideal),
        (&[1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0], "%"),
        |conditions, percent| conditions.audio_loss = Loss::single(percent / 100.0),
    ),
    of(
        ("1 % of audio packets lost, mean run of", Network::Ideal),
        (&[1.5, 2.0, 3.0, 4.0, 6.0, 8.0], "packets"),
        |conditions, burst| conditions.audio_loss = Loss { rate: 0.01, burst },
    ),
];

fn echo(conditions: &mut Conditions, loss_db: f64) {
    conditions.line.echo = Some(Echo { loss_db, delay: Duration::from_millis(200) });
}

fn time(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}

/// The event packets of a network that has them.
fn events(conditions: &mut Conditions) -> &mut Events {
    match &mut conditions.carriage {
        Carriage::Events(events) => events,
        _ => unreachable!("the impairment names a network of events"),
    }
}

/// The messages of a network that has them.
fn signalling(conditions: &mut Conditions) -> &mut Signalling {
    match &mut conditions.carriage {
        Carriage::Signalled(signalling) => signalling,
        _ => unreachable!("the impairment names a network of messages"),
    }
}
