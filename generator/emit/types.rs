//! The page `types.rs`, or those of the folder `types`.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Items, Page, PageContent,
    split::Split,
    tokens::{
        definition::{definition, enumerations},
        ty,
    },
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
        None if ids.len() > MANY => by_letter(ir, names, &ids, None),
        None => {
            let head = head(ir, names, &ids, &quote!(super));
            Vec::from([page("types.rs".to_owned(), ir, names, &head, ids)])
        }
    }
}

/// More types than these have a page for each letter, and more that begin with one by their first words. To rustc, all that
/// stands below a change in its file has changed, and where that is much, it checks it for longer than anybody likes to wait.
const MANY: usize = 300;

/// Those of each tag that alone uses them; the others as if there were no tags.
fn by_tag<'a>(ir: &'a Ir, names: &'a Names, split: &Split<'a>, ids: &[TypeId]) -> Vec<Page<'a>> {
    let of_tag = |tag: Option<usize>| -> Vec<TypeId> {
        ids.iter().copied().filter(|id| split.tag_of_type(*id) == tag).collect()
    };
    let modules = split.all(|tag| ids.iter().any(|id| split.tag_of_type(*id) == Some(tag)));
    let shared = of_tag(None);
    let mut pages = match shared.len() > MANY {
        true => by_letter(ir, names, &shared, Some((split, &modules))),
        false => {
            let own = head(ir, names, &shared, &quote!(super));
            Vec::from([page("types/mod.rs".to_owned(), ir, names, &quote!(#own #modules), shared)])
        }
    };
    let tags = split.modules.iter().enumerate().map(|(index, tag)| (tag.file("types"), of_tag(Some(index))));
    pages.extend(tags.filter(|(_, own)| !own.is_empty()).map(|(file, own)| part(file, ir, names, own)));
    pages
}

/// A page for each letter, beside those of tags.
fn by_letter<'a>(
    ir: &'a Ir,
    names: &'a Names,
    ids: &[TypeId],
    tags: Option<(&Split<'a>, &TokenStream)>,
) -> Vec<Page<'a>> {
    let (beside, others) = tags.map(|(split, modules)| (split.modules, modules)).unzip();
    let places = names.modules_of_types(ids, MANY, beside.unwrap_or_default());
    let modules: Vec<_> = places.keys().collect();
    let head = quote!(#(mod #modules;)* #(pub use self::#modules::*;)* #others);
    let main = page("types/mod.rs".to_owned(), ir, names, &head, Vec::new());
    let file = |module: &Ident| format!("types/{}.rs", module.bare());
    let parts = places.into_iter().map(|(module, own)| part(file(&module), ir, names, own));
    std::iter::once(main).chain(parts).collect()
}

/// A page below `types/mod.rs`, which has everything that it does not have itself. It is imported by name: to rustc, each
/// name that a module imports costs something, and of some thousand it needs few.
fn part<'a>(file: String, ir: &'a Ir, names: &'a Names, own: Vec<TypeId>) -> Page<'a> {
    let head = head(ir, names, &own, &quote!(super::super));
    let here: BTreeSet<TypeId> = own.iter().copied().collect();
    let refs = own.iter().filter_map(|id| ir.get(*id)).flat_map(|def| {
        let made_of = def.kind.types().into_iter().flat_map(TypeRef::named);
        made_of.chain(enumerations(def, ir, names))
    });
    let others: BTreeSet<Ident> = refs.filter(|id| !here.contains(id)).map(|id| names.of_type(id)).collect();
    let others = (!others.is_empty()).then(|| {
        let others = others.iter();
        quote!(use super::{#(#others),*};)
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
