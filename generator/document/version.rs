//! Which version of the standard a document declares.

use crate::contract::Version;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, Value};

const SUPPORTED: &str = "supported are 3.0.x, 3.1.x and 3.2.x";

/// The version line of a version string, if it is supported.
fn line(text: &str) -> Option<Version> {
    let rest = text.strip_prefix("3.")?;
    let minor = rest.split(['.', '-']).next()?;
    match minor {
        "0" => Some(Version::V3_0),
        "1" => Some(Version::V3_1),
        "2" => Some(Version::V3_2),
        _ => None,
    }
}

/// The version that a referenced document declares, if it is a whole API description.
pub(super) fn of_referenced(root: Node<'_>) -> Option<Version> {
    match root.get("openapi")?.value() {
        Value::String(text) | Value::Number(text) => line(text),
        _ => None,
    }
}

/// The version of an entry document; anything else is an error.
pub(super) fn of_entry(root: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    if let Some(swagger) = root.member("swagger") {
        diagnostics
            .error(Code::SWAGGER, swagger.name_span, "this is a Swagger 2.0 document, which is not supported")
            .help("convert it to OpenAPI 3 (for example with swagger2openapi) and generate from that");
        return None;
    }
    let Some(field) = root.member("openapi") else {
        diagnostics
            .error(
                Code::NOT_OPENAPI,
                root.span(),
                "this does not look like an OpenAPI document: it has no `openapi` field",
            )
            .help(format!("begin with `openapi: 3.1.0`; {SUPPORTED}"));
        return None;
    };
    let at = field.value.span();
    match field.value.value() {
        Value::String(text) => {
            let version = line(text);
            if version.is_none() {
                diagnostics
                    .error(Code::VERSION, at, format!("OpenAPI version `{text}` is not supported"))
                    .help(SUPPORTED);
            }
            version
        }
        Value::Number(lexeme) if line(lexeme).is_some() => {
            diagnostics
                .warning(
                    Code::VERSION_UNQUOTED,
                    at,
                    format!("`openapi: {lexeme}` is a number; the standard wants a string"),
                )
                .help(format!("write `openapi: '{lexeme}.0'`"));
            line(lexeme)
        }
        _ => {
            let message =
                format!("`openapi` must be a string such as '3.1.0', this is {}", field.value.kind());
            diagnostics.error(Code::VERSION, at, message).help(SUPPORTED);
            None
        }
    }
}
