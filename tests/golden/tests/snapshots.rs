//! What is generated from the golden contracts, held against what was reviewed: `expected/<contract>.txt`. With
//! `COUNTERPART_UPDATE=1` the files are written anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use counterpart::{Options, Source, generate};

#[test]
fn golden_contracts_generate_what_was_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut differing = Vec::new();
    let mut contracts: Vec<_> =
        fs::read_dir(folder.join("contracts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    contracts.sort();
    assert!(contracts.len() >= 12, "contracts are missing");
    for contract in contracts {
        let name = contract.file_stem().unwrap().to_string_lossy().into_owned();
        let generated =
            generate(&Source::file(&contract), &Options::new()).unwrap_or_else(|error| panic!("{error}"));
        let mut text = String::new();
        for file in &generated.files {
            write!(text, "// ==> {}\n{}\n", file.path, file.text).unwrap();
        }
        let expected = folder.join("expected").join(format!("{name}.txt"));
        if std::env::var_os("COUNTERPART_UPDATE").is_some() {
            fs::write(&expected, &text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            differing.push(name);
        }
    }
    assert!(
        differing.is_empty(),
        "generated code differs from the reviewed for {differing:?}; see it with \
         `COUNTERPART_UPDATE=1 cargo test -p test-golden --test snapshots` and `git diff`"
    );
}
