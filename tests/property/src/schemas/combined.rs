//! Schemas made of schemas.

use counterpart_runtime::{Json, Map};

use super::{MEMBERS, Schemas, object};

impl Schemas<'_> {
    /// `oneOf` or `anyOf`.
    pub(super) fn union(&mut self, depth: u32) -> Json {
        let keyword = if self.random.percent(55) { "oneOf" } else { "anyOf" };
        let mut discriminator = None;
        let branches = match self.random.below(100) {
            0..25 => vec![self.schema(depth), self.null(0)],
            25..50 => {
                let tag = if self.random.percent(50) { "kind" } else { "type" };
                discriminator = Some(tag).filter(|_| self.random.percent(40));
                self.tagged(tag, depth)
            }
            50..58 => vec![
                self.string(0),
                object([("type", "string".into()), ("enum", ["asc"].into_iter().collect())]),
            ],
            58..66 => self.required_sets(),
            66..76 => (0..2 + self.random.below(2)).map(|_| self.structure(depth)).collect(),
            76..86 => vec![self.reference(0), self.reference(0)],
            _ => (0..1 + self.random.below(3)).map(|_| self.schema(depth)).collect(),
        };
        let mut schema = Map::from_iter([(keyword.to_owned(), Json::Array(branches))]);
        if let Some(tag) = discriminator {
            schema.insert("discriminator".to_owned(), object([("propertyName", tag.into())]));
        } else if self.random.percent(6) {
            let rest = if self.random.percent(70) { false.into() } else { self.optional(depth) };
            schema.insert("unevaluatedProperties".to_owned(), rest);
        } else if self.random.percent(10)
            && let Json::Object(beside) = self.structure(depth.min(1))
        {
            schema.extend(beside);
        }
        Json::Object(schema)
    }

    /// Objects that a constant member tells apart.
    fn tagged(&mut self, tag: &str, depth: u32) -> Vec<Json> {
        let required = self.random.percent(80);
        let mut branches = Vec::new();
        for value in self.random.some(&["card", "iban", "cash", "other"], 60) {
            let Json::Object(mut branch) = self.structure(depth) else { continue };
            branch.shift_remove("propertyNames");
            branch.insert("type".to_owned(), "object".into());
            let constant = if self.random.percent(50) {
                object([("const", value.into())])
            } else {
                object([("type", "string".into()), ("enum", [value].into_iter().collect())])
            };
            let properties =
                branch.entry("properties".to_owned()).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(properties) = properties {
                properties.insert(tag.to_owned(), constant);
            }
            if required {
                let mut names = branch.get("required").and_then(Json::as_array).unwrap_or_default().to_vec();
                if !names.contains(&tag.into()) {
                    names.push(tag.into());
                }
                branch.insert("required".to_owned(), Json::Array(names));
            }
            branches.push(Json::Object(branch));
        }
        if branches.is_empty() { vec![self.structure(depth)] } else { branches }
    }

    /// Branches that only ask for members.
    fn required_sets(&mut self) -> Vec<Json> {
        let set = |name: &&str| object([("required", [*name].into_iter().collect())]);
        let names = self.random.some(MEMBERS, 25);
        if names.is_empty() { vec![set(&"id")] } else { names.iter().map(set).collect() }
    }

    /// `allOf`.
    pub(super) fn composition(&mut self, depth: u32) -> Json {
        let mut parts = Vec::new();
        match self.random.below(100) {
            0..25 => parts.push(self.reference(0)),
            25..65 => parts.extend([self.reference(0), self.structure(depth)]),
            65..75 => parts.extend([self.reference(0), self.reference(0)]),
            75..85 => parts.extend([self.structure(depth), self.union(depth.min(1))]),
            85..92 => parts.extend([self.structure(depth), self.structure(depth)]),
            92..96 => parts.extend([self.reference(0), self.required_sets().remove(0)]),
            _ => parts.extend([self.schema(depth), self.untyped(0)]),
        }
        let mut schema = Map::from_iter([("allOf".to_owned(), Json::Array(parts))]);
        match self.random.below(100) {
            0..10 => self.constrain(&mut schema),
            10..15 => {
                schema.insert("unevaluatedProperties".to_owned(), false.into());
            }
            15..25 => {
                if let Json::Object(beside) = self.structure(depth.min(1)) {
                    schema.extend(beside);
                }
            }
            _ => {}
        }
        Json::Object(schema)
    }

    /// `not` beside a schema, or `if`.
    pub(super) fn excluding(&mut self, depth: u32) -> Json {
        let Json::Object(mut schema) = self.schema(depth) else { return Json::Bool(true) };
        if self.random.percent(60) {
            let excluded = self.needed(depth.min(1));
            schema.insert("not".to_owned(), excluded);
        } else {
            self.conditions(&mut schema, depth);
        }
        Json::Object(schema)
    }

    pub(super) fn conditions(&mut self, schema: &mut Map<Json>, depth: u32) {
        let condition = if self.random.percent(60) {
            let name = *self.random.pick(MEMBERS).unwrap_or(&"");
            object([("required", [name].into_iter().collect())])
        } else {
            self.needed(0)
        };
        schema.insert("if".to_owned(), condition);
        for branch in ["then", "else"] {
            if self.random.percent(65) {
                let value = if self.random.percent(50) { self.untyped(0) } else { self.needed(depth.min(1)) };
                schema.insert(branch.to_owned(), value);
            }
        }
    }
}
