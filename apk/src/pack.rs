//! Writes an APK that is not signed yet. The same parts give the same bytes.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Android maps a stored library straight from the APK: it must begin on a page, which newer phones have at 16 KB.
pub const LIBRARY_ALIGNMENT: u16 = 16384;
/// Everything else that is stored; `resources.arsc` is read in place.
const WORD: u16 = 4;

/// What goes into one APK.
#[derive(Debug, Default)]
pub struct Parts {
    /// aapt2's output: manifest, resource table, files of res/.
    pub resources: PathBuf,
    /// R8's output.
    pub dex: PathBuf,
    /// The ABI and the library's file.
    pub libraries: Vec<(String, PathBuf)>,
}

/// # Errors
/// A part that cannot be read, or the APK that cannot be written.
pub fn pack(parts: &Parts, out: &Path) -> Result<()> {
    let file = File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut apk = ZipWriter::new(BufWriter::new(file));
    resources(&parts.resources, &mut apk).with_context(|| format!("resources of {}", parts.resources.display()))?;
    apk.start_file("classes.dex", options(CompressionMethod::Deflated, WORD))?;
    apk.write_all(&read(&parts.dex)?)?;
    for (abi, library) in &parts.libraries {
        let Some(name) = library.file_name() else { bail!("{} is no library", library.display()) };
        let path = format!("lib/{abi}/{}", name.to_string_lossy());
        apk.start_file(path, options(CompressionMethod::Stored, LIBRARY_ALIGNMENT))?;
        apk.write_all(&read(library)?)?;
    }
    apk.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(())
}

/// Every entry of aapt2's file, compressed as it has it, in the order of the names.
fn resources(file: &Path, apk: &mut ZipWriter<BufWriter<File>>) -> Result<()> {
    let mut from = ZipArchive::new(File::open(file)?)?;
    let mut names: Vec<String> = from.file_names().map(|name| Ok(name?.into_owned())).collect::<Result<_>>()?;
    names.sort();
    for name in names {
        let mut entry = from.by_name(&name)?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        apk.start_file(&name, options(entry.compression(), WORD))?;
        apk.write_all(&bytes)?;
    }
    Ok(())
}

/// Without a time or an owner.
fn options(method: CompressionMethod, alignment: u16) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
    let options =
        options.unix_permissions(0o644).compression_level((method == CompressionMethod::Deflated).then_some(9));
    if method == CompressionMethod::Stored { options.with_alignment(alignment) } else { options }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_begin_on_pages_and_the_same_parts_give_the_same_file() {
        let folder = std::env::temp_dir().join(format!("starhash-pack-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = |name: &str| folder.join(name);
        for name in ["classes.dex", "liba.so", "libb.so"] {
            fs::write(file(name), [7; 1000]).unwrap();
        }
        let mut resources = ZipWriter::new(File::create(file("resources.apk")).unwrap());
        for (name, method) in
            [("res/b.xml", CompressionMethod::Deflated), ("resources.arsc", CompressionMethod::Stored)]
        {
            resources.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
            resources.write_all(name.as_bytes()).unwrap();
        }
        resources.finish().unwrap();
        let parts = Parts {
            resources: file("resources.apk"),
            dex: file("classes.dex"),
            libraries: ["liba.so", "libb.so"].map(|name| ("x86_64".to_owned(), file(name))).to_vec(),
        };
        pack(&parts, &file("one.apk")).unwrap();
        pack(&parts, &file("two.apk")).unwrap();
        assert_eq!(fs::read(file("one.apk")).unwrap(), fs::read(file("two.apk")).unwrap());
        let mut apk = ZipArchive::new(File::open(file("one.apk")).unwrap()).unwrap();
        for (name, alignment) in [("lib/x86_64/liba.so", 16384), ("lib/x86_64/libb.so", 16384), ("resources.arsc", 4)] {
            let entry = apk.by_name(name).unwrap();
            assert_eq!(entry.compression(), CompressionMethod::Stored, "{name}");
            assert_eq!(entry.data_start().unwrap() % alignment, 0, "{name}");
        }
        assert_eq!(apk.by_name("classes.dex").unwrap().compression(), CompressionMethod::Deflated);
        fs::remove_dir_all(folder).unwrap();
    }
}
