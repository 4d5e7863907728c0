//! The public JSON-Schema-Test-Suite, draft 2020-12, against the evaluator.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use counterpart_runtime::{Json, Limits};

#[path = "support/loader.rs"]
mod loader;

use loader::Documents;

/// Cases in other drafts: how those are read is a matter of the generator, and tested there.
const ELSEWHERE: &str = "optional/cross-draft.json";

/// Where a case lives as long as it has no `$id`.
const CASE: &str = "http://counterpart.invalid/case";

fn corpus() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let root = std::env::var_os("COUNTERPART_CORPUS").map_or_else(default, PathBuf::from);
    Some(root.join("json-schema-test-suite")).filter(|suite| suite.is_dir())
}

fn read(path: &Path) -> Json {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Json::parse(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The JSON files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")
}

/// The meta-schemas, and what the suite serves on `http://localhost:1234/`.
fn remotes(suite: &Path) -> Documents {
    let mut documents = Documents::default();
    // Whether they are shared depends on a feature, so they are read as text.
    use referencing::meta;
    for text in [
        meta::DRAFT202012.to_string(),
        meta::DRAFT202012_APPLICATOR.to_string(),
        meta::DRAFT202012_CONTENT.to_string(),
        meta::DRAFT202012_CORE.to_string(),
        meta::DRAFT202012_FORMAT_ANNOTATION.to_string(),
        meta::DRAFT202012_FORMAT_ASSERTION.to_string(),
        meta::DRAFT202012_META_DATA.to_string(),
        meta::DRAFT202012_UNEVALUATED.to_string(),
        meta::DRAFT202012_VALIDATION.to_string(),
    ] {
        let document = Json::parse(text.as_bytes()).unwrap();
        let uri = document.get("$id").and_then(Json::as_str).unwrap().to_owned();
        documents.add(&uri, document);
    }
    let folder = suite.join("remotes");
    for path in files(&folder) {
        let name = relative(&path, &folder);
        // The folders of other drafts hold other languages.
        if !name.starts_with("draft") || name.starts_with("draft2020-12/") {
            documents.add(&format!("http://localhost:1234/{name}"), read(&path));
        }
    }
    documents
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
}

impl Tally {
    fn run(&mut self, file: &str, case: &Json, documents: &Documents) {
        let text =
            |json: &Json| json.get("description").and_then(Json::as_str).unwrap_or_default().to_owned();
        let title = text(case);
        let mut documents = documents.clone();
        documents.add(CASE, case.get("schema").unwrap().clone());
        let tables = documents.tables(CASE, file.starts_with("optional/format/"));
        let tests = case.get("tests").and_then(Json::as_array).unwrap_or_default();
        for test in tests {
            let expected = test.get("valid").and_then(Json::as_bool).unwrap();
            let right = tables.as_ref().is_ok_and(|tables| {
                let data = test.get("data").unwrap();
                let violations = tables.evaluate(0, data, &Limits::default());
                tables.is_valid(0, data) == expected && violations.is_empty() == expected
            });
            if right {
                self.passed += 1;
            } else {
                self.failed.push(format!("{file}: {title}: {}", text(test)));
            }
        }
    }
}

#[test]
fn the_public_suite() {
    let Some(suite) = corpus() else {
        // Not by `println!`, which a passing test keeps to itself.
        let line = "json-schema-test-suite (evaluator): the corpus is absent, nothing was tested\n";
        std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
        return;
    };
    let documents = remotes(&suite);
    let folder = suite.join("tests/draft2020-12");
    let mut tally = Tally::default();
    for path in files(&folder) {
        let name = relative(&path, &folder);
        if name == ELSEWHERE {
            continue;
        }
        for case in read(&path).as_array().unwrap_or_default() {
            tally.run(&name, case, &documents);
        }
    }
    let (passed, failed) = (tally.passed, tally.failed.len());
    println!("json-schema-test-suite (evaluator): {passed} passed, {failed} failed");
    assert!(tally.failed.is_empty(), "\n{}", tally.failed.join("\n"));
    assert!(passed > 1000, "the suite is incomplete");
}
