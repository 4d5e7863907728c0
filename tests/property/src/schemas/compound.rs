//! Objects, maps and arrays.

use counterpart_runtime::{Json, Map};

use super::{MEMBERS, Schemas, object};

/// For `patternProperties` and `propertyNames`.
const NAME_PATTERNS: &[&str] = &["^x-", "^[a-z]+$", "a", "^\\d"];

impl Schemas<'_> {
    /// An object with declared members.
    pub(super) fn structure(&mut self, depth: u32) -> Json {
        let mut schema = Map::new();
        if self.random.percent(88) {
            schema.insert("type".to_owned(), "object".into());
        }
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for name in MEMBERS {
            if !self.random.percent(28) {
                continue;
            }
            let needed = self.random.percent(40);
            let value = if needed { self.needed(depth) } else { self.optional(depth) };
            properties.insert((*name).to_owned(), value);
            if needed {
                required.push(*name);
            }
        }
        if self.random.percent(4) {
            required.push("undeclared");
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Json::Object(properties));
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into_iter().collect());
        }
        self.others(&mut schema, depth);
        if self.random.percent(20) {
            self.rarely(&mut schema, depth);
        }
        self.nullable(Json::Object(schema))
    }

    /// What undeclared members may be.
    fn others(&mut self, schema: &mut Map<Json>, depth: u32) {
        let others = match self.random.below(100) {
            0..25 => Json::Bool(false),
            25..28 => Json::Bool(true),
            28..34 => self.optional(depth),
            _ => return,
        };
        schema.insert("additionalProperties".to_owned(), others);
    }

    /// The keywords of objects that few contracts use.
    fn rarely(&mut self, schema: &mut Map<Json>, depth: u32) {
        match self.random.below(7) {
            0 => self.counts(schema, "minProperties", "maxProperties"),
            1 => {
                let pattern = (*self.random.pick(NAME_PATTERNS).unwrap_or(&"")).to_owned();
                let entry = Map::from_iter([(pattern, self.optional(depth))]);
                schema.insert("patternProperties".to_owned(), Json::Object(entry));
            }
            2 => {
                let names = match self.random.below(3) {
                    0 => object([("maxLength", 4.into())]),
                    1 => object([("enum", self.random.some(MEMBERS, 60).into_iter().collect())]),
                    _ => object([("pattern", (*self.random.pick(NAME_PATTERNS).unwrap_or(&"")).into())]),
                };
                let names =
                    if names.get("enum").and_then(Json::as_array) == Some(&[]) { true.into() } else { names };
                schema.insert("propertyNames".to_owned(), names);
            }
            3 => {
                let needed = self.random.some(MEMBERS, 15).into_iter().collect();
                let name = *self.random.pick(MEMBERS).unwrap_or(&"");
                schema.insert("dependentRequired".to_owned(), object([(name, needed)]));
            }
            4 => {
                let name = *self.random.pick(MEMBERS).unwrap_or(&"");
                let dependent = self.needed(depth.min(1));
                schema.insert("dependentSchemas".to_owned(), object([(name, dependent)]));
            }
            5 => {
                let rest = if self.random.percent(60) { false.into() } else { self.optional(depth) };
                schema.insert("unevaluatedProperties".to_owned(), rest);
            }
            _ => self.conditions(schema, depth),
        }
    }

    pub(super) fn map(&mut self, depth: u32) -> Json {
        let mut schema = Map::from_iter([("type".to_owned(), "object".into())]);
        if self.random.percent(70) {
            schema.insert("additionalProperties".to_owned(), self.optional(depth));
        }
        if self.random.percent(10) {
            schema.insert("maxProperties".to_owned(), self.random.below(4).into());
        }
        if self.random.percent(10) {
            let pattern = *self.random.pick(NAME_PATTERNS).unwrap_or(&"");
            schema.insert("propertyNames".to_owned(), object([("pattern", pattern.into())]));
        }
        self.nullable(Json::Object(schema))
    }

    pub(super) fn array(&mut self, depth: u32) -> Json {
        let mut schema = Map::new();
        if self.random.percent(95) {
            schema.insert("type".to_owned(), "array".into());
        }
        if self.random.percent(10) {
            let first = self.random.below(3);
            let items: Vec<Json> = (0..=first).map(|_| self.needed(depth)).collect();
            schema.insert("prefixItems".to_owned(), Json::Array(items));
            if self.random.percent(40) {
                schema.insert("items".to_owned(), false.into());
            }
        } else if self.random.percent(93) {
            schema.insert("items".to_owned(), self.optional(depth));
        }
        // Where items must be there, they have to be finite.
        let finite = schema.get("items").is_none_or(|items| !items.to_string().contains("$ref"));
        if finite && self.random.percent(25) {
            self.counts(&mut schema, "minItems", "maxItems");
        } else if self.random.percent(15) {
            schema.insert("maxItems".to_owned(), self.random.below(4).into());
        }
        if self.random.percent(15) {
            schema.insert("uniqueItems".to_owned(), true.into());
        }
        if self.random.percent(4) {
            self.contains(&mut schema);
        }
        if self.random.percent(3) {
            let rest = if self.random.percent(60) { false.into() } else { self.optional(depth) };
            schema.insert("unevaluatedItems".to_owned(), rest);
        }
        self.nullable(Json::Object(schema))
    }

    fn contains(&mut self, schema: &mut Map<Json>) {
        let wanted = self.needed(0);
        schema.insert("contains".to_owned(), wanted);
        let least = self.random.below(3);
        if self.random.percent(50) {
            schema.insert("minContains".to_owned(), least.into());
        }
        if self.random.percent(50) {
            schema.insert("maxContains".to_owned(), least.max(1).into());
        }
    }

    /// Two counts of which the lower one is not above the upper one.
    pub(super) fn counts(&mut self, schema: &mut Map<Json>, low: &str, high: &str) {
        let least = self.random.below(3);
        if self.random.percent(70) {
            schema.insert(low.to_owned(), least.into());
        }
        if self.random.percent(50) {
            schema.insert(high.to_owned(), (least + self.random.below(3)).into());
        }
    }
}
