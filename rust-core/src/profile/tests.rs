use super::*;

const DEFAULT: &str = include_str!("../../profiles/default.toml");
/// The least a file may hold.
const SHORT: &str = "name = \"PBX\"\nstart = \"*2\"\ncomplete = \"hangup\"\n";

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The default file with one line written differently.
fn with(line: &str, instead: &str) -> String {
    assert_eq!(DEFAULT.matches(line).count(), 1, "{line}");
    DEFAULT.replace(line, instead)
}

fn refused(file: &str) -> (String, String) {
    match Profile::from_toml(file) {
        Err(CoreError::Profile { field, reason }) => (field, reason),
        other => panic!("{other:?}\n{file}"),
    }
}

/// From transfer-call.ru.txt by hand: `*#` number `#`, hang up joins, `#` returns, incoming calls only.
#[test]
fn the_default_profile_is_the_users_document() {
    let expected = Profile {
        name: "Виртуальная АТС".to_owned(),
        source: "transfer-call.ru.txt: «Во время разговора наберите *#номер#»".to_owned(),
        confidence: Confidence::User,
        start: "*#".to_owned(),
        terminator: Some("#".to_owned()),
        return_code: Some("#".to_owned()),
        complete: Complete::HangUp,
        blind: None,
        swap: None,
        cancel: Cancel { waiting: vec!["#".to_owned()], number: vec!["#".to_owned(), "#".to_owned()] },
        directions: vec![Direction::Incoming],
        timing: Timing { tone: ms(120), gap: ms(120), pause: ms(900) },
        numbers: Numbers { trunk: "8".to_owned(), international: "810".to_owned() },
    };
    assert_eq!(Profile::default_profile(), Ok(expected));
}

#[test]
fn what_may_be_left_out() {
    let profile = Profile::from_toml(SHORT).unwrap();
    let expected = Profile {
        name: "PBX".to_owned(),
        source: String::new(),
        confidence: Confidence::User,
        start: "*2".to_owned(),
        terminator: None,
        return_code: None,
        complete: Complete::HangUp,
        blind: None,
        swap: None,
        cancel: Cancel { waiting: vec![], number: vec![] },
        directions: vec![Direction::Incoming],
        timing: Timing::NORMAL,
        numbers: Numbers { trunk: "8".to_owned(), international: "810".to_owned() },
    };
    assert_eq!(profile, expected);
}

#[test]
fn every_key_reaches_the_profile() {
    let profile = Profile::from_toml(
        r##"
        name = " FreeSWITCH "
        source = "vanilla"
        confidence = "A"
        start = "*4"
        terminator = "*"
        return = "#"
        complete = "*2"
        blind = "*1"
        swap = "*3"
        directions = ["outgoing", "incoming"]
        cancel = { waiting = ["*"], number = ["#", "*9"] }
        timing = { tone_ms = 70, gap_ms = 500, pause_ms = 0 }
        numbers = { trunk = "7", international = "00" }
        "##,
    )
    .unwrap();
    let expected = Profile {
        name: "FreeSWITCH".to_owned(),
        source: "vanilla".to_owned(),
        confidence: Confidence::A,
        start: "*4".to_owned(),
        terminator: Some("*".to_owned()),
        return_code: Some("#".to_owned()),
        complete: Complete::Code("*2".to_owned()),
        blind: Some("*1".to_owned()),
        swap: Some("*3".to_owned()),
        cancel: Cancel { waiting: vec!["*".to_owned()], number: vec!["#".to_owned(), "*9".to_owned()] },
        directions: vec![Direction::Outgoing, Direction::Incoming],
        timing: Timing { tone: ms(70), gap: ms(500), pause: Duration::ZERO },
        numbers: Numbers { trunk: "7".to_owned(), international: "00".to_owned() },
    };
    assert_eq!(profile, expected);
}

/// Field by field: the line of the default file, what stands instead, the field the error names, a part of its reason.
#[test]
fn a_wrong_value_is_named() {
    let cases = [
        (r#"name = "Виртуальная АТС""#, r#"name = " ""#, "name", "is missing"),
        (r#"name = "Виртуальная АТС""#, "", "name", "is missing"),
        (r#"name = "Виртуальная АТС""#, "name = 7", "name", "write a text in quotes"),
        (r#"name = "Виртуальная АТС""#, r#"name = "a\u001b[31m""#, "name", "cannot be shown"),
        (r#"confidence = "user""#, r#"confidence = "C""#, "confidence", "unknown variant `C`, expected one of `user`"),
        (r#"start = "*#""#, "", "start", "is missing or empty; write the code of your PBX"),
        (r#"start = "*#""#, r#"start = "*A""#, "start", "'A' is not a key of a telephone"),
        (r#"start = "*#""#, r#"start = "* 2""#, "start", "' ' is not a key of a telephone"),
        (r#"start = "*#""#, r#"start = "＊2""#, "start", "'＊' is not a key of a telephone"),
        (r#"start = "*#""#, r#"start = "*1234""#, "start", "takes 960 ms after its first symbol"),
        (r##"terminator = "#""##, r#"terminator = """#, "terminator", "leave the key out if the PBX has no such code"),
        (r##"terminator = "#""##, r#"terminator = "*0""#, "terminator", "one key that no number has"),
        (r##"terminator = "#""##, r###"terminator = "##""###, "terminator", "one key that no number has"),
        (r##"return = "#""##, r#"return = "1a""#, "return", "'a' is not a key"),
        (r##"return = "#""##, r##"retrun = "#""##, "retrun", "unknown field `retrun`"),
        (r#"complete = "hangup""#, r#"complete = "hang up""#, "complete", "'h' is not a key"),
        (r#"complete = "hangup""#, "", "complete", "write the code of your PBX, or \"hangup\""),
        (r#"complete = "hangup""#, r#"blind = "+1""#, "complete", "is missing"),
        (r#"complete = "hangup""#, "complete = \"hangup\"\nblind = \"+1\"", "blind", "'+' is not a key"),
        (r#"complete = "hangup""#, "complete = \"hangup\"\nblind = \"*#\"", "blind", "could not tell them apart"),
        (r#"complete = "hangup""#, "complete = \"hangup\"\nblind = \"*\"", "blind", "could not tell them apart"),
        (r#"complete = "hangup""#, "complete = \"hangup\"\nblind = \"*#1\"", "blind", "could not tell them apart"),
        (r#"complete = "hangup""#, r##"complete = "#""##, "complete", "could not tell them apart"),
        (r#"complete = "hangup""#, r##"complete = "#2""##, "complete", "could not tell them apart"),
        (r#"complete = "hangup""#, "complete = \"hangup\"\nswap = \"\"", "swap", "leave the key out"),
        (r#"directions = ["incoming"]"#, "directions = []", "directions", "each once"),
        (r#"directions = ["incoming"]"#, r#"directions = ["incoming", "incoming"]"#, "directions", "each once"),
        (r#"directions = ["incoming"]"#, r#"directions = ["in"]"#, "directions[0]", "unknown variant `in`"),
        (r#"directions = ["incoming"]"#, r#"directions = "incoming""#, "directions", "write a list: [\"incoming\"]"),
        (r##"waiting = ["#"]"##, r##"waiting = "#""##, "cancel.waiting", "write a list of codes, such as [\"#\"]"),
        (r##"waiting = ["#"]"##, r#"waiting = ["b"]"#, "cancel.waiting", "'b' is not a key"),
        (r##"waiting = ["#"]"##, r##"wating = ["#"]"##, "cancel.wating", "unknown field"),
        (r##"number = ["#", "#"]"##, r##"number = ["#", ""]"##, "cancel.number", "is missing or empty; leave"),
        ("tone_ms = 120", "tone_ms = 20", "timing.tone_ms", "20 is shorter than the floor of 70 ms; write 70 to 500"),
        ("tone_ms = 120", "tone_ms = 69", "timing.tone_ms", "shorter"),
        ("tone_ms = 120", "tone_ms = 501", "timing.tone_ms", "501 is longer than the ceiling of 500 ms"),
        ("tone_ms = 120", "tone_ms = -1", "timing.tone_ms", "write whole milliseconds, such as 120"),
        ("tone_ms = 120", "tone_ms = 80.5", "timing.tone_ms", "write whole milliseconds, such as 120"),
        ("gap_ms = 120", "gap_ms = 69", "timing.gap_ms", "69 is shorter than the floor of 70 ms"),
        ("gap_ms = 120", "gap_ms = 501", "timing.gap_ms", "longer"),
        ("pause_ms = 900", "pause_ms = 2501", "timing.pause_ms", "2501 is longer than the ceiling of 2500 ms"),
        ("pause_ms = 900", "pause = 900", "timing.pause", "unknown field `pause`"),
        (r#"trunk = "8""#, r#"trunc = "8""#, "numbers.trunc", "unknown field `trunc`"),
        (r#"trunk = "8""#, r#"trunk = """#, "numbers.trunk", "write 1 to 4 digits"),
        (r#"trunk = "8""#, r#"trunk = "+7""#, "numbers.trunk", "\"+7\" is not a dialling prefix"),
        (r#"international = "810""#, r#"international = "81000""#, "numbers.international", "write 1 to 4 digits"),
    ];
    for (line, instead, field, part) in cases {
        let (named, reason) = refused(&with(line, instead));
        assert_eq!(named, field, "{instead}: {reason}");
        assert!(reason.contains(part), "{instead}: {reason}");
    }
}

#[test]
fn a_file_that_is_not_toml_says_where() {
    let (field, reason) = refused("name = \"PBX\"\nstart = *2\n");
    assert_eq!(field, "file");
    assert!(reason.contains("line 2, column 9") && reason.ends_with("; write lines of KEY = \"VALUE\""), "{reason}");
}

/// `*#` from the end of `*` to the end of `#` is one tone and one gap; three symbols are twice that.
#[test]
fn a_code_ends_within_the_limit_at_the_profiles_own_timing() {
    let timed = |start: &str, tone: u64, gap: u64| {
        let timing = format!("[timing]\ntone_ms = {tone}\ngap_ms = {gap}\n");
        Profile::from_toml(&format!("{}{timing}", SHORT.replace("*2", start)))
    };
    assert!(timed("*2", 400, 400).is_ok());
    assert!(timed("*2", 400, 401).is_err());
    assert!(timed("*", 500, 500).is_ok());
    assert!(timed("*03", 200, 200).is_ok());
    assert!(timed("*03", 201, 200).is_err());
}

#[test]
fn every_preset_keeps_the_floors_and_suits_the_codes_of_known_pbxs() {
    for timing in [Timing::FAST, Timing::NORMAL, Timing::CAREFUL] {
        assert!(timing.tone >= TONE_FLOOR && timing.gap >= GAP_FLOOR && timing.pause <= PAUSE_CEILING);
        assert!(timing.span("*03") <= CODE_LIMIT, "the longest codes of pbx-profiles.md have three symbols");
    }
    assert_eq!(Timing::CAREFUL.span("*#"), ms(370));
}

#[test]
fn a_retry_is_slower_unless_the_code_forbids_it() {
    let slower = |tone: u64, gap: u64, pause: u64, start: &str| {
        let mut profile = Profile::from_toml(&SHORT.replace("*2", start)).unwrap();
        profile.timing = Timing::from_ms(tone, gap, pause);
        profile.slower()
    };
    assert_eq!(slower(120, 120, 900, "*#"), Timing::from_ms(150, 220, 1500));
    assert_eq!(slower(80, 300, 2500, "*#"), Timing::from_ms(150, 300, 2500));
    assert_eq!(slower(200, 250, 1600, "*#"), Timing::from_ms(200, 250, 1600));
    // Four symbols would take 3 × 370 ms.
    assert_eq!(slower(120, 120, 900, "*123"), Timing::from_ms(120, 120, 900));
}

#[test]
fn the_profiles_that_come_with_the_program_hold_what_their_sources_say() {
    let rows: Vec<String> = Profile::built_in_names()
        .map(|name| {
            let Profile {
                confidence,
                start,
                terminator,
                return_code,
                complete,
                blind,
                swap,
                cancel,
                directions,
                timing,
                numbers,
                ..
            } = Profile::from_toml(Profile::built_in(name).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let ways =
                [Some(start), terminator, return_code, blind, swap].map(|code| code.unwrap_or_else(|| "-".into()));
            let complete = if let Complete::Code(code) = complete { code } else { "hangup".into() };
            // What no source says is as a file without the key has it.
            assert_eq!((directions, timing), (vec![Direction::Incoming], Timing::NORMAL), "{name}");
            assert_eq!(numbers, Numbers { trunk: "8".into(), international: "810".into() }, "{name}");
            assert_eq!(cancel == Cancel::default(), name != "default", "{name}: {cancel:?}");
            format!("{name} {} {complete} {confidence:?}", ways.join(" "))
        })
        .collect();
    // pbx-profiles.md: start, terminator, return, blind, swap, complete.
    let expected = [
        "default *# # # - - hangup User",
        "asterisk *2 # *1 #1 *4 hangup A",
        "ezycloud *2 - - #1 - hangup A",
        "freepbx *2 # - ## - hangup A",
        "freeswitch *4 # # *1 - hangup A",
        "infocaller 0 - 9 - 0 hangup A",
        "innovaphone ** - **1 - **2 **4 A",
        "kompaas * - *1 - - hangup A",
        "kyivstar *# # * *8 * hangup B",
        "mizu *8* # 2 *9* - 1 A",
        "supervoip ** # * # - hangup B",
        "yeastar *3 - - *03 - hangup A",
        "zadarma * # - # - hangup B",
    ];
    assert_eq!(rows, expected);
    assert_eq!(Profile::built_in_names().next(), Some("default"));
    assert_eq!(Profile::built_in("asterix"), None);
}

#[test]
fn another_timing_is_refused_where_a_code_would_take_too_long() {
    let user = Profile::default_profile().unwrap();
    let careful = user.clone().timed(Timing::CAREFUL).unwrap();
    assert_eq!((careful.timing, careful.start.clone()), (Timing::CAREFUL, user.start.clone()));
    let patient = Profile { timing: Timing { pause: Duration::from_secs(2), ..Timing::NORMAL }, ..user.clone() };
    let fast = patient.timed(Timing::FAST).unwrap().timing;
    assert_eq!(fast, Timing { pause: Duration::from_secs(2), ..Timing::FAST }, "a longer pause of its own stays");
    let long = Profile { start: "*123".into(), ..user };
    let error = long.timed(Timing::CAREFUL).unwrap_err();
    assert!(error.to_string().contains("start"), "{error}");
}
