//! The JSON-Schema-Test-Suite as generated types, and a table that leads from each case to its type.
#![allow(mixed_script_confusables, reason = "the suite has members in several scripts")]

#[path = "../../round_trip.rs"]
pub mod round_trip;

use round_trip::RoundTrip;

/// One case of the suite: a schema, and so a generated type.
pub struct Case {
    /// The file below the folder of tests.
    pub file: &'static str,
    /// Which case of the file it is.
    pub index: usize,
    /// The generated type.
    pub name: &'static str,
    /// Decodes and encodes again.
    pub run: RoundTrip,
}

include!(concat!(env!("OUT_DIR"), "/cases.rs"));
