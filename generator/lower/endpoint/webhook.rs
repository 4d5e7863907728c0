//! Webhooks and callbacks: their types are generated, so that both sides can name them; servers and clients for them
//! are not.

use super::{Lowering, wish};
use crate::{contract::Operation, diagnostic::Code};

/// Lowers the types of every webhook and callback.
pub(super) fn types(lowering: &mut Lowering<'_, '_>) {
    let contract = lowering.contract;
    for webhook in &contract.webhooks {
        note(lowering, webhook, "webhook");
    }
    for operation in contract.operations.iter().chain(&contract.webhooks) {
        callbacks_of(lowering, operation, 0);
    }
}

fn callbacks_of(lowering: &mut Lowering<'_, '_>, operation: &Operation, depth: usize) {
    // A callback may refer to a path item that has callbacks again; four levels are more than anyone writes.
    if depth == 4 {
        return;
    }
    for callback in operation.callbacks.iter().flat_map(|callback| &callback.operations) {
        note(lowering, callback, "callback");
        callbacks_of(lowering, callback, depth + 1);
    }
}

fn note(lowering: &mut Lowering<'_, '_>, operation: &Operation, what: &str) {
    let message = format!("only the types of the {what} `{}` are generated", wish(operation));
    lowering
        .diagnostics
        .warning_once(Code::WEBHOOK_TYPES_ONLY, what, operation.at, message)
        .help("send or serve it with the generated types and an HTTP client or router of your choice");
    // Endpoint and line are of no use, but on their way every type gets its name.
    lowering.operation(operation, u32::MAX);
}
