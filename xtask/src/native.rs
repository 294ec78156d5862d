//! The core for phones, one library for each kind of processor, linked without an NDK: the toolchain's own linker, and
//! libraries that hold nothing but the names of what Android offers (android/native/bionic-symbols.txt). With
//! `ANDROID_NDK_HOME` set the NDK's clang links against the NDK's libraries instead.

use crate::failure::Failure;
use crate::process::{self, step};
use crate::shrink::MIN_SDK;
use crate::stamp;
use crate::workspace::{Workspace, named_path};
use crate::{apk, app};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// One kind of phone.
pub struct Abi {
    /// As Android calls it: the folder in the APK.
    pub name: &'static str,
    /// As Rust calls it.
    pub target: &'static str,
    /// As the symbol list calls it.
    arch: &'static str,
    /// What the linker is to make.
    emulation: &'static str,
    /// As the NDK's clang is called, without the API level.
    clang: &'static str,
}

pub const ABIS: [Abi; 3] = [
    Abi {
        name: "arm64-v8a",
        target: "aarch64-linux-android",
        arch: "aarch64",
        emulation: "aarch64linux",
        clang: "aarch64-linux-android",
    },
    Abi {
        name: "armeabi-v7a",
        target: "armv7-linux-androideabi",
        arch: "armv7",
        emulation: "armelf_linux_eabi",
        clang: "armv7a-linux-androideabi",
    },
    Abi {
        name: "x86_64",
        target: "x86_64-linux-android",
        arch: "x86_64",
        emulation: "elf_x86_64",
        clang: "x86_64-linux-android",
    },
];

const LIBRARY: &str = "libstarhash_core.so";
/// Pages of 16 KB are what newer phones have; 4 KB ones take them as well.
const PAGE: u32 = 16384;

/// Builds the core for `abi` and returns the library.
///
/// # Errors
/// What is missing, or does not build; among it a symbol that Android [`MIN_SDK`] lacks.
pub fn library(workspace: &Workspace, abi: &Abi) -> Result<PathBuf, Failure> {
    let link = match ndk_home() {
        Some(home) => ndk(&home, abi)?,
        None => own(workspace, &Toolchain::find(workspace)?, abi)?,
    };
    let mut cargo = process::cargo(workspace, "rustc");
    cargo
        .args(["--profile", "phone", "--package", "starhash-core", "--lib", "--crate-type", "cdylib"])
        .args(["--target", abi.target])
        .env(format!("CARGO_TARGET_{}_LINKER", abi.target.to_uppercase().replace('-', "_")), &link.program)
        // Not RUSTFLAGS: a path may hold a space.
        .env("CARGO_ENCODED_RUSTFLAGS", join(flags(workspace, &link)));
    process::run(&mut cargo, &format!("The core for {}", abi.name))?;
    Ok(built(workspace, abi))
}

/// Where [`library`] puts it.
pub fn built(workspace: &Workspace, abi: &Abi) -> PathBuf {
    workspace.target.join(abi.target).join("phone").join(LIBRARY)
}

/// The compiler's flags: how to link, and no path of this machine in the result.
fn flags(workspace: &Workspace, link: &Link) -> Vec<OsString> {
    let mut flags = link.flags.clone();
    let page = format!("-zmax-page-size={PAGE}");
    for arg in ["--soname=libstarhash_core.so", page.as_str(), "-zdefs", "--error-limit=0"] {
        flags.push(format!("-Clink-arg={}{arg}", link.prefix).into());
    }
    let mut remap = |path: &Path, name: &str| {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(path);
        flag.push(format!("=/{name}"));
        flags.push(flag);
    };
    remap(&workspace.root, "starhash");
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    // Each registry has a folder of its own, named by a hash of its address.
    let registries = cargo_home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    for registry in registries.into_iter().flatten().flatten() {
        remap(&registry.path(), "crates");
    }
    flags
}

fn join(flags: Vec<OsString>) -> OsString {
    let mut joined = OsString::new();
    for (index, flag) in flags.into_iter().enumerate() {
        if index > 0 {
            joined.push("\u{1f}");
        }
        joined.push(flag);
    }
    joined
}

/// Who links, and how it is told.
struct Link {
    program: PathBuf,
    flags: Vec<OsString>,
    /// Before each argument that is meant for the linker itself.
    prefix: &'static str,
}

fn ndk_home() -> Option<PathBuf> {
    named_path("ANDROID_NDK_HOME")
}

/// The NDK's clang.
fn ndk(home: &Path, abi: &Abi) -> Result<Link, Failure> {
    let host = if cfg!(target_os = "macos") {
        "darwin-x86_64"
    } else if cfg!(windows) {
        "windows-x86_64"
    } else {
        "linux-x86_64"
    };
    let ending = if cfg!(windows) { ".cmd" } else { "" };
    let clang = format!("{}{MIN_SDK}-clang{ending}", abi.clang);
    let program = home.join("toolchains/llvm/prebuilt").join(host).join("bin").join(clang);
    if program.is_file() {
        return Ok(Link { program, flags: Vec::new(), prefix: "-Wl," });
    }
    Err(Failure::missing(format!(
        "ANDROID_NDK_HOME is {}, but there is no {}. Point it at an NDK of version 23 or newer, or unset it: the APK is \
         built without one as well.",
        home.display(),
        program.display()
    )))
}

/// The toolchain's own linker, against libraries made of names.
fn own(workspace: &Workspace, toolchain: &Toolchain, abi: &Abi) -> Result<Link, Failure> {
    let stubs = stubs(workspace, toolchain, abi)?;
    let mut search = OsString::from("-Lnative=");
    search.push(stubs);
    Ok(Link { program: toolchain.linker.clone(), flags: vec!["-Clinker-flavor=ld.lld".into(), search], prefix: "" })
}

/// What Android offers to `abi` at [`MIN_SDK`], as libraries without code. Returns their folder.
fn stubs(workspace: &Workspace, toolchain: &Toolchain, abi: &Abi) -> Result<PathBuf, Failure> {
    let list = workspace.android().join("native/bionic-symbols.txt");
    // Named by the list and the level: cargo links again when they change.
    let version = stamp::contents(std::slice::from_ref(&list))? ^ u64::from(MIN_SDK);
    let folder = workspace.out().join(format!("stubs/{version:016x}/{}", abi.name));
    let complete = || folder.join("libunwind.a").is_file();
    stamp::unless_fresh(&app::stamp_file(workspace, &format!("stubs-{}", abi.name)), version, complete, || {
        app::empty(&folder)?;
        for library in ["libc", "libdl", "libm", "liblog"] {
            let script = folder.join(format!("{library}.ld"));
            fs::write(&script, script_of(workspace, &list, library, abi.arch)?)
                .map_err(|error| Failure::file("write", &script, &error))?;
            process::run(
                process::command(&toolchain.linker)
                    .args(["-flavor", "gnu", "-shared", "-m", abi.emulation])
                    .arg(format!("--soname={library}.so"))
                    .arg("-o")
                    .arg(folder.join(format!("{library}.so")))
                    .arg(&script),
                &format!("Making {library}.so to link against"),
            )?;
        }
        // Rust asks for it by name; at API 30 what it would hold is in libc.
        let unwind = folder.join("libunwind.a");
        fs::write(&unwind, "!<arch>\n").map_err(|error| Failure::file("write", &unwind, &error))
    })?;
    Ok(folder)
}

/// A linker script that defines what `library` offers; no value is ever used.
fn script_of(workspace: &Workspace, list: &Path, library: &str, arch: &str) -> Result<Vec<u8>, Failure> {
    let mut program = apk::program(workspace);
    program.arg("stub").arg(list).args([&MIN_SDK.to_string(), library, arch]);
    let output = program.output().map_err(|error| Failure::failed(format!("Cannot start {program:?}: {error}.")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Failure::failed(format!(
        "{} does not say what {library} offers: {}",
        list.display(),
        String::from_utf8_lossy(&output.stderr).trim()
    )))
}

/// What of Rust's toolchain is used beside cargo.
struct Toolchain {
    linker: PathBuf,
}

impl Toolchain {
    fn find(workspace: &Workspace) -> Result<Self, Failure> {
        let libraries = rustc(workspace, &[])
            .ok_or_else(|| Failure::missing("`rustc --print target-libdir` failed: is Rust installed by rustup?"))?;
        let linker = libraries.with_file_name("bin").join(format!("rust-lld{}", env::consts::EXE_SUFFIX));
        if linker.is_file() {
            return Ok(Self { linker });
        }
        Err(Failure::missing(format!(
            "{} is not there: this Rust is not rustup's. Install it from https://rustup.rs, or set ANDROID_NDK_HOME.",
            linker.display()
        )))
    }
}

/// The folder of a target's standard library, whether it is there or not.
fn rustc(workspace: &Workspace, more: &[&str]) -> Option<PathBuf> {
    let mut rustc = process::command("rustc");
    rustc.args(["--print", "target-libdir"]).args(more).current_dir(&workspace.root);
    let output = rustc.output().ok().filter(|output| output.status.success())?;
    Some(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

/// The targets Rust cannot build for yet.
pub fn missing_targets(workspace: &Workspace) -> Vec<&'static str> {
    let lacks = |target: &&str| rustc(workspace, &["--target", target]).is_none_or(|folder| !folder.is_dir());
    ABIS.iter().map(|abi| abi.target).filter(lacks).collect()
}

/// Sees to it that [`library`] has what it needs, before the minutes of building.
///
/// # Errors
/// An NDK that is none, or what rustup cannot fetch.
pub fn prepare(workspace: &Workspace) -> Result<(), Failure> {
    if let Some(home) = ndk_home() {
        ABIS.iter().try_for_each(|abi| ndk(&home, abi).map(|_| ()))?;
    }
    add_targets(workspace)
}

/// Has rustup fetch what is missing: not named in rust-toolchain.toml, so that only those who build an APK fetch it.
fn add_targets(workspace: &Workspace) -> Result<(), Failure> {
    let missing = missing_targets(workspace);
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("rustup target add {}", missing.join(" "));
    step("Rust's standard library for phones", "fetching about 80 MB the first time", || {
        let mut rustup = process::command("rustup");
        rustup.args(["target", "add"]).args(&missing).current_dir(&workspace.root);
        process::run(&mut rustup, "rustup").map_err(|why| {
            Failure::missing(format!(
                "{why}\nRust's standard library for phones ({}) cannot be fetched. rustup needs the network for it once; \
                 by hand it is, in this folder:\n  {by_hand}",
                missing.join(", ")
            ))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn an_ndks_own_clang_links_for_each_processor() {
        let home = env::temp_dir().join(format!("starhash-ndk-{}", std::process::id()));
        let bin = home.join("toolchains/llvm/prebuilt/linux-x86_64/bin");
        app::empty(&bin).unwrap();
        for abi in &ABIS {
            let clang = bin.join(format!("{}30-clang", abi.clang));
            fs::write(&clang, "").unwrap();
            let link = ndk(&home, abi).unwrap();
            assert_eq!((link.program, link.prefix), (clang, "-Wl,"));
        }
        fs::remove_dir_all(home).unwrap();
    }

    #[test]
    fn an_ndk_that_is_none_is_named() {
        let Err(why) = ndk(Path::new("/no/ndk"), &ABIS[1]) else { panic!("found") };
        assert!(why.to_string().contains("/no/ndk/toolchains"), "{why}");
        assert!(why.to_string().contains("armv7a-linux-androideabi30-clang"), "{why}");
    }
}
