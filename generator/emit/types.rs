//! The page `types.rs`, or those of the folder `types`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Items, Page, PageContent,
    split::Split,
    tokens::{definition::definition, ty},
};
use crate::{
    ir::{Check, Ir, Rest, TypeDef, TypeId, TypeKind, TypeRef},
    names::{Ident, Names},
};

/// All named types: one page, or one for each tag and one for what they share, or one for each letter. In each they are in
/// the order of their names, so that a new one moves nothing else.
pub fn pages<'a>(ir: &'a Ir, names: &'a Names, split: Option<&Split<'a>>) -> Vec<Page<'a>> {
    let mut ids: Vec<(String, TypeId)> = (0u32..)
        .zip(&ir.types)
        .map(|(index, _)| (names.of_type(TypeId(index)).to_string(), TypeId(index)))
        .collect();
    ids.sort();
    let ids: Vec<TypeId> = ids.into_iter().map(|(_, id)| id).collect();
    match split {
        Some(split) => by_tag(ir, names, split, &ids),
        None if ids.len() > MANY => by_letter(ir, names, &ids),
        None => {
            let head = head(ir, names, &ids, &quote!(super));
            Vec::from([page("types.rs".to_owned(), ir, names, &head, ids)])
        }
    }
}

/// More types than these have a page for each letter. To rustc, all that stands below a change in its file has changed, and
/// where that is much, it checks it for longer than anybody likes to wait.
const MANY: usize = 300;

/// So many that begin alike have pages by further letters. Each page imports all names of the others, which is what rustc
/// pays for a page: half a megabyte where there are 7,500.
const CROWD: usize = 2500;

fn by_tag<'a>(ir: &'a Ir, names: &'a Names, split: &Split<'a>, ids: &[TypeId]) -> Vec<Page<'a>> {
    let of_tag = |tag: Option<usize>| -> Vec<TypeId> {
        ids.iter().copied().filter(|id| split.tag_of_type(*id) == tag).collect()
    };
    let shared = of_tag(None);
    let modules = split.modules(|tag| ids.iter().any(|id| split.tag_of_type(*id) == Some(tag)));
    let own = head(ir, names, &shared, &quote!(super));
    let main = page("types/mod.rs".to_owned(), ir, names, &quote!(#own #modules), shared);
    let tags = split.tags.iter().enumerate().map(|(index, tag)| (tag.file("types"), of_tag(Some(index))));
    let parts = tags.filter(|(_, own)| !own.is_empty()).map(|(file, own)| part(file, ir, names, own));
    std::iter::once(main).chain(parts).collect()
}

/// Which page a type is on follows from its name, so that it stays there when others come and go.
fn by_letter<'a>(ir: &'a Ir, names: &'a Names, ids: &[TypeId]) -> Vec<Page<'a>> {
    let low = |id: &TypeId| names.of_type(*id).bare().to_lowercase();
    let mut sorted: Vec<String> = ids.iter().map(low).collect();
    sorted.sort_unstable();
    let mut places: BTreeMap<Ident, Vec<TypeId>> = BTreeMap::new();
    for id in ids {
        places.entry(names.module(beginning(&low(id), &sorted))).or_default().push(*id);
    }
    let modules: Vec<_> = places.keys().collect();
    let head = quote!(#(mod #modules;)* #(pub use self::#modules::*;)*);
    let main = page("types/mod.rs".to_owned(), ir, names, &head, Vec::new());
    let file = |module: &Ident| format!("types/{}.rs", module.bare());
    let parts = places.into_iter().map(|(module, own)| part(file(&module), ir, names, own));
    std::iter::once(main).chain(parts).collect()
}

/// The shortest beginning of a name that no more than [`CROWD`] have: mostly its first letter.
fn beginning<'n>(name: &'n str, sorted: &[String]) -> &'n str {
    let ends = name.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let is_crowded = |beginning: &&str| {
        let first = sorted.partition_point(|other| other.as_str() < *beginning);
        sorted.get(first + CROWD).is_some_and(|other| other.starts_with(beginning))
    };
    ends.filter_map(|end| name.get(..end)).find(|beginning| !is_crowded(beginning)).unwrap_or(name)
}

/// A page below `types/mod.rs`, which has everything that it does not have itself.
fn part<'a>(file: String, ir: &'a Ir, names: &'a Names, own: Vec<TypeId>) -> Page<'a> {
    let head = head(ir, names, &own, &quote!(super::super));
    let here: BTreeSet<TypeId> = own.iter().copied().collect();
    let defs = own.iter().filter_map(|id| ir.get(*id));
    let mut refs = defs.flat_map(|def| def.kind.types()).flat_map(TypeRef::named);
    let others = refs.any(|id| !here.contains(&id)).then(|| {
        quote!(
            use super::*;
        )
    });
    page(file, ir, names, &quote!(#head #others), own)
}

fn page<'a>(path: String, ir: &'a Ir, names: &'a Names, head: &TokenStream, ids: Vec<TypeId>) -> Page<'a> {
    // Tokens stay on their thread; this is short.
    let head = head.to_string();
    let items = move || -> Items<'a> {
        let head = head.parse().unwrap_or_default();
        Box::new(std::iter::once(head).chain(ids.into_iter().map(move |id| definition(ir, names, id))))
    };
    Page { path, content: PageContent::Tokens(Box::new(items)) }
}

/// What a page of these types imports; `root` leads to the module's root.
fn head(ir: &Ir, names: &Names, ids: &[TypeId], root: &TokenStream) -> TokenStream {
    let defs: Vec<&TypeDef> = ids.iter().filter_map(|id| ir.get(*id)).collect();
    let imports = imports(&defs, names);
    let tables = defs.iter().any(|def| !matches!(def.kind, TypeKind::Alias(_)));
    let contract = tables.then(|| quote!(use #root::CONTRACT;));
    quote!(#imports #contract)
}

/// What the page names of the runtime.
fn imports(defs: &[&TypeDef], names: &Names) -> TokenStream {
    let mut found = BTreeSet::new();
    for def in defs {
        for ty in def.kind.types() {
            ty::imports(ty, &mut found);
        }
        if matches!(&def.kind, TypeKind::Struct { rest: Rest::Keep(_), .. }) {
            found.insert("Map");
        }
        if has_checks(def) {
            found.insert("check");
        }
    }
    found.retain(|name| !names.shadows(name));
    if found.is_empty() {
        return TokenStream::new();
    }
    let found = found.iter().map(|name| crate::names::case::ident(name, "Json"));
    quote!(use counterpart_runtime::{#(#found),*};)
}

fn has_checks(def: &TypeDef) -> bool {
    let any = |checks: &[Check]| !checks.is_empty();
    match &def.kind {
        TypeKind::Struct { fields, .. } => fields.iter().any(|field| any(&field.checks)),
        TypeKind::Newtype { checks, .. } => any(checks),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_begin_with_alike_is_told_apart_later() {
        let of =
            |head: &'static str, count: usize| (0..count).map(move |number| format!("{head}{number:04}"));
        let mut names: Vec<String> = of("ab", CROWD).chain(of("web_c", CROWD)).collect();
        names.extend(["watch", "web", "web_d"].map(str::to_owned));
        names.sort_unstable();
        for (name, page) in
            [("ab0007", "a"), ("watch", "wa"), ("web", "web"), ("web_c0001", "web_c"), ("web_d", "web_d")]
        {
            assert_eq!(beginning(name, &names), page);
        }
    }
}
