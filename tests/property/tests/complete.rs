//! Every violation is reported: what the `jsonschema` crate has against an instance of the public suite, the tables have
//! against it as well, at the same place and by the same keyword.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use counterpart::diagnostic::Diagnostics;
use counterpart::ir::Usage;
use counterpart::source::Sources;
use counterpart::{Formats, Options, Source, document, lower, resolve};
use counterpart_runtime::Json;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

/// A violation: where, and by which keyword.
type Finding = (String, String);

fn suite() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = env::var_os("COUNTERPART_CORPUS").map_or_else(default, PathBuf::from);
    Some(corpus.join("json-schema-test-suite/tests/draft2020-12")).filter(|suite| suite.is_dir())
}

/// What the tables of a schema have against a value.
struct Tables {
    judge: lower::Judge,
    schema: counterpart::contract::SchemaId,
}

impl Tables {
    /// Nothing where the schema cannot be read by itself.
    fn of(schema: &Value) -> Option<Self> {
        let mut schema = schema.clone();
        if let Value::Object(members) = &mut schema {
            members.entry("$id").or_insert_with(|| json!("https://example.com/case"));
        }
        let contract = json!({"openapi": "3.1.1", "info": {"title": "t", "version": "1"},
                              "components": {"schemas": {"Case": schema}}});
        let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let source = Source::text("case.json", contract.to_string());
        let document = document::open(&source, &sources, &mut diagnostics)?;
        let contract = resolve::contract(document, &sources, &mut diagnostics)?;
        if diagnostics.has_errors() {
            return None;
        }
        let (_, schema) = *contract.components.first()?;
        let options = Options::new().formats(Formats::Annotate);
        Some(Self { judge: lower::Judge::new(&contract, &options, [(schema, Usage::Whole)]), schema })
    }

    fn findings(&self, value: &Value) -> BTreeSet<Finding> {
        let value = Json::parse(value.to_string().as_bytes()).unwrap();
        let violations = self.judge.violations(self.schema, Usage::Whole, &value);
        violations.into_iter().map(|found| (found.pointer, found.keyword.into_owned())).collect()
    }
}

fn member(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// What the other judge says, in the places that these tables name: the member that is missing or too much.
fn theirs(error: &ValidationError<'_>) -> Vec<Finding> {
    let (place, keyword) = (error.instance_path().as_str(), error.kind().keyword());
    let members = |names: &[String]| {
        names.iter().map(|name| (member(place, name), keyword.to_owned())).collect::<Vec<Finding>>()
    };
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            members(unexpected)
        }
        Kind::Required { property } => members(&[property.as_str().unwrap_or_default().to_owned()]),
        _ => vec![(place.to_owned(), keyword.to_owned())],
    }
}

/// Whether these tables name what the other judge found. They are as exact or more so: they say which keyword refused by a
/// schema `false`, which name is wrong, which item nobody spoke of, which of the counts of `contains` is broken.
fn is_named((place, keyword): &Finding, ours: &BTreeSet<Finding>) -> bool {
    let at = |keywords: &[&str]| {
        ours.iter().any(|(other, named)| other == place && keywords.contains(&named.as_str()))
    };
    let below =
        |other: &str| other.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    match keyword.as_str() {
        "falseSchema" | "propertyNames" | "unevaluatedItems" => ours.iter().any(|(other, _)| below(other)),
        // Where a choice failed, that nobody spoke of its members is a consequence, and not told besides.
        "unevaluatedProperties" => {
            let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
            let failed = (parent.to_owned(), "oneOf".to_owned());
            ours.contains(&failed) || ours.iter().any(|(other, _)| below(other))
        }
        "required" => at(&["required", "dependentRequired"]),
        "contains" => at(&["contains", "minContains", "maxContains"]),
        keyword => at(&[keyword]),
    }
}

#[derive(Default)]
struct Tally {
    instances: usize,
    unread: usize,
    missing: Vec<String>,
}

impl Tally {
    fn group(&mut self, file: &str, group: &Value) {
        let refused = |test: &&Value| test["valid"] == json!(false);
        let tests: Vec<&Value> = group["tests"].as_array().unwrap().iter().filter(refused).collect();
        let Some((tables, judge)) = Tables::of(&group["schema"]).zip(independent(&group["schema"])) else {
            self.unread += tests.len();
            return;
        };
        for test in tests {
            self.instances += 1;
            let ours = tables.findings(&test["data"]);
            let theirs: BTreeSet<Finding> =
                judge.iter_errors(&test["data"]).flat_map(|e| theirs(&e)).collect();
            let missing: Vec<&Finding> = theirs.iter().filter(|found| !is_named(found, &ours)).collect();
            if !missing.is_empty() {
                let title = group["description"].as_str().unwrap_or_default();
                self.missing
                    .push(format!("{file}: {title}: {}: {missing:?} is not in {ours:?}", test["data"]));
            }
        }
    }
}

fn independent(schema: &Value) -> Option<Validator> {
    jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(false).build(schema).ok()
}

#[test]
fn every_violation_is_named() {
    let say = |line: String| drop(writeln!(std::io::stderr(), "violations: {line}"));
    let Some(suite) = suite() else { return say("the corpus is absent, nothing was compared".to_owned()) };
    let mut tally = Tally::default();
    let mut paths: Vec<PathBuf> = fs::read_dir(suite).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.is_file()) {
        let groups: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let file = path.file_name().unwrap().to_string_lossy();
        groups.as_array().unwrap().iter().for_each(|group| tally.group(&file, group));
    }
    let Tally { instances, unread, missing } = tally;
    say(format!("{instances} refused instances, {} with places missing ({unread} not read)", missing.len()));
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
    assert!(instances > 300, "the suite is incomplete");
}
