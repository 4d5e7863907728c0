//! JSON Schema 2020-12 as data.

use crate::json::Json;
use crate::reader::Kind;
use crate::violation::Violation;

/// A schema that values are judged by.
#[derive(Clone, Copy, Debug)]
pub struct SchemaRef(Option<Kind>);

/// Bounds of the work of one evaluation.
#[derive(Clone, Debug, Default)]
pub struct Limits {}

impl SchemaRef {
    /// Accepts everything.
    pub const ANY: Self = Self(None);
    /// Accepts `null`.
    pub const NULL: Self = Self(Some(Kind::Null));
    /// Accepts booleans.
    pub const BOOLEAN: Self = Self(Some(Kind::Bool));
    /// Accepts integers.
    pub const INTEGER: Self = Self(Some(Kind::Number));
    /// Accepts numbers.
    pub const NUMBER: Self = Self(Some(Kind::Number));
    /// Accepts strings.
    pub const STRING: Self = Self(Some(Kind::String));

    /// Every violation, as far as the limits allow.
    pub fn evaluate(&self, value: &Json, _: &Limits) -> Vec<Violation> {
        if self.is_valid(value) {
            Vec::new()
        } else {
            vec![Violation::new("", "type", "another type is wanted")]
        }
    }

    /// Whether the value is valid.
    pub fn is_valid(&self, value: &Json) -> bool {
        self.0.is_none_or(|kind| kind == value.kind())
    }
}

/// The tables of a contract.
#[derive(Debug)]
pub struct Contract {}

impl Contract {
    /// The tables as JSON lines.
    pub const fn new(_: &'static str, _: &'static str) -> Self {
        Self {}
    }

    /// A root schema.
    pub const fn schema(&'static self, _: u32) -> SchemaRef {
        SchemaRef::ANY
    }
}
