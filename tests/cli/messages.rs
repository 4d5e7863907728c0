use serde_json::Value;

use super::broken;
use crate::support::{Folder, Run};

fn objects(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn findings_as_json() {
    let run = broken().run("generate broken.yaml --out api --message-format json");
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""));
    let objects = objects(&run);
    assert_eq!(objects[0]["type"], "diagnostic");
    assert_eq!(objects[0]["code"], "duplicate-key");
    assert_eq!(objects[0]["severity"], "error");
    assert_eq!(objects[0]["pointer"], "/paths/~1a/parameters");
    assert_eq!(objects[0]["start"]["line"], 4);
    assert_eq!(objects[1]["type"], "error");
}

#[test]
fn what_was_written_as_json() {
    let folder = Folder::with_contract();
    let run = folder.run("generate pets.yaml --out api --message-format json");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let objects = objects(&run);
    assert_eq!(objects[0]["type"], "written");
    assert_eq!(objects[0]["written"].as_array().map(Vec::len), Some(7));
}

#[test]
fn drift_as_json() {
    let folder = Folder::with_contract();
    let run = folder.run("check pets.yaml --out api --message-format json");
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""));
    let objects = objects(&run);
    assert_eq!((&objects[0]["type"], &objects[0]["kind"]), (&"drift".into(), &"missing".into()));
    assert!(objects[0]["diff"].as_str().unwrap().starts_with("--- /dev/null\n+++ b/api/mod.rs\n"));
}

#[test]
fn colours_only_when_wanted() {
    let folder = broken();
    let escape = '\u{1b}';
    assert!(!folder.run("generate broken.yaml --stdout").stderr.contains(escape));
    assert!(folder.run("generate broken.yaml --stdout --color always").stderr.contains(escape));
}

#[test]
fn denied_warnings_stop_the_generation() {
    let folder = Folder::with_contract();
    let config = "spec = 'pets.yaml'\nout = 'api'\n[operations]\nexclude = ['none']\n";
    folder.write("counterpart.toml", config);
    let run = folder.run("generate --deny-warnings");
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.ends_with("error: 1 warning in `pets.yaml`, and warnings are denied\n"),
        "{}",
        run.stderr
    );
    assert!(!folder.path("api").exists());
}
