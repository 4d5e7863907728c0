//! Broken and hostile contracts of the corpus (`bad/`): each is refused with its places, or generated as if nothing were
//! wrong, and none brings the generator down. What each is about stands in its own `title` or name.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Folder, Run, corpus};

/// Refused, with every place that the message has to point at.
const REFUSED: &[(&str, &[&str])] = &[
    ("yaml-tab-indent.yaml", &["3:1"]),
    ("json-truncated.json", &["3:38"]),
    ("json-duplicate-path-key.json", &["6:3", "5:3"]),
    ("yaml-duplicate-property-key.yaml", &["11:9", "9:9"]),
    ("missing-info.yaml", &["1:1"]),
    ("missing-openapi-field.yaml", &["1:1"]),
    ("openapi-version-4.0.yaml", &["1:10"]),
    ("swagger-2.0.json", &["1:2"]),
    ("no-paths-components-webhooks.yaml", &["1:1"]),
    ("ref-unresolvable-schema.yaml", &["10:41"]),
    ("ref-circular-alias.yaml", &["6:9"]),
    ("ref-missing-file.yaml", &["4:8"]),
    ("ref-remote-http.yaml", &["6:9"]),
    ("ref-path-traversal.yaml", &["6:9"]),
    ("ref-absolute-file.yaml", &["6:9"]),
    ("path-param-undeclared.yaml", &["4:3"]),
    ("duplicate-operationid.yaml", &["10:20", "6:20"]),
    ("schema-allof-cycle.yaml", &["6:9"]),
    ("invalid-utf8.yaml", &["3:14"]),
    ("bounds-invalid.yaml", &["6:23"]),
    ("pattern-invalid-regex.yaml", &["6:23"]),
    ("empty-file.yaml", &["1:1"]),
];

/// Legal, however odd.
const GENERATED: &[&str] = &[
    "schema-names-rust-reserved.yaml",
    "property-names-hostile.yaml",
    "enum-duplicates-and-case-collisions.yaml",
    "yaml-nonstring-keys.yaml",
    "bom-crlf.yaml",
    "bounds-huge.json",
    "injection-in-descriptions.yaml",
];

/// Refused or generated: both are right, if it ends in good order.
const EITHER: &[&str] = &[
    "openapi-version-unquoted-number.yaml",
    "operationids-collide-in-snake-case.yaml",
    "schema-names-collide.yaml",
    "enum-empty.yaml",
    "schema-infinite-size.yaml",
    "yaml-billion-laughs.yaml",
    "utf-16le.json",
    "pattern-ecma-lookaround.yaml",
    "injection-operationid.yaml",
    "injection-paths.yaml",
];

#[test]
fn what_is_broken_is_refused_with_its_place() {
    let Some(folder) = contracts() else { return };
    let mut wrong = Vec::new();
    for (name, places) in REFUSED {
        let run = run(&folder, &["check", name, "--out", "none", "--message-format", "json"]);
        let found = self::places(&run);
        if run.status != Some(1) || !places.iter().all(|place| found.iter().any(|found| found == place)) {
            wrong.push(format!("{name}: {:?}, expected {places:?}, found {found:?}", run.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_odd_but_legal_is_generated() {
    let Some(folder) = contracts() else { return };
    let wrong: Vec<_> = GENERATED.iter().map(|name| (name, generate(&folder, name))).collect();
    let wrong: Vec<_> = wrong.iter().filter(|(_, run)| run.status != Some(0)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_brings_the_generator_down() {
    let Some(folder) = contracts() else { return };
    for name in EITHER {
        let run = generate(&folder, name);
        assert!(matches!(run.status, Some(0 | 1)), "{name}: {run:?}");
        assert!(run.status == Some(0) || run.stderr.contains("error["), "{name}: {run:?}");
    }
}

#[test]
fn ten_thousand_levels_are_refused() {
    let folder = Folder::new();
    let nested = "{\"type\": \"array\", \"items\": ".repeat(10_000) + "{}" + &"}".repeat(10_000);
    folder.write(
        "deep.json",
        &format!("{{\"openapi\": \"3.1.0\", \"components\": {{\"schemas\": {{\"Deep\": {nested}}}}}}}"),
    );
    let run = folder.run("generate deep.json --stdout");
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("error[too-deep]"), "{}", run.stderr);
}

#[test]
fn every_contract_there_has_its_verdict() {
    let Some(folder) = contracts() else { return };
    let listed = REFUSED.iter().map(|(name, _)| *name).chain(GENERATED.iter().copied());
    let mut listed: Vec<_> = listed.chain(EITHER.iter().copied()).map(str::to_owned).collect();
    // The table of verdicts itself, and the one that is built above.
    listed.extend(["deep-nesting-10000.json", "expect.json", "expect.md"].map(str::to_owned));
    listed.sort();
    let found = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<_> = found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, listed);
}

fn contracts() -> Option<PathBuf> {
    corpus().map(|corpus| corpus.join("bad"))
}

/// The places of all errors and their labels.
fn places(run: &Run) -> Vec<String> {
    let findings = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let errors: Vec<Value> = findings.filter(|finding| finding["severity"] == "error").collect();
    let labels = errors.iter().flat_map(|error| error["labels"].as_array().unwrap());
    let starts = errors.iter().chain(labels).map(|place| &place["start"]);
    starts.map(|start| format!("{}:{}", start["line"], start["column"])).collect()
}

/// Prints what would be generated.
fn generate(folder: &Path, name: &str) -> Run {
    run(folder, &["generate", name, "--stdout"])
}

/// A run that takes longer than a minute hangs.
fn run(folder: &Path, arguments: &[&str]) -> Run {
    let name = arguments.join(" ");
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterpart"));
    command.args(arguments).current_dir(folder);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(command.output()));
    let output = receiver.recv_timeout(Duration::from_secs(60));
    Run::new(&output.unwrap_or_else(|_| panic!("{name} hangs")).unwrap())
}
