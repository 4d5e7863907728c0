//! `operationId` is unique among all operations (OAS 3.1.2, Operation Object).

use std::collections::BTreeMap;

use super::Check;
use crate::contract::Operation;
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    let operations = check.operations();
    let mut first: BTreeMap<&str, &Operation> = BTreeMap::new();
    for operation in &operations {
        let Some(id) = operation.id.as_deref() else {
            continue;
        };
        let Some(other) = first.get(id) else {
            first.insert(id, operation);
            continue;
        };
        let at = check.sources.value(operation.at, "operationId");
        if other.at == operation.at {
            let message = format!("the operation `{id}` is used for several paths");
            check
                .diagnostics
                .warning(Code::SHARED_OPERATION, at, message)
                .help("give each path its own operation");
            continue;
        }
        let label = check.sources.value(other.at, "operationId");
        let message = format!("`{id}` is the `operationId` of two operations");
        check
            .diagnostics
            .error(Code::DUPLICATE_OPERATION_ID, at, message)
            .label(label, "first here")
            .help("give each operation an id of its own");
    }
}
