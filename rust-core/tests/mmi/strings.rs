//! Longer strings, built of what the rules speak of rather than of single symbols.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use starhash_core::mmi::DialFacts;
use starhash_core::profile::Profile;

const SIGNS: [&str; 5] = ["*", "#", "*#", "**", "##"];

/// Known ones of both dialects, dangerous ones, codes of dial pads, and unknown ones of two, three and other lengths.
const CODES: [&str; 33] = [
    "30", "31", "21", "67", "61", "62", "002", "004", "43", "33", "331", "332", "35", "351", "330", "333", "353", "03",
    "04", "042", "05", "052", "22", "76", "77", "156", "157", "300", "204", "99", "06", "7", "1234",
];

const NUMBERS: [&str; 14] = [
    "",
    "5",
    "204",
    "112",
    "102",
    "911",
    "+79261234567",
    "89261234567",
    "9261234567",
    "+4420794609",
    "+7926",
    "+",
    "123456789012345678901",
    "0+7",
];

const DIAL_PADS_OWN: [&str; 11] =
    ["*#06#", "*#07#", "*#*#", "#*#*", "*#*##*#*", "*#*#*#*", "**04", "**05", "**04*1*2*2#", "5#", "123#"];

/// What people, pages and other alphabets put between; none of it is dialled.
const NOISE: [&str; 10] = [" ", "-", "(", ")", ".", "/", "N", "доб.", "w", "\u{a0}"];

const EMERGENCY: [&str; 6] = ["112", "102", "911", "03", "17", "5"];

fn owned(items: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(items).prop_map(str::to_owned)
}

fn some_of(items: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(items.to_vec(), 0..=items.len()).prop_map(|list| list.into_iter().map(str::to_owned).collect())
}

pub fn any_facts() -> impl Strategy<Value = DialFacts> {
    let feature_access = some_of(&["21", "43", "31", "99", "204", "300", "002"]);
    let two_digit = some_of(&["10", "23", "5", "03", "*2", "+7"]);
    (any::<bool>(), any::<bool>(), some_of(&EMERGENCY), feature_access, two_digit).prop_map(
        |(in_call, ims, emergency, feature_access, two_digit)| DialFacts {
            in_call,
            ims,
            emergency,
            feature_access,
            two_digit,
        },
    )
}

/// A string of one of the shapes, with noise in it and something to be sent after the answer.
pub fn any_string() -> impl Strategy<Value = String> {
    let shape = prop_oneof![
        4 => service(),
        4 => vec(piece(), 0..7).prop_map(|pieces| pieces.concat()),
        3 => transfer(),
        3 => near_miss(),
        2 => (piece(), service(), piece()).prop_map(|(before, service, after)| before + &service + &after),
        1 => "[0-9*#+,;]{0,14}",
        1 => "[*#+,;1-5]{1,8}",
    ];
    let after = prop_oneof![4 => Just(String::new()), 1 => "[,;][0-9*#+,;]{0,4}"];
    (shape, after, noise()).prop_map(|(shape, after, noise)| with_noise(&(shape + &after), &noise))
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![3 => owned(&NUMBERS), 2 => "[0-9]{1,7}", 1 => "\\+?[0-9]{1,23}"]
}

fn service() -> impl Strategy<Value = String> {
    let code = prop_oneof![4 => owned(&CODES), 1 => "[0-9]{1,4}"];
    let parts = vec(prop_oneof![1 => Just(String::new()), 3 => number(), 1 => "[0-9+,;]{0,4}"], 0..6);
    let end = prop_oneof![6 => Just("#"), 1 => Just(""), 1 => Just("*"), 1 => Just("##")];
    let behind = prop_oneof![3 => Just(String::new()), 2 => number(), 1 => number().prop_map(|number| number + "#")];
    (owned(&SIGNS), code, parts, end, behind).prop_map(|(sign, code, parts, end, behind)| {
        let parts: String = parts.iter().flat_map(|part| ["*", part]).collect();
        format!("{sign}{code}{parts}{end}{behind}")
    })
}

/// The codes of some PBX, so that each profile meets its own and those of others.
fn transfer() -> impl Strategy<Value = String> {
    let start =
        owned(&["*#", "*", "*2", "#1", "##", "*4", "*1", "0", "**", "*8", "*8*", "*9*", "*3", "*03", "#", "**21*"]);
    (start, number(), owned(&["", "#", "*", "##"])).prop_map(|(start, number, end)| start + &number + &end)
}

/// What haste does to a code.
#[derive(Debug, Clone)]
enum Slip {
    /// One of its signs is hit twice.
    Doubled(Index),
    /// One of its signs changes places with what follows it.
    Swapped(Index),
    /// A sign too many, anywhere.
    Added(Index, &'static str),
    /// Signs too many at the end.
    Longer(&'static str),
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        any::<Index>().prop_map(Slip::Doubled),
        any::<Index>().prop_map(Slip::Swapped),
        (any::<Index>(), select(&SIGNS[..])).prop_map(|(place, signs)| Slip::Added(place, signs)),
        select(&SIGNS[..]).prop_map(Slip::Longer),
    ]
}

/// A transfer code typed in haste.
fn near_miss() -> impl Strategy<Value = String> {
    (transfer(), vec(slip(), 1..4)).prop_map(|(code, slips)| slips.iter().fold(code, with_slip))
}

fn with_slip(mut code: String, slip: &Slip) -> String {
    let signs: Vec<usize> = code.match_indices(['*', '#']).map(|(place, _)| place).collect();
    match slip {
        Slip::Doubled(which) if !signs.is_empty() => {
            let place = *which.get(&signs);
            code.insert(place, char::from(code.as_bytes()[place]));
        }
        Slip::Swapped(which) if !signs.is_empty() => {
            let place = *which.get(&signs);
            let sign = code.remove(place);
            code.insert(code.len().min(place + 1), sign);
        }
        Slip::Added(place, signs) => code.insert_str(place.index(code.len() + 1), signs),
        Slip::Longer(signs) => code.push_str(signs),
        Slip::Doubled(_) | Slip::Swapped(_) => {}
    }
    code
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        owned(&SIGNS),
        owned(&CODES),
        number(),
        owned(&DIAL_PADS_OWN),
        owned(&["#", "*", "+", ",", ";"]),
        // Wide and Arabic.
        owned(&["\u{ff03}", "\u{ff0a}", "\u{ff12}", "\u{663}", "\u{6f4}"]),
        "[0-9]",
        "\\*[0-9]{0,3}",
    ]
}

/// Where and what.
type Noise = Vec<(usize, &'static str)>;

fn noise() -> impl Strategy<Value = Noise> {
    prop_oneof![2 => Just(Vec::new()), 1 => vec((0..16_usize, select(&NOISE[..])), 1..4)]
}

fn with_noise(text: &str, noise: &Noise) -> String {
    let at = |place: usize| noise.iter().filter(move |(at, _)| *at == place).map(|(_, what)| *what);
    let symbols = text.chars().map(String::from).enumerate();
    symbols.map(|(place, symbol)| at(place).collect::<String>() + &symbol).collect()
}

/// A transfer code whose number is not chosen from a profile.
#[derive(Debug, Clone)]
pub struct Growing {
    number: String,
    after: String,
    noise: Noise,
}

pub fn growing_code() -> impl Strategy<Value = Growing> {
    let number =
        prop_oneof![2 => "[0-9]{1,6}", 2 => "\\+?[0-9]{7,22}", 1 => owned(&EMERGENCY), 1 => owned(&["+7", "31", "21"])];
    let after = prop_oneof![4 => Just(String::new()), 1 => "[,;][0-9]{0,2}"];
    (number, after, noise()).prop_map(|(number, after, noise)| Growing { number, after, noise })
}

impl Growing {
    /// From the first digit to the terminator, after each code that can be told from a telephone number.
    pub fn with(&self, profile: &Profile) -> Vec<String> {
        let end = profile.terminator.as_deref().unwrap_or_default();
        let codes = std::iter::once(&profile.start).chain(&profile.blind).filter(|code| code.contains(['*', '#']));
        let first = self.number.find(|symbol: char| symbol.is_ascii_digit()).unwrap_or_default() + 1;
        let grown = (first..=self.number.len()).map(|length| (&self.number[..length], ""));
        let grown: Vec<_> = grown.chain([(self.number.as_str(), end)]).collect();
        let all = codes.flat_map(|code| grown.iter().map(move |(number, end)| format!("{code}{number}{end}")));
        all.map(|dialled| with_noise(&(dialled + &self.after), &self.noise)).collect()
    }
}
