//! Why a command ended, in words for the person at the terminal.

use std::fmt;
use std::process::ExitCode;

/// What went wrong, with what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// Something is not on this machine or cannot be fetched: exit 2.
    Missing(String),
    /// A step failed or was asked for wrongly: exit 1.
    Failed(String),
    /// The world around the phone ended with this code and has said why.
    World(u8),
}

impl Failure {
    pub fn missing(message: impl Into<String>) -> Self {
        Self::Missing(message.into())
    }

    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    /// For a file operation of our own that did not work.
    pub fn file(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::failed(format!("Cannot {doing} {}: {error}.", path.display()))
    }

    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Missing(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::from(1),
            Self::World(code) => ExitCode::from(*code),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(message) | Self::Failed(message) => f.write_str(message),
            Self::World(code) => write!(f, "`cargo phone` ended with code {code}."),
        }
    }
}
