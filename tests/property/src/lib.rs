//! Random contracts, their generated types, and random values near the boundaries of their schemas.
//!
//! `tests/agree.rs` holds three opinions on each value against each other: the decoder of the generated type, the tables
//! that the generated code carries, and the `jsonschema` crate. What is generated depends on three variables of the
//! environment only: `COUNTERPART_PROPERTY_SEED`, `…_SCHEMAS` and `…_VALUES`.
#![allow(mixed_script_confusables, missing_docs, reason = "the contracts are random")]

pub mod random;
#[path = "../../round_trip.rs"]
pub mod round_trip;
pub mod schemas;
pub mod values;

use counterpart_runtime::schema::SchemaRef;
use round_trip::RoundTrip;

/// One contract.
pub struct Group {
    /// The text of the document.
    pub contract: &'static str,
    /// Whether all formats are asserted, not only those with a Rust type.
    pub asserts: bool,
    /// Its component schemas.
    pub cases: &'static [Case],
}

/// One component schema, and so a generated type.
pub struct Case {
    /// The key of the component.
    pub component: &'static str,
    /// The generated decoder and encoder.
    pub run: RoundTrip,
    /// The line of the table.
    pub schema: fn() -> SchemaRef,
}

include!(concat!(env!("OUT_DIR"), "/groups.rs"));
