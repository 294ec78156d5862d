//! What a phone's loader would look at in a library.

use anyhow::{Context, Result, bail};
use object::elf::{
    DF_TEXTREL, DT_FLAGS, DT_NEEDED, DT_TEXTREL, FileHeader32, FileHeader64, PT_LOAD, PT_TLS, SHT_DYNSYM, STB_WEAK,
};
use object::read::elf::{Dyn, FileHeader, ProgramHeader, Sym};
use object::{Endianness, FileKind, StringTable};

/// Libraries every app may use.
const ALLOWED: [&str; 4] = ["libc.so", "libdl.so", "liblog.so", "libm.so"];
/// Below it a phone with pages of 16 KB refuses the library.
const PAGE: u64 = 0x4000;

/// What Android offers, one symbol a line (android/native/bionic-symbols.txt).
pub struct Offered {
    rows: Vec<(String, u32, String)>,
}

impl Offered {
    /// # Errors
    /// A line that is not of five words.
    pub fn read(list: &str) -> Result<Self> {
        let mut rows = Vec::new();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [_, symbol, _, level, arch] = words[..] else { bail!("symbol list: {line:?} has not five words") };
            rows.push((symbol.to_owned(), level.parse().context("symbol list: no API level")?, arch.to_owned()));
        }
        Ok(Self { rows })
    }

    /// Whether `symbol` is there at `api` on `arch`.
    fn has(&self, symbol: &str, arch: &str, api: u32) -> bool {
        self.rows.iter().any(|(name, level, on)| name == symbol && *level <= api && (on == "*" || on == arch))
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
        match segment.p_type(endian) {
            PT_LOAD if align < PAGE => wrong.push(format!("LOAD is aligned to {align:#x}, not {PAGE:#x}")),
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
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_offered_from_its_level_on_and_on_its_processor() {
        let offered = Offered::read("# head\nlibc new f 31 *\nlibc old f 0 *\nlibc arm f 30 armv7\n").unwrap();
        assert!(
            offered.has("old", "x86_64", 30) && offered.has("new", "x86_64", 31) && offered.has("arm", "armv7", 30)
        );
        assert!(
            !offered.has("new", "x86_64", 30) && !offered.has("arm", "x86_64", 30) && !offered.has("none", "armv7", 30)
        );
        assert!(Offered::read("libc four words only").is_err());
    }

    /// This program's own file is of the desk: linked to other libraries, and on smaller pages.
    #[test]
    fn a_desktops_library_is_refused() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let offered = Offered::read("").unwrap();
        let wrong = problems("lib.so", "arm64-v8a", &bytes, &offered, 30).unwrap();
        for what in
            ["libc.so.6", "asks for `", "LOAD is aligned to 0x1000", "thread-local", "lies among those for aarch64"]
        {
            assert!(wrong.iter().any(|wrong| wrong.contains(what)), "{what}: {wrong:?}");
        }
    }
}
