//! Who wrote what in the folders that generated files go to. A table cannot carry a mark (JSON has no comments), so it
//! belongs to the marked file beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{OutputError, describe};
use crate::format::MARK;

/// What is on disk now: every file that a generated file could replace, or that once was generated.
#[derive(Debug)]
pub(super) struct Ownership {
    /// Where files will come.
    targets: BTreeSet<PathBuf>,
    /// What is there; whether Counterpart wrote it.
    found: BTreeMap<PathBuf, bool>,
}

impl Ownership {
    /// Looks into the folders that files of these paths go to, and into those that other options would have put some of
    /// them into. Other folders below them are not looked into: another contract may live there.
    pub(super) fn survey<'p>(
        paths: impl IntoIterator<Item = &'p str>,
        folder: &Path,
    ) -> Result<Self, OutputError> {
        let targets: BTreeSet<PathBuf> = paths.into_iter().map(|path| folder.join(path)).collect();
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
        let mut marked = BTreeMap::new();
        for path in folders.into_values().flatten() {
            if targets.contains(&path) || may_be_ours(&path) {
                let mark = is_marked(&path).map_err(describe("read", &path))?;
                marked.insert(path, mark);
            }
        }
        Ok(Self { targets, found: with_tables(marked) })
    }

    /// The text of `path`, if there is such a file.
    pub(super) fn text(&self, path: &Path) -> Result<Option<String>, OutputError> {
        if !self.found.contains_key(path) {
            return Ok(None);
        }
        let bytes = fs::read(path).map_err(describe("read", path))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Whether a file is to be brought to disk: all are but a manifest that its user has made their own.
    pub(super) fn wants(&self, path: &Path) -> bool {
        !path.ends_with("Cargo.toml") || self.found.get(path) != Some(&false)
    }

    /// The first file that stands in the way and is not ours.
    pub(super) fn foreign(&self) -> Option<PathBuf> {
        let mut targets = self.targets.iter();
        targets.find(|path| self.wants(path) && self.found.get(*path) == Some(&false)).cloned()
    }

    /// Our files that nothing will replace.
    pub(super) fn stale(&self) -> Vec<PathBuf> {
        let ours = self.found.iter().filter(|(_, ours)| **ours).map(|(path, _)| path);
        ours.filter(|path| !self.targets.contains(*path)).cloned().collect()
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

/// Whether the first line of a file has the mark.
fn is_marked(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(LINE).read_to_end(&mut start)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    Ok(String::from_utf8_lossy(line).contains(MARK))
}

/// The mark stands within so many bytes.
const LINE: u64 = 256;

/// Marked files, and the tables beside a marked Rust file, are ours.
fn with_tables(mut marked: BTreeMap<PathBuf, bool>) -> BTreeMap<PathBuf, bool> {
    let is_rust = |path: &Path| path.extension() == Some(OsStr::new("rs"));
    let rust = marked.iter().filter(|(path, mark)| **mark && is_rust(path));
    let folders: BTreeSet<PathBuf> = rust.filter_map(|(path, _)| path.parent()).map(Path::to_owned).collect();
    for (path, ours) in &mut marked {
        *ours |= is_table(path) && path.parent().is_some_and(|folder| folders.contains(folder));
    }
    marked
}
