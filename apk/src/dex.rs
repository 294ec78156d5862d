//! A dex file's classes, as far as JNA depends on what R8 left of them
//! (<https://source.android.com/docs/core/runtime/dex-format>).

use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

const NATIVE: u64 = 0x100;
const INTERFACE: u32 = 0x200;
const NONE: u32 = u32::MAX;

/// One class; names as descriptors (`Lapp/starhash/App;`).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Class {
    pub parent: String,
    pub interface: bool,
    pub implements: Vec<String>,
    /// Not static.
    pub fields: BTreeSet<String>,
    pub methods: BTreeSet<String>,
    pub native: BTreeSet<String>,
    /// What JNA's annotation `FieldOrder` names.
    pub order: Option<Vec<String>>,
}

/// All classes of a dex file.
///
/// # Errors
/// When it is none, or cut short.
pub fn classes(bytes: &[u8]) -> Result<BTreeMap<String, Class>> {
    ensure!(bytes.starts_with(b"dex\n"), "classes.dex is no dex file");
    let dex = Dex(bytes);
    let (count, start) = (dex.u32(96)?, dex.u32(100)?);
    (0..count).map(|index| dex.class(start as usize + index as usize * 32)).collect()
}

struct Dex<'a>(&'a [u8]);

impl Dex<'_> {
    fn bytes(&self, at: usize, length: usize) -> Result<&[u8]> {
        at.checked_add(length).and_then(|end| self.0.get(at..end)).context("classes.dex ends too early")
    }

    fn u32(&self, at: usize) -> Result<u32> {
        Ok(self.bytes(at, 4)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    }

    /// A number in LEB128; moves `at` behind it.
    fn leb(&self, at: &mut usize) -> Result<u64> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.bytes(*at, 1)?[0];
            *at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(number)
    }

    fn string(&self, index: u64) -> Result<String> {
        let mut at = self.u32(self.u32(60)? as usize + usize::try_from(index)? * 4)? as usize;
        self.leb(&mut at)?;
        let rest = self.0.get(at..).context("classes.dex ends too early")?;
        let end = rest.iter().position(|byte| *byte == 0).context("a string without an end")?;
        Ok(String::from_utf8_lossy(&rest[..end]).into_owned())
    }

    fn type_name(&self, index: u32) -> Result<String> {
        self.string(self.u32(self.u32(68)? as usize + index as usize * 4)?.into())
    }

    /// The name of a field or method; `table` is where the header says where their ids are.
    fn member(&self, table: usize, index: u64) -> Result<String> {
        self.string(self.u32(self.u32(table)? as usize + usize::try_from(index)? * 8 + 4)?.into())
    }

    fn class(&self, at: usize) -> Result<(String, Class)> {
        let [class, flags, parent, interfaces, _, annotations, data] =
            [0, 4, 8, 12, 16, 20, 24].map(|offset| self.u32(at + offset));
        let parent = parent?;
        let mut result = Class {
            parent: if parent == NONE { String::new() } else { self.type_name(parent)? },
            interface: flags? & INTERFACE != 0,
            ..Class::default()
        };
        let interfaces = interfaces? as usize;
        for index in 0..if interfaces == 0 { 0 } else { self.u32(interfaces)? as usize } {
            let two = self.bytes(interfaces + 4 + index * 2, 2)?;
            result.implements.push(self.type_name(u32::from(u16::from_le_bytes([two[0], two[1]])))?);
        }
        self.members(data? as usize, &mut result)?;
        result.order = self.field_order(annotations? as usize)?;
        Ok((self.type_name(class?)?, result))
    }

    fn members(&self, mut at: usize, class: &mut Class) -> Result<()> {
        if at == 0 {
            return Ok(());
        }
        let mut counts = [0; 4];
        for count in &mut counts {
            *count = self.leb(&mut at)?;
        }
        for (kind, count) in counts.into_iter().enumerate() {
            let mut index = 0;
            for _ in 0..count {
                index += self.leb(&mut at)?;
                let flags = self.leb(&mut at)?;
                match kind {
                    0 => {}
                    1 => drop(class.fields.insert(self.member(84, index)?)),
                    _ => {
                        self.leb(&mut at)?;
                        let name = self.member(92, index)?;
                        let into = if flags & NATIVE == 0 { &mut class.methods } else { &mut class.native };
                        into.insert(name);
                    }
                }
            }
        }
        Ok(())
    }

    /// What `@Structure.FieldOrder(…)` on a class names; nothing if it has no such annotation.
    fn field_order(&self, directory: usize) -> Result<Option<Vec<String>>> {
        let set = if directory == 0 { 0 } else { self.u32(directory)? as usize };
        for index in 0..if set == 0 { 0 } else { self.u32(set)? as usize } {
            // After one byte that says who may see it.
            let mut at = self.u32(set + 4 + index * 4)? as usize + 1;
            let kind = u32::try_from(self.leb(&mut at)?)?;
            if self.type_name(kind)? != "Lcom/sun/jna/Structure$FieldOrder;" {
                continue;
            }
            // One element, `value`: an array of strings.
            ensure!(self.leb(&mut at)? == 1, "FieldOrder has lost its value");
            self.leb(&mut at)?;
            ensure!(self.bytes(at, 1)?[0] & 0x1f == 0x1c, "FieldOrder's value is no array");
            at += 1;
            let mut names = Vec::new();
            for _ in 0..self.leb(&mut at)? {
                let head = self.bytes(at, 1)?[0];
                ensure!(head & 0x1f == 0x17, "FieldOrder holds something else than names");
                let length = usize::from(head >> 5) + 1;
                let index = self.bytes(at + 1, length)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
                names.push(self.string(index)?);
                at += 1 + length;
            }
            return Ok(Some(names));
        }
        Ok(None)
    }
}

/// What of JNA and the core's bindings R8 has taken away. `core` are the names that
/// `libstarhash_core.so` exports, `jna` those of `libjnidispatch.so`.
pub fn problems(classes: &BTreeMap<String, Class>, core: &BTreeSet<String>, jna: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let bound: Vec<&String> = classes
        .iter()
        .filter(|(name, _)| !name.starts_with("Lcom/sun/jna/"))
        .flat_map(|(_, class)| &class.native)
        .collect();
    if bound.is_empty() {
        wrong.push("dex: no native method binds the core".to_owned());
    }
    wrong.extend(
        bound
            .iter()
            .filter(|name| !core.contains(**name))
            .map(|name| format!("dex: the core has no function `{name}`")),
    );
    let native = classes.get("Lcom/sun/jna/Native;").map(|class| &class.native);
    for function in jna.iter().filter_map(|name| name.strip_prefix("Java_com_sun_jna_Native_")) {
        let method = function.split("__").next().unwrap_or_default().replace("_1", "_");
        if !native.is_some_and(|native| native.contains(&method)) {
            wrong.push(format!("dex: com.sun.jna.Native has lost its native method `{method}`"));
        }
    }
    let mut structures = 0;
    for (name, class) in classes {
        if descends(classes, name, "Lcom/sun/jna/Structure;")
            && name != "Lcom/sun/jna/Structure;"
            && !name.starts_with("Lcom/sun/jna/")
        {
            structures += 1;
            wrong.extend(structure(classes, name));
        }
        let callback = class.interface && class.implements.iter().any(|parent| parent == "Lcom/sun/jna/Callback;");
        if callback && !name.starts_with("Lcom/sun/jna/") && !class.methods.contains("callback") {
            wrong.push(format!("dex: {name} has lost its method `callback`"));
        }
    }
    if structures == 0 {
        wrong.push("dex: no structure is left that the core could be given".to_owned());
    }
    wrong
}

fn structure(classes: &BTreeMap<String, Class>, name: &str) -> Vec<String> {
    let mut order = None;
    let mut fields = BTreeSet::new();
    let mut at = name;
    while let Some(class) = classes.get(at).filter(|_| at != "Lcom/sun/jna/Structure;") {
        order = order.or(class.order.as_ref());
        fields.extend(&class.fields);
        at = &class.parent;
    }
    let Some(order) = order else { return vec![format!("dex: {name} has lost its FieldOrder")] };
    let gone = order.iter().filter(|field| !fields.contains(field));
    gone.map(|field| format!("dex: {name} has lost its field `{field}`")).collect()
}

fn descends(classes: &BTreeMap<String, Class>, name: &str, from: &str) -> bool {
    name == from || classes.get(name).is_some_and(|class| descends(classes, &class.parent, from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn good() -> BTreeMap<String, Class> {
        let class = |parent: &str| Class { parent: parent.to_owned(), ..Class::default() };
        let buffer =
            Class { fields: set(&["len"]), order: Some(vec!["len".to_owned()]), ..class("Lcom/sun/jna/Structure;") };
        let callback = Class {
            interface: true,
            implements: vec!["Lcom/sun/jna/Callback;".to_owned()],
            methods: set(&["callback"]),
            ..class("Ljava/lang/Object;")
        };
        BTreeMap::from([
            ("Lcom/sun/jna/Structure;".to_owned(), class("Ljava/lang/Object;")),
            ("Lcom/sun/jna/Native;".to_owned(), Class { native: set(&["_getPointer"]), ..Class::default() }),
            ("La/Lib;".to_owned(), Class { native: set(&["core_call"]), ..class("Ljava/lang/Object;") }),
            ("La/Buffer;".to_owned(), buffer),
            ("La/Buffer$ByValue;".to_owned(), class("La/Buffer;")),
            ("La/Call;".to_owned(), callback),
        ])
    }

    fn judged(change: impl FnOnce(&mut BTreeMap<String, Class>)) -> String {
        let mut classes = good();
        change(&mut classes);
        problems(&classes, &set(&["core_call"]), &set(&["Java_com_sun_jna_Native__1getPointer__J"])).join("; ")
    }

    #[test]
    fn what_jna_needs_is_missed_when_it_is_gone() {
        assert_eq!(judged(|_| ()), "");
        let at = |name: &'static str, change: fn(&mut Class)| judged(move |all| change(all.get_mut(name).unwrap()));
        assert!(at("La/Lib;", |class| class.native = set(&["a"])).contains("the core has no function `a`"));
        assert!(at("La/Lib;", |class| class.native = set(&[])).contains("no native method binds the core"));
        assert!(at("Lcom/sun/jna/Native;", |class| class.native = set(&["a"])).contains("`_getPointer`"));
        assert!(
            at("La/Buffer;", |class| class.fields = set(&[])).contains("La/Buffer$ByValue; has lost its field `len`")
        );
        assert!(at("La/Buffer;", |class| class.order = None).contains("La/Buffer; has lost its FieldOrder"));
        assert!(
            at("La/Call;", |class| class.methods = set(&["a"])).contains("La/Call; has lost its method `callback`")
        );
        let bare = judged(|all| all.retain(|name, _| !name.starts_with("La/Buffer")));
        assert!(bare.contains("no structure is left"));
    }
}
