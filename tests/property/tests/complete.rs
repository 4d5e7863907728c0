//! Every violation is reported: what the `jsonschema` crate has against an instance of the public suite, the tables have
//! against it as well, at the same place and by the same keyword.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use counterpart::diagnostic::Diagnostics;
use counterpart::ir::Usage;
use counterpart::source::Sources;
use counterpart::{Formats, Options, Source, document, lower, resolve};
use counterpart_runtime::{Json, pattern::Compiled};
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

/// Schemas that refer to a meta-schema, which is not among the files of the suite.
const UNREAD: [&str; 2] =
    ["defs.json: validate definition against metaschema", "ref.json: remote ref, containing refs itself"];

/// A violation: where, and by which keyword.
type Finding = (String, String);

/// The public suite.
fn corpus() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    env::var_os("COUNTERPART_CORPUS").map_or_else(default, PathBuf::from).join("json-schema-test-suite")
}

/// What the tables of a schema have against a value.
struct Tables {
    judge: lower::Judge,
    schema: counterpart::contract::SchemaId,
}

impl Tables {
    /// Nothing where the schema cannot be read.
    fn of(schema: &Value, remotes: &Path) -> Option<Self> {
        let mut schema = schema.clone();
        if let Value::Object(members) = &mut schema {
            members.entry("$id").or_insert_with(|| json!("https://example.com/case"));
        }
        let contract = json!({"openapi": "3.1.1", "info": {"title": "t", "version": "1"},
                              "components": {"schemas": {"Case": schema}}});
        let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let source = Source::text("case.json", contract.to_string()).vendored(REMOTES, remotes);
        let document = document::open(&source, &sources, &mut diagnostics)?;
        let contract = resolve::contract(document, &sources, &mut diagnostics)?;
        if diagnostics.has_errors() {
            return None;
        }
        let (_, schema) = *contract.components.first()?;
        let options = Options::new().formats(Formats::Annotate);
        let reach = lower::Reach::of(&contract, &options);
        Some(Self { judge: lower::Judge::new(&contract, &reach, &options, [(schema, Usage::Whole)]), schema })
    }

    fn findings(&mut self, value: &Value) -> BTreeSet<Finding> {
        let value = Json::parse(value.to_string().as_bytes()).unwrap();
        let violations = self.judge.violations(self.schema, Usage::Whole, &value);
        violations.into_iter().map(|found| (found.pointer, found.keyword.into_owned())).collect()
    }
}

fn member(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// What has to be among the findings of these tables for something that the other judge found.
#[derive(Debug)]
enum Need {
    /// A finding at this place by one of these keywords.
    At(String, &'static [&'static str]),
    /// The same for any other keyword.
    By(String, String),
    /// A finding at this place or below: the schema for what nobody spoke of says more than `false`.
    Within(String),
    /// Like `At`, unless a schema that failed speaks of the member or item: once it holds, that is evaluated.
    Unspoken(String, &'static [&'static str]),
}

/// Keywords that apply schemas, by which a schema `false` refuses.
const APPLICATORS: &[&str] = &[
    "schema",
    "$ref",
    "$dynamicRef",
    "allOf",
    "anyOf",
    "oneOf",
    "then",
    "else",
    "dependentSchemas",
    "properties",
    "patternProperties",
    "additionalProperties",
    "prefixItems",
    "items",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// What the other judge says, in the places that these tables name: the member that is missing or too much, the name that
/// is wrong, the item that nobody spoke of.
fn needs(error: &ValidationError<'_>, schema: &Value) -> Vec<Need> {
    let (place, keyword) = (error.instance_path().as_str(), error.kind().keyword());
    let path = error.schema_path().as_str();
    let speaks = schema.pointer(path).is_some_and(|inner| *inner != json!(false));
    // A schema that refers to another document cannot be looked into here.
    let whole =
        schema.pointer(path.rsplit_once('/').map_or("", |(parent, _)| parent)).unwrap_or(&Value::Bool(true));
    let unspoken = |part: &str, is_known: bool, keywords| match (speaks, is_known) {
        (true, _) => Need::Within(member(place, part)),
        (false, true) => Need::Unspoken(member(place, part), keywords),
        (false, false) => Need::At(member(place, part), keywords),
    };
    match error.kind() {
        Kind::FalseSchema if path.ends_with("/propertyNames") => {
            let names = error.instance().as_object().unwrap().keys();
            names.map(|name| Need::At(member(place, name), &["propertyNames"])).collect()
        }
        Kind::FalseSchema => vec![Need::At(place.to_owned(), APPLICATORS)],
        Kind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| Need::At(member(place, name), &["additionalProperties"])).collect()
        }
        Kind::UnevaluatedProperties { unexpected } => {
            let need = |name: &String| {
                unspoken(name, knows(whole, schema, Part::Member(name), 0), &["unevaluatedProperties"])
            };
            unexpected.iter().map(need).collect()
        }
        Kind::UnevaluatedItems { unexpected } => {
            let need = |index: usize| {
                unspoken(
                    &index.to_string(),
                    knows(whole, schema, Part::Item(index), 0),
                    &["unevaluatedItems"],
                )
            };
            places(error.instance(), unexpected).into_iter().map(need).collect()
        }
        Kind::PropertyNames { error } => {
            let name = error.instance().as_str().unwrap_or_default().to_owned();
            vec![Need::At(member(place, &name), &["propertyNames"])]
        }
        Kind::Required { property } => {
            let keywords: &[&str] =
                if path.contains("/dependentRequired") { &["dependentRequired"] } else { &["required"] };
            vec![Need::At(member(place, property.as_str().unwrap_or_default()), keywords)]
        }
        // These tables name the count that is broken.
        Kind::Contains => vec![Need::At(place.to_owned(), &["contains", "minContains", "maxContains"])],
        _ => vec![Need::By(place.to_owned(), keyword.to_owned())],
    }
}

/// The indexes of items by their texts, which come in order. Of equal items the last are meant: what nobody spoke of
/// comes last in these tests.
fn places(array: &Value, texts: &[String]) -> Vec<usize> {
    let mut texts = texts.iter().rev().peekable();
    let items = array.as_array().unwrap().iter().enumerate().rev();
    let found = items.filter(|(_, item)| texts.next_if(|text| **text == item.to_string()).is_some());
    found.map(|(index, _)| index).collect()
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Member(&'a str),
    Item(usize),
}

/// Whether a schema, or one that it applies to the same value, speaks of a member or an item.
fn knows(schema: &Value, root: &Value, part: Part<'_>, depth: usize) -> bool {
    let own = match part {
        Part::Member(name) => {
            let matches =
                |pattern: &String| Compiled::new(pattern).is_ok_and(|pattern| pattern.is_match(name));
            let patterns = schema["patternProperties"].as_object();
            schema["properties"].get(name).is_some()
                || patterns.is_some_and(|patterns| patterns.keys().any(matches))
                || schema.get("additionalProperties").is_some()
                || (depth > 0 && schema.get("unevaluatedProperties").is_some())
        }
        Part::Item(index) => {
            let prefix = schema["prefixItems"].as_array().map_or(0, Vec::len);
            index < prefix || ["items", "contains"].iter().any(|name| schema.get(*name).is_some())
        }
    };
    let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|name| schema[name].as_array()).flatten();
    let single = ["if", "then", "else"].into_iter().filter_map(|name| schema.get(name));
    let dependent = schema["dependentSchemas"].as_object().into_iter().flat_map(|schemas| schemas.values());
    let target = schema["$ref"].as_str().and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    let elsewhere = schema.get("$dynamicRef").is_some() || (schema.get("$ref").is_some() && target.is_none());
    let mut inner = lists.chain(single).chain(dependent).chain(target);
    own || elsewhere || depth > 8 || inner.any(|inner| knows(inner, root, part, depth + 1))
}

fn is_met(need: &Need, ours: &BTreeSet<Finding>) -> bool {
    let below = |place: &str, other: &str| {
        other.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let at = |place: &str, keywords: &[&str]| {
        ours.iter().any(|(other, named)| other == place && keywords.contains(&named.as_str()))
    };
    match need {
        Need::At(place, keywords) => at(place, keywords),
        Need::By(place, keyword) => at(place, &[keyword]),
        Need::Within(place) => ours.iter().any(|(other, _)| below(place, other)),
        Need::Unspoken(place, keywords) => {
            let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
            let failed = |(other, keyword): &Finding| {
                let beside = other.rsplit_once('/').is_some_and(|(above, _)| above == parent);
                !keywords.contains(&keyword.as_str()) && (other == parent || beside || below(place, other))
            };
            at(place, keywords) || ours.iter().any(failed)
        }
    }
}

#[derive(Default)]
struct Tally {
    instances: usize,
    unread: Vec<String>,
    missing: Vec<String>,
}

impl Tally {
    fn group(&mut self, file: &str, group: &Value, remotes: &Path) {
        let refused = |test: &&Value| test["valid"] == json!(false);
        let tests: Vec<&Value> = group["tests"].as_array().unwrap().iter().filter(refused).collect();
        let title = group["description"].as_str().unwrap_or_default();
        let judge = independent(&group["schema"], remotes);
        let Some((mut tables, judge)) = Tables::of(&group["schema"], remotes).zip(judge) else {
            self.unread.extend(tests.iter().map(|_| format!("{file}: {title}")));
            return;
        };
        for test in tests {
            self.instances += 1;
            let ours = tables.findings(&test["data"]);
            let needs = judge.iter_errors(&test["data"]).flat_map(|error| needs(&error, &group["schema"]));
            let missing: Vec<Need> = needs.filter(|need| !is_met(need, &ours)).collect();
            if !missing.is_empty() {
                self.missing
                    .push(format!("{file}: {title}: {}: {missing:?} is not in {ours:?}", test["data"]));
            }
        }
    }
}

/// Where the suite's remote documents seem to be.
const REMOTES: &str = "http://localhost:1234/";

fn independent(schema: &Value, remotes: &Path) -> Option<Validator> {
    let retriever = Remotes(remotes.to_owned());
    let options = jsonschema::options().with_draft(Draft::Draft202012).with_retriever(retriever);
    options.should_validate_formats(false).build(schema).ok()
}

struct Remotes(PathBuf);

impl jsonschema::Retrieve for Remotes {
    fn retrieve(&self, uri: &jsonschema::Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let path = uri.as_str().strip_prefix(REMOTES).ok_or("not of the suite")?;
        Ok(serde_json::from_slice(&fs::read(self.0.join(path))?)?)
    }
}

#[test]
fn every_violation_is_named() {
    let say = |line: String| drop(writeln!(std::io::stderr(), "violations: {line}"));
    let suite = corpus().join("tests/draft2020-12");
    if !suite.is_dir() {
        return say("the corpus is absent, nothing was compared".to_owned());
    }
    let mut tally = Tally::default();
    let mut paths: Vec<PathBuf> = fs::read_dir(suite).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let remotes = corpus().join("remotes");
    for path in paths.iter().filter(|path| path.is_file()) {
        let groups: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let file = path.file_name().unwrap().to_string_lossy();
        groups.as_array().unwrap().iter().for_each(|group| tally.group(&file, group, &remotes));
    }
    let Tally { instances, unread, missing } = tally;
    say(format!(
        "{instances} refused instances, {} with places missing, {} not read",
        missing.len(),
        unread.len()
    ));
    assert!(unread.iter().all(|case| UNREAD.contains(&case.as_str())), "{unread:#?}");
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
    assert!(instances > 300, "the suite is incomplete");
}
