//! Whether every text is there in both languages, read from what aapt2 prints of the resource table.

use std::collections::BTreeMap;

/// The same in every language.
const ONE_LANGUAGE: [&str; 1] = ["app_name"];
/// The forms a number needs: in English, in Russian.
const FORMS: [(&str, &[&str]); 2] = [("()", &["one", "other"]), ("(ru)", &["one", "few", "many", "other"])];

/// What is missing in the resource table that `aapt2 dump resources` printed.
pub fn problems(dump: &str) -> Vec<String> {
    let texts = texts(dump);
    let mut wrong = Vec::new();
    if texts.is_empty() {
        wrong.push("texts: there are none".to_owned());
    }
    for (name, languages) in &texts {
        let (kind, name) = name.split_once('/').unwrap_or_default();
        for (language, forms) in FORMS {
            match languages.get(language) {
                None if language == "(ru)" && ONE_LANGUAGE.contains(&name) => {}
                None => wrong.push(format!("texts: {name} is missing in {language}")),
                Some(has) if kind == "plurals" => {
                    let gone = forms.iter().filter(|form| !has.iter().any(|other| other == *form));
                    wrong.extend(gone.map(|form| format!("texts: {name} {language} lacks the form `{form}`")));
                }
                Some(_) => {}
            }
        }
    }
    wrong
}

/// Of each string and plural the languages it is in, with the forms of a plural.
fn texts(dump: &str) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut texts: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    let (mut name, mut language) = (None, String::new());
    for line in dump.lines().map(str::trim_start) {
        if let Some(resource) = line.strip_prefix("resource ") {
            let path = resource.split_whitespace().nth(1).unwrap_or_default();
            name = (path.starts_with("string/") || path.starts_with("plurals/")).then(|| path.to_owned());
        } else if let Some(name) = &name {
            let languages = texts.entry(name.clone()).or_default();
            if let Some(end) = line.starts_with('(').then(|| line.find(')')).flatten() {
                line[..=end].clone_into(&mut language);
                languages.entry(language.clone()).or_default();
            } else if let Some((form, _)) = line.split_once("=\"") {
                languages.entry(language.clone()).or_default().push(form.to_owned());
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "  type plurals id=05\n    resource 0x7f050000 plurals/minutes\n      () (plurals) size=2\n        one=\"%1$d minute\"\n        other=\"%1$d minutes\"\n      (ru) (plurals) size=4\n        one=\"а\"\n        few=\"б\"\n        many=\"в\"\n        other=\"г\"\n  type string id=06\n    resource 0x7f060000 string/hello\n      () \"Hello\"\n      (ru) \"Привет\"\n";

    #[test]
    fn both_languages_and_all_forms_are_asked_for() {
        assert_eq!(problems(GOOD), [""; 0]);
        assert_eq!(problems(&GOOD.replace("      (ru) \"Привет\"\n", "")), ["texts: hello is missing in (ru)"]);
        assert_eq!(problems(&GOOD.replace("        many=\"в\"\n", "")), ["texts: minutes (ru) lacks the form `many`"]);
        assert_eq!(problems(""), ["texts: there are none"]);
    }
}
