//! `Generated` → disk: write what changed, or say what differs, or print. The only floor that writes.
//!
//! Files are Counterpart's own where they carry its mark in their first line, or are tables beside such a file. It
//! overwrites and removes its own files, and refuses to touch any other. A manifest without the mark is the user's and
//! stays as it is.

mod drift;
mod error;
mod ownership;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use drift::{Drift, Finding};
pub use error::OutputError;

use crate::format::GeneratedFile;
use error::describe;
use ownership::Ownership;

/// What [`write`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have a new text.
    pub written: Vec<PathBuf>,
    /// Files that already had the text; their modification time stays.
    pub unchanged: Vec<PathBuf>,
    /// Files of an earlier run that no page stands for any more.
    pub removed: Vec<PathBuf>,
}

/// Makes `folder` hold `files`: writes those that differ, removes stale generated ones.
///
/// # Errors
/// If a file cannot be read, written or removed, or one in the way is not Counterpart's. Nothing is written unless
/// all of them may be.
pub fn write(files: &[GeneratedFile], folder: &Path) -> Result<Written, OutputError> {
    let mut writer = Writer::new(files.iter().map(|file| file.path.as_str()), folder)?;
    files.iter().try_for_each(|file| writer.write(file))?;
    writer.finish()
}

/// Makes a folder hold files that come one after the other.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    ownership: Ownership,
    done: Written,
}

impl Writer {
    /// Looks at what is in `folder`. The files that will come are named by their paths.
    ///
    /// # Errors
    /// If a file in the way is not Counterpart's, or cannot be read.
    pub fn new<'p>(paths: impl IntoIterator<Item = &'p str>, folder: &Path) -> Result<Self, OutputError> {
        let ownership = Ownership::survey(paths, folder)?;
        match ownership.foreign() {
            Some(path) => Err(OutputError::NotOurs(path)),
            None => Ok(Self { folder: folder.to_owned(), ownership, done: Written::default() }),
        }
    }

    /// Brings a file to disk, unless it is there already. Tables are to come behind the marked files that own them.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&mut self, file: &GeneratedFile) -> Result<(), OutputError> {
        let path = self.folder.join(&file.path);
        if !self.ownership.wants(&path) {
            return Ok(());
        }
        if self.ownership.text(&path)?.is_some_and(|text| same_text(&text, &file.text)) {
            self.done.unchanged.push(path);
            return Ok(());
        }
        write_file(&path, &file.text)?;
        self.done.written.push(path);
        Ok(())
    }

    /// Removes what nothing stands for any more.
    ///
    /// # Errors
    /// If a file cannot be removed.
    pub fn finish(mut self) -> Result<Written, OutputError> {
        for path in self.ownership.stale() {
            fs::remove_file(&path).map_err(describe("remove", &path))?;
            if let Some(part) = path.parent().filter(|parent| **parent != self.folder) {
                // It stays if anything is left in it, which is not ours then.
                let _ = fs::remove_dir(part);
            }
            self.done.removed.push(path);
        }
        // Files are finished on several threads.
        self.done.written.sort_unstable();
        self.done.unchanged.sort_unstable();
        Ok(self.done)
    }
}

/// Says how `folder` differs from `files`, and writes nothing.
///
/// # Errors
/// If a file cannot be read.
pub fn check(files: &[GeneratedFile], folder: &Path) -> Result<Drift, OutputError> {
    let ownership = Ownership::survey(files.iter().map(|file| file.path.as_str()), folder)?;
    let mut findings = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        if !ownership.wants(&path) {
            continue;
        }
        match ownership.text(&path)? {
            None => findings.push(Finding::Missing { path, fresh: file.text.clone() }),
            Some(text) if same_text(&text, &file.text) => {}
            Some(found) => findings.push(Finding::Changed { path, found, fresh: file.text.clone() }),
        }
    }
    for path in ownership.stale() {
        let found = ownership.text(&path)?.unwrap_or_default();
        findings.push(Finding::Stale { path, found });
    }
    Ok(Drift { findings })
}

/// Prints every file under a line that names it.
///
/// # Errors
/// If `out` cannot be written to.
pub fn print(files: &[GeneratedFile], out: &mut dyn Write) -> io::Result<()> {
    for (index, file) in files.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        writeln!(out, "{gap}==> {} <==", file.path)?;
        out.write_all(file.text.as_bytes())?;
    }
    out.flush()
}

fn write_file(path: &Path, text: &str) -> Result<(), OutputError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(describe("create the folder", parent))?;
    }
    fs::write(path, text).map_err(describe("write", path))
}

/// Whether two texts differ in nothing but the line ends, which a checkout on Windows may have changed.
fn same_text(found: &str, fresh: &str) -> bool {
    found == fresh || (found.contains('\r') && found.replace("\r\n", "\n") == fresh)
}
