//! Servers and their variables (OAS 3.1.2, Server Object).

use std::collections::BTreeSet;

use super::Resolver;
use super::fields::Entry;
use super::resources::Place;
use crate::contract::{Server, ServerVariable, Version};
use crate::diagnostic::{Code, Diagnostics};

impl<'a> Resolver<'a> {
    /// The root servers; one `/` where there is none.
    pub(super) fn root_servers(&mut self, root: Place<'a>) -> Vec<Server> {
        let servers = self.servers(root);
        if servers.is_empty() {
            let at = root.node.span();
            return vec![Server { at, url: "/".to_owned(), description: None, variables: Vec::new() }];
        }
        servers
    }

    /// The `servers` of an object.
    pub(super) fn servers(&mut self, place: Place<'a>) -> Vec<Server> {
        let mut servers = Vec::new();
        for item in self.list(place, "servers") {
            let node = item.node;
            if !self.is_object(node, "a server") {
                continue;
            }
            self.known_fields(node, "a server", &["url", "description", "variables", "name"]);
            let Some(url) = self.required_text(node, "url", "this server") else {
                continue;
            };
            let mut variables = Vec::new();
            if let Some(map) = node.get("variables") {
                for entry in self.entries(item.with(map), "`variables`") {
                    variables.extend(self.server_variable(&entry));
                }
            }
            self.check_variables(item, &url, &variables);
            servers.push(Server {
                at: node.span(),
                url,
                description: self.text(node, "description"),
                variables,
            });
        }
        servers
    }

    fn server_variable(&mut self, entry: &Entry<'a>) -> Option<ServerVariable> {
        let node = entry.place.node;
        if entry.name.starts_with("x-") || !self.is_object(node, "a server variable") {
            return None;
        }
        self.known_fields(node, "a server variable", &["enum", "default", "description"]);
        let mut values = self.texts(entry.place, "enum");
        let mut seen = BTreeSet::new();
        values.retain(|value| seen.insert(value.clone()));
        let Some(default) = self.text(node, "default") else {
            let message = format!("the server variable `{}` has no `default`, which is required", entry.name);
            self.diagnostics
                .error(Code::SERVER_VARIABLE, node.span(), message)
                .help("add `default`, the value that is sent unless another is chosen");
            return None;
        };
        if !values.is_empty() && !values.contains(&default) {
            let at = node.get("default").map_or(node.span(), |value| value.span());
            let message =
                format!("`{default}` is none of the values of the server variable `{}`", entry.name);
            // Before 3.1 the standard only said that it should be one, so it is another one.
            let report = match self.version(entry.place) {
                Version::V3_0 => Diagnostics::warning,
                _ => Diagnostics::error,
            };
            report(&mut self.diagnostics, Code::SERVER_VARIABLE, at, message)
                .help("choose one of `enum`, or add it there");
            values.push(default.clone());
        }
        let description = self.text(node, "description");
        Some(ServerVariable { name: entry.name.to_owned(), default, values, description })
    }

    /// Every variable in the URL is defined.
    fn check_variables(&mut self, server: Place<'a>, url: &str, variables: &[ServerVariable]) {
        let defined = server.node.get("variables");
        for name in url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
            let broken = defined.is_some_and(|map| map.get(name).is_some());
            if !broken && variables.iter().all(|variable| variable.name != name) {
                let at = server.node.get("url").map_or(server.node.span(), |value| value.span());
                let message = format!("the server URL has the variable `{name}`, which is not defined");
                let report = self.diagnostics.warning(Code::UNDEFINED_SERVER_VARIABLE, at, message);
                report.help(format!("add `variables: {{{name}: {{default: …}}}}`"));
            }
        }
    }
}
