//! How the libraries lie in an APK, and whether all of them are there.

use crate::pack::LIBRARY_ALIGNMENT;
use anyhow::{Context, Result};
use std::io::{Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

/// The kinds of processors there are phones with.
pub const ABIS: [&str; 3] = ["arm64-v8a", "armeabi-v7a", "x86_64"];
pub const CORE: &str = "libstarhash_core.so";
/// JNA's own: it calls the core.
pub const JNA: &str = "libjnidispatch.so";

/// A library in an APK.
pub struct Library {
    /// Its whole path: `lib/ABI/FILE`.
    pub name: String,
    pub abi: String,
    pub file: String,
    pub bytes: Vec<u8>,
}

/// The ABIs that the APK of this name is for: one, or all.
pub fn abis(apk: &str) -> Option<&[&str]> {
    match apk.strip_prefix("starhash-")?.strip_suffix(".apk")? {
        "universal" => Some(&ABIS),
        one => ABIS.iter().find(|abi| **abi == one).map(std::slice::from_ref),
    }
}

/// The libraries; how they and the resource table lie in the file is judged on the way.
///
/// # Errors
/// When the file cannot be read.
pub fn read(zip: &mut ZipArchive<Cursor<&[u8]>>, wrong: &mut Vec<String>) -> Result<Vec<Library>> {
    let mut libraries = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index)?;
        let name = entry.name()?.into_owned();
        let start = entry.data_start().with_context(|| format!("{name} begins nowhere"))?;
        let stored = entry.compression() == CompressionMethod::Stored;
        if name == "resources.arsc" && !(stored && start.is_multiple_of(4)) {
            wrong.push(format!("{name} must be stored at a multiple of 4, or Android 11 refuses the APK"));
        }
        let Some((abi, file)) = name.strip_prefix("lib/").map(|path| path.split_once('/').unwrap_or((path, ""))) else {
            continue;
        };
        if !stored {
            wrong.push(format!("{name} is deflated: it must be stored, or the phone cannot map it"));
        } else if !start.is_multiple_of(u64::from(LIBRARY_ALIGNMENT)) {
            wrong.push(format!("{name} lies at {start:#x}, not at a multiple of 16 KB"));
        }
        let mut bytes = Vec::new();
        let (abi, file) = (abi.to_owned(), file.to_owned());
        entry.read_to_end(&mut bytes)?;
        libraries.push(Library { name, abi, file, bytes });
    }
    Ok(libraries)
}

/// What is missing or too much in an APK for `abis`.
pub fn problems(libraries: &[Library], abis: &[&str]) -> Vec<String> {
    let files = [CORE, JNA];
    let wanted = |library: &Library| abis.contains(&library.abi.as_str()) && files.contains(&library.file.as_str());
    let extra = libraries.iter().filter(|library| !wanted(library));
    let mut wrong: Vec<String> = extra.map(|library| format!("{} does not belong here", library.name)).collect();
    for (abi, file) in abis.iter().flat_map(|abi| files.map(|file| (abi, file))) {
        if !libraries.iter().any(|library| library.abi == *abi && library.file == file) {
            wrong.push(format!("lib/{abi}/{file} is missing"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const STORED: CompressionMethod = CompressionMethod::Stored;
    const ARM: [&str; 2] = ["lib/arm64-v8a/libstarhash_core.so", "lib/arm64-v8a/libjnidispatch.so"];
    const X86: [&str; 2] = ["lib/x86_64/libstarhash_core.so", "lib/x86_64/libjnidispatch.so"];

    /// Entries with a word each, and what is wrong with them in the APK of this name.
    fn judged<'a>(
        apk: &str,
        entries: impl IntoIterator<Item = &'a str>,
        method: CompressionMethod,
        align: u16,
    ) -> Vec<String> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method).with_alignment(align);
        for entry in entries {
            zip.start_file(entry, options).unwrap();
            zip.write_all(b"word").unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let mut wrong = Vec::new();
        let libraries = read(&mut ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap(), &mut wrong).unwrap();
        wrong.extend(problems(&libraries, abis(apk).unwrap()));
        wrong
    }

    #[test]
    fn an_apk_holds_the_libraries_of_its_name_and_no_other() {
        let of_arm = |entries: &[&'static str]| judged("starhash-arm64-v8a.apk", entries.to_vec(), STORED, 16384);
        assert_eq!(of_arm(&ARM), [""; 0]);
        assert_eq!(of_arm(&ARM[..1]), ["lib/arm64-v8a/libjnidispatch.so is missing"]);
        assert_eq!(of_arm(&ARM[1..]), ["lib/arm64-v8a/libstarhash_core.so is missing"]);
        let both = [ARM, X86].concat();
        assert_eq!(of_arm(&both), X86.map(|name| format!("{name} does not belong here")));
        let more = [ARM.to_vec(), vec!["lib/arm64-v8a/libother.so", "lib/loose.so"]].concat();
        let extra = ["lib/arm64-v8a/libother.so", "lib/loose.so"].map(|name| format!("{name} does not belong here"));
        assert_eq!(of_arm(&more), extra);
    }

    #[test]
    fn the_universal_apk_holds_all() {
        let v7 = ["lib/armeabi-v7a/libstarhash_core.so", "lib/armeabi-v7a/libjnidispatch.so"];
        let universal = |entries: &[&'static str]| judged("starhash-universal.apk", entries.to_vec(), STORED, 16384);
        assert_eq!(universal(&[ARM, v7, X86].concat()), [""; 0]);
        assert_eq!(universal(&[ARM, X86].concat()), v7.map(|name| format!("{name} is missing")));
        assert_eq!(abis("starhash-riscv64.apk"), None);
        assert_eq!(abis("other.apk"), None);
    }

    #[test]
    fn a_library_that_cannot_be_mapped_is_named() {
        let wrong = judged("starhash-arm64-v8a.apk", ARM, CompressionMethod::Deflated, 16384);
        assert_eq!(wrong, ARM.map(|name| format!("{name} is deflated: it must be stored, or the phone cannot map it")));
        let wrong = judged("starhash-arm64-v8a.apk", ARM, STORED, 4096);
        assert!(wrong.iter().any(|what| what.ends_with("at 0x1000, not at a multiple of 16 KB")), "{wrong:?}");
    }

    #[test]
    fn a_resource_table_that_android_11_would_refuse_is_named() {
        for (method, align) in [(CompressionMethod::Deflated, 4), (STORED, 1)] {
            let wrong =
                judged("starhash-arm64-v8a.apk", ["abc", "resources.arsc"].into_iter().chain(ARM), method, align);
            assert!(wrong.iter().any(|what| what.starts_with("resources.arsc must be")), "{method}: {wrong:?}");
        }
    }
}
