use super::*;

#[test]
fn the_default_profile_is_the_users_document() {
    let profile = Profile::default_profile().unwrap();
    assert_eq!(profile.start, "*#");
}
