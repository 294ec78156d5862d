//! What the dial pad does about a string.

use super::{DialClass, DialFacts, DialPad, DialReading, is_emergency};
use crate::number;
use crate::profile::Profile;

/// A transfer code of the profile, ended or still growing.
pub(super) struct Transfer {
    /// The number as it would be sent; none while there are no digits, or for digits that cannot be sent.
    pub to: Option<String>,
}

/// Recognises the codes that open a transfer, with or without the sign that ends the number. A code of digits alone cannot be told
/// from a telephone number outside a call and is left to it.
pub(super) fn transfer(network: &str, profile: &Profile) -> Option<Transfer> {
    let end = profile.terminator.as_deref().unwrap_or_default();
    let starts = [Some(&profile.start), profile.blind.as_ref()].into_iter().flatten();
    let signed = starts.filter(|start| start.contains(['*', '#']));
    signed.filter_map(|start| network.strip_prefix(start.as_str())).find_map(|rest| {
        let number = rest.strip_suffix(end).unwrap_or(rest);
        let digits = number.strip_prefix('+').unwrap_or(number);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Transfer { to: number::clean(number, &profile.numbers).ok().map(|number| number.digits) })
    })
}

/// What dial pads act on by themselves (AOSP Dialer, `SpecialCharSequenceMgr`).
pub(super) fn own_sequence(stripped: &str) -> Option<DialPad> {
    let digits = stripped.strip_suffix('#').unwrap_or_default();
    let secret = stripped.strip_prefix("*#*#").and_then(|rest| rest.strip_suffix("#*#*"));
    if matches!(stripped, "*#06#" | "*#07#") {
        Some(DialPad::DeviceInfo)
    } else if secret.is_some_and(|code| !code.is_empty()) {
        Some(DialPad::SecretCode)
    } else if digits.starts_with("**04") || digits.starts_with("**05") {
        // A PIN or PUK: the phone itself takes it (`TelecomManager.handleMmi`).
        Some(DialPad::Place)
    } else if (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(DialPad::SimContact)
    } else {
        None
    }
}

/// What the call button does. `own`: what a dial pad does by itself, if anything.
pub(super) fn decide(
    reading: &DialReading,
    network: &str,
    own: Option<DialPad>,
    transfer: Option<&Transfer>,
    facts: &DialFacts,
    profile: &Profile,
) -> DialPad {
    if network.is_empty() {
        return DialPad::Refuse;
    }
    if is_emergency(network, facts) {
        return DialPad::Emergency;
    }
    match transfer {
        // Harmless: nothing is placed.
        Some(_) if own == Some(DialPad::DeviceInfo) && !facts.in_call => DialPad::DeviceInfo,
        Some(Transfer { to: None }) => DialPad::ExplainTransfer,
        Some(_) if own.is_some() || is_known_to_networks(reading, network) => DialPad::Ask,
        Some(_) if facts.in_call => DialPad::SendIntoCall,
        Some(_) => DialPad::ExplainTransfer,
        None => own.unwrap_or_else(|| without_transfer(reading.class, network, profile)),
    }
}

/// Begins as a transfer code does, has digits, and is none: a sign too many, too few or in another's place, typed in haste. Only where
/// codes have two signs and more: behind a single `*` or `#` operators' menus have their own parameters, `*100*1#`.
fn is_almost_transfer(network: &str, profile: &Profile) -> bool {
    let is_sign = |byte: &u8| matches!(byte, b'*' | b'#');
    let two_first = |text: &str| text.len() >= 2 && text.as_bytes()[..2].iter().all(is_sign);
    let starts = [Some(&profile.start), profile.blind.as_ref()].into_iter().flatten();
    let mut signed = starts.filter(|start| start.as_bytes().iter().filter(|byte| is_sign(byte)).count() >= 2);
    let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    signed.any(|start| {
        network.strip_prefix(start.as_str()).is_some_and(digit)
            || two_first(start) && two_first(network) && digit(network)
    })
}

/// Whether a network means something of its own by what is also a transfer code: a service that it must know, or the form of
/// operators' menus, `*100#` and `#100#`. Nobody offers anything under `*#204#`, the question about a service there is not.
fn is_known_to_networks(reading: &DialReading, network: &str) -> bool {
    let mut signs = network.chars();
    let menu = matches!(signs.next(), Some('*' | '#')) && signs.next().is_some_and(|sign| sign.is_ascii_digit());
    reading.class == DialClass::Supplementary || reading.dangerous || reading.class == DialClass::Ussd && menu
}

fn without_transfer(class: DialClass, network: &str, profile: &Profile) -> DialPad {
    match class {
        DialClass::Invalid => DialPad::Refuse,
        // One or two digits are as likely an extension; as a command they may hang up, unasked.
        DialClass::InCallCommand => DialPad::Ask,
        DialClass::Ussd if network.len() <= 2 => DialPad::Ask,
        DialClass::Call | DialClass::Ussd if is_almost_transfer(network, profile) => DialPad::Ask,
        DialClass::Call | DialClass::Ussd | DialClass::Supplementary | DialClass::DialPadSequence => DialPad::Place,
    }
}
