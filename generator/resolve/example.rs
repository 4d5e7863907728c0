//! `example` and `examples` of parameters, headers and media types, with their places.

use super::Resolver;
use super::resources::Place;
use crate::diagnostic::Code;
use crate::source::{Node, NodeId, Value};

const FIELDS: &[&str] = &["summary", "description", "value", "externalValue", "dataValue", "serializedValue"];

/// Fields that cannot stand beside `value` (OAS 3.1.2 and 3.2.0, Example Object).
const OTHER_FORMS: &[&str] = &["externalValue", "dataValue", "serializedValue"];

impl<'a> Resolver<'a> {
    /// The examples of an object.
    pub(super) fn examples(&mut self, place: Place<'a>) -> Vec<NodeId> {
        let mut examples = Vec::new();
        let single = place.node.member("example");
        if let Some(example) = single {
            examples.push(example.value.id());
        }
        let Some(map) = place.node.member("examples") else {
            return examples;
        };
        if let Some(single) = single {
            self.diagnostics
                .error(
                    Code::EXAMPLE_AND_EXAMPLES,
                    map.name_span,
                    "`examples` beside `example`; they exclude each other",
                )
                .label(single.name_span, "`example` is here")
                .help("keep one of the two");
        }
        if let Value::Array(items) = map.value.value() {
            self.mended(
                map.value.span(),
                "`examples` is an array here; outside of schemas it is a map".to_owned(),
            );
            examples.extend(items.map(Node::id));
            return examples;
        }
        for entry in self.entries(place.with(map.value), "`examples`") {
            if entry.name.starts_with("x-") {
                continue;
            }
            examples.extend(self.example(entry.place));
        }
        examples
    }

    /// The value of one example object, if it is written in it.
    pub(super) fn example(&mut self, place: Place<'a>) -> Option<NodeId> {
        let node = self.follow_idle(place, "an example")?.place.node;
        let Value::Object(_) = node.value() else {
            self.mended(node.span(), "an example object is expected; the value itself is read".to_owned());
            return Some(node.id());
        };
        self.known_fields(node, "an example", FIELDS);
        let value = node.member("value");
        let other = OTHER_FORMS.iter().find_map(|name| node.member(name));
        if let (Some(value), Some(other)) = (value, other) {
            let message = format!("`{}` beside `value`; they exclude each other", other.name);
            self.diagnostics
                .error(Code::EXAMPLE_AND_EXAMPLES, other.name_span, message)
                .label(value.name_span, "`value` is here")
                .help("keep one of the two");
        }
        let value = value.or_else(|| node.member("dataValue"))?;
        Some(value.value.id())
    }
}
