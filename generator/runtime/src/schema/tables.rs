//! The lines of a table, each compiled when it is first needed.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use super::node::Schema;
use super::valid::Judge;
use super::{Limits, SchemaRef, compile, report};
use crate::operation::{Operation, Operations};
use crate::{Json, Violation};

/// The tables of one contract, as generated code has them.
pub struct Contract {
    schemas: &'static str,
    operations: &'static str,
    tables: OnceLock<Tables>,
    calls: OnceLock<Operations>,
}

impl Contract {
    /// A contract from the texts of `schemas.jsonl` and `operations.jsonl`. Nothing is read before it is needed.
    pub const fn new(schemas: &'static str, operations: &'static str) -> Self {
        Self { schemas, operations, tables: OnceLock::new(), calls: OnceLock::new() }
    }

    /// The root schema of that name.
    pub const fn schema(&'static self, name: &'static str) -> SchemaRef {
        SchemaRef::named(self, name)
    }

    /// The root schema of that line.
    pub(crate) const fn line(&'static self, index: u32) -> SchemaRef {
        SchemaRef::of(self, index)
    }

    /// The operation of that name.
    pub fn operation(&'static self, name: &str) -> Option<&'static Operation> {
        self.calls.get_or_init(|| Operations::new(self.operations)).get(name)
    }

    pub(super) fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| Tables::new(Cow::Borrowed(self.schemas)))
    }
}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contract")
    }
}

/// What [`SchemaRef`] has constants for, in their order.
pub(super) static BUILT_IN: Contract = Contract::new(
    r#"true
{"type":"string"}
{"type":"boolean"}
{"type":"number"}
{"type":"integer"}
{"type":"null"}
{"type":"array"}
{"type":"object"}
{"type":"integer","format":"int8"}
{"type":"integer","format":"int16"}
{"type":"integer","format":"int32"}
{"type":"integer","format":"int64"}
{"type":"integer","format":"uint8"}
{"type":"integer","format":"uint16"}
{"type":"integer","format":"uint32"}
{"type":"integer","format":"uint64"}
{"type":"number","format":"float"}
{"type":"number","format":"double"}
{"type":"string","format":"date-time"}
{"type":"string","format":"date"}
{"type":"string","format":"time"}
{"type":"string","format":"uuid"}
{"type":"string","format":"byte"}"#,
    "",
);

/// Root schemas that can refer to each other.
pub struct Tables {
    text: Cow<'static, str>,
    lines: Vec<Line>,
    /// Where each name stands, and the line that it is for; in the order of the names.
    names: Vec<(Range<usize>, u32)>,
}

struct Line {
    /// Where its schema stands.
    schema: Range<usize>,
    root: OnceLock<Schema>,
    #[cfg(feature = "xml")]
    json: OnceLock<Option<Json>>,
}

impl Tables {
    /// Tables from the text of a `schemas.jsonl`.
    pub fn parse(text: String) -> Self {
        Self::new(Cow::Owned(text))
    }

    fn new(text: Cow<'static, str>) -> Self {
        let (mut start, mut lines, mut names) = (0, Vec::new(), Vec::new());
        for (line, index) in text.split_inclusive('\n').zip(0..) {
            let schema = schema_in(line, |name| names.push((start + name.start..start + name.end, index)));
            lines.push(Line {
                schema: start + schema.start..start + schema.end,
                root: OnceLock::new(),
                #[cfg(feature = "xml")]
                json: OnceLock::new(),
            });
            start += line.len();
        }
        names.sort_unstable_by_key(|(name, _)| text.get(name.clone()));
        Self { text, lines, names }
    }

    /// The line of a name; one that there is not if nothing has the name.
    pub(super) fn named(&self, name: &str) -> u32 {
        let found = self.names.binary_search_by(|(at, _)| self.text.get(at.clone()).cmp(&Some(name)));
        let known = found.ok().and_then(|at| self.names.get(at));
        known.map_or(u32::MAX, |(_, line)| *line)
    }

    /// Frees what was made of the lines so far; it is made again where it is needed again.
    pub fn forget(&mut self) {
        for line in &mut self.lines {
            line.root = OnceLock::new();
        }
    }

    /// How many root schemas there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a root schema accepts a value.
    pub fn is_valid(&self, index: u32, value: &Json) -> bool {
        Judge::new(self, value, &Limits::default()).accepts(self.root(index), value)
    }

    /// Everything that a root schema has against a value.
    pub fn evaluate(&self, index: u32, value: &Json, limits: &Limits) -> Vec<Violation> {
        report::evaluate(self, self.root(index), value, limits)
    }

    /// What is wrong with a line itself, if anything is: such a line accepts nothing.
    pub fn defect(&self, index: u32) -> Option<String> {
        self.root(index).defect().map(str::to_owned)
    }

    fn text_of(&self, line: &Line) -> &str {
        self.text.get(line.schema.clone()).unwrap_or_default()
    }

    /// A line as it is written; `None` if there is no such line.
    #[cfg(feature = "xml")]
    pub(crate) fn line(&self, index: u32) -> Option<&Json> {
        let line = self.lines.get(index as usize)?;
        line.json.get_or_init(|| Json::parse(self.text_of(line).as_bytes()).ok()).as_ref()
    }

    pub(super) fn root(&self, index: u32) -> &Schema {
        static MISSING: Schema = Schema::Broken(Cow::Borrowed("there is no such line"));
        let Some(line) = self.lines.get(index as usize) else { return &MISSING };
        line.root.get_or_init(|| match Json::parse(self.text_of(line).as_bytes()) {
            Ok(json) => compile::compile(&json),
            Err(malformed) => Schema::Broken(Cow::Owned(malformed.to_string())),
        })
    }
}

/// Where the schema of a line stands, which may have names before it: `["Pet","Cat",{"type":"object"}]`.
fn schema_in(line: &str, mut named: impl FnMut(Range<usize>)) -> Range<usize> {
    let line = line.trim_end();
    let Some(inner) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) else {
        return 0..line.len();
    };
    let mut schema = inner;
    while let Some((name, rest)) = schema.strip_prefix('"').and_then(|rest| rest.split_once("\",")) {
        let start = line.len() - schema.len();
        named(start..start + name.len());
        schema = rest;
    }
    line.len() - 1 - schema.len()..line.len() - 1
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tables({} lines)", self.lines.len())
    }
}
