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

/// The file: what is aimed at, and a row for every part, named as in the printed table.
#[derive(Debug, Deserialize)]
pub struct Tracked {
    aims: Aims,
    #[serde(flatten)]
    rows: BTreeMap<String, Row>,
}

/// The largest sizes, in bytes, that need no explanation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aims {
    library: u64,
    /// An APK for one kind of processor.
    apk: u64,
    universal: u64,
}

impl Aims {
    /// The one for a part; most have none.
    fn of(&self, part: &str) -> Option<u64> {
        if let Some(apk) = part.strip_suffix(".apk") {
            return Some(if apk.ends_with("universal") { self.universal } else { self.apk });
        }
        // `ABI/core`, `ABI/jna`
        part.contains('/').then_some(self.library)
    }
}

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
    /// Why it is larger than what is aimed at.
    #[serde(default)]
    over: Option<String>,
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
        let Some(row) = tracked.rows.get(part) else {
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
        let aim = tracked.aims.of(part).unwrap_or(u64::MAX);
        match &row.over {
            None if *bytes > aim => wrong.push(format!(
                "sizes: `{part}` has {bytes} bytes, the aim is {aim}. Make it smaller, or add to its row in android/sizes.toml:  \
                 over = \"why\""
            )),
            Some(_) if *bytes <= aim => wrong.push(format!("sizes: `{part}` meets its aim: take `over` from its row")),
            _ => {}
        }
        if row.buys.trim().is_empty()
            || row.grown.iter().map(|(_, why)| why).chain(&row.over).any(|why| why.trim().is_empty())
        {
            wrong.push(format!("sizes: the row of `{part}` in android/sizes.toml lacks its explanation"));
        }
    }
    let gone = tracked.rows.keys().filter(|part| !sizes.contains_key(*part));
    wrong.extend(gone.map(|part| format!("sizes: android/sizes.toml has a row for `{part}`, which is not there")));
    (table, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged_of(file: &str, parts: &[(&str, u64)]) -> Vec<String> {
        let parts = parts.iter().map(|(part, bytes)| ((*part).to_owned(), *bytes)).collect();
        compare(&toml::from_str(file).unwrap(), &[("universal.apk".to_owned(), parts)]).1
    }

    fn judged(file: &str, dex: u64) -> Vec<String> {
        judged_of(file, &[("dex", dex)])
    }

    const AIMS: &str = "aims = { library = 1000, apk = 2000, universal = 5000 }\n";
    const FILE: &str = "aims = { library = 1000, apk = 2000, universal = 5000 }\n\"universal.apk\" = { bytes = 5000, buys = \"all\" }\ndex = { bytes = 1000, buys = \"the app\" }\n";

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
        assert!(
            judged(&format!("{AIMS}\"universal.apk\" = {{ bytes = 5000, buys = \"all\" }}\n"), 1)[0].contains("no row")
        );
        assert!(judged(&format!("{FILE}old = {{ bytes = 1, buys = \"x\" }}\n"), 1)[0].contains("`old`"));
    }

    #[test]
    fn what_is_over_its_aim_needs_a_word_and_what_is_not_needs_none() {
        let file = format!("{FILE}\"arm/core\" = {{ bytes = 1001, buys = \"x\" }}\n");
        let judged = |file: &str, library| judged_of(file, &[("dex", 1000), ("arm/core", library)]);
        assert_eq!(judged(&file, 1000), [""; 0]);
        let said = judged(&file, 1001);
        assert!(said.len() == 1 && said[0].contains("`arm/core` has 1001 bytes, the aim is 1000"), "{said:?}");
        let explained = file.replace("\"x\" }", "\"x\", over = \"metadata\" }");
        assert_eq!(judged(&explained, 1001), [""; 0]);
        assert_eq!(judged(&explained.replace("metadata", " "), 1001).len(), 1);
        assert!(judged(&explained, 1000)[0].contains("take `over` from its row"));
        let aims = toml::from_str::<Tracked>(AIMS).unwrap().aims;
        let of = |part| aims.of(part);
        assert_eq!([of("starhash-universal.apk"), of("starhash-x86_64.apk")], [Some(5000), Some(2000)]);
        assert_eq!([of("x86_64/jna"), of("dex")], [Some(1000), None]);
    }
}
