//! The page `types.rs`, or those of the folder `types`.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Items, Page, PageContent,
    split::Split,
    tokens::{definition::definition, ty},
};
use crate::{
    ir::{Check, Ir, Rest, TypeDef, TypeId, TypeKind, TypeRef},
    names::Names,
};

/// All named types: one page, or one for each tag and one for what they share. In each they are in the order of their
/// names, so that a new one moves nothing else.
pub fn pages<'a>(ir: &'a Ir, names: &'a Names, split: Option<&Split<'a>>) -> Vec<Page<'a>> {
    let mut ids: Vec<(String, TypeId)> = (0u32..)
        .zip(&ir.types)
        .map(|(index, _)| (names.of_type(TypeId(index)).to_string(), TypeId(index)))
        .collect();
    ids.sort();
    let ids: Vec<TypeId> = ids.into_iter().map(|(_, id)| id).collect();
    let Some(split) = split else {
        let head = head(ir, names, &ids, &quote!(super));
        return Vec::from([page("types.rs".to_owned(), ir, names, &head, ids)]);
    };
    let of_tag = |tag: Option<usize>| -> Vec<TypeId> {
        ids.iter().copied().filter(|id| split.tag_of_type(*id) == tag).collect()
    };
    let shared = of_tag(None);
    let modules = split.modules(|tag| ids.iter().any(|id| split.tag_of_type(*id) == Some(tag)));
    let own = head(ir, names, &shared, &quote!(super));
    let mut pages = Vec::from([page("types/mod.rs".to_owned(), ir, names, &quote!(#own #modules), shared)]);
    for (index, tag) in split.tags.iter().enumerate() {
        let own = of_tag(Some(index));
        if own.is_empty() {
            continue;
        }
        let head = head(ir, names, &own, &quote!(super::super));
        let refs =
            own.iter().filter_map(|id| ir.get(*id)).flat_map(|def| def.kind.types()).flat_map(TypeRef::named);
        let others = refs.into_iter().any(|id| split.tag_of_type(id) != Some(index)).then(|| {
            quote!(
                use super::*;
            )
        });
        pages.push(page(tag.file("types"), ir, names, &quote!(#head #others), own));
    }
    pages
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
