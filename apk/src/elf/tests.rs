use super::fake::{Fake, good};
use super::*;

const LIST: &str = "# head\nlibc new f 31 *\nlibc open f 0 *\nlibc arm f 30 armv7\n";

fn judged(change: impl FnOnce(&mut Fake)) -> String {
    let mut fake = good();
    change(&mut fake);
    let offered = Offered::read(LIST).unwrap();
    problems("lib.so", "arm64-v8a", &fake.bytes(), &offered, 30).unwrap().join("; ")
}

#[test]
fn every_rule_notices_its_breach() {
    assert_eq!(judged(|_| ()), "");
    assert_eq!(judged(|fake| fake.machine = 62), "lib.so: is for x86_64 but lies among those for aarch64");
    assert_eq!(judged(|fake| fake.align = 0x1000), "lib.so: LOAD is aligned to 0x1000, not 0x4000");
    assert_eq!(
        judged(|fake| fake.address = 0x1000),
        "lib.so: LOAD at 0x0 of the file cannot be mapped to 0x1000 by pages of 0x4000"
    );
    assert_eq!(
        judged(|fake| fake.needed.push("libssl.so")),
        "lib.so: needs libssl.so, which is not among libc.so, libdl.so, liblog.so, libm.so"
    );
    for name in ["new", "arm", "none"] {
        let said =
            format!("lib.so: asks for `{name}`, which Android 30 does not offer on aarch64 (bionic-symbols.txt)");
        assert_eq!(judged(|fake| fake.asks.push(name)), said);
    }
    // DT_TEXTREL; DT_FLAGS with DF_TEXTREL (4) among others; DT_FLAGS without it.
    assert_eq!(judged(|fake| fake.dynamic.push((22, 0))), "lib.so: has text relocations");
    assert_eq!(judged(|fake| fake.dynamic.push((30, 4 | 8))), "lib.so: has text relocations");
    assert_eq!(judged(|fake| fake.dynamic.push((30, 8))), "");
    // PT_TLS.
    assert_eq!(judged(|fake| fake.segment = 7), "lib.so: has ELF thread-local storage");
}

#[test]
fn what_is_no_library_is_named() {
    let offered = Offered::read(LIST).unwrap();
    let error = problems("lib.so", "arm64-v8a", b"no library at all, only words", &offered, 30).unwrap_err();
    assert!(format!("{error:#}").contains("lib.so"), "{error:#}");
}

#[test]
fn a_symbol_is_offered_from_its_level_on_and_on_its_processor() {
    let offered = Offered::read(LIST).unwrap();
    assert!(offered.has("open", "x86_64", 30) && offered.has("new", "x86_64", 31) && offered.has("arm", "armv7", 30));
    assert!(
        !offered.has("new", "x86_64", 30) && !offered.has("arm", "x86_64", 30) && !offered.has("none", "armv7", 30)
    );
    assert!(Offered::read("libc four words only").is_err());
}

#[test]
fn a_stub_defines_what_its_library_has_on_this_processor_at_the_oldest_android() {
    let offered = Offered::read(&format!("{LIST}libc last f 30 *\nlibm pow f 0 *\n")).unwrap();
    assert_eq!(offered.script("libc", "aarch64", 30), "open = 0;\nlast = 0;\n");
    assert_eq!(offered.script("libc", "armv7", 30), "open = 0;\narm = 0;\nlast = 0;\n");
    assert_eq!(offered.script("libm", "armv7", 30), "pow = 0;\n");
}

/// This program's own file is of the desk: linked to other libraries, and on smaller pages.
#[test]
fn a_desktops_library_is_refused() {
    let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let offered = Offered::read("").unwrap();
    let wrong = problems("lib.so", "arm64-v8a", &bytes, &offered, 30).unwrap();
    for what in ["libc.so.6", "asks for `", "LOAD is aligned to 0x1000", "thread-local", "lies among those for aarch64"]
    {
        assert!(wrong.iter().any(|wrong| wrong.contains(what)), "{what}: {wrong:?}");
    }
}
