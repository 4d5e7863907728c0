//! The public JSON-Schema-Test-Suite, draft 2020-12, through generated code: what a schema accepts is decoded and comes
//! back equal, what it refuses is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;

use counterpart_runtime::Json;
use test_suite::round_trip::{Failure, RoundTrip};
use test_suite::{CASES, TESTS};

/// Cases with tests that fail and why: file and description. The list may only shrink.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "optional/format-assertion.json",
        "schema that uses custom metaschema with format-assertion: false",
        "formats are asserted as the options say, not by `$vocabulary`",
    ),
    (
        "optional/format-assertion.json",
        "schema that uses custom metaschema with format-assertion: true",
        "formats are asserted as the options say, not by `$vocabulary`",
    ),
    (
        "vocabulary.json",
        "schema that uses custom metaschema with with no validation vocabulary",
        "contracts are read in one dialect; the generator warns of others",
    ),
];

/// The members that a schema names, at any depth.
fn named<'a>(schema: &'a Json, names: &mut BTreeSet<&'a str>) {
    if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
        names.extend(properties.keys().map(String::as_str));
    }
    schema.as_object().into_iter().flatten().for_each(|(_, inner)| named(inner, names));
    schema.as_array().into_iter().flatten().for_each(|inner| named(inner, names));
}

/// Whether a value came back: equal but for members that the schema does not name.
fn came_back(sent: &Json, got: &Json, names: &BTreeSet<&str>) -> bool {
    match (sent, got) {
        (Json::Object(sent), Json::Object(got)) => {
            let invented = got.keys().any(|name| !sent.contains_key(name));
            !invented
                && sent.iter().all(|(name, value)| match got.get(name) {
                    Some(got) => came_back(value, got, names),
                    None => !names.contains(name.as_str()),
                })
        }
        (Json::Array(sent), Json::Array(got)) => {
            sent.len() == got.len() && sent.iter().zip(got).all(|(sent, got)| came_back(sent, got, names))
        }
        _ => sent == got,
    }
}

/// What is wrong with one test.
fn judge(run: RoundTrip, schema: &Json, test: &Json) -> Result<(), String> {
    let data = test.get("data").ok_or("a test without data")?;
    let valid = test.get("valid").and_then(Json::as_bool).ok_or("a test without verdict")?;
    let bytes = match (run(data.to_string().as_bytes()), valid) {
        (Err(Failure::Decode(_)), false) => return Ok(()),
        (Ok(bytes), true) => bytes,
        (Ok(_), false) => return Err("was accepted".to_owned()),
        (Err(failure), _) => return Err(format!("{failure:?}")),
    };
    let mut names = BTreeSet::new();
    named(schema, &mut names);
    let got = Json::parse(&bytes).map_err(|error| error.to_string())?;
    if came_back(data, &got, &names) { Ok(()) } else { Err(format!("{data} came back as {got}")) }
}

/// One line that is seen also when tests pass: the harness keeps back what `println!` prints.
fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "json-schema-test-suite: {message}");
}

#[test]
fn the_public_suite() {
    if CASES.is_empty() {
        say("the corpus is absent, nothing was tested");
        return;
    }
    let (mut passed, mut refused, mut known, mut failed) = (0, 0, BTreeMap::new(), Vec::new());
    let mut files: BTreeMap<&str, Json> = BTreeMap::new();
    for case in CASES {
        let file = files.entry(case.file).or_insert_with(|| {
            let path = Path::new(TESTS).join(case.file);
            Json::parse(&fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
                .unwrap()
        });
        let group = file.as_array().unwrap_or_default().get(case.index).unwrap();
        let title = group.get("description").and_then(Json::as_str).unwrap_or_default();
        let exception = KNOWN.iter().find(|entry| (entry.0, entry.1) == (case.file, title));
        let tests = group.get("tests").and_then(Json::as_array).unwrap_or_default();
        let Ok(run) = case.run else {
            refused += tests.len();
            continue;
        };
        for test in tests {
            let Err(reason) = judge(run, group.get("schema").unwrap(), test) else {
                passed += 1;
                continue;
            };
            match exception {
                Some(entry) => *known.entry((entry.0, entry.1)).or_insert(0) += 1,
                None => {
                    let about = test.get("description").and_then(Json::as_str).unwrap_or_default();
                    failed.push(format!("{} ({}): {title}: {about}: {reason}", case.file, case.name));
                }
            }
        }
    }
    let counted = refused + known.values().sum::<usize>();
    say(&format!("{passed} passed, {} failed, {counted} known", failed.len()));
    for (file, case, reason) in KNOWN {
        let fails = known.contains_key(&(*file, *case));
        assert!(fails, "{file}: {case} passes now; remove it from the list ({reason})");
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    assert!(passed > 2000, "the suite is incomplete");
}
