//! The macros that generated types are mapped to the wire with.
//!
//! The generator writes a type with its documentation and derives; one macro call beside it says how it reads and
//! writes. Every macro implements `Decode`, `Encode` and `Typed`, and with the feature `serde` also
//! `Serialize` and `Deserialize`. `judged` before the schema means that the Rust type alone cannot decide it,
//! so the full schema is asked before the value is decoded.
//!
//! Expansions name everything by absolute path: a contract may well have a schema called `Option`, `String` or `Ok`.
//! They are as small as can be, because a large contract has thousands: what rustc pays for is bodies of functions
//! first, then `?`, closures and values with destructors inside of them. So the work is done by the readers and writers
//! that they call.

use std::fmt;
use std::sync::OnceLock;

use crate::decode::{Encode, Rejection, encode, judge};
use crate::json::Json;
use crate::reader::{Reader, Reject};
use crate::schema::SchemaRef;
use crate::violation::Violation;

mod debug;
mod enums;
mod newtype;
mod object;
mod union;

pub use debug::debug;

/// A branch of a union: its schema, and how it is read.
#[doc(hidden)]
pub type Branch<T> = (SchemaRef, fn(&mut Reader<'_>) -> Result<T, Reject>);

/// Reads the first branch whose schema accepts the value; no other may where `exactly_one` is set.
#[doc(hidden)]
pub fn choose<T>(reader: &mut Reader<'_>, exactly_one: bool, branches: &[Branch<T>]) -> Result<T, Reject> {
    let schemas: Vec<SchemaRef> = branches.iter().map(|(schema, _)| *schema).collect();
    let chosen = reader.choose(&schemas, exactly_one)?;
    let (_, read) = branches.get(chosen).ok_or(Reject)?;
    reader.trusting(read)
}

/// Whether a value built by hand satisfies its schema; if not, why.
#[doc(hidden)]
pub fn admit<T: Encode>(value: &T, schema: SchemaRef) -> Result<(), Rejection> {
    match encode(value) {
        Ok(bytes) => judge(&bytes, schema),
        Err(error) => Err(Rejection::Invalid(vec![Violation::new("", "representation", error.to_string())])),
    }
}

/// The variant that has the name, of which there is one for each.
#[doc(hidden)]
pub fn named<T: Clone>(variants: &[T], names: &[&str], text: &str) -> Result<T, UnknownValue> {
    match variants.get(position(names, text)) {
        Some(variant) => Ok(variant.clone()),
        None => Err(UnknownValue),
    }
}

/// Where a text is; behind the last where it is not. Not generic: rustc makes it once, not for each enumeration.
fn position(names: &[&str], text: &str) -> usize {
    names.iter().position(|name| *name == text).unwrap_or(names.len())
}

/// The values of an enumeration of JSON literals.
#[doc(hidden)]
#[derive(Debug)]
pub struct Literals {
    lexemes: &'static [&'static str],
    values: OnceLock<Vec<Option<Json>>>,
}

impl Literals {
    /// The values, as JSON text.
    pub const fn new(lexemes: &'static [&'static str]) -> Self {
        Self { lexemes, values: OnceLock::new() }
    }

    /// Which of the variants it is, by the equality of JSON Schema.
    pub fn find<T: Clone>(&self, variants: &[T], value: &Json) -> Result<T, UnknownValue> {
        let found = self.position(value).and_then(|position| variants.get(position));
        found.cloned().ok_or(UnknownValue)
    }

    fn position(&self, value: &Json) -> Option<usize> {
        let read = |lexeme: &&str| Json::parse(lexeme.as_bytes()).ok();
        let values = self.values.get_or_init(|| self.lexemes.iter().map(read).collect());
        values.iter().position(|known| known.as_ref() == Some(value))
    }
}

/// A text or value that is not one of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the values of the enumeration")
    }
}

impl std::error::Error for UnknownValue {}

/// What all forms share: the decoder, the schema, and perhaps serde's traits.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed {
    ([judged] $name:ident, $schema:expr, |$reader:ident| $body:expr) => {
        $crate::__typed! { [] $name, $schema, |$reader| $reader.judged($schema, |$reader| $body) }
    };
    ([] $name:ident, $schema:expr, |$reader:ident| $body:expr) => {
        impl $crate::Decode for $name {
            // A contract may well name a member `foo`.
            #[allow(clippy::disallowed_names)]
            fn decode($reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                $body
            }
        }

        impl $crate::Typed for $name {
            fn schema() -> $crate::SchemaRef {
                $schema
            }
        }

        $crate::__serde! { $name }
    };
}

/// serde's traits, of which there are none without the feature.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {};
}

/// serde's traits.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde_support::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde_support::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests;
