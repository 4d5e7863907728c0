//! The rules of the house, read off the source: what may name what, how long a file or a function may be, and what
//! never stands on a user's path. A rule that is not tested is a wish.

mod floors;
mod limits;
mod tokens;
mod traps;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::root;
use tokens::Tokens;

/// One Rust file of the repository.
struct File {
    /// From the root, with `/`.
    path: String,
    /// How many lines it has.
    lines: usize,
    /// The tokens without those of tests.
    tokens: Tokens,
}

impl File {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/");
        let tokens = Tokens::read(&path, &text);
        Self { path, lines: text.lines().count(), tokens }
    }

    /// Whether it holds nothing but tests.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.ends_with("tests.rs") || self.path.split('/').any(|folder| folder == "tests")
    }
}

/// The Rust files of the repository in order, read once.
fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut paths = Vec::new();
        for folder in ["generator", "generated-example", "tests"] {
            collect(&root().join(folder), &mut paths);
        }
        paths.sort();
        assert!(paths.len() > 50, "the rules look at the wrong folder");
        paths.iter().map(|path| File::read(path)).collect()
    })
}

/// The generator with its runtime, without tests.
fn product() -> impl Iterator<Item = &'static File> {
    files().iter().filter(|file| file.path.starts_with("generator/") && !file.is_test())
}

/// The generator without its runtime, without tests.
fn generator() -> impl Iterator<Item = &'static File> {
    product().filter(|file| !file.path.starts_with("generator/runtime/"))
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // What cargo builds is none of ours; the benchmarks have a `target` of their own.
            if !path.ends_with("target") {
                collect(&path, paths);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Fails with every offence at once.
#[track_caller]
fn assert_none(rule: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{rule}:\n  {}", offences.join("\n  "));
}
