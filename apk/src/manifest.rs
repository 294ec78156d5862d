//! What the manifest in the APK must say, read from what aapt2 prints of it.

use crate::xmltree::{self, Element, inside};

/// Components other apps may start, each with the permission that guards it or the reason why none does.
const EXPORTED: [(&str, Guard); 3] = [
    ("app.starhash.telecom.StarhashInCallService", Guard::Permission("android.permission.BIND_INCALL_SERVICE")),
    // The launcher.
    ("app.starhash.dialer.ColleaguesActivity", Guard::Open),
    // Every app's ACTION_DIAL, links, shared texts: it shows a number and calls nobody by itself.
    ("app.starhash.dialer.DialPadActivity", Guard::Open),
];

enum Guard {
    Permission(&'static str),
    Open,
}

/// The permissions the app asks for; the setup page explains those that the user is asked for.
const PERMISSIONS: [&str; 8] = [
    "CALL_PHONE",
    "FOREGROUND_SERVICE",
    "FOREGROUND_SERVICE_PHONE_CALL",
    "POST_NOTIFICATIONS",
    "READ_CONTACTS",
    "READ_PHONE_STATE",
    "USE_FULL_SCREEN_INTENT",
    "WAKE_LOCK",
];

/// `FOREGROUND_SERVICE_TYPE_PHONE_CALL`.
const PHONE_CALL: &str = "0x00000004";

/// What is wrong with the manifest that `aapt2 dump xmltree` printed, of an app for Android `min_sdk` and newer.
pub fn problems(tree: &str, min_sdk: u32) -> Vec<String> {
    let elements = xmltree::elements(tree);
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(format!("manifest: {what}"));
        }
    };
    let one = |name: &str| elements.iter().find(|element| element.name == name);
    let sdk = one("uses-sdk");
    let oldest = min_sdk.to_string();
    must(sdk.is_some_and(|sdk| sdk.says("minSdkVersion") == oldest), &format!("minSdkVersion is not {oldest}"));
    must(sdk.is_some_and(|sdk| sdk.says("targetSdkVersion") == "35"), "targetSdkVersion is not 35");
    let asked: Vec<&str> = {
        let mut asked: Vec<&str> = elements
            .iter()
            .filter(|element| element.name.starts_with("uses-permission"))
            .map(|element| element.says("name").trim_start_matches("android.permission."))
            .collect();
        asked.sort_unstable();
        asked
    };
    must(!asked.contains(&"INTERNET"), "it asks for INTERNET");
    must(asked == PERMISSIONS, &format!("the permissions are {asked:?}, not {PERMISSIONS:?}"));
    let application = one("application");
    let app = |attribute: &str| application.map_or("", |application| application.says(attribute));
    must(matches!(app("debuggable"), "" | "false"), "it is debuggable");
    must(matches!(app("testOnly"), "" | "false"), "it is testOnly: a file manager cannot install it");
    must(app("allowBackup") == "false", "backup is allowed");
    must(app("extractNativeLibs") == "false", "extractNativeLibs is not false, but the libraries are stored");
    wrong.extend(components(&elements));
    wrong.extend(role(&elements));
    wrong
}

/// Which components are open, and to whom.
fn components(elements: &[Element]) -> Vec<String> {
    let mut wrong = Vec::new();
    let kinds = ["activity", "activity-alias", "service", "receiver", "provider"];
    for component in elements.iter().filter(|element| kinds.contains(&element.name.as_str())) {
        let name = component.says("name");
        let allowed = EXPORTED.iter().find(|(known, _)| *known == name);
        match (component.says("exported"), allowed) {
            ("false", None) | ("true", Some((_, Guard::Open))) => {}
            ("true", Some((_, Guard::Permission(permission)))) if component.says("permission") == *permission => {}
            ("true", Some((_, Guard::Permission(permission)))) => {
                wrong.push(format!("manifest: {name} is exported without {permission}"));
            }
            ("true", None) => wrong.push(format!("manifest: {name} is exported, and nobody has said why")),
            ("false", Some(_)) => wrong.push(format!("manifest: {name} is not exported, but must be")),
            _ => wrong.push(format!("manifest: {name} does not say whether it is exported")),
        }
    }
    wrong
}

/// What Android asks of a default dialer (`RoleManager.ROLE_DIALER`): an activity for `ACTION_DIAL` with and without a number,
/// and an `InCallService` with its own screen.
fn role(elements: &[Element]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(format!("manifest: the dialer role needs {what}"));
        }
    };
    let filters = filters(elements);
    let dials = |tel: bool| {
        filters.iter().any(|(_, words)| {
            words.contains(&"android.intent.action.DIAL")
                && words.contains(&"android.intent.category.DEFAULT")
                && words.contains(&"tel") == tel
        })
    };
    must(dials(false), "an activity for ACTION_DIAL without a number");
    must(dials(true), "an activity for ACTION_DIAL with tel:");
    let service = filters.iter().find(|(_, words)| words.contains(&"android.telecom.InCallService"));
    must(service.is_some(), "an InCallService");
    let service = service.map(|(at, _)| *at);
    let is = |attribute: &str, value: &str| service.is_some_and(|at| elements[at].says(attribute) == value);
    must(is("permission", "android.permission.BIND_INCALL_SERVICE"), "BIND_INCALL_SERVICE on its service");
    must(is("foregroundServiceType", PHONE_CALL), "foregroundServiceType phoneCall on its service");
    let own_screen = service.is_some_and(|at| {
        inside(elements, at).iter().any(|element| {
            element.says("name") == "android.telecom.IN_CALL_SERVICE_UI" && element.says("value") == "true"
        })
    });
    must(own_screen, "IN_CALL_SERVICE_UI on its service");
    if filters.iter().any(|(_, words)| words.contains(&"android.intent.action.CALL")) {
        wrong.push("manifest: it takes ACTION_CALL, which lends its permission to call to every app".to_owned());
    }
    wrong
}

/// Every intent filter: the component it belongs to, and what its elements name.
fn filters(elements: &[Element]) -> Vec<(usize, Vec<&str>)> {
    let mut all = Vec::new();
    for (at, filter) in elements.iter().enumerate().filter(|(_, element)| element.name == "intent-filter") {
        let owner = elements[..at].iter().rposition(|element| element.depth < filter.depth).unwrap_or(at);
        let words = inside(elements, at).iter().flat_map(|element| [element.says("name"), element.says("scheme")]);
        all.push((owner, words.filter(|word| !word.is_empty()).collect()));
    }
    all
}

#[cfg(test)]
mod tests;
