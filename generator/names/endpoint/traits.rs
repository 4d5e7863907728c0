//! Names of the traits that a server implements: `Api`, or `OrdersApi` for each first tag.

use crate::names::Ident;

use super::{RESERVED_TYPES, bare, ident, pascal};
use crate::{
    ir::Endpoint,
    names::{case, scope::Scope},
    options::Traits,
};

/// A trait and its operations.
#[derive(Debug)]
pub struct TraitNames {
    /// The tag; none for all operations, and for those without a tag.
    pub tag: Option<String>,
    /// The trait.
    pub ident: Ident,
    /// The member of `Apis` that implements it.
    pub field: Ident,
    /// The type of that member.
    pub generic: Ident,
    /// Its operations: indices into [`crate::ir::Ir::endpoints`].
    pub operations: Vec<usize>,
}

impl TraitNames {
    /// The one trait of who receives webhooks or callbacks, of which there are so many.
    pub(super) fn receiver(operations: usize) -> Self {
        Self {
            tag: None,
            ident: ident("Receiver"),
            field: ident("receiver"),
            generic: ident("A"),
            operations: (0..operations).collect(),
        }
    }
}

/// Traits in the order of their first operation; `taken` are the names of other types on the page.
pub fn traits<'a>(
    endpoints: &[Endpoint],
    taken: impl Iterator<Item = &'a str>,
    how: Traits,
) -> Vec<TraitNames> {
    if how == Traits::One {
        let [field, generic] = [ident("api"), ident("A")];
        let operations = (0..endpoints.len()).collect();
        return Vec::from([TraitNames { tag: None, ident: ident("Api"), field, generic, operations }]);
    }
    named(by_tag(endpoints), taken)
}

/// Operations by their first tag, in the order of their first operation.
pub(super) fn by_tag(endpoints: &[Endpoint]) -> Vec<(Option<&str>, Vec<usize>)> {
    let mut groups: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    for (index, endpoint) in endpoints.iter().enumerate() {
        let tag = endpoint.tag.as_deref();
        match groups.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, operations)) => operations.push(index),
            None => groups.push((tag, Vec::from([index]))),
        }
    }
    groups
}

fn named<'a>(
    groups: Vec<(Option<&str>, Vec<usize>)>,
    taken: impl Iterator<Item = &'a str>,
) -> Vec<TraitNames> {
    let reserved = RESERVED_TYPES.iter().copied().filter(|name| *name != "Api");
    let mut types = Scope::reserving(reserved.chain(taken));
    let mut fields = Scope::reserving(["authenticate"]);
    let idents: Vec<Ident> = groups
        .iter()
        .map(|(tag, _)| types.take(&ident(&format!("{}Api", tag.map(pascal).unwrap_or_default()))).0)
        .collect();
    // Type parameters hide types of the same name, so they keep clear of those that stand beside them.
    let words: Vec<String> = idents.iter().map(bare).collect();
    let beside = ["Apis", "Authenticate", "Guard", "Self", "Server"];
    let mut generics = Scope::reserving(words.iter().map(String::as_str).chain(beside));
    let name = |((tag, operations), ident): ((Option<&str>, Vec<usize>), Ident)| TraitNames {
        field: fields.take(&case::snake(tag.unwrap_or("untagged"))).0,
        generic: generics.take(&case::pascal(tag.unwrap_or("untagged"))).0,
        tag: tag.map(str::to_owned),
        ident,
        operations,
    };
    groups.into_iter().zip(idents).map(name).collect()
}
