//! The JSON-Schema-Test-Suite as generated types, and a table that leads from each case to its type.
#![allow(mixed_script_confusables, reason = "the suite has members in several scripts")]

use counterpart_runtime::{Rejection, Typed};

/// One case of the suite: a schema, and so a generated type.
pub struct Case {
    /// The file below the folder of tests.
    pub file: &'static str,
    /// Which case of the file it is.
    pub index: usize,
    /// The generated type.
    pub name: &'static str,
    /// Decodes and encodes again; or why no type was generated.
    pub run: Result<RoundTrip, &'static str>,
}

/// From bytes to bytes, by way of a generated type.
pub type RoundTrip = fn(&[u8]) -> Result<Vec<u8>, Failure>;

/// Why a value did not come back.
#[derive(Debug)]
pub enum Failure {
    /// It was not accepted.
    Decode(Rejection),
    /// It was accepted and could not be written.
    Encode(String),
}

/// Decodes and encodes again.
///
/// # Errors
/// If either fails.
pub fn round_trip<T: Typed>(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let value = counterpart_runtime::decode::<T>(bytes).map_err(Failure::Decode)?;
    counterpart_runtime::encode(&value).map_err(|error| Failure::Encode(error.to_string()))
}

include!(concat!(env!("OUT_DIR"), "/cases.rs"));
