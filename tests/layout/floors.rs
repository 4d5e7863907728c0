use super::{assert_none, generator};

/// What each floor may name of the others, from the ground up. `options` and `diagnostic` are for everyone; the front
/// ends (`lib`, `build_script`, `cli`) may name all.
const FLOORS: &[(&str, &[&str])] = &[
    ("options", &[]),
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("contract", &["source"]),
    ("document", &["source", "contract"]),
    ("resolve", &["source", "contract", "document"]),
    ("check", &["source", "contract"]),
    ("selection", &["source", "contract"]),
    ("ir", &["source", "contract"]),
    ("lower", &["source", "contract", "ir"]),
    ("values", &["source", "contract", "ir", "lower"]),
    ("unenforced", &["source", "contract", "lower"]),
    ("names", &["source", "contract", "ir"]),
    ("emit", &["ir", "names"]),
    ("format", &["emit"]),
    ("output", &["format"]),
    ("package", &["format"]),
    ("config", &["source", "package"]),
];

const FRONT: &[&str] = &["lib", "main", "build_script", "cli"];

/// Where a package may be named; a folder stands for what is below it, too.
const PACKAGES: &[(&str, &[&str])] = &[
    ("openapiv3", &["document", "resolve", "source"]),
    ("heck", &["names"]),
    ("quote", &["emit", "format"]),
    ("askama", &["emit/pages"]),
    ("prettyplease", &["format"]),
    ("syn", &["emit", "format", "names"]),
    ("annotate_snippets", &["diagnostic/render"]),
    ("toml", &["config"]),
    ("clap", &["cli"]),
    ("similar", &["cli"]),
];

/// Who may touch files.
const FILES: &[&str] = &["source", "document", "config", "output", "build_script", "cli"];

/// `generator/emit/pages/server.rs` is `emit/pages/server`.
fn room(path: &str) -> &str {
    path.trim_start_matches("generator/").trim_end_matches(".rs")
}

fn is_in(room: &str, place: &str) -> bool {
    room == place || room.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
}

#[test]
fn floors_name_only_floors_below_them() {
    let mut offences = Vec::new();
    for file in generator() {
        let room = room(&file.path);
        let floor = room.split('/').next().unwrap_or_default();
        if FRONT.contains(&floor) {
            continue;
        }
        let Some((_, may)) = FLOORS.iter().find(|(name, _)| *name == floor) else {
            offences.push(format!("{}: `{floor}` is no floor; add it to the table", file.path));
            continue;
        };
        for (named, line) in file.tokens.modules() {
            let known = FLOORS.iter().any(|(name, _)| *name == named) || FRONT.contains(&named);
            if known && named != floor && !["options", "diagnostic"].contains(&named) && !may.contains(&named)
            {
                offences.push(format!("{}:{line}: `{floor}` names `{named}`", file.path));
            }
        }
    }
    assert_none("a floor names only floors below it", &offences);
}

#[test]
fn packages_stay_in_their_rooms() {
    let mut offences = Vec::new();
    for file in generator() {
        let room = room(&file.path);
        for (package, places) in PACKAGES {
            if places.iter().any(|place| is_in(room, place)) {
                continue;
            }
            for line in file.tokens.find(&[package, ":", ":"]).into_iter().filter(|_| !is_in(room, package)) {
                offences.push(format!("{}:{line}: {package}", file.path));
            }
        }
    }
    assert_none("a package is named only where it belongs", &offences);
}

#[test]
fn only_the_ends_touch_files() {
    let mut offences = Vec::new();
    for file in generator() {
        let room = room(&file.path);
        if FILES.iter().any(|place| is_in(room, place)) {
            continue;
        }
        for wanted in [&["std", ":", ":", "fs"][..], &["println", "!"], &["eprintln", "!"], &["print", "!"]] {
            for line in file.tokens.find(wanted) {
                offences.push(format!("{}:{line}: {}", file.path, wanted.concat()));
            }
        }
    }
    assert_none("files are touched by the first floors and the last", &offences);
}

#[test]
fn the_model_is_plain_data() {
    let mut offences = Vec::new();
    for file in generator() {
        let room = room(&file.path);
        if !is_in(room, "contract") && !is_in(room, "ir") {
            continue;
        }
        for package in ["syn", "quote", "serde", "serde_json", "proc_macro2"] {
            for line in file.tokens.find(&[package, ":", ":"]) {
                offences.push(format!("{}:{line}: {package}", file.path));
            }
        }
    }
    assert_none("`contract` and `ir` know neither tokens nor serde", &offences);
}
