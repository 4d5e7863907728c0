//! The rules of the house, read off the source: what may name what, how long a file or a function may be, and what
//! never stands on a user's path. A rule that is not tested is a wish.

mod floors;
mod limits;
mod tokens;

use std::fs;
use std::path::Path;

use crate::support::root;
use tokens::Tokens;

/// One Rust file of the repository.
struct File {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The tokens without those of tests.
    fn tokens(&self) -> Tokens {
        Tokens::read(&self.path, &self.text)
    }

    /// Whether it holds nothing but tests.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.ends_with("tests.rs") || self.path.split('/').any(|folder| folder == "tests")
    }
}

/// The Rust files below some folders, in order.
fn files(folders: &[&str]) -> Vec<File> {
    let mut files = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut files);
    }
    files.sort_by(|a: &File, b| a.path.cmp(&b.path));
    assert!(files.len() > 5, "the rules look at the wrong folder");
    files
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let shown = path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/");
            files.push(File { path: shown, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The generator without its runtime.
fn generator() -> Vec<File> {
    let mut files = files(&["generator"]);
    files.retain(|file| !file.path.starts_with("generator/runtime/"));
    files
}

/// Fails with every offence at once.
#[track_caller]
fn assert_none(rule: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{rule}:\n  {}", offences.join("\n  "));
}
