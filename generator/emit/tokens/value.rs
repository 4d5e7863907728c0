//! JSON values of the contract (defaults) as Rust expressions.

use counterpart_runtime::Json;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{checks::range, ty::Scope};
use crate::{
    ir::{Ir, TypeId, TypeKind, TypeRef},
    names::Names,
};

/// What is in `option`, or `value`; evaluated only if it is needed where that costs a call.
pub fn or(option: &TokenStream, value: &TokenStream) -> TokenStream {
    let text = value.to_string();
    let mut inner = text.as_str();
    while let Some(within) = inner.strip_prefix("Some (").and_then(|rest| rest.strip_suffix(')')) {
        inner = within;
    }
    let calls = inner.contains(['(', '[']);
    match text.as_str() {
        "Vec :: new ()" | "String :: new ()" => quote!(#option.unwrap_or_default()),
        _ if calls => quote!(#option.unwrap_or_else(|| #value)),
        _ => quote!(#option.unwrap_or(#value)),
    }
}

/// The expression, where the type is plain enough to write one that cannot fail.
pub fn value(ty: &TypeRef, json: &Json, ir: &Ir, names: &Names, scope: Scope) -> Option<TokenStream> {
    match (ty, json) {
        (TypeRef::Bool, Json::Bool(value)) => Some(quote!(#value)),
        (TypeRef::String, Json::String(text)) if text.is_empty() => Some(quote!(String::new())),
        (TypeRef::String, Json::String(text)) => Some(quote!(#text.to_owned())),
        (TypeRef::Int(kind), Json::Number(number)) => {
            let value = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))?;
            let literal = Literal::i128_unsuffixed(Some(value).filter(|value| range(*kind).contains(value))?);
            Some(quote!(#literal))
        }
        (TypeRef::Integer, Json::Number(number)) => {
            let literal = Literal::i64_unsuffixed(number.as_i64()?);
            Some(quote!(counterpart_runtime::Integer::from(#literal)))
        }
        (TypeRef::Number, Json::Number(number)) => {
            let literal = Literal::i64_unsuffixed(number.as_i64()?);
            Some(quote!(counterpart_runtime::Number::from(#literal)))
        }
        (TypeRef::Float, Json::Number(number)) => {
            let literal = Literal::f64_unsuffixed(Some(number.as_f64()).filter(|value| value.is_finite())?);
            Some(quote!(#literal))
        }
        (TypeRef::List(_), Json::Array(items)) if items.is_empty() => Some(quote!(Vec::new())),
        (TypeRef::List(item), Json::Array(items)) => {
            let items: Option<Vec<_>> =
                items.iter().map(|json| value(item, json, ir, names, scope)).collect();
            let items = items?;
            Some(quote!(vec![#(#items),*]))
        }
        (TypeRef::Nullable(_), Json::Null) => Some(quote!(None)),
        (TypeRef::Nullable(inner), json) => {
            let inner = value(inner, json, ir, names, scope)?;
            Some(quote!(Some(#inner)))
        }
        (TypeRef::Named(id), json) => {
            let def = ir.get(*id)?;
            match &def.kind {
                TypeKind::Alias(inner) => value(inner, json, ir, names, scope),
                TypeKind::StringEnum(variants) | TypeKind::LiteralEnum(variants) => {
                    let index = variants.iter().position(|variant| variant.value == *json)?;
                    let variant = names.of_members(*id).get(index)?;
                    let path = super::type_ref(ty, names, scope);
                    Some(quote!(#path::#variant))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The enumerations that [`value`] names, which may stand behind aliases.
pub fn enumerations(ty: &TypeRef, json: &Json, ir: &Ir) -> Vec<TypeId> {
    match (ty, json) {
        (TypeRef::List(item), Json::Array(items)) => {
            items.iter().flat_map(|json| enumerations(item, json, ir)).collect()
        }
        (TypeRef::Nullable(_), Json::Null) => Vec::new(),
        (TypeRef::Nullable(inner), json) => enumerations(inner, json, ir),
        (TypeRef::Named(id), json) => match ir.get(*id).map(|def| &def.kind) {
            Some(TypeKind::Alias(inner)) => enumerations(inner, json, ir),
            Some(TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_)) => Vec::from([*id]),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
