//! Errors that several operations declare alike.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proc_macro2::TokenStream;
use quote::quote;

use super::Operations;
use crate::{emit::tokens::endpoint::Operation, names::Ident};

/// The names under which errors are written, by those that each operation has for them. What several declare is written
/// once, under the shortest of its names; the others are aliases.
#[derive(Default)]
pub(super) struct Errors<'a> {
    /// The operations to look at, if not all of the family.
    among: Option<Vec<usize>>,
    /// Found out when it is first asked for.
    names: OnceLock<BTreeMap<&'a Ident, &'a Ident>>,
}

impl<'a> Errors<'a> {
    /// What these operations have alike, and no others.
    pub(super) fn among(operations: Vec<usize>) -> Self {
        Self { among: Some(operations), ..Self::default() }
    }

    fn written_as(&self, own: &Ident, all: &[Operation<'a>]) -> Option<&'a Ident> {
        let names = self.names.get_or_init(|| match &self.among {
            Some(among) => written(among.iter().filter_map(|index| all.get(*index))),
            None => written(all.iter()),
        });
        names.get(own).copied()
    }
}

fn written<'a, 'o>(operations: impl Iterator<Item = &'o Operation<'a>>) -> BTreeMap<&'a Ident, &'a Ident>
where
    'a: 'o,
{
    let mut alike: BTreeMap<String, Vec<&Ident>> = BTreeMap::new();
    for operation in operations {
        if let Some(shape) = operation.error_shape() {
            alike.entry(shape).or_default().push(&operation.own.error);
        }
    }
    let mut names = BTreeMap::new();
    for own in alike.into_values() {
        if let Some(shortest) = own.iter().copied().min_by_key(|name| (name.as_str().len(), *name)) {
            names.extend(own.into_iter().map(|name| (name, shortest)));
        }
    }
    names
}

impl<'a> Operations<'a> {
    /// The errors of an operation, if it declares any, or an alias of those of another, which may be on another page.
    pub(super) fn errors(&self, operation: Operation<'a>) -> Option<TokenStream> {
        let name = self.errors.written_as(&operation.own.error, &self.all)?;
        if *name == operation.own.error {
            return Some(operation.errors());
        }
        let is_here = self.own().any(|other| other.own.error == *name);
        let path = if is_here { quote!(#name) } else { quote!(super::#name) };
        Some(operation.errors_alias(&path))
    }
}
