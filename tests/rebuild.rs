//! What is written again when a contract changes a little: rustc checks all of a file again that stands below a change.

use counterpart::{Options, Source, generate};

/// So many schemas that types are split by letters, one of which has more to say.
fn contract(names: &str, more: &str) -> String {
    let mut text =
        "openapi: 3.1.0\ninfo: { title: Many, version: 1.0.0 }\ncomponents:\n  schemas:\n".to_owned();
    for name in names.chars().flat_map(|letter| (10..35).map(move |number| format!("{letter}{number}"))) {
        let more = if name == "M20" { more } else { "" };
        text += &format!(
            "    {name}: {{ properties: {{ size: {{ type: integer, minimum: 1 }}, kind: {{ enum: [{name}, none] }}{more} }} }}\n"
        );
    }
    text
}

fn files(contract: String) -> Vec<(String, String)> {
    let source = Source::text("many.yaml", contract);
    let files = generate(&source, &Options::new()).unwrap_or_else(|error| panic!("{error}")).files;
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

#[test]
fn a_new_member_is_written_to_one_file_of_types() {
    let names = "ABCDEFGHIJKLMNOPQ";
    let before = files(contract(names, ""));
    let after = files(contract(names, ", owner: { type: object, properties: { id: { type: integer } } }"));
    let paths = |files: &[(String, String)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&before), paths(&after));
    assert!(paths(&before).contains(&"types/q.rs".to_owned()), "{:?}", paths(&before));
    let mut changed: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();
    changed.retain(|((path, _), _)| path != "schemas.jsonl");
    let [((path, old), (_, new))] = changed.as_slice() else { panic!("{changed:?}") };
    assert_eq!(path, "types/m.rs");
    let mut kept = new.lines();
    assert!(old.lines().all(|line| kept.any(|new| new == line)), "lines are only added:\n{new}");
}

#[test]
fn few_types_are_one_file() {
    let files = files(contract("AB", ""));
    assert!(files.iter().any(|(path, _)| path == "types.rs") && files.len() == 4);
}
