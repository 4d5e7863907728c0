//! The values of a contract, and the schemas that they are for.

use std::collections::BTreeSet;

use crate::contract::{Contract, MediaType, Operation, Parameter, ParameterKind, SchemaId};
use crate::ir::Usage;
use crate::source::{Node, NodeId, Sources, Span};

/// A value and what it has to fit.
#[derive(Debug)]
pub struct Value<'s> {
    /// What it is.
    pub kind: Kind,
    /// The value itself.
    pub node: Node<'s>,
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
pub fn all<'s>(contract: &Contract, sources: &'s Sources) -> Vec<Value<'s>> {
    let mut found = Found { sources, values: Vec::new(), seen: BTreeSet::new() };
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

struct Found<'s> {
    sources: &'s Sources,
    values: Vec<Value<'s>>,
    seen: BTreeSet<(Span, SchemaId, &'static [Usage])>,
}

impl Found<'_> {
    fn schemas(&mut self, contract: &Contract) {
        for (schema, node) in contract.told() {
            let Some(keywords) = node.keywords() else { continue };
            let default = keywords.default.iter().map(|id| (Kind::Default, id));
            let examples = keywords.examples.iter().map(|id| (Kind::Example, id));
            for (kind, id) in default.chain(examples) {
                self.add(kind, *id, schema, ANY, false);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
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

    fn parameter(&mut self, parameter: &Parameter) {
        match &parameter.kind {
            ParameterKind::Schema { schema, .. } => {
                self.examples(&parameter.examples, *schema, &[Usage::Request], true);
            }
            ParameterKind::Content(media) => self.media(media, &[Usage::Request]),
        }
    }

    fn media(&mut self, media: &MediaType, usages: &'static [Usage]) {
        // The examples of sequential media types show the text of several items.
        let Some(schema) = media.schema.filter(|_| media.item_schema.is_none()) else { return };
        let name = media.name.to_ascii_lowercase();
        let essence = name.split(';').next().unwrap_or_default().trim();
        let usages: &'static [Usage] = match (essence.starts_with("multipart/"), usages) {
            (true, [Usage::Response]) => &[Usage::MultipartResponse],
            (true, _) => &[Usage::Multipart],
            (false, usages) => usages,
        };
        let json = essence.ends_with("/json") || essence.ends_with("+json");
        self.examples(&media.examples, schema, usages, !json);
    }

    fn examples(
        &mut self,
        examples: &[NodeId],
        schema: SchemaId,
        usages: &'static [Usage],
        may_be_text: bool,
    ) {
        for id in examples {
            self.add(Kind::Example, *id, schema, usages, may_be_text);
        }
    }

    fn add(&mut self, kind: Kind, id: NodeId, schema: SchemaId, usages: &'static [Usage], may_be_text: bool) {
        let Some(node) = self.sources.node(id) else { return };
        if self.seen.insert((node.span(), schema, usages)) {
            self.values.push(Value { kind, node, schema, usages, may_be_text });
        }
    }
}
