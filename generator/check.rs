//! Rules about the whole contract, one file each: what the standard forbids, and what is legal but never meant.

mod callbacks;
mod composition;
mod cycles;
mod discriminators;
mod enums;
mod fields;
mod infinite;
mod links;
mod operation_ids;
mod operations;
mod parameters;
mod paths;
mod patterns;
mod ranges;
mod shape;

pub use patterns::forget_invalid as forget_invalid_patterns;

use crate::contract::{Contract, Operation, Schema, SchemaId};
use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::source::{Sources, Span};

/// Checks a contract; findings go to `diagnostics`.
pub fn contract(contract: &Contract, sources: &Sources, options: &Options, diagnostics: &mut Diagnostics) {
    let mut check = Check { contract, sources, options, diagnostics };
    operation_ids::check(&mut check);
    links::check(&mut check);
    paths::check(&mut check);
    parameters::check(&mut check);
    operations::check(&mut check);
    callbacks::check(&mut check);
    fields::check(&mut check);
    ranges::check(&mut check);
    patterns::check(&mut check);
    enums::check(&mut check);
    cycles::check(&mut check);
    infinite::check(&mut check);
    composition::check(&mut check);
    discriminators::check(&mut check);
}

/// What a rule works with.
struct Check<'a> {
    contract: &'a Contract<'a>,
    sources: &'a Sources,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Check<'a> {
    /// All operations: of paths and webhooks, and those of their callbacks.
    fn operations(&self) -> Vec<&'a Operation> {
        let mut waiting: Vec<&'a Operation> = Vec::new();
        let mut all = Vec::new();
        for operation in self.contract.operations.iter().chain(&self.contract.webhooks) {
            waiting.push(operation);
            while let Some(operation) = waiting.pop() {
                all.push(operation);
                waiting.extend(operation.callbacks.iter().flat_map(|callback| &callback.operations));
            }
        }
        all
    }

    /// All schemas in the order they were met, but for those that nothing is said about.
    fn schemas(&self) -> impl Iterator<Item = (SchemaId, &'a Schema<'a>)> + use<'a> {
        self.contract.told()
    }

    /// Where a field of an object stands, key and value.
    fn keyword_at(&self, object: Span, name: &str) -> Span {
        self.sources.member(object, name)
    }

    /// Where a keyword of a schema stands, key and value.
    fn keyword(&self, schema: &Schema, name: &str) -> Span {
        self.sources.member(schema.at, name)
    }
}

#[cfg(test)]
mod tests;
