//! Type definitions and the macro calls that say how they stand on the wire.

use crate::names::Ident;
use counterpart_runtime::Json;
use proc_macro2::TokenStream;
use quote::quote;

use super::{checks, docs, endpoint::lints, ty::Scope, ty::derive, ty::prelude, type_ref};
use crate::{
    ir::{Field, Ir, Rest, TypeDef, TypeId, TypeKind, TypeRef, Union, UnionForm, Variant, Wish},
    names::Names,
};

/// One definition with its names at hand.
struct Definition<'a> {
    ir: &'a Ir,
    names: &'a Names,
    id: TypeId,
    def: &'a TypeDef,
    name: Ident,
}

/// The item and its macro call.
pub fn definition(ir: &Ir, names: &Names, id: TypeId) -> TokenStream {
    let Some(def) = ir.get(id) else { return TokenStream::new() };
    let definition = Definition { ir, names, id, def, name: names.of_type(id) };
    match &def.kind {
        TypeKind::Struct { fields, rest } => definition.structure(fields, rest),
        TypeKind::StringEnum(variants) => definition.string_enum(variants),
        TypeKind::LiteralEnum(variants) => definition.literal_enum(variants),
        TypeKind::Newtype { inner, checks } => definition.newtype(inner, checks),
        TypeKind::Union(union) => definition.union(union),
        TypeKind::Alias(inner) => definition.alias(inner),
    }
}

impl Definition<'_> {
    /// Docs with a first line for everything, and a word on deprecation.
    fn docs(&self) -> TokenStream {
        let origin = match &self.def.wish {
            Wish::Component(name) | Wish::Shape(name, _) => format!("Schema `{}`.", name.replace('`', "'")),
            Wish::Place(words) => format!("Inline schema at `{}`.", words.join(".").replace('`', "'")),
            Wish::Values(_) => "Values that several places share.".to_owned(),
        };
        // An alias of a shared type has the documentation of its place, which is there already.
        let place = matches!((&self.def.wish, &self.def.kind), (Wish::Place(_), TypeKind::Alias(_)));
        let text = if place || self.def.docs.trim().is_empty() { &origin } else { &self.def.docs };
        let deprecated = if self.def.deprecated { "\n\n**Deprecated.**" } else { "" };
        docs(&format!("{text}{deprecated}"))
    }

    /// `judged CONTRACT` or `CONTRACT`: where its schema is, which has its name.
    fn schema(&self) -> TokenStream {
        let judged = self.def.judged.then(|| quote!(judged));
        quote!(#judged CONTRACT)
    }

    fn ty(&self, ty: &TypeRef) -> TokenStream {
        type_ref(ty, self.names, Scope::Types)
    }

    fn structure(&self, fields: &[Field], rest: &Rest) -> TokenStream {
        let (name, docs, schema) = (&self.name, self.docs(), self.schema());
        let idents = self.names.of_members(self.id);
        let derive = match fields.iter().all(|field| !field.required) {
            true => derive(&["Clone", "Default", "PartialEq"], self.names),
            false => derive(&["Clone", "PartialEq"], self.names),
        };
        let accessors = self.accessors(fields);
        let declared = fields.iter().zip(idents).map(|(field, ident)| self.field(field, ident));
        let mapped = fields.iter().zip(idents).map(|(field, ident)| self.member(field, ident));
        let (kept, rest) = match rest {
            Rest::Open => (None, quote!(open)),
            Rest::Closed => (None, quote!(closed)),
            Rest::Keep(ty) => {
                let fallback = crate::names::case::ident("additional", "additional");
                let (ident, ty) = (self.names.of_rest(self.id).unwrap_or(&fallback).clone(), self.ty(ty));
                let map =
                    if self.names.shadows("Map") { quote!(counterpart_runtime::Map) } else { quote!(Map) };
                (
                    Some(quote!(#[doc = " Members without a name of their own."] pub #ident: #map<#ty>,)),
                    quote!(rest #ident),
                )
            }
        };
        quote! {
            #docs
            #derive
            pub struct #name { #(#declared)* #kept }
            counterpart_runtime::object! { #name: #schema, #rest { #(#mapped)* } }
            #accessors
        }
    }

    /// `default` is an annotation: an absent member stays absent, and an accessor says what it means.
    fn accessors(&self, fields: &[Field]) -> Option<TokenStream> {
        let idents = self.names.of_members(self.id);
        let accessors: Vec<TokenStream> =
            fields.iter().zip(idents).filter_map(|(field, ident)| self.accessor(field, ident)).collect();
        let name = &self.name;
        (!accessors.is_empty()).then(|| quote!(impl #name { #(#accessors)* }))
    }

    fn accessor(&self, field: &Field, ident: &Ident) -> Option<TokenStream> {
        let (default, value) = default(field, self.ir, self.names)?;
        let ty = self.ty(&field.ty);
        let plain = ident.to_string();
        let method = crate::names::case::ident(
            &format!("{}_or_default", plain.trim_start_matches("r#")),
            "or_default",
        );
        let docs = docs(&format!("`{}`, or its default where it is absent.", field.wire.replace('`', "'")));
        let empty = match default {
            Json::String(text) => text.is_empty() && field.ty == TypeRef::String,
            Json::Array(items) => items.is_empty() && matches!(field.ty, TypeRef::List(_)),
            _ => false,
        };
        let body = if empty {
            quote!(self.#ident.clone().unwrap_or_default())
        } else if self.is_copy(&field.ty) {
            quote!(self.#ident.unwrap_or(#value))
        } else {
            super::or(&quote!(self.#ident.clone()), &value)
        };
        Some(quote!(#docs pub fn #method(&self) -> #ty { #body }))
    }

    fn is_copy(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float | TypeRef::Null => true,
            TypeRef::Nullable(inner) => self.is_copy(inner),
            TypeRef::Named(id) => match self.ir.get(*id).map(|def| &def.kind) {
                Some(TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_)) => true,
                Some(TypeKind::Newtype { inner, .. }) => matches!(inner, TypeRef::Bool | TypeRef::Int(_)),
                Some(TypeKind::Alias(inner)) => self.is_copy(inner),
                _ => false,
            },
            _ => false,
        }
    }

    fn field(&self, field: &Field, ident: &Ident) -> TokenStream {
        let mut text = field.docs.clone();
        if text.trim().is_empty() {
            text = format!("`{}`", field.wire.replace('`', "'"));
        }
        if let Some(default) = field.default.as_ref().filter(|_| !field.required) {
            text.push_str(&format!("\n\nDefault: `{}`.", default.to_string().replace('`', "'")));
        }
        if field.deprecated {
            text.push_str("\n\n**Deprecated.**");
        }
        let (docs, mut ty) = (docs(&text), self.ty(&field.ty));
        if !field.required {
            let option = prelude("Option", quote!(::core::option::Option), self.names, Scope::Types);
            ty = quote!(#option<#ty>);
        }
        quote!(#docs pub #ident: #ty,)
    }

    fn member(&self, field: &Field, ident: &Ident) -> TokenStream {
        let wire = &field.wire;
        let presence = if field.required { quote!(required) } else { quote!(optional) };
        let condition = checks::closure(&field.checks, &field.ty).map(|closure| quote!(if #closure));
        let json = Json::from(wire.as_str()).to_string();
        let escaped = json.get(1..json.len() - 1).unwrap_or(wire);
        let json = (escaped != wire).then(|| quote!(as #escaped));
        quote!(#wire #json => #presence #ident #condition,)
    }

    fn string_enum(&self, variants: &[Variant]) -> TokenStream {
        let (name, docs, schema) = (&self.name, self.docs(), self.schema());
        let idents = self.names.of_members(self.id);
        let wires = variants.iter().map(|variant| variant.value.as_str().unwrap_or_default());
        let constant = variants.len() == 1;
        let marker = constant.then(|| quote!(#[default]));
        let derive = match constant {
            true => derive(&["Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "Hash"], self.names),
            false => derive(&["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"], self.names),
        };
        let declared = self.variants(variants, marker.as_ref());
        quote! {
            #docs
            #derive
            pub enum #name { #declared }
            counterpart_runtime::string_enum! { #name: #schema { #(#idents = #wires),* } }
        }
    }

    fn literal_enum(&self, variants: &[Variant]) -> TokenStream {
        let (name, docs, schema) = (&self.name, self.docs(), self.schema());
        let idents = self.names.of_members(self.id);
        let declared = self.variants(variants, None);
        let wires = variants.iter().map(|variant| variant.value.to_string());
        let derive = derive(&["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"], self.names);
        quote! {
            #docs
            #derive
            pub enum #name { #declared }
            counterpart_runtime::literal_enum! { #name: #schema { #(#idents = #wires),* } }
        }
    }

    /// The variants with their docs, each marked.
    fn variants(&self, variants: &[Variant], marker: Option<&TokenStream>) -> TokenStream {
        let idents = self.names.of_members(self.id);
        let docs = variants.iter().map(|variant| match (&variant.value, variant.docs.trim()) {
            (Json::String(text), "") if text.is_empty() => docs("the empty string"),
            (Json::String(text), "") => docs(&format!("`{}`", text.replace('`', "'"))),
            (value, "") => docs(&format!("`{}`", value.to_string().replace('`', "'"))),
            (_, text) => docs(text),
        });
        quote!(#(#docs #marker #idents),*)
    }

    fn newtype(&self, inner: &TypeRef, checks: &[crate::ir::Check]) -> TokenStream {
        let (name, docs, schema) = (&self.name, self.docs(), self.schema());
        let (ty, derive) = (self.ty(inner), derive(derives(inner), self.names));
        let condition = checks::closure(checks, inner).map(|closure| quote!(if #closure));
        let visibility = (condition.is_none() && !self.def.judged).then(|| quote!(pub));
        quote! {
            #docs
            #derive
            pub struct #name(#visibility #ty);
            counterpart_runtime::newtype! { #name(#ty): #schema #condition }
        }
    }

    fn union(&self, union: &Union) -> TokenStream {
        let (name, docs, schema) = (&self.name, self.docs(), self.schema());
        let idents = self.names.of_members(self.id);
        let types: Vec<TokenStream> = union.branches.iter().map(|(_, ty)| self.ty(ty)).collect();
        let notes = union.branches.iter().map(|(wish, ty)| docs_of_branch(self.ir, wish, ty));
        let (form, selectors) = selectors(&union.form);
        let sizes: Vec<usize> = union.branches.iter().map(|(_, ty)| lints::size(ty, self.ir)).collect();
        let large = lints::large_branches(&sizes);
        let derive = derive(&["Clone", "Debug", "PartialEq"], self.names);
        quote! {
            #docs
            #large
            #derive
            pub enum #name { #(#notes #idents(#types)),* }
            counterpart_runtime::union! { #name: #schema, #form { #(#idents(#types) #selectors),* } }
        }
    }

    fn alias(&self, inner: &TypeRef) -> TokenStream {
        let (name, docs, ty) = (&self.name, self.docs(), self.ty(inner));
        quote!(#docs pub type #name = #ty;)
    }
}

fn docs_of_branch(ir: &Ir, wish: &str, ty: &TypeRef) -> TokenStream {
    let text = match ty {
        TypeRef::Named(id) => ir.get(*id).map(|def| def.docs.lines().next().unwrap_or_default().to_owned()),
        _ => None,
    };
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => docs(&text),
        None => docs(&format!("`{}`", wish.replace('`', "'"))),
    }
}

/// How the branches are told apart, and what selects each; nothing where their schemas do.
fn selectors(form: &UnionForm) -> (TokenStream, Vec<TokenStream>) {
    match form {
        UnionForm::Tag(member, values) => {
            (quote!(tag #member), values.iter().map(|list| quote!(= #(#list)|*)).collect())
        }
        UnionForm::Kinds(kinds) => {
            let selectors = kinds.iter().map(|names| {
                let names = names.iter().map(|name| crate::names::case::ident(name, "other"));
                quote!(= #(#names)|*)
            });
            (quote!(kinds), selectors.collect())
        }
        UnionForm::OneOf(roots) => (quote!(one_of), vec![TokenStream::new(); roots.len()]),
        UnionForm::AnyOf(roots) => (quote!(any_of), vec![TokenStream::new(); roots.len()]),
    }
}

/// Scalars compare and hash like what they hold.
fn derives(inner: &TypeRef) -> &'static [&'static str] {
    match inner {
        TypeRef::Bool | TypeRef::Int(_) => {
            &["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"]
        }
        TypeRef::String | TypeRef::Integer | TypeRef::Format(_) => {
            &["Clone", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"]
        }
        _ => &["Clone", "Debug", "PartialEq"],
    }
}

/// The default that an accessor of a member gives, and the expression for it.
fn default<'f>(field: &'f Field, ir: &Ir, names: &Names) -> Option<(&'f Json, TokenStream)> {
    let default = field.default.as_deref().filter(|_| !field.required)?;
    Some((default, super::value(&field.ty, default, ir, names, Scope::Types)?))
}

/// The enumerations that a definition names beside the types that it is made of: those of defaults.
pub fn enumerations(def: &TypeDef, ir: &Ir, names: &Names) -> Vec<TypeId> {
    let TypeKind::Struct { fields, .. } = &def.kind else { return Vec::new() };
    let of_default = |field: &Field| -> Option<Vec<TypeId>> {
        let (default, _) = default(field, ir, names)?;
        Some(super::value::enumerations(&field.ty, default, ir))
    };
    fields.iter().filter_map(of_default).flatten().collect()
}
