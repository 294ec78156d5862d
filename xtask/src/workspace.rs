//! Where things are.

use crate::failure::Failure;
use std::path::{Path, PathBuf};

/// The repository and Cargo's target folder, wherever `CARGO_TARGET_DIR` or Cargo's configuration put it.
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// # Errors
    /// When this program was not started from a target folder, as `cargo run` does.
    pub fn locate() -> Result<Self, Failure> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let program = std::env::current_exe()
            .map_err(|error| Failure::failed(format!("Cannot find this program's file: {error}.")))?;
        match (manifest.parent(), program.ancestors().nth(2)) {
            (Some(root), Some(target)) => Ok(Self { root: root.to_owned(), target: target.to_owned() }),
            _ => Err(Failure::failed(format!(
                "{} does not lie in a target folder. Start it as `cargo xtask`.",
                program.display()
            ))),
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
