//! Parameters and headers: names that can be sent, styles that are defined, keys that do not clash.

use super::{Check, shape};
use crate::contract::{Header, Location, Operation, Parameter, ParameterKind, RequestBody, SchemaId, Style};
use crate::diagnostic::Code;
use crate::source::Span;

pub(super) fn check(check: &mut Check<'_>) {
    let spare = &check.contract.spare;
    for parameter in &spare.parameters {
        one(check, parameter);
    }
    for operation in check.operations().into_iter().chain(&spare.operations) {
        for parameter in &operation.parameters {
            one(check, parameter);
        }
        clashes(check, operation);
        querystring(check, operation);
        operation.request_body.iter().for_each(|body| encodings(check, body));
        for header in operation.responses.iter().flat_map(|response| &response.headers) {
            let Header { name, at, .. } = header;
            header_name(check, name, *at);
        }
    }
}

fn one(check: &mut Check<'_>, parameter: &Parameter) {
    style(check, parameter);
    if parameter.location == Location::Header {
        header_name(check, &parameter.name, check.sources.value(parameter.at, "name"));
    }
}

/// RFC 9110, section 5.1: a field name is a token.
fn header_name(check: &mut Check<'_>, name: &str, at: Span) {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        check
            .diagnostics
            .error(Code::INVALID_HEADER_NAME, at, format!("`{name}` cannot be the name of a header"))
            .help("use letters, digits and `-`");
    }
}

fn style(check: &mut Check<'_>, parameter: &Parameter) {
    let ParameterKind::Schema { schema, style, explode, .. } = parameter.kind else {
        return;
    };
    cell(check, schema, style, explode, &parameter.name, parameter.at);
    if style == Style::DeepObject {
        deep_members(check, parameter, schema);
    }
    let plain = parameter.location == Location::Cookie && style == Style::Form;
    if plain && explode && shape::is_composite(check.contract, schema) {
        let at = check.sources.member(parameter.at, "explode");
        let message =
            "an exploded form-style cookie is joined with `&`, which is never right in a Cookie header";
        check
            .diagnostics
            .warning(Code::COOKIE_EXPLODE, at, message)
            .help("say `explode: false`, or `style: cookie` (OpenAPI 3.2)");
    }
}

/// Bodies of forms: explicit styles of their members are those of query parameters (OAS 3.1.2, Encoding Object).
fn encodings(check: &mut Check<'_>, body: &RequestBody) {
    for media in &body.content {
        let Some(schema) = media.schema else { continue };
        let members = shape::properties(check.contract, schema);
        for encoding in &media.encodings.named {
            let (Some(style), Some((_, member))) =
                (encoding.style, members.iter().find(|(name, _)| *name == encoding.name))
            else {
                continue;
            };
            let explode = encoding.explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject));
            cell(check, *member, style, explode, &encoding.name, encoding.at);
        }
    }
}

/// Cells of the style table that the standard leaves empty (OAS 3.1.2, Style Examples).
fn cell(check: &mut Check<'_>, schema: SchemaId, style: Style, explode: bool, name: &str, at: Span) {
    let contract = check.contract;
    let (what, instead) = match style {
        Style::SpaceDelimited | Style::PipeDelimited if shape::is_scalar(contract, schema) => {
            ("a scalar", "write `style: form`")
        }
        Style::SpaceDelimited | Style::PipeDelimited if explode => {
            ("an exploded", "say `explode: false`, or `style: form` for a key of its own for each piece")
        }
        Style::DeepObject if shape::is_scalar(contract, schema) => ("a scalar", "write `style: form`"),
        Style::DeepObject if shape::is_array(contract, schema) => {
            ("an array", "write `style: form`, which repeats the key")
        }
        _ => return,
    };
    let message = format!("the style `{}` is not defined for {what} value such as `{name}`", style.as_str());
    check.diagnostics.error(Code::UNDEFINED_STYLE_CELL, check.keyword_at(at, "style"), message).help(instead);
}

/// `deepObject` is defined for one level of scalars. Objects below have one spelling that everybody uses, further
/// brackets; arrays have several.
fn deep_members(check: &mut Check<'_>, parameter: &Parameter, schema: SchemaId) {
    let contract = check.contract;
    let at = check.keyword_at(parameter.at, "style");
    for (name, member) in shape::properties(contract, schema) {
        if shape::types(contract, member).is_none_or(|_| shape::is_scalar(contract, member)) {
            continue;
        }
        let message = format!("`deepObject` is not defined for the member `{name}`, which is no scalar");
        if shape::is_object(contract, member) {
            let report = check.diagnostics.warning_once(Code::DEEP_OBJECT_MEMBER, "", at, message);
            report.help("it is sent with further brackets");
        } else {
            let report = check.diagnostics.error(Code::DEEP_OBJECT_MEMBER, at, message);
            report.help(
                "give the array a parameter of its own, or send the whole as `content: application/json`",
            );
        }
    }
}

/// The keys that a query parameter takes up.
fn keys<'a>(check: &Check<'a>, parameter: &'a Parameter) -> Vec<&'a str> {
    match parameter.kind {
        ParameterKind::Schema { schema, style: Style::Form, explode: true, .. }
            if shape::is_object(check.contract, schema) =>
        {
            shape::properties(check.contract, schema).into_iter().map(|(name, _)| name).collect()
        }
        _ => vec![&parameter.name],
    }
}

/// Exploded objects take up their members' names.
fn clashes<'a>(check: &mut Check<'a>, operation: &'a Operation) {
    let mut taken: Vec<(&str, &Parameter)> = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location == Location::Query) {
        for key in keys(check, parameter) {
            if let Some((_, other)) = taken.iter().find(|(known, _)| *known == key) {
                let message = format!("`{}` and `{}` are both sent as `{key}`", other.name, parameter.name);
                check
                    .diagnostics
                    .error(Code::PARAMETER_CLASH, parameter.at, message)
                    .label(other.at, "the other one")
                    .help("say `explode: false` or `style: deepObject` for the object");
            } else {
                taken.push((key, parameter));
            }
        }
    }
}

/// 3.2: `querystring` stands alone.
fn querystring(check: &mut Check<'_>, operation: &Operation) {
    let whole: Vec<&Parameter> =
        operation.parameters.iter().filter(|parameter| parameter.location == Location::Querystring).collect();
    let Some(first) = whole.first() else {
        return;
    };
    let other = operation.parameters.iter().find(|parameter| parameter.location == Location::Query);
    if let Some(other) = other.or(whole.get(1).copied()) {
        check
            .diagnostics
            .error(Code::PARAMETER_CLASH, other.at, "a `querystring` parameter is the whole query string")
            .label(first.at, "it is here");
    }
}
