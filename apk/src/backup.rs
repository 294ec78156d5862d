//! What of the app's data the phone may copy elsewhere: nothing. `allowBackup="false"` alone does not say it: on Android 12 and
//! newer a transfer to another phone heeds the rules only
//! (<https://developer.android.com/about/versions/12/behavior-changes-12#backup-restore>).

use crate::xmltree::{self, Element, inside};
use std::collections::BTreeSet;

/// Every place the rules know (`android.app.backup.FullBackup`): what is not excluded is copied.
const DOMAINS: [&str; 9] = [
    "database",
    "device_database",
    "device_file",
    "device_root",
    "device_sharedpref",
    "external",
    "file",
    "root",
    "sharedpref",
];

/// The manifest's attribute, and the elements of its file that must exclude everything.
const RULES: [(&str, &[&str]); 2] = [
    ("dataExtractionRules", &["cloud-backup", "device-transfer"]),
    // For Android 11.
    ("fullBackupContent", &["full-backup-content"]),
];

/// What is wrong with the rules that the manifest names. `manifest` and what `print` makes of a file's path are aapt2's print of
/// an XML file, `resources` that of the resource table.
///
/// # Errors
/// When `print` fails.
pub fn problems<E>(
    manifest: &str,
    resources: &str,
    print: impl Fn(&str) -> Result<String, E>,
) -> Result<Vec<String>, E> {
    let elements = xmltree::elements(manifest);
    let application = elements.iter().find(|element| element.name == "application");
    let mut wrong = Vec::new();
    for (attribute, sections) in RULES {
        let id = application.map_or("", |application| application.says(attribute));
        match id.strip_prefix('@').and_then(|id| file_of(resources, id)) {
            Some(file) => {
                let found = rules(&xmltree::elements(&print(file)?), sections);
                wrong.extend(found.into_iter().map(|what| format!("backup: {file}: {what}")));
            }
            None => wrong.push(format!("backup: the manifest's {attribute} names no file of rules")),
        }
    }
    Ok(wrong)
}

/// The file that is the resource: in the table `resource 0x7f080000 xml/rules`, below it `() (file) res/xml/rules.xml type=XML`.
fn file_of<'a>(resources: &'a str, id: &str) -> Option<&'a str> {
    let mut lines = resources.lines().map(str::trim);
    lines.find(|line| line.strip_prefix("resource ").is_some_and(|rest| rest.split(' ').next() == Some(id)))?;
    lines.next()?.strip_prefix("() (file) ")?.split(' ').next()
}

/// What each of `sections` lets through.
fn rules(elements: &[Element], sections: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    for section in sections {
        let Some(at) = elements.iter().position(|element| element.name == *section) else {
            wrong.push(format!("without <{section}> everything is copied"));
            continue;
        };
        // Without a path, or with that of the folder itself, it is the whole domain.
        let whole = |rule: &&Element| rule.name == "exclude" && matches!(rule.says("path"), "" | ".");
        let out: BTreeSet<&str> = inside(elements, at).iter().filter(whole).map(|rule| rule.says("domain")).collect();
        let kept: Vec<&str> = DOMAINS.into_iter().filter(|domain| !out.contains(domain)).collect();
        if !kept.is_empty() {
            wrong.push(format!("<{section}> does not exclude all of {}", kept.join(", ")));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    const MANIFEST: &str = "E: manifest\n  E: application\n    A: http://a:fullBackupContent(0x010104eb)=@0x7f080001\n    A: http://a:dataExtractionRules(0x0101063e)=@0x7f080000\n";
    const TABLE: &str = "  type xml id=08\n    resource 0x7f080000 xml/new\n      () (file) res/xml/new.xml type=XML\n    resource 0x7f080001 xml/old\n      () (file) res/xml/old.xml type=XML\n";

    /// As aapt2 prints a section that excludes all.
    fn section(name: &str, path: &str) -> String {
        let exclude = |domain: &str| {
            format!("      E: exclude (line=5)\n        A: domain=\"{domain}\" (Raw: \"{domain}\")\n{path}")
        };
        format!("    E: {name} (line=4)\n{}", DOMAINS.map(exclude).concat())
    }

    fn new() -> String {
        format!("E: data-extraction-rules (line=3)\n{}{}", section("cloud-backup", ""), section("device-transfer", ""))
    }

    fn judged(manifest: &str, new: &str, old: &str) -> String {
        let print = |file: &str| match file {
            "res/xml/new.xml" => Ok::<_, Infallible>(new.to_owned()),
            "res/xml/old.xml" => Ok(old.to_owned()),
            other => panic!("{other} is asked for"),
        };
        problems(manifest, TABLE, print).unwrap().join("; ")
    }

    #[test]
    fn whatever_may_leave_the_phone_is_named() {
        let old = section("full-backup-content", "        A: path=\".\" (Raw: \".\")\n");
        assert_eq!(judged(MANIFEST, &new(), &old), "");
        let said = judged(MANIFEST, &new().replacen("\"file\" (Raw", "\"cache\" (Raw", 1), &old);
        assert_eq!(said, "backup: res/xml/new.xml: <cloud-backup> does not exclude all of file");
        let said = judged(MANIFEST, &new().replace("device-transfer", "other"), &old);
        assert_eq!(said, "backup: res/xml/new.xml: without <device-transfer> everything is copied");
        let said = judged(MANIFEST, &new(), &old.replacen("exclude", "include", 1));
        assert_eq!(said, "backup: res/xml/old.xml: <full-backup-content> does not exclude all of database");
        let said = judged(MANIFEST, &new(), &old.replacen("path=\".\"", "path=\"one.db\"", 1));
        assert_eq!(said, "backup: res/xml/old.xml: <full-backup-content> does not exclude all of database");
        // Each file in the other's place.
        assert!(judged(MANIFEST, &old, &new()).contains("without <cloud-backup>"));
    }

    #[test]
    fn rules_that_are_not_there_are_missed() {
        let old = section("full-backup-content", "");
        for attribute in ["dataExtractionRules", "fullBackupContent"] {
            let said = judged(&MANIFEST.replace(attribute, "other"), &new(), &old);
            assert_eq!(said, format!("backup: the manifest's {attribute} names no file of rules"));
        }
        let said = judged(&MANIFEST.replace("7f080001", "7f080009"), &new(), &old);
        assert_eq!(said, "backup: the manifest's fullBackupContent names no file of rules");
    }
}
