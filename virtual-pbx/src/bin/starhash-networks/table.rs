//! The tables, as Markdown.

use crate::sweep::{self, IMPAIRMENTS, Impairment, SEEDS};
use clap::ValueEnum;
use starhash_core::profile::Timing;
use std::fmt::Write as _;
use virtual_pbx::Network;

const TIMINGS: [Timing; 3] = [Timing::FAST, Timing::NORMAL, Timing::CAREFUL];
/// An extension, and an outside number as the default profile writes it.
const NUMBERS: [(&str, &str); 2] = [("extension", "204"), ("outside number", "89453012210")];

/// Network × timing: how many seeds reach the right colleague and come back, and how far the line is behind.
pub fn networks() -> Result<String, String> {
    let mut table = format!(
        "{SEEDS} seeds each: the right colleague is called, the client comes back with the return code and hears no \
         symbol. In brackets: how long after the phone's last tone the PBX has called, at most.\n\n\
         | network | number | fast 80/80 | normal 120/120 | careful 150/220 |\n|---|---|---|---|---|\n"
    );
    for network in Network::value_variants() {
        for number in NUMBERS {
            table += &network_row(*network, number)?;
        }
    }
    Ok(table)
}

fn network_row(network: Network, (name, number): (&str, &str)) -> Result<String, String> {
    let mut row = format!("| {} | {name} |", network.name());
    for timing in TIMINGS {
        let tally = sweep::there_and_back(network.conditions(), timing, number)?;
        let behind = tally.behind.map_or_else(|| "never".into(), |time| format!("{:.1} s", time.as_secs_f64()));
        let _ = write!(row, " {} % ({behind}) |", tally.percent());
    }
    Ok(row + "\n")
}

/// Impairment × timing: the last value that works, and what the first one that does not makes of it.
pub fn impairments() -> Result<String, String> {
    let mut table = format!(
        "One thing made worse, step by step, until fewer than 99 % of {SEEDS} seeds reach the right colleague. Each cell: \
         the last value that works; the first that does not, and how many seeds reach with it.\n\n\
         | made worse | in | fast 80/80 | normal 120/120 | careful 150/220 |\n|---|---|---|---|---|\n"
    );
    for impairment in IMPAIRMENTS {
        let Impairment { name, network, .. } = impairment;
        let mut row = format!("| {name} | {} |", network.name());
        for timing in TIMINGS {
            let _ = write!(row, " {} |", limit(impairment, timing)?);
        }
        table += &row;
        table.push('\n');
    }
    Ok(table)
}

fn limit(impairment: &Impairment, timing: Timing) -> Result<String, String> {
    let Impairment { values, unit, .. } = impairment;
    let mut works = None;
    for value in *values {
        let tally = impairment.at(*value, timing)?;
        if tally.percent() < 99 {
            let works = works.map_or_else(|| "nothing".into(), |works: f64| format!("{works} {unit}"));
            return Ok(format!("{works}; {value} {unit}: {} %", tally.percent()));
        }
        works = Some(*value);
    }
    Ok(works.map_or_else(String::new, |works| format!("{works} {unit}, the last tried")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOC: &str = include_str!("../../../../docs/networks.md");
    const HOW: &str = "`cargo xtask networks --write` makes the tables of docs/networks.md again";

    #[test]
    fn every_row_is_in_the_document() {
        let has = |row: &str| assert!(DOC.contains(row), "{row} is missing: {HOW}");
        for network in Network::value_variants() {
            has(&format!("| `{}` |", network.name()));
            for (number, _) in NUMBERS {
                has(&format!("\n| {} | {number} |", network.name()));
            }
        }
        for Impairment { name, network, .. } in IMPAIRMENTS {
            has(&format!("\n| {name} | {} |", network.name()));
        }
    }

    /// The row that changes first when the decoder or a network does: its packets and its audio get lost.
    #[test]
    fn the_row_of_the_lossy_network_is_still_true() {
        let row = network_row(Network::Lossy, NUMBERS[0]).unwrap();
        assert!(DOC.contains(&row), "now it is {row}{HOW}");
    }
}
