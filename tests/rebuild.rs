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

/// So many operations that they are split by letters: each begins with one of them.
fn operations(letters: &str, added: &str) -> String {
    let mut text = "openapi: 3.1.0\ninfo: { title: Many, version: 1.0.0 }\npaths:\n".to_owned();
    for letter in letters.chars() {
        for number in 10..30 {
            operation(&format!("{letter}{number}"), &mut text);
        }
        if added.starts_with(letter) {
            operation(added, &mut text);
        }
    }
    text
}

fn operation(id: &str, text: &mut String) {
    *text += &format!(
        "  /{id}:\n    get: {{ operationId: {id}, responses: {{ '204': {{ description: Done. }}, 4XX: {{ description: No. }} }} }}\n"
    );
}

/// What is not the same, by file: before and after.
fn changes(before: Vec<(String, String)>, after: Vec<(String, String)>) -> Vec<(String, String, String)> {
    let paths = |files: &[(String, String)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&before), paths(&after));
    let pairs = before.into_iter().zip(after).filter(|(old, new)| old != new);
    pairs.map(|((path, old), (_, new))| (path, old, new)).collect()
}

/// Whether each line of a text is in another one, in the same order.
fn is_kept(old: &str, new: &str) -> bool {
    let mut new = new.lines();
    old.lines().all(|line| new.any(|new| new == line))
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
    assert!(before.iter().any(|(path, _)| path == "types/q.rs"), "{before:?}");
    let after = files(contract(names, ", owner: { type: object, properties: { id: { type: integer } } }"));
    let mut changed = changes(before, after);
    changed.retain(|(path, ..)| path != "schemas.jsonl");
    let [(path, old, new)] = changed.as_slice() else { panic!("{changed:?}") };
    assert_eq!(path, "types/m.rs");
    assert!(is_kept(old, new), "lines are only added:\n{new}");
}

#[test]
fn a_new_operation_is_written_to_the_files_of_its_letter() {
    let before = files(operations("abcdef", ""));
    let after = files(operations("abcdef", "b30"));
    for (path, old, new) in changes(before, after) {
        assert!(["operations.jsonl", "server/mod.rs", "server/b.rs", "client/b.rs"].contains(&path.as_str()));
        let kept = match path.as_str() {
            // How many routes there are.
            "server/b.rs" => old.replace("; 20]", "; 21]"),
            _ => old,
        };
        assert!(is_kept(&kept, &new), "lines are only added to {path}:\n{new}");
    }
}

/// What rustc would not find: a file of types imports by name what stands in others.
#[test]
fn a_default_behind_an_alias_is_imported() {
    let contract = contract("ABCDEFGHIJKLMNOPQ", "")
        + "    Level: { enum: [low, high] }
    Alias: { $ref: '#/components/schemas/Level' }
    Zoo: { properties: { level: { $ref: '#/components/schemas/Alias', default: high } } }
";
    let files = files(contract);
    let text = |wanted: &str| files.iter().find(|(path, _)| path == wanted).map(|(_, text)| text.as_str());
    let zoo = text("types/z.rs").unwrap();
    assert!(zoo.contains("unwrap_or(Level::High)"), "{zoo}");
    assert!(zoo.contains("use super::{Alias, Level};"), "{zoo}");
}

#[test]
fn few_types_are_one_file() {
    let files = files(contract("AB", ""));
    assert!(files.iter().any(|(path, _)| path == "types.rs") && files.len() == 4);
}

#[test]
fn few_operations_are_one_file() {
    let files = files(operations("ab", ""));
    assert!(files.iter().any(|(path, _)| path == "client.rs") && files.len() == 6, "{files:?}");
}
