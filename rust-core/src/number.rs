//! What people write, and contacts hold, as the digits a PBX accepts (pbx-profiles.md, "Numbers sent by DTMF").
//!
//! Not `rlibphonenumber`: over the cases of the tests all it adds is "+44 (0)20…", refused here with a reason; it does
//! not know "вн. 204", and would cost 0.44 MB.

use crate::error::NumberProblem;
use crate::profile::Numbers;

#[cfg(test)]
mod tests;

/// The most digits a target may have, the prefix included (pbx-profiles.md).
pub const MAX_DIGITS: usize = 20;
/// This many digits or fewer are an extension of the company's own PBX (pbx-profiles.md).
pub const MAX_EXTENSION_DIGITS: usize = 6;

/// Words before an extension that cannot ride inside a transfer code. The signs `,` and `;`,
/// Android's dialling pauses, mean the same. Both the Latin and the Cyrillic `x` are meant.
const EXTENSION_WORDS: [&str; 10] =
    ["доб", "добав", "добавочный", "вн", "внутр", "внутренний", "ext", "extension", "x", "х"];

/// A number as it will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialable {
    /// 1 to [`MAX_DIGITS`] digits `0-9`.
    pub digits: String,
    /// What stood after "доб." and its like: digits to be sent when the colleague's company answers.
    pub extension: Option<String>,
    /// Whether this is one of the company's own extensions.
    pub kind: Kind,
    /// The digits are also those of an emergency service: 112, 911, 101–104, 01–04. As tones in a call a colleague's
    /// extension may be any of them, so nothing is refused here; one typed by hand is asked about once (product.md).
    pub emergency_like: bool,
}

/// Where a number leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Inside the company's PBX; never placed as a call of its own.
    Extension,
    /// Anyone's telephone.
    Outside,
}

/// Turns what was typed or stored into digits a PBX accepts.
///
/// National numbers (`+7`, `8` or `7` and ten digits, or the ten digits alone) get `numbers.trunk`, other countries'
/// `+` becomes `numbers.international`; anything else, extensions above all, is sent as it is. A text with nothing but
/// a marked extension ("доб. 204") is that extension.
///
/// # Errors
/// The rule that the text breaks. Two numbers in one text, a `+` or `+7` that no right number follows and the "(0)" of
/// some foreign numbers are [`NumberProblem::ForbiddenSymbol`] too: what would be dialled is not what was meant.
pub fn clean(input: &str, numbers: &Numbers) -> Result<Dialable, NumberProblem> {
    if input.trim().is_empty() {
        return Err(NumberProblem::Empty);
    }
    let text = without_separators(input);
    if let Some(symbol) = text.chars().find(|symbol| matches!(symbol, '*' | '#')) {
        return Err(forbidden(symbol));
    }
    if !text.contains(|symbol: char| symbol.is_ascii_digit()) {
        return Err(NumberProblem::NoDigits);
    }
    let (main, mark, extension) = split_extension(&text);
    let main = Written::read(main)?;
    let extension = Written::read(extension)?;
    if extension.plus || extension.digits.len() > MAX_EXTENSION_DIGITS {
        return Err(forbidden(mark));
    }
    match (main.digits.is_empty(), extension.digits.is_empty()) {
        (true, _) => dialable(&extension, None, numbers),
        (false, true) => dialable(&main, None, numbers),
        (false, false) => dialable(&main, Some(extension.digits), numbers),
    }
}

/// Full-width and Arabic symbols become the ASCII ones they stand for; spaces, dashes, dots and invisible marks that
/// come along with copied text (direction, soft hyphen, zero-width joiners) go away.
fn without_separators(input: &str) -> String {
    input.chars().map(ascii).filter(|symbol| !is_separator(*symbol)).collect()
}

/// The same symbol in ASCII, if it is one of the three ways to write a digit on people's keyboards.
pub(crate) fn ascii(symbol: char) -> char {
    let (first, base) = match symbol {
        '\u{ff01}'..='\u{ff5e}' => (0xff01, '!'),
        '\u{660}'..='\u{669}' => (0x660, '0'),
        '\u{6f0}'..='\u{6f9}' => (0x6f0, '0'),
        _ => return symbol,
    };
    char::from_u32(u32::from(base) + u32::from(symbol) - first).unwrap_or(symbol)
}

fn is_separator(symbol: char) -> bool {
    let dash_or_dot = matches!(symbol, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | ':' | '№');
    let invisible = matches!(symbol, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    symbol.is_whitespace() || dash_or_dot || invisible
}

/// The text before the first word or sign of [`EXTENSION_WORDS`], that mark, and the text after it. Any other word
/// stays in the first part, where it is refused.
fn split_extension(text: &str) -> (&str, &str, &str) {
    let is_mark = |symbol: char| symbol.is_alphabetic() || matches!(symbol, ',' | ';' | '=');
    let Some(start) = text.find(is_mark) else {
        return (text, "", "");
    };
    let (main, rest) = text.split_at(start);
    let end = rest.find(|symbol| !is_mark(symbol)).unwrap_or(rest.len());
    let (mark, extension) = rest.split_at(end);
    let word = mark.trim_matches([',', ';', '=']).to_lowercase();
    if word.is_empty() || EXTENSION_WORDS.contains(&word.as_str()) { (main, mark, extension) } else { (text, "", "") }
}

/// The digits of one number as it was written.
struct Written {
    plus: bool,
    digits: String,
}

impl Written {
    fn read(text: &str) -> Result<Self, NumberProblem> {
        let mut written = Self { plus: false, digits: String::new() };
        for symbol in text.chars() {
            match symbol {
                '0'..='9' => written.digits.push(symbol),
                '+' if written.digits.is_empty() && !written.plus => written.plus = true,
                '(' | ')' => {}
                _ => return Err(forbidden(symbol)),
            }
        }
        // "+44 (0)20…": the zero is dialled at home only, but "+39 (0)6…" keeps it. The writer has to say.
        if written.plus && text.contains("(0)") {
            return Err(forbidden("(0)"));
        }
        Ok(written)
    }

    /// The ten national digits, if this is a number of the country code 7. No area code there begins with 0, 1 or 2,
    /// and ten digits that begin with 810 are a foreign number dialled by hand.
    fn national(&self) -> Option<&str> {
        let ten = match (self.digits.len(), self.plus) {
            (11, true) => self.digits.strip_prefix('7')?,
            (11, false) => self.digits.strip_prefix(['7', '8'])?,
            (10, false) if !self.digits.starts_with("810") => &self.digits,
            _ => return None,
        };
        ten.starts_with(|digit| matches!(digit, '3'..='9')).then_some(ten)
    }
}

fn dialable(written: &Written, extension: Option<String>, numbers: &Numbers) -> Result<Dialable, NumberProblem> {
    let digits = match written.national() {
        Some(ten) => format!("{}{ten}", numbers.trunk),
        None if written.plus => format!("{}{}", numbers.international, written.digits),
        None => written.digits.clone(),
    };
    if digits.len() > MAX_DIGITS {
        return Err(NumberProblem::TooLong { digits: u32::try_from(digits.len()).unwrap_or(u32::MAX) });
    }
    if written.plus && written.national().is_none() {
        // No number with a country code is so short, no country code begins with 0, and 7 has always ten digits.
        if written.digits.len() <= MAX_EXTENSION_DIGITS || written.digits.starts_with('0') {
            return Err(forbidden('+'));
        }
        if written.digits.starts_with('7') {
            return Err(forbidden("+7"));
        }
    }
    let short = digits.len() <= MAX_EXTENSION_DIGITS;
    Ok(Dialable {
        emergency_like: is_emergency_like(&digits),
        kind: if short { Kind::Extension } else { Kind::Outside },
        extension,
        digits,
    })
}

/// Russia's emergency numbers of three digits and of two, Europe's and America's.
fn is_emergency_like(digits: &str) -> bool {
    matches!(digits, "101" | "102" | "103" | "104" | "112" | "911" | "01" | "02" | "03" | "04")
}

fn forbidden(symbol: impl Into<String>) -> NumberProblem {
    NumberProblem::ForbiddenSymbol { symbol: symbol.into() }
}
