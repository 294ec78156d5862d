//! `uniffi-bindgen LIBRARY OUT_DIR`: Kotlin bindings of the core, read from its unstripped host library.
//!
//! A package of its own, so that `xtask` starts without compiling a generator, and on `uniffi_bindgen`
//! directly: `uniffi`'s `cli` feature would be unified into the core and drag the generator into it.

use anyhow::{Context, Result};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: uniffi-bindgen LIBRARY OUT_DIR";
    let source = args.next().context(usage)?.into();
    let out_dir = args.next().context(usage)?.into();
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source,
        out_dir,
        crate_filter: Some("starhash_core".to_owned()),
        ..GenerateOptions::default()
    })
}
