//! Paths: no two the same, overlaps named (OAS 3.1.2, Path Templating Matching), parameters that fit.

mod forks;

use std::collections::BTreeMap;

use self::forks::Forks;
use super::Check;
use crate::contract::{Location, Operation, Origin, PathPart, PathTemplate};
use crate::diagnostic::Code;
use crate::source::Span;

pub(super) fn check(check: &mut Check<'_>) {
    same_shape(check);
    overlaps(check);
    unused_parameters(check);
}

/// The key of the path item below `paths`.
fn key_span(check: &Check<'_>, operation: &Operation) -> Span {
    match &operation.origin {
        Origin::Path(key) => check.sources.key(check.sources.value(check.contract.at, "paths"), key),
        _ => operation.at,
    }
}

/// The path with its variables' names left out.
fn shape(path: &PathTemplate) -> String {
    let mut shape = String::new();
    for segment in &path.segments {
        shape.push('/');
        for part in segment {
            match part {
                PathPart::Literal(text) => shape.push_str(text),
                PathPart::Variable(_) => shape.push_str("{}"),
            }
        }
    }
    if let Some(query) = &path.query {
        shape.push('?');
        shape.push_str(query);
    }
    shape
}

fn same_shape(check: &mut Check<'_>) {
    let mut first: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in &check.contract.operations {
        let known = first.entry(shape(&operation.path)).or_default();
        if let Some(other) = known.iter().find(|other| other.path.text != operation.path.text) {
            let clash = known.iter().any(|other| other.method == operation.method);
            let (at, label) = (key_span(check, operation), key_span(check, other));
            let (one, two) = (&operation.path.text, &other.path.text);
            let by_fragment = one.contains('#') || two.contains('#');
            let message = format!("`{one}` and `{two}` are the same path");
            if clash && !by_fragment {
                check
                    .diagnostics
                    .error(Code::AMBIGUOUS_PATH, at, message)
                    .label(label, "first here")
                    .help("tell them apart by a fixed segment, or make them one");
            } else if clash {
                let message = format!("{message}; a server reaches the first only");
                check
                    .diagnostics
                    .warning(Code::UNREACHABLE_PATH, at, message)
                    .label(label, "first here")
                    .help("give it a path of its own");
            } else {
                let message = format!("{message} under two keys; their methods differ");
                check
                    .diagnostics
                    .warning(Code::SPLIT_PATH, at, message)
                    .label(label, "first here")
                    .help("move the operations into one path item");
            }
        }
        known.push(operation);
    }
}

/// Pairs such as `/{entity}/me` and `/books/{id}`: some requests fit both, and neither is more specific.
fn overlaps(check: &mut Check<'_>) {
    let mut paths: Vec<&Operation> = Vec::new();
    let mut forks = Forks::default();
    for operation in &check.contract.operations {
        if paths.last().is_some_and(|last| last.path.text == operation.path.text) {
            continue;
        }
        for other in forks.crossing(&operation.path).into_iter().filter_map(|index| paths.get(index)) {
            let (at, label) = (key_span(check, operation), key_span(check, other));
            let message =
                format!("some requests fit both `{}` and `{}`", operation.path.text, other.path.text);
            check
                .diagnostics
                .warning_once(Code::OVERLAPPING_PATHS, "", at, message)
                .label(label, "this one")
                .help("the path whose first differing segment is concrete is chosen");
        }
        forks.add(&operation.path, paths.len());
        paths.push(operation);
    }
}

fn unused_parameters(check: &mut Check<'_>) {
    for operation in check.operations() {
        for parameter in operation.parameters.iter().filter(|parameter| parameter.location == Location::Path)
        {
            let named = |part: &PathPart| matches!(part, PathPart::Variable(name) if *name == parameter.name);
            if !operation.path.segments.iter().flatten().any(named) {
                let (name, at) = (&parameter.name, check.sources.value(parameter.at, "name"));
                let (place, help) = match &operation.origin {
                    Origin::Path(path) => {
                        (format!("the path `{path}`"), "leave it out, or add the variable to the path")
                    }
                    Origin::Webhook(key) => {
                        (format!("the webhook `{key}`, which has no path"), "leave it out")
                    }
                    Origin::Callback(_, url) => (format!("the URL `{url}` of the callback"), "leave it out"),
                };
                let message = format!("`{name}` is no variable of {place}");
                let report = check.diagnostics.warning(Code::UNUSED_PATH_PARAMETER, at, message);
                report.help(format!("it is not sent; {help}"));
            }
        }
    }
}
