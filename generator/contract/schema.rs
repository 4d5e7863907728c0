//! Schemas as JSON Schema 2020-12 (3.0 schemas are raised to it while reading), in one arena.

use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use counterpart_runtime::{Json, Number};

use super::TypeSet;
use crate::source::{NodeId, Span};

/// Index of a schema in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// The arena of all schemas. The same place in the same file is one schema, however often it is referred to.
#[derive(Debug, Default)]
pub struct Schemas<'s> {
    nodes: Vec<Schema<'s>>,
}

impl<'s> Schemas<'s> {
    /// The schema with this id.
    pub fn get(&self, id: SchemaId) -> &Schema<'s> {
        // An id is only ever made by `push`, so the index is in range; the fallback keeps this total.
        self.nodes.get(id.0 as usize).unwrap_or(const { &Schema::anything() })
    }

    /// Adds a schema.
    pub fn push(&mut self, schema: Schema<'s>) -> SchemaId {
        let id = SchemaId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(schema);
        id
    }

    /// Replaces a schema that was reserved with [`Schemas::push`] while its children were being read.
    pub fn set(&mut self, id: SchemaId, schema: Schema<'s>) {
        if let Some(slot) = self.nodes.get_mut(id.0 as usize) {
            *slot = schema;
        }
    }

    /// The schema with this id, to be changed.
    pub fn get_mut(&mut self, id: SchemaId) -> Option<&mut Schema<'s>> {
        self.nodes.get_mut(id.0 as usize)
    }

    /// All schemas with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema<'s>)> {
        (0u32..).map(SchemaId).zip(&self.nodes)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// One schema and its place.
#[derive(Debug)]
pub struct Schema<'s> {
    /// The schema in its file.
    pub at: Span,
    /// What it says.
    pub body: SchemaBody<'s>,
}

impl<'s> Schema<'s> {
    /// A schema that accepts everything, without a place.
    pub const fn anything() -> Self {
        Self { at: Span::NONE, body: SchemaBody::Bool(true) }
    }

    /// The keywords, unless it is a boolean schema.
    pub fn keywords(&self) -> Option<&Keywords<'s>> {
        match &self.body {
            SchemaBody::Bool(_) => None,
            SchemaBody::Object(keywords) => Some(keywords),
        }
    }

    /// The keywords, to be changed.
    pub fn keywords_mut(&mut self) -> Option<&mut Keywords<'s>> {
        match &mut self.body {
            SchemaBody::Bool(_) => None,
            SchemaBody::Object(keywords) => Some(keywords),
        }
    }
}

/// Boolean or object schema. Nearly all are objects, and in one row they are freed at once.
#[derive(Debug)]
pub enum SchemaBody<'s> {
    /// `true` or `false`.
    Bool(bool),
    /// Keywords.
    Object(Keywords<'s>),
}

/// JSON Schema's seven type names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// What an object schema says, in the words of the text. Absent keywords are `None` or empty.
///
/// Here are the keywords that schemas are full of; the others are found in the same way, through [`Uncommon`], which takes
/// up no room where there is none of them: a large contract has tens of thousands of schemas.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is the keyword of that name in JSON Schema 2020-12 or OAS 3.1.2")]
pub struct Keywords<'s> {
    /// `$ref`, resolved.
    pub reference: Option<SchemaId>,
    pub types: Option<TypeSet>,
    pub enumeration: Option<Box<[Json]>>,
    pub properties: Box<[(&'s str, SchemaId)]>,
    pub required: Box<[&'s str]>,
    pub items: Option<SchemaId>,
    pub format: Option<&'s str>,
    pub title: Option<&'s str>,
    pub description: Option<&'s str>,
    pub default: Option<NodeId>,
    pub examples: Box<[NodeId]>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// The others.
    pub uncommon: Option<Box<Uncommon>>,
}

/// Keywords that few schemas have.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is the keyword of that name in JSON Schema 2020-12 or OAS 3.1.2")]
pub struct Uncommon {
    /// `$dynamicRef`, with its static target.
    pub dynamic_reference: Option<DynamicReference>,
    /// Set on a schema that begins a schema resource with dynamic anchors: anchor name and target.
    pub resource: Option<Vec<(String, SchemaId)>>,
    /// A schema of the same resource that has its dynamic anchors noted, where this one has not.
    pub within: Option<SchemaId>,
    pub constant: Option<Json>,
    pub all_of: Vec<SchemaId>,
    pub any_of: Vec<SchemaId>,
    pub one_of: Vec<SchemaId>,
    pub not: Option<SchemaId>,
    pub if_: Option<SchemaId>,
    pub then: Option<SchemaId>,
    pub else_: Option<SchemaId>,
    pub pattern_properties: Vec<(String, SchemaId)>,
    pub additional_properties: Option<SchemaId>,
    pub property_names: Option<SchemaId>,
    pub unevaluated_properties: Option<SchemaId>,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    pub dependent_required: Vec<(String, Vec<String>)>,
    pub dependent_schemas: Vec<(String, SchemaId)>,
    pub prefix_items: Vec<SchemaId>,
    pub contains: Option<SchemaId>,
    pub min_contains: Option<u64>,
    pub max_contains: Option<u64>,
    pub unevaluated_items: Option<SchemaId>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub pattern: Option<String>,
    /// Whether the dialect makes `format` assert.
    pub format_asserts: bool,
    pub content_encoding: Option<String>,
    pub content_media_type: Option<String>,
    pub content_schema: Option<SchemaId>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub exclusive_minimum: Option<Number>,
    pub exclusive_maximum: Option<Number>,
    pub multiple_of: Option<Number>,
    pub discriminator: Option<Discriminator>,
    /// `xml`, with the fields that the standard knows.
    pub xml: Option<Json>,
    /// `x-*` members that steer generation (`x-enum-varnames`, `x-enum-descriptions`, ...), raw.
    pub extensions: Vec<(String, Json)>,
}

impl Keywords<'_> {
    /// Calls `visit` with each schema that this one leads to, to be exchanged for another: those inside, those that are
    /// referred to, and those that its resource sets.
    pub fn for_each_schema(&mut self, visit: &mut dyn FnMut(&mut SchemaId)) {
        self.reference.iter_mut().chain(&mut self.items).for_each(&mut *visit);
        self.properties.iter_mut().for_each(|(_, id)| visit(id));
        if let Some(uncommon) = self.uncommon.as_deref_mut() {
            uncommon.for_each_schema(visit);
        }
    }
}

impl Uncommon {
    fn for_each_schema(&mut self, visit: &mut dyn FnMut(&mut SchemaId)) {
        let lists = [&mut self.all_of, &mut self.any_of, &mut self.one_of, &mut self.prefix_items];
        lists.into_iter().flatten().for_each(&mut *visit);
        let single = [
            &mut self.not,
            &mut self.if_,
            &mut self.then,
            &mut self.else_,
            &mut self.additional_properties,
            &mut self.property_names,
            &mut self.unevaluated_properties,
            &mut self.contains,
            &mut self.unevaluated_items,
            &mut self.content_schema,
        ];
        single.into_iter().flatten().for_each(&mut *visit);
        let resource = self.resource.iter_mut().flatten();
        let named = self.pattern_properties.iter_mut().chain(&mut self.dependent_schemas).chain(resource);
        named.for_each(|(_, id)| visit(id));
        self.dynamic_reference.iter_mut().for_each(|reference| visit(&mut reference.target));
        if let Some(discriminator) = &mut self.discriminator {
            let mapped = discriminator.mapping.iter_mut().filter_map(|(_, id)| id.as_mut());
            mapped.chain(&mut discriminator.default_mapping).for_each(visit);
        }
    }
}

/// What is read where a schema has none of them.
static NOTHING: LazyLock<Uncommon> = LazyLock::new(Uncommon::default);

impl Deref for Keywords<'_> {
    type Target = Uncommon;

    fn deref(&self) -> &Uncommon {
        self.uncommon.as_deref().unwrap_or(&NOTHING)
    }
}

/// Makes room for them.
impl DerefMut for Keywords<'_> {
    fn deref_mut(&mut self) -> &mut Uncommon {
        self.uncommon.get_or_insert_default()
    }
}

/// `$dynamicRef` (JSON Schema Core, section 8.2.3.2).
#[derive(Clone, Debug)]
pub struct DynamicReference {
    /// The anchor name if the static target is a `$dynamicAnchor`; `None` = behaves like `$ref`.
    pub anchor: Option<String>,
    /// What the reference resolves to statically.
    pub target: SchemaId,
}

/// OAS 3.1.2 Discriminator Object.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The discriminator object.
    pub at: Span,
    /// `propertyName`.
    pub property: String,
    /// `mapping`: value and resolved target (`None` = could not be resolved; reported).
    pub mapping: Vec<(String, Option<SchemaId>)>,
    /// 3.2 `defaultMapping`.
    pub default_mapping: Option<SchemaId>,
}
