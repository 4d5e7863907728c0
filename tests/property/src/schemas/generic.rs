//! Schemas with a hole: a `$dynamicRef`, which means what the outermost resource says.

use counterpart_runtime::{Json, Map};

use super::{Schemas, component, object};

/// Where resources are.
const BASE: &str = "https://random.example/";
/// The anchor of what fills the hole.
const ANCHOR: &str = "T";

impl Schemas<'_> {
    /// A schema that holds what a `$dynamicRef` means: an object, a list or a map of it.
    pub(super) fn hollow(&mut self) -> Json {
        let hole = object([("$dynamicRef", format!("#{ANCHOR}").into())]);
        let list = object([("type", "array".into()), ("items", hole.clone())]);
        let schema = match self.random.below(4) {
            0 => list,
            1 => object([("type", "object".into()), ("additionalProperties", hole)]),
            2 => {
                let members = object([("tags", list), ("value", hole)]);
                object([
                    ("type", "object".into()),
                    ("properties", members),
                    ("required", ["value"].into_iter().collect()),
                ])
            }
            _ => {
                let shut = self.random.percent(50);
                let members = object([("name", self.part()), ("value", hole)]);
                object([("properties", members), ("unevaluatedProperties", (!shut).into())])
            }
        };
        self.resource(schema, Json::Object(Map::new()))
    }

    /// The schema before this one, with the hole filled.
    pub(super) fn filled(&mut self) -> Json {
        let filling = self.part();
        let schema = object([("$ref", component(self.at.saturating_sub(1)).into())]);
        self.resource(schema, filling)
    }

    /// A schema that refers to nothing.
    fn part(&mut self) -> Json {
        self.alone = true;
        let part = self.needed(1);
        self.alone = false;
        part
    }

    fn resource(&mut self, schema: Json, filling: Json) -> Json {
        let anchor = [("$dynamicAnchor".to_owned(), ANCHOR.into())];
        let filling = match filling {
            Json::Object(members) => members,
            other => Map::from_iter([("allOf".to_owned(), Json::Array(vec![other]))]),
        };
        let filling = Json::Object(anchor.into_iter().chain(filling).collect());
        let head = [
            ("$id".to_owned(), format!("{BASE}{}", component(self.at)).into()),
            ("$defs".to_owned(), object([("filling", filling)])),
        ];
        let members = schema.as_object().cloned().unwrap_or_default();
        Json::Object(head.into_iter().chain(members).collect())
    }
}
