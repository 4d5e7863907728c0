//! Leaves operations out of the contract as the options say, before anything is made of them.

mod reached;

use std::collections::BTreeSet;

use crate::contract::{Contract, Operation, Origin};
use crate::diagnostic::{Code, Diagnostics, suggest::did_you_mean};
use crate::options::Selection;
use crate::source::{Sources, Span};

/// What to do about a pattern that is like no other.
const PATTERNS: &str = "write an `operationId`, `tag:` and a tag, a path, a method and a path (`GET /pets`), or `webhook:` \
                        and its name; `*` at the end stands for any ending";

/// Keeps the operations of `paths` and `webhooks` that the selection wants; callbacks stay with their operations. What
/// was found in the others is forgotten. A pattern that matches none is a warning.
pub(crate) fn operations(
    contract: &mut Contract,
    selection: &Selection,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for pattern in selection.include.iter().chain(&selection.exclude) {
        let mut all = contract.operations.iter().chain(&contract.webhooks);
        if !all.any(|operation| matches(operation, pattern)) {
            let message = format!("no operation matches `{pattern}`");
            let help = help(contract, pattern);
            diagnostics.warning(Code::UNUSED_SELECTION, Span::NONE, message).help(help);
        }
    }
    let wanted = |operation: &Operation| {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(operation, pattern));
        (selection.include.is_empty() || any(&selection.include)) && !any(&selection.exclude)
    };
    if selection.is_empty() {
        return;
    }
    let mut left = Vec::new();
    for list in [&mut contract.operations, &mut contract.webhooks] {
        let (chosen, others): (Vec<_>, Vec<_>) = std::mem::take(list).into_iter().partition(wanted);
        *list = chosen;
        left.extend(others);
    }
    reached::forget(contract, &left, sources, diagnostics);
}

/// A pattern that would match and is nearly the same; else what patterns are.
fn help(contract: &Contract, pattern: &str) -> String {
    let mut known = BTreeSet::new();
    for operation in contract.operations.iter().chain(&contract.webhooks) {
        known.extend(operation.tags.iter().map(|tag| format!("tag:{tag}")));
        known.extend(operation.id.clone());
        match &operation.origin {
            Origin::Webhook(name) => drop(known.insert(format!("webhook:{name}"))),
            Origin::Path(path) if pattern.starts_with('/') => drop(known.insert(path.clone())),
            Origin::Path(path) => drop(known.insert(format!("{} {path}", operation.method.as_str()))),
            Origin::Callback(..) => {}
        }
    }
    did_you_mean(pattern, known.iter().map(String::as_str)).unwrap_or_else(|| PATTERNS.to_owned())
}

/// `tag:` and a tag, `webhook:` and its name, a path, a method and a path, or an operation id.
fn matches(operation: &Operation, pattern: &str) -> bool {
    if let Some(tag) = pattern.strip_prefix("tag:") {
        return operation.tags.iter().any(|own| fits(own, tag));
    }
    if let Some(name) = pattern.strip_prefix("webhook:") {
        return matches!(&operation.origin, Origin::Webhook(own) if fits(own, name));
    }
    let at = |pattern: &str| matches!(&operation.origin, Origin::Path(path) if fits(path, pattern));
    if pattern.starts_with('/') {
        return at(pattern);
    }
    match pattern.split_once(' ') {
        Some((method, pattern)) => operation.method.as_str().eq_ignore_ascii_case(method) && at(pattern),
        None => operation.id.as_deref().is_some_and(|id| fits(id, pattern)),
    }
}

fn fits(text: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => text.starts_with(start),
        None => text == pattern,
    }
}
