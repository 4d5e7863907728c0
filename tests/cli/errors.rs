use super::{assert_line, broken};
use crate::support::Folder;

#[test]
fn a_broken_contract_is_shown_with_its_place() {
    let run = broken().run("generate broken.yaml --out api");
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""));
    let expected = "\
error[duplicate-key]: the key `parameters` stands twice in this object
 --> broken.yaml:4:25
  |
4 |   /a: { parameters: [], parameters: [] }
  |         ----------      ^^^^^^^^^^
  |         |
  |         first here
  |
  = at: /paths/~1a/parameters
  = help: keep one of the two

error: 1 error in `broken.yaml`
";
    assert_eq!(run.stderr, expected);
}

#[test]
fn nothing_is_written_for_a_broken_contract() {
    let folder = broken();
    folder.run("generate broken.yaml --out api");
    assert!(!folder.path("api").exists());
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = Folder::with_contract();
    let cases = [
        ("generate", "there is no contract to generate from"),
        ("generate pets.yaml", "there is no folder to generate into"),
        ("generate missing.yaml --stdout", "cannot read `missing.yaml`: "),
        ("generate pets.yaml --out api --crate 1st", "invalid value '1st' for '--crate <NAME>'"),
        ("generate pets.yaml --out api --stdout", "cannot be used with"),
        ("generate pets.yaml --out pets.yaml/api", "pets.yaml/api`: "),
        ("generate pets.yaml --config missing.toml", "cannot read `missing.toml`: "),
        ("explain nonsense", "there is no code `nonsense`"),
        ("frobnicate", "unrecognized subcommand"),
    ];
    for (arguments, message) in cases {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{arguments}\n{}", run.stderr);
        assert!(run.stderr.contains(message), "{arguments}: no `{message}` in:\n{}", run.stderr);
    }
}

#[test]
fn a_wrong_configuration_is_shown_with_its_places() {
    let folder = Folder::with_contract();
    folder.write("counterpart.toml", "spec = 'pets.yaml'\nuot = 'api'\nformats = 'check'\n");
    let run = folder.run("generate");
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert_line(&run.stderr, "error[configuration]: unknown key `uot` at the top level");
    assert_line(&run.stderr, "2 | uot = 'api'");
    assert_line(&run.stderr, "  = help: write one of `typed`, `assert`, `annotate`");
}

#[test]
fn a_name_for_nothing_is_shown_with_its_place() {
    let folder = Folder::with_contract();
    folder.write("counterpart.toml", "spec = 'pets.yaml'\nout = 'api'\n[names]\n'Pett' = 'Animal'\n");
    let run = folder.run("generate");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_line(&run.stderr, " --> counterpart.toml:4:1");
    assert_line(&run.stderr, "4 | 'Pett' = 'Animal'");
    folder.write("counterpart.toml", "spec = 'pets.yaml'\nout = 'api'\nnames = { Pet = 'self' }\n");
    let run = folder.run("generate");
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert_line(&run.stderr, " --> counterpart.toml:3:11");
}

#[test]
fn a_file_of_the_user_is_left_alone() {
    let folder = Folder::with_contract();
    folder.write("api/mod.rs", "mod mine;\n");
    let run = folder.run("generate pets.yaml --out api");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("api/mod.rs` was not written by counterpart"), "{}", run.stderr);
    assert_eq!(folder.read("api/mod.rs"), "mod mine;\n");
}
