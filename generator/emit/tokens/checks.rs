//! Constraints as Rust expressions over a value that was just decoded.

use counterpart_runtime::Number;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Check, IntKind, TypeRef};
use crate::names::Ident;

/// `|v| …`, or nothing where there is nothing to check.
pub fn closure(checks: &[Check], ty: &TypeRef) -> Option<TokenStream> {
    let condition = all(checks, ty)?;
    Some(quote!(|v| #condition))
}

/// Like [`closure`], where the compiler has to be told what it is given.
pub fn typed_closure(checks: &[Check], ty: &TypeRef, name: &TokenStream) -> Option<TokenStream> {
    let condition = all(checks, ty)?;
    Some(quote!(|v: &#name| #condition))
}

fn all(checks: &[Check], ty: &TypeRef) -> Option<TokenStream> {
    let mut conditions = checks.iter().map(|check| one(check, ty));
    let first = conditions.next()?;
    Some(conditions.fold(first, |left, right| quote!(#left && #right)))
}

fn one(check: &Check, ty: &TypeRef) -> TokenStream {
    match check {
        Check::Length(min, max) => counted(&quote!(length), *min, *max),
        Check::Items(min, max) => counted(&quote!(items), *min, *max),
        Check::Members(min, max) => counted(&quote!(members), *min, *max),
        Check::Unique => quote!(check::unique(v)),
        Check::Pattern(pattern) => quote!(check::pattern(v, counterpart_runtime::pattern!(#pattern))),
        Check::Format(_) if *ty == TypeRef::Float => quote!(check::single(v)),
        Check::Format(format) if *ty == TypeRef::Integer => quote!(check::number_format(v, #format)),
        Check::Format(format) => {
            let function = format_function(format);
            quote!(check::format(v, counterpart_runtime::format::#function))
        }
        Check::AtLeast(bound) => bounded("at_least", bound, ty),
        Check::AtMost(bound) => bounded("at_most", bound, ty),
        Check::Above(bound) => bounded("above", bound, ty),
        Check::Below(bound) => bounded("below", bound, ty),
        Check::MultipleOf(bound) => bounded("multiple_of", bound, ty),
        Check::Each(checks) => nested(checks, ty),
        Check::Inner(checks) => match (ty, inner(ty).and_then(|ty| argument(checks, ty))) {
            (TypeRef::Nullable(_), Some(argument)) => quote!(check::nullable(v, #argument)),
            _ => quote!(true),
        },
    }
}

/// Each item of a list, each value of a map.
fn nested(checks: &[Check], ty: &TypeRef) -> TokenStream {
    let function = if matches!(ty, TypeRef::Map(_)) { quote!(each_member) } else { quote!(each) };
    match inner(ty).and_then(|ty| argument(checks, ty)) {
        Some(argument) => quote!(check::#function(v, #argument)),
        None => quote!(true),
    }
}

/// A check as an argument: a closure, or the function itself where that is all.
fn argument(checks: &[Check], ty: &TypeRef) -> Option<TokenStream> {
    match checks {
        [Check::Unique] => Some(quote!(check::unique)),
        [Check::Format(_)] if *ty == TypeRef::Float => Some(quote!(check::single)),
        _ => closure(checks, ty),
    }
}

fn inner(ty: &TypeRef) -> Option<&TypeRef> {
    match ty {
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => Some(inner),
        _ => None,
    }
}

fn counted(function: &TokenStream, min: u64, max: Option<u64>) -> TokenStream {
    let min = size(min);
    let max = match max {
        Some(max) if usize::try_from(max).is_ok() => size(max),
        _ => quote!(usize::MAX),
    };
    quote!(check::#function(v, #min, #max))
}

fn size(count: u64) -> TokenStream {
    match usize::try_from(count) {
        Ok(count) => {
            let literal = Literal::usize_unsuffixed(count);
            quote!(#literal)
        }
        Err(_) => quote!(usize::MAX),
    }
}

/// A bound, native where the type is.
fn bounded(name: &str, bound: &Number, ty: &TypeRef) -> TokenStream {
    let native = match ty {
        TypeRef::Int(kind) => return native_bound(name, bound, *kind),
        TypeRef::Float => float(bound),
        _ => None,
    };
    match native {
        Some(literal) => {
            let function = crate::names::case::ident(name, "at_least");
            quote!(check::#function(v, #literal))
        }
        None if *ty == TypeRef::Float => {
            let condition = exact(name, bound, &quote!(&v));
            quote!(counterpart_runtime::Number::try_from(*v).is_ok_and(|v| #condition))
        }
        None => exact(name, bound, &quote!(v)),
    }
}

/// A bound on the exact decimal number.
fn exact(name: &str, bound: &Number, value: &TokenStream) -> TokenStream {
    let function = crate::names::case::ident(&format!("{name}_number"), "at_least_number");
    let lexeme = bound.to_string();
    quote!(check::#function(#value, #lexeme))
}

fn native_bound(name: &str, bound: &Number, kind: IntKind) -> TokenStream {
    let range = range(kind);
    if let Some(value) = i128_of(bound).filter(|value| range.contains(value)) {
        let literal = Literal::i128_unsuffixed(value);
        let function = crate::names::case::ident(name, "at_least");
        return quote!(check::#function(v, #literal));
    }
    // The bound lies outside the native range or between two integers: judge the exact number.
    exact(name, bound, &quote!(&counterpart_runtime::Number::from(*v)))
}

fn i128_of(bound: &Number) -> Option<i128> {
    bound.as_i64().map(i128::from).or_else(|| bound.as_u64().map(i128::from))
}

/// The values of a native type.
pub(super) fn range(kind: IntKind) -> std::ops::RangeInclusive<i128> {
    match kind {
        IntKind::I8 => i8::MIN.into()..=i8::MAX.into(),
        IntKind::I16 => i16::MIN.into()..=i16::MAX.into(),
        IntKind::I32 => i32::MIN.into()..=i32::MAX.into(),
        IntKind::I64 => i64::MIN.into()..=i64::MAX.into(),
        IntKind::U8 => u8::MIN.into()..=u8::MAX.into(),
        IntKind::U16 => u16::MIN.into()..=u16::MAX.into(),
        IntKind::U32 => u32::MIN.into()..=u32::MAX.into(),
        IntKind::U64 => u64::MIN.into()..=u64::MAX.into(),
    }
}

/// A float literal that means exactly the bound.
fn float(bound: &Number) -> Option<TokenStream> {
    let value = bound.as_f64();
    let exact = value.is_finite() && Number::try_from(value).is_ok_and(|same| same == *bound);
    exact.then(|| {
        let literal = Literal::f64_unsuffixed(value);
        quote!(#literal)
    })
}

/// The runtime's check of a format by its name.
fn format_function(format: &str) -> Ident {
    let name = if format == "byte" { "base64" } else { format };
    crate::names::case::ident(&format!("is_{}", name.replace('-', "_")), "is_base64")
}
