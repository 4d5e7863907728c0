//! The tables and an independent judge agree on many more schemas than can be compiled.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "agree/judge.rs"]
mod judge;

use std::env;
use std::io::Write as _;

use counterpart::diagnostic::Diagnostics;
use counterpart::ir::Usage;
use counterpart::source::Sources;
use counterpart::{Formats, Options, Source, document, lower, resolve};
use counterpart_runtime::Json;
use judge::Judge;
use test_property::SEED;
use test_property::random::Random;
use test_property::schemas;
use test_property::values::Values;

/// How many schemas a contract has, and how many values each is tried with.
const SIZE: usize = 5;
const VALUES: usize = 20;

#[derive(Default)]
struct Tally {
    cases: usize,
    accepted: usize,
    unread: usize,
    wrong: Vec<String>,
}

fn hold(number: u64, tally: &mut Tally) {
    let json = schemas::contract(&mut Random::of(SEED ^ 0x7AB1E5, number), SIZE);
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let source = Source::text("random.json", json.to_string());
    let document = document::open(&source, &mut sources, &mut diagnostics).unwrap();
    let contract = resolve::contract(document, &sources, &mut diagnostics).unwrap();
    let asserts = number % 2 == 1;
    let formats = if asserts { Formats::Assert } else { Formats::Typed };
    let options = Options::new().formats(formats);
    let wanted = contract.components.iter().map(|(_, schema)| (*schema, Usage::Whole));
    let tables = lower::Judge::new(&contract, &options, wanted);
    for (component, schema) in &contract.components {
        let judge = Judge::new(&json, component, asserts);
        let mut values = Values::new(Random::of(SEED ^ 0x5EED, number), &json);
        for _ in 0..VALUES {
            let text = values.text(component);
            let value = Json::parse(text.as_bytes()).unwrap();
            let violations = tables.violations(*schema, Usage::Whole, &value);
            let accepted = violations.is_empty();
            tally.cases += 1;
            tally.accepted += usize::from(accepted);
            match judge.accepts(&text, &value) {
                Some(judged) if judged != accepted => tally.wrong.push(format!(
                    "{component} of {json}\n    {text}\n    jsonschema says {judged}, the table {violations:?}"
                )),
                Some(_) => {}
                None => tally.unread += 1,
            }
        }
    }
}

#[test]
fn tables_and_an_independent_judge_agree() {
    let schemas = env::var("COUNTERPART_PROPERTY_TABLES").ok().and_then(|count| count.parse().ok());
    let schemas: u64 = schemas.unwrap_or(250);
    let mut tally = Tally::default();
    for number in 0..schemas.div_ceil(SIZE as u64) {
        hold(number, &mut tally);
    }
    let Tally { cases, accepted, unread, wrong } = tally;
    let refused = cases - accepted;
    let line = format!(
        "{cases} cases by tables, {accepted} accepted, {refused} refused, {} disagreements ({unread} without the independent judge)",
        wrong.len()
    );
    let _ = writeln!(std::io::stderr(), "property: seed {SEED}: {line}");
    assert_eq!(wrong.len(), 0, "\n{}", wrong.first().cloned().unwrap_or_default());
}
