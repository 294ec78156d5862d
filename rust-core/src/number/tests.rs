use proptest::prelude::*;

use super::*;

fn russian() -> Numbers {
    numbers("8", "810")
}

fn numbers(trunk: &str, international: &str) -> Numbers {
    Numbers { trunk: trunk.to_owned(), international: international.to_owned() }
}

fn symbol(symbol: &str) -> NumberProblem {
    NumberProblem::ForbiddenSymbol { symbol: symbol.to_owned() }
}

/// What is sent, by both kinds of profile: `8`/`810` and `7`/`00`.
#[test]
fn outside_numbers_as_people_write_them() {
    let cases = [
        ("8-800-555-35-35", "88005553535", "78005553535"),
        ("+7 (495) 123-45-67", "84951234567", "74951234567"),
        ("7 495 123 45 67", "84951234567", "74951234567"),
        ("8(495)123.45.67", "84951234567", "74951234567"),
        ("(495) 123-45-67", "84951234567", "74951234567"),
        ("9161234567", "89161234567", "79161234567"),
        ("+7 727 258 12 34", "87272581234", "77272581234"),
        ("+375 17 123-45-67", "810375171234567", "00375171234567"),
        ("+49 30 123456", "8104930123456", "004930123456"),
        ("+1 212 555 0100", "81012125550100", "0012125550100"),
        // As they are: a town's seven digits, prefixes dialled by hand, a national number of another country.
        ("123-45-67", "1234567", "1234567"),
        ("8 10 49 30 123456", "8104930123456", "8104930123456"),
        ("0049 30 123456", "004930123456", "004930123456"),
        ("067 123 45 67", "0671234567", "0671234567"),
        ("810 49 301234", "81049301234", "81049301234"),
        ("810 290 2345", "8102902345", "8102902345"),
    ];
    for (written, with_8, with_7) in cases {
        for (numbers, digits) in [(russian(), with_8), (numbers("7", "00"), with_7)] {
            let expected =
                Dialable { digits: digits.to_owned(), extension: None, kind: Kind::Outside, emergency_like: false };
            assert_eq!(clean(written, &numbers), Ok(expected), "{written}");
        }
    }
}

#[test]
fn an_extension_is_cut_off_and_kept() {
    let cases = [
        "+7 (495) 123-45-67 доб. 204",
        "+7 (495) 123-45-67 доб.: 204",
        "+7 (495) 123-45-67 (доб. 204)",
        "84951234567 Доб 2-04",
        "84951234567 добавочный № 204",
        "84951234567 вн. 204",
        "84951234567 внутр. 204",
        "84951234567 ext 204",
        "84951234567 EXT. 204",
        "84951234567x204",
        "84951234567 х204",
        "84951234567,204",
        "84951234567,,204",
        "84951234567;204",
        "+74951234567;ext=204",
    ];
    for written in cases {
        let dialable = clean(written, &russian()).unwrap_or_else(|problem| panic!("{written}: {problem}"));
        assert_eq!(dialable.digits, "84951234567", "{written}");
        assert_eq!(dialable.extension.as_deref(), Some("204"), "{written}");
        assert_eq!(dialable.kind, Kind::Outside, "{written}");
    }
    let without = clean("84951234567 доб.", &russian()).unwrap();
    assert_eq!((without.digits.as_str(), without.extension), ("84951234567", None));
}

#[test]
fn six_digits_or_fewer_are_an_extension() {
    for (written, digits) in [("204", "204"), (" 2-04 ", "204"), ("доб. 204", "204"), ("7", "7"), ("800555", "800555")]
    {
        let dialable = clean(written, &numbers("7", "00")).unwrap();
        assert_eq!((dialable.digits.as_str(), dialable.kind), (digits, Kind::Extension), "{written}");
    }
    assert_eq!(clean("8005553", &russian()).unwrap().kind, Kind::Outside);
}

#[test]
fn an_extension_may_look_like_an_emergency_number() {
    for written in ["101", "102", "103", "104", "112", "911", "01", "02", "03", "04", "доб. 112", "1-1-2"] {
        let dialable = clean(written, &russian()).unwrap();
        assert!(dialable.emergency_like, "{written}");
        assert_eq!(dialable.kind, Kind::Extension);
    }
    for written in ["204", "1", "0", "1120", "105", "84951234567,112"] {
        assert!(!clean(written, &russian()).unwrap().emergency_like, "{written}");
    }
}

#[test]
fn symbols_that_come_along_with_copied_text() {
    for written in [
        "8\u{a0}800\u{202f}555\u{2007}35\u{3000}35",
        "8\u{2011}800\u{2010}555\u{2013}35\u{2014}35\u{2212}",
        "\u{202a}8 800 555-35-35\u{202c}",
        "\u{200e}8\u{200b}800\u{ad}555\u{2060}3535\u{feff}",
        "８－８００（５５５）３５．３５",
        "\u{ff0b}7 800 555 35 35",
        "٨٨٠٠٥٥٥٣٥٣٥",
        "۸۸۰۰۵۵۵۳۵۳۵",
    ] {
        assert_eq!(clean(written, &russian()).unwrap().digits, "88005553535", "{written:?}");
    }
}

#[test]
fn every_digit_of_the_other_scripts() {
    for written in ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"] {
        assert_eq!(clean(written, &russian()).unwrap().digits, "0123456789");
    }
}

#[test]
fn what_is_refused() {
    let cases = [
        ("", NumberProblem::Empty),
        (" \u{a0}\t\n", NumberProblem::Empty),
        ("Анна", NumberProblem::NoDigits),
        ("доб.", NumberProblem::NoDigits),
        ("+", NumberProblem::NoDigits),
        ("-", NumberProblem::NoDigits),
        ("२०४", NumberProblem::NoDigits),
        ("*", symbol("*")),
        ("*#204#", symbol("*")),
        ("204#", symbol("#")),
        ("204＃", symbol("#")),
        ("84951234567 доб. *204", symbol("*")),
        ("8-800-FLOWERS", symbol("F")),
        ("Анна 204", symbol("А")),
        ("204 Анна", symbol("А")),
        ("84951234567 доб. 204 Анна", symbol("А")),
        ("84951234567 доб. 204, 205", symbol(",")),
        ("84951234567, 84957654321", symbol(",")),
        ("84951234567 доб. +7", symbol("доб")),
        ("204/205", symbol("/")),
        ("2०4", symbol("०")),
        ("²04", symbol("²")),
        ("8+4951234567", symbol("+")),
        ("++74951234567", symbol("+")),
        ("+204", symbol("+")),
        ("+112", symbol("+")),
        ("+0 495 123 45 67", symbol("+")),
        ("+7 495 123-45-6", symbol("+7")),
        ("+7 495 123-45-678", symbol("+7")),
        ("+44 (0)20 7946 0958", symbol("(0)")),
        ("123456789012345678901", NumberProblem::TooLong { digits: 21 }),
        ("+49 123 456 789 012 345 6", NumberProblem::TooLong { digits: 21 }),
    ];
    for (written, problem) in cases {
        assert_eq!(clean(written, &russian()), Err(problem), "{written:?}");
    }
    assert_eq!(clean("12345678901234567890", &russian()).unwrap().digits.len(), MAX_DIGITS);
    assert_eq!(clean("+49 123 456 789 012 345", &russian()).unwrap().digits.len(), MAX_DIGITS);
}

/// Written numbers and other text, close to what the rules look at.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9+() .,;*#xхдобext-]{0,30}", "[+]?[0-9 ()-]{1,26}( ?доб[.] ?[0-9]{0,8})?", any::<String>(),]
}

proptest! {
    #[test]
    fn only_digits_are_ever_sent(written in text()) {
        if let Ok(dialable) = clean(&written, &russian()) {
            for digits in std::iter::once(&dialable.digits).chain(&dialable.extension) {
                prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!((1..=MAX_DIGITS).contains(&digits.len()));
            }
            prop_assert!(dialable.kind == Kind::Outside || dialable.digits.len() <= MAX_EXTENSION_DIGITS);
        }
    }

    /// A number once cleaned stays what it is: the app may store or show the digits and clean them again.
    #[test]
    fn cleaning_twice_changes_nothing(written in text()) {
        if let Ok(dialable) = clean(&written, &russian()) {
            let again = clean(&dialable.digits, &russian()).map(|again| again.digits);
            prop_assert_eq!(again, Ok(dialable.digits));
        }
        if let Ok(dialable) = clean(&written, &numbers("7", "00")) {
            let again = clean(&dialable.digits, &numbers("7", "00")).map(|again| again.digits);
            prop_assert_eq!(again, Ok(dialable.digits));
        }
    }

    #[test]
    fn separators_do_not_matter(digits in "[1-9][0-9]{0,18}", at in 0_usize..19, separator in "[ ().\u{2011}\u{a0}-]{1,3}") {
        let at = at.min(digits.len());
        let written = format!("{}{separator}{}", &digits[..at], &digits[at..]);
        prop_assert_eq!(clean(&written, &russian()), clean(&digits, &russian()));
    }
}
