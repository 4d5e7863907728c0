//! The page `types.rs`.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{definition::definition, ty};
use crate::{
    ir::{Check, Ir, Rest, TypeDef, TypeId, TypeKind, TypeRef},
    names::Names,
};

/// All named types, in the order of their names, so that a new one moves nothing else.
pub fn page<'a>(ir: &'a Ir, names: &'a Names) -> impl Iterator<Item = TokenStream> + 'a {
    let mut ids: Vec<(String, TypeId)> = (0u32..)
        .zip(&ir.types)
        .map(|(index, _)| (names.of_type(TypeId(index)).to_string(), TypeId(index)))
        .collect();
    ids.sort();
    let tables = ir.types.iter().any(|def| !matches!(def.kind, TypeKind::Alias(_)));
    let contract = tables.then(|| {
        quote!(
            use super::CONTRACT;
        )
    });
    let head = [Some(imports(ir, names)), contract].into_iter().flatten();
    head.chain(ids.into_iter().map(|(_, id)| definition(ir, names, id)))
}

/// What the page names of the runtime.
fn imports(ir: &Ir, names: &Names) -> TokenStream {
    let mut found = BTreeSet::new();
    for def in &ir.types {
        for ty in types_of(def) {
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

fn types_of(def: &TypeDef) -> Vec<&TypeRef> {
    match &def.kind {
        TypeKind::Struct { fields, rest } => {
            let kept = match rest {
                Rest::Keep(ty) => Some(ty),
                Rest::Open | Rest::Closed => None,
            };
            fields.iter().map(|field| &field.ty).chain(kept).collect()
        }
        TypeKind::Newtype { inner, .. } | TypeKind::Alias(inner) => vec![inner],
        TypeKind::Union(union) => union.branches.iter().map(|(_, ty)| ty).collect(),
        TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_) => Vec::new(),
    }
}

fn has_checks(def: &TypeDef) -> bool {
    let any = |checks: &[Check]| !checks.is_empty();
    match &def.kind {
        TypeKind::Struct { fields, .. } => fields.iter().any(|field| any(&field.checks)),
        TypeKind::Newtype { checks, .. } => any(checks),
        _ => false,
    }
}
