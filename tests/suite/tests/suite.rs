//! The public JSON-Schema-Test-Suite through generated code: what a schema accepts is decoded and comes back equal, what
//! it refuses is refused. Draft 2020-12 is the contract; older drafts are tested where the suite has them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;

use counterpart_runtime::Json;
use test_suite::round_trip::{Failure, RoundTrip};
use test_suite::{CASES, Case, TESTS};

/// Optional tests of older drafts that ask for what these contracts do not mean, and why. All others pass.
const KNOWN: &[(&str, &str)] = &[
    ("draft4/optional/zeroTerminatedFloats.json", "an integer is known by its value in every dialect"),
    ("draft7/optional/content.json", "contents are annotations in every dialect"),
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

/// What came of the tests of one draft.
#[derive(Default)]
struct Tally {
    passed: usize,
    known: BTreeSet<&'static str>,
    failed: Vec<String>,
}

impl Tally {
    fn run(&mut self, case: &Case, group: &Json) {
        let title = group.get("description").and_then(Json::as_str).unwrap_or_default();
        for test in group.get("tests").and_then(Json::as_array).unwrap_or_default() {
            match judge(case.run, group.get("schema").unwrap(), test) {
                Ok(()) => self.passed += 1,
                Err(_) if KNOWN.iter().any(|known| known.0 == case.file) => {
                    self.known.insert(case.file);
                }
                Err(reason) => {
                    let about = test.get("description").and_then(Json::as_str).unwrap_or_default();
                    self.failed.push(format!("{} ({}): {title}: {about}: {reason}", case.file, case.name));
                }
            }
        }
    }
}

#[test]
fn the_public_suite() {
    if CASES.is_empty() {
        say("the corpus is absent, nothing was tested");
        return;
    }
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut files: BTreeMap<&str, Json> = BTreeMap::new();
    for case in CASES {
        let file = files.entry(case.file).or_insert_with(|| {
            let path = Path::new(TESTS).join(case.file);
            Json::parse(&fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
                .unwrap()
        });
        let (draft, _) = case.file.split_once('/').unwrap();
        let group = file.as_array().unwrap_or_default().get(case.index).unwrap();
        tallies.entry(draft).or_default().run(case, group);
    }
    for (draft, Tally { passed, known, failed }) in &tallies {
        let draft = if *draft == "draft2020-12" { String::new() } else { format!("{draft}: ") };
        say(&format!("{draft}{passed} passed, {} failed, {} known", failed.len(), known.len()));
    }
    for (file, reason) in KNOWN.iter().filter(|(file, _)| files.contains_key(file)) {
        let fails = tallies.values().any(|tally| tally.known.contains(file));
        assert!(fails, "{file} passes now; remove it from the list ({reason})");
    }
    let failed: Vec<String> = tallies.values().flat_map(|tally| tally.failed.iter().cloned()).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    assert!(tallies.get("draft2020-12").is_some_and(|tally| tally.passed > 2000), "the suite is incomplete");
}
