//! Schema resources: what `$id`, `$self`, `$anchor` and `$dynamicAnchor` identify (JSON Schema Core, section 8.2).

use std::collections::BTreeMap;

use super::uri;
use crate::contract::Version;
use crate::source::{FileId, Node, NodeId, SourceFile, Value};

/// Index of a resource: the base that references inside of it start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Scope(u32);

/// A node and the resource that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The node.
    pub node: Node<'a>,
    /// Its resource.
    pub scope: Scope,
}

impl<'a> Place<'a> {
    /// Another node of the same resource.
    pub fn with(self, node: Node<'a>) -> Self {
        Self { node, ..self }
    }
}

/// A file, or a schema with `$id` in it.
#[derive(Debug)]
pub(super) struct Resource<'a> {
    /// The file.
    pub file: FileId,
    /// Where it begins.
    pub root: Node<'a>,
    /// Absolute URI: its own, the one it was downloaded from, or one made up.
    pub uri: String,
    /// Nodes by `$anchor` or `$dynamicAnchor`.
    pub anchors: BTreeMap<&'a str, Node<'a>>,
    /// Nodes by `$dynamicAnchor`.
    pub dynamic: BTreeMap<&'a str, Node<'a>>,
}

/// All resources of all files.
#[derive(Debug, Default)]
pub(super) struct Resources<'a> {
    list: Vec<Resource<'a>>,
    by_uri: BTreeMap<String, Scope>,
    by_file: BTreeMap<FileId, Scope>,
    by_root: BTreeMap<NodeId, Scope>,
}

/// Members whose own members are named by the author, not by the standard.
const NAMED: &[&str] = &[
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
    "pathItems",
    "paths",
    "webhooks",
    "content",
    "encoding",
    "mediaTypes",
    "securitySchemes",
];
/// The same, where what is named are schemas.
const SCHEMAS: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependencies",
    "schemas",
];
/// Members that hold a schema or a list of schemas.
const SCHEMA: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "additionalProperties",
    "propertyNames",
    "unevaluatedProperties",
    "prefixItems",
    "items",
    "contains",
    "unevaluatedItems",
    "contentSchema",
    "schema",
    "itemSchema",
];
/// Members that hold data, in which `$id` means nothing.
const DATA: &[&str] = &["example", "examples", "default", "const", "enum", "value", "dataValue"];

/// What is known of a node while identifiers are searched for.
#[derive(Clone, Copy)]
enum Role {
    /// Nothing: an object of OpenAPI, a schema, or a file's own arrangement.
    Any,
    /// A schema: what an unknown keyword holds is none (Core, section 6.5).
    Schema,
    /// Its members are named by the author.
    Things,
    /// So are these, and each is a schema.
    Schemas,
}

impl Role {
    /// The role of a member's value; none where nothing can be identified.
    fn of_member(self, name: &str) -> Option<Self> {
        match self {
            Self::Things => Some(Self::Any),
            Self::Schemas => Some(Self::Schema),
            Self::Any | Self::Schema if SCHEMA.contains(&name) => Some(Self::Schema),
            Self::Any | Self::Schema if SCHEMAS.contains(&name) => Some(Self::Schemas),
            Self::Schema => None,
            Self::Any if DATA.contains(&name) || name.starts_with("x-") => None,
            Self::Any if NAMED.contains(&name) => Some(Self::Things),
            Self::Any => Some(Self::Any),
        }
    }
}

impl<'a> Resources<'a> {
    /// The resource that a whole file is; its schemas are searched for identifiers when it is first asked for.
    pub fn of_file(
        &mut self,
        file: FileId,
        source: &'a SourceFile,
        root: Node<'a>,
        version: Version,
        url: Option<&str>,
    ) -> Scope {
        if let Some(scope) = self.by_file.get(&file) {
            return *scope;
        }
        let made_up = || format!("source:///{}", source.path.trim_start_matches("./").replace('\\', "/"));
        let base = url.map_or_else(made_up, str::to_owned);
        let own = root.get("$self").and_then(Node::as_str).filter(|_| version == Version::V3_2);
        let uri = own.map_or_else(|| base.clone(), |own| uri::join(&base, own));
        let scope = self.add(file, root, uri);
        self.by_file.insert(file, scope);
        let may_identify = ["$id", "$anchor", "$dynamicAnchor"].iter().any(|name| source.text.contains(name));
        if version != Version::V3_0 && may_identify {
            self.walk(root, scope, Role::Any);
        }
        scope
    }

    fn add(&mut self, file: FileId, root: Node<'a>, uri: String) -> Scope {
        let scope = Scope(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.by_uri.entry(uri.clone()).or_insert(scope);
        self.by_root.insert(root.id(), scope);
        self.list.push(Resource { file, root, uri, anchors: BTreeMap::new(), dynamic: BTreeMap::new() });
        scope
    }

    fn walk(&mut self, node: Node<'a>, mut scope: Scope, role: Role) {
        if let Value::Array(items) = node.value() {
            for item in items {
                self.walk(item, scope, role);
            }
        }
        if !matches!(role, Role::Things | Role::Schemas) {
            scope = self.identify(node, scope);
        }
        for member in node.members() {
            if let Some(role) = role.of_member(member.name) {
                self.walk(member.value, scope, role);
            }
        }
    }

    /// Notes what a schema identifies; the scope of what is inside of it.
    fn identify(&mut self, node: Node<'a>, mut scope: Scope) -> Scope {
        if let Some(id) = node.get("$id").and_then(Node::as_str).filter(|id| !id.starts_with('#')) {
            let base = self.list.get(scope.0 as usize);
            let (file, uri) =
                base.map_or((FileId(0), String::new()), |base| (base.file, uri::join(&base.uri, id)));
            scope = self.add(file, node, uri);
        }
        if let Some(resource) = self.list.get_mut(scope.0 as usize) {
            if let Some(anchor) = node.get("$anchor").and_then(Node::as_str) {
                resource.anchors.entry(anchor).or_insert(node);
            }
            if let Some(anchor) = node.get("$dynamicAnchor").and_then(Node::as_str) {
                resource.anchors.entry(anchor).or_insert(node);
                resource.dynamic.entry(anchor).or_insert(node);
            }
        }
        scope
    }

    /// A resource.
    pub fn get(&self, scope: Scope) -> Option<&Resource<'a>> {
        self.list.get(scope.0 as usize)
    }

    /// The resource with this absolute URI.
    pub fn by_uri(&self, uri: &str) -> Option<Scope> {
        self.by_uri.get(uri).copied()
    }

    /// The resource that begins at this node.
    pub fn beginning_at(&self, node: Node<'_>) -> Option<Scope> {
        self.by_root.get(&node.id()).copied()
    }
}
