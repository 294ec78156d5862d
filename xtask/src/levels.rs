//! The app on an older Android, in a JVM of its own: a JNI library loads into one class loader of a JVM, and every
//! platform of Robolectric has its own.

use crate::app;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::process::step;
use crate::workspace::Workspace;
use crate::{maven, stamp};
use std::fs;
use std::path::PathBuf;

/// What android/older-android can fetch.
pub const OLDER: [u32; 4] = [30, 31, 33, 34];
/// What the desk runs otherwise: `android.level` in android/pom.xml.
const NEWEST: u32 = 35;

/// The same desk with the Android of API level `sdk`, which is fetched the first time.
///
/// # Errors
/// When there is none of that level, or it cannot be fetched.
pub fn on(workspace: &Workspace, desk: &Desk, sdk: u32) -> Result<Desk, Failure> {
    if sdk == NEWEST {
        return Ok(desk.clone());
    }
    if !OLDER.contains(&sdk) {
        return Err(Failure::failed(format!("The desk has no Android of level {sdk}, only {OLDER:?} and {NEWEST}.")));
    }
    let mut older = desk.clone();
    older.instrumented = platform(workspace, sdk)?;
    older.class_path.insert(0, settings(workspace, sdk)?);
    older.screens = desk.screens.join(format!("sdk-{sdk}"));
    older.properties.push(format!("starhash.sdk={sdk}"));
    Ok(older)
}

fn folder(workspace: &Workspace, sdk: u32) -> PathBuf {
    workspace.out().join(format!("sdk-{sdk}"))
}

fn platform(workspace: &Workspace, sdk: u32) -> Result<PathBuf, Failure> {
    let poms = [workspace.android().join("pom.xml"), workspace.android().join("older-android/pom.xml")];
    stamp::unless_fresh(
        &app::stamp_file(workspace, &format!("sdk-{sdk}")),
        stamp::contents(&poms)?,
        || found(workspace, sdk).is_some(),
        || {
            step(&format!("Android {sdk}"), "fetching about 150 MB the first time", || {
                let level = format!("-Dsdk={sdk}");
                maven::run(workspace, &[&level, "--projects", "older-android", "process-classes"])
            })
        },
    )?;
    found(workspace, sdk).ok_or_else(|| Failure::failed(format!("Android {sdk} is not where Maven put it.")))
}

/// Where older-android/pom.xml says the platform is.
fn found(workspace: &Workspace, sdk: u32) -> Option<PathBuf> {
    let text = fs::read_to_string(folder(workspace, sdk).with_extension("txt")).ok()?;
    Some(PathBuf::from(text.trim())).filter(|jar| jar.is_file() && folder(workspace, sdk).is_dir())
}

/// Robolectric's settings of the tests, but for the level; to stand before them on the class path.
fn settings(workspace: &Workspace, sdk: u32) -> Result<PathBuf, Failure> {
    const NAME: &str = "robolectric.properties";
    let usual = workspace.android().join("app/src/test/resources").join(NAME);
    let text = fs::read_to_string(&usual).map_err(|error| Failure::file("read", &usual, &error))?;
    let folder = folder(workspace, sdk);
    let own = folder.join(NAME);
    fs::write(&own, with_level(&text, sdk)).map_err(|error| Failure::file("write", &own, &error))?;
    Ok(folder)
}

fn with_level(settings: &str, sdk: u32) -> String {
    let others = settings.lines().filter(|line| !line.starts_with("sdk="));
    others.chain([format!("sdk={sdk}").as_str()]).fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_level_of_the_settings_changes() {
        assert_eq!(with_level("sdk=35\ngraphicsMode=NATIVE\n", 31), "graphicsMode=NATIVE\nsdk=31\n");
    }
}
