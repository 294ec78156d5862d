//! XML in an APK is binary; `aapt2 dump xmltree` prints it, and this reads what it prints.

use std::collections::BTreeMap;

/// One element, its attributes without their namespace, and how deep it lies.
pub struct Element {
    pub name: String,
    pub depth: usize,
    pub attributes: BTreeMap<String, String>,
}

impl Element {
    /// The attribute's value; empty if there is none.
    pub fn says(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }
}

/// The elements under the one at `at`.
pub fn inside(elements: &[Element], at: usize) -> &[Element] {
    let rest = &elements[at + 1..];
    let end = rest.iter().position(|element| element.depth <= elements[at].depth).unwrap_or(rest.len());
    &rest[..end]
}

/// `E: service (line=32)` and below it `A: http://…/android:exported(0x01010010)=true` or `…="text" (Raw: "text")`.
pub fn elements(tree: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    for line in tree.lines() {
        let text = line.trim_start();
        if let Some(name) = text.strip_prefix("E: ") {
            let name = name.split_whitespace().next().unwrap_or_default().to_owned();
            elements.push(Element { name, depth: line.len() - text.len(), attributes: BTreeMap::new() });
        } else if let (Some(attribute), Some(element)) = (text.strip_prefix("A: "), elements.last_mut())
            && let Some((name, value)) = attribute.split_once('=')
        {
            let name = name.rsplit(':').next().unwrap_or(name).split('(').next().unwrap_or(name);
            let value = match value.strip_prefix('"') {
                Some(text) => text.split("\" (Raw:").next().unwrap_or(text),
                None => value,
            };
            element.attributes.insert(name.to_owned(), value.to_owned());
        }
    }
    elements
}
