//! Operation objects (OAS 3.1.2, Operation Object).

use super::Resolver;
use super::resources::Place;
use crate::contract::{
    Callback, Keywords, Location, Method, Operation, Origin, Parameter, ParameterKind, PathPart,
    PathTemplate, Schema, SchemaBody, Server, Style, Type,
};
use crate::diagnostic::Code;
use crate::source::Span;

const FIELDS: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
];

/// What an operation takes over from its path item.
pub(super) struct Surroundings<'s> {
    /// Where the path item hangs.
    pub origin: &'s Origin,
    /// The path.
    pub path: &'s PathTemplate,
    /// Where the key of the path item stands.
    pub key: Span,
    /// Parameters for all operations.
    pub parameters: &'s [Parameter],
    /// Servers for all operations.
    pub servers: &'s [Server],
    /// Summary for all operations.
    pub summary: Option<String>,
    /// Description for all operations.
    pub description: Option<String>,
}

impl<'a> Resolver<'a> {
    /// One operation.
    pub(super) fn operation(
        &mut self,
        place: Place<'a>,
        method: Method,
        around: &Surroundings<'_>,
    ) -> Option<Operation> {
        let node = place.node;
        if !self.is_object(node, "an operation") {
            return None;
        }
        self.known_fields(node, "an operation", FIELDS);
        let mut parameters = self.merged_parameters(around.parameters, place);
        self.declare_variables(around, &mut parameters);
        let request_body = node.get("requestBody").and_then(|body| self.request_body(place.with(body)));
        let responses = self.responses(place);
        let security = self.requirements(place, "security").unwrap_or_else(|| self.security.clone());
        let own_servers = self.servers(place);
        let callbacks = self.callbacks(place);
        Some(Operation {
            at: node.span(),
            origin: around.origin.clone(),
            method,
            path: around.path.clone(),
            id: self.text(node, "operationId"),
            tags: self.texts(place, "tags"),
            summary: self.text(node, "summary").or_else(|| around.summary.clone()),
            description: self.text(node, "description").or_else(|| around.description.clone()),
            deprecated: self.flag(node, "deprecated").unwrap_or_default(),
            parameters,
            request_body,
            responses,
            security,
            servers: if own_servers.is_empty() { around.servers.to_vec() } else { own_servers },
            callbacks,
        })
    }

    /// Path item and operation parameters by (name, in): the operation's override in place.
    fn merged_parameters(&mut self, inherited: &[Parameter], place: Place<'a>) -> Vec<Parameter> {
        let mut parameters = inherited.to_vec();
        for own in self.parameters(place) {
            match parameters.iter_mut().find(|other| same(other, &own)) {
                Some(other) => *other = own,
                None => parameters.push(own),
            }
        }
        parameters
    }

    /// Reports path variables without a parameter; a string stands in for each.
    fn declare_variables(&mut self, around: &Surroundings<'_>, parameters: &mut Vec<Parameter>) {
        for part in around.path.segments.iter().flatten() {
            let PathPart::Variable(name) = part else {
                continue;
            };
            let declares =
                |parameter: &Parameter| parameter.location == Location::Path && parameter.name == *name;
            if parameters.iter().any(declares) {
                continue;
            }
            let message = format!("`{name}` is a variable of this path, but no path parameter declares it");
            let help = format!("add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`");
            self.diagnostics.error(Code::UNDECLARED_PATH_PARAMETER, around.key, message).help(help);
            parameters.push(self.string_variable(name, around.key));
        }
    }

    fn string_variable(&mut self, name: &str, at: Span) -> Parameter {
        let string = Keywords { types: Some([Type::String].into()), ..Keywords::default() };
        let schema = self.schemas.push(Schema { at, body: SchemaBody::Object(string) });
        let kind =
            ParameterKind::Schema { schema, style: Style::Simple, explode: false, allow_reserved: false };
        Parameter {
            at,
            shared: None,
            name: name.to_owned(),
            location: Location::Path,
            description: None,
            required: true,
            deprecated: false,
            allow_empty: false,
            kind,
            examples: Vec::new(),
        }
    }

    fn callbacks(&mut self, place: Place<'a>) -> Vec<Callback> {
        let Some(map) = place.node.get("callbacks") else {
            return Vec::new();
        };
        let mut callbacks = Vec::new();
        for entry in self.entries(place.with(map), "`callbacks`") {
            let Some(followed) = self.follow(entry.place, "a callback") else {
                continue;
            };
            if !self.is_object(followed.place.node, "a callback") {
                continue;
            }
            self.callback_depth += 1;
            if self.callback_depth > MAX_CALLBACK_DEPTH {
                let message = "callbacks contain one another without end";
                self.diagnostics.error(Code::CIRCULAR_REFERENCE, followed.place.node.span(), message);
            } else {
                let operations = self.callback(entry.name, followed.place);
                callbacks.push(Callback {
                    at: followed.place.node.span(),
                    name: entry.name.to_owned(),
                    operations,
                });
            }
            self.callback_depth -= 1;
        }
        callbacks
    }
}

/// How deep callbacks of callbacks are read.
const MAX_CALLBACK_DEPTH: usize = 4;

/// Whether two parameters are the same one; header names are compared without case.
pub(super) fn same(a: &Parameter, b: &Parameter) -> bool {
    let equal = match a.location {
        Location::Header => a.name.eq_ignore_ascii_case(&b.name),
        _ => a.name == b.name,
    };
    equal && a.location == b.location
}
