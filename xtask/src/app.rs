//! The app as it runs on the desk: Rust → Kotlin bindings → resources → Kotlin classes.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::process::{self, step};
use crate::workspace::{Workspace, named_path};
use crate::{maven, stamp};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

/// Builds what changed since the last time.
///
/// # Errors
/// The first step that failed, or what is missing on this machine.
pub fn build(workspace: &Workspace) -> Result<Desk, Failure> {
    // One waits for the network, the other for the processor.
    let (platform, library) = std::thread::scope(|scope| {
        let platform = scope.spawn(|| jvm_libraries(workspace));
        let library = rust_parts(workspace).and_then(|()| bindings(workspace));
        let broken = |_| Err(Failure::failed("Fetching the JVM libraries broke off."));
        (platform.join().unwrap_or_else(broken), library)
    });
    let (platform, library) = (platform?, library?);
    resources(workspace, &platform)?;
    kotlin(workspace)?;
    Ok(Desk {
        class_path: class_path(workspace)?,
        library,
        instrumented: platform.instrumented,
        screens: workspace.target.join("screens"),
        properties: Vec::new(),
    })
}

/// The core for this machine, the generator of its bindings and the world around the phone. All in one: cargo unites the
/// features of what it builds together, and would build their common crates again for each of them alone.
pub fn rust_parts(workspace: &Workspace) -> Result<(), Failure> {
    process::run(
        process::cargo(workspace, "build").args(["--workspace", "--exclude", "xtask"]),
        "Building the core and the virtual PBX",
    )
}

/// The Kotlin that calls the core, written from the library's own metadata. Returns the library.
fn bindings(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let library = workspace.built(&format!("{DLL_PREFIX}starhash_core{DLL_SUFFIX}"));
    let folder = workspace.generated().join("bindings");
    let inputs = [workspace.root.join("rust-core/uniffi.toml"), workspace.root.join("uniffi-bindgen")];
    let fingerprint = stamp::size_and_time(&library)? ^ stamp::contents(&inputs)?;
    stamp::unless_fresh(
        &stamp_file(workspace, "bindings"),
        fingerprint,
        || folder.is_dir(),
        || {
            step("Kotlin bindings of the core", "a few seconds", || {
                empty(&folder)?;
                let generator = workspace.built(&format!("uniffi-bindgen{EXE_SUFFIX}"));
                process::run(
                    // It asks cargo where the core's uniffi.toml is.
                    process::command(generator).args([&library, &folder]).current_dir(&workspace.root),
                    "Writing the Kotlin bindings",
                )
            })
        },
    )?;
    Ok(library)
}

/// Jars that are used as files, not through a class path.
pub struct Platform {
    /// Stands for android.jar.
    pub android_all: PathBuf,
    /// Robolectric runs this one.
    pub instrumented: PathBuf,
}

/// Fetches Robolectric, the platform and aapt2.
fn jvm_libraries(workspace: &Workspace) -> Result<Platform, Failure> {
    let poms = [workspace.android().join("pom.xml"), workspace.android().join("robolectric-deps/pom.xml")];
    stamp::unless_fresh(
        &stamp_file(workspace, "jvm-libraries"),
        stamp::contents(&poms)?,
        || platform(workspace).is_some() && aapt2(workspace).is_file(),
        || {
            step("Android platform and Robolectric", "fetching about 600 MB the first time", || {
                maven::run(workspace, &["--projects", "robolectric-deps", "process-classes"])
            })
        },
    )?;
    platform(workspace).ok_or_else(|| Failure::failed("The Android platform's jars are not where Maven put them."))
}

/// Where robolectric-deps/pom.xml says the platform is; nothing if a jar has gone since.
pub fn platform(workspace: &Workspace) -> Option<Platform> {
    let text = fs::read_to_string(workspace.out().join("platform.txt")).ok()?;
    let mut jars = text.lines().map(PathBuf::from).filter(|jar| jar.is_file());
    Some(Platform { android_all: jars.next()?, instrumented: jars.next()? })
}

/// Names an aapt2 that is not Maven's.
pub const OTHER_AAPT2: &str = "STARHASH_AAPT2";

/// The resource compiler: another one only when asked for.
pub fn aapt2(workspace: &Workspace) -> PathBuf {
    if let Some(other) = named_path(OTHER_AAPT2) {
        return other;
    }
    let prebuilt = if cfg!(target_os = "macos") {
        "macosx/aapt2_64"
    } else if cfg!(windows) {
        "windows/aapt2_64.exe"
    } else {
        "linux/aapt2_64"
    };
    workspace.out().join("tools/prebuilt").join(prebuilt)
}

/// Compiles res/ and the manifest into resources.apk and R.java.
fn resources(workspace: &Workspace, platform: &Platform) -> Result<(), Failure> {
    let main = workspace.android().join("app/src/main");
    let (res, manifest) = (main.join("res"), main.join("AndroidManifest.xml"));
    let generated = workspace.generated();
    let (compiled, apk, r) = (generated.join("resources.zip"), generated.join("resources.apk"), generated.join("r"));
    let inputs = [res.clone(), manifest.clone(), workspace.android().join("pom.xml"), aapt2(workspace)];
    let fingerprint = stamp::contents(&inputs)?;
    stamp::unless_fresh(
        &stamp_file(workspace, "resources"),
        fingerprint,
        || apk.is_file() && r.is_dir() && manifest_rules(workspace).is_file(),
        || {
            step("App resources", "a few seconds", || {
                empty(&r)?;
                empty(&generated.join("assets"))?;
                process::run(
                    process::command(aapt2(workspace)).args(["compile", "--dir"]).arg(&res).arg("-o").arg(&compiled),
                    "Compiling the resources",
                )?;
                process::run(
                    process::command(aapt2(workspace))
                        .arg("link")
                        .arg("-I")
                        .arg(&platform.android_all)
                        .arg("--manifest")
                        .arg(&manifest)
                        .arg("--java")
                        .arg(&r)
                        .arg("--proguard")
                        .arg(manifest_rules(workspace))
                        .arg("-o")
                        .arg(&apk)
                        .arg(&compiled),
                    "Linking the resources",
                )
            })
        },
    )
}

/// What R8 must keep because the manifest names it.
pub fn manifest_rules(workspace: &Workspace) -> PathBuf {
    workspace.generated().join("manifest.pro")
}

/// Compiles the app, its tests and the desk phone.
fn kotlin(workspace: &Workspace) -> Result<(), Failure> {
    let android = workspace.android();
    let inputs = [
        android.join("pom.xml"),
        android.join("robolectric-deps/pom.xml"),
        android.join("app/pom.xml"),
        android.join("app/src/main/kotlin"),
        android.join("app/src/test"),
        workspace.generated().join("bindings"),
        workspace.generated().join("r"),
    ];
    stamp::unless_fresh(
        &stamp_file(workspace, "kotlin"),
        stamp::contents(&inputs)?,
        || class_path(workspace).is_ok(),
        || {
            step("Kotlin app", "compiling, about 40 s", || {
                // Maven leaves the classes of deleted sources behind.
                empty(&workspace.out().join("app"))?;
                maven::run(workspace, &["--projects", "robolectric-deps,app", "process-test-classes"])
            })
        },
    )
}

/// What the JVM on the desk needs, in Maven's order: the app's classes first.
pub fn class_path(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let file = workspace.out().join("class-path.txt");
    let text = fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
    let app = workspace.out().join("app");
    let mut entries = vec![app.join("test-classes"), app.join("classes")];
    // The aars' classes are in robolectric-deps.
    entries
        .extend(std::env::split_paths(text.trim()).filter(|entry| entry.extension().is_none_or(|kind| kind != "aar")));
    match entries.iter().find(|entry| !entry.exists()) {
        Some(gone) => Err(Failure::failed(format!("{} is not there any more.", gone.display()))),
        None => Ok(entries),
    }
}

pub fn stamp_file(workspace: &Workspace, step: &str) -> PathBuf {
    workspace.out().join("stamps").join(step)
}

/// Makes `folder` exist and hold nothing.
pub fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).map_err(|error| Failure::file("empty", folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))
}
