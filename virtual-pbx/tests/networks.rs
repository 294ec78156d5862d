//! The phone's own timings through the networks that everybody has, over many seeds.

use starhash_core::profile::Timing;
use std::time::Duration;
use virtual_pbx::Network;
use virtual_pbx::line::Echo;
use virtual_pbx::trial::{Trial, TrialError};

/// An extension, and an outside number as the default profile writes it.
const NUMBERS: [&str; 2] = ["204", "89453012210"];

/// Every transfer reaches the right colleague and comes back, and the client hears none of it.
fn passes(network: Network) -> Result<(), TrialError> {
    for timing in [Timing::FAST, Timing::NORMAL, Timing::CAREFUL] {
        for number in NUMBERS {
            for seed in 1000..1025 {
                let mut trial = Trial::new(network.conditions(), timing, seed)?;
                assert!(trial.reaches(number)?, "{network:?} {timing:?} {number}, seed {seed}: {trial:#?}");
                assert!(trial.returns()?, "{network:?} {timing:?} {number}, seed {seed}: {trial:#?}");
            }
        }
    }
    Ok(())
}

#[test]
fn every_timing_passes_the_ideal_line() -> Result<(), TrialError> {
    passes(Network::Ideal)
}

#[test]
fn every_timing_passes_volte() -> Result<(), TrialError> {
    passes(Network::Volte)
}

#[test]
fn every_timing_passes_2g() -> Result<(), TrialError> {
    passes(Network::TwoG)
}

#[test]
fn a_seed_repeats_itself_and_another_one_does_not() {
    let heard = |seed| {
        let mut trial = Trial::new(Network::Lossy.conditions(), Timing::NORMAL, seed).unwrap();
        trial.reaches("204").unwrap();
        trial.line().to_vec()
    };
    assert_eq!(heard(1), heard(1));
    assert_ne!(heard(1), heard(2));
}

#[test]
fn the_music_of_a_client_who_holds_is_in_the_line_before_the_code() -> Result<(), TrialError> {
    let mut conditions = Network::Ideal.conditions();
    conditions.line.echo = Some(Echo { loss_db: 10.0, delay: Duration::from_millis(200) });
    let before_the_code = |seed, holds: bool| -> Result<Vec<i16>, TrialError> {
        let mut trial = Trial::new(conditions, Timing::NORMAL, seed)?;
        if holds {
            trial.client_holds();
        }
        assert!(trial.reaches("204")?);
        Ok(trial.line()[..8000].to_vec())
    };
    let loud = |line: Vec<i16>| line.iter().any(|x| x.unsigned_abs() > 300);
    assert!(loud(before_the_code(1, true)?) && loud(before_the_code(2, true)?) && !loud(before_the_code(1, false)?));
    Ok(())
}

#[test]
fn nothing_but_the_audio_of_the_line_moves_the_pbx() {
    for network in [Network::Ideal, Network::Volte, Network::TwoG, Network::Lossy, Network::Satellite] {
        let mut conditions = network.conditions();
        conditions.line.muted = true;
        let mut trial = Trial::new(conditions, Timing::NORMAL, 1).unwrap();
        assert!(!trial.reaches("204").unwrap());
        assert!(trial.line().iter().all(|x| x.unsigned_abs() <= 8), "{network:?}: silence is the smallest A-law step");
    }
}
