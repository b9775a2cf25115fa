//! Compiles the contract in `proto/` and its access table; a method without an access rule fails the build here.

use std::path::{Path, PathBuf};
use std::{env, fs};

use prost::Message;

#[path = "src/access/table.rs"]
mod table;

use table::{AnyError, access_table};

fn main() -> Result<(), AnyError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    find_protos(&root, &mut files)?;
    files.sort();

    let mut compiler = protox::Compiler::new([&root])?;
    compiler.include_imports(true).include_source_info(true).open_files(&files)?;
    // The encoded form keeps our option; the typed set would drop it as unknown.
    let encoded = compiler.encode_file_descriptor_set();
    let out = PathBuf::from(env_dir("OUT_DIR")?);
    fs::write(out.join("descriptors.bin"), &encoded)?;
    fs::write(out.join("access_table.rs"), access_table(&encoded)?)?;

    tonic_prost_build::configure()
        .include_file("packages.rs")
        // A bought secret must not reach a log by way of `{:?}`.
        .skip_debug([".bodega.inventory.v1.UnitValue", ".bodega.inventory.v1.UnitFile"])
        .compile_fds(prost_types_set(&encoded)?)?;
    Ok(())
}

fn env_dir(name: &str) -> Result<String, AnyError> {
    #[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts this way")]
    Ok(env::var(name)?)
}

fn find_protos(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), AnyError> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_protos(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "proto") {
            found.push(path);
        }
    }
    Ok(())
}

fn prost_types_set(
    encoded: &[u8],
) -> Result<tonic_prost_build::FileDescriptorSet, prost::DecodeError> {
    tonic_prost_build::FileDescriptorSet::decode(encoded)
}
