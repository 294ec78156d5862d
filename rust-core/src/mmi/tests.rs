use super::*;
use DialClass::*;

fn facts() -> DialFacts {
    DialFacts { emergency: vec!["112".into(), "102".into()], ..DialFacts::default() }
}

fn user() -> Profile {
    Profile::default_profile().unwrap()
}

#[track_caller]
fn expect(facts: &DialFacts, rows: &[(&str, DialClass, DialPad)]) {
    for (dialled, class, dial_pad) in rows {
        let reading = classify(dialled, facts, &user());
        assert_eq!((reading.class, reading.dial_pad), (*class, *dial_pad), "{dialled:?} {facts:?}");
    }
}

#[test]
fn wide_and_arabic_digits_are_digits() {
    let profile = Profile::default_profile().unwrap();
    for wide in ["＊＃２０４＃", "*#٢٠٤#"] {
        assert_eq!(
            classify(wide, &DialFacts::default(), &profile),
            classify("*#204#", &DialFacts::default(), &profile),
            "{wide}"
        );
    }
}

#[test]
fn while_no_call_is_up() {
    use DialPad::*;
    expect(
        &facts(),
        &[
            ("", Invalid, Refuse),
            ("Анна", Invalid, Refuse),
            (",204", Invalid, Refuse),
            ("204", Call, Place),
            ("+7 (495) 123-45-67", Call, Place),
            ("8-800-555-35-35,,204", Call, Place),
            ("112", Call, Emergency),
            ("1-1-2", Call, Emergency),
            ("*#112#", Ussd, ExplainTransfer),
            ("*#204#", Ussd, ExplainTransfer),
            ("* # 204 #", Ussd, ExplainTransfer),
            ("*#204", Call, ExplainTransfer),
            ("*#", Ussd, ExplainTransfer),
            ("*##", Ussd, ExplainTransfer),
            ("*#+79451234567#", Ussd, ExplainTransfer),
            ("*#123456789012345678901#", Ussd, ExplainTransfer),
            ("*#21#", Supplementary, Ask),
            ("*#62#", Supplementary, Ask),
            ("*100#", Ussd, Place),
            ("*21*+79451234567#", Supplementary, Place),
            ("##002#", Supplementary, Place),
            ("*31#+79451234567", Call, Place),
            ("*21#79451234567", Invalid, Refuse),
            ("*400#1234567890123456#", Ussd, Place),
            ("5", Ussd, Ask),
            ("23", Ussd, Ask),
            ("12", Call, Place),
            ("*#06#", DialPadSequence, DeviceInfo),
            ("*#07#", DialPadSequence, DeviceInfo),
            ("*#*#4636#*#*", DialPadSequence, SecretCode),
            ("*#*##*#*", Call, Place),
            ("7#", DialPadSequence, SimContact),
            ("1000#", Ussd, Place),
            ("**04*1234*4321*4321#", DialPadSequence, Place),
        ],
    );
}

#[test]
fn while_a_call_is_up() {
    use DialPad::*;
    expect(
        &DialFacts { in_call: true, ..facts() },
        &[
            ("*#204#", Ussd, SendIntoCall),
            ("*#204", Call, SendIntoCall),
            ("*#", Ussd, ExplainTransfer),
            ("*#21#", Supplementary, Ask),
            ("*#06#", DialPadSequence, Ask),
            ("112", Call, Emergency),
            ("0", InCallCommand, Ask),
            ("1", InCallCommand, Ask),
            ("12", InCallCommand, Ask),
            ("25", InCallCommand, Ask),
            ("33", Ussd, Ask),
            ("6", Ussd, Ask),
            ("121", Call, Place),
            ("204", Call, Place),
        ],
    );
}

#[test]
fn the_parts_of_a_service_code() {
    let reading = classify("**61*+79451234567*11*30#", &facts(), &user());
    let parts = [&reading.sc, &reading.sia, &reading.sib, &reading.sic, &reading.pwd, &reading.dial_number];
    assert_eq!(parts.map(Option::as_deref), [Some("61"), Some("+79451234567"), Some("11"), Some("30"), None, None]);
    assert_eq!((reading.action, reading.dangerous), (Some(ServiceAction::Register), true));
    let password = classify("**03*330*1111*2222*2222#", &facts(), &user());
    assert_eq!((password.pwd.as_deref(), password.dangerous), (Some("2222"), false));
    let once = classify("#31#+79451234567,204", &facts(), &user());
    assert_eq!((once.class, once.dial_number.as_deref()), (Call, Some("+79451234567")));
    assert_eq!(classify("*10*20*1*2*3*4#", &facts(), &user()).sc, None, "one part too many");
    assert_eq!(classify("*1234#", &facts(), &user()).sc, None);
}

#[test]
fn the_carriers_lists_and_the_dialect_of_ims() {
    let carrier = DialFacts { feature_access: vec!["67".into()], two_digit: vec!["23".into(), "2".into()], ..facts() };
    let ims = DialFacts { ims: true, ..carrier.clone() };
    for (dialled, facts, class) in [
        ("*67#79451234567", &carrier, Call),
        ("*67#", &carrier, Call),
        ("*67#", &ims, Supplementary),
        ("23", &carrier, Call),
        ("24", &carrier, Ussd),
        ("*77#", &carrier, Ussd),
        ("*77#", &ims, Supplementary),
        ("*21#79451234567", &ims, Supplementary),
        ("*100#79451234567", &ims, Ussd),
        ("*100#79451234567", &carrier, Invalid),
        ("*#31#79451234567", &carrier, Invalid),
    ] {
        assert_eq!(classify(dialled, facts, &user()).class, class, "{dialled}");
    }
}

#[test]
fn what_forwards_calls_is_dangerous() {
    for (dialled, dangerous) in
        [("*21#", true), ("##004#", true), ("*#62#", true), ("*43#", false), ("*7279451234567", true), ("*72#", false)]
    {
        assert_eq!(classify(dialled, &facts(), &user()).dangerous, dangerous, "{dialled}");
    }
}

#[test]
fn transfer_codes_of_other_profiles() {
    for (profile, dialled, to, dial_pad) in [
        ("asterisk", "*2204#", Some("204"), DialPad::Ask),
        ("asterisk", "*2204", Some("204"), DialPad::ExplainTransfer),
        ("asterisk", "#1204#", Some("204"), DialPad::Ask),
        ("asterisk", "*21*79451234567#", None, DialPad::Place),
        ("asterisk", "*200#", Some("00"), DialPad::Ask),
        ("freepbx", "##204#", Some("204"), DialPad::ExplainTransfer),
        ("freepbx", "##002#", Some("002"), DialPad::Ask),
        ("kompaas", "*204", Some("204"), DialPad::ExplainTransfer),
        ("kompaas", "*100#", None, DialPad::Place),
        ("infocaller", "0204", None, DialPad::Place),
        ("mizu", "*8*204#", Some("204"), DialPad::Ask),
    ] {
        let other = Profile::from_toml(Profile::built_in(profile).unwrap()).unwrap();
        let reading = classify(dialled, &facts(), &other);
        assert_eq!((reading.transfer_to.as_deref(), reading.dial_pad), (to, dial_pad), "{profile} {dialled}");
    }
}

/// Everything that is dialled outside a call without a question is no transfer code of the profile.
#[test]
fn no_transfer_code_is_ever_placed() {
    let profiles: Vec<Profile> =
        Profile::built_in_names().map(|name| Profile::from_toml(Profile::built_in(name).unwrap()).unwrap()).collect();
    let all = every_string("0123456789*#+,;", 4);
    for facts in [facts(), DialFacts { in_call: true, ..facts() }] {
        for profile in &profiles {
            for dialled in &all {
                let DialReading { transfer_to, dial_pad, .. } = classify(dialled, &facts, profile);
                let placed = matches!(dial_pad, DialPad::Place | DialPad::Emergency);
                assert!(transfer_to.is_none() || !placed, "{dialled} {}", profile.name);
            }
        }
    }
}

/// All strings of up to `longest` symbols.
fn every_string(symbols: &str, longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..longest {
        let to = all.len();
        for at in from..to {
            all.extend(symbols.chars().map(|symbol| format!("{}{symbol}", all[at])).collect::<Vec<_>>());
        }
        from = to;
    }
    all
}
