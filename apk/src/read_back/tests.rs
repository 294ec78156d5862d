//! On an APK that is really signed: `cargo verify` names it and an aapt2, since neither lies in git.

use super::*;
use crate::libraries::{ABIS, CORE};
use std::env;
use std::io::Write;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

struct Trial {
    apk: Vec<u8>,
    reader: Reader,
    folder: PathBuf,
}

impl Trial {
    fn new(name: &str) -> Self {
        let path =
            |variable: &str| PathBuf::from(env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set")));
        let apk = fs::read(path("STARHASH_APK")).unwrap();
        let symbols = Path::new(env!("CARGO_MANIFEST_DIR")).join("../android/native/bionic-symbols.txt");
        let certificate = signature::certificate(&apk, 30).unwrap();
        let reader = Reader::new(&path("STARHASH_AAPT2"), &symbols, 30, &certificate).unwrap();
        let folder = env::temp_dir().join(format!("starhash-read-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self { apk, reader, folder }
    }

    /// What is wrong with these bytes as an APK of this name.
    fn judged(&self, name: &str, apk: &[u8]) -> Vec<String> {
        let file = self.folder.join(name);
        fs::write(&file, apk).unwrap();
        self.reader.problems(&file).unwrap()
    }

    /// The APK with other entries, and therefore without its signature: what is wrong beside that.
    fn changed(&self, change: impl Fn(&str, Vec<u8>) -> Option<(Vec<u8>, CompressionMethod)>) -> Vec<String> {
        let mut from = ZipArchive::new(Cursor::new(self.apk.as_slice())).unwrap();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..from.len() {
            let mut entry = from.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            let Some((bytes, method)) = change(&name, bytes) else { continue };
            let options = SimpleFileOptions::default().compression_method(method);
            to.start_file(
                name,
                if method == CompressionMethod::Stored { options.with_alignment(16384) } else { options },
            )
            .unwrap();
            to.write_all(&bytes).unwrap();
        }
        let mut wrong = self.judged("starhash-universal.apk", &to.finish().unwrap().into_inner());
        assert_eq!(wrong.remove(0), "signature: it is not signed: there is no APK signing block");
        wrong
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether [`pack`](crate::pack) deflates it.
fn packed(name: &str) -> CompressionMethod {
    let stored = name.starts_with("lib/") || name == "resources.arsc";
    if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated }
}

#[test]
#[ignore = "needs STARHASH_APK and STARHASH_AAPT2"]
fn another_certificate_and_the_libraries_of_other_phones_are_noticed() {
    let mut trial = Trial::new("whose");
    assert_eq!(trial.judged("starhash-universal.apk", &trial.apk), [""; 0]);
    let wrong = trial.judged("starhash-x86_64.apk", &trial.apk);
    assert!(wrong.len() == 4 && wrong[0] == format!("lib/arm64-v8a/{CORE} does not belong here"), "{wrong:?}");
    assert!(
        trial.reader.problems(&trial.folder.join("other.apk")).unwrap_err().to_string().contains("none of our APKs")
    );
    let right = std::mem::replace(&mut trial.reader.certificate, "00".repeat(32));
    let wrong = trial.judged("starhash-universal.apk", &trial.apk);
    assert_eq!(wrong, [format!("signature: by the certificate {right}, not {}", "00".repeat(32))]);
}

#[test]
#[ignore = "needs STARHASH_APK and STARHASH_AAPT2"]
fn what_is_another_inside_is_noticed() {
    let trial = Trial::new("inside");
    let same = |name: &str, bytes| Some((bytes, packed(name)));
    assert_eq!(trial.changed(same), [""; 0]);
    let core = |abi: &str| format!("lib/{abi}/{CORE}");
    for abi in ABIS {
        let wrong = trial.changed(|name, bytes| if name == core(abi) { None } else { same(name, bytes) });
        assert_eq!(wrong[0], format!("{} is missing", core(abi)));
        let deflate = |name: &str, bytes| {
            if name == core(abi) { Some((bytes, CompressionMethod::Deflated)) } else { same(name, bytes) }
        };
        let wrong = trial.changed(deflate);
        assert_eq!(wrong, [format!("{} is deflated: it must be stored, or the phone cannot map it", core(abi))]);
    }
    // A 32-bit library: its program headers of 32 bytes begin at 52, and end with the alignment.
    let wrong = trial.changed(|name, mut bytes| {
        if name == core("armeabi-v7a") {
            let loads = bytes[52..].chunks_exact_mut(32).take(8).filter(|header| header[..4] == [1, 0, 0, 0]);
            loads.for_each(|header| header[28..].copy_from_slice(&0x1000_u32.to_le_bytes()));
        }
        same(name, bytes)
    });
    let said = format!("{}: LOAD is aligned to 0x1000, not 0x4000", core("armeabi-v7a"));
    assert!(!wrong.is_empty() && wrong.iter().all(|what| *what == said), "{wrong:?}");
    let mut old = Vec::new();
    let mut zip = ZipArchive::new(Cursor::new(trial.apk.as_slice())).unwrap();
    zip.by_name("res/xml/full_backup_content.xml").unwrap().read_to_end(&mut old).unwrap();
    // The rules for Android 11 in place of those for newer ones.
    let wrong = trial.changed(|name, bytes| {
        same(name, if name == "res/xml/data_extraction_rules.xml" { old.clone() } else { bytes })
    });
    let said = |section| format!("backup: res/xml/data_extraction_rules.xml: without <{section}> everything is copied");
    assert_eq!(wrong, ["cloud-backup", "device-transfer"].map(said));
}
