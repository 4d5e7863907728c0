//! The resolved contract: the standard's own nouns, no `$ref` left except between schemas, every object knows its
//! place. `resolve` makes it, `check` and `lower` read it. Pure data: no tokens, no serde.

mod graph;
mod instances;
mod media;
mod operation;
mod schema;
mod type_set;

pub use media::{Encoding, Encodings, MediaType, is_multipart, is_xml};
pub use operation::{
    Callback, Header, Link, Location, Method, Operation, Origin, Parameter, ParameterKind, PathPart,
    PathTemplate, RequestBody, Requirement, Response, SchemeKind, SecurityScheme, Server, ServerVariable,
    StatusPattern, Style,
};
pub use schema::{
    Discriminator, DynamicReference, Keywords, Schema, SchemaBody, SchemaId, Schemas, Type, Uncommon,
};
pub use type_set::TypeSet;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Span;

/// The version line of the standard that a document declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x.
    V3_2,
}

/// Components of the entry document that nothing refers to. They are read so that mistakes in them are found; nothing
/// is generated of them.
#[derive(Debug, Default)]
pub struct Spare {
    /// `components.parameters`.
    pub parameters: Vec<Parameter>,
    /// `components.headers`.
    pub headers: Vec<Header>,
    /// `components.requestBodies`.
    pub request_bodies: Vec<RequestBody>,
    /// `components.responses`.
    pub responses: Vec<Response>,
    /// `components.mediaTypes`.
    pub media_types: Vec<MediaType>,
    /// Operations of `components.pathItems` and `components.callbacks`.
    pub operations: Vec<Operation>,
}

impl<'s> Contract<'s> {
    /// The schemas that findings are about.
    pub fn told(&self) -> impl Iterator<Item = (SchemaId, &Schema<'s>)> {
        self.schemas.iter().filter(|(_, schema)| !self.idle.contains(&schema.at))
    }
}

/// One API description, entry document and everything it refers to. Schemas borrow their words from the text.
#[derive(Debug)]
pub struct Contract<'s> {
    /// Declared version line.
    pub version: Version,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub api_version: String,
    /// `info.description`, or `info.summary`.
    pub description: Option<String>,
    /// Root `servers`; one `/` where the document has none (OAS 3.1.2, OpenAPI Object).
    pub servers: Vec<Server>,
    /// Declared tags: name and description, in document order.
    pub tags: Vec<(String, Option<String>)>,
    /// Operations of `paths`, in document order.
    pub operations: Vec<Operation>,
    /// Operations of `webhooks`, in document order.
    pub webhooks: Vec<Operation>,
    /// Components that nothing refers to.
    pub spare: Spare,
    /// `components.securitySchemes` of the entry document.
    pub security_schemes: Vec<SecurityScheme>,
    /// `components.schemas` of the entry document: name and schema, in document order.
    pub components: Vec<(String, SchemaId)>,
    /// What schemas outside of `components` are called by references to them: the last part of the pointer or the file.
    pub names: BTreeMap<SchemaId, String>,
    /// Every schema that was met.
    pub schemas: Schemas<'s>,
    /// Schemas of members and items that are multipart bodies inside of a multipart body.
    pub nested: BTreeSet<SchemaId>,
    /// Places of schemas that none of the chosen operations reaches, where some were chosen: findings are not about them.
    pub idle: BTreeSet<Span>,
    /// Whether a body is XML, so that what schemas say of it counts.
    pub has_xml: bool,
    /// Where the root object is.
    pub at: Span,
}
