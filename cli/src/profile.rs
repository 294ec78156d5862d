//! `starhash profile`: the profiles there are, and whether a file is one.

use crate::say::Said;
use starhash_core::profile::{Complete, Confidence, Profile, Timing};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use virtual_pbx::setup::read_profile;

/// PBX profiles: the codes and timings of one PBX (docs/profile.md)
#[derive(Debug, clap::Subcommand)]
#[command(
    after_help = "Examples:\n  starhash profile list\n  starhash profile show asterisk > ours.toml\n  starhash profile check ours.toml"
)]
pub enum Command {
    /// Prints the profiles that come with the program
    #[command(after_help = "Example:\n  starhash profile list")]
    List,
    /// Prints a profile's file: one to start your own from
    #[command(after_help = "Example:\n  starhash profile show asterisk > ours.toml")]
    Show {
        /// A name from `starhash profile list`, or a file
        #[arg(value_name = "P")]
        profile: String,
    },
    /// Checks profile files, every key; exit code 2 if one cannot be used
    #[command(after_help = "Example:\n  starhash profile check ours.toml theirs.toml")]
    Check {
        /// Profile files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// A profile that has been read and checked, and its text.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub profile: Profile,
    text: String,
}

/// Runs the command.
pub fn run(command: Command) -> Result<Said, String> {
    match command {
        Command::List => list().map(Said::from),
        Command::Show { profile } => {
            choose(&profile).map(|chosen| chosen.text.into()).map_err(|error| format!("{profile}: {error}"))
        }
        Command::Check { files } => Ok(check(&files)),
    }
}

/// What comes with the program, or else a file.
pub fn choose(name: &str) -> Result<Chosen, String> {
    if let Some(text) = Profile::built_in(name) {
        let profile = Profile::from_toml(text).map_err(|error| error.to_string())?;
        return Ok(Chosen { profile, text: text.to_owned() });
    }
    if !Path::new(name).exists() {
        let names: Vec<_> = Profile::built_in_names().collect();
        return Err(format!(
            "there is no such file, and none of the profiles that come with the program: {}",
            names.join(", ")
        ));
    }
    let (text, profile) = read_profile(Path::new(name))?;
    Ok(Chosen { profile, text })
}

fn list() -> Result<String, String> {
    let mut text = format!(
        "{:<11} {:<10} {:<12} {:<7} {:<9} {:<6} conf\n",
        "name", "attended", "blind", "return", "complete", "swap"
    );
    for name in Profile::built_in_names() {
        let Chosen { profile, .. } = choose(name)?;
        let end = profile.terminator.as_deref().unwrap_or_default();
        let code = |start: &String| format!("{start} N {end}").trim_end().to_owned();
        let complete = if let Complete::Code(code) = &profile.complete { code } else { "hang up" };
        let confidence = match profile.confidence {
            Confidence::User => "user",
            Confidence::A => "A",
            Confidence::B => "B",
        };
        let or_none = |code: &Option<String>| code.clone().unwrap_or_else(|| "-".into());
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{name:<11} {:<10} {:<12} {:<7} {complete:<9} {:<6} {confidence}",
            code(&profile.start),
            profile.blind.as_ref().map_or_else(|| "-".into(), code),
            or_none(&profile.return_code),
            or_none(&profile.swap),
        );
    }
    text += "N: the number. conf: user: from the user of this PBX; A: the vendor says so; B: partly, or second hand.\n";
    Ok(text)
}

fn check(files: &[PathBuf]) -> Said {
    let (mut good, mut bad) = (String::new(), Vec::new());
    for file in files {
        let name = file.display();
        match read_profile(file) {
            Ok((_, profile)) => {
                let Timing { tone, gap, pause } = profile.timing;
                let (tone, gap, pause) = (tone.as_millis(), gap.as_millis(), pause.as_millis());
                let _ = writeln!(good, "{name}: {}: good; {tone}/{gap} ms, pause {pause} ms", profile.name);
            }
            Err(error) => bad.push(format!("{name}: {error}")),
        }
    }
    let trouble = (!bad.is_empty()).then(|| (bad.join("\nstarhash: "), 2));
    Said { text: good, trouble }
}
