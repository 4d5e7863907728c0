//! Operations become endpoints, and lines of `operations.jsonl`, which the runtime reads requests and responses by.

mod body;
mod hook;
mod input;
mod line;
mod part;
mod security;
mod sequence;
mod shared;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use counterpart_runtime::Json;

use super::types::TypeLowering;
use crate::{
    contract::{Contract, Location, Method, Operation, Parameter, PathPart, Response, Spare, StatusPattern},
    diagnostic::Diagnostics,
    ir::{BodyInput, Endpoint, Outcome, Site, Status, Usage},
};

pub use shared::header_sets;

/// Operations by what they hang below, and the table of all.
#[derive(Debug, Default)]
pub struct Endpoints {
    /// Those of `paths`.
    pub paths: Vec<Endpoint>,
    /// Those of `webhooks`.
    pub webhooks: Vec<Endpoint>,
    /// Those of callbacks.
    pub callbacks: Vec<Endpoint>,
    /// Lines of `operations.jsonl`.
    pub lines: Vec<String>,
    /// Features of the runtime that bodies ask for.
    pub features: BTreeSet<&'static str>,
}

/// The operations of a contract, which are taken apart one after the other: what they become needs their room.
#[derive(Debug, Default)]
pub struct Operations {
    paths: Vec<Operation>,
    webhooks: Vec<Operation>,
}

impl Operations {
    /// Takes them out of a contract, and frees those that nothing is made of.
    pub fn take(contract: &mut Contract<'_>) -> Self {
        contract.spare = Spare::default();
        Self {
            paths: std::mem::take(&mut contract.operations),
            webhooks: std::mem::take(&mut contract.webhooks),
        }
    }
}

/// Lowers every operation, those of paths first, each kind in document order.
pub fn all(
    types: &mut TypeLowering<'_>,
    contract: &Contract<'_>,
    operations: Operations,
    diagnostics: &mut Diagnostics,
) -> Endpoints {
    let mut lowering =
        Lowering { types, contract, diagnostics, lines: Vec::new(), features: BTreeSet::new() };
    let (mut paths, mut callers) = (Vec::with_capacity(operations.paths.len()), Vec::new());
    for operation in operations.paths {
        let seat = Seat::of(&operation);
        let wish = seat.wish.clone();
        paths.push(lowering.operation(seat));
        callers.push((wish, operation.callbacks));
    }
    let webhooks = hook::webhooks(&operations.webhooks);
    let of_paths = callers.iter().map(|(wish, callbacks)| (wish.as_str(), callbacks.as_slice()));
    let of_webhooks = webhooks.iter().map(|seat| (seat.wish.as_str(), seat.operation.callbacks.as_slice()));
    let callbacks = hook::callbacks(of_paths.chain(of_webhooks));
    let webhooks = webhooks.into_iter().map(|seat| lowering.operation(seat)).collect();
    let callbacks = callbacks.into_iter().map(|seat| lowering.operation(seat)).collect();
    Endpoints { paths, webhooks, callbacks, lines: lowering.lines, features: lowering.features }
}

/// An operation, what it would like to be called, and where it is served.
struct Seat<'c> {
    operation: &'c Operation,
    wish: String,
    site: Site,
    path: String,
}

impl<'c> Seat<'c> {
    /// An operation of `paths`.
    fn of(operation: &'c Operation) -> Self {
        Self { operation, wish: wish(operation), site: Site::Path, path: operation.path.text.clone() }
    }
}

/// What every part of this floor needs at hand.
struct Lowering<'a, 'c> {
    types: &'a mut TypeLowering<'c>,
    contract: &'a Contract<'a>,
    diagnostics: &'a mut Diagnostics,
    lines: Vec<String>,
    features: BTreeSet<&'static str>,
}

impl Lowering<'_, '_> {
    fn operation(&mut self, seat: Seat<'_>) -> Endpoint {
        let Seat { operation, wish, site, path } = seat;
        let mut line = line::Line::new();
        line.text("id", &wish).text("method", operation.method.as_str()).text("path", &path);
        line.flag("deprecated", operation.deprecated);

        let mut parameters = Vec::with_capacity(operation.parameters.len());
        let mut entries = Vec::new();
        for parameter in operation.parameters.iter().filter(|one| travels(&site, one)) {
            let (input, entry) = self.parameter(parameter, &wish);
            parameters.push(input);
            entries.push(entry);
        }
        line.list("parameters", entries);

        let body = self.request_body(operation, &wish, &mut line);
        let outcomes = self.outcomes(operation, &wish, &mut line);
        line.list("security", security::alternatives(self.contract, operation));
        // The URLs of webhooks and callbacks are those of whoever receives them.
        let servers = operation.servers.iter().filter(|_| site == Site::Path);
        line.list("servers", servers.map(|server| Json::String(security::url(server))).collect());

        let index = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        self.lines.push(line.finish().to_string());
        Endpoint {
            at: operation.at,
            index,
            wish,
            tag: operation.tags.first().cloned(),
            site,
            method: operation.method.as_str().to_owned(),
            path,
            docs: docs(operation),
            deprecated: operation.deprecated,
            parameters,
            body,
            outcomes,
            access: security::access(operation),
        }
    }

    fn request_body(
        &mut self,
        operation: &Operation,
        wish: &str,
        line: &mut line::Line,
    ) -> Option<BodyInput> {
        let body = operation.request_body.as_ref()?;
        let place = match &body.component {
            Some(component) => of_component(component, "body"),
            None => vec![wish.to_owned(), "body".to_owned()],
        };
        let (variants, media) = self.content(&body.content, Usage::Request, &place);
        let mut entry = line::Line::new();
        entry.flag("required", body.required).list("content", media);
        line.json("body", entry.finish());
        let docs = body.description.clone().unwrap_or_default();
        Some(BodyInput { required: body.required, docs, variants })
    }

    fn outcomes(&mut self, operation: &Operation, wish: &str, line: &mut line::Line) -> Vec<Outcome> {
        let successes = operation.responses.iter().filter(|response| is_success(response.status)).count();
        let mut outcomes = Vec::with_capacity(operation.responses.len());
        let mut entries = Vec::new();
        for response in &operation.responses {
            let role = match is_success(response.status) && successes == 1 {
                true => "response".into(),
                false => status(response.status).words(),
            };
            let place = match &response.component {
                Some(component) => of_component(component, "response"),
                None => vec![wish.to_owned(), role.into_owned()],
            };
            let (mut outcome, entry) = self.outcome(response, &place);
            if operation.method == Method::Head {
                // The headers are those of GET; a body never comes (RFC 9110, section 9.3.2).
                outcome.bodies.clear();
            }
            outcomes.push(outcome);
            entries.push(entry);
        }
        if outcomes.is_empty() {
            // OAS 3.1.2 allows an operation without responses: then every status is as good as any other.
            let docs = "The contract declares no response.".to_owned();
            outcomes.push(Outcome { status: Status::Default, docs, headers: Vec::new(), bodies: Vec::new() });
            entries.push(line::response(Status::Default, Vec::new(), Vec::new()));
        }
        line.list("responses", entries);
        outcomes
    }

    fn outcome(&mut self, response: &Response, place: &[String]) -> (Outcome, Json) {
        let (headers, header_entries) =
            response.headers.iter().map(|header| self.header(header, Usage::Response, place)).unzip();
        let status = status(response.status);
        let (bodies, media) = match status.never_has_body() {
            true => (Vec::new(), Vec::new()),
            false => self.content(&response.content, Usage::Response, place),
        };
        let entry = line::response(status, header_entries, media);
        (Outcome { status, docs: response.description.clone(), headers, bodies }, entry)
    }
}

/// The place of what stands below `components`: whoever refers to it, its types have one name. The role is put
/// behind the key, unless that ends with it (`NotFoundResponse`, `pageParam`).
fn of_component(key: &str, role: &'static str) -> Vec<String> {
    const ABBREVIATED: usize = 4;
    let lower = key.to_ascii_lowercase();
    let ended = (ABBREVIATED..=role.len()).any(|length| lower.ends_with(role.get(..length).unwrap_or(role)));
    let role = (!ended).then(|| role.to_owned());
    std::iter::once(key.to_owned()).chain(role).collect()
}

/// Webhooks and callbacks have no path for a parameter to stand in; `check` says so.
fn travels(site: &Site, parameter: &Parameter) -> bool {
    *site == Site::Path || parameter.location != Location::Path
}

fn status(pattern: StatusPattern) -> Status {
    match pattern {
        StatusPattern::Code(code) => Status::Code(code),
        StatusPattern::Range(class) => Status::Range(class),
        StatusPattern::Default => Status::Default,
    }
}

fn is_success(pattern: StatusPattern) -> bool {
    status(pattern).is_success()
}

/// The name an operation would like: its `operationId`, else method and path as words: `get users by id`.
fn wish(operation: &Operation) -> String {
    if let Some(id) = &operation.id {
        return id.clone();
    }
    let mut words = vec![operation.method.as_str().to_ascii_lowercase()];
    for part in operation.path.segments.iter().flatten() {
        match part {
            PathPart::Literal(text) => words.push(text.clone()),
            PathPart::Variable(name) => words.extend(["by".to_owned(), name.clone()]),
        }
    }
    words.extend(operation.path.query.clone());
    words.join(" ")
}

/// Summary and description as Markdown, without saying the same twice.
fn docs(operation: &Operation) -> String {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = operation.description.as_deref().unwrap_or_default().trim();
    match (summary, description) {
        ("", text) | (text, "") => text.to_owned(),
        (summary, description) if description.starts_with(summary) => description.to_owned(),
        (summary, description) => format!("{summary}\n\n{description}"),
    }
}
