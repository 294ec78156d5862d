//! Running Maven, and telling people what its pages of output mean.

use crate::failure::Failure;
use crate::prereq;
use crate::process;
use crate::workspace::Workspace;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a long fetch says how far it is.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// Runs `mvn ARGS` on the Android project; what it prints goes to `target/android/maven.log`.
pub fn run(workspace: &Workspace, args: &[&str]) -> Result<(), Failure> {
    let mut command = process::command(prereq::maven_program());
    command
        .args(["--batch-mode", "--file"])
        .arg(workspace.android().join("pom.xml"))
        .arg(format!("-Dstarhash.target={}", workspace.target.display()))
        .args(args)
        .env("MAVEN_OPTS", maven_opts())
        .current_dir(workspace.android());
    let (text, well) = watch(&mut command)?;
    let log = workspace.out().join("maven.log");
    fs::create_dir_all(workspace.out())
        .and_then(|()| fs::write(&log, &text))
        .map_err(|error| Failure::file("write", &log, &error))?;
    if well {
        return Ok(());
    }
    Err(explain(&text, &format!("All that Maven printed: {}", log.display())))
}

/// Runs Maven to its end, naming now and then what it has fetched. All it printed, and whether it ended well.
fn watch(command: &mut Command) -> Result<(String, bool), Failure> {
    let broken = |error: io::Error| Failure::failed(format!("Maven cannot be watched: {error}."));
    let mut maven = process::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    // Read beside the rest: a full pipe would stop Maven.
    let errors = maven.stderr.take().map(|pipe| thread::spawn(move || io::read_to_string(pipe)));
    let mut text = String::new();
    let mut last = Instant::now();
    for line in maven.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let line = line.map_err(&broken)?;
        if let Some(what) = fetched(&line).filter(|_| last.elapsed() > SIGN_OF_LIFE) {
            eprintln!("  fetched {what}");
            last = Instant::now();
        }
        text.push_str(&line);
        text.push('\n');
    }
    if let Some(Ok(errors)) = errors.map(thread::JoinHandle::join) {
        text.push_str(&errors.map_err(&broken)?);
    }
    let status = maven.wait().map_err(broken)?;
    Ok((text, status.success()))
}

/// `Downloaded from central: https://…/jna-5.19.1.jar (2.0 MB at 9 MB/s)` → `jna-5.19.1.jar (2.0 MB at 9 MB/s)`.
fn fetched(line: &str) -> Option<String> {
    let (url, size) = line.split_once("Downloaded from ")?.1.split_once(" (")?;
    Some(format!("{} ({size}", url.rsplit('/').next()?))
}

/// A compiler that runs for seconds is not worth optimizing: measured on two cores, half the processor time.
fn maven_opts() -> String {
    let own = std::env::var("MAVEN_OPTS").unwrap_or_default();
    format!("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC {own}").trim_end().to_owned()
}

/// A failed run in words. `more` says where the rest is.
fn explain(text: &str, more: &str) -> Failure {
    if let Some(line) = text.lines().find(|line| is_about_fetching(line)) {
        let what = match artifact_in(line) {
            Some(artifact) => format!("`{artifact}` cannot be fetched"),
            None => "A library cannot be fetched".to_owned(),
        };
        return Failure::missing(format!(
            "{what}.\nMaven needs the network for it once. Check the connection and the proxy and mirror in \
             ~/.m2/settings.xml, then run the same command again: what was fetched is kept.\n{more}"
        ));
    }
    let errors: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("[ERROR]") || line.starts_with("[WARNING] file:"))
        .take_while(|line| !line.contains("Failed to execute goal"))
        .collect();
    // Without a word of its own Maven was ended from outside, or its JVM could not start: the last lines say most.
    let last: Vec<&str> = text.lines().skip(text.lines().count().saturating_sub(10)).collect();
    let shown = if errors.is_empty() { last } else { errors };
    Failure::failed(format!("{}\n\nMaven failed. {more}", shown.join("\n")))
}

fn is_about_fetching(line: &str) -> bool {
    line.starts_with("[ERROR]")
        && [
            "Could not resolve dependencies",
            "Could not transfer artifact",
            "Could not find artifact",
            "could not be resolved",
            "offline mode",
        ]
        .iter()
        .any(|sign| line.contains(sign))
}

/// The library a line is about: `Could not transfer artifact g:a:jar:1 from/to …` → `g:a:jar:1`.
fn artifact_in(line: &str) -> Option<&str> {
    let after = ["Could not transfer artifact ", "Could not find artifact ", "Plugin "]
        .iter()
        .find_map(|sign| line.split_once(sign))?
        .1;
    after.split_whitespace().find(|word| word.matches(':').count() >= 2).map(|word| word.trim_end_matches([',', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fetched_is_named_without_its_address() {
        let line = "[INFO] Downloaded from central: https://example.org/jna/5.19.1/jna-5.19.1.jar (2.0 MB at 9.1 MB/s)";
        assert_eq!(fetched(line).as_deref(), Some("jna-5.19.1.jar (2.0 MB at 9.1 MB/s)"));
        assert_eq!(fetched("[INFO] Downloading from central: https://example.org/a.jar"), None);
    }

    #[test]
    fn a_library_that_cannot_be_fetched_is_named_as_missing() {
        let text = "[INFO] Building\n[ERROR] Failed to execute goal on project app: Could not resolve dependencies for \
                    project app.starhash:app:jar:0.1.0: Could not transfer artifact \
                    org.robolectric:robolectric:jar:4.16.1 from/to central (https://example.org): Unknown host\n";
        let Failure::Missing(message) = explain(text, "") else { panic!("not counted as missing") };
        assert!(message.contains("`org.robolectric:robolectric:jar:4.16.1` cannot be fetched"), "{message}");
    }

    #[test]
    fn a_plugin_that_cannot_be_fetched_is_named_as_missing() {
        let text = "[ERROR] Plugin org.jetbrains.kotlin:kotlin-maven-plugin:2.3.21 or one of its dependencies could \
                    not be resolved: Cannot access central in offline mode\n";
        let Failure::Missing(message) = explain(text, "") else { panic!("not counted as missing") };
        assert!(message.contains("`org.jetbrains.kotlin:kotlin-maven-plugin:2.3.21`"), "{message}");
    }

    #[test]
    fn a_maven_that_never_began_is_shown_with_its_last_words() {
        let text = "Error occurred during initialization of VM\nCould not reserve enough space for object heap\n";
        let Failure::Failed(message) = explain(text, "") else { panic!("counted as missing") };
        assert!(message.contains("Could not reserve enough space"), "{message}");
    }

    #[test]
    fn a_compile_error_is_shown_and_counts_as_failed() {
        let text = "[INFO] x\n[ERROR] App.kt:[3,5] Unresolved reference 'foo'.\n[ERROR] Failed to execute goal \
                    kotlin:compile\n[ERROR] -> [Help 1]\n";
        let Failure::Failed(message) = explain(text, "") else { panic!("counted as missing") };
        assert!(message.contains("Unresolved reference 'foo'"), "{message}");
        assert!(!message.contains("Help 1"), "{message}");
    }
}
