//! The files of the page, part of the program.

macro_rules! file {
    ($name:literal, $kind:literal) => {
        ($name, concat!($kind, "; charset=utf-8"), include_str!(concat!("../page/", $name)))
    };
}

const FILES: [(&str, &str, &str); 12] = [
    file!("index.html", "text/html"),
    file!("page.css", "text/css"),
    file!("diagram.js", "text/javascript"),
    file!("ear.js", "text/javascript"),
    file!("journal.js", "text/javascript"),
    file!("page.js", "text/javascript"),
    file!("people.js", "text/javascript"),
    file!("screen.js", "text/javascript"),
    file!("sound.js", "text/javascript"),
    file!("steps.js", "text/javascript"),
    file!("texts.js", "text/javascript"),
    file!("timeline.js", "text/javascript"),
];

/// Kind and text of a file; the empty name is the page itself.
pub fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let name = if name.is_empty() { "index.html" } else { name };
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, kind, text)| (*kind, *text))
}
