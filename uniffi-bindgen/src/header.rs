//! The core's C interface as a header: its functions, the callbacks it takes, and what its API must answer when asked
//! for its version and checksums. For `android/native/desk`, where no Kotlin runs.

use anyhow::{Context, Result};
use std::fmt::Write;
use uniffi_bindgen::interface::{ComponentInterface, FfiArgument, FfiDefinition, FfiType};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, GlobalConfig};

/// As UniFFI's own runtime lays them out (`uniffi_core`, `ffi/rustbuffer.rs`, `ffi/foreignbytes.rs`, `ffi/rustcalls.rs`).
const BASE: &str = "\
#include <stdint.h>
typedef struct { uint64_t capacity; uint64_t len; uint8_t *data; } RustBuffer;
typedef struct { int32_t len; const uint8_t *data; } ForeignBytes;
typedef struct { int8_t code; RustBuffer error_buf; } RustCallStatus;
";

/// The header of the core in `library`.
///
/// # Errors
/// When the library holds no metadata of the core.
pub fn header(library: &str) -> Result<String> {
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let components = loader.load_cis(loader.load_metadata(library.as_ref())?)?;
    let mut core = components
        .into_iter()
        .find(|component| component.crate_name() == "starhash_core")
        .with_context(|| format!("{library} holds no metadata of starhash_core"))?;
    core.derive_ffi_funcs()?;
    let mut text = BASE.to_owned();
    types(&core, &mut text)?;
    functions(&core, &mut text)?;
    integrity(&core, &mut text)?;
    Ok(text)
}

/// The callbacks and the tables of them, and the numbers of enum variants in a buffer.
fn types(core: &ComponentInterface, text: &mut String) -> Result<()> {
    // Nothing here is asynchronous.
    for definition in core.ffi_definitions().filter(|definition| !definition.name().contains("Future")) {
        match definition {
            FfiDefinition::CallbackFunction(callback) => {
                let returned = callback.return_type().map_or("void".to_owned(), c_type);
                let arguments = arguments(&callback.arguments(), callback.has_rust_call_status_arg());
                writeln!(text, "typedef {returned} (*{})({arguments});", callback.name())?;
            }
            FfiDefinition::Struct(table) => {
                let fields = table.fields().iter().map(|field| format!("{} {};", c_type(&field.type_()), field.name()));
                writeln!(text, "typedef struct {{ {} }} {};", fields.collect::<Vec<_>>().join(" "), table.name())?;
            }
            FfiDefinition::Function(_) => {}
        }
    }
    for kind in core.enum_definitions() {
        let variants = kind.variants().iter().enumerate();
        // In a buffer variants count from 1.
        let variants = variants.map(|(index, variant)| format!("{}_{} = {}", kind.name(), variant.name(), index + 1));
        writeln!(text, "enum {{ {} }};", variants.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

/// `STARHASH_FUNCTIONS(F)`: `F(what it returns, its name, its arguments)` for each function.
fn functions(core: &ComponentInterface, text: &mut String) -> Result<()> {
    text.push_str("#define STARHASH_FUNCTIONS(F)");
    for function in core.iter_ffi_function_definitions_non_async() {
        let returned = function.return_type().map_or("void".to_owned(), c_type);
        let arguments = arguments(&function.arguments(), function.has_rust_call_status_arg());
        write!(text, " \\\n    F({returned}, {}, ({arguments}))", function.name())?;
    }
    text.push('\n');
    Ok(())
}

/// `STARHASH_CHECKSUMS(F)`: `F(function, what it must answer)` for each function of the API; and the contract's version.
fn integrity(core: &ComponentInterface, text: &mut String) -> Result<()> {
    writeln!(text, "#define STARHASH_CONTRACT {}", core.uniffi_contract_version())?;
    text.push_str("#define STARHASH_CHECKSUMS(F)");
    for (function, checksum) in core.iter_checksums() {
        write!(text, " \\\n    F({function}, {checksum})")?;
    }
    text.push('\n');
    Ok(())
}

fn arguments(arguments: &[&FfiArgument], status: bool) -> String {
    let mut all: Vec<String> =
        arguments.iter().map(|argument| format!("{} {}", c_type(&argument.type_()), argument.name())).collect();
    if status {
        all.push("RustCallStatus *status".to_owned());
    }
    if all.is_empty() { "void".to_owned() } else { all.join(", ") }
}

fn c_type(kind: &FfiType) -> String {
    match kind {
        FfiType::UInt8 => "uint8_t".to_owned(),
        FfiType::Int8 => "int8_t".to_owned(),
        FfiType::UInt16 => "uint16_t".to_owned(),
        FfiType::Int16 => "int16_t".to_owned(),
        FfiType::UInt32 => "uint32_t".to_owned(),
        FfiType::Int32 => "int32_t".to_owned(),
        FfiType::UInt64 | FfiType::Handle => "uint64_t".to_owned(),
        FfiType::Int64 => "int64_t".to_owned(),
        FfiType::Float32 => "float".to_owned(),
        FfiType::Float64 => "double".to_owned(),
        FfiType::RustBuffer(_) => "RustBuffer".to_owned(),
        FfiType::ForeignBytes => "ForeignBytes".to_owned(),
        FfiType::RustCallStatus => "RustCallStatus".to_owned(),
        FfiType::Callback(name) | FfiType::Struct(name) => name.clone(),
        FfiType::Reference(inner) => format!("const {} *", c_type(inner)),
        FfiType::MutReference(inner) => format!("{} *", c_type(inner)),
        FfiType::VoidPointer => "void *".to_owned(),
    }
}
