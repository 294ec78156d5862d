//! The directory as Kotlin sees it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::directory::{Colleague, Directory};
use crate::error::CoreError;
use crate::profile::{Numbers, Profile};

/// The colleagues, kept in a file of the app's own. Reads and writes that file: use it off the main thread.
#[derive(uniffi::Object)]
pub struct Colleagues {
    path: PathBuf,
    numbers: Numbers,
    directory: Mutex<Directory>,
}

#[uniffi::export]
impl Colleagues {
    /// Reads the file; one that is not there is an empty list.
    ///
    /// # Errors
    /// [`CoreError::Directory`] for a file that cannot be read; a broken one has been kept aside.
    #[uniffi::constructor]
    pub fn open(path: String) -> Result<Arc<Self>, CoreError> {
        let path = PathBuf::from(path);
        let directory = Mutex::new(Directory::load(&path)?);
        Ok(Arc::new(Self { path, numbers: Profile::default_profile()?.numbers, directory }))
    }

    /// All colleagues, best first. `now_ms`: milliseconds since the epoch.
    pub fn list(&self, now_ms: i64) -> Vec<Colleague> {
        self.directory.lock().unwrap_or_else(PoisonError::into_inner).best_first(now_ms)
    }

    /// Adds a colleague with id 0 as a new one, replaces the one with this id otherwise; returns what was kept.
    ///
    /// # Errors
    /// [`CoreError::Number`] or [`CoreError::Directory`]; the list and the file are then as before.
    pub fn save(&self, colleague: Colleague) -> Result<Colleague, CoreError> {
        self.change(|directory| {
            let mut id = colleague.id;
            if id == 0 {
                id = directory.add(colleague, &self.numbers)?;
            } else {
                directory.edit(colleague, &self.numbers)?;
            }
            let unknown = || CoreError::Internal { reason: "a colleague just kept is not in the list".into() };
            directory.get(id).cloned().ok_or_else(unknown)
        })
    }

    /// Takes a colleague off the list.
    ///
    /// # Errors
    /// [`CoreError::Directory`] for an unknown id or a file that cannot be written.
    pub fn delete(&self, id: u64) -> Result<(), CoreError> {
        self.change(|directory| directory.delete(id))
    }

    /// Counts a transfer to this colleague.
    ///
    /// # Errors
    /// [`CoreError::Directory`] for a file that cannot be written.
    pub fn used(&self, id: u64, now_ms: i64) -> Result<(), CoreError> {
        self.change(|directory| {
            directory.used(id, now_ms);
            Ok(())
        })
    }
}

impl Colleagues {
    /// A change counts only once it is in the file.
    fn change<T>(&self, change: impl FnOnce(&mut Directory) -> Result<T, CoreError>) -> Result<T, CoreError> {
        let mut kept = self.directory.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = kept.clone();
        let result = change(&mut changed)?;
        changed.save(&self.path)?;
        *kept = changed;
        Ok(result)
    }
}
