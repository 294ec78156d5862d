use super::*;

/// The app's own manifest as aapt2 prints it, shortened to what is looked at.
const GOOD: &str = include_str!("good.txt");

#[test]
fn the_apps_manifest_is_well() {
    assert_eq!(problems(GOOD, 30), [""; 0]);
}

#[test]
fn every_rule_notices_its_breach() {
    for (from, to, said) in [
        ("minSdkVersion(0x0101020c)=30", "minSdkVersion(0x0101020c)=29", "minSdkVersion"),
        ("targetSdkVersion(0x01010270)=35", "targetSdkVersion(0x01010270)=33", "targetSdkVersion"),
        ("android.permission.WAKE_LOCK", "android.permission.INTERNET", "it asks for INTERNET"),
        ("android.permission.CALL_PHONE", "android.permission.SEND_SMS", "SEND_SMS"),
        ("allowBackup(0x01010280)=false", "allowBackup(0x01010280)=true", "backup is allowed"),
        ("supportsRtl(0x010103af)", "debuggable(0x0101000f)", "debuggable"),
        ("supportsRtl(0x010103af)", "testOnly(0x01010272)", "testOnly"),
        ("extractNativeLibs(0x010104ea)=false", "extractNativeLibs(0x010104ea)=true", "extractNativeLibs"),
        ("BIND_INCALL_SERVICE", "DUMP", "BIND_INCALL_SERVICE"),
        ("app.starhash.dialer.ColleaguesActivity", "app.starhash.Other", "app.starhash.Other is exported"),
        ("exported(0x01010010)=false", "enabled(0x0101000e)=false", "does not say whether"),
        ("exported(0x01010010)=true", "exported(0x01010010)=false", "is not exported, but must be"),
        ("foregroundServiceType(0x01010599)=0x00000004", "foregroundServiceType(0x01010599)=0x00000001", "phoneCall"),
        ("IN_CALL_SERVICE_UI", "OTHER", "IN_CALL_SERVICE_UI"),
        ("android.telecom.InCallService", "android.telecom.Other", "an InCallService"),
        ("\"tel\"", "\"sip\"", "ACTION_DIAL with tel:"),
        ("android.intent.action.SEND", "android.intent.action.CALL", "ACTION_CALL"),
        ("android.intent.action.DIAL", "android.intent.action.EDIT", "ACTION_DIAL without a number"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let wrong = problems(&GOOD.replace(from, to), 30);
        assert!(wrong.iter().any(|what| what.contains(said)), "{from} -> {to}: {wrong:?}");
    }
}
