//! From the tree to the [`Contract`]: references followed, defaults filled in, every object with its place. Tolerant
//! of what real documents contain, silent about nothing.

mod body;
mod dialect;
mod example;
mod fields;
mod inheritance;
mod operation;
mod parameter;
mod path_item;
mod reference;
mod resources;
mod response;
mod schema;
mod security;
mod server;
mod spare;
mod template;
mod uri;

use std::collections::{BTreeMap, BTreeSet};

use fields::members;
use resources::{Place, Resources, Scope};

use crate::contract::{Contract, Encodings, Requirement, SchemaId, Schemas, SecurityScheme, Version};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Document, Loader, Refusal};
use crate::source::{FileId, Node, NodeId, Sources, Span};

/// Reads the contract that a document describes. Errors are reported; what could be read is there nevertheless.
pub fn contract<'a>(
    document: Document,
    sources: &'a Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Contract<'a>> {
    let Document { entry, version, loader } = document;
    let mut resolver = Resolver {
        sources,
        loader,
        diagnostics: std::mem::take(diagnostics),
        entry,
        resources: Resources::default(),
        targets: BTreeMap::new(),
        large: BTreeMap::new(),
        hops: 0,
        callback_depth: 0,
        schemas: Schemas::default(),
        ids: BTreeMap::new(),
        queue: Vec::new(),
        origins: BTreeMap::new(),
        entered: BTreeSet::new(),
        unknown_dialects: BTreeSet::new(),
        older_contains: Vec::new(),
        names: BTreeMap::new(),
        referred: BTreeSet::new(),
        has_xml: false,
        multipart: Vec::new(),
        schemes: BTreeSet::new(),
        undefined_schemes: Vec::new(),
        security: Vec::new(),
    };
    let contract = resolver.contract(version);
    *diagnostics = resolver.diagnostics;
    contract
}

/// The state of resolving one description.
struct Resolver<'a> {
    sources: &'a Sources,
    loader: Loader,
    diagnostics: Diagnostics,
    entry: FileId,
    resources: Resources<'a>,
    /// Where references lead, by the resource they stand in.
    targets: BTreeMap<(Scope, &'a str), Result<Place<'a>, Refusal>>,
    /// Members of the large objects that references lead through, by the object: there may be a reference to each.
    large: BTreeMap<NodeId, BTreeMap<&'a str, Node<'a>>>,
    /// How many callbacks are being read inside of one another.
    callback_depth: usize,
    /// How many references are being followed inside of one another.
    hops: usize,
    schemas: Schemas<'a>,
    /// Schemas by their node.
    ids: BTreeMap<NodeId, SchemaId>,
    /// Schemas that have an id but were not read yet.
    queue: Vec<(SchemaId, Place<'a>)>,
    /// The resource that each schema with dynamic anchors in reach belongs to.
    origins: BTreeMap<SchemaId, Scope>,
    /// Schemas that evaluation can begin at, or jump to.
    entered: BTreeSet<SchemaId>,
    /// Where dialects are declared that are not known.
    unknown_dialects: BTreeSet<Span>,
    /// Schemas with a `contains` that does not evaluate items.
    older_contains: Vec<SchemaId>,
    /// What referenced schemas that are no components are called.
    names: BTreeMap<SchemaId, String>,
    /// Objects that references lead to, by their node.
    referred: BTreeSet<NodeId>,
    /// Whether a body is XML.
    has_xml: bool,
    /// Schemas of multipart bodies that have others inside, and how their parts are written.
    multipart: Vec<(SchemaId, Encodings)>,
    /// Names of the security schemes.
    schemes: BTreeSet<String>,
    /// Stand-ins for schemes that are used but not defined.
    undefined_schemes: Vec<SecurityScheme>,
    /// Root security.
    security: Vec<Vec<Requirement>>,
}

const ROOT_FIELDS: &[&str] = &[
    "openapi",
    "info",
    "jsonSchemaDialect",
    "servers",
    "paths",
    "webhooks",
    "components",
    "security",
    "tags",
    "externalDocs",
    "$self",
];
const COMPONENT_FIELDS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

impl<'a> Resolver<'a> {
    fn contract(&mut self, version: Version) -> Option<Contract<'a>> {
        let root = self.file_place(self.entry)?;
        self.known_fields(root.node, "the OpenAPI object", ROOT_FIELDS);
        self.check_newer_root(root.node, version);
        self.root_dialect(root, version);
        let components = root.node.get("components").filter(|node| self.is_object(*node, "`components`"));
        if let Some(components) = components {
            self.known_fields(components, "`components`", COMPONENT_FIELDS);
        }
        let mut security_schemes = self.security_schemes(components.map(|node| root.with(node)));
        self.security = self.requirements(root, "security").unwrap_or_default();
        let component_schemas = self.components(components.map(|node| root.with(node)));
        let info = root.node.get("info").filter(|info| self.is_object(*info, "`info`"));
        let tags = self.tags(root);
        let servers = self.root_servers(root);
        let operations = root.node.get("paths").map_or_else(Vec::new, |node| self.paths(root.with(node)));
        let webhooks = root.node.get("webhooks").map_or_else(Vec::new, |node| self.webhooks(root.with(node)));
        let spare = self.spare(components.map(|node| root.with(node)));
        self.drain();
        self.finish_resources();
        self.finish_contains();
        self.break_inheritance();
        let nested = self.nested_bodies();
        security_schemes.append(&mut self.undefined_schemes);
        let info_text = |this: &mut Self, name| info.and_then(|info| this.text(info, name));
        Some(Contract {
            version,
            title: info_text(self, "title").unwrap_or_default(),
            api_version: info_text(self, "version").unwrap_or_default(),
            description: info_text(self, "description").or_else(|| info_text(self, "summary")),
            servers,
            tags,
            operations,
            webhooks,
            spare,
            security_schemes,
            components: component_schemas,
            names: std::mem::take(&mut self.names),
            schemas: std::mem::take(&mut self.schemas),
            nested,
            idle: BTreeSet::new(),
            has_xml: self.has_xml,
            at: root.node.span(),
        })
    }

    fn check_newer_root(&mut self, root: Node<'a>, version: Version) {
        if version == Version::V3_0
            && let Some(member) = root.member("webhooks")
        {
            self.newer(member, "the OpenAPI object", "3.1.0");
        }
        if version != Version::V3_2
            && let Some(member) = root.member("$self")
        {
            self.newer(member, "the OpenAPI object", "3.2.0");
        }
    }

    /// A dialect that is not known is reported also where there is no schema.
    fn root_dialect(&mut self, root: Place<'a>, version: Version) {
        match root.node.member("jsonSchemaDialect") {
            Some(member) if version == Version::V3_0 => self.idle_dialect(member),
            Some(_) => {
                self.dialect(root.scope);
            }
            None => {}
        }
    }

    /// `components.schemas` of the entry document.
    fn components(&mut self, components: Option<Place<'a>>) -> Vec<(String, SchemaId)> {
        let Some(schemas) =
            components.and_then(|place| place.node.get("schemas").map(|node| place.with(node)))
        else {
            return Vec::new();
        };
        let mut list = Vec::new();
        for entry in self.entries(schemas, "`components.schemas`") {
            let node = entry.place.node;
            if !node.is_object() && node.as_bool().is_none() {
                let message = format!("`{}` is no schema but {}; it is left out", entry.name, node.kind());
                self.diagnostics.warning(Code::MENDED_TYPE, node.span(), message);
                continue;
            }
            list.push((entry.name.to_owned(), self.entry_schema(entry.place)));
        }
        list
    }

    fn tags(&mut self, root: Place<'a>) -> Vec<(String, Option<String>)> {
        let mut tags = Vec::new();
        for tag in self.list(root, "tags") {
            let Some(followed) = self.follow(tag, "a tag") else {
                continue;
            };
            let node = followed.place.node;
            let known = ["name", "description", "externalDocs", "summary", "parent", "kind"];
            self.known_fields(node, "a tag", &known);
            if let Some(name) = self.text(node, "name") {
                let description = self.tag_description(followed.place);
                tags.push((name, description));
            }
        }
        tags
    }

    /// A tag's description; some documents keep it in a file of its own.
    fn tag_description(&mut self, tag: Place<'a>) -> Option<String> {
        let node = tag.node.get("description")?;
        if let Some((member, _)) = reference::reference_of(node) {
            self.unusual(member, "a description");
            return None;
        }
        self.text(tag.node, "description")
    }

    /// The members of an object that are no extensions.
    fn plain_members(&self, place: Place<'a>) -> Vec<fields::Entry<'a>> {
        members(place).filter(|entry| !entry.name.starts_with("x-")).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests;
