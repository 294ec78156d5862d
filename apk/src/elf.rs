//! What a phone's loader would look at in a library.

use anyhow::{Context, Result, bail};
use object::elf::{
    DF_TEXTREL, DT_FLAGS, DT_NEEDED, DT_TEXTREL, FileHeader32, FileHeader64, PT_LOAD, PT_TLS, SHT_DYNSYM, STB_WEAK,
};
use object::read::elf::{Dyn, FileHeader, ProgramHeader, Sym};
use object::{Endianness, FileKind, StringTable};
use std::fs;
use std::path::Path;

/// Libraries every app may use.
const ALLOWED: [&str; 4] = ["libc.so", "libdl.so", "liblog.so", "libm.so"];
/// Below it a phone with pages of 16 KB refuses the library.
const PAGE: u64 = 0x4000;

/// What Android offers, one symbol a line (android/native/bionic-symbols.txt).
pub struct Offered {
    rows: Vec<Row>,
}

struct Row {
    library: String,
    symbol: String,
    /// The first API level that has it.
    level: u32,
    /// A processor, or `*` for all.
    arch: String,
}

impl Row {
    fn is_on(&self, arch: &str, api: u32) -> bool {
        self.level <= api && (self.arch == "*" || self.arch == arch)
    }
}

impl Offered {
    /// # Errors
    /// As [`Self::read`]; or the file cannot be read.
    pub fn of_file(list: &Path) -> Result<Self> {
        Self::read(&fs::read_to_string(list).with_context(|| list.display().to_string())?)
    }

    /// # Errors
    /// A line that is not of five words.
    pub fn read(list: &str) -> Result<Self> {
        let mut rows = Vec::new();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [library, symbol, _, level, arch] = words[..] else {
                bail!("symbol list: {line:?} has not five words")
            };
            let level = level.parse().with_context(|| format!("symbol list: {line:?} has no API level"))?;
            let [library, symbol, arch] = [library, symbol, arch].map(str::to_owned);
            rows.push(Row { library, symbol, level, arch });
        }
        Ok(Self { rows })
    }

    /// Whether `symbol` is there at `api` on `arch`.
    fn has(&self, symbol: &str, arch: &str, api: u32) -> bool {
        self.rows.iter().any(|row| row.symbol == symbol && row.is_on(arch, api))
    }

    /// A linker script that defines what `library` has at `api` on `arch`; no value is ever used.
    pub fn script(&self, library: &str, arch: &str, api: u32) -> String {
        let there = self.rows.iter().filter(|row| row.library == library && row.is_on(arch, api));
        there.flat_map(|row| [row.symbol.as_str(), " = 0;\n"]).collect()
    }
}

/// What is wrong with the library `name` for `abi` on Android `api` and newer.
///
/// # Errors
/// When it is no ELF file.
pub fn problems(name: &str, abi: &str, bytes: &[u8], offered: &Offered, api: u32) -> Result<Vec<String>> {
    let arch = match abi {
        "arm64-v8a" => "aarch64",
        "armeabi-v7a" => "armv7",
        other => other,
    };
    let wrong = match FileKind::parse(bytes).with_context(|| name.to_owned())? {
        FileKind::Elf32 => of::<FileHeader32<Endianness>>(bytes, arch, offered, api),
        FileKind::Elf64 => of::<FileHeader64<Endianness>>(bytes, arch, offered, api),
        other => bail!("{name} is no ELF file but {other:?}"),
    };
    Ok(wrong.with_context(|| name.to_owned())?.into_iter().map(|what| format!("{name}: {what}")).collect())
}

fn of<Elf: FileHeader<Endian = Endianness>>(
    bytes: &[u8],
    arch: &str,
    offered: &Offered,
    api: u32,
) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let elf = Elf::parse(bytes)?;
    let endian = elf.endian()?;
    let machine = match elf.e_machine(endian) {
        object::elf::EM_AARCH64 => "aarch64",
        object::elf::EM_ARM => "armv7",
        object::elf::EM_X86_64 => "x86_64",
        _ => "an unknown processor",
    };
    if machine != arch {
        wrong.push(format!("is for {machine} but lies among those for {arch}"));
    }
    for segment in elf.program_headers(endian, bytes)? {
        let align: u64 = segment.p_align(endian).into();
        let (address, offset): (u64, u64) = (segment.p_vaddr(endian).into(), segment.p_offset(endian).into());
        match segment.p_type(endian) {
            PT_LOAD if align < PAGE => wrong.push(format!("LOAD is aligned to {align:#x}, not {PAGE:#x}")),
            // What begins in the middle of a page of memory must begin as far into a page of the file.
            PT_LOAD if address % PAGE != offset % PAGE => {
                wrong.push(format!(
                    "LOAD at {offset:#x} of the file cannot be mapped to {address:#x} by pages of {PAGE:#x}"
                ));
            }
            PT_TLS => wrong.push("has ELF thread-local storage".to_owned()),
            _ => {}
        }
    }
    let sections = elf.sections(endian, bytes)?;
    let (dynamic, strings) = sections.dynamic(endian, bytes)?.context("is not linked dynamically")?;
    let strings = sections.strings(endian, bytes, strings)?;
    wrong.extend(needed::<Elf>(dynamic, endian, strings)?);
    let symbols = sections.symbols(endian, bytes, SHT_DYNSYM)?;
    for symbol in symbols.iter().filter(|symbol| symbol.is_undefined(endian) && symbol.st_bind() != STB_WEAK) {
        let name = String::from_utf8_lossy(symbol.name(endian, symbols.strings())?).into_owned();
        if !name.is_empty() && !offered.has(&name, arch, api) {
            wrong.push(format!("asks for `{name}`, which Android {api} does not offer on {arch} (bionic-symbols.txt)"));
        }
    }
    Ok(wrong)
}

/// The libraries it needs and the relocations it would have the loader write into code.
fn needed<Elf: FileHeader<Endian = Endianness>>(
    dynamic: &[Elf::Dyn],
    endian: Endianness,
    strings: StringTable,
) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for entry in dynamic {
        let (tag, value): (_, u64) = (entry.d_tag(endian), entry.d_val(endian).into());
        if tag == DT_NEEDED {
            let offset = u32::try_from(value)?;
            let library = strings.get(offset).ok().context("a NEEDED entry without a name")?;
            let library = String::from_utf8_lossy(library);
            if !ALLOWED.contains(&library.as_ref()) {
                wrong.push(format!("needs {library}, which is not among {}", ALLOWED.join(", ")));
            }
        }
        if tag == DT_TEXTREL || (tag == DT_FLAGS && value & DF_TEXTREL.0 != 0) {
            wrong.push("has text relocations".to_owned());
        }
    }
    Ok(wrong)
}

#[cfg(test)]
pub mod fake;
#[cfg(test)]
mod tests;
