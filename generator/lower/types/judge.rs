//! Judges values that the contract itself contains as generated code would judge them.

use std::collections::BTreeMap;

use counterpart_runtime::{Json, Limits, Tables, Violation};

use super::{Roots, Target, same::Same, tables, usage::Reach};
use crate::{
    contract::{Contract, SchemaId},
    ir::Usage,
    options::Options,
};

/// The schemas that values are held against, as the lines of a table of their own.
pub struct Judge {
    tables: Tables,
    numbers: BTreeMap<(SchemaId, Usage), u32>,
}

impl Judge {
    /// A judge for these schemas, each in a usage.
    pub fn new(
        contract: &Contract,
        options: &Options,
        wanted: impl IntoIterator<Item = (SchemaId, Usage)>,
    ) -> Self {
        let (reach, mut roots) = (Reach::of(contract, options), Roots::default());
        let mut numbers = BTreeMap::new();
        for (schema, usage) in wanted {
            let target = Target::one(schema);
            let usage_there = reach.normal(&target, usage);
            let number = roots.number(target, usage_there);
            numbers.insert((schema, usage), number);
        }
        let lines = tables::lines(contract, options, &reach, &Same::default(), roots);
        Self { tables: Tables::parse(lines.join("\n")), numbers }
    }

    /// What the schema has against the value; nothing if it was not asked for.
    pub fn violations(&self, schema: SchemaId, usage: Usage, value: &Json) -> Vec<Violation> {
        let Some(number) = self.numbers.get(&(schema, usage)) else { return Vec::new() };
        if self.tables.is_valid(*number, value) {
            return Vec::new();
        }
        self.tables.evaluate(*number, value, &Limits::default())
    }
}
