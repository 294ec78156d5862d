//! What a dialled string becomes, read a second time: from telecom-facts.md, docs/mmi.md and docs/profile.md alone, by
//! expressions and tables of conditions in the order of the text. It shares nothing with the first reading.

use regex::Regex;
use starhash_core::mmi::{DialClass, DialFacts, DialPad, DialReading, ServiceAction};
use starhash_core::number;
use starhash_core::profile::Profile;

/// telecom-facts.md, the expression of a service code, without the groups that nobody asks for.
const SERVICE: &str =
    r"^(\*|#|\*#|\*\*|##)([0-9]{2,3})(?:\*([^*#]*)(?:\*([^*#]*)(?:\*([^*#]*)(?:\*([^*#]*))?)?)?)?#(.*)$";

/// What dial pads act on by themselves, and what ours does then.
const OWN: [(&str, DialPad); 4] = [
    (r"^\*#0[67]#$", DialPad::DeviceInfo),
    (r"^\*#\*#.+#\*#\*$", DialPad::SecretCode),
    (r"^\*\*0[45].*#$", DialPad::Place),
    (r"^[0-9]{1,3}#$", DialPad::SimContact),
];

const IN_CALL: &str = r"^(?:[0345]|[12].?)$";
const VERTICAL: &str = r"^\*(?:09|42|56|60|63|64|68|72|77|78)";
const MENU: &str = r"^[*#][0-9]";

const KNOWN: &str = "30 31 21 67 61 62 002 004 43 33 331 332 35 351 330 333 353 03 04 042 05 052";
const KNOWN_OVER_IMS: &str = "22 76 77 156 157 300";
const FORWARDING: &str = "21 67 61 62 002 004";

/// The rules for one profile.
pub struct Second {
    service: Regex,
    own: [(Regex, DialPad); 4],
    in_call: Regex,
    vertical: Regex,
    menu: Regex,
    /// None where the profile's codes cannot be told from telephone numbers.
    transfer: Option<Regex>,
    /// None where no code has two signs.
    hasty: Option<Regex>,
    profile: Profile,
}

/// The groups of [`SERVICE`].
struct Service<'a> {
    sign: &'a str,
    sc: &'a str,
    parts: [&'a str; 4],
    number: &'a str,
}

/// A transfer code, and the number as it would be sent.
struct Transfer {
    to: Option<String>,
}

/// What the dial pad goes by.
struct Heard<'a> {
    network: &'a str,
    class: DialClass,
    own: Option<DialPad>,
    dangerous: bool,
}

/// What telephony takes the string for, and whether the parts of the service code are told.
struct Taken {
    class: DialClass,
    with_parts: bool,
}

impl Second {
    pub fn new(profile: &Profile) -> Self {
        let new = |text: &str| Regex::new(text).unwrap();
        Self {
            service: new(SERVICE),
            own: OWN.map(|(text, does)| (new(text), does)),
            in_call: new(IN_CALL),
            vertical: new(VERTICAL),
            menu: new(MENU),
            transfer: transfer(profile).map(|text| new(&text)),
            hasty: hasty(profile).map(|text| new(&text)),
            profile: profile.clone(),
        }
    }

    pub fn read(&self, dialled: &str, facts: &DialFacts) -> DialReading {
        let kept: String = dialled.chars().map(narrow).filter(|symbol| "0123456789*#+,;".contains(*symbol)).collect();
        let network = network_portion(&kept);
        let service = self.service(&network);
        let own = self.own.iter().find(|(text, _)| text.is_match(&kept)).map(|(_, does)| *does);
        let taken = self.taken(&kept, &network, service.as_ref(), own.is_some(), facts);
        let dangerous = self.is_dangerous(&kept);
        let transfer = self.transfer(&network);
        let dial_pad =
            self.dial_pad(&Heard { network: &network, class: taken.class, own, dangerous }, transfer.as_ref(), facts);
        let told = service.filter(|_| taken.with_parts);
        let part = |index: usize| told.as_ref().and_then(|service| some(service.parts[index]));
        DialReading {
            class: taken.class,
            action: told.as_ref().map(|service| action(service.sign)),
            sc: told.as_ref().and_then(|service| some(service.sc)),
            sia: part(0),
            sib: part(1),
            sic: part(2),
            pwd: part(3),
            dial_number: match &told {
                Some(service) => some(service.number),
                None if taken.class == DialClass::Call => some(&network),
                None => None,
            },
            dangerous,
            transfer_to: transfer.and_then(|code| code.to),
            dial_pad,
        }
    }

    fn service<'a>(&self, text: &'a str) -> Option<Service<'a>> {
        let groups = self.service.captures(text)?;
        let group = |index: usize| groups.get(index).map_or("", |found| found.as_str());
        let parts = [group(3), group(4), group(5), group(6)];
        Some(Service { sign: group(1), sc: group(2), parts, number: group(7) })
    }

    /// docs/mmi.md, 1 to 4; for what is left 5 or 6.
    fn taken(&self, kept: &str, network: &str, service: Option<&Service>, own: bool, facts: &DialFacts) -> Taken {
        let rows = [
            (network.is_empty(), DialClass::Invalid, false),
            (lists(&facts.emergency, network), DialClass::Call, false),
            (own, DialClass::DialPadSequence, true),
            (facts.in_call && self.in_call.is_match(kept), DialClass::InCallCommand, false),
        ];
        let early = rows.into_iter().find(|(holds, ..)| *holds);
        let (class, with_parts) = match (early, service) {
            (Some((_, class, with_parts)), _) => (class, with_parts),
            (None, Some(service)) => with_structure(service, facts),
            (None, None) => (without_structure(network, facts), false),
        };
        Taken { class, with_parts }
    }

    /// telecom-facts.md, `isDangerousMmiOrVerticalCode`: Telecom looks at the string before anything is cut off it.
    fn is_dangerous(&self, text: &str) -> bool {
        if text.contains('#') {
            self.service(text).is_some_and(|service| has_word(FORWARDING, service.sc))
        } else {
            self.vertical.is_match(text)
        }
    }

    fn transfer(&self, network: &str) -> Option<Transfer> {
        let groups = self.transfer.as_ref()?.captures(network)?;
        let number = number::clean(&groups["number"], &self.profile.numbers);
        Some(Transfer { to: number.ok().map(|number| number.digits) })
    }

    /// docs/mmi.md, "What the dial pad does".
    fn dial_pad(&self, heard: &Heard, transfer: Option<&Transfer>, facts: &DialFacts) -> DialPad {
        let Heard { network, class, own, dangerous } = *heard;
        let ussd = class == DialClass::Ussd;
        let menu = ussd && self.menu.is_match(network);
        let also_real = own.is_some() || class == DialClass::Supplementary || dangerous || menu;
        let is_transfer = transfer.is_some();
        let goes_out = ussd || class == DialClass::Call;
        let hasty = goes_out && !is_transfer && self.hasty.as_ref().is_some_and(|text| text.is_match(network));
        let rows = [
            (network.is_empty(), DialPad::Refuse),
            (lists(&facts.emergency, network), DialPad::Emergency),
            (own == Some(DialPad::DeviceInfo) && !facts.in_call, DialPad::DeviceInfo),
            (transfer.is_some_and(|code| code.to.is_none()), DialPad::ExplainTransfer),
            (is_transfer && also_real, DialPad::Ask),
            (is_transfer && facts.in_call, DialPad::SendIntoCall),
            (is_transfer, DialPad::ExplainTransfer),
            (own.is_some(), own.unwrap_or(DialPad::Place)),
            (class == DialClass::Invalid, DialPad::Refuse),
            (class == DialClass::InCallCommand || ussd && network.len() <= 2, DialPad::Ask),
            (hasty, DialPad::Ask),
        ];
        rows.into_iter().find(|(holds, _)| *holds).map_or(DialPad::Place, |(_, does)| does)
    }
}

/// Wide and Arabic digits are digits, wide signs signs.
fn narrow(symbol: char) -> char {
    const WRITTEN: [&str; 4] = ["０１２３４５６７８９＊＃＋，；", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789*#+,;"];
    let place = |row: &&str| row.chars().position(|known| known == symbol);
    WRITTEN.iter().find_map(place).and_then(|place| WRITTEN[3].chars().nth(place)).unwrap_or(symbol)
}

/// Up to the first `,` or `;`, of several `+` the first.
fn network_portion(kept: &str) -> String {
    let before = kept.split([',', ';']).next().unwrap_or_default();
    match before.split_once('+') {
        Some((head, tail)) => format!("{head}+{}", tail.replace('+', "")),
        None => before.to_owned(),
    }
}

/// docs/mmi.md, 5.
fn with_structure(service: &Service, facts: &DialFacts) -> (DialClass, bool) {
    let numbered = !service.number.is_empty();
    let known = has_word(KNOWN, service.sc) || facts.ims && has_word(KNOWN_OVER_IMS, service.sc);
    let hides_or_shows = service.sc == "31" && matches!(service.sign, "*" | "#");
    let rows = [
        (service.number.ends_with('#'), DialClass::Ussd, false),
        (!facts.ims && lists(&facts.feature_access, service.sc), DialClass::Call, false),
        (numbered && hides_or_shows, DialClass::Call, true),
        (numbered && !facts.ims, DialClass::Invalid, true),
        (known, DialClass::Supplementary, true),
    ];
    let row = rows.into_iter().find(|(holds, ..)| *holds);
    row.map_or((DialClass::Ussd, true), |(_, class, with_parts)| (class, with_parts))
}

/// docs/mmi.md, 6.
fn without_structure(network: &str, facts: &DialFacts) -> DialClass {
    let calls_idle = network.len() == 2 && network.starts_with('1') && !facts.in_call;
    let rows = [
        (network.ends_with('#'), DialClass::Ussd),
        (lists(&facts.two_digit, network), DialClass::Call),
        (network.len() <= 2 && !calls_idle, DialClass::Ussd),
    ];
    rows.into_iter().find(|(holds, _)| *holds).map_or(DialClass::Call, |(_, class)| class)
}

/// docs/mmi.md, "What the dial pad does": `start` or `blind`, then nothing or a number, then the terminator or nothing
/// more. It is recognised while it grows, so a `+` may still wait for its digits.
fn transfer(profile: &Profile) -> Option<String> {
    let codes = codes_of_signs(1, profile)?;
    let end = regex::escape(profile.terminator.as_deref().unwrap_or_default());
    Some(format!(r"^(?:{codes})(?P<number>\+?[0-9]*)(?:{end})?$"))
}

/// The last row but one: a code of two signs or more or, where one begins with two, any two signs; and a digit behind.
fn hasty(profile: &Profile) -> Option<String> {
    let two = [Some(&profile.start), profile.blind.as_ref()].into_iter().flatten().any(|code| {
        let mut signs = code.chars().take(2).filter(|sign| "*#".contains(*sign));
        signs.next().is_some() && signs.next().is_some()
    });
    let any = if two { r"|[*#]{2}" } else { "" };
    codes_of_signs(2, profile).map(|codes| format!(r"^(?:{codes}{any}).*[0-9]"))
}

/// `start` and `blind`, whichever has so many signs, as one expression.
fn codes_of_signs(at_least: usize, profile: &Profile) -> Option<String> {
    let codes = std::iter::once(&profile.start).chain(&profile.blind);
    let codes = codes.filter(|code| code.matches(['*', '#']).count() >= at_least).map(|code| regex::escape(code));
    let codes = codes.collect::<Vec<_>>().join("|");
    (!codes.is_empty()).then_some(codes)
}

fn action(sign: &str) -> ServiceAction {
    let rows = [
        ("*", ServiceAction::Activate),
        ("#", ServiceAction::Deactivate),
        ("*#", ServiceAction::Interrogate),
        ("**", ServiceAction::Register),
        ("##", ServiceAction::Erase),
    ];
    rows.into_iter().find(|(other, _)| *other == sign).map(|(_, action)| action).unwrap()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn lists(list: &[String], text: &str) -> bool {
    list.iter().any(|item| item == text)
}

fn has_word(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|other| other == word)
}
