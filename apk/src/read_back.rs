//! Everything that must hold of an APK, read from its own bytes.

use crate::{dex, elf, manifest, pack, signature, texts};
use anyhow::{Context, Result, ensure};
use object::{Object, ObjectSymbol};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::{CompressionMethod, ZipArchive};

/// What an APK is held against.
pub struct Reader {
    aapt2: PathBuf,
    /// The oldest Android the app runs on; the manifest says the same, or is refused.
    min_sdk: u32,
    offered: elf::Offered,
    certificate: String,
}

/// A library in an APK.
struct Library {
    name: String,
    abi: String,
    bytes: Vec<u8>,
}

impl Reader {
    /// # Errors
    /// When the symbol list cannot be read.
    pub fn new(aapt2: &Path, symbols: &Path, min_sdk: u32, certificate: &str) -> Result<Self> {
        let list = fs::read_to_string(symbols).with_context(|| symbols.display().to_string())?;
        let offered = elf::Offered::read(&list)?;
        Ok(Self { aapt2: aapt2.to_owned(), min_sdk, offered, certificate: certificate.to_owned() })
    }

    /// What is wrong with `apk`.
    ///
    /// # Errors
    /// When it is no APK at all.
    pub fn problems(&self, apk: &Path) -> Result<Vec<String>> {
        let bytes = fs::read(apk)?;
        let mut wrong = match signature::certificate(&bytes) {
            Ok(certificate) if certificate == self.certificate => Vec::new(),
            Ok(other) => vec![format!("signature: by the certificate {other}, not {}", self.certificate)],
            Err(error) => vec![format!("signature: {error:#}")],
        };
        wrong.extend(manifest::problems(&self.dump(&["xmltree", "--file", "AndroidManifest.xml"], apk)?, self.min_sdk));
        wrong.extend(texts::problems(&self.dump(&["resources"], apk)?));
        let mut zip = ZipArchive::new(Cursor::new(bytes.as_slice()))?;
        let mut code = Vec::new();
        zip.by_name("classes.dex").context("there is no classes.dex")?.read_to_end(&mut code)?;
        let classes = dex::classes(&code)?;
        let libraries = libraries(&mut zip, &mut wrong)?;
        for library in &libraries {
            wrong.extend(elf::problems(&library.name, &library.abi, &library.bytes, &self.offered, self.min_sdk)?);
        }
        let abis: BTreeSet<&str> = libraries.iter().map(|library| library.abi.as_str()).collect();
        if abis.is_empty() {
            wrong.push("there is no library".to_owned());
        }
        for abi in abis {
            for file in ["libstarhash_core.so", "libjnidispatch.so"] {
                if !libraries.iter().any(|library| library.abi == abi && library.name.ends_with(file)) {
                    wrong.push(format!("lib/{abi}/{file} is missing"));
                }
            }
            let exported = |file: &str| {
                let of = |library: &&Library| library.abi == abi && library.name.ends_with(file);
                libraries.iter().find(of).map_or_else(|| Ok(BTreeSet::new()), |library| exports(&library.bytes))
            };
            let problems = dex::problems(&classes, &exported("libstarhash_core.so")?, &exported("libjnidispatch.so")?);
            wrong.extend(problems.into_iter().map(|what| format!("{what} ({abi})")));
        }
        Ok(wrong)
    }

    /// What aapt2 prints of an APK.
    fn dump(&self, what: &[&str], apk: &Path) -> Result<String> {
        let output = Command::new(&self.aapt2)
            .arg("dump")
            .args(what)
            .arg(apk)
            .output()
            .with_context(|| format!("cannot start {}", self.aapt2.display()))?;
        ensure!(output.status.success(), "aapt2 cannot read it: {}", String::from_utf8_lossy(&output.stderr).trim());
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The libraries; how they lie in the file is judged on the way.
fn libraries(zip: &mut ZipArchive<Cursor<&[u8]>>, wrong: &mut Vec<String>) -> Result<Vec<Library>> {
    let mut libraries = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index)?;
        let name = entry.name()?.into_owned();
        let start = entry.data_start().with_context(|| format!("{name} begins nowhere"))?;
        let stored = entry.compression() == CompressionMethod::Stored;
        if name == "resources.arsc" && !(stored && start.is_multiple_of(4)) {
            wrong.push(format!("{name} must be stored at a multiple of 4, or Android 11 refuses the APK"));
        }
        let Some(abi) = name.strip_prefix("lib/").and_then(|path| path.split('/').next()) else { continue };
        if !(stored && start.is_multiple_of(u64::from(pack::LIBRARY_ALIGNMENT))) {
            wrong.push(format!("{name} is not stored at a multiple of 16 KB but at {start:#x}"));
        }
        let mut bytes = Vec::new();
        let abi = abi.to_owned();
        entry.read_to_end(&mut bytes)?;
        libraries.push(Library { name, abi, bytes });
    }
    Ok(libraries)
}

/// The names a library offers.
fn exports(bytes: &[u8]) -> Result<BTreeSet<String>> {
    let file = object::File::parse(bytes)?;
    let offered = file.dynamic_symbols().filter(ObjectSymbol::is_definition);
    Ok(offered.filter_map(|symbol| symbol.name().ok().map(str::to_owned)).collect())
}
