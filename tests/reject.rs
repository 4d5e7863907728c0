//! One contract for each code of `diagnostic/code`: the smallest that has this finding and no other, and beside it what
//! is said about it. `COUNTERPART_UPDATE=1` writes the latter anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use counterpart::diagnostic::Code;

use crate::support::{Run, root};

/// Codes that no contract brings about, and where they are tested.
const WITHOUT_CONTRACT: &[(&str, &str)] = &[
    ("configuration", "it is about counterpart.toml: `config/tests.rs`, `cli::errors`, `cli::allow`"),
    ("unused-name", "it is about `[names]` of counterpart.toml: `names/tests.rs`"),
    ("invalid-name", "it is about `[names]` of counterpart.toml: `names/tests.rs`"),
    ("unused-selection", "it is about `[operations]` of counterpart.toml: `cli::generate`"),
    (
        "defect",
        "a contract that brings it about is a defect to be mended, and its test then stands where that is",
    ),
];

/// Findings that cannot come alone, and what comes with them.
const COMPANIONS: &[(&str, &str)] = &[("unreachable-path", "path-fragment")];

fn folder() -> PathBuf {
    root().join("tests/reject")
}

/// The contracts by the code that they are named for.
fn cases() -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let contracts = entries.filter(|path| path.extension().is_some_and(|extension| extension != "stderr"));
    contracts.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path)).collect()
}

#[test]
fn every_code_has_a_case() {
    let without = WITHOUT_CONTRACT.iter().map(|(code, _)| (*code).to_owned());
    let mut covered: Vec<String> = cases().into_keys().chain(without).collect();
    covered.sort();
    let mut codes: Vec<&str> = Code::all().map(Code::as_str).collect();
    codes.sort_unstable();
    assert_eq!(covered, codes);
}

#[test]
fn each_contract_has_its_finding_and_no_other() {
    let mut wrong = Vec::new();
    for (code, path) in cases() {
        let run = run(&path);
        let findings = codes(&run.stderr);
        let status = if run.stderr.contains("error[") { 1 } else { 0 };
        let own = findings.contains(&code.as_str());
        let other =
            findings.iter().any(|found| *found != code && !COMPANIONS.contains(&(code.as_str(), *found)));
        if !own || other || run.status != Some(status) {
            wrong.push(format!("{code}: {:?}, {findings:?}\n{}", run.status, run.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn findings_are_shown_as_they_were() {
    let update = std::env::var_os("COUNTERPART_UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in cases().into_values() {
        let (found, expected) = (run(&path).stderr, path.with_extension("stderr"));
        if update {
            fs::write(&expected, &found).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
        if found != wanted {
            wrong.push(format!("{}:\n{found}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "COUNTERPART_UPDATE=1 accepts these:\n\n{}", wrong.join("\n"));
}

fn run(path: &Path) -> Run {
    let name = path.file_name().unwrap().to_str().unwrap();
    Run::counterpart(&folder(), &format!("generate {name} --stdout"))
}

/// The codes of all findings.
fn codes(stderr: &str) -> Vec<&str> {
    let heads = stderr
        .lines()
        .filter_map(|line| line.strip_prefix("error[").or_else(|| line.strip_prefix("warning[")));
    heads.filter_map(|head| head.split_once(']')).map(|(code, _)| code).collect()
}
