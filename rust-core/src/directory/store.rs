//! The file of colleagues: JSON with a version, replaced as a whole or not at all.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Directory, Entry, problem};
use crate::error::CoreError;

/// To be raised when a key changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored<'a> {
    version: u32,
    last_id: u64,
    colleagues: Cow<'a, [Entry]>,
}

/// The one key that every version has.
#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

impl Directory {
    /// Reads the file that [`Directory::save`] wrote; without a file the list is empty.
    ///
    /// # Errors
    /// [`CoreError::Directory`] when the file cannot be read or is broken. A broken file is renamed first
    /// (`….broken-1`, `-2`…), so that nothing saved later is written over it; loading again then gives an empty list.
    pub fn load(path: &Path) -> Result<Self, CoreError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(problem(format!("the file cannot be read: {error}"))),
        };
        parse(&bytes).map_err(|reason| {
            let kept = match set_aside(path) {
                Ok(name) => format!("the file is kept as {name}"),
                Err(error) => format!("it could not be renamed ({error}), copy it before anything is saved"),
            };
            problem(format!("{reason}; {kept}"))
        })
    }

    /// Writes the list beside `path`, down to the disk, and only then puts it in the place of the old file: whenever
    /// the power fails, one of the two is there and whole.
    ///
    /// # Errors
    /// [`CoreError::Directory`]; the old file is untouched then.
    pub fn save(&self, path: &Path) -> Result<(), CoreError> {
        let stored =
            Stored { version: VERSION, last_id: self.last_id, colleagues: Cow::Borrowed(self.entries.as_slice()) };
        let mut text = serde_json::to_vec_pretty(&stored).map_err(|error| not_saved(&error.into()))?;
        text.push(b'\n');
        replace(path, &text).map_err(|error| not_saved(&error))
    }
}

/// What is wrong is told by place and kind alone: the parser's own words may hold a number or a name.
fn parse(bytes: &[u8]) -> Result<Directory, String> {
    let words = |error: serde_json::Error| {
        let what = if error.is_data() { "an unexpected key or value" } else { "broken JSON" };
        format!("line {}, column {}: {what}", error.line(), error.column())
    };
    let AnyVersion { version } = serde_json::from_slice(bytes).map_err(words)?;
    if version != VERSION {
        return Err(format!("the file is of version {version}, this app reads version {VERSION}; update the app"));
    }
    let stored: Stored = serde_json::from_slice(bytes).map_err(words)?;
    let mut ids = HashSet::new();
    for Entry { colleague, usage } in stored.colleagues.iter() {
        let id = colleague.id;
        if id > stored.last_id || !ids.insert(id) {
            return Err(format!("the id {id} stands twice or is above last_id"));
        }
        if usage.score.is_sign_negative() {
            return Err(format!("the score of id {id} is negative"));
        }
    }
    Ok(Directory { entries: stored.colleagues.into_owned(), last_id: stored.last_id })
}

/// Gives the file the first free name; returns that name.
fn set_aside(path: &Path) -> io::Result<String> {
    let mut free = (1_u32..).map(|count| with_suffix(path, &format!(".broken-{count}"))).filter(|name| !name.exists());
    let aside = free.next().ok_or(ErrorKind::AlreadyExists)?;
    fs::rename(path, &aside)?;
    Ok(aside.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let beside = with_suffix(path, ".new");
    let mut file = File::create(&beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The new name is an entry of the folder, which has its own place on the disk.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn not_saved(error: &io::Error) -> CoreError {
    problem(format!("the list could not be saved: {error}; free some space and try again"))
}
