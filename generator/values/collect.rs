//! The values of a contract, and the schemas that they are for.

use std::collections::BTreeSet;

use counterpart_runtime::Json;

use crate::contract::{Contract, MediaType, Operation, Parameter, ParameterKind, SchemaId};
use crate::ir::Usage;
use crate::source::Span;

/// A value and what it has to fit.
#[derive(Debug)]
pub struct Value<'c> {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub at: Span,
    /// The value itself.
    pub json: &'c Json,
    /// What it is a value of.
    pub schema: SchemaId,
    /// It fits if it does in one of these.
    pub usages: &'static [Usage],
    /// A string may show how the value is written instead of what it is.
    pub may_be_text: bool,
}

/// Why a value is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `default`.
    Default,
    /// `example`, or one of `examples`.
    Example,
}

/// A value of a schema may be meant for either direction.
const ANY: &[Usage] = &[Usage::Whole, Usage::Request, Usage::Response];

/// Every default and example, each place once.
pub fn all(contract: &Contract) -> Vec<Value<'_>> {
    let mut found = Found { values: Vec::new(), seen: BTreeSet::new() };
    found.schemas(contract);
    for operation in contract.operations.iter().chain(&contract.webhooks).chain(&contract.spare.operations) {
        found.operation(operation);
    }
    let spare = &contract.spare;
    spare.parameters.iter().for_each(|parameter| found.parameter(parameter));
    let requests = spare.request_bodies.iter().flat_map(|body| &body.content);
    requests.for_each(|media| found.media(media, &[Usage::Request]));
    let responses = spare.responses.iter().flat_map(|response| &response.content);
    responses.for_each(|media| found.media(media, &[Usage::Response]));
    spare.media_types.iter().for_each(|media| found.media(media, ANY));
    found.values
}

struct Found<'c> {
    values: Vec<Value<'c>>,
    seen: BTreeSet<(Span, SchemaId, &'static [Usage])>,
}

impl<'c> Found<'c> {
    fn schemas(&mut self, contract: &'c Contract) {
        for (schema, node) in contract.schemas.iter() {
            let Some(keywords) = node.keywords() else { continue };
            let default = keywords.default.iter().map(|value| (Kind::Default, value));
            let examples = keywords.examples.iter().map(|value| (Kind::Example, value));
            for (kind, (at, json)) in default.chain(examples) {
                self.add(Value { kind, at: *at, json, schema, usages: ANY, may_be_text: false });
            }
        }
    }

    fn operation(&mut self, operation: &'c Operation) {
        for parameter in &operation.parameters {
            self.parameter(parameter);
        }
        for media in operation.request_body.iter().flat_map(|body| &body.content) {
            self.media(media, &[Usage::Request]);
        }
        for media in operation.responses.iter().flat_map(|response| &response.content) {
            self.media(media, &[Usage::Response]);
        }
        for operation in operation.callbacks.iter().flat_map(|callback| &callback.operations) {
            self.operation(operation);
        }
    }

    fn parameter(&mut self, parameter: &'c Parameter) {
        match &parameter.kind {
            ParameterKind::Schema { schema, .. } => {
                self.examples(&parameter.examples, *schema, &[Usage::Request], true);
            }
            ParameterKind::Content(media) => self.media(media, &[Usage::Request]),
        }
    }

    fn media(&mut self, media: &'c MediaType, usages: &'static [Usage]) {
        // The examples of sequential media types show the text of several items.
        let Some(schema) = media.schema.filter(|_| media.item_schema.is_none()) else { return };
        let name = media.name.to_ascii_lowercase();
        let essence = name.split(';').next().unwrap_or_default().trim();
        let usages = if essence.starts_with("multipart/") { &[Usage::Multipart] } else { usages };
        let json = essence.ends_with("/json") || essence.ends_with("+json");
        self.examples(&media.examples, schema, usages, !json);
    }

    fn examples(
        &mut self,
        examples: &'c [(Span, Json)],
        schema: SchemaId,
        usages: &'static [Usage],
        may_be_text: bool,
    ) {
        for (at, json) in examples {
            self.add(Value { kind: Kind::Example, at: *at, json, schema, usages, may_be_text });
        }
    }

    fn add(&mut self, value: Value<'c>) {
        if self.seen.insert((value.at, value.schema, value.usages)) {
            self.values.push(value);
        }
    }
}
