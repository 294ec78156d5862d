//! What `cargo apk` needs beyond the standard library: it writes APKs and reads back what was written.

mod backup;
mod dex;
mod elf;
mod libraries;
mod manifest;
mod pack;
mod read_back;
mod signature;
mod sizes;
mod texts;
mod xmltree;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
starhash-apk pack OUT RESOURCES DEX ABI=LIBRARY…   writes an APK that is not signed yet
starhash-apk stub SYMBOLS MIN_SDK LIBRARY ARCH      a linker script with the names that LIBRARY offers on processors of ARCH
starhash-apk read AAPT2 SYMBOLS MIN_SDK CERTIFICATE APK…    reads back what was built; CERTIFICATE: the SHA-256 of the signer's
starhash-apk sizes SIZES APK…                       the table of sizes, compared with the tracked file
starhash-apk table SIZES APK…                       the table alone
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["pack", out, resources, dex, libraries @ ..] => {
            let library = |text: &&str| {
                let (abi, file) = text.split_once('=').with_context(|| format!("{text} is not ABI=LIBRARY"))?;
                Ok((abi.to_owned(), PathBuf::from(file)))
            };
            let libraries = libraries.iter().map(library).collect::<Result<_>>()?;
            pack::pack(&pack::Parts { resources: resources.into(), dex: dex.into(), libraries }, Path::new(out))
        }
        ["stub", symbols, min_sdk, library, arch] => {
            print!("{}", elf::Offered::of_file(Path::new(symbols))?.script(library, arch, min_sdk.parse()?));
            Ok(())
        }
        ["read", aapt2, symbols, min_sdk, certificate, apks @ ..] if !apks.is_empty() => {
            let reader = read_back::Reader::new(Path::new(aapt2), Path::new(symbols), min_sdk.parse()?, certificate)?;
            let mut wrong = Vec::new();
            for apk in apks {
                let problems = reader.problems(Path::new(apk)).with_context(|| (*apk).to_owned())?;
                println!("read back {apk}: {}", if problems.is_empty() { "well" } else { "WRONG" });
                wrong.extend(problems.into_iter().map(|what| format!("{apk}: {what}")));
            }
            all_well(&wrong)
        }
        [what @ ("sizes" | "table"), file, apks @ ..] if !apks.is_empty() => {
            let text = std::fs::read_to_string(file).with_context(|| (*file).to_owned())?;
            let tracked = toml::from_str(&text).with_context(|| (*file).to_owned())?;
            let name = |apk: &&str| Path::new(apk).file_name().unwrap_or_default().to_string_lossy().into_owned();
            let apks: Vec<_> =
                apks.iter().map(|apk| Ok((name(apk), sizes::parts(Path::new(apk))?))).collect::<Result<_>>()?;
            let (table, wrong) = sizes::compare(&tracked, &apks);
            print!("{table}");
            if *what == "table" { Ok(()) } else { all_well(&wrong) }
        }
        _ => bail!("{HELP}"),
    }
}

fn all_well(wrong: &[String]) -> Result<()> {
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
}
