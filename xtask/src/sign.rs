//! Signing by android/apk-tools, a JVM program around Google's apksig.

use crate::failure::Failure;
use crate::keys::Key;
use crate::prereq;
use crate::process;
use crate::shrink::{self, Tools};
use crate::workspace::Workspace;
use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

/// Who signed.
#[derive(Debug)]
pub struct Signer {
    /// The certificate's SHA-256, in hexadecimal digits.
    pub certificate: String,
    pub subject: String,
}

/// Signs each first file into the second. Without any it only looks whether the key can be used.
///
/// # Errors
/// Why the key is refused, or what cannot be read or written.
pub fn sign(workspace: &Workspace, tools: &Tools, key: &Key, files: &[(PathBuf, PathBuf)]) -> Result<Signer, Failure> {
    let class_path = env::join_paths([&workspace.out().join("apk-tools/classes"), &tools.apksig])
        .map_err(|error| Failure::failed(format!("The class path cannot be written down: {error}.")))?;
    let mut java = process::command(prereq::jdk_program("java"));
    java.arg("-cp").arg(class_path).arg("app.starhash.apk.Sign");
    java.arg(shrink::MIN_SDK.to_string()).arg(key.kind).arg(&key.store).arg(key.alias.as_deref().unwrap_or_default());
    java.args(files.iter().flat_map(|(from, to)| [from, to]));
    let broken = |error: std::io::Error| Failure::failed(format!("The signing program cannot be talked to: {error}."));
    let mut java = process::start(java.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    // Dropped at once: the password ends where the pipe does. One that ended before has its own word to say.
    if let Some(mut password) = java.stdin.take() {
        let _ = password.write_all(key.password.as_bytes());
    }
    let output = java.wait_with_output().map_err(broken)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::failed(format!("{}\nNothing is signed.", said.trim())));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let mut lines = said.lines().map(str::to_owned);
    match (lines.next(), lines.next()) {
        (Some(certificate), Some(subject)) => Ok(Signer { certificate, subject }),
        _ => Err(Failure::failed("The signing program did not say which certificate it used.")),
    }
}

/// With keys made for it, by the program as `cargo apk` has built it: `cargo verify` asks for them.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::{apk, app};
    use std::fs;
    use std::path::Path;

    /// As cargo lays it out: target/debug/deps/xtask-….
    fn workspace() -> Workspace {
        let target = env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned();
        Workspace { root: Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned(), target }
    }

    /// An empty folder of this test.
    fn folder(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("starhash-{name}-{}", std::process::id()));
        app::empty(&folder).unwrap();
        folder
    }

    /// Adds a key to the store, which is made if there is none.
    fn make(store: &Path, alias: &str, name: &str, kind: &[&str]) {
        let mut keytool = process::command(prereq::jdk_program("keytool"));
        keytool.args(["-genkeypair", "-storetype", "PKCS12", "-storepass", "open sesame", "-alias", alias]);
        keytool.args(["-dname", name]).args(kind).arg("-keystore").arg(store);
        let output = keytool.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }

    const RSA: [&str; 4] = ["-keyalg", "RSA", "-keysize", "2048"];

    #[test]
    #[ignore = "needs what `cargo apk` has built"]
    fn a_release_refuses_what_is_no_key_for_it() {
        let workspace = workspace();
        let tools = shrink::tools(&workspace).unwrap();
        let folder = folder("keys");
        let file = |name: &str| folder.join(name);
        make(&file("good.p12"), "Ours", "CN=Ours", &RSA);
        make(&file("two.p12"), "one", "CN=One", &RSA);
        make(&file("two.p12"), "two", "CN=Two", &RSA);
        make(&file("debug.p12"), "a", "CN=Starhash debug", &RSA);
        make(&file("google.p12"), "a", "CN=Android Debug, O=Android, C=US", &RSA);
        make(&file("ec.p12"), "a", "CN=Ours", &["-keyalg", "EC", "-groupname", "secp256r1"]);
        make(&file("short.p12"), "a", "CN=Ours", &["-keyalg", "RSA", "-keysize", "1024"]);
        fs::write(file("none.p12"), "no key store").unwrap();
        let said = |kind: &'static str, store: &str, password: &str, alias: Option<&str>| {
            let key = Key { kind, store: file(store), password: password.to_owned(), alias: alias.map(str::to_owned) };
            let signed = sign(&workspace, &tools, &key, &[]);
            signed.map_or_else(|why| why.to_string(), |signer| signer.subject)
        };
        let release = |store, alias| said("release", store, "open sesame", alias);
        assert_eq!(release("good.p12", None), "CN=Ours");
        assert_eq!(release("good.p12", Some("Ours")), "CN=Ours");
        assert_eq!(release("two.p12", Some("two")), "CN=Two");
        for (what, words) in [
            (release("two.p12", None), "There are several keys in"),
            (release("two.p12", Some("three")), "There is no key \"three\" in"),
            (release("debug.p12", None), "is a debug key (CN=Starhash debug)"),
            (release("google.p12", None), "is a debug key (CN=Android Debug,O=Android,C=US)"),
            (release("ec.p12", None), "is EC, not RSA of 2048 bits or more"),
            (release("short.p12", None), "is RSA of 1024 bits, not RSA of 2048 bits or more"),
            (release("none.p12", None), "is no PKCS12 key store, or is damaged"),
            (release("gone.p12", None), "There is no key store"),
            (said("release", "good.p12", "other", None), "The password is not that of the key store"),
            (said("release", "good.p12", "", None), "There is no password"),
        ] {
            assert!(what.contains(words) && what.ends_with("Nothing is signed."), "{words}: {what}");
        }
        assert_eq!(said("debug", "debug.p12", "open sesame", None), "CN=Starhash debug");
        fs::remove_dir_all(folder).unwrap();
    }

    /// As the help of `cargo apk` has people make one: Google's library then takes another hash than for the debug key.
    #[test]
    #[ignore = "needs what `cargo apk` has built"]
    fn what_a_long_key_has_signed_is_read_back() {
        let workspace = workspace();
        let folder = folder("long-key");
        let store = folder.join("release.p12");
        make(&store, "starhash", "CN=Ours", &["-keyalg", "RSA", "-keysize", "4096"]);
        let key = Key { kind: "release", store, password: "open sesame".to_owned(), alias: None };
        let name = "starhash-universal.apk";
        let (from, to) = (workspace.target.join("apk/unsigned").join(name), folder.join(name));
        let tools = shrink::tools(&workspace).unwrap();
        let signer = sign(&workspace, &tools, &key, &[(from, to.clone())]).unwrap();
        assert_eq!(signer.subject, "CN=Ours");
        apk::read_back(&workspace, &signer, &[to]).unwrap();
        fs::remove_dir_all(folder).unwrap();
    }
}
