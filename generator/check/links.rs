//! Links lead to operations of the description, and give them parameters that they have (OAS 3.1.2, Link Object).

use std::collections::BTreeMap;

use counterpart_runtime::callback::Expression;

use super::Check;
use crate::contract::{Link, Location, Operation};
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    let operations = check.operations();
    let mut targets: BTreeMap<&str, &Operation> = BTreeMap::new();
    for operation in &operations {
        targets.extend(operation.id.as_deref().map(|id| (id, *operation)));
    }
    let responses = operations.iter().flat_map(|operation| &operation.responses);
    for link in responses.flat_map(|response| &response.links) {
        let Some(id) = link.operation_id.as_deref() else { continue };
        match targets.get(id) {
            Some(target) => parameters(check, link, id, target),
            None => {
                let at = check.sources.value(link.at, "operationId");
                check
                    .diagnostics
                    .warning(Code::LINK_TARGET, at, format!("no operation has the `operationId` `{id}`"))
                    .help("name an operation of this description; ids are spelt exactly");
            }
        }
    }
}

/// What a link gives to its target: constants, or expressions.
fn parameters(check: &mut Check<'_>, link: &Link, id: &str, target: &Operation) {
    for (at, name, expression) in &link.parameters {
        let takers = target.parameters.iter().filter(|parameter| match qualified(name) {
            Some((location, name)) => parameter.location == location && parameter.name == name,
            None => parameter.name == *name,
        });
        let (message, help) = match takers.count() {
            0 => (format!("`{id}` has no parameter `{name}`"), "name one that the operation declares"),
            1 => match expression.as_deref().map(Expression::parse) {
                Some(Err(message)) => (message, "constants do not begin with `$`"),
                Some(Ok(_)) | None => continue,
            },
            _ => (format!("`{id}` has several parameters `{name}`"), "say which, as in `path.id`"),
        };
        check.diagnostics.warning(Code::LINK_TARGET, *at, message).help(help);
    }
}

/// `path.id`: the place and the name.
fn qualified(name: &str) -> Option<(Location, &str)> {
    let (location, name) = name.split_once('.')?;
    Some((Location::named(location)?, name))
}
