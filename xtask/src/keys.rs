//! Which key signs: the debug key of this machine, or the release key that the environment names.

use crate::failure::Failure;
use crate::prereq;
use crate::process::{self, step};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// No secret: the debug key proves nothing but that two builds come from one machine.
const DEBUG_PASSWORD: &str = "starhash-debug";

/// A key store and its password.
pub struct Key {
    pub kind: &'static str,
    pub store: PathBuf,
    pub password: String,
    /// Which key of the store, if it holds several.
    pub alias: Option<String>,
}

/// The key for a release, or else the debug key, which is made if there is none yet.
///
/// # Errors
/// What the environment lacks, or why no key could be made.
pub fn key(release: bool) -> Result<Key, Failure> {
    if release {
        return release_key(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    }
    let store = data_folder()?.join("starhash").join("debug-key.p12");
    if !store.is_file() {
        make(&store)?;
    }
    Ok(Key { kind: "debug", store, password: DEBUG_PASSWORD.to_owned(), alias: None })
}

fn release_key(variable: impl Fn(&str) -> Option<String>) -> Result<Key, Failure> {
    let Some(store) = variable("STARHASH_KEY").map(PathBuf::from) else {
        return Err(Failure::missing(
            "A release is signed by a key of your own; the debug key is refused. Say where it is:\n  \
             STARHASH_KEY=release.p12           a PKCS12 key store with an RSA key, made once by\n    \
             keytool -genkeypair -storetype PKCS12 -keystore release.p12 -alias starhash -keyalg RSA -keysize 4096 -validity 10000\n  \
             STARHASH_KEY_PASSWORD=…            its password, or STARHASH_KEY_PASSWORD_FILE, a file with it\n  \
             STARHASH_KEY_ALIAS=…               only if the store holds several keys",
        ));
    };
    if !store.is_file() {
        return Err(Failure::missing(format!("STARHASH_KEY names {}, which is no file.", store.display())));
    }
    let password = match (variable(process::PASSWORD), variable("STARHASH_KEY_PASSWORD_FILE")) {
        (Some(password), _) => password,
        (None, Some(file)) => fs::read_to_string(&file)
            .map_err(|error| Failure::file("read the password from", Path::new(&file), &error))?
            .trim_end_matches(['\r', '\n'])
            .to_owned(),
        (None, None) => {
            return Err(Failure::missing(format!(
                "The password of {} is missing: set STARHASH_KEY_PASSWORD or STARHASH_KEY_PASSWORD_FILE.",
                store.display()
            )));
        }
    };
    Ok(Key { kind: "release", store, password, alias: variable("STARHASH_KEY_ALIAS") })
}

/// Where programs keep what is the user's: not under target/, for a phone takes an update only from the same key.
fn data_folder() -> Result<PathBuf, Failure> {
    let named = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(windows) { named("APPDATA") } else { named("XDG_DATA_HOME") };
    folder
        .or_else(|| Some(env::home_dir()?.join(".local/share")))
        .ok_or_else(|| Failure::missing("There is no home folder for the debug key: set XDG_DATA_HOME."))
}

fn make(store: &Path) -> Result<(), Failure> {
    let folder = store.parent().unwrap_or(store);
    fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
    step("A debug key for this machine", "once", || {
        let mut keytool = process::command(prereq::jdk_program("keytool"));
        keytool
            .args(["-genkeypair", "-storetype", "PKCS12", "-alias", "debug", "-dname", "CN=Starhash debug"])
            .args(["-keyalg", "RSA", "-keysize", "2048", "-validity", "10950", "-storepass", DEBUG_PASSWORD])
            .arg("-keystore")
            .arg(store);
        let output =
            keytool.output().map_err(|error| Failure::missing(format!("Cannot start the JDK's keytool: {error}.")))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(Failure::failed(format!(
            "The debug key {} could not be made: {}",
            store.display(),
            String::from_utf8_lossy(&said).trim()
        )))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(variables: &[(&str, &str)]) -> String {
        let variable =
            |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        release_key(variable).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn a_release_says_what_its_key_lacks() {
        assert!(refused(&[]).contains("the debug key is refused"));
        assert!(refused(&[("STARHASH_KEY", "/no/key.p12")]).contains("/no/key.p12, which is no file"));
        // Any file that exists.
        let store = env!("CARGO_MANIFEST_DIR").to_owned() + "/Cargo.toml";
        assert!(refused(&[("STARHASH_KEY", &store)]).contains("STARHASH_KEY_PASSWORD"));
        let file = ("STARHASH_KEY_PASSWORD_FILE", "/no/password");
        assert!(refused(&[("STARHASH_KEY", &store), file]).contains("/no/password"));
    }
}
