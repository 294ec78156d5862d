//! The app's classes through R8 in full mode, with the rules of android/app/r8.pro: as the dex file of the APK, and as
//! JVM classes so that what R8 made of them can be tried on the desk.

use crate::app;
use crate::failure::Failure;
use crate::process::{self, step};
use crate::workspace::Workspace;
use crate::{maven, prereq, stamp};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The oldest Android the app runs on; the manifest says the same.
pub const MIN_SDK: u32 = 30;

/// What R8 writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `classes.dex` for a phone.
    Dex,
    /// `classes.jar` for the JVM on the desk, by the same rules.
    Jvm,
}

impl Form {
    fn folder(self) -> &'static str {
        match self {
            Self::Dex => "dex",
            Self::Jvm => "shrunk",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Dex => "classes.dex",
            Self::Jvm => "classes.jar",
        }
    }
}

/// Jars that only the APK needs, as apk-tools/pom.xml wrote them down.
pub struct Tools {
    pub r8: PathBuf,
    pub apksig: PathBuf,
}

/// Fetches R8, apksig and JNA's libraries for Android.
pub fn tools(workspace: &Workspace) -> Result<Tools, Failure> {
    let module = workspace.android().join("apk-tools");
    let inputs = [workspace.android().join("pom.xml"), module.join("pom.xml"), module.join("src")];
    stamp::unless_fresh(
        &app::stamp_file(workspace, "apk-tools"),
        stamp::contents(&inputs)?,
        || found(workspace).is_some() && workspace.out().join("jna/jni").is_dir(),
        || {
            step("R8, apksig, JNA for Android", "fetching about 20 MB the first time", || {
                maven::run(workspace, &["--projects", "apk-tools", "process-classes"])
            })
        },
    )?;
    found(workspace).ok_or_else(|| Failure::failed("R8 and apksig are not where Maven put them."))
}

fn found(workspace: &Workspace) -> Option<Tools> {
    let text = fs::read_to_string(workspace.out().join("apk-tools.txt")).ok()?;
    let mut jars = text.lines().map(PathBuf::from).filter(|jar| jar.is_file());
    Some(Tools { r8: jars.next()?, apksig: jars.next()? })
}

/// Runs R8 on the app, which must be built. Beside the result lies `mapping.txt`, which reads a phone's stack traces.
///
/// # Errors
/// What R8 could not do, or what it warns of.
pub fn shrink(workspace: &Workspace, form: Form) -> Result<PathBuf, Failure> {
    shrink_by(workspace, form, form.folder(), workspace.android().join("app/r8.pro"))
}

/// As [`shrink`] to JVM classes, but without the one rule of r8.pro that contains `rule`.
///
/// # Errors
/// As [`shrink`]; or `rule` does not name one.
pub fn shrink_without(workspace: &Workspace, rule: &str) -> Result<PathBuf, Failure> {
    let all = workspace.android().join("app/r8.pro");
    let text = fs::read_to_string(&all).map_err(|error| Failure::file("read", &all, &error))?;
    let less = workspace.out().join("less.pro");
    fs::write(&less, without(&text, rule)?).map_err(|error| Failure::file("write", &less, &error))?;
    shrink_by(workspace, Form::Jvm, "shrunk-less", less)
}

fn without(rules: &str, rule: &str) -> Result<String, Failure> {
    let (gone, left): (Vec<&str>, Vec<&str>) =
        rules.lines().partition(|line| line.starts_with('-') && line.contains(rule));
    if gone.len() == 1 {
        return Ok(left.join("\n"));
    }
    Err(Failure::failed(format!("{} rules of android/app/r8.pro contain `{rule}`; name a single one.", gone.len())))
}

fn shrink_by(workspace: &Workspace, form: Form, name: &str, rules: PathBuf) -> Result<PathBuf, Failure> {
    let tools = tools(workspace)?;
    let folder = workspace.out().join(name);
    let result = folder.join(form.file());
    let rules = [rules, app::manifest_rules(workspace)];
    let classes = workspace.out().join("app/classes");
    let libraries = libraries(workspace)?;
    let mut inputs = vec![classes.clone(), workspace.android().join("pom.xml")];
    inputs.extend(rules.iter().cloned());
    stamp::unless_fresh(
        &app::stamp_file(workspace, name),
        stamp::contents(&inputs)?,
        || result.is_file(),
        || {
            step("R8", "about half a minute", || {
                app::empty(&folder)?;
                let jar = folder.join("app.jar");
                process::run(
                    process::command(prereq::jdk_program("jar"))
                        .arg("--create")
                        .arg("--file")
                        .arg(&jar)
                        .args(["-C"])
                        .arg(&classes)
                        .arg("."),
                    "Packing the app's classes",
                )?;
                let mut r8 = r8(workspace, &tools, form)?;
                for rules in &rules {
                    r8.arg("--pg-conf").arg(rules);
                }
                r8.arg("--pg-map-output").arg(folder.join("mapping.txt"));
                r8.arg("--output").arg(if form == Form::Dex { &folder } else { &result });
                process::run(r8.arg(&jar).args(&libraries), "R8")?;
                fs::remove_file(&jar).map_err(|error| Failure::file("remove", &jar, &error))
            })
        },
    )?;
    Ok(result)
}

/// R8 with everything that is the same whatever the rules.
fn r8(workspace: &Workspace, tools: &Tools, form: Form) -> Result<Command, Failure> {
    let platform = app::platform(workspace).ok_or_else(|| Failure::failed("The Android platform's jar is gone."))?;
    let mut r8 = process::command(prereq::jdk_program("java"));
    // Without the optimizing compiler: measured on two cores, 22 s instead of 29.
    r8.args(["-Xmx1500m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"])
        .arg(&tools.r8)
        .arg("com.android.tools.r8.R8")
        .arg("--release");
    // The platform's jar lacks `java.*`; what of that Android lacks as well is looked for elsewhere.
    r8.arg("--lib").arg(platform.android_all).arg("--lib").arg(prereq::jdk_home()?);
    match form {
        // Kotlin's metadata and JNA's libraries for desktops are nothing to a phone.
        Form::Dex => r8.args(["--no-data-resources", "--min-api", &MIN_SDK.to_string()]),
        Form::Jvm => r8.arg("--classfile"),
    };
    Ok(r8)
}

/// What the app needs at run time besides the platform: Kotlin's library and JNA.
fn libraries(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let all = app::class_path(workspace)?;
    let named = |start: &str| {
        let of_name = |jar: &&PathBuf| jar.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
        all.iter()
            .find(of_name)
            .cloned()
            .ok_or_else(|| Failure::failed(format!("{start}….jar is not on the class path.")))
    };
    Ok(vec![named("kotlin-stdlib-")?, named("jna-")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_taken_away_only_if_it_is_the_one_meant() {
        let rules = "# -keep class a\n-keep class a\n-keep class b\n";
        assert_eq!(without(rules, "class a").unwrap(), "# -keep class a\n-keep class b");
        assert!(without(rules, "keep").unwrap_err().to_string().contains("2 rules"));
        assert!(without(rules, "class c").unwrap_err().to_string().contains("0 rules"));
    }
}
