//! What need not be done again. A stamp is a file holding the fingerprint of a step's inputs,
//! written after the step succeeded.

use crate::failure::Failure;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Runs `work` unless the last successful run had the same `fingerprint` and `complete` still holds.
pub fn unless_fresh(
    stamp: &Path,
    fingerprint: u64,
    complete: impl Fn() -> bool,
    work: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let current = format!("{fingerprint:016x}\n");
    if fs::read_to_string(stamp).is_ok_and(|old| old == current) && complete() {
        return Ok(());
    }
    // A step broken off half-way must not look done.
    let _ = fs::remove_file(stamp);
    work()?;
    if !complete() {
        return Err(Failure::failed(format!(
            "The step {} ended well but left nothing.",
            stamp.file_name().unwrap_or_default().to_string_lossy()
        )));
    }
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
    }
    fs::write(stamp, current).map_err(|error| Failure::file("write", stamp, &error))
}

/// Names and contents of all files at and under `paths`; a path that is not there counts as empty.
pub fn contents(paths: &[PathBuf]) -> Result<u64, Failure> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        for file in files_under(path)? {
            file.strip_prefix(path).unwrap_or(&file).hash(&mut hasher);
            fs::read(&file).map_err(|error| Failure::file("read", &file, &error))?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// Size and time of a large file: cargo touches it only when it relinks.
pub fn size_and_time(file: &Path) -> Result<u64, Failure> {
    let about = fs::metadata(file).map_err(|error| Failure::file("read", file, &error))?;
    let mut hasher = DefaultHasher::new();
    (about.len(), about.modified().ok()).hash(&mut hasher);
    Ok(hasher.finish())
}

/// Every file at or under `path`, sorted.
pub fn files_under(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |error| Failure::file("read", path, &error);
    let mut entries = fs::read_dir(path)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        files.extend(files_under(&entry)?);
    }
    Ok(files)
}
