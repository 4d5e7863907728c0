//! Keys of callbacks: runtime expressions that can be evaluated (OAS 3.1.2, Callback Object and Runtime Expressions).

use counterpart_runtime::callback::{Expression, Piece, Source, pieces};

use super::Check;
use crate::contract::{Location, Operation, Origin};
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    for operation in check.operations() {
        for callback in &operation.callbacks {
            let mut seen: Vec<&str> = Vec::new();
            for below in &callback.operations {
                let Origin::Callback(_, key) = &below.origin else { continue };
                if seen.contains(&key.as_str()) {
                    continue;
                }
                seen.push(key);
                if let Err((message, help)) = evaluable(key, operation) {
                    let at = check.sources.key(callback.at, key);
                    check.diagnostics.warning(Code::CALLBACK_EXPRESSION, at, message).help(help);
                }
            }
        }
    }
}

/// Whether the operation that is called has what the key names; otherwise what is wrong and what to do.
fn evaluable(key: &str, operation: &Operation) -> Result<(), (String, &'static str)> {
    let pieces = pieces(key).map_err(|message| {
        (message, "expressions stand in braces: `{$request.body#/url}`, `{$request.query.url}/events`")
    })?;
    for piece in pieces {
        let Piece::Expression(text, Expression::Request(source)) = piece else { continue };
        let (location, name) = match source {
            Source::Body(_) if operation.request_body.is_some() => continue,
            Source::Body(_) => {
                let message = format!("`{text}`: the operation has no request body");
                return Err((message, "declare its `requestBody`"));
            }
            Source::Header(name) => (Location::Header, name),
            Source::Query(name) => (Location::Query, name),
            Source::Path(name) => (Location::Path, name),
        };
        let declared = operation.parameters.iter().any(|parameter| {
            parameter.location == location
                && match location {
                    Location::Header => parameter.name.eq_ignore_ascii_case(name),
                    _ => parameter.name == name,
                }
        });
        if !declared {
            let message = format!("`{text}`: the operation has no such parameter");
            return Err((message, "declare it among the operation's `parameters`"));
        }
    }
    Ok(())
}
