//! Headers that other standards define: a schema that refuses their form was written for a draft, or by guess.

use super::Check;
use crate::contract::{Header, Keywords, Location, ParameterKind, SchemaId, Type};
use crate::diagnostic::Code;
use crate::source::Span;

/// A header, what its values look like, and which formats have no such values.
struct Form {
    name: &'static str,
    example: &'static str,
    standard: &'static str,
    others: &'static [&'static str],
}

const FORMS: [Form; 5] = [
    Form {
        name: "Deprecation",
        example: "@1688169599",
        standard: "RFC 9745",
        others: &["date-time", "date", "time"],
    },
    Form {
        name: "Sunset",
        example: "Sun, 30 Jun 2024 23:59:59 GMT",
        standard: "RFC 8594",
        others: &["date-time", "date", "time"],
    },
    Form {
        name: "RateLimit",
        example: "\"default\";r=50;t=30",
        standard: "the draft of the IETF",
        others: &[],
    },
    Form {
        name: "RateLimit-Policy",
        example: "\"burst\";q=100;w=60",
        standard: "the draft of the IETF",
        others: &[],
    },
    Form {
        name: "Idempotency-Key",
        example: "\"8e03978e-40d5\"",
        standard: "the draft of the IETF",
        others: &["uuid"],
    },
];

pub(super) fn check(check: &mut Check<'_>) {
    for operation in check.operations() {
        for parameter in
            operation.parameters.iter().filter(|parameter| parameter.location == Location::Header)
        {
            header(check, &parameter.name, &parameter.kind, parameter.at);
        }
        for Header { name, kind, at, .. } in operation.responses.iter().flat_map(|response| &response.headers)
        {
            header(check, name, kind, *at);
        }
    }
}

fn header(check: &mut Check<'_>, name: &str, kind: &ParameterKind, at: Span) {
    let ParameterKind::Schema { schema, .. } = kind else { return };
    let Some(form) = FORMS.iter().find(|form| form.name.eq_ignore_ascii_case(name)) else { return };
    if refuses(check, *schema, form) {
        let message =
            format!("`{}` is a header of {}, whose values this schema refuses", form.name, form.standard);
        let help = format!("describe it as `type: string`; a value is written `{}`", form.example);
        check.diagnostics.warning_once(Code::HEADER_FORM, form.name, at, message).help(help);
    }
}

/// Whether the schema, or what it refers to, has no text, or text of another format.
fn refuses(check: &Check<'_>, schema: SchemaId, form: &Form) -> bool {
    let wrong = |keywords: &Keywords| {
        keywords.types.as_deref().is_some_and(|types| !types.contains(&Type::String))
            || keywords.format.is_some_and(|format| form.others.contains(&format))
    };
    let keywords = |id: SchemaId| check.contract.schemas.get(id).keywords();
    let own = keywords(schema);
    let other = own.and_then(|own| own.reference).and_then(keywords);
    own.is_some_and(wrong) || other.is_some_and(wrong)
}
