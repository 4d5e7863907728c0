use std::path::{Path, PathBuf};
use std::{env, fs, process, time::SystemTime};

use super::{Finding, OutputError, check, print, write};
use crate::format::{GeneratedFile, header};

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("counterpart-output-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files() -> Vec<GeneratedFile> {
    vec![
        rust("mod.rs", "pub mod types;\n"),
        rust("types.rs", "pub struct A;\n"),
        table("schemas.jsonl", "{}\n"),
    ]
}

fn rust(path: &str, text: &str) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text: header() + text }
}

fn table(path: &str, text: &str) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text: text.to_owned() }
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn the_second_run_writes_nothing() {
    let folder = Folder::new("second");
    assert_eq!(write(&files(), &folder.0).unwrap().written.len(), 3);
    let before = modified(&folder.file("types.rs"));
    let again = write(&files(), &folder.0).unwrap();
    assert_eq!((again.written.len(), again.unchanged.len()), (0, 3));
    assert_eq!(modified(&folder.file("types.rs")), before);
}

#[test]
fn only_stale_files_of_ours_are_removed() {
    let folder = Folder::new("stale");
    write(&files(), &folder.0).unwrap();
    fs::write(folder.file("old.rs"), header() + "struct Old;\n").unwrap();
    fs::write(folder.file("operations.jsonl"), "{}\n").unwrap();
    fs::write(folder.file("mine.rs"), "struct Mine;\n").unwrap();
    fs::write(folder.file("mine.jsonl"), "{}\n").unwrap();
    let done = write(&files(), &folder.0).unwrap();
    assert_eq!(done.removed, [folder.file("old.rs"), folder.file("operations.jsonl")]);
    assert!(folder.file("mine.rs").exists() && folder.file("mine.jsonl").exists());
}

#[test]
fn a_file_of_the_user_is_never_overwritten() {
    let folder = Folder::new("foreign");
    fs::create_dir_all(&folder.0).unwrap();
    fs::write(folder.file("types.rs"), "struct Mine;\n").unwrap();
    let error = write(&files(), &folder.0).unwrap_err();
    assert!(matches!(&error, OutputError::NotOurs(path) if *path == folder.file("types.rs")), "{error}");
    assert!(!folder.file("mod.rs").exists(), "nothing is written unless everything may be");
}

#[test]
fn a_table_alone_is_not_ours() {
    let folder = Folder::new("table");
    fs::create_dir_all(&folder.0).unwrap();
    fs::write(folder.file("schemas.jsonl"), "[]\n").unwrap();
    assert!(matches!(write(&files(), &folder.0), Err(OutputError::NotOurs(_))));
}

#[test]
fn every_kind_of_drift_is_found() {
    let folder = Folder::new("drift");
    write(&files(), &folder.0).unwrap();
    assert!(check(&files(), &folder.0).unwrap().is_none());
    fs::remove_file(folder.file("mod.rs")).unwrap();
    fs::write(folder.file("schemas.jsonl"), "{ }\n").unwrap();
    fs::write(folder.file("old.rs"), header()).unwrap();
    let drift = check(&files(), &folder.0).unwrap();
    let found: Vec<_> = drift.findings.iter().map(Finding::kind).collect();
    assert_eq!(found, ["missing", "changed", "stale"]);
    assert!(!folder.file("mod.rs").exists(), "a check writes nothing");
}

#[test]
fn line_ends_of_a_checkout_are_no_drift() {
    let folder = Folder::new("crlf");
    write(&files(), &folder.0).unwrap();
    let text = fs::read_to_string(folder.file("types.rs")).unwrap().replace('\n', "\r\n");
    fs::write(folder.file("types.rs"), text).unwrap();
    assert!(check(&files(), &folder.0).unwrap().is_none());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = Folder::new("blocked");
    fs::create_dir_all(&folder.0).unwrap();
    fs::write(folder.file("api"), "").unwrap();
    let error = write(&files(), &folder.file("api")).unwrap_err().to_string();
    assert!(error.starts_with("cannot ") && error.contains("api`: "), "{error}");
}

#[test]
fn printing_names_every_file() {
    let mut out = Vec::new();
    print(&files(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("==> mod.rs <==\n// @generated"), "{text}");
    assert!(text.contains("\n\n==> schemas.jsonl <==\n{}\n"), "{text}");
}
