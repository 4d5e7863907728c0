//! Reading and writing of bodies.

use std::hint::black_box;

use counterpart_runtime::{Typed, decode, encode};
use jsonschema::Validator;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::contest::{Contest, Meter, Side, Way};
use crate::shop::types;
use crate::{by_hand, samples};

/// Every reading and writing of a body.
pub fn contests() -> Vec<Contest> {
    let contest = |name, sides| Contest { name, meter: Meter::Own, sides };
    vec![
        contest("read a body of 0.2 KB", || {
            reading::<types::Order, by_hand::Order>("Order", samples::small())
        }),
        contest("read a body of 3 KB", || {
            reading::<types::Order, by_hand::Order>("Order", samples::medium())
        }),
        contest("read a body of 100 KB", || {
            reading::<types::Order, by_hand::Order>("Order", samples::large())
        }),
        contest("read 2,000 long floats", || {
            reading::<types::Track, by_hand::Track>("Track", samples::track())
        }),
        contest("write a body of 0.2 KB", || {
            writing::<types::Order, by_hand::Order>("Order", samples::small())
        }),
        contest("write a body of 3 KB", || {
            writing::<types::Order, by_hand::Order>("Order", samples::medium())
        }),
        contest("write a body of 100 KB", || {
            writing::<types::Order, by_hand::Order>("Order", samples::large())
        }),
        contest("write 2,000 long floats", || {
            writing::<types::Track, by_hand::Track>("Track", samples::track())
        }),
    ]
}

fn reading<G: Typed, H: DeserializeOwned>(schema: &'static str, body: String) -> Vec<Side> {
    let mut made = None;
    let bodies = [body.clone().into_bytes(), body.clone().into_bytes(), body.into_bytes()];
    let [generated, plain, rivals] = bodies;
    vec![
        Side::new(Way::Generated, move || {
            black_box(decode::<G>(black_box(&generated)).expect("a good body"));
        }),
        Side::new(Way::ByHand, move || {
            black_box(serde_json::from_slice::<H>(black_box(&plain)).expect("a good body"));
        }),
        Side::new(Way::Rivals, move || {
            let validator = made.get_or_insert_with(|| validator(schema));
            let value: Value = serde_json::from_slice(black_box(&rivals)).expect("a good body");
            assert!(validator.is_valid(&value));
            black_box(serde_json::from_value::<H>(value).expect("a good body"));
        }),
    ]
}

fn writing<G: Typed + 'static, H: Serialize + DeserializeOwned + 'static>(
    schema: &'static str,
    body: String,
) -> Vec<Side> {
    let mut made = None;
    let generated: G = decode(body.as_bytes()).expect("a good body");
    let plain: H = serde_json::from_str(&body).expect("a good body");
    let rivals: H = serde_json::from_str(&body).expect("a good body");
    vec![
        Side::new(Way::Generated, move || {
            black_box(encode(black_box(&generated)).expect("a good value"));
        }),
        Side::new(Way::ByHand, move || {
            black_box(serde_json::to_vec(black_box(&plain)).expect("a good value"));
        }),
        Side::new(Way::Rivals, move || {
            let validator = made.get_or_insert_with(|| validator(schema));
            let value = serde_json::to_value(black_box(&rivals)).expect("a good value");
            assert!(validator.is_valid(&value));
            black_box(serde_json::to_vec(&value).expect("a good value"));
        }),
    ]
}

/// A validator for a schema of the contract, formats included. It is made by the side that needs it, once.
fn validator(schema: &str) -> Validator {
    let mut contract: Value = serde_json::from_str(include_str!("../shop.json")).expect("JSON");
    contract["$ref"] = format!("#/components/schemas/{schema}").into();
    jsonschema::options().should_validate_formats(true).build(&contract).expect("a good schema")
}
