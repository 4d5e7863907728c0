//! `cargo check` or Clippy for what was generated. Small documents share crates, so that hundreds of them take
//! minutes; a large one has a crate of its own. Everything is built offline, in one target folder, dependencies first.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;
use std::{env, fs, io};

use crate::measure;
use crate::messages::{Message, Messages};

/// So many lines and more make a crate of their own.
const LARGE: usize = 12_000;

/// What looks at the generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `cargo check`.
    Check,
    /// `cargo clippy`, which checks as well.
    Clippy,
}

/// What came of a document.
#[derive(Debug)]
pub struct Compiled {
    /// How long its crate took, without dependencies; its share by lines where the crate is not its own.
    pub seconds: f64,
    /// Whether it shares its crate.
    pub shared: bool,
    /// Errors and warnings.
    pub messages: Vec<Message>,
}

/// Checks modules, each with its lines of Rust.
pub fn all(tool: Tool, modules: &[(String, usize)]) -> io::Result<BTreeMap<String, Compiled>> {
    let workspace = Workspace::new(tool, modules)?;
    workspace.dependencies()?;
    let mut compiled = BTreeMap::new();
    for (index, members) in workspace.crates.iter().enumerate() {
        eprintln!("{tool:?} {} of {}: {} documents", index + 1, workspace.crates.len(), members.len());
        compiled.extend(workspace.compile(&name(index), members)?);
    }
    Ok(compiled)
}

struct Workspace {
    tool: Tool,
    folder: PathBuf,
    crates: Vec<Vec<(String, usize)>>,
}

fn name(index: usize) -> String {
    format!("corpus-{index:03}")
}

impl Workspace {
    fn new(tool: Tool, modules: &[(String, usize)]) -> io::Result<Self> {
        let folder = measure::out().join("crates");
        let crates = spread(modules);
        let names = (0..crates.len()).map(name).chain(["corpus-none".to_owned()]);
        let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
        fs::create_dir_all(&folder)?;
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", names.join(", "));
        fs::write(folder.join("Cargo.toml"), workspace)?;
        // The versions of the project, which are known to be there.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock"))?;
        let workspace = Self { tool, folder, crates };
        workspace.write("corpus-none", &[])?;
        for (index, members) in workspace.crates.iter().enumerate() {
            workspace.write(&name(index), members)?;
        }
        Ok(workspace)
    }

    fn write(&self, name: &str, members: &[(String, usize)]) -> io::Result<()> {
        let runtime = runtime()?;
        let folder = self.folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             counterpart-runtime = {{ path = {runtime:?}, features = [\"server\", \"client\", \"yaml\", \"xml\"] }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        let mut root = String::new();
        for (slug, _) in members {
            let path = measure::module(slug).join("mod.rs");
            // A string may be written to without end.
            let _ = writeln!(root, "#[path = {path:?}]\npub mod {slug};");
        }
        fs::write(folder.join("src/lib.rs"), root)
    }

    fn dependencies(&self) -> io::Result<()> {
        let output = self.run("corpus-none")?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(format!(
            "the runtime does not build: {}",
            String::from_utf8_lossy(&output.stderr)
        )))
    }

    fn run(&self, name: &str) -> io::Result<Output> {
        let tool = match self.tool {
            Tool::Check => "check",
            Tool::Clippy => "clippy",
        };
        Command::new(cargo())
            .args([tool, "--quiet", "--offline", "--message-format", "json", "--package", name])
            .arg("--manifest-path")
            .arg(self.folder.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", measure::out().join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .output()
    }

    /// Checks a crate. Where documents fail they are taken out and the others are looked at again: an error may hide
    /// what would be said of them.
    fn compile(&self, name: &str, members: &[(String, usize)]) -> io::Result<BTreeMap<String, Compiled>> {
        let mut compiled = BTreeMap::new();
        let mut rest = members.to_vec();
        while !rest.is_empty() {
            self.write(name, &rest)?;
            let started = Instant::now();
            let output = self.run(name)?;
            let seconds = started.elapsed().as_secs_f64();
            let messages = Messages::read(&String::from_utf8_lossy(&output.stdout));
            let failing: Vec<String> = messages.failing().into_iter().map(str::to_owned).collect();
            let lost = !output.status.success() && failing.is_empty();
            if lost && !messages.placeless_errors() {
                return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
            }
            let lines: usize = rest.iter().map(|(_, lines)| *lines).sum();
            let done = |slug: &String| failing.is_empty() || failing.contains(slug);
            for (slug, own) in rest.iter().filter(|(slug, _)| done(slug)) {
                let share = *own as f64 / lines.max(1) as f64;
                let outcome = Compiled {
                    seconds: seconds * share,
                    shared: members.len() > 1,
                    messages: messages.of(slug),
                };
                compiled.insert(slug.clone(), outcome);
            }
            rest.retain(|(slug, _)| !compiled.contains_key(slug));
        }
        Ok(compiled)
    }
}

/// Where the runtime is.
pub fn runtime() -> io::Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generator/runtime").canonicalize()
}

/// The cargo that runs this.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Fills crates with modules, in order.
fn spread(modules: &[(String, usize)]) -> Vec<Vec<(String, usize)>> {
    let (large, small): (Vec<_>, Vec<_>) = modules.iter().cloned().partition(|(_, lines)| *lines >= LARGE);
    let mut crates: Vec<Vec<(String, usize)>> = Vec::new();
    let mut filled = LARGE;
    for (slug, lines) in small {
        if filled + lines > LARGE {
            crates.push(Vec::new());
            filled = 0;
        }
        filled += lines;
        if let Some(last) = crates.last_mut() {
            last.push((slug, lines));
        }
    }
    crates.extend(large.into_iter().map(|module| vec![module]));
    crates
}
