//! Security schemes and requirements (OAS 3.1.2, Security Scheme and Security Requirement Objects). Names mean the
//! schemes of the entry document, wherever they are used.

use super::Resolver;
use super::reference::reference_of;
use super::resources::Place;
use crate::contract::{Location, Requirement, SchemeKind, SecurityScheme};
use crate::diagnostic::{Code, suggest::did_you_mean};
use crate::source::{Member, Node, Value};

const FIELDS: &[&str] = &[
    "type",
    "description",
    "name",
    "in",
    "scheme",
    "bearerFormat",
    "flows",
    "openIdConnectUrl",
    "oauth2MetadataUrl",
    "deprecated",
];
const TYPES: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

impl<'a> Resolver<'a> {
    /// `components.securitySchemes` of the entry document.
    pub(super) fn security_schemes(&mut self, components: Option<Place<'a>>) -> Vec<SecurityScheme> {
        let map = components.and_then(|place| place.node.get("securitySchemes").map(|node| place.with(node)));
        let Some(map) = map else {
            return Vec::new();
        };
        let mut schemes = Vec::new();
        for entry in self.entries(map, "`securitySchemes`") {
            // A scheme that is broken is known nevertheless, so that its uses are not reported as well.
            self.schemes.insert(entry.name.to_owned());
            let Some(followed) = self.follow(entry.place, "a security scheme") else {
                continue;
            };
            let node = followed.place.node;
            let (mut description, mut kind) = (None, None);
            if self.is_object(node, "a security scheme") {
                self.known_fields(node, "a security scheme", FIELDS);
                description = self.text(node, "description");
                kind = self.scheme_kind(node);
            }
            // What is broken lets nobody in, even where that is allowed.
            let kind = kind.unwrap_or_else(undefined);
            schemes.push(SecurityScheme { at: node.span(), name: entry.name.to_owned(), description, kind });
        }
        schemes
    }

    fn scheme_kind(&mut self, node: Node<'a>) -> Option<SchemeKind> {
        let what = "this security scheme";
        match self.required_text(node, "type", what)?.as_str() {
            "apiKey" => {
                let name = self.required_text(node, "name", what)?;
                let place = self.required_text(node, "in", what)?;
                let location = match place.as_str() {
                    "query" => Location::Query,
                    "header" => Location::Header,
                    "cookie" => Location::Cookie,
                    _ => {
                        let at = node.get("in").map_or(node.span(), |value| value.span());
                        let message =
                            format!("an API key travels in query, header or cookie, not in `{place}`");
                        self.diagnostics.error(Code::INVALID_VALUE, at, message);
                        return None;
                    }
                };
                Some(SchemeKind::ApiKey(location, name))
            }
            "http" => Some(SchemeKind::Http(self.required_text(node, "scheme", what)?.to_ascii_lowercase())),
            "oauth2" => Some(SchemeKind::OAuth2),
            "openIdConnect" => Some(SchemeKind::OpenIdConnect),
            "mutualTLS" => Some(SchemeKind::MutualTls),
            other => {
                let at = node.get("type").map_or(node.span(), |value| value.span());
                let message = format!("`{other}` is no type of security scheme");
                let report = self.diagnostics.error(Code::INVALID_VALUE, at, message);
                let question = did_you_mean(other, TYPES.iter().copied());
                report.help(question.unwrap_or_else(|| format!("types are {}", TYPES.join(", "))));
                None
            }
        }
    }

    /// The alternatives of a `security` field; `None` where there is no such field.
    pub(super) fn requirements(&mut self, place: Place<'a>, field: &str) -> Option<Vec<Vec<Requirement>>> {
        let value = place.node.get(field)?;
        let is_list = value.is_array() || value.is_null() || reference_of(value).is_some();
        if !self.is_clear(is_list, value, "`security` must be an array") {
            return None;
        }
        let mut alternatives = Vec::new();
        for item in self.list(place, field) {
            let is_map = item.node.is_object() || item.node.is_null() || is_empty(item.node);
            if !self.is_clear(is_map, item.node, "a security requirement must be an object") {
                continue;
            }
            self.is_object(item.node, "a security requirement");
            let mut all = Vec::new();
            for member in item.node.members() {
                if !self.schemes.contains(member.name) {
                    let message = format!("no security scheme is named `{}`", member.name);
                    let help = did_you_mean(member.name, self.schemes.iter().map(String::as_str));
                    let report = self.diagnostics.error(Code::UNKNOWN_SCHEME, member.name_span, message);
                    report.help(help.unwrap_or_else(|| {
                        "define it below `components.securitySchemes` of the entry document".to_owned()
                    }));
                    self.undefined_scheme(member);
                }
                let is_text = |node: Node<'_>| matches!(node.value(), Value::String(_) | Value::Number(_));
                let is_texts = match member.value.value() {
                    Value::Array(mut scopes) => scopes.all(is_text),
                    _ => member.value.is_null(),
                };
                let rule = "the scopes of a requirement are an array of strings";
                let is_clear = self.is_clear(is_texts, member.value, rule);
                let scopes = if is_clear { self.texts(item, member.name) } else { Vec::new() };
                all.push(Requirement { scheme: member.name.to_owned(), scopes });
            }
            alternatives.push(all);
        }
        Some(alternatives)
    }

    /// Whether it can be told who may call. What is wrong about that cannot be allowed, nobody would be let in by mistake.
    fn is_clear(&mut self, is_clear: bool, node: Node<'_>, rule: &str) -> bool {
        if !is_clear {
            self.diagnostics.error(
                Code::INVALID_VALUE,
                node.span(),
                format!("{rule}, this is {}", node.kind()),
            );
        }
        is_clear
    }

    /// Stands in for a scheme that is not defined where that is allowed: nobody can meet it, so nobody gets in.
    fn undefined_scheme(&mut self, member: Member<'_>) {
        self.schemes.insert(member.name.to_owned());
        self.undefined_schemes.push(SecurityScheme {
            at: member.name_span,
            name: member.name.to_owned(),
            description: None,
            kind: undefined(),
        });
    }
}

/// A kind of scheme that nobody can meet.
fn undefined() -> SchemeKind {
    SchemeKind::Http("undefined".to_owned())
}

fn is_empty(node: Node<'_>) -> bool {
    matches!(node.value(), Value::Array(items) if items.is_empty())
}
