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
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config", "max_width=70"]).arg(folder.path("src/api/mod.rs"));
    match rustfmt.status() {
        Ok(status) => assert!(status.success()),
        Err(error) => return println!("rustfmt is absent, nothing was tested: {error}"),
    }
    folder.run(CHECK).silent();
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
