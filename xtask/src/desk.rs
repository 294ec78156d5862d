//! The desk phone: the JVM that runs the real app on this machine, for the tests and for `cargo phone`.

use crate::app;
use crate::failure::Failure;
use crate::prereq;
use crate::process;
use crate::workspace::Workspace;
use std::env::{self, consts::EXE_SUFFIX};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that is the phone.
const HOST: &str = "app.starhash.host.HostMain";

/// All that the JVM needs to run the app.
#[derive(Clone)]
pub struct Desk {
    pub class_path: Vec<PathBuf>,
    /// The core's host library.
    pub library: PathBuf,
    /// The platform jar that Robolectric runs.
    pub instrumented: PathBuf,
    /// Where the tests put their screenshots.
    pub screens: PathBuf,
    /// More for the tests to know: `name=value`.
    pub properties: Vec<String>,
}

impl Desk {
    /// The Kotlin tests; patterns may follow, or `PART/PARTS`.
    pub fn tests(&self) -> Result<Command, Failure> {
        self.java("app.starhash.host.TestMainKt")
    }

    /// What `cargo bench` measures of the running app.
    pub fn bench(&self) -> Result<Command, Failure> {
        self.java("app.starhash.bench.BenchSessionKt")
    }

    /// What is initialised when, and on which thread, while a call wakes the app up.
    pub fn start_up(&self) -> Result<Command, Failure> {
        self.java("app.starhash.bench.StartUpKt")
    }

    /// Drives the page of `cargo phone` in a browser, which must be there.
    pub fn browse(&self, workspace: &Workspace) -> Result<Command, Failure> {
        let jvm = self.java(HOST)?;
        let words: Vec<_> = [jvm.get_program()].into_iter().chain(jvm.get_args()).map(OsStr::to_string_lossy).collect();
        let mut test = process::cargo(workspace, "test");
        test.args(["--package", "virtual-pbx", "--test", "browser", "--", "--ignored", "--test-threads=1"]);
        test.env("STARHASH_PHONE", words.join("\n"));
        Ok(test)
    }

    /// The world around the phone, as `starhash-phone OPTIONS --out TARGET/FOLDER -- JVM COMMAND LINE`.
    pub fn world(&self, workspace: &Workspace, options: &[String], folder: &str) -> Result<Command, Failure> {
        let jvm = self.java(HOST)?;
        let mut world = world(workspace);
        world.args(options).arg("--out").arg(workspace.target.join(folder));
        world.arg("--").arg(jvm.get_program()).args(jvm.get_args());
        Ok(world)
    }

    fn java(&self, main_class: &str) -> Result<Command, Failure> {
        let class_path = env::join_paths(&self.class_path)
            .map_err(|error| Failure::failed(format!("The class path cannot be written down: {error}.")))?;
        let folder = |file: &Path| file.parent().map(Path::to_owned).unwrap_or_default();
        let mut java = process::command(prereq::jdk_program("java"));
        // Without the optimizing compiler: measured on two cores, half the processor time and half the time to the first screen.
        java.args(["-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
            // Without them Java 17 prints Cyrillic as question marks where no locale is set.
            .args(["-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-Dsun.stderr.encoding=UTF-8"])
            .arg("-Drobolectric.offline=true")
            .arg(property("robolectric.dependency.dir", &folder(&self.instrumented)))
            .arg(property("jna.library.path", &folder(&self.library)))
            .arg(property("starhash.core.library", &self.library))
            .arg(property("starhash.screens", &self.screens))
            .args(self.properties.iter().map(|property| format!("-D{property}")))
            .arg("-cp")
            .arg(class_path)
            .arg(main_class);
        Ok(java)
    }
}

fn property(name: &str, path: &Path) -> String {
    format!("-D{name}={}", path.display())
}

/// `cargo phone OPTIONS`: builds everything, then starts the world around the phone.
///
/// # Errors
/// What could not be built, or that the story did not end as the options call for.
pub fn phone(options: &[String]) -> Result<(), Failure> {
    let workspace = Workspace::locate()?;
    prereq::check(&workspace)?;
    if options.iter().any(|option| option == "--help" || option == "-h") {
        app::rust_parts(&workspace)?;
        return process::run(world(&workspace).arg("--help"), "The help");
    }
    let desk = app::build(&workspace)?;
    let demo = options.iter().any(|option| option == "--demo");
    let status = process::status(&mut desk.world(&workspace, options, if demo { "demo" } else { "live" })?)?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::World(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// The program that is the world around the phone.
fn world(workspace: &Workspace) -> Command {
    process::command(workspace.built(&format!("starhash-phone{EXE_SUFFIX}")))
}
