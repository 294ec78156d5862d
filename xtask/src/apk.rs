//! `cargo apk`: one APK for every phone and one for each kind of processor, signed, and read back.

use crate::failure::Failure;
use crate::keys::{self, Key};
use crate::native::{self, ABIS};
use crate::process::{self, step};
use crate::shrink::{self, Form};
use crate::sign::{self, Signer};
use crate::workspace::Workspace;
use crate::{app, prereq};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// # Errors
/// What is missing, could not be built, or is not as it must be.
pub fn run(options: &[String]) -> Result<(), Failure> {
    let release = match options.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--release"] => true,
        ["--help" | "-h"] => {
            print!("{HELP}");
            return Ok(());
        }
        _ => return Err(Failure::failed(format!("`cargo apk` cannot do `{}`.\n\n{HELP}", options.join(" ")))),
    };
    let start = Instant::now();
    let workspace = Workspace::locate()?;
    prereq::check(&workspace)?;
    // Before the minutes of building.
    let key = keys::key(release)?;
    native::prepare(&workspace)?;
    if release {
        // A key that is refused is refused now.
        sign::sign(&workspace, &shrink::tools(&workspace)?, &key, &[])?;
    }
    app::build(&workspace)?;
    build(&workspace, &key)?;
    println!("Done in {:.0} s.", start.elapsed().as_secs_f32());
    Ok(())
}

const HELP: &str = "\
cargo apk [--release]    signed APKs in target/apk/, one for every phone and one for each kind of processor

  --release              sign with the key that STARHASH_KEY names (a PKCS12 store with an RSA key), its password in
                         STARHASH_KEY_PASSWORD or in the file STARHASH_KEY_PASSWORD_FILE, if it holds several keys the name in
                         STARHASH_KEY_ALIAS. Without this a debug key is used, made once in ~/.local/share/starhash.

Taken from the environment: ANDROID_NDK_HOME, an NDK to link with instead of Rust's own linker; STARHASH_AAPT2, an aapt2
(of an Android SDK, say) instead of the one that Maven fetches.
";

/// Builds what an APK has beyond the desk's app, packs, signs, reads back, and prints the sizes. The app must be built.
///
/// # Errors
/// The first step that failed.
pub fn build(workspace: &Workspace, key: &Key) -> Result<(), Failure> {
    let tools = shrink::tools(workspace)?;
    let dex = shrink::shrink(workspace, Form::Dex)?;
    let mut libraries = Vec::new();
    for abi in &ABIS {
        let core = native::library(workspace, abi)?;
        libraries.push([format!("{}={}", abi.name, core.display()), jna(workspace, abi.name)]);
    }
    let folder = workspace.target.join("apk");
    app::empty(&folder)?;
    let unsigned = folder.join("unsigned");
    app::empty(&unsigned)?;
    let mut names = vec!["starhash-universal.apk".to_owned()];
    pack(workspace, &unsigned.join(&names[0]), &dex, &libraries.concat())?;
    for (abi, libraries) in ABIS.iter().zip(&libraries) {
        let name = format!("starhash-{}.apk", abi.name);
        pack(workspace, &unsigned.join(&name), &dex, libraries)?;
        names.push(name);
    }
    let files: Vec<_> = names.iter().map(|name| (unsigned.join(name), folder.join(name))).collect();
    let signer = sign::sign(workspace, &tools, key, &files)?;
    let apks: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    step("Reading the APKs back", "a few seconds", || read_back(workspace, &signer, &apks))?;
    println!(
        "\nSigned with the {} key {}\n  {}, SHA-256 {}",
        key.kind,
        key.store.display(),
        signer.subject,
        signer.certificate
    );
    println!("\n     bytes  in {}", folder.display());
    // A longer key makes longer signatures: the tracked sizes are those of the debug key.
    let what = if key.kind == "debug" { "sizes" } else { "table" };
    process::run(
        program(workspace).arg(what).arg(workspace.android().join("sizes.toml")).args(&apks),
        "Comparing the sizes",
    )
}

/// Holds finished APKs against everything that must be true of them.
///
/// # Errors
/// What is not.
pub fn read_back(workspace: &Workspace, signer: &Signer, apks: &[PathBuf]) -> Result<(), Failure> {
    let mut read = program(workspace);
    read.arg("read").arg(app::aapt2(workspace)).arg(workspace.android().join("native/bionic-symbols.txt"));
    read.arg(shrink::MIN_SDK.to_string()).arg(&signer.certificate).args(apks);
    process::run(&mut read, "Reading the APKs back")
}

/// The program of the crate `apk/`, which is built with the rest of the workspace.
pub fn program(workspace: &Workspace) -> Command {
    process::command(workspace.built(&format!("starhash-apk{}", env::consts::EXE_SUFFIX)))
}

/// JNA's library for an ABI, as the program takes it.
fn jna(workspace: &Workspace, abi: &str) -> String {
    format!("{abi}={}", workspace.out().join("jna/jni").join(abi).join("libjnidispatch.so").display())
}

fn pack(workspace: &Workspace, out: &Path, dex: &Path, libraries: &[String]) -> Result<(), Failure> {
    let resources = workspace.generated().join("resources.apk");
    process::run(program(workspace).arg("pack").arg(out).arg(resources).arg(dex).args(libraries), "Writing the APK")
}
