//! From bytes to bytes by way of a generated type, for the test packages that hold generated types to many schemas.

use counterpart_runtime::{Rejection, Typed};

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
