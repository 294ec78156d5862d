//! Which timing of the phone gets through which network, and where it breaks: the tables of docs/networks.md.

mod sweep;
mod table;

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Plays the transfer code through every network at every timing, and through each impairment until it breaks. Prints
/// the tables of docs/networks.md; two to three minutes on two cores.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask networks", disable_version_flag = true)]
struct Options {
    /// Fail unless the tables in this file are what is printed
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "docs/networks.md")]
    check: Option<PathBuf>,
    /// Put the tables into this file, in place of those that stand there
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "docs/networks.md", conflicts_with = "check")]
    write: Option<PathBuf>,
}

/// What stands around the tables.
const BEGIN: &str = "<!-- cargo xtask networks -->\n";
const END: &str = "<!-- end -->\n";

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    // A file that cannot be used is told before the work.
    let around = options.check.as_deref().or(options.write.as_deref()).map(Around::read).transpose()?;
    let tables = format!("{}\n{}", table::networks()?, table::impairments()?);
    print!("{tables}");
    match around {
        None => Ok(()),
        Some(around) if options.write.is_some() => around.put(&tables),
        Some(around) if around.tables == tables => Ok(()),
        Some(around) => Err(format!(
            "The tables in {} are not these. `cargo xtask networks --write` puts them there.",
            around.file.display()
        )),
    }
}

/// A file with tables in it.
struct Around {
    file: PathBuf,
    before: String,
    tables: String,
    after: String,
}

impl Around {
    fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
        let (before, (tables, after)) =
            parts.ok_or_else(|| format!("{}: there is no {BEGIN:?} … {END:?}", file.display()))?;
        Ok(Self { file: file.to_owned(), before: before.into(), tables: tables.into(), after: after.into() })
    }

    fn put(&self, tables: &str) -> Result<(), String> {
        let text = [self.before.as_str(), BEGIN, tables, END, self.after.as_str()].concat();
        std::fs::write(&self.file, text).map_err(|error| format!("{}: {error}", self.file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_put_between_their_marks_and_a_file_without_marks_is_named() {
        let file = std::env::temp_dir().join(format!("starhash-networks-{}.md", std::process::id()));
        std::fs::write(&file, format!("before\n{BEGIN}old\n{END}after\n")).unwrap();
        let around = Around::read(&file).unwrap();
        assert_eq!(around.tables, "old\n");
        around.put("new\n").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("before\n{BEGIN}new\n{END}after\n"));
        std::fs::write(&file, "nothing").unwrap();
        let error = Around::read(&file).map(|_| ()).unwrap_err();
        std::fs::remove_file(&file).unwrap();
        assert!(error.contains("there is no"), "{error}");
    }
}
