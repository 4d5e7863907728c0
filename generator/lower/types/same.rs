//! Which schemas say the same: they share a line of the schema table. Titles, descriptions and examples say nothing.

use std::collections::BTreeMap;

use super::{
    Target, tables,
    usage::{self, Reach},
};
use crate::{
    contract::{Contract, SchemaBody, SchemaId},
    options::Options,
};

/// For each schema the first one that says the same.
#[derive(Debug, Default)]
pub(super) struct Same {
    first: Vec<Option<SchemaId>>,
}

impl Same {
    /// Compares all schemas, those below before those above.
    pub fn of(contract: &Contract, options: &Options, reach: &Reach) -> Self {
        let same = Self { first: vec![None; contract.schemas.len()] };
        let mut finder = Finder { contract, options, reach, same, known: BTreeMap::new() };
        for (id, _) in contract.schemas.iter() {
            finder.visit(id);
        }
        finder.same
    }

    /// The schema that stands for this one.
    pub fn first(&self, id: SchemaId) -> SchemaId {
        self.first.get(id.0 as usize).copied().flatten().unwrap_or(id)
    }

    /// The target that stands for this one.
    pub fn target(&self, target: &Target) -> Target {
        Target::all(target.ids.iter().map(|id| self.first(*id)).collect(), target.only.clone())
    }
}

struct Finder<'a> {
    contract: &'a Contract<'a>,
    options: &'a Options,
    reach: &'a Reach,
    same: Same,
    /// What a schema says, and which was the first to say it.
    known: BTreeMap<Statement, SchemaId>,
}

/// Its line, with the schemas below it by number, and what lines leave out: whether it is for responses only, and
/// whether it is a file in forms.
type Statement = (String, bool, bool);

impl Finder<'_> {
    fn visit(&mut self, id: SchemaId) {
        if self.same.first.get(id.0 as usize).is_none_or(Option::is_some) {
            return;
        }
        let first = match &self.contract.schemas.get(id).body {
            // What an anchor means depends on the resource, so each is one of a kind.
            SchemaBody::Object(keywords) if keywords.resource.is_some() => id,
            SchemaBody::Bool(_) => self.settle(id, (false, false)),
            SchemaBody::Object(keywords) => {
                usage::inside(keywords).for_each(|below| self.visit(below));
                self.settle(id, (keywords.read_only, usage::is_binary(keywords)))
            }
        };
        if let Some(slot) = self.same.first.get_mut(id.0 as usize) {
            *slot = Some(first);
        }
    }

    fn settle(&mut self, id: SchemaId, (read_only, binary): (bool, bool)) -> SchemaId {
        let line = tables::statement(self.contract, self.options, self.reach, &self.same, id);
        *self.known.entry((line, read_only, binary)).or_insert(id)
    }
}
