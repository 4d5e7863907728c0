use super::{assert_none, files, generator, product};

const LINES_OF_A_FILE: usize = 420;
const LINES_OF_A_FUNCTION: usize = 70;

#[test]
fn files_are_short() {
    let long =
        files().iter().filter(|file| !file.path.contains("/generated/") && file.lines > LINES_OF_A_FILE);
    let long: Vec<String> = long.map(|file| format!("{}: {} lines", file.path, file.lines)).collect();
    assert_none("a file has at most 420 lines", &long);
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for file in product() {
        for (name, first, last) in file.tokens.functions() {
            let lines = last - first + 1;
            if lines > LINES_OF_A_FUNCTION {
                long.push(format!("{}:{first}: `{name}` has {lines} lines", file.path));
            }
        }
    }
    assert_none("a function has at most 70 lines", &long);
}

#[test]
fn nothing_panics_on_a_user_s_path() {
    let methods = ["unwrap", "expect", "unwrap_err", "expect_err"].map(|name| vec![".", name, "("]);
    let macros = ["panic", "todo", "unimplemented", "unreachable", "dbg"].map(|name| vec![name, "!"]);
    let mut found = Vec::new();
    for file in product() {
        for wanted in methods.iter().chain(&macros) {
            for line in file.tokens.find(wanted) {
                found.push(format!("{}:{line}: {}", file.path, wanted.concat()));
            }
        }
    }
    assert_none("no panic outside tests", &found);
}

#[test]
fn nothing_iterates_in_an_order_of_chance() {
    let mut found = Vec::new();
    for file in generator() {
        for name in ["HashMap", "HashSet"] {
            for line in file.tokens.find(&[name]) {
                found.push(format!("{}:{line}: {name}", file.path));
            }
        }
    }
    assert_none("the generator has no hash maps: the same contract gives the same bytes", &found);
}
