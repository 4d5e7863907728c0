use crate::support::Folder;

#[test]
fn help_names_the_commands_and_the_exit_status() {
    let run = Folder::new().run("--help");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    for part in ["generate", "check", "explain", "Exit status: 0 if all is well"] {
        assert!(run.stdout.contains(part), "no `{part}` in:\n{}", run.stdout);
    }
}

#[test]
fn generate_and_check_take_the_same_options() {
    let options = |command: &str| -> Vec<String> {
        let help = Folder::new().run(&format!("{command} --help")).stdout;
        let lines = help.lines().map(str::trim).filter(|line| line.starts_with('-'));
        lines.map(str::to_owned).filter(|line| !line.starts_with("--stdout")).collect()
    };
    let generate = options("generate");
    assert!(generate.len() > 10, "{generate:?}");
    assert_eq!(generate, options("check"));
}

#[test]
fn the_version_is_the_package_s() {
    let run = Folder::new().run("--version");
    assert_eq!(run.stdout, format!("counterpart {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_code_can_be_explained() {
    let folder = Folder::new();
    let codes = folder.run("explain").stdout;
    assert!(codes.lines().count() > 20, "{codes}");
    let first = codes.lines().next().unwrap();
    let run = folder.run(&format!("explain {first}"));
    assert_eq!(run.status, Some(0));
    assert!(run.stdout.starts_with(&format!("{first}\n\n")), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
}
