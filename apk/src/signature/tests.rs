//! On an APK that is really signed: `cargo verify` names it, since none lies in git.

use super::*;

fn apk() -> Vec<u8> {
    let path = std::env::var_os("STARHASH_APK").expect("STARHASH_APK names a signed APK");
    std::fs::read(path).unwrap()
}

#[test]
#[ignore = "needs STARHASH_APK"]
fn a_changed_byte_anywhere_is_noticed() {
    let good = apk();
    let certificate_of_good = certificate(&good, 30).unwrap();
    assert_eq!(certificate_of_good.len(), 64);
    let layout = Layout::find(&good).unwrap();
    let (block, directory, end) = (layout.block, layout.directory, layout.end);
    // In the first entry, the last library, the central directory and the end record's comment length.
    for at in [40, block - 5, directory + 50, end + 21] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert!(certificate(&bad, 30).is_err(), "the byte at {at} was changed");
    }
    for scheme in [V2, V3] {
        let pair = layout.block(scheme).unwrap();
        let start = pair.as_ptr() as usize - good.as_ptr() as usize;
        // Behind the lengths of all signers, the signer and what it signs lies the first digest's algorithm; behind what
        // it signs (and 8 bytes in v3) come three lengths, the algorithm, a length and the signature.
        let signed = usize::try_from(number32(pair, 8).unwrap()).unwrap();
        let signature = start + 12 + signed + if scheme == V3 { 8 } else { 0 } + 16;
        for at in [start + 20, start + 12 + signed - 1, signature, signature + 255] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert!(certificate(&bad, 30).is_err(), "{scheme:#x}: the byte at {at} was changed");
        }
    }
}

#[test]
#[ignore = "needs STARHASH_APK"]
fn an_apk_without_its_signing_block_is_called_unsigned() {
    let mut bare = apk();
    let layout = Layout::find(&bare).unwrap();
    let (block, directory) = (layout.block, layout.directory);
    bare.drain(block..directory);
    let end = bare.len() - 22;
    bare[end + 16..end + 20].copy_from_slice(&u32::try_from(block).unwrap().to_le_bytes());
    assert!(certificate(&bare, 30).unwrap_err().to_string().contains("not signed"));
}

#[test]
#[ignore = "needs STARHASH_APK"]
fn the_range_of_androids_is_compared_with_what_is_signed() {
    let good = apk();
    let layout = Layout::find(&good).unwrap();
    let pair = layout.block(V3).unwrap();
    let start = pair.as_ptr() as usize - good.as_ptr() as usize;
    let signed = usize::try_from(number32(pair, 8).unwrap()).unwrap();
    for at in [start + 12 + signed, start + 12 + signed + 4] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        let error = format!("{:#}", certificate(&bad, 30).unwrap_err());
        assert!(error.contains("signed for the API levels"), "{error}");
    }
}

#[test]
fn a_signature_is_for_the_oldest_android_and_all_newer_ones() {
    let all = 0x7fff_ffff;
    let said = |signed, copy| for_levels(signed, copy, 30).map_err(|error| error.to_string());
    assert_eq!(said((24, all), (24, all)), Ok(()));
    assert_eq!(said((30, all), (30, all)), Ok(()));
    assert!(said((24, all), (28, all)).unwrap_err().contains("beside it stand (28, 2147483647)"));
    assert!(said((31, all), (31, all)).unwrap_err().contains("level 31 and newer, but the app is for 30"));
    assert!(said((24, 34), (24, 34)).unwrap_err().contains("up to API level 34 only"));
}

#[test]
fn what_is_no_zip_file_is_refused() {
    assert!(certificate(b"", 30).is_err());
    assert!(certificate(&[0; 100], 30).is_err());
}
