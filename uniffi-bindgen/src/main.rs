//! `uniffi-bindgen LIBRARY OUT_DIR`: Kotlin bindings of the core, read from its unstripped host library;
//! `uniffi-bindgen LIBRARY FILE.h`: its C interface as a header.
//!
//! A package of its own, so that `xtask` starts without compiling a generator, and on `uniffi_bindgen`
//! directly: `uniffi`'s `cli` feature would be unified into the core and drag the generator into it.

use anyhow::{Context, Result};
use std::path::Path;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

mod header;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: uniffi-bindgen LIBRARY OUT_DIR|FILE.h";
    let source = args.next().context(usage)?;
    let out = args.next().context(usage)?;
    if Path::new(&out).extension().is_some_and(|kind| kind == "h") {
        return std::fs::write(&out, header::header(&source)?).with_context(|| format!("{out} cannot be written"));
    }
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: source.into(),
        out_dir: out.into(),
        crate_filter: Some("starhash_core".to_owned()),
        ..GenerateOptions::default()
    })
}
