//! The lines of `operations.jsonl`, each read when it is first needed.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Operation;
use crate::json::Json;

/// The operations of a contract by the names that generated code has for them: `["listOrders",{…}]`.
pub(crate) struct Operations(HashMap<&'static str, Line>);

struct Line {
    json: &'static str,
    /// Nothing where it cannot be read.
    operation: OnceLock<Option<Box<Operation>>>,
}

impl Operations {
    /// Finds the lines of a table.
    pub(crate) fn new(table: &'static str) -> Self {
        Self(table.lines().filter_map(named).collect())
    }

    /// The operation of that name.
    pub(crate) fn get(&'static self, name: &str) -> Option<&'static Operation> {
        let Line { json, operation } = self.0.get(name)?;
        let read = || Some(Box::new(Operation::from_json(&Json::parse(json.as_bytes()).ok()?).ok()?));
        operation.get_or_init(read).as_deref()
    }
}

/// A line, and the name before it.
fn named(line: &'static str) -> Option<(&'static str, Line)> {
    let (name, json) = line.trim_end().strip_prefix("[\"")?.strip_suffix(']')?.split_once("\",")?;
    Some((name, Line { json, operation: OnceLock::new() }))
}
