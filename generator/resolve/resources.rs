//! Schema resources: what `$id`, `$self`, `$anchor` and `$dynamicAnchor` identify (JSON Schema Core, section 8.2).

use std::collections::BTreeMap;

use super::dialect::{Dialect, Draft};
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

/// The name of the dynamic anchor that `$recursiveAnchor` stands for; none that can be written.
pub(super) const RECURSIVE: &str = "$recursiveAnchor";

/// A file, or a schema with `$id` in it; or one with `$schema` alone, which is part of the resource around it.
#[derive(Debug)]
pub(super) struct Resource<'a> {
    /// The file.
    pub file: FileId,
    /// Where it begins.
    pub root: Node<'a>,
    /// Absolute URI: its own, the one it was downloaded from, or one made up.
    pub uri: String,
    /// The resource that it is part of: itself, unless it has no identity of its own.
    pub home: Scope,
    /// What names its dialect.
    pub declared: Option<Node<'a>>,
    /// Its dialect, once it is known.
    pub dialect: Option<Dialect>,
    /// Places by `$anchor`, `$dynamicAnchor`, or a fragment in `$id`.
    pub anchors: BTreeMap<&'a str, Place<'a>>,
    /// Places by `$dynamicAnchor`.
    pub dynamic: BTreeMap<&'a str, Place<'a>>,
}

/// The edition by whose rules identifiers are found; a meta-schema is not looked up for that.
fn draft_of(declared: Option<Node<'_>>) -> Draft {
    declared.and_then(Node::as_str).and_then(Draft::named).unwrap_or(Draft::Draft2020)
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
    "additionalItems",
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

/// What identifiers are made of.
const IDENTIFYING: &[&str] = &["$id", "$anchor", "$dynamicAnchor", "$schema"];

impl Role {
    /// The role of a member's value; none where nothing can be identified.
    fn of_member(self, name: &str, draft: Draft) -> Option<Self> {
        match self {
            Self::Things => Some(Self::Any),
            Self::Schemas => Some(Self::Schema),
            Self::Schema if !draft.has(name) => None,
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
        let is_openapi = root.get("openapi").is_some();
        let declared = match (is_openapi, version) {
            (true, Version::V3_0) => None,
            (true, _) => root.get("jsonSchemaDialect"),
            (false, _) => root.get("$schema").filter(|value| value.as_str().is_some()),
        };
        let scope = self.add(file, root, uri, declared);
        self.by_file.insert(file, scope);
        // OpenAPI 3.0 has no identifiers, and a `$schema` is the author's only in a file that begins with one.
        let may_identify = declared.is_some() || IDENTIFYING.iter().any(|name| source.text.contains(name));
        if may_identify && (version != Version::V3_0 || declared.is_some()) {
            self.walk(root, scope, if is_openapi || declared.is_none() { Role::Any } else { Role::Schema });
        }
        scope
    }

    fn add(&mut self, file: FileId, root: Node<'a>, uri: String, declared: Option<Node<'a>>) -> Scope {
        let home = Scope(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.by_uri.entry(uri.clone()).or_insert(home);
        self.by_root.insert(root.id(), home);
        let (anchors, dynamic) = (BTreeMap::new(), BTreeMap::new());
        self.list.push(Resource { file, root, uri, home, declared, dialect: None, anchors, dynamic });
        home
    }
    fn walk(&mut self, node: Node<'a>, mut scope: Scope, mut role: Role) {
        if let Value::Array(items) = node.value() {
            for item in items {
                self.walk(item, scope, role);
            }
        }
        if !matches!(role, Role::Things | Role::Schemas) {
            scope = self.identify(node, scope, role);
            if self.begins(node, scope) {
                role = Role::Schema;
            }
        }
        let draft = draft_of(self.get(scope).and_then(|resource| resource.declared));
        for member in node.members() {
            if let Some(role) = role.of_member(member.name, draft) {
                self.walk(member.value, scope, role);
            }
        }
    }

    /// Whether a schema begins a resource, or a dialect of its own, there. An OpenAPI document is no schema.
    fn begins(&self, node: Node<'_>, scope: Scope) -> bool {
        self.get(scope).is_some_and(|resource| resource.root.id() == node.id())
            && node.get("openapi").is_none()
            && ["$id", "$schema"].iter().any(|name| node.get(name).is_some())
    }

    /// Notes what a schema identifies; the scope of what is inside of it.
    fn identify(&mut self, node: Node<'a>, outer: Scope, role: Role) -> Scope {
        let Some((file, base, inherited, root)) =
            self.get(outer).map(|outer| (outer.file, outer.uri.clone(), outer.declared, outer.root))
        else {
            return outer;
        };
        let is_root = root.id() == node.id();
        let own = node.get("$schema").filter(|value| value.as_str().is_some() && !is_root);
        let declared = own.or(inherited);
        let draft = draft_of(declared);
        let hidden = draft.reference_hides() && node.get("$ref").is_some_and(|to| to.as_str().is_some());
        // `id` is a usual name outside of schemas.
        let is_schema = own.is_some() || matches!(role, Role::Schema);
        let counts = !hidden && (is_schema || draft != Draft::Draft4);
        let id = node.get(draft.id()).and_then(Node::as_str).filter(|_| counts).unwrap_or_default();
        let scope = if !uri::without_fragment(id).is_empty() {
            self.add(file, node, uri::join(&base, id), declared)
        } else if own.is_some() {
            self.part(node, outer, declared)
        } else {
            outer
        };
        self.anchors(node, Place { node, scope }, draft, uri::fragment(id));
        scope
    }

    /// A schema in another dialect that is part of the resource around it.
    fn part(&mut self, root: Node<'a>, outer: Scope, declared: Option<Node<'a>>) -> Scope {
        let Some(around) = self.get(outer) else { return outer };
        let (file, uri, home) = (around.file, around.uri.clone(), around.home);
        let scope = Scope(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.by_root.insert(root.id(), scope);
        let (anchors, dynamic) = (BTreeMap::new(), BTreeMap::new());
        self.list.push(Resource { file, root, uri, home, declared, dialect: None, anchors, dynamic });
        scope
    }

    /// Notes the anchors of a schema with the resource that they are part of.
    fn anchors(&mut self, node: Node<'a>, place: Place<'a>, draft: Draft, fragment: &'a str) {
        let home = self.home(place.scope);
        let Some(resource) = self.list.get_mut(home.0 as usize) else { return };
        if draft <= Draft::Draft7 {
            if !fragment.is_empty() {
                resource.anchors.entry(fragment).or_insert(place);
            }
            return;
        }
        if let Some(anchor) = node.get("$anchor").and_then(Node::as_str) {
            resource.anchors.entry(anchor).or_insert(place);
        }
        if draft == Draft::Draft2019 {
            let recursive = node.get(RECURSIVE).and_then(Node::as_bool) == Some(true);
            if recursive && resource.root.id() == node.id() {
                resource.dynamic.entry(RECURSIVE).or_insert(place);
            }
        } else if let Some(anchor) = node.get("$dynamicAnchor").and_then(Node::as_str) {
            resource.anchors.entry(anchor).or_insert(place);
            resource.dynamic.entry(anchor).or_insert(place);
        }
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
    /// The resource that a scope is part of.
    pub fn home(&self, scope: Scope) -> Scope {
        self.get(scope).map_or(scope, |resource| resource.home)
    }

    /// The dynamic anchors of the resource that a scope is part of.
    pub fn dynamic(&self, scope: Scope) -> Option<&BTreeMap<&'a str, Place<'a>>> {
        let resource = self.get(self.home(scope))?;
        Some(&resource.dynamic).filter(|anchors| !anchors.is_empty())
    }

    /// Notes a dialect that has become known.
    pub fn set_dialect(&mut self, scope: Scope, dialect: Dialect) {
        if let Some(resource) = self.list.get_mut(scope.0 as usize) {
            resource.dialect = Some(dialect);
        }
    }
}
