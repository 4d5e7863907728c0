//! Operations: bodies where they mean little, failures that nobody declared, servers, parts of forms.

use super::{Check, shape};
use crate::contract::{MediaType, Method, Operation, Origin, Server, StatusPattern};
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    for operation in check.operations() {
        body(check, operation);
        undeclared_failures(check, operation);
        servers(check, &operation.servers);
        for media in operation.request_body.iter().flat_map(|body| &body.content) {
            encodings(check, media);
        }
    }
    servers(check, &check.contract.servers);
    for (_, schema) in check.schemas() {
        let format = schema.keywords().and_then(|keywords| keywords.format);
        if let Some(format @ ("byte" | "binary")) = format
            && check.contract.version != crate::contract::Version::V3_0
        {
            let at = check.keyword(schema, "format");
            let message = format!("`format: {format}` belongs to OpenAPI 3.0; it is read as meant");
            let report = check.diagnostics.warning_once(Code::LEGACY_FORMAT, format, at, message);
            report.help("write `contentEncoding: base64` for text, or leave the schema out for raw bytes");
        }
    }
}

/// RFC 9110, section 9.3: content in these requests has no generally defined meaning.
fn body(check: &mut Check<'_>, operation: &Operation) {
    let Some(body) = &operation.request_body else {
        return;
    };
    if matches!(operation.method, Method::Get | Method::Head | Method::Delete | Method::Trace) {
        let method = operation.method.as_str();
        let message =
            format!("a body in a {method} request has no defined meaning, and may be dropped on the way");
        check
            .diagnostics
            .warning_once(Code::UNUSUAL_BODY, method, body.at, message)
            .help("send it by POST, or describe it by query parameters");
    }
}

/// A generated server refuses what breaks the contract, so the contract should say what that looks like.
fn undeclared_failures(check: &mut Check<'_>, operation: &Operation) {
    let validates = operation.request_body.is_some() || !operation.parameters.is_empty();
    let declared = operation.responses.iter().any(|response| match response.status {
        StatusPattern::Code(code) => (400..500).contains(&code),
        StatusPattern::Range(digit) => digit == 4,
        StatusPattern::Default => true,
    });
    if validates && !declared && matches!(operation.origin, Origin::Path(_)) {
        let message = "requests to this operation can be refused, but it declares no 4XX response";
        check
            .diagnostics
            .warning_once(Code::UNDECLARED_FAILURES, "", operation.at, message)
            .help("declare `4XX` or `default`");
    }
}

/// Paths are appended to server URLs.
fn servers(check: &mut Check<'_>, servers: &[Server]) {
    for server in servers.iter().filter(|server| server.url.len() > 1 && server.url.ends_with('/')) {
        let at = check.sources.value(server.at, "url");
        let message = format!("the server URL `{}` ends with a slash, and paths begin with one", server.url);
        check.diagnostics.warning(Code::SERVER_SLASH, at, message).help("leave the slash out");
    }
}

/// An encoding without a property of its name has no effect (OAS 3.1.2, Media Type Object).
fn encodings(check: &mut Check<'_>, media: &MediaType) {
    let Some(schema) = media.schema else {
        return;
    };
    let properties = shape::properties(check.contract, schema);
    for encoding in &media.encodings.named {
        if !properties.is_empty() && properties.iter().all(|(name, _)| *name != encoding.name) {
            let message =
                format!("the encoding of `{}` has no effect: the schema has no such property", encoding.name);
            check
                .diagnostics
                .warning(Code::ENCODING_WITHOUT_PROPERTY, encoding.at, message)
                .help("name a property of the schema, or leave the encoding out");
        }
    }
}
