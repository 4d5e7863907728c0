//! `cargo check` of a generated crate.

use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs, io};

use crate::measure;

/// What the compiler said.
#[derive(Debug)]
pub struct Compiled {
    /// How long it took; with its dependencies, for the first crate.
    pub seconds: f64,
    /// Errors and warnings.
    pub warnings: usize,
    /// The first of them.
    pub first: String,
}

/// Checks the crate that was written under this name.
pub fn check(slug: &str) -> io::Result<Compiled> {
    let out = measure::out();
    let folder = out.join(slug);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock"))?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let started = Instant::now();
    let output = Command::new(cargo)
        .args(["check", "--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", out.join("target"))
        .output()?;
    let seconds = started.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    let counts = |line: &&str| line.starts_with("error") || line.starts_with("warning");
    let warnings = said.lines().filter(counts).count();
    let first = said.lines().find(counts).unwrap_or_default().to_owned();
    Ok(Compiled { seconds, warnings: warnings.max(usize::from(!output.status.success())), first })
}
