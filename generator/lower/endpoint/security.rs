//! Security requirements and servers of an operation.

use counterpart_runtime::Json;

use super::{input::location, line::Line};
use crate::{
    contract::{Contract, Operation, Requirement, SchemeKind, Server},
    ir::Access,
};

/// Who may call (OAS 3.1.2, Security Requirement Object: alternatives of conjunctions, `{}` is anonymous).
pub(super) fn access(operation: &Operation) -> Access {
    match operation.security.as_slice() {
        [] => Access::Public,
        alternatives if alternatives.iter().all(Vec::is_empty) => Access::Public,
        alternatives if alternatives.iter().any(Vec::is_empty) => Access::Optional,
        _ => Access::Required,
    }
}

/// The alternatives as entries; none where anyone may call.
pub(super) fn alternatives(contract: &Contract, operation: &Operation) -> Vec<Json> {
    if access(operation) == Access::Public {
        return Vec::new();
    }
    let conjunction =
        |all: &Vec<Requirement>| Json::Array(all.iter().map(|one| requirement(contract, one)).collect());
    operation.security.iter().map(conjunction).collect()
}

fn requirement(contract: &Contract, requirement: &Requirement) -> Json {
    let mut entry = Line::new();
    entry.text("scheme", &requirement.scheme);
    if let Some(scheme) = contract.security_schemes.iter().find(|scheme| scheme.name == requirement.scheme) {
        entry.json("kind", kind(&scheme.kind));
    }
    entry.list("scopes", requirement.scopes.iter().cloned().map(Json::String).collect());
    entry.finish()
}

fn kind(kind: &SchemeKind) -> Json {
    let mut outer = Line::new();
    match kind {
        SchemeKind::ApiKey(place, name) => {
            let mut key = Line::new();
            key.text("in", location(*place)).text("name", name);
            outer.json("apiKey", key.finish());
        }
        SchemeKind::Http(scheme) => {
            outer.text("http", scheme);
        }
        SchemeKind::OAuth2 => return Json::String("oauth2".to_owned()),
        SchemeKind::OpenIdConnect => return Json::String("openIdConnect".to_owned()),
        SchemeKind::MutualTls => return Json::String("mutualTLS".to_owned()),
    }
    outer.finish()
}

/// The URL of a server with its variables at their defaults (OAS 3.1.2, Server Object).
pub(super) fn url(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    url
}
