//! Fast path, tables and an independent judge agree on random values of random schemas; what is accepted comes back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "agree/judge.rs"]
mod judge;
#[path = "agree/kept.rs"]
mod kept;

use std::fmt;
use std::io::Write as _;

use counterpart_runtime::Json;
use counterpart_runtime::schema::{Limits, SchemaRef};
use judge::Judge;
use kept::Kept;
use test_property::random::Random;
use test_property::round_trip::{Failure, RoundTrip};
use test_property::values::Values;
use test_property::{Case, GROUPS, Group, SEED, VALUES};

/// How many disagreements are shown.
const SHOWN: usize = 20;

/// What came of a run.
#[derive(Default)]
struct Tally {
    accepted: usize,
    refused: usize,
    /// Values that the independent judge cannot read as they are, such as numbers beyond its own.
    unread: usize,
    disagreements: usize,
    shown: Vec<String>,
}

impl Tally {
    fn note(&mut self, verdict: Result<Verdict, String>, value: impl FnOnce() -> String) {
        match verdict {
            Ok(Verdict { accepted, read }) => {
                *(if accepted { &mut self.accepted } else { &mut self.refused }) += 1;
                self.unread += usize::from(!read);
            }
            Err(why) => {
                self.disagreements += 1;
                if self.shown.len() < SHOWN {
                    self.shown.push(format!("{}: {why}", value()));
                }
            }
        }
    }

    fn cases(&self) -> usize {
        self.accepted + self.refused + self.disagreements
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accepted, refused, unread, disagreements, .. } = self;
        let cases = self.cases();
        write!(f, "{cases} cases, {accepted} accepted, {refused} refused, {disagreements} disagreements")?;
        write!(f, " ({unread} without the independent judge)")
    }
}

struct Verdict {
    accepted: bool,
    read: bool,
}

/// The three opinions on one value.
struct Opinions<'a> {
    run: RoundTrip,
    schema: SchemaRef,
    judge: &'a Judge,
    contract: &'a Json,
    component: &'a str,
    asserts: bool,
}

impl Opinions<'_> {
    fn agree(&self, text: &str) -> Result<Verdict, String> {
        let value = Json::parse(text.as_bytes()).map_err(|error| format!("no JSON: {error}"))?;
        let violations = self.schema.evaluate(&value, &Limits::default());
        let accepted = violations.is_empty();
        if self.schema.is_valid(&value) != accepted {
            return Err(format!("the quick judge says {}, the thorough one {violations:?}", !accepted));
        }
        if let Some(violation) = violations.iter().find(|violation| !is_helpful(violation, &value)) {
            return Err(format!("says nothing to act on: {violation:?}"));
        }
        let judged = self.judge.accepts(&value);
        if let Some(judged) = judged.filter(|judged| *judged != accepted) {
            return Err(format!("jsonschema says {judged}, the table {violations:?}"));
        }
        match (self.run)(text.as_bytes()) {
            Err(Failure::Decode(rejection)) if accepted => return Err(format!("is valid, but: {rejection}")),
            Err(Failure::Decode(rejection)) if rejection.violations() != violations => {
                return Err(format!(
                    "is refused for {rejection} by the decoder, for {violations:?} by the table"
                ));
            }
            Err(Failure::Decode(_)) => {}
            Err(Failure::Encode(error)) => return Err(format!("cannot be written: {error}")),
            Ok(_) if !accepted => return Err(format!("is decoded in spite of {violations:?}")),
            Ok(bytes) => {
                let got = Json::parse(&bytes).map_err(|error| format!("came back broken: {error}"))?;
                let kept =
                    Kept { contract: self.contract, asserts: self.asserts, precise: false, filling: None };
                if let Some(lost) = kept.lost(self.component, &value, &got) {
                    return Err(format!("came back as {got}: {lost}"));
                }
            }
        }
        Ok(Verdict { accepted, read: judged.is_some() })
    }
}

/// Whether a violation names a place that there is, or one where a member is missing, and says what to do.
fn is_helpful(violation: &counterpart_runtime::Violation, value: &Json) -> bool {
    let parent = violation.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let missing = matches!(violation.keyword.as_ref(), "required" | "dependentRequired");
    let place = if missing { parent } else { violation.pointer.as_str() };
    value.pointer(place).is_some() && !violation.keyword.is_empty() && !violation.message.is_empty()
}

fn hold(group: &Group, contract: &Json, case: &Case, place: u64, tally: &mut Tally) {
    let judge = Judge::new(contract, case.component, group.asserts);
    let Case { component, run, schema } = *case;
    let asserts = group.asserts;
    let opinions = Opinions { run, schema: schema(), judge: &judge, contract, component, asserts };
    let mut values = Values::new(Random::of(SEED ^ 0x5EED, place), contract);
    for _ in 0..VALUES {
        let text = values.text(case.component);
        tally.note(opinions.agree(&text), || {
            let schema = contract.pointer(&format!("/components/schemas/{component}"));
            format!("{place} {component}: {}\n    {text}\n   ", schema.cloned().unwrap_or_default())
        });
    }
}

/// One line that is seen also when tests pass: the harness keeps back what `println!` prints.
fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "property: seed {SEED}: {message}");
}

#[test]
fn generated_code_tables_and_an_independent_judge_agree() {
    let mut tally = Tally::default();
    let mut place = 0;
    for group in GROUPS {
        let contract = Json::parse(group.contract.as_bytes()).unwrap();
        for case in group.cases {
            place += 1;
            hold(group, &contract, case, place, &mut tally);
        }
    }
    say(&tally.to_string());
    assert_eq!(tally.disagreements, 0, "\n{}", tally.shown.join("\n"));
    let share = tally.accepted * 100 / tally.cases().max(1);
    assert!((20..=80).contains(&share), "{share} % are accepted: the values are not near the boundary");
}
