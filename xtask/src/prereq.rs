//! What must be on the machine before anything is built: JDK 17, Maven and the Rust crates. Said at once.

use crate::app;
use crate::failure::Failure;
use crate::process;
use crate::workspace::{Workspace, named_path};
use std::env;
use std::path::PathBuf;

/// Robolectric 4.16.1 runs SDK 35 on it; newer ones were not tried.
const JDK: u32 = 17;
/// The oldest Maven this build was run with.
const MAVEN: (u32, u32) = (3, 8);

/// # Errors
/// [`Failure::Missing`] with everything that is missing, and how to get it.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let problems: Vec<String> =
        [jdk_problem(), maven_problem(), aapt2_problem(named_path(app::OTHER_AAPT2))].into_iter().flatten().collect();
    if !problems.is_empty() {
        return Err(Failure::missing(problems.join("\n\n")));
    }
    let mut fetch = process::bare_cargo(workspace);
    process::run(fetch.args(["fetch", "--target", "host-tuple"]), "Fetching the Rust crates").map_err(|_| {
        Failure::missing(
            "A Rust crate cannot be fetched; cargo says above which. Cargo needs the network for it once: check the \
             connection and the proxy in ~/.cargo/config.toml, then run the same command again.",
        )
    })
}

/// Why the page cannot be tried in a browser on this machine.
pub fn no_browser() -> Option<String> {
    let found = |name| process::command(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let chromium = ["chromium", "google-chrome", "chromium-browser"].into_iter().any(found);
    if chromium && found("chromedriver") {
        return None;
    }
    Some(
        "Chromium and ChromeDriver are not both on the PATH; nothing else needs them. On Debian or Ubuntu:\n  \
         sudo apt install chromium chromium-driver"
            .to_owned(),
    )
}

/// A program of the JDK: of `JAVA_HOME` if that is set, else the one on the `PATH`.
pub fn jdk_program(name: &str) -> PathBuf {
    match env::var_os("JAVA_HOME").filter(|home| !home.is_empty()) {
        Some(home) => PathBuf::from(home).join("bin").join(name),
        None => PathBuf::from(name),
    }
}

/// Where the JDK lies.
///
/// # Errors
/// When `java` cannot be started or does not say it.
pub fn jdk_home() -> Result<PathBuf, Failure> {
    let java = jdk_program("java");
    let output = process::command(&java)
        .args(["-XshowSettings:properties", "-version"])
        .output()
        .map_err(|error| Failure::missing(format!("Cannot start {}: {error}.", java.display())))?;
    java_home(&String::from_utf8_lossy(&output.stderr))
        .ok_or_else(|| Failure::missing(format!("{} does not say where its JDK lies.", java.display())))
}

/// `    java.home = /usr/lib/jvm/java-17-openjdk-amd64`.
fn java_home(settings: &str) -> Option<PathBuf> {
    settings.lines().find_map(|line| line.trim().strip_prefix("java.home = ")).map(PathBuf::from)
}

pub fn maven_program() -> &'static str {
    if cfg!(windows) { "mvn.cmd" } else { "mvn" }
}

fn jdk_problem() -> Option<String> {
    let place = match env::var("JAVA_HOME") {
        Ok(home) if !home.is_empty() => format!("in JAVA_HOME ({home})"),
        _ => "on the PATH".to_owned(),
    };
    for name in ["java", "javac"] {
        let found = printed_by(&jdk_program(name)).and_then(|text| java_major(&text));
        match found {
            Some(JDK) => {}
            Some(other) => return Some(wrong_jdk(name, other, &place)),
            None => return Some(no_jdk(name, &place)),
        }
    }
    None
}

fn maven_problem() -> Option<String> {
    let Some(text) = printed_by(&PathBuf::from(maven_program())) else {
        return Some(no_maven());
    };
    match (maven_version(&text), maven_java(&text)) {
        (Some(version), _) if version < MAVEN => Some(old_maven(version)),
        (Some(_), Some(java)) if java != JDK => Some(format!(
            "Maven runs on Java {java}, but JDK {JDK} is needed. Point JAVA_HOME at JDK {JDK}, for example\n  \
             export JAVA_HOME=/usr/lib/jvm/java-{JDK}-openjdk-amd64"
        )),
        (Some(_), _) => None,
        // Without a JDK Maven prints no version; jdk_problem has said so.
        (None, _) => jdk_problem().is_none().then(no_maven),
    }
}

/// What is wrong with the resource compiler that the environment names.
fn aapt2_problem(named: Option<PathBuf>) -> Option<String> {
    let named = named.filter(|file| !file.is_file())?;
    Some(format!(
        "{} is {}, which is no file. Point it at an aapt2, in an Android SDK build-tools/35.0.0/aapt2, or unset it: Maven fetches one.",
        app::OTHER_AAPT2,
        named.display()
    ))
}

/// What `program -version` prints, or nothing if it cannot be started.
fn printed_by(program: &PathBuf) -> Option<String> {
    let output = process::command(program).arg("-version").output().ok()?;
    Some(format!("{}\n{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout)))
}

/// `openjdk version "17.0.15" 2025-04-15`, `java version "1.8.0_402"`, `javac 17.0.15` → 17, 8, 17.
fn java_major(text: &str) -> Option<u32> {
    let version = text.lines().find_map(|line| {
        let line = line.trim();
        line.strip_prefix("javac ").or_else(|| line.split_once(" version \"").map(|(_, rest)| rest))
    })?;
    major_of(version)
}

/// `1.8.0_402` is Java 8; since 9 the first number counts (`17.0.15`, `21-ea`).
fn major_of(version: &str) -> Option<u32> {
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).map(str::parse::<u32>);
    match numbers.next()?.ok()? {
        1 => numbers.next()?.ok(),
        major => Some(major),
    }
}

/// `Apache Maven 3.8.7 (…)`, colour codes around it or not.
fn maven_version(text: &str) -> Option<(u32, u32)> {
    let (_, version) = text.split_once("Apache Maven ")?;
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).map(str::parse::<u32>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// `Java version: 17.0.15, vendor: …`.
fn maven_java(text: &str) -> Option<u32> {
    major_of(text.split_once("Java version: ")?.1)
}

fn no_jdk(name: &str, place: &str) -> String {
    format!("JDK {JDK} is missing: no working `{name}` {place}.\n{}", how_to_get_jdk())
}

fn wrong_jdk(name: &str, found: u32, place: &str) -> String {
    let age = if found < JDK { "too old" } else { "newer than what this build was tried with" };
    format!("JDK {JDK} is needed; `{name}` {place} is of Java {found}, which is {age}.\n{}", how_to_get_jdk())
}

fn how_to_get_jdk() -> String {
    format!(
        "  Debian, Ubuntu:  sudo apt install openjdk-{JDK}-jdk-headless\n  \
         Fedora:          sudo dnf install java-{JDK}-openjdk-devel\n  \
         macOS:           brew install openjdk@{JDK}, then set JAVA_HOME\n  \
         Windows:         winget install EclipseAdoptium.Temurin.{JDK}.JDK\n\
         With several JDKs on the machine set JAVA_HOME to this one."
    )
}

fn no_maven() -> String {
    format!("Maven is missing: no working `mvn` on the PATH.\n{}", how_to_get_maven())
}

fn old_maven((major, minor): (u32, u32)) -> String {
    format!(
        "Maven {}.{} or newer is needed; `mvn` on the PATH is {major}.{minor}.\n{}",
        MAVEN.0,
        MAVEN.1,
        how_to_get_maven()
    )
}

fn how_to_get_maven() -> &'static str {
    "  Debian, Ubuntu:  sudo apt install maven\n  \
     Fedora:          sudo dnf install maven\n  \
     macOS:           brew install maven\n  \
     Elsewhere:       unpack the archive from maven.apache.org and put its bin folder on the PATH"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn java_versions_of_several_vendors_are_read() {
        for (text, major) in [
            (
                "openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)",
                17,
            ),
            ("openjdk version \"17.0.9\" 2023-10-17 LTS\nOpenJDK Runtime Environment Zulu17.46+19-CA", 17),
            ("java version \"17.0.8\" 2023-07-18 LTS\nJava(TM) SE Runtime Environment", 17),
            ("java version \"1.8.0_402\"\nJava(TM) SE Runtime Environment", 8),
            ("openjdk version \"21\" 2023-09-19\nOpenJDK Runtime Environment Temurin-21+35", 21),
            ("openjdk version \"25-ea\" 2025-09-16", 25),
            ("javac 17.0.15\n", 17),
            ("javac 1.8.0_402\n", 8),
            ("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"17.0.2\" 2022-01-18", 17),
        ] {
            assert_eq!(java_major(text), Some(major), "{text}");
        }
    }

    #[test]
    fn a_named_aapt2_that_is_not_there_is_refused() {
        let said = aapt2_problem(Some("/no/aapt2".into())).unwrap();
        assert!(said.contains("STARHASH_AAPT2 is /no/aapt2, which is no file"), "{said}");
        assert_eq!(aapt2_problem(Some(env::current_exe().unwrap())), None);
        assert_eq!(aapt2_problem(None), None);
    }

    #[test]
    fn the_jdks_folder_is_read() {
        let text = "Property settings:\n    java.home = /usr/lib/jvm/java-17\n    java.io.tmpdir = /tmp\n";
        assert_eq!(java_home(text), Some(PathBuf::from("/usr/lib/jvm/java-17")));
        assert_eq!(java_home("java.home.other = /x"), None);
    }

    #[test]
    fn what_is_no_java_version_is_not_taken_for_one() {
        for text in
            ["", "The operation couldn’t be completed. Unable to locate a Java Runtime.", "javac: command not found"]
        {
            assert_eq!(java_major(text), None, "{text}");
        }
    }

    #[test]
    fn maven_versions_are_read() {
        let debian = "\u{1b}[1mApache Maven 3.8.7\u{1b}[m\nMaven home: /usr/share/maven\n\
                      Java version: 17.0.15, vendor: Debian, runtime: /usr/lib/jvm/java-17-openjdk-amd64";
        assert_eq!(maven_version(debian), Some((3, 8)));
        assert_eq!(maven_java(debian), Some(17));
        let upstream = "Apache Maven 3.9.11 (3e54c93a704957b63ee3494413a2b544fd3d825b)\n\
                        Java version: 21.0.8, vendor: Homebrew, runtime: /opt/homebrew";
        assert_eq!(maven_version(upstream), Some((3, 9)));
        assert_eq!(maven_java(upstream), Some(21));
        assert_eq!(maven_version("Apache Maven 4.0.0-rc-4 (bed0f8174bf728978f86fac533aa38a9511f3872)"), Some((4, 0)));
        assert_eq!(maven_version("The JAVA_HOME environment variable is not defined correctly"), None);
    }

    #[test]
    fn the_message_says_what_was_found_and_how_to_get_the_right_one() {
        let old = wrong_jdk("java", 11, "on the PATH");
        assert!(old.contains("Java 11, which is too old"), "{old}");
        assert!(old.contains("apt install openjdk-17-jdk-headless"), "{old}");
        let new = wrong_jdk("java", 21, "on the PATH");
        assert!(new.contains("newer than"), "{new}");
        assert!(old_maven((3, 6)).contains("3.8 or newer is needed; `mvn` on the PATH is 3.6"));
    }
}
