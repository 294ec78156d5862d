//! The program's two outputs.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// What a command has to say when it could do its work.
#[derive(Debug, Default)]
pub struct Said {
    /// For standard output.
    pub text: String,
    /// What is wrong all the same, and the exit code for it.
    pub trouble: Option<(String, u8)>,
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { text, trouble: None }
    }
}

/// A line on standard error. Where that cannot be written there is nobody to tell.
pub fn note(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Results on standard output; `false`: whoever reads them has heard enough (`starhash … | head -1`), which is no failure.
///
/// # Errors
/// They could not be written (a full disk, say), and what to do.
pub fn print(text: &[u8]) -> Result<bool, String> {
    let mut out = io::stdout();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(format!("the result cannot be written: {error}; write it somewhere else")),
    }
}
