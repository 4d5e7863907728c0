//! JSON Schema 2020-12 as data: the tables that generated code carries, and the judge that walks them.
//!
//! A table has one schema a line in compact JSON, `["Pet",{…}]` where Rust refers to it, by that name. It differs from a
//! schema document in this: `$ref` is the number of another line; `$dynamicRef` is `{"anchor": …, "root": line}`; `$resource` maps the dynamic anchors of a schema
//! resource to lines and stands where evaluation enters the resource; identifiers and annotations are gone.

mod budget;
mod compile;
mod leaf;
mod message;
mod nearest;
mod node;
mod report;
mod tables;
#[cfg(test)]
mod tests;
mod unevaluated;
mod valid;

use std::fmt;

use crate::{Json, Violation};

pub use tables::{Contract, Tables};

/// Bounds of one judgement, so that no value can make it long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many violations are listed at most.
    pub violations: usize,
    /// How many schemas may be nested in each other on the way to a value.
    pub depth: u32,
    /// How many steps are taken at most for the value as a whole.
    pub work: u64,
    /// How many more are taken for each part of the value.
    pub work_per_part: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { violations: 100, depth: 1000, work: 1_000_000, work_per_part: 200 }
    }
}

/// A root schema of a contract, or one of those that every contract has.
#[derive(Clone, Copy)]
pub struct SchemaRef {
    contract: Option<&'static Contract>,
    root: Root,
}

/// What a root schema is called by: generated code has names, which stay when lines come and go, tables have numbers.
#[derive(Clone, Copy, Debug)]
enum Root {
    Line(u32),
    Name(&'static str),
}

impl SchemaRef {
    /// Accepts every value.
    pub const ANY: Self = Self::built_in(0);
    /// Accepts strings.
    pub const STRING: Self = Self::built_in(1);
    /// Accepts booleans.
    pub const BOOLEAN: Self = Self::built_in(2);
    /// Accepts numbers.
    pub const NUMBER: Self = Self::built_in(3);
    /// Accepts integers.
    pub const INTEGER: Self = Self::built_in(4);
    /// Accepts `null`.
    pub const NULL: Self = Self::built_in(5);
    /// Accepts arrays.
    pub const ARRAY: Self = Self::built_in(6);
    /// Accepts objects.
    pub const OBJECT: Self = Self::built_in(7);
    /// Accepts integers of the range of `i8`.
    pub const INT8: Self = Self::built_in(8);
    /// Accepts integers of the range of `i16`.
    pub const INT16: Self = Self::built_in(9);
    /// Accepts integers of the range of `i32`.
    pub const INT32: Self = Self::built_in(10);
    /// Accepts integers of the range of `i64`.
    pub const INT64: Self = Self::built_in(11);
    /// Accepts integers of the range of `u8`.
    pub const UINT8: Self = Self::built_in(12);
    /// Accepts integers of the range of `u16`.
    pub const UINT16: Self = Self::built_in(13);
    /// Accepts integers of the range of `u32`.
    pub const UINT32: Self = Self::built_in(14);
    /// Accepts integers of the range of `u64`.
    pub const UINT64: Self = Self::built_in(15);
    /// Accepts numbers that a finite `f32` is near to.
    pub const FLOAT: Self = Self::built_in(16);
    /// Accepts numbers that a finite `f64` is near to.
    pub const DOUBLE: Self = Self::built_in(17);
    /// Accepts strings of the format `date-time`.
    pub const DATE_TIME: Self = Self::built_in(18);
    /// Accepts strings of the format `date`.
    pub const DATE: Self = Self::built_in(19);
    /// Accepts strings of the format `time`.
    pub const TIME: Self = Self::built_in(20);
    /// Accepts strings of the format `uuid`.
    pub const UUID: Self = Self::built_in(21);
    /// Accepts strings of the format `byte`.
    pub const BYTE: Self = Self::built_in(22);

    const fn built_in(index: u32) -> Self {
        Self { contract: None, root: Root::Line(index) }
    }

    pub(super) const fn of(contract: &'static Contract, index: u32) -> Self {
        Self { contract: Some(contract), root: Root::Line(index) }
    }

    pub(super) const fn named(contract: &'static Contract, name: &'static str) -> Self {
        Self { contract: Some(contract), root: Root::Name(name) }
    }

    pub(crate) fn line(self) -> u32 {
        match self.root {
            Root::Line(index) => index,
            Root::Name(name) => self.tables().named(name),
        }
    }

    pub(crate) fn tables(self) -> &'static Tables {
        self.contract.unwrap_or(&tables::BUILT_IN).tables()
    }

    /// Whether the schema accepts the value. Stops at the first reason to say no.
    pub fn is_valid(self, value: &Json) -> bool {
        self.tables().is_valid(self.line(), value)
    }

    /// Everything that the schema has against the value; empty for a valid value.
    pub fn evaluate(self, value: &Json, limits: &Limits) -> Vec<Violation> {
        self.tables().evaluate(self.line(), value, limits)
    }
}

impl fmt::Debug for SchemaRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.contract.is_some() { "contract" } else { "built-in" };
        write!(f, "SchemaRef({kind} {:?})", self.root)
    }
}
