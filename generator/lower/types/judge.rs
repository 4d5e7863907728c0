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
    /// How many values were judged since the schemas were forgotten.
    judged: usize,
}

/// After so many values schemas are forgotten: large ones are, all together, larger than the contract.
const MANY: usize = 100;

impl Judge {
    /// A judge for these schemas, each in a usage.
    pub fn new(
        contract: &Contract,
        reach: &Reach,
        options: &Options,
        wanted: impl IntoIterator<Item = (SchemaId, Usage)>,
    ) -> Self {
        let (mut roots, mut numbers) = (Roots::default(), BTreeMap::new());
        for (schema, usage) in wanted {
            let target = Target::one(schema);
            let usage_there = reach.normal(&target, usage);
            let number = roots.number(target, usage_there);
            numbers.insert((schema, usage), number);
        }
        let lines = tables::lines(contract, options, reach, &Same::default(), roots);
        Self { tables: Tables::parse(lines.join("\n")), numbers, judged: 0 }
    }

    /// What the schema has against the value; nothing if it was not asked for.
    pub fn violations(&mut self, schema: SchemaId, usage: Usage, value: &Json) -> Vec<Violation> {
        self.judged += 1;
        if self.judged.is_multiple_of(MANY) {
            self.tables.forget();
        }
        let Some(number) = self.numbers.get(&(schema, usage)) else { return Vec::new() };
        if self.tables.is_valid(*number, value) {
            return Vec::new();
        }
        self.tables.evaluate(*number, value, &Limits::default())
    }
}
