//! `check` notices whatever differs from what `generate` would write.

use std::fs;
use std::process::Command;

use crate::support::{Folder, Run, root};

fn generated() -> Folder {
    let folder = Folder::with_contract();
    folder.run("generate pets.yaml --out src/api").silent();
    folder
}

const CHECK: &str = "check pets.yaml --out src/api";

#[test]
fn what_was_generated_is_up_to_date() {
    generated().run(CHECK).silent();
}

#[test]
fn a_changed_byte_is_shown_as_a_diff() {
    let folder = generated();
    let text = folder.read("src/api/types.rs").replacen("pub struct Pet", "pub struct Cat", 1);
    folder.write("src/api/types.rs", &text);
    let run = folder.run(CHECK);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("--- a/src/api/types.rs\n+++ b/src/api/types.rs\n@@ "), "{}", run.stdout);
    assert!(run.stdout.contains("\n-pub struct Cat"), "{}", run.stdout);
    assert!(run.stdout.contains("\n+pub struct Pet"), "{}", run.stdout);
    assert!(run.stderr.contains("`src/api` is not what the contract generates: 1 changed"), "{}", run.stderr);
    let command = "counterpart generate pets.yaml --out src/api";
    assert!(run.stderr.contains(&format!("to bring it up to date, run: {command}\n")), "{}", run.stderr);
    assert_eq!(folder.read("src/api/types.rs"), text, "a check writes nothing");
}

/// `cargo fmt` reaches what is checked in, with whatever width its user likes.
#[test]
fn formatting_the_crate_is_no_drift() {
    let folder = generated();
    if format(&folder) {
        folder.run(CHECK).silent();
    }
}

/// Pages that few contracts have: declared servers, headers that responses share, a trait for each tag.
#[test]
fn formatting_is_no_drift_for_any_page() {
    let folder = Folder::new();
    let operation = |tag: &str| {
        format!(
            "  /{tag}:
    get:
      operationId: get{tag}
      tags: [AnimalsOfTheForest{tag}]
      responses:
        '204': {{ description: d, headers: {{ X-Left: {{ schema: {{ type: integer }} }}, X-Of: {{ schema: {{ type: string }} }} }} }}
"
        )
    };
    let paths: String = ["A", "B", "C", "D", "E"].map(operation).concat();
    let head = "openapi: 3.1.0
info: { title: t, version: '1' }
servers:
- url: https://{region}.example.com:{port}
  variables: { region: { default: eu, enum: [eu, us] }, port: { default: '443' } }
paths:
";
    folder.write("forest.yaml", &format!("{head}{paths}"));
    folder.run("generate forest.yaml --out src/api --traits per-tag");
    for page in ["headers.rs", "servers.rs"] {
        assert!(!folder.read(&format!("src/api/{page}")).is_empty());
    }
    if format(&folder) {
        let run = folder.run("check forest.yaml --out src/api --traits per-tag");
        assert_eq!(run.status, Some(0), "{}", run.stdout);
    }
}

/// Whether there is a `rustfmt`, which is then run.
fn format(folder: &Folder) -> bool {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config", "max_width=70,hard_tabs=true"]);
    match rustfmt.arg(folder.path("src/api/mod.rs")).status() {
        Ok(status) => assert!(status.success()),
        Err(error) => {
            println!("rustfmt is absent, nothing was tested: {error}");
            return false;
        }
    }
    true
}

#[test]
fn a_missing_file_is_noticed() {
    let folder = generated();
    fs::remove_file(folder.path("src/api/client.rs")).unwrap();
    let run = folder.run(CHECK);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("--- /dev/null\n+++ b/src/api/client.rs\n"), "{}", run.stdout);
    assert!(run.stderr.contains(": 1 missing\n"), "{}", run.stderr);
}

#[test]
fn a_stale_file_is_noticed() {
    let folder = generated();
    let run = folder.run(&format!("{CHECK} --server"));
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("--- a/src/api/client.rs\n+++ /dev/null\n"), "{}", run.stdout);
    assert!(run.stderr.contains("2 stale\n"), "{}", run.stderr);
}

#[test]
fn a_changed_contract_is_noticed_and_the_fix_works() {
    let folder = generated();
    folder.write("pets.yaml", &folder.read("pets.yaml").replace("maxLength: 64", "maxLength: 65"));
    let run = folder.run(CHECK);
    assert_eq!(run.status, Some(1));
    let fix = run.stderr.split("run: counterpart ").nth(1).unwrap().trim();
    folder.run(fix).silent();
    folder.run(CHECK).silent();
}

/// Whatever is checked in next to a `counterpart.toml` is what the contract generates now.
#[test]
fn what_is_checked_in_is_up_to_date() {
    for entry in fs::read_dir(root()).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("counterpart.toml").exists() {
            Run::counterpart(&folder, "check").silent();
        }
    }
}
