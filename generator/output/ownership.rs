//! Who wrote what in the folders that generated files go to. A table cannot carry a mark (JSON has no comments), so it
//! belongs to the marked file beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{OutputError, describe};
use crate::format::{GeneratedFile, MARK};

/// What is on disk now: the text of every file that a generated file could replace, or that once was generated.
#[derive(Debug)]
pub(super) struct Ownership {
    /// Text of each candidate.
    texts: BTreeMap<PathBuf, String>,
    /// Those of them that Counterpart wrote.
    ours: BTreeSet<PathBuf>,
}

impl Ownership {
    /// Reads the folders that `files` go to, and those that other options would have put some of them into. Other
    /// folders below them are not looked into: another contract may live there.
    pub(super) fn survey(files: &[GeneratedFile], folder: &Path) -> Result<Self, OutputError> {
        let targets: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
        let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        for parent in targets.iter().filter_map(|path| path.parent()) {
            folders.insert(parent.to_owned(), list(parent)?);
        }
        for root in targets.iter().filter(|path| is_table(path)).filter_map(|path| path.parent()) {
            for part in PARTS.map(|part| root.join(part)) {
                let paths = list(&part)?;
                // A module with tables stands for a contract of its own.
                if !paths.iter().any(|path| is_table(path)) {
                    folders.insert(part, paths);
                }
            }
        }
        let mut texts = BTreeMap::new();
        for path in folders.into_values().flatten() {
            if targets.contains(&path) || may_be_ours(&path) {
                let bytes = fs::read(&path).map_err(describe("read", &path))?;
                texts.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let ours = own(&texts);
        Ok(Self { texts, ours })
    }

    /// The text of `path`, if there is such a file.
    pub(super) fn text(&self, path: &Path) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// The files to bring to disk: all but a manifest that its user has made their own.
    pub(super) fn wanted<'f>(&self, files: &'f [GeneratedFile], folder: &Path) -> Vec<&'f GeneratedFile> {
        let kept = |file: &&GeneratedFile| {
            let path = folder.join(&file.path);
            file.path == "Cargo.toml" && self.texts.contains_key(&path) && !self.ours.contains(&path)
        };
        files.iter().filter(|file| !kept(file)).collect()
    }

    /// The first file that stands in the way of `files` and is not ours.
    pub(super) fn foreign(&self, files: &[&GeneratedFile], folder: &Path) -> Option<PathBuf> {
        let mut targets = files.iter().map(|file| folder.join(&file.path));
        targets.find(|path| self.texts.contains_key(path) && !self.ours.contains(path))
    }

    /// Our files that none of `files` replaces.
    pub(super) fn stale(&self, files: &[&GeneratedFile], folder: &Path) -> Vec<PathBuf> {
        let targets: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
        self.ours.difference(&targets).cloned().collect()
    }
}

/// Folders of a module that hold only a part of it.
const PARTS: [&str; 5] = ["callbacks", "client", "server", "types", "webhooks"];

/// The files of one folder in order; none where there is no such folder yet.
fn list(folder: &Path) -> Result<Vec<PathBuf>, OutputError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(describe("list the folder", folder))?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(describe("list the folder", folder))?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether a file of this name can be generated at all; others are not even read.
fn may_be_ours(path: &Path) -> bool {
    is_table(path) || matches!(path.extension().and_then(OsStr::to_str), Some("rs" | "toml"))
}

/// Whether the name is that of a table of the generated module.
pub(super) fn is_table(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    matches!(name, Some("schemas.jsonl" | "operations.jsonl"))
}

/// The marked files, and the tables beside a marked Rust file.
fn own(texts: &BTreeMap<PathBuf, String>) -> BTreeSet<PathBuf> {
    let marked = |text: &str| text.lines().next().is_some_and(|line| line.contains(MARK));
    let marked: BTreeSet<&PathBuf> =
        texts.iter().filter(|(_, text)| marked(text)).map(|(path, _)| path).collect();
    let is_rust = |path: &Path| path.extension() == Some(OsStr::new("rs"));
    let folders: BTreeSet<&Path> =
        marked.iter().filter(|path| is_rust(path)).filter_map(|path| path.parent()).collect();
    let beside = |path: &Path| path.parent().is_some_and(|folder| folders.contains(folder));
    texts.keys().filter(|path| marked.contains(path) || (is_table(path) && beside(path))).cloned().collect()
}
