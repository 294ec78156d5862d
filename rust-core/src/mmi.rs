//! What the network would make of a dialled string, and what the dial pad should do about it.
//!
//! The order of decisions is Android's own, as telephony takes them when a call is placed (telecom-facts.md, "What a dialled
//! string becomes"; the rest of what was read there is in docs/mmi.md). Pure: every fact about the phone comes in [`DialFacts`].

mod dial_pad;
mod structure;
#[cfg(test)]
mod tests;

use crate::number;
use crate::profile::Profile;
use structure::Structure;

/// What the phone knows when a string is dialled.
#[derive(Debug, Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct DialFacts {
    /// A call is up, on hold or ringing.
    pub in_call: bool,
    /// The phone is registered for calls over IMS (`VoLTE`, `VoWiFi`): another dialect of service codes.
    pub ims: bool,
    /// The numbers of emergency services, as the platform has them for SIM and country.
    pub emergency: Vec<String>,
    /// Service codes that the carrier takes as the beginning of a call (`feature_access_codes_string_array`); not over IMS.
    pub feature_access: Vec<String>,
    /// Numbers of two digits that the carrier takes as calls (`mmi_two_digit_number_pattern_string_array`).
    pub two_digit: Vec<String>,
}

/// What a dialled string becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum DialClass {
    /// A call.
    Call,
    /// A request to the operator, answered by a text or a menu.
    Ussd,
    /// A supplementary service: forwarding, barring, waiting, caller id, passwords.
    Supplementary,
    /// A command to the calls that are up: hang one up, swap, merge.
    InCallCommand,
    /// Acted on by the dial pad itself, while it is typed.
    DialPadSequence,
    /// Telephony refuses it, or there is nothing in it to dial.
    Invalid,
}

/// What a service code does with its service (3GPP TS 22.030, 6.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ServiceAction {
    /// `*`
    Activate,
    /// `#`
    Deactivate,
    /// `*#`
    Interrogate,
    /// `**`
    Register,
    /// `##`
    Erase,
}

/// What the dial pad does when the call button is tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum DialPad {
    /// Hands it to the phone, as any dial pad would.
    Place,
    /// Hands it to the phone at once and untouched.
    Emergency,
    /// Asks what is meant: the colleague's extension or the service that the network knows by the same string, one or two digits, or
    /// a transfer code with a sign too many.
    Ask,
    /// Explains that a transfer code belongs into a call.
    ExplainTransfer,
    /// Offers to send it into the running call as tones.
    SendIntoCall,
    /// Opens the page about this phone (IMEI, regulatory labels).
    DeviceInfo,
    /// Hands it to the apps that listen for secret codes (`sendDialerSpecialCode`).
    SecretCode,
    /// Shows the SIM card's contact of this place.
    SimContact,
    /// Does nothing and says why.
    Refuse,
}

/// Everything there is to say about a dialled string. The names of the fields are TS 22.030's.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct DialReading {
    /// What it becomes.
    pub class: DialClass,
    /// What it does with the service; none where it is not built like a service code.
    pub action: Option<ServiceAction>,
    /// The service code: two or three digits.
    pub sc: Option<String>,
    /// Supplementary information A: the number calls are forwarded to.
    pub sia: Option<String>,
    /// Supplementary information B: the kind of calls.
    pub sib: Option<String>,
    /// Supplementary information C: how long it rings before it is forwarded.
    pub sic: Option<String>,
    /// A new password, once more.
    pub pwd: Option<String>,
    /// What is called: the number of a call, or what follows a service code.
    pub dial_number: Option<String>,
    /// Forwards calls, or is one of the carriers' vertical codes (Telecom, `isDangerousMmiOrVerticalCode`): never without a tap
    /// on our own screen.
    pub dangerous: bool,
    /// The number to transfer to, as it would be sent, where this is a transfer code of the profile, ended or not.
    pub transfer_to: Option<String>,
    /// What the dial pad does about it.
    pub dial_pad: DialPad,
}

/// Reads a string as it was typed, pasted or handed over by another app; separators do not matter.
#[must_use]
pub fn classify(dialled: &str, facts: &DialFacts, profile: &Profile) -> DialReading {
    let stripped = without_separators(dialled);
    let network = network_portion(&stripped);
    let own = dial_pad::own_sequence(&stripped);
    let mut reading = read(&stripped, &network, own.is_some(), facts);
    reading.dangerous = is_dangerous(&stripped);
    let transfer = dial_pad::transfer(&network, profile);
    reading.dial_pad = dial_pad::decide(&reading, &network, own, transfer.as_ref(), facts, profile);
    reading.transfer_to = transfer.and_then(|transfer| transfer.to);
    reading
}

/// `PhoneNumberUtils.stripSeparators`: everything but what can be dialled or waited for. Wide and Arabic digits count as digits, as
/// there, and wide signs as signs, for that is how codes come out of messengers.
fn without_separators(text: &str) -> String {
    text.chars().map(number::ascii).filter(|symbol| matches!(symbol, '0'..='9' | '*' | '#' | '+' | ',' | ';')).collect()
}

/// `PhoneNumberUtils.extractNetworkPortionAlt`: up to the first `,` or `;`, which begin what is sent after the answer; a second
/// `+` is dropped.
fn network_portion(stripped: &str) -> String {
    let mut plus = false;
    let sent = stripped.chars().take_while(|symbol| !matches!(symbol, ',' | ';'));
    sent.filter(|symbol| *symbol != '+' || !std::mem::replace(&mut plus, true)).collect()
}

/// `own`: it is a dial pad's own sequence.
fn read(stripped: &str, network: &str, own: bool, facts: &DialFacts) -> DialReading {
    if network.is_empty() {
        return plain(DialClass::Invalid);
    }
    // Before everything else, though telephony would look for commands first: nothing may stand before help.
    if is_emergency(network, facts) {
        return call(network);
    }
    if own {
        return DialReading { class: DialClass::DialPadSequence, ..of(Structure::read(network)) };
    }
    if facts.in_call && is_in_call_command(stripped) {
        return plain(DialClass::InCallCommand);
    }
    match Structure::read(network) {
        // "*400#16 digits#" recharges a prepaid card: one request, whole.
        Some(structure) if structure.dial_number.ends_with('#') => plain(DialClass::Ussd),
        Some(structure) if !facts.ims && facts.feature_access.iter().any(|code| code == structure.sc) => call(network),
        Some(structure) => DialReading { class: class_of(&structure, facts.ims), ..of(Some(structure)) },
        None if network.ends_with('#') => plain(DialClass::Ussd),
        None if facts.two_digit.iter().any(|number| number == network) => call(network),
        None if is_short_code(network, facts.in_call) => plain(DialClass::Ussd),
        None => call(network),
    }
}

fn is_emergency(network: &str, facts: &DialFacts) -> bool {
    facts.emergency.iter().any(|number| number == network)
}

/// A service code that is not a call by carrier's wish. Over IMS what follows a known code is not looked at, and an unknown one
/// goes out as USSD; elsewhere a number after the code is refused (docs/mmi.md).
fn class_of(structure: &Structure<'_>, ims: bool) -> DialClass {
    let known = GSM.contains(&structure.sc) || ims && IMS.contains(&structure.sc);
    let number = !structure.dial_number.is_empty();
    if number && structure.sc == CLIR && matches!(structure.action, ServiceAction::Activate | ServiceAction::Deactivate)
    {
        DialClass::Call
    } else if number && !ims {
        DialClass::Invalid
    } else if known {
        DialClass::Supplementary
    } else {
        DialClass::Ussd
    }
}

/// Whether to show the number to whom one calls; with a number behind it, for this call alone.
const CLIR: &str = "31";

/// Service codes everywhere.
const GSM: [&str; 22] = [
    "30", "31", "21", "67", "61", "62", "002", "004", "43", "33", "331", "332", "35", "351", "330", "333", "353", "03",
    "04", "042", "05", "052",
];

/// Service codes over IMS alone.
const IMS: [&str; 6] = ["22", "76", "77", "156", "157", "300"];

/// TS 22.030, figure 3.5.3.2: one or two symbols, unless two that begin with `1` while no call is up.
fn is_short_code(network: &str, in_call: bool) -> bool {
    network.len() <= 2 && (in_call || network.len() != 2 || !network.starts_with('1'))
}

/// TS 22.030, 6.5.5.1, as telephony takes it, post-dial signs and all.
fn is_in_call_command(stripped: &str) -> bool {
    match stripped.as_bytes() {
        [b'0' | b'3' | b'4' | b'5'] => true,
        [b'1' | b'2', rest @ ..] => rest.len() <= 1,
        _ => false,
    }
}

/// Telecom's `isDangerousMmiOrVerticalCode`, asked of the whole string as there, what is sent after the answer included.
fn is_dangerous(stripped: &str) -> bool {
    const FORWARDING: [&str; 6] = ["21", "67", "61", "62", "002", "004"];
    const VERTICAL: [&str; 10] = ["*09", "*42", "*56", "*60", "*63", "*64", "*68", "*72", "*77", "*78"];
    if stripped.contains('#') {
        Structure::read(stripped).is_some_and(|structure| FORWARDING.contains(&structure.sc))
    } else {
        VERTICAL.iter().any(|code| stripped.starts_with(code))
    }
}

fn plain(class: DialClass) -> DialReading {
    DialReading { class, ..of(None) }
}

fn call(network: &str) -> DialReading {
    DialReading { class: DialClass::Call, dial_number: Some(network.to_owned()), ..of(None) }
}

/// The parts of a service code. What it becomes is still to be said.
fn of(structure: Option<Structure<'_>>) -> DialReading {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let Structure { action, sc, sia, sib, sic, pwd, dial_number } = structure.unwrap_or_default();
    DialReading {
        class: DialClass::Invalid,
        action: (!sc.is_empty()).then_some(action),
        sc: some(sc),
        sia: some(sia),
        sib: some(sib),
        sic: some(sic),
        pwd: some(pwd),
        dial_number: some(dial_number),
        dangerous: false,
        transfer_to: None,
        dial_pad: DialPad::Refuse,
    }
}
