//! `example` and `examples` of parameters, headers and media types, with their places.

use counterpart_runtime::Json;

use super::Resolver;
use super::resources::Place;
use crate::diagnostic::Code;
use crate::source::{Span, Value};

const FIELDS: &[&str] = &["summary", "description", "value", "externalValue", "dataValue", "serializedValue"];

impl<'a> Resolver<'a> {
    /// The examples of an object.
    pub(super) fn examples(&mut self, place: Place<'a>) -> Vec<(Span, Json)> {
        let mut examples = Vec::new();
        let single = place.node.member("example");
        if let Some(example) = single {
            examples.push((example.value.span, example.value.to_json()));
        }
        let Some(map) = place.node.member("examples") else {
            return examples;
        };
        if let Some(single) = single {
            self.diagnostics
                .warning(
                    Code::EXAMPLE_AND_EXAMPLES,
                    map.name_span,
                    "`examples` beside `example`; they exclude each other",
                )
                .label(single.name_span, "`example` is here");
        }
        if let Value::Array(items) = &map.value.value {
            self.mended(
                map.value.span,
                "`examples` is an array here; outside of schemas it is a map".to_owned(),
            );
            examples.extend(items.iter().map(|item| (item.span, item.to_json())));
            return examples;
        }
        for entry in self.entries(place.with(&map.value), "`examples`") {
            if entry.name.starts_with("x-") {
                continue;
            }
            let Some(followed) = self.follow(entry.place, "an example") else {
                continue;
            };
            let node = followed.place.node;
            let Value::Object(_) = &node.value else {
                self.mended(node.span, "an example object is expected; the value itself is read".to_owned());
                examples.push((node.span, node.to_json()));
                continue;
            };
            self.known_fields(node, "an example", FIELDS);
            if let Some(value) = node.get("value").or_else(|| node.get("dataValue")) {
                examples.push((value.span, value.to_json()));
            }
        }
        examples
    }
}
