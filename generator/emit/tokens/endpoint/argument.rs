//! How the client takes a value: text as anything that is text, small values as they are, the rest by reference.

use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Lifetime;

use super::Operation;
use crate::ir::{BodyKind, BodyVariant, TypeKind, TypeRef};

/// A parameter of a generated method.
pub(super) struct Argument {
    /// Its type.
    pub ty: TokenStream,
    /// The expression that hands it to the runtime.
    pub pass: TokenStream,
}

impl Operation<'_> {
    /// A value as an argument called `name`.
    pub(super) fn argument(&self, ty: &TypeRef, name: &Ident) -> Argument {
        match ty {
            TypeRef::String => Argument { ty: quote!(impl AsRef<str>), pass: quote!(#name.as_ref()) },
            TypeRef::Integer | TypeRef::Number => {
                let ty = self.ty(ty);
                Argument { ty: quote!(impl Into<#ty>), pass: quote!(&Into::<#ty>::into(#name)) }
            }
            _ => {
                let (ty, by_reference) = self.plain(ty, None);
                Argument { ty, pass: if by_reference { quote!(#name) } else { quote!(&#name) } }
            }
        }
    }

    /// A value as a member of a struct or an item of an `Option`, and whether it is a reference.
    pub(super) fn plain(&self, ty: &TypeRef, lifetime: Option<&Lifetime>) -> (TokenStream, bool) {
        let by_value = |ty: &TypeRef| (self.ty(ty), false);
        match ty {
            TypeRef::String => (quote!(&#lifetime str), true),
            TypeRef::List(item) => {
                let item = self.ty(item);
                (quote!(&#lifetime [#item]), true)
            }
            TypeRef::Nullable(inner) => {
                let (inner, _) = self.plain(inner, lifetime);
                (quote!(Option<#inner>), false)
            }
            TypeRef::Boxed(inner) => self.plain(inner, lifetime),
            TypeRef::Null | TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float => by_value(ty),
            TypeRef::Named(id) => match self.ir.get(*id).map(|def| &def.kind) {
                Some(TypeKind::Alias(target)) => self.plain(target, lifetime),
                Some(TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_)) => by_value(ty),
                _ => self.by_reference(ty, lifetime),
            },
            TypeRef::Integer | TypeRef::Number if lifetime.is_some() => by_value(ty),
            _ => self.by_reference(ty, lifetime),
        }
    }

    fn by_reference(&self, ty: &TypeRef, lifetime: Option<&Lifetime>) -> (TokenStream, bool) {
        let ty = self.ty(ty);
        (quote!(&#lifetime #ty), true)
    }

    /// A request body as an argument called `name`.
    pub(super) fn body_argument(&self, body: &BodyVariant, name: &Ident) -> Argument {
        match (body.kind, &body.ty) {
            (BodyKind::Binary, _) => {
                Argument { ty: quote!(impl Into<ByteStream>), pass: quote!(#name.into()) }
            }
            (BodyKind::JsonLines | BodyKind::JsonSeq | BodyKind::Events | BodyKind::EventData, _) => {
                Argument { ty: self.body_type(body), pass: quote!(#name) }
            }
            (_, Some(ty)) => self.argument(ty, name),
            (BodyKind::Text, None) => self.argument(&TypeRef::String, name),
            (_, None) => self.argument(&TypeRef::Json, name),
        }
    }

    /// A request body as a member of a struct or enum, and whether it is a reference.
    pub(super) fn plain_body(&self, body: &BodyVariant, lifetime: &Lifetime) -> (TokenStream, bool) {
        match (body.kind, &body.ty) {
            (
                BodyKind::Binary
                | BodyKind::JsonLines
                | BodyKind::JsonSeq
                | BodyKind::Events
                | BodyKind::EventData,
                _,
            ) => (self.body_type(body), false),
            (_, Some(ty)) => self.plain(ty, Some(lifetime)),
            (BodyKind::Text, None) => self.plain(&TypeRef::String, Some(lifetime)),
            (_, None) => self.plain(&TypeRef::Json, Some(lifetime)),
        }
    }
}
