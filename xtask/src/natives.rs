//! `cargo xtask natives`: the core as it is built for phones, run on the desk. Its libraries are loaded through small ones that
//! bear the names of Android's (`android/native/desk/shims`), the ARM ones by qemu; a program of C calls them as the bindings do,
//! and the one for `x86_64` also carries the app's own tests, through the Kotlin bindings. What it does not show: Android's
//! loader, its C library and runtime, its kernels.

use crate::app;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::native::{self, ABIS, Abi};
use crate::process::{self, step};
use crate::workspace::Workspace;
use std::collections::BTreeSet;
use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The app's tests that are played with the Android library: what crosses the border. Transfers, the list of colleagues, the dial
/// pad's readings, errors, panics.
const TESTS: [&str; 6] =
    ["ByHandTest.", "ByHandTransferTest.", "ColleaguesTest.", "NeverPlacedTest.", "CoreErrorsTest.", "PanicTest."];
/// The ABI of this machine's own processor.
const OWN: &str = "x86_64";

/// What compiles for an ABI's processor, and runs it.
struct Machine {
    /// Before `gcc` and `nm`.
    prefix: &'static str,
    /// qemu, and where the C library for that processor lies.
    emulator: Option<(&'static str, &'static str)>,
}

fn machine(abi: &Abi) -> Machine {
    match abi.name {
        "arm64-v8a" => {
            Machine { prefix: "aarch64-linux-gnu-", emulator: Some(("qemu-aarch64", "/usr/aarch64-linux-gnu")) }
        }
        // Numbers with a point go through the same registers as on armeabi-v7a: gnueabi, not gnueabihf.
        "armeabi-v7a" => {
            Machine { prefix: "arm-linux-gnueabi-", emulator: Some(("qemu-arm", "/usr/arm-linux-gnueabi")) }
        }
        _ => Machine { prefix: "", emulator: None },
    }
}

/// Why this machine cannot do it.
pub fn lacking() -> Option<String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Some("The Android libraries can be run on Linux on x86_64 only.".to_owned());
    }
    let starts =
        |program: &str| process::command(program).arg("--version").output().is_ok_and(|out| out.status.success());
    let mut missing = Vec::new();
    for abi in &ABIS {
        let Machine { prefix, emulator } = machine(abi);
        missing.extend(["gcc", "nm"].map(|tool| format!("{prefix}{tool}")).into_iter().filter(|tool| !starts(tool)));
        let Some((qemu, root)) = emulator else { continue };
        missing.extend((!starts(qemu)).then(|| qemu.to_owned()));
        let libc = Path::new(root).join("lib/libc.so.6");
        missing.extend((!libc.is_file()).then(|| libc.display().to_string()));
    }
    if missing.is_empty() {
        return None;
    }
    Some(format!(
        "Not here: {}. Nothing else needs them. On Debian or Ubuntu:\n  sudo apt install gcc qemu-user \
         gcc-aarch64-linux-gnu libc6-dev-arm64-cross gcc-arm-linux-gnueabi libc6-dev-armel-cross",
        missing.join(", ")
    ))
}

/// `cargo xtask natives`, with the app built.
///
/// # Errors
/// What is missing, or the first check that failed.
pub fn run(workspace: &Workspace, desk: &Desk) -> Result<(), Failure> {
    native::prepare(workspace)?;
    call(workspace, desk)?;
    process::run(&mut kotlin_tests(workspace, desk)?, "The app's tests with the library for Android")
}

/// Builds the libraries and has each of them called from C.
///
/// # Errors
/// The first that failed.
pub fn call(workspace: &Workspace, desk: &Desk) -> Result<(), Failure> {
    app::empty(&folder(workspace))?;
    process::run(
        process::command(workspace.built(&format!("uniffi-bindgen{EXE_SUFFIX}")))
            .arg(&desk.library)
            .arg(folder(workspace).join("starhash.h")),
        "Writing the core's C header",
    )?;
    for abi in &ABIS {
        let library = native::library(workspace, abi)?;
        step(&format!("The core for {}, called on the desk", abi.name), "a few seconds", || {
            shims(workspace, abi)?;
            known_imports(workspace, abi, &library)?;
            called(workspace, abi, &library)
        })?;
    }
    Ok(())
}

/// The app's tests with the library for Android instead of the desk's own; [`call`] must have made its surroundings.
///
/// # Errors
/// What is missing to start the JVM.
pub fn kotlin_tests(workspace: &Workspace, desk: &Desk) -> Result<Command, Failure> {
    let own = ABIS.iter().find(|abi| abi.name == OWN).ok_or_else(|| Failure::failed("There is no ABI x86_64."))?;
    let desk = Desk { library: native::built(workspace, own), ..desk.clone() };
    let mut tests = desk.tests()?;
    tests
        .args(TESTS)
        .env("LD_LIBRARY_PATH", of_abi(workspace, own).join("shims"))
        .env("STARHASH_CORE_FOR_ANDROID", "1");
    Ok(tests)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.out().join("desk")
}

fn of_abi(workspace: &Workspace, abi: &Abi) -> PathBuf {
    folder(workspace).join(abi.name)
}

fn sources(workspace: &Workspace) -> PathBuf {
    workspace.android().join("native/desk")
}

/// Android's libraries over this C library's. C, because its headers know the layouts that are compared, and by the compiler that
/// brings that C library along.
fn shims(workspace: &Workspace, abi: &Abi) -> Result<(), Failure> {
    let out = of_abi(workspace, abi).join("shims");
    app::empty(&out)?;
    let sources = sources(workspace).join("shims");
    let empty = PathBuf::from("/dev/null");
    for (name, source, with) in [
        ("libc.so", sources.join("libc.c"), ["-lgcc_s", "-ldl"]),
        ("liblog.so", sources.join("liblog.c"), ["-lc", "-lc"]),
        ("libm.so", empty.clone(), ["-lm", "-lc"]),
        ("libdl.so", empty, ["-ldl", "-lc"]),
    ] {
        let mut gcc = gcc(abi);
        gcc.args(["-shared", "-fPIC", "-Wl,--no-as-needed"]).arg(format!("-Wl,-soname,{name}"));
        gcc.arg("-o").arg(out.join(name)).args(["-x", "c"]).arg(source).args(["-x", "none"]).args(with);
        process::run(&mut gcc, &format!("Making {name} for {}", abi.name))?;
    }
    Ok(())
}

fn gcc(abi: &Abi) -> Command {
    let mut gcc = process::command(format!("{}gcc", machine(abi).prefix));
    gcc.args(["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-pthread", "-Wl,-z,defs"]);
    gcc
}

/// Every name that the library takes from Android is either ours or has been compared with glibc's: a name that glibc gives with
/// another meaning would otherwise be taken without a word.
fn known_imports(workspace: &Workspace, abi: &Abi, library: &Path) -> Result<(), Failure> {
    let list = sources(workspace).join("shims/glibc.txt");
    let text = fs::read_to_string(&list).map_err(|error| Failure::file("read", &list, &error))?;
    let mut known = same_in_glibc(&text, abi.name);
    for shim in ["libc.so", "liblog.so"] {
        known.extend(symbols(abi, "--defined-only", &of_abi(workspace, abi).join("shims").join(shim))?);
    }
    let asked = symbols(abi, "--undefined-only", library)?;
    let unknown: Vec<&str> = asked.difference(&known).map(String::as_str).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "The core for {} asks Android for {}, which android/native/desk/shims do not know. Compare bionic's with glibc's: \
         if they are the same, add the name to glibc.txt, if not, write it in libc.c.",
        abi.name,
        unknown.join(", ")
    )))
}

/// The names in glibc.txt that hold on `abi`.
fn same_in_glibc(list: &str, abi: &str) -> BTreeSet<String> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| match line.split_whitespace().collect::<Vec<_>>()[..] {
            [name] => Some(name.to_owned()),
            [name, on] if on == abi => Some(name.to_owned()),
            _ => None,
        })
        .collect()
}

/// The names in a library's dynamic symbol table.
fn symbols(abi: &Abi, which: &str, library: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut nm = process::command(format!("{}nm", machine(abi).prefix));
    let output = nm.args(["--dynamic", "--format=posix", which]).arg(library).output();
    let output = output.map_err(|error| Failure::missing(format!("Cannot start nm: {error}.")))?;
    if !output.status.success() {
        return Err(Failure::failed(format!("nm: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // `malloc@LIBC U`.
    let name = |line: &str| Some(line.split(['@', ' ']).next()?.to_owned());
    Ok(text.lines().filter_map(name).collect())
}

/// Compiles the program that calls the library, and runs it.
fn called(workspace: &Workspace, abi: &Abi, library: &Path) -> Result<(), Failure> {
    let out = of_abi(workspace, abi);
    let caller = out.join("caller");
    let mut gcc = gcc(abi);
    gcc.arg("-I").arg(folder(workspace)).arg("-o").arg(&caller);
    gcc.args(["main.c", "phone.c", "core.c"].map(|file| sources(workspace).join(file))).arg("-ldl");
    process::run(&mut gcc, "Compiling the caller")?;
    let files = out.join("files");
    app::empty(&files)?;
    let mut command = if let Some((qemu, root)) = machine(abi).emulator {
        let mut command = process::command(qemu);
        let mut shims = OsString::from("LD_LIBRARY_PATH=");
        shims.push(out.join("shims"));
        command.args(["-L", root, "-E"]).arg(shims).arg(caller);
        command
    } else {
        let mut command = process::command(caller);
        command.env("LD_LIBRARY_PATH", out.join("shims"));
        command
    };
    process::run(command.arg(library).arg(files), &format!("The core for {} on the desk", abi.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_one_abi_is_not_known_on_another() {
        let list = "# head\nopen\n\nstat x86_64\nstat arm64-v8a\n";
        assert!(same_in_glibc(list, "x86_64").contains("stat"));
        assert_eq!(same_in_glibc(list, "armeabi-v7a"), BTreeSet::from(["open".to_owned()]));
    }
}
