//! Where the shape of the contract would make Clippy speak: the one item that it concerns says that it is meant so.

use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{BodyKind, BodyVariant, Ir, TypeKind, TypeRef};

/// Clippy speaks from 200 bytes of difference on; sizes are estimated here, so this is less.
const LARGE: usize = 120;

/// Where estimating stops.
const HUGE: usize = 4096;

/// Boxing would be a burden on whoever writes a response, and one is alive only as long as a call.
pub fn large_variants(sizes: &[usize]) -> TokenStream {
    if differ(sizes) {
        quote!(#[allow(clippy::large_enum_variant, reason = "it lives no longer than one call")])
    } else {
        TokenStream::new()
    }
}

/// A payload that was boxed for its size would change its type with the next member that the contract gets.
pub fn large_branches(sizes: &[usize]) -> TokenStream {
    if differ(sizes) {
        quote!(#[allow(clippy::large_enum_variant, reason = "payloads keep their types as the contract grows")])
    } else {
        TokenStream::new()
    }
}

/// Whether the two largest differ by so much that Clippy may speak.
fn differ(sizes: &[usize]) -> bool {
    let mut sizes = sizes.to_vec();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    // The larger the sizes, the less is known about their difference; of huge ones, nothing.
    let apart = |first: usize, second: usize| first > HUGE || (first - second) * 8 > first;
    matches!(sizes.as_slice(), [first, second, ..] if *first > LARGE && apart(*first, *second))
}

/// Methods are named as the contract names things: `from_date`, `is_active`, `add`.
pub fn method_name(name: &Ident) -> TokenStream {
    let name = name.to_string();
    let prefixed = ["as_", "from_", "into_", "is_", "to_"].iter().any(|prefix| name.starts_with(prefix));
    let operators = [
        "add",
        "as_mut",
        "as_ref",
        "bitand",
        "bitor",
        "bitxor",
        "borrow",
        "borrow_mut",
        "cmp",
        "default",
        "deref",
        "deref_mut",
        "div",
        "drop",
        "eq",
        "from_iter",
        "from_str",
        "hash",
        "index",
        "index_mut",
        "into_iter",
        "mul",
        "neg",
        "next",
        "not",
        "rem",
        "shl",
        "shr",
        "sub",
    ];
    match (prefixed, operators.contains(&name.as_str())) {
        (_, true) => quote!(#[allow(clippy::should_implement_trait, reason = "the contract's own word")]),
        (true, _) => quote!(#[allow(clippy::wrong_self_convention, reason = "the contract's own word")]),
        _ => TokenStream::new(),
    }
}

/// About how many bytes a body takes.
pub fn body_size(body: &BodyVariant, ir: &Ir) -> usize {
    match (&body.ty, body.kind) {
        (
            Some(ty),
            BodyKind::Json | BodyKind::Document | BodyKind::Form | BodyKind::Multipart | BodyKind::Text,
        ) => size(ty, ir),
        _ => 48,
    }
}

/// About how many bytes a value takes. Cycles are boxed, so this ends; it stops where it is large anyway.
pub fn size(ty: &TypeRef, ir: &Ir) -> usize {
    match ty {
        TypeRef::Null => 0,
        TypeRef::Bool => 1,
        TypeRef::Int(_) | TypeRef::Float | TypeRef::Boxed(_) => 8,
        TypeRef::String | TypeRef::List(_) | TypeRef::Format(_) => 24,
        TypeRef::Integer | TypeRef::Number => 32,
        TypeRef::Map(_) | TypeRef::Json => 80,
        TypeRef::File | TypeRef::Custom(_) => 128,
        TypeRef::Nullable(inner) => 8 + size(inner, ir),
        TypeRef::Kept(inner) => 72 + size(inner, ir),
        TypeRef::Tuple(items) => items.iter().map(|item| size(item, ir)).sum(),
        TypeRef::Named(id) => ir.get(*id).map_or(0, |def| match &def.kind {
            TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_) => 1,
            TypeKind::Newtype { inner, .. } | TypeKind::Alias(inner) => size(inner, ir),
            TypeKind::Union(union) => {
                8 + union.branches.iter().map(|(_, ty)| size(ty, ir)).max().unwrap_or_default()
            }
            TypeKind::Struct { fields, .. } => {
                let mut total = 72;
                for field in fields {
                    total += 8 + size(&field.ty, ir);
                    if total > HUGE {
                        break;
                    }
                }
                total
            }
        }),
    }
}
