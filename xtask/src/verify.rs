//! `cargo verify`: everything that must hold before a change is shown to anybody.

use crate::failure::Failure;

pub fn run() -> Result<(), Failure> {
    Err(Failure::failed("not yet"))
}
