//! The desk phone: the JVM that runs the real app on this machine, for the tests and for `cargo phone`.

use crate::app;
use crate::failure::Failure;
use crate::prereq;
use crate::process;
use crate::workspace::Workspace;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All that the JVM needs to run the app.
pub struct Desk {
    pub class_path: Vec<PathBuf>,
    /// The core's host library.
    pub library: PathBuf,
    /// The platform jar that Robolectric runs.
    pub instrumented: PathBuf,
}

impl Desk {
    /// Runs the Kotlin tests; screenshots go to `target/screens`.
    pub fn test(&self, workspace: &Workspace, patterns: &[String]) -> Result<(), Failure> {
        let mut java = self.java(workspace, "app.starhash.host.TestMainKt")?;
        process::run(java.args(patterns), "Kotlin tests")
    }

    fn java(&self, workspace: &Workspace, main_class: &str) -> Result<Command, Failure> {
        let class_path = env::join_paths(&self.class_path)
            .map_err(|error| Failure::failed(format!("The class path cannot be written down: {error}.")))?;
        let folder = |file: &Path| file.parent().map(Path::to_owned).unwrap_or_default();
        let mut java = Command::new(prereq::jdk_program("java"));
        java.args(["-Xmx2g", "-XX:+UseSerialGC"])
            // Without them Java 17 prints Cyrillic as question marks where no locale is set.
            .args(["-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-Dsun.stderr.encoding=UTF-8"])
            .arg("-Drobolectric.offline=true")
            .arg(property("robolectric.dependency.dir", &folder(&self.instrumented)))
            .arg(property("jna.library.path", &folder(&self.library)))
            .arg(property("starhash.core.library", &self.library))
            .arg(property("starhash.screens", &workspace.target.join("screens")))
            .arg("-cp")
            .arg(class_path)
            .arg(main_class)
            .current_dir(workspace.android().join("app"));
        Ok(java)
    }
}

fn property(name: &str, path: &Path) -> String {
    format!("-D{name}={}", path.display())
}

/// `cargo phone OPTIONS`: builds everything and starts the world around the phone as
/// `starhash-phone OPTIONS --out TARGET/demo -- JVM COMMAND LINE`.
///
/// # Errors
/// What could not be built, or that the story did not end as the options call for.
pub fn phone(options: &[String]) -> Result<(), Failure> {
    if !options.iter().any(|option| option == "--demo") {
        return Err(Failure::failed("`cargo phone` needs `--demo`: it plays the story without a hand."));
    }
    let workspace = Workspace::locate()?;
    let desk = app::build(&workspace)?;
    process::run(
        process::cargo(&workspace, "build").args(["--package", "virtual-pbx", "--bin", "starhash-phone"]),
        "Building the virtual PBX",
    )?;
    let jvm = desk.java(&workspace, "app.starhash.host.HostMain")?;
    process::run(
        Command::new(workspace.target.join("debug/starhash-phone"))
            .args(options)
            .arg("--out")
            .arg(workspace.target.join("demo"))
            .arg("--")
            .arg(jvm.get_program())
            .args(jvm.get_args())
            .current_dir(&workspace.root),
        "The demo",
    )
}
