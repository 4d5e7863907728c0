//! The schema table: `schemas.jsonl`, one root schema a line, what asserts and nothing else.

use std::collections::{BTreeMap, btree_map::Entry};

use counterpart_runtime::{Json, Map, Number};

use super::{
    Target,
    same::Same,
    scalar, select,
    usage::{self, Reach},
};
use crate::{
    contract::{Contract, Keywords, SchemaBody, SchemaId, Type},
    ir::Usage,
    options::Options,
};

/// Which schemas have a line of their own, numbered as they were asked for.
#[derive(Debug, Default)]
pub struct Roots {
    numbers: BTreeMap<(Target, Usage), u32>,
    order: Vec<(Target, Usage)>,
}

impl Roots {
    /// The number of a target that stands for all that say the same; `usage` is already normal.
    pub(super) fn number(&mut self, target: Target, usage: Usage) -> u32 {
        let next = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        match self.numbers.entry((target, usage)) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(slot) => {
                self.order.push(slot.key().clone());
                *slot.insert(next)
            }
        }
    }

    fn known(&self, target: Target, usage: Usage) -> Option<u32> {
        self.numbers.get(&(target, usage)).copied()
    }
}

/// What a schema says: its line, in which every schema below it is the first that says the same.
pub(super) fn statement(
    contract: &Contract,
    options: &Options,
    reach: &Reach,
    same: &Same,
    id: SchemaId,
) -> String {
    let mut writer = Writer { contract, options, reach, same, roots: None };
    writer.schema(id, Usage::Whole).to_string()
}

/// All lines; writing one may ask for more.
pub(super) fn lines(
    contract: &Contract,
    options: &Options,
    reach: &Reach,
    same: &Same,
    roots: Roots,
) -> Vec<String> {
    let mut writer = Writer { contract, options, reach, same, roots: Some(roots) };
    let mut lines = Vec::new();
    while let Some((target, usage)) =
        writer.roots.as_ref().and_then(|roots| roots.order.get(lines.len())).cloned()
    {
        lines.push(writer.root(&target, usage).to_string());
    }
    lines
}

struct Writer<'a> {
    contract: &'a Contract<'a>,
    options: &'a Options,
    reach: &'a Reach,
    same: &'a Same,
    /// The lines to refer to; without them schemas are referred to by their ids.
    roots: Option<Roots>,
}

impl Writer<'_> {
    fn root(&mut self, target: &Target, usage: Usage) -> Json {
        if let Some(id) = target.single() {
            let line = self.schema(id, usage);
            return self.entered(id, usage, line);
        }
        let mut line = Map::new();
        let mut parts = Vec::with_capacity(target.ids.len());
        for id in &target.ids {
            let part = self.child(*id, usage);
            parts.push(self.entered(*id, usage, part));
        }
        if !parts.is_empty() {
            line.insert("allOf".to_owned(), Json::Array(parts));
        }
        if let Some(types) = &target.only {
            line.insert(
                "type".to_owned(),
                Json::Array(types.iter().map(|ty| text(type_name(*ty))).collect()),
            );
        }
        Json::Object(line)
    }

    /// A schema at which evaluation begins, although its resource began further up: the resource is entered here.
    fn entered(&mut self, id: SchemaId, usage: Usage, line: Json) -> Json {
        let within = self.contract.schemas.get(id).keywords().and_then(|keywords| keywords.within);
        let within = within.filter(|_| self.reach.is_dynamic(&Target::one(id)));
        match (line, within.and_then(|within| self.contract.schemas.get(within).keywords())) {
            (Json::Object(mut line), Some(keywords)) if !line.contains_key("$resource") => {
                self.resource(keywords, usage, &mut line);
                Json::Object(line)
            }
            (line, _) => line,
        }
    }

    fn resource(&mut self, part: &Keywords, usage: Usage, line: &mut Map<Json>) {
        if let Some(anchors) = &part.resource {
            let anchors =
                anchors.iter().map(|(name, id)| (name.clone(), self.reference(*id, usage))).collect();
            line.insert("$resource".to_owned(), Json::Object(anchors));
        }
    }

    /// A reference by number.
    fn reference(&mut self, id: SchemaId, usage: Usage) -> Json {
        let Some(roots) = &mut self.roots else { return number(id.0) };
        let target = Target::one(self.same.first(id));
        let usage = self.reach.normal(&target, usage);
        number(roots.number(target, usage))
    }

    /// A schema below another: by number where it has a line of its own.
    fn child(&mut self, id: SchemaId, usage: Usage) -> Json {
        let schema = self.contract.schemas.get(id);
        if self.roots.is_some() && schema.keywords().is_none_or(is_small) {
            return self.schema(id, usage);
        }
        let first = self.same.first(id);
        let Some(roots) = &self.roots else { return reference(first.0) };
        let target = Target::one(first);
        let normal = self.reach.normal(&target, usage);
        match roots.known(target, normal) {
            Some(known) => reference(known),
            None => self.schema(id, normal),
        }
    }

    fn schema(&mut self, id: SchemaId, usage: Usage) -> Json {
        let contract = self.contract;
        match &contract.schemas.get(id).body {
            SchemaBody::Bool(value) => Json::Bool(*value),
            SchemaBody::Object(keywords) => {
                if usage.is_multipart() && usage::is_binary(keywords) {
                    return Json::Object([("type".to_owned(), text("string"))].into_iter().collect());
                }
                let mut line = Map::new();
                self.references(keywords, usage, &mut line);
                self.values(keywords, &mut line);
                self.applicators(keywords, usage, &mut line);
                self.objects(keywords, usage, &mut line);
                self.arrays(keywords, usage, &mut line);
                self.scalars(keywords, &mut line);
                Json::Object(line)
            }
        }
    }

    fn references(&mut self, part: &Keywords, usage: Usage, line: &mut Map<Json>) {
        self.resource(part, usage, line);
        if let Some(id) = part.reference {
            let number = self.reference(id, usage);
            line.insert("$ref".to_owned(), number);
        }
        if let Some(dynamic) = &part.dynamic_reference {
            let root = self.reference(dynamic.target, usage);
            match &dynamic.anchor {
                Some(anchor) => {
                    let entries = [("anchor".to_owned(), text(anchor)), ("root".to_owned(), root)];
                    line.insert("$dynamicRef".to_owned(), Json::Object(entries.into_iter().collect()));
                }
                None if part.reference.is_none() => {
                    line.insert("$ref".to_owned(), root);
                }
                None => {
                    let inner = Json::Object([("$ref".to_owned(), root)].into_iter().collect());
                    line.insert("allOf".to_owned(), Json::Array(vec![inner]));
                }
            }
        }
    }

    fn values(&mut self, part: &Keywords, line: &mut Map<Json>) {
        if let Some(types) = &part.types {
            let value = match &**types {
                [one] => text(type_name(*one)),
                many => Json::Array(many.iter().map(|ty| text(type_name(*ty))).collect()),
            };
            line.insert("type".to_owned(), value);
        }
        if let Some(values) = &part.enumeration {
            line.insert("enum".to_owned(), Json::Array(values.to_vec()));
        }
        if let Some(value) = &part.constant {
            line.insert("const".to_owned(), value.clone());
        }
        if part.write_only {
            line.insert("writeOnly".to_owned(), Json::Bool(true));
        }
        if let Some(xml) = part.xml.as_ref().filter(|_| self.contract.has_xml) {
            line.insert("xml".to_owned(), xml.clone());
        }
    }

    fn applicators(&mut self, part: &Keywords, usage: Usage, line: &mut Map<Json>) {
        for (name, ids) in [("allOf", &part.all_of), ("anyOf", &part.any_of), ("oneOf", &part.one_of)] {
            if !ids.is_empty() {
                let mut list: Vec<Json> = ids.iter().map(|id| self.child(*id, usage)).collect();
                if let Some((member, names)) = select::names(self.contract, self.options, part, ids) {
                    list = list
                        .into_iter()
                        .zip(names)
                        .map(|(branch, names)| select::called(branch, &member, &names))
                        .collect();
                }
                if let Some(Json::Array(known)) = line.get(name) {
                    list.extend(known.iter().cloned());
                }
                line.insert(name.to_owned(), Json::Array(list));
            }
        }
        let single = [("not", part.not), ("if", part.if_), ("then", part.then), ("else", part.else_)];
        self.insert_all(&single, usage, line);
    }

    fn objects(&mut self, part: &Keywords, usage: Usage, line: &mut Map<Json>) {
        let mut hidden: Vec<&str> = Vec::new();
        if !part.properties.is_empty() {
            let mut properties = Map::new();
            for (name, id) in &part.properties {
                let gone = self.reach.hides(self.contract, *id, usage);
                let part = usage::of_member(self.contract, *id, usage);
                let value = if gone { self.hidden(*id, usage) } else { self.child(*id, part) };
                if gone {
                    hidden.push(name);
                }
                properties.insert((*name).to_owned(), value);
            }
            line.insert("properties".to_owned(), Json::Object(properties));
        }
        self.named("patternProperties", &part.pattern_properties, usage, line);
        self.named("dependentSchemas", &part.dependent_schemas, usage, line);
        let single = [
            ("additionalProperties", part.additional_properties),
            ("propertyNames", part.property_names),
            ("unevaluatedProperties", part.unevaluated_properties),
        ];
        self.insert_all(&single, usage, line);
        let required: Vec<Json> =
            part.required.iter().filter(|name| !hidden.contains(name)).map(|name| text(name)).collect();
        if !required.is_empty() {
            line.insert("required".to_owned(), Json::Array(required));
        }
        if !part.dependent_required.is_empty() {
            let lists = part.dependent_required.iter();
            let lists = lists
                .map(|(name, list)| (name.clone(), Json::Array(list.iter().map(|one| text(one)).collect())));
            line.insert("dependentRequired".to_owned(), Json::Object(lists.collect()));
        }
        counts(line, &[("minProperties", part.min_properties), ("maxProperties", part.max_properties)]);
    }

    /// A member that is of the other direction may be anything, wherever it stands in XML, unless it is refused.
    fn hidden(&self, id: SchemaId, usage: Usage) -> Json {
        let mut line = Map::new();
        let xml = self.contract.schemas.get(id).keywords().and_then(|keywords| keywords.xml.clone());
        line.extend(xml.filter(|_| self.contract.has_xml).map(|xml| ("xml".to_owned(), xml)));
        if usage::is_refused(self.options, usage) {
            line.insert("readOnly".to_owned(), Json::Bool(true));
        }
        if line.is_empty() { Json::Bool(true) } else { Json::Object(line) }
    }

    fn arrays(&mut self, part: &Keywords, usage: Usage, line: &mut Map<Json>) {
        if !part.prefix_items.is_empty() {
            let item = |id: &SchemaId| usage::of_item(self.contract, *id, usage);
            let list = part.prefix_items.iter().map(|id| (id, item(id))).collect::<Vec<_>>();
            let list = list.into_iter().map(|(id, usage)| self.child(*id, usage)).collect();
            line.insert("prefixItems".to_owned(), Json::Array(list));
        }
        let usage = part.items.map_or(usage, |id| usage::of_item(self.contract, id, usage));
        let single = [
            ("items", part.items),
            ("contains", part.contains),
            ("unevaluatedItems", part.unevaluated_items),
        ];
        self.insert_all(&single, usage, line);
        counts(
            line,
            &[
                ("minItems", part.min_items),
                ("maxItems", part.max_items),
                ("minContains", part.min_contains),
                ("maxContains", part.max_contains),
            ],
        );
        if part.unique_items {
            line.insert("uniqueItems".to_owned(), Json::Bool(true));
        }
    }

    fn scalars(&mut self, part: &Keywords, line: &mut Map<Json>) {
        counts(line, &[("minLength", part.min_length), ("maxLength", part.max_length)]);
        if let Some(pattern) = &part.pattern {
            line.insert("pattern".to_owned(), text(pattern));
        }
        let bounds = [
            ("minimum", &part.minimum),
            ("maximum", &part.maximum),
            ("exclusiveMinimum", &part.exclusive_minimum),
            ("exclusiveMaximum", &part.exclusive_maximum),
            ("multipleOf", &part.multiple_of),
        ];
        for (name, bound) in bounds {
            if let Some(bound) = bound {
                line.insert(name.to_owned(), Json::Number(bound.clone()));
            }
        }
        let password = part.format.filter(|format| *format == "password");
        if let Some(format) = scalar::asserted(self.options.formats, part).or(password) {
            line.insert("format".to_owned(), text(format));
        }
    }

    fn insert_all(&mut self, schemas: &[(&str, Option<SchemaId>)], usage: Usage, line: &mut Map<Json>) {
        for (name, id) in schemas {
            if let Some(id) = id {
                let value = self.child(*id, usage);
                line.insert((*name).to_owned(), value);
            }
        }
    }

    fn named(&mut self, keyword: &str, schemas: &[(String, SchemaId)], usage: Usage, line: &mut Map<Json>) {
        if !schemas.is_empty() {
            let entries = schemas.iter().map(|(name, id)| (name.clone(), self.child(*id, usage))).collect();
            line.insert(keyword.to_owned(), Json::Object(entries));
        }
    }
}

/// Shorter than a line of its own.
fn is_small(keywords: &Keywords) -> bool {
    keywords.enumeration.is_none()
        && keywords.resource.is_none()
        && usage::children(keywords).next().is_none()
}

fn number(number: u32) -> Json {
    Json::Number(Number::from(u64::from(number)))
}

fn reference(to: u32) -> Json {
    Json::Object([("$ref".to_owned(), number(to))].into_iter().collect())
}

fn counts(line: &mut Map<Json>, counts: &[(&str, Option<u64>)]) {
    for (name, count) in counts {
        if let Some(count) = count {
            line.insert((*name).to_owned(), Json::Number(Number::from(*count)));
        }
    }
}

fn text(value: &str) -> Json {
    Json::String(value.to_owned())
}

fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::String => "string",
        Type::Array => "array",
        Type::Object => "object",
    }
}
