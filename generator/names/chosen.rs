//! What `[names]` of the configuration says, and nothing would come of.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::{case, endpoint::parameter_key, member};
use crate::{
    diagnostic::{Code, Diagnostics, suggest::did_you_mean},
    ir::{Family, Ir},
    options::Options,
    source::{Sources, Span},
};

/// What to do about a key that is like no other.
const KEYS: &str = "remove it, or write the key of a component, an `operationId`, the place of an inline schema \
                    (`Pet.owner`), a schema with a member (`Pet::kind`), or an operation with a parameter (`getPet::id`)";

/// Reports names of what is not generated, and texts that name a type or a member and are no identifiers.
pub(super) fn report(ir: &Ir, options: &Options, sources: &Sources, diagnostics: &mut Diagnostics) {
    if options.names.is_empty() {
        return;
    }
    let file = LazyCell::new(|| {
        let names = &options.names_in;
        sources.add_text(names.path.clone(), names.text.clone()).file
    });
    let place = |key: &str| match options.names_in.places.get(key) {
        Some(place) => Span::new(*file, place.start, place.end),
        None => Span::NONE,
    };
    let members = members(ir);
    let operations: BTreeSet<&str> =
        Family::ALL.iter().flat_map(|family| ir.family(*family)).map(|one| one.wish.as_str()).collect();
    for (key, name) in &options.names {
        if members.contains(key) {
            if !case::can_be_ident(name) {
                let message = format!("`{name}`, as `[names]` calls `{key}`, is no name in Rust");
                diagnostics
                    .error(Code::INVALID_NAME, place(key), message)
                    .help("write letters, digits and `_`, a letter first");
            }
        } else if !operations.contains(key.as_str()) {
            let all = members.iter().map(String::as_str).chain(operations.iter().copied());
            let help = did_you_mean(key, all).unwrap_or_else(|| KEYS.to_owned());
            let message =
                format!("`[names]` gives a name to `{key}`, and nothing that is generated is called so");
            diagnostics.warning(Code::UNUSED_NAME, place(key), message).help(help);
        }
    }
}

/// The keys of types and of their members, and of parameters.
fn members(ir: &Ir) -> BTreeSet<String> {
    let endpoints = Family::ALL.iter().flat_map(|family| ir.family(*family));
    let parameters = endpoints.flat_map(|one| one.parameters.iter().map(|input| parameter_key(one, input)));
    let mut keys: BTreeSet<String> = parameters.collect();
    for def in &ir.types {
        let owner = def.wish.key();
        keys.extend(member::wishes(def).into_iter().map(|(wire, _)| format!("{owner}::{wire}")));
        keys.insert(owner);
    }
    keys
}
