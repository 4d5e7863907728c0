//! A program around generated modules that decodes values and encodes them again.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::process::Command;

use super::gather::Gathered;
use crate::compile::{self, cargo};
use crate::measure;

/// What became of a value.
#[derive(Debug)]
pub enum Decoded {
    /// It was accepted, and came back equal but for members that the schema may not name.
    Accepted,
    /// It was accepted and came back as something else.
    Changed(String),
    /// It was refused, first for this reason.
    Refused(String),
}

/// Decodes the values of each document.
pub fn run(documents: &[Gathered]) -> io::Result<Vec<Vec<Decoded>>> {
    let folder = measure::out().join("examples");
    fs::create_dir_all(folder.join("src"))?;
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock"))?;
    fs::write(folder.join("Cargo.toml"), manifest()?)?;
    let mut root = include_str!("program.rs").to_owned();
    let mut tables = String::new();
    let mut values = String::new();
    for (index, document) in documents.iter().enumerate() {
        let slug = format!("examples_{}", document.slug);
        // A string may be written to without end.
        let _ = writeln!(root, "#[path = {:?}]\nmod {slug};", measure::module(&slug).join("mod.rs"));
        let types = (0..document.targets.len()).map(|target| format!("run::<{slug}::types::E{target}>"));
        let _ = writeln!(tables, "    &[{}],", types.collect::<Vec<_>>().join(", "));
        for value in &document.values {
            let _ = writeln!(values, "{index}\t{}\t{}", value.target, value.json);
        }
    }
    let _ = writeln!(root, "const TABLES: &[&[Run]] = &[\n{tables}];");
    fs::write(folder.join("src/main.rs"), root)?;
    fs::write(folder.join("values.tsv"), values)?;
    let output = Command::new(cargo())
        .args(["run", "--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--")
        .arg(folder.join("values.tsv"))
        .env("CARGO_TARGET_DIR", measure::out().join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut lines = printed.lines().map(decoded);
    let taken = documents.iter().map(|document| lines.by_ref().take(document.values.len()).collect());
    Ok(taken.collect())
}

fn decoded(line: &str) -> Decoded {
    match line.split_once('\t') {
        Some(("refused", reason)) => Decoded::Refused(reason.to_owned()),
        Some(("changed", to)) => Decoded::Changed(to.to_owned()),
        _ => Decoded::Accepted,
    }
}

fn manifest() -> io::Result<String> {
    let runtime = compile::runtime()?;
    Ok(format!(
        "[package]\nname = \"corpus-examples\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         counterpart-runtime = {{ path = {runtime:?} }}\n\n[profile.dev]\ndebug = false\n\n[workspace]\n"
    ))
}
