//! Whether the same sources give the same APKs wherever they lie: the APKs are built again in another folder.

use crate::failure::Failure;
use crate::process;
use crate::workspace::Workspace;
use crate::{app, stamp};
use std::fs;
use std::path::Path;

/// Compares what `cargo apk` has built with what it builds in a copy of the sources, with a target folder of its own.
///
/// # Errors
/// A file that differs, or the second build's failure.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let second = workspace.target.join("reproduce");
    let sources = second.join("another folder");
    app::empty(&sources)?;
    copy(workspace, &sources)?;
    let target = second.join("target");
    let mut build = process::bare_cargo(workspace);
    build.args(["run", "--quiet", "--package", "xtask", "--target-dir"]).arg(&target).args(["--", "apk"]);
    process::run(build.current_dir(&sources), "The second build")?;
    let (first, second) = (workspace.target.join("apk"), target.join("apk"));
    let mut compared = 0;
    for file in stamp::files_under(&first)? {
        let name = file.strip_prefix(&first).unwrap_or(&file);
        let read = |file: &Path| fs::read(file).map_err(|error| Failure::file("read", file, &error));
        if read(&file)? != read(&second.join(name))? {
            return Err(Failure::failed(format!(
                "{} is another one when it is built in {}.",
                name.display(),
                sources.display()
            )));
        }
        compared += 1;
    }
    if compared == 0 {
        return Err(Failure::failed(format!("There is no APK in {} to compare with.", first.display())));
    }
    println!("{compared} files, unsigned and signed, are byte for byte the same from another folder.");
    Ok(())
}

/// What git knows of, as it lies in the folder now.
fn copy(workspace: &Workspace, to: &Path) -> Result<(), Failure> {
    let mut git = process::command("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&workspace.root);
    let output = git.output().map_err(|error| Failure::missing(format!("Cannot start git: {error}.")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::failed(format!("git does not list the sources: {}", said.trim())));
    }
    for name in String::from_utf8_lossy(&output.stdout).split_terminator('\0') {
        let (from, to) = (workspace.root.join(name), to.join(name));
        // Deleted, but not yet in git's eyes.
        if !from.is_file() {
            continue;
        }
        let folder = to.parent().unwrap_or(&to);
        fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
        fs::copy(&from, &to).map_err(|error| Failure::file("copy", &from, &error))?;
    }
    // Without it cargo would look upwards, and build the same folder twice.
    if to.join("Cargo.toml").is_file() {
        Ok(())
    } else {
        Err(Failure::failed(format!("The sources were not copied to {}.", to.display())))
    }
}
