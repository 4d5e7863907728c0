//! Responses and links (OAS 3.1.2, Responses, Response and Link Objects).

use super::Resolver;
use super::fields::Entry;
use super::reference::reference_of;
use super::resources::Place;
use crate::contract::{Link, Response, StatusPattern, Version};
use crate::diagnostic::Code;
use crate::source::Node;

const LINK_FIELDS: &[&str] =
    &["operationRef", "operationId", "parameters", "requestBody", "description", "server"];

impl<'a> Resolver<'a> {
    /// The responses of an operation.
    pub(super) fn responses(&mut self, operation: Place<'a>) -> Vec<Response> {
        let Some(map) = operation.node.get("responses") else {
            let message = "this operation declares no `responses`";
            self.diagnostics
                .warning_once(Code::ABSENT_FIELD, "responses", operation.node.span(), message)
                .help("declare them; until then any status may come, without a body");
            return Vec::new();
        };
        let mut place = operation.with(map);
        if let Some((member, _)) = reference_of(map) {
            self.unusual(member, "`responses`");
            match self.follow(place, "`responses`") {
                Some(followed) => place = followed.place,
                None => return Vec::new(),
            }
        }
        if !self.is_object(place.node, "`responses`") {
            return Vec::new();
        }
        let mut responses: Vec<Response> = Vec::new();
        for entry in self.plain_members(place) {
            let Some(status) = self.status(&entry) else {
                continue;
            };
            if responses.iter().any(|other| other.status == status) {
                let message = format!("`{}` is declared twice", entry.name);
                self.diagnostics.error(Code::INVALID_STATUS, entry.name_span, message);
                continue;
            }
            responses.extend(self.response(status, &entry));
        }
        responses
    }

    fn status(&mut self, entry: &Entry<'a>) -> Option<StatusPattern> {
        let key = entry.name;
        if key == "default" {
            return Some(StatusPattern::Default);
        }
        if let Ok(code @ 100..=599) = key.parse::<u16>() {
            return Some(StatusPattern::Code(code));
        }
        if let [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] = key.as_bytes() {
            if key.contains('x') {
                let message = format!("the range `{key}` is written with capital X");
                let report = self.diagnostics.error_once(Code::STATUS_CASE, key, entry.name_span, message);
                report.help(format!("write `{}`", key.to_uppercase()));
            }
            return Some(StatusPattern::Range(digit - b'0'));
        }
        let message = format!("`{key}` is neither a status code nor a range nor `default`");
        self.diagnostics
            .error(Code::INVALID_STATUS, entry.name_span, message)
            .help("write for example `'200'`, `4XX` or `default`");
        None
    }

    /// One response.
    pub(super) fn response(&mut self, status: StatusPattern, entry: &Entry<'a>) -> Option<Response> {
        let followed = self.follow(entry.place, "a response")?;
        let place = followed.place;
        let node = place.node;
        if !self.is_object(node, "a response") {
            return None;
        }
        self.known_fields(node, "a response", &["description", "headers", "content", "links", "summary"]);
        // OpenAPI 3.2 does not ask for it any more.
        if node.get("description").is_none() && self.version(place) != Version::V3_2 {
            let message = "a response without `description`, which is required";
            self.diagnostics
                .warning_once(Code::ABSENT_FIELD, "description", node.span(), message)
                .help("add `description`");
        }
        let own = self.text(node, "description").or_else(|| self.text(node, "summary"));
        Some(Response {
            at: node.span(),
            status,
            description: followed.description.map(str::to_owned).or(own).unwrap_or_default(),
            headers: self.headers(place, "a response"),
            content: node
                .get("content")
                .map_or_else(Vec::new, |content| self.media_types(place.with(content))),
            links: self.links(place),
            component: followed.component.map(str::to_owned),
        })
    }

    fn links(&mut self, place: Place<'a>) -> Vec<Link> {
        let Some(map) = place.node.get("links") else {
            return Vec::new();
        };
        let mut links = Vec::new();
        for entry in self.entries(place.with(map), "`links`") {
            links.extend(self.link(&entry));
        }
        links
    }

    /// One link.
    pub(super) fn link(&mut self, entry: &Entry<'a>) -> Option<Link> {
        let followed = self.follow_idle(entry.place, "a link")?;
        let node = followed.place.node;
        if !self.is_object(node, "a link") {
            return None;
        }
        self.known_fields(node, "a link", LINK_FIELDS);
        self.operation_reference(followed.place);
        let own = node.get("description").and_then(Node::as_str);
        let parameters = node.get("parameters").into_iter().flat_map(|node| node.members()).map(|member| {
            let expression = member.value.as_str().filter(|text| text.starts_with('$'));
            (member.name_span, member.name.to_owned(), expression.map(str::to_owned))
        });
        Some(Link {
            at: node.span(),
            name: entry.name.to_owned(),
            description: followed.description.or(own).map(str::to_owned),
            operation_id: self.text(node, "operationId"),
            parameters: parameters.collect(),
        })
    }

    /// `operationRef` has to lead to an operation; one in another description is taken on trust.
    fn operation_reference(&mut self, link: Place<'a>) {
        let Some(member) = link.node.member("operationRef") else { return };
        let Some(reference) = member.value.as_str().filter(|reference| reference.starts_with('#')) else {
            return;
        };
        if let Err(refusal) = self.target(link.scope, reference) {
            self.diagnostics.warning(Code::LINK_TARGET, member.value.span(), refusal.message);
        }
    }
}
