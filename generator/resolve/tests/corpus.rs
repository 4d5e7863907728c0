//! Real documents, where a corpus is at hand (`COUNTERPART_CORPUS`, by default `../shared/corpus`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostics, Severity};
use crate::document::{self, Source};
use crate::source::Sources;

/// The corpus, if there is one; otherwise a line says that the test does nothing.
pub(crate) fn corpus() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("COUNTERPART_CORPUS").map_or(default, PathBuf::from);
    if !folder.is_dir() {
        // Not by `println!`, which a passing test keeps to itself.
        let line = format!("no corpus at {}: a test that reads it does nothing\n", folder.display());
        std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
        return None;
    }
    Some(folder)
}

/// All JSON and YAML files below a folder that look like whole API descriptions.
fn roots(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            roots(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "json" || ext == "yaml" || ext == "yml") {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            let head = text.get(..4000).unwrap_or(&text);
            if head.lines().any(|line| line.starts_with("openapi:")) || head.contains("\"openapi\":") {
                found.push(path);
            }
        }
    }
}

/// Folders of the corpus that are read, unless `COUNTERPART_GROUPS` names others.
const GROUPS: &str = "3.0,3.1,3.2,3.0-multi,3.1-multi,3.2-multi,large";

/// Real documents that are broken in a way that loses meaning, and what is wrong with them.
const BROKEN: &[&str] = &[
    // Two paths that differ by the names of their variables only.
    "3.0/xero-accounting.yaml",
    // A path variable that no parameter declares.
    "3.1/invokeai.json",
    // A security scheme that is not defined.
    "3.1/llama-stack.yaml",
    // Arrays inside of `deepObject`.
    "3.1/trigger-dev.yaml",
    // `5xx` for `5XX`.
    "3.0-multi/gravitino/openapi.yaml",
    // A parameter without a name.
    "3.1-multi/libopenapi-bundler/main.yaml",
    // A security scheme that is defined in another module of the same family.
    "3.1-multi/matrix-client-server/api/client-server/room_summary.yaml",
    // A reference to a schema that is not there.
    "3.1-multi/openapi-first/fullofrefs.yaml",
    // Parameters declared twice with different schemas.
    "3.1-multi/speakeasy-generation-tests/test.yaml",
];

#[test]
fn real_documents_are_read() {
    let Some(corpus) = corpus() else {
        return;
    };
    let only = std::env::var("COUNTERPART_ONLY").ok();
    let mut failed = Vec::new();
    let groups = std::env::var("COUNTERPART_GROUPS").unwrap_or_else(|_| GROUPS.to_owned());
    for group in groups.split(',') {
        let mut paths = Vec::new();
        roots(&corpus.join(group), &mut paths);
        for path in paths {
            if only.as_ref().is_some_and(|only| !path.display().to_string().contains(only)) {
                continue;
            }
            let root = corpus.join(group);
            let below = path.strip_prefix(&root).unwrap().components().next().unwrap();
            let folder = if group.ends_with("multi") { root.join(below) } else { root };
            let name = path.strip_prefix(&corpus).unwrap().display().to_string();
            if !read(&path, &folder, &name) {
                failed.push(name);
            }
        }
    }
    println!("with errors: {failed:#?}");
    if only.is_none() && groups == GROUPS {
        assert_eq!(failed, BROKEN);
    }
}

fn read(path: &Path, folder: &Path, name: &str) -> bool {
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let started = std::time::Instant::now();
    let source = Source::file(path)
        .root(folder)
        .vendored("https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/", folder)
        .vendored("https://raw.githubusercontent.com/opengeospatial/ogcapi-features/master/core/", folder);
    let contract = document::open(&source, &sources, &mut diagnostics)
        .and_then(|document| super::super::contract(document, &sources, &mut diagnostics));
    if let Some(contract) = &contract {
        crate::check::contract(contract, &sources, &crate::Options::new(), &mut diagnostics);
    }
    let took = started.elapsed();
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut errors = 0;
    for item in diagnostics.iter() {
        let place =
            sources.line_column(item.at).map_or(String::new(), |at| format!("{}:{}", at.line, at.column));
        if item.severity == Severity::Error {
            errors += 1;
            if errors < 8 {
                println!("  {}:{place} {}: {}", sources.path(item.at.file), item.code, item.message);
            }
        } else {
            *warnings.entry(item.code.as_str()).or_default() += 1 + item.others.len();
            if std::env::var_os("COUNTERPART_ONLY").is_some() {
                println!(
                    "  {}:{place} {}: {} (+{})",
                    sources.path(item.at.file),
                    item.code,
                    item.message,
                    item.others.len()
                );
            }
        }
    }
    let counts = contract.as_ref().map_or(String::new(), |contract| {
        let (operations, schemas) =
            (contract.operations.len() + contract.webhooks.len(), contract.schemas.len());
        format!("{operations} operations, {schemas} schemas")
    });
    println!("{name}: {counts}, {errors} errors, {warnings:?}, {} ms", took.as_millis());
    errors == 0
}
