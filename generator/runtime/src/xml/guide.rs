//! What the schemas of the table say about XML: how an element becomes a value, and how a value becomes an element
//! (OAS 3.1.2, XML Object; `nodeType` of 3.2).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::json::Json;
use crate::operation::Shape;
use crate::schema::Tables;

/// The guides of one table, each made when it is first needed.
pub(super) struct Guides<'t> {
    tables: &'t Tables,
    known: RefCell<BTreeMap<Vec<usize>, Rc<Guide<'t>>>>,
}

/// What one or several schemas that a value may follow say together.
#[derive(Debug, Default)]
pub(super) struct Guide<'t> {
    pub names: Names<'t>,
    pub node: Node,
    pub is_array: bool,
    pub is_object: bool,
    pub is_nullable: bool,
    /// How text becomes a scalar.
    pub scalar: Shape,
    pub required: BTreeSet<&'t str>,
    members: Vec<(&'t str, Vec<&'t Json>)>,
    items: Vec<&'t Json>,
    rest: Vec<&'t Json>,
}

/// `name`, `prefix` and `namespace`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names<'t> {
    pub name: Option<&'t str>,
    pub prefix: Option<&'t str>,
    pub namespace: Option<&'t str>,
}

/// `nodeType`, which `attribute` and `wrapped` are older words for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Node {
    /// An element, unless it is an array.
    #[default]
    Usual,
    Element,
    Attribute,
    Text,
    Cdata,
    None,
}

impl Guide<'_> {
    /// Whether a schema names the member.
    pub fn names_member(&self, name: &str) -> bool {
        self.members.iter().any(|(known, _)| *known == name)
    }

    /// Whether an array has an element around its items.
    pub fn is_wrapped(&self) -> bool {
        self.node == Node::Element
    }
}

impl<'t> Guides<'t> {
    pub fn new(tables: &'t Tables) -> Self {
        Self { tables, known: RefCell::default() }
    }

    /// The guide of a root schema.
    pub fn root(&self, index: u32) -> Rc<Guide<'t>> {
        self.of(&self.tables.line(index).into_iter().collect::<Vec<_>>())
    }

    /// The guide of a member.
    pub fn member(&self, guide: &Guide<'t>, name: &str) -> Rc<Guide<'t>> {
        let known = guide.members.iter().find(|(known, _)| *known == name);
        known.map_or_else(|| self.of(&guide.rest), |(_, schemas)| self.of(schemas))
    }

    /// Every member that the schemas name.
    pub fn members(&self, guide: &Guide<'t>) -> Vec<(&'t str, Rc<Guide<'t>>)> {
        guide.members.iter().map(|(name, schemas)| (*name, self.of(schemas))).collect()
    }

    /// The guide of items.
    pub fn items(&self, guide: &Guide<'t>) -> Rc<Guide<'t>> {
        self.of(&guide.items)
    }

    /// The guide of members that no schema names.
    pub fn rest(&self, guide: &Guide<'t>) -> Rc<Guide<'t>> {
        self.of(&guide.rest)
    }

    fn of(&self, schemas: &[&'t Json]) -> Rc<Guide<'t>> {
        // The table stays where it is, so that places tell schemas apart.
        let key: Vec<usize> = schemas.iter().map(|schema| std::ptr::from_ref(*schema).addr()).collect();
        if let Some(known) = self.known.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut gathering =
            Gathering { tables: self.tables, guide: Guide::default(), seen: BTreeSet::new(), types: None };
        schemas.iter().for_each(|schema| gathering.schema(schema));
        let guide = Rc::new(gathering.finish());
        self.known.borrow_mut().insert(key, Rc::clone(&guide));
        guide
    }
}

struct Gathering<'t> {
    tables: &'t Tables,
    guide: Guide<'t>,
    seen: BTreeSet<u64>,
    types: Option<BTreeSet<&'t str>>,
}

impl<'t> Gathering<'t> {
    /// A schema and all that are applied to the same value. What is nearer wins.
    fn schema(&mut self, schema: &'t Json) {
        let Json::Object(keywords) = schema else { return };
        if let Some(xml) = keywords.get("xml") {
            self.xml(xml);
        }
        match keywords.get("type") {
            Some(Json::String(one)) => drop(self.types.get_or_insert_default().insert(one)),
            Some(Json::Array(several)) => {
                self.types.get_or_insert_default().extend(several.iter().filter_map(Json::as_str));
            }
            _ => {}
        }
        for value in
            keywords.get("enum").and_then(Json::as_array).into_iter().flatten().chain(keywords.get("const"))
        {
            if !keywords.contains_key("type") {
                self.types.get_or_insert_default().insert(type_of(value));
            }
        }
        if let Some(Json::Object(properties)) = keywords.get("properties") {
            for (name, property) in properties {
                match self.guide.members.iter_mut().find(|(known, _)| known == name) {
                    Some((_, schemas)) => schemas.push(property),
                    None => self.guide.members.push((name, vec![property])),
                }
            }
        }
        let required = keywords.get("required").and_then(Json::as_array).unwrap_or_default();
        self.guide.required.extend(required.iter().filter_map(Json::as_str));
        let items = keywords.get("prefixItems").and_then(Json::as_array).unwrap_or_default();
        self.guide.items.extend(keywords.get("items").into_iter().chain(items));
        self.guide.rest.extend(keywords.get("additionalProperties"));
        for applied in ["allOf", "anyOf", "oneOf"] {
            let schemas = keywords.get(applied).and_then(Json::as_array).unwrap_or_default();
            schemas.iter().for_each(|schema| self.schema(schema));
        }
        for applied in ["then", "else"] {
            keywords.get(applied).into_iter().for_each(|schema| self.schema(schema));
        }
        let dynamic = keywords.get("$dynamicRef").and_then(|dynamic| dynamic.get("root"));
        for line in keywords.get("$ref").into_iter().chain(dynamic) {
            let number = line.as_number().and_then(crate::json::Number::as_u64);
            if let Some(number) = number.filter(|number| self.seen.insert(*number))
                && let Some(line) = u32::try_from(number).ok().and_then(|number| self.tables.line(number))
            {
                self.schema(line);
            }
        }
    }

    fn xml(&mut self, xml: &'t Json) {
        let text = |name: &str| xml.get(name).and_then(Json::as_str);
        let flag = |name: &str| xml.get(name).and_then(Json::as_bool) == Some(true);
        let Names { name, prefix, namespace } = self.guide.names;
        self.guide.names = Names {
            name: name.or(text("name")),
            prefix: prefix.or(text("prefix")),
            namespace: namespace.or(text("namespace")),
        };
        if self.guide.node == Node::Usual {
            self.guide.node = match text("nodeType") {
                Some("attribute") => Node::Attribute,
                Some("text") => Node::Text,
                Some("cdata") => Node::Cdata,
                Some("none") => Node::None,
                Some("element") => Node::Element,
                _ if flag("attribute") => Node::Attribute,
                _ if flag("wrapped") => Node::Element,
                _ => Node::Usual,
            };
        }
    }

    fn finish(self) -> Guide<'t> {
        let Self { mut guide, types, .. } = self;
        let says = |name: &str| types.as_ref().is_some_and(|types| types.contains(name));
        guide.is_array = says("array") || types.is_none() && !guide.items.is_empty();
        guide.is_object =
            says("object") || types.is_none() && !(guide.members.is_empty() && guide.rest.is_empty());
        guide.is_nullable = says("null");
        let scalars = [
            (says("boolean"), Shape::Boolean),
            (says("integer") || says("number"), Shape::Number),
            (says("string"), Shape::String),
        ];
        let mut scalars: Vec<Shape> =
            scalars.into_iter().filter(|(said, _)| *said).map(|(_, shape)| shape).collect();
        guide.scalar = match scalars.len() {
            0 => Shape::Json,
            1 => scalars.remove(0),
            _ => Shape::Union(scalars),
        };
        guide
    }
}

fn type_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}
