//! Path items below `paths`, `webhooks` and callbacks (OAS 3.1.2, Paths Object and Path Item Object).

use super::fields::{Entry, members};
use super::operation::Surroundings;
use super::reference::reference_of;
use super::resources::Place;
use super::{Resolver, template};
use crate::contract::{Method, Operation, Origin, Parameter, PathPart, PathTemplate, Version};
use crate::diagnostic::{Code, Diagnostics};

const FIELDS: &[&str] = &[
    "$ref",
    "summary",
    "description",
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
    "additionalOperations",
    "servers",
    "parameters",
];

/// How many path items may refer to one another.
const MAX_LAYERS: usize = 16;

fn method(name: &str) -> Option<Method> {
    Some(match name {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        "query" => Method::Query,
        _ => return None,
    })
}

/// A key that is a name or an expression, not a path.
fn literal(key: &str) -> PathTemplate {
    let segments = vec![vec![PathPart::Literal(key.to_owned())]];
    PathTemplate { text: key.to_owned(), segments, query: None }
}

impl<'a> Resolver<'a> {
    /// The operations of `paths`.
    pub(super) fn paths(&mut self, paths: Place<'a>) -> Vec<Operation> {
        let mut operations = Vec::new();
        for entry in self.entries(paths, "`paths`") {
            if entry.name.starts_with("x-") {
                continue;
            }
            let path = self.template(&entry);
            // A path that was mended may be there a second time, as it should be.
            let twin = |path: &PathTemplate| path.text != entry.name && paths.node.get(&path.text).is_some();
            if let Some(path) = path.filter(|path| !twin(path)) {
                let origin = Origin::Path(entry.name.to_owned());
                operations.extend(self.path_item(entry, &origin, &path));
            }
        }
        operations
    }

    fn template(&mut self, entry: &Entry<'a>) -> Option<PathTemplate> {
        let parsed = template::parse(entry.name).or_else(|message| {
            let message = format!("`{}` is no path: {message}", entry.name);
            self.diagnostics
                .error(Code::INVALID_PATH, entry.name_span, message)
                .help("paths look like `/users/{id}`");
            // What goes on with if that is allowed.
            template::parse(&format!("/{}", entry.name.trim_start()))
        });
        let path = parsed.ok()?;
        if let Some(name) = template::repeated_variable(&path) {
            let message = format!("the variable `{name}` stands twice in this path");
            self.diagnostics
                .warning(Code::REPEATED_PATH_VARIABLE, entry.name_span, message)
                .help("rename one of them");
        }
        if let Some((_, fragment)) = template::fragment(entry.name) {
            let message = format!("the fragment `#{fragment}` is never sent and is dropped");
            self.diagnostics
                .warning(Code::PATH_FRAGMENT, entry.name_span, message)
                .help("leave it out; different operations need different paths");
        }
        if let Some(query) = &path.query {
            let message = format!("the query string `?{query}` in a path is read as a fixed query");
            self.diagnostics
                .warning(Code::PATH_QUERY, entry.name_span, message)
                .help("describe it as a query parameter with a `const` value");
        }
        Some(path)
    }

    /// The operations of `webhooks`.
    pub(super) fn webhooks(&mut self, webhooks: Place<'a>) -> Vec<Operation> {
        let mut operations = Vec::new();
        for entry in self.entries(webhooks, "`webhooks`") {
            if !entry.name.starts_with("x-") {
                let origin = Origin::Webhook(entry.name.to_owned());
                operations.extend(self.named_item(entry, &origin));
            }
        }
        operations
    }

    /// The operations of a path item that hangs below a name, not a path.
    pub(super) fn named_item(&mut self, item: Entry<'a>, origin: &Origin) -> Vec<Operation> {
        self.path_item(item, origin, &literal(item.name))
    }

    /// The operations of a callback object.
    pub(super) fn callback(&mut self, name: &str, callback: Place<'a>) -> Vec<Operation> {
        let mut operations = Vec::new();
        for entry in self.plain_members(callback) {
            let origin = Origin::Callback(name.to_owned(), entry.name.to_owned());
            operations.extend(self.named_item(entry, &origin));
        }
        operations
    }

    /// A path item and those that its `$ref` leads to, nearest first.
    fn layers(&mut self, place: Place<'a>) -> Vec<Place<'a>> {
        let mut layers = vec![place];
        let mut last = place;
        while let Some((member, reference)) = reference_of(last.node) {
            if layers.len() > MAX_LAYERS {
                let message = "this reference to a path item leads round in a circle";
                self.diagnostics.error(Code::CIRCULAR_REFERENCE, super::reference::whole(member), message);
                break;
            }
            let Some(target) = self.resolve(last.scope, member, reference) else {
                break;
            };
            if !self.is_object(target.node, "a path item") {
                break;
            }
            self.beside_reference(last, target);
            self.referred.insert(target.node.id());
            layers.push(target);
            last = target;
        }
        layers
    }

    /// Fields beside the `$ref` of a path item: undefined since 3.1; in 3.0 only where the target has them, too.
    fn beside_reference(&mut self, item: Place<'a>, target: Place<'a>) {
        let twice = path_fields(item).find(|own| path_fields(target).any(|other| other.name == own.name));
        let conflict = twice.is_some();
        let Some(field) = twice.or_else(|| path_fields(item).next()) else { return };
        let report = match self.version(item) {
            Version::V3_0 if !conflict => Diagnostics::warning_once,
            _ => Diagnostics::error_once,
        };
        let rest = if conflict { ", which has it, too" } else { "" };
        let message = format!("`{}` beside the `$ref` of a path item{rest}", field.name);
        report(&mut self.diagnostics, Code::PATH_ITEM_SIBLINGS, rest, field.name_span, message)
            .help("copy the referenced path item here, or move the field to it");
    }

    fn path_item(&mut self, item: Entry<'a>, origin: &Origin, path: &PathTemplate) -> Vec<Operation> {
        let place = item.place;
        if !self.is_object(place.node, "a path item") {
            return Vec::new();
        }
        let layers = self.layers(place);
        for layer in &layers {
            self.known_fields(layer.node, "a path item", FIELDS);
        }
        let field = |name: &str| layers.iter().find_map(|layer| Some((*layer, layer.node.member(name)?)));
        let text = |name: &str| field(name).and_then(|(_, member)| member.value.as_str()).map(str::to_owned);
        let mut parameters = field("parameters").map(|(layer, _)| self.parameters(layer)).unwrap_or_default();
        for parameter in &mut parameters {
            let Parameter { shared, name, .. } = parameter;
            shared.get_or_insert_with(|| format!("{} {name}", item.name));
        }
        let servers = field("servers").map(|(layer, _)| self.servers(layer)).unwrap_or_default();
        let around = Surroundings {
            origin,
            path,
            key: item.name_span,
            parameters: &parameters,
            servers: &servers,
            summary: text("summary"),
            description: text("description"),
        };
        let mut operations: Vec<Operation> = Vec::new();
        let entries: Vec<Entry<'a>> = layers.iter().flat_map(|layer| members(*layer)).collect();
        for entry in entries {
            if entry.name == "additionalOperations" {
                self.additional(entry, &around, &mut operations);
            } else if let Some(method) = method(entry.name) {
                self.check_newer(entry, &method);
                self.add(entry, method, &around, &mut operations);
            }
        }
        operations
    }

    fn check_newer(&mut self, entry: Entry<'a>, method: &Method) {
        if *method == Method::Query && self.version(entry.place) != Version::V3_2 {
            self.newer_entry(entry, "3.2.0");
        }
    }

    fn newer_entry(&mut self, entry: Entry<'a>, since: &str) {
        let message =
            format!("`{}` in a path item belongs to OpenAPI {since}; it is honoured here", entry.name);
        self.diagnostics
            .warning_once(Code::NEWER_FIELD, entry.name, entry.name_span, message)
            .help(format!("raise the `openapi` field to {since}"));
    }

    /// 3.2 `additionalOperations`: methods without a field of their own, case kept.
    fn additional(&mut self, map: Entry<'a>, around: &Surroundings<'_>, operations: &mut Vec<Operation>) {
        if self.version(map.place) != Version::V3_2 {
            self.newer_entry(map, "3.2.0");
        }
        for entry in self.entries(map.place, "`additionalOperations`") {
            let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            let fixed =
                method(&entry.name.to_ascii_lowercase()).is_some_and(|method| method.as_str() == entry.name);
            if entry.name.is_empty() || !entry.name.bytes().all(token) || fixed {
                let message = if fixed {
                    format!("`{}` has a field of its own in the path item", entry.name)
                } else {
                    format!("`{}` is no HTTP method (RFC 9110, section 9.1)", entry.name)
                };
                self.diagnostics.error(Code::INVALID_VALUE, entry.name_span, message);
                continue;
            }
            self.add(entry, Method::Other(entry.name.to_owned()), around, operations);
        }
    }

    fn add(
        &mut self,
        entry: Entry<'a>,
        method: Method,
        around: &Surroundings<'_>,
        operations: &mut Vec<Operation>,
    ) {
        if operations.iter().any(|operation| operation.method == method) {
            return;
        }
        let mut place = entry.place;
        if let Some((member, _)) = reference_of(place.node) {
            self.unusual(member, "an operation");
            match self.follow(place, "an operation") {
                Some(followed) => place = followed.place,
                None => return,
            }
        }
        if place.node.is_null() {
            let message = format!("the operation `{}` is null; it is left out", entry.name);
            self.mended(place.node.span(), message);
            return;
        }
        operations.extend(self.operation(place, method, around));
    }
}

/// The fields of a path item that say something about its operations.
fn path_fields<'a>(item: Place<'a>) -> impl Iterator<Item = Entry<'a>> {
    members(item).filter(|field| {
        !field.name.starts_with("x-") && !matches!(field.name, "$ref" | "summary" | "description")
    })
}
