//! Where things are.

use crate::failure::Failure;
use std::env;
use std::path::{self, PathBuf};

/// The repository and Cargo's target folder, wherever `CARGO_TARGET_DIR` or Cargo's configuration put it.
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// # Errors
    /// When this program was not started by `cargo run`.
    pub fn locate() -> Result<Self, Failure> {
        // As `cargo run` tells it, not as it was when this was compiled: a checkout may be moved, target folder and all.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let program = env::current_exe()
            .map_err(|error| Failure::failed(format!("Cannot find this program's file: {error}.")))?;
        match (manifest.parent(), program.ancestors().nth(2)) {
            (Some(root), Some(target)) => Ok(Self { root: root.to_owned(), target: target.to_owned() }),
            _ => Err(Failure::failed(format!("{} can only be started as `cargo xtask`.", program.display()))),
        }
    }

    pub fn android(&self) -> PathBuf {
        self.root.join("android")
    }

    /// What the build of the app leaves: generated sources, classes, stamps, logs.
    pub fn out(&self) -> PathBuf {
        self.target.join("android")
    }

    /// A file that cargo built.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    pub fn generated(&self) -> PathBuf {
        self.out().join("generated")
    }
}

/// The path that an environment variable names, seen from where this program was started: others are started elsewhere.
pub fn named_path(variable: &str) -> Option<PathBuf> {
    let path = env::var_os(variable).filter(|path| !path.is_empty())?;
    // It fails for an empty path, and where the current folder is gone.
    path::absolute(&path).ok().or_else(|| Some(path.into()))
}
