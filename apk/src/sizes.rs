//! What an APK weighs, part by part, beside what android/sizes.toml allows.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::path::Path;
use zip::ZipArchive;

/// A part may grow by this much, in percent, before it needs a line of explanation.
const PERCENT: u64 = 2;

/// The file: a row for every part, named as in the printed table.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Tracked(BTreeMap<String, Row>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Size when the row was written.
    bytes: u64,
    /// What it is good for.
    buys: String,
    /// Since then, oldest first: how large it became, and why.
    #[serde(default)]
    grown: Vec<(u64, String)>,
}

impl Row {
    fn accepted(&self) -> u64 {
        self.grown.last().map_or(self.bytes, |(bytes, _)| *bytes)
    }
}

/// The parts of an APK by name, with their bytes in the file: packed where they are packed.
///
/// # Errors
/// When it cannot be read.
pub fn parts(apk: &Path) -> Result<BTreeMap<String, u64>> {
    let whole = std::fs::metadata(apk).with_context(|| apk.display().to_string())?.len();
    let mut zip = ZipArchive::new(File::open(apk)?)?;
    let mut parts = BTreeMap::new();
    let mut content = 0;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index)?;
        let name = match entry.name()?.as_ref() {
            "classes.dex" => "dex".to_owned(),
            name => match name.strip_prefix("lib/") {
                Some(library) => library.replace("libstarhash_core.so", "core").replace("libjnidispatch.so", "jna"),
                None => "resources".to_owned(),
            },
        };
        content += entry.compressed_size();
        *parts.entry(name).or_default() += entry.compressed_size();
    }
    // Zip headers, padding to pages, and both signatures.
    parts.insert("signature, padding".to_owned(), whole - content);
    Ok(parts)
}

/// The table for people, and what has grown without a word. `apks` are the names and parts of all APKs.
pub fn compare(tracked: &Tracked, apks: &[(String, BTreeMap<String, u64>)]) -> (String, Vec<String>) {
    let mut sizes = BTreeMap::new();
    for (apk, parts) in apks {
        sizes.insert(apk.clone(), parts.values().sum());
        // The packing differs from one APK to another; the parts are those of the universal one, which has all.
        if apk.contains("universal") {
            sizes.extend(parts.iter().map(|(part, bytes)| (part.clone(), *bytes)));
        }
    }
    let (mut table, mut wrong) = (String::new(), Vec::new());
    for (part, bytes) in &sizes {
        let Some(row) = tracked.0.get(part) else {
            wrong.push(format!("sizes: `{part}` has {bytes} bytes but no row in android/sizes.toml"));
            continue;
        };
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{bytes:>10}  {part:<28} {}", row.buys);
        let accepted = row.accepted();
        if bytes * 100 > accepted * (100 + PERCENT) {
            wrong.push(format!(
                "sizes: `{part}` has grown from {accepted} to {bytes} bytes, more than {PERCENT} %. Make it smaller, or add to its \
                 row in android/sizes.toml:  grown = [[{bytes}, \"why\"]]"
            ));
        }
        if row.buys.trim().is_empty() || row.grown.iter().any(|(_, why)| why.trim().is_empty()) {
            wrong.push(format!("sizes: the row of `{part}` in android/sizes.toml lacks its explanation"));
        }
    }
    let gone = tracked.0.keys().filter(|part| !sizes.contains_key(*part));
    wrong.extend(gone.map(|part| format!("sizes: android/sizes.toml has a row for `{part}`, which is not there")));
    (table, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(file: &str, dex: u64) -> Vec<String> {
        let apks = [("universal.apk".to_owned(), BTreeMap::from([("dex".to_owned(), dex)]))];
        compare(&toml::from_str(file).unwrap(), &apks).1
    }

    const FILE: &str =
        "\"universal.apk\" = { bytes = 5000, buys = \"all\" }\ndex = { bytes = 1000, buys = \"the app\" }\n";

    #[test]
    fn two_percent_pass_and_more_needs_a_word() {
        assert_eq!(judged(FILE, 1020), [""; 0]);
        assert!(judged(FILE, 1021)[0].contains("`dex` has grown from 1000 to 1021"), "{:?}", judged(FILE, 1021));
        let said = FILE.replace("app\" }", "app\", grown = [[1100, \"more screens\"]] }");
        assert_eq!(judged(&said, 1100), [""; 0]);
        assert_eq!(judged(&said.replace("more screens", " "), 1100).len(), 1);
    }

    #[test]
    fn a_part_without_a_row_and_a_row_without_a_part_are_named() {
        assert!(judged("\"universal.apk\" = { bytes = 5000, buys = \"all\" }\n", 1)[0].contains("no row"));
        assert!(judged(&format!("{FILE}old = {{ bytes = 1, buys = \"x\" }}\n"), 1)[0].contains("`old`"));
    }
}
