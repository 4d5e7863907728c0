//! References to types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ir::{Format, IntKind, TypeRef},
    names::Names,
};

/// Where a type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In `types.rs`: generated types by their bare names, which may shadow the prelude's.
    Types,
    /// Beside it: generated types as `types::Name`.
    Outside,
}

/// The Rust type.
pub fn type_ref(ty: &TypeRef, names: &Names, scope: Scope) -> TokenStream {
    let inner = |ty: &TypeRef| type_ref(ty, names, scope);
    match ty {
        TypeRef::Named(id) => {
            let name = names.of_type(*id);
            match scope {
                Scope::Types => quote!(#name),
                Scope::Outside => quote!(types::#name),
            }
        }
        TypeRef::Null => quote!(()),
        TypeRef::Bool => primitive("bool"),
        TypeRef::Int(kind) => primitive(int_name(*kind)),
        TypeRef::Float => primitive("f64"),
        TypeRef::String => prelude("String", quote!(::std::string::String), names, scope),
        TypeRef::Json => runtime("Json", names, scope),
        TypeRef::Integer => runtime("Integer", names, scope),
        TypeRef::Number => runtime("Number", names, scope),
        TypeRef::Format(format) => runtime(format_name(*format), names, scope),
        TypeRef::File => runtime("File", names, scope),
        TypeRef::Nullable(ty) => {
            let (outer, ty) = (prelude("Option", quote!(::core::option::Option), names, scope), inner(ty));
            quote!(#outer<#ty>)
        }
        TypeRef::Boxed(ty) => {
            let (outer, ty) = (prelude("Box", quote!(::std::boxed::Box), names, scope), inner(ty));
            quote!(#outer<#ty>)
        }
        TypeRef::Kept(ty) => {
            let (outer, ty) = (runtime("Kept", names, scope), inner(ty));
            quote!(#outer<#ty>)
        }
        TypeRef::List(ty) => {
            let (outer, ty) = (prelude("Vec", quote!(::std::vec::Vec), names, scope), inner(ty));
            quote!(#outer<#ty>)
        }
        TypeRef::Map(ty) => {
            let (outer, ty) = (runtime("Map", names, scope), inner(ty));
            quote!(#outer<#ty>)
        }
        TypeRef::Tuple(items) => {
            let items = items.iter().map(inner);
            quote!((#(#items,)*))
        }
        TypeRef::Custom(path) => path.parse().unwrap_or_else(|_| runtime("Json", names, scope)),
    }
}

/// A name of the prelude, by its full path where a generated type took it.
pub fn prelude(name: &str, path: TokenStream, names: &Names, scope: Scope) -> TokenStream {
    if scope == Scope::Types && names.shadows(name) { path } else { primitive(name) }
}

/// The attribute that derives traits. One that a generated type is called like goes by its full path: an import of that
/// type would be taken for its macro, too, and rustc does not get over that where modules import each other.
pub fn derive(traits: &[&str], names: &Names) -> TokenStream {
    let paths = traits.iter().map(|name| match *name {
        name if !names.shadows(name) => primitive(name),
        "Clone" => quote!(::core::clone::Clone),
        "Copy" => quote!(::core::marker::Copy),
        "Debug" => quote!(::core::fmt::Debug),
        "Default" => quote!(::core::default::Default),
        "Hash" => quote!(::core::hash::Hash),
        name => {
            let name = primitive(name);
            quote!(::core::cmp::#name)
        }
    });
    quote!(#[derive(#(#paths),*)])
}

/// A name of the runtime: imported in `types.rs` unless a generated type took it.
fn runtime(name: &str, names: &Names, scope: Scope) -> TokenStream {
    let ident = primitive(name);
    if scope == Scope::Types && !names.shadows(name) { ident } else { quote!(counterpart_runtime::#ident) }
}

fn primitive(name: &str) -> TokenStream {
    let ident = crate::names::case::ident(name, "Unnamed");
    quote!(#ident)
}

/// Names of the runtime that a type needs in scope, for the import list of `types.rs`.
pub fn imports(ty: &TypeRef, found: &mut std::collections::BTreeSet<&'static str>) {
    match ty {
        TypeRef::Json => drop(found.insert("Json")),
        TypeRef::Integer => drop(found.insert("Integer")),
        TypeRef::Number => drop(found.insert("Number")),
        TypeRef::File => drop(found.insert("File")),
        TypeRef::Format(format) => drop(found.insert(format_name(*format))),
        TypeRef::Map(inner) => {
            found.insert("Map");
            imports(inner, found);
        }
        TypeRef::Kept(inner) => {
            found.insert("Kept");
            imports(inner, found);
        }
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) => imports(inner, found),
        TypeRef::Tuple(items) => items.iter().for_each(|item| imports(item, found)),
        TypeRef::Named(_)
        | TypeRef::Null
        | TypeRef::Bool
        | TypeRef::String
        | TypeRef::Int(_)
        | TypeRef::Float
        | TypeRef::Custom(_) => {}
    }
}

fn int_name(kind: IntKind) -> &'static str {
    match kind {
        IntKind::I8 => "i8",
        IntKind::I16 => "i16",
        IntKind::I32 => "i32",
        IntKind::I64 => "i64",
        IntKind::U8 => "u8",
        IntKind::U16 => "u16",
        IntKind::U32 => "u32",
        IntKind::U64 => "u64",
    }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::DateTime => "DateTime",
        Format::Date => "Date",
        Format::Time => "Time",
        Format::Uuid => "Uuid",
        Format::Base64 => "Base64",
    }
}
