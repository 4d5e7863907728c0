//! Webhooks and callbacks: operations that the provider of an API calls and its user serves. They have no path, so each
//! gets one here, which whoever receives them may change.

use std::collections::BTreeSet;

use super::Seat;
use crate::{
    contract::{Callback, Operation, Origin},
    ir::Site,
    source::Span,
};

/// Every operation of `webhooks`, received at the webhook's name.
pub(super) fn webhooks(all: &[Operation]) -> Vec<Seat<'_>> {
    let seat = |operation: &'_ Operation| {
        let Origin::Webhook(name) = &operation.origin else { return None };
        let alone = all.iter().filter(|other| other.origin == operation.origin).count() == 1;
        Some((name.clone(), named(operation, name, alone)))
    };
    let seats = all.iter().filter_map(|operation| Some((operation, seat(operation)?)));
    let seats = seats.map(|(operation, (name, wish))| {
        let path = format!("/{}", literal(&name));
        Seat { operation, wish, site: Site::Webhook { name }, path }
    });
    seats.collect()
}

/// Every operation of the callbacks of some operations, which are given with what these would like to be called;
/// received at the names of the operation that it belongs to and its own. A callback
/// that several operations refer to is one callback, that of the first.
pub(super) fn callbacks<'c, 'w>(callers: impl Iterator<Item = (&'w str, &'c [Callback])>) -> Vec<Seat<'c>> {
    let mut found = Found { seats: Vec::new(), seen: BTreeSet::new() };
    callers.for_each(|(wish, callbacks)| found.below(callbacks, wish));
    found.seats
}

struct Found<'c> {
    seats: Vec<Seat<'c>>,
    /// Where the callback stands, its expression and the method.
    seen: BTreeSet<(Span, &'c str, &'c str)>,
}

impl<'c> Found<'c> {
    /// Callbacks of an operation, and theirs; `resolve` has bounded how deep they are nested.
    fn below(&mut self, callbacks: &'c [Callback], wish: &str) {
        for callback in callbacks {
            for operation in &callback.operations {
                self.add(operation, callback, wish);
            }
        }
    }

    fn add(&mut self, operation: &'c Operation, callback: &'c Callback, parent: &str) {
        let Origin::Callback(_, url) = &operation.origin else { return };
        if !self.seen.insert((callback.at, url, operation.method.as_str())) {
            return;
        }
        let mut urls: Vec<&Origin> = Vec::new();
        for sibling in &callback.operations {
            if !urls.contains(&&sibling.origin) {
                urls.push(&sibling.origin);
            }
        }
        let place = urls.iter().position(|origin| **origin == operation.origin).unwrap_or_default();
        let name = match place {
            0 => callback.name.clone(),
            more => format!("{} {}", callback.name, more + 1),
        };
        let alone = callback.operations.iter().filter(|other| other.origin == operation.origin).count() == 1;
        let wish = named(operation, &format!("{parent} {name}"), alone);
        let path = format!("/{}/{}", literal(parent), literal(&name));
        let site = Site::Callback { name: callback.name.clone(), url: url.clone() };
        self.seats.push(Seat { operation, wish: wish.clone(), site, path });
        self.below(&operation.callbacks, &wish);
    }
}

/// The `operationId`, or the words; several methods of one place are told apart by the method.
fn named(operation: &Operation, words: &str, alone: bool) -> String {
    match &operation.id {
        Some(id) => id.clone(),
        None if alone => words.to_owned(),
        None => format!("{} {words}", operation.method.as_str().to_ascii_lowercase()),
    }
}

/// A name as a part of a path: spaces become `-`, and what means something else there is percent-encoded.
fn literal(name: &str) -> String {
    let mut path = String::new();
    for byte in name.trim_start_matches('/').bytes() {
        match byte {
            b' ' => path.push('-'),
            b'/' | b'-' | b'.' | b'_' | b'~' => path.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => path.push(char::from(byte)),
            _ => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path
}
