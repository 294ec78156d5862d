//! The structure of a service code (3GPP TS 22.030, 6.5.2): `*SC*SIA*SIB*SIC*PWD#number`.

use super::ServiceAction;

/// The parts, empty where they are absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Structure<'a> {
    pub action: ServiceAction,
    pub sc: &'a str,
    pub sia: &'a str,
    pub sib: &'a str,
    pub sic: &'a str,
    pub pwd: &'a str,
    /// What follows the `#`.
    pub dial_number: &'a str,
}

impl Default for Structure<'_> {
    fn default() -> Self {
        Self { action: ServiceAction::Activate, sc: "", sia: "", sib: "", sic: "", pwd: "", dial_number: "" }
    }
}

/// The signs before a service code, longer ones first.
const ACTIONS: [(&str, ServiceAction); 5] = [
    ("*#", ServiceAction::Interrogate),
    ("**", ServiceAction::Register),
    ("##", ServiceAction::Erase),
    ("*", ServiceAction::Activate),
    ("#", ServiceAction::Deactivate),
];

impl<'a> Structure<'a> {
    /// Nothing, if the string is not built like this from its first sign on.
    pub fn read(text: &'a str) -> Option<Self> {
        let (action, rest) = ACTIONS.iter().find_map(|(sign, action)| Some((*action, text.strip_prefix(sign)?)))?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (sc, rest) = rest.split_at(digits);
        // The first `#` ends the code: no part can hold one.
        let (parts, dial_number) = rest.split_once('#')?;
        let mut parts = parts.split('*');
        // Before the first `*` there is nothing but the service code.
        let code_alone = parts.next()?.is_empty();
        let mut part = || parts.next().unwrap_or_default();
        let structure = Self { action, sc, sia: part(), sib: part(), sic: part(), pwd: part(), dial_number };
        let fits = (2..=3).contains(&digits) && code_alone && parts.next().is_none();
        fits.then_some(structure)
    }
}
