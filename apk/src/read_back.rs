//! Everything that must hold of an APK, read from its own bytes.

use crate::libraries::{self, Library};
use crate::{backup, dex, elf, manifest, signature, texts};
use anyhow::{Context, Result, ensure};
use object::{Object, ObjectSymbol};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::ZipArchive;

/// What an APK is held against.
pub struct Reader {
    aapt2: PathBuf,
    /// The oldest Android the app runs on; the manifest says the same, or is refused.
    min_sdk: u32,
    offered: elf::Offered,
    certificate: String,
}

impl Reader {
    /// # Errors
    /// When the symbol list cannot be read.
    pub fn new(aapt2: &Path, symbols: &Path, min_sdk: u32, certificate: &str) -> Result<Self> {
        let offered = elf::Offered::of_file(symbols)?;
        Ok(Self { aapt2: aapt2.to_owned(), min_sdk, offered, certificate: certificate.to_owned() })
    }

    /// What is wrong with `apk`.
    ///
    /// # Errors
    /// When it is no APK at all.
    pub fn problems(&self, apk: &Path) -> Result<Vec<String>> {
        let name = apk.file_name().unwrap_or_default().to_string_lossy();
        let abis = libraries::abis(&name).with_context(|| format!("{name} is the name of none of our APKs"))?;
        let bytes = fs::read(apk)?;
        let mut wrong = match signature::certificate(&bytes, self.min_sdk) {
            Ok(certificate) if certificate == self.certificate => Vec::new(),
            Ok(other) => vec![format!("signature: by the certificate {other}, not {}", self.certificate)],
            Err(error) => vec![format!("signature: {error:#}")],
        };
        let xml = |file: &str| self.dump(&["xmltree", "--file", file], apk);
        let (manifest, resources) = (xml("AndroidManifest.xml")?, self.dump(&["resources"], apk)?);
        wrong.extend(manifest::problems(&manifest, self.min_sdk));
        wrong.extend(backup::problems(&manifest, &resources, xml)?);
        wrong.extend(texts::problems(&resources));
        let mut zip = ZipArchive::new(Cursor::new(bytes.as_slice()))?;
        let mut code = Vec::new();
        zip.by_name("classes.dex").context("there is no classes.dex")?.read_to_end(&mut code)?;
        let classes = dex::classes(&code)?;
        let libraries = libraries::read(&mut zip, &mut wrong)?;
        wrong.extend(libraries::problems(&libraries, abis));
        for library in &libraries {
            wrong.extend(elf::problems(&library.name, &library.abi, &library.bytes, &self.offered, self.min_sdk)?);
        }
        for abi in abis {
            let exported = |file: &str| {
                let of = |library: &&Library| library.abi == *abi && library.file == file;
                libraries.iter().find(of).map_or_else(|| Ok(BTreeSet::new()), |library| exports(&library.bytes))
            };
            let problems = dex::problems(&classes, &exported(libraries::CORE)?, &exported(libraries::JNA)?);
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

/// The names a library offers.
fn exports(bytes: &[u8]) -> Result<BTreeSet<String>> {
    let file = object::File::parse(bytes)?;
    let offered = file.dynamic_symbols().filter(ObjectSymbol::is_definition);
    Ok(offered.filter_map(|symbol| symbol.name().ok().map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests;
