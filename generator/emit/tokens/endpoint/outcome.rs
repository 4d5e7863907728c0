//! Declared responses as variants of an enum: of all of them on the server, of successes and of errors on the client.

use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

use super::{Operation, lints, part_docs};
use crate::{
    ir::{BodyVariant, Outcome, Status, TypeRef},
    names::{HeaderSetNames, OutcomeNames},
};

/// A declared response with its names.
pub type Named<'a> = (&'a Outcome, &'a OutcomeNames);

impl<'a> Operation<'a> {
    /// Declared responses in document order.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        self.endpoint.outcomes.iter().zip(&self.own.outcomes)
    }

    /// The type of a response's body; none where it has no body.
    pub(super) fn outcome_body(&self, (outcome, names): Named<'_>) -> Option<TokenStream> {
        match outcome.bodies.as_slice() {
            [] => None,
            [body] => Some(self.body_type(body)),
            _ => {
                let name = &names.body;
                Some(quote!(#name))
            }
        }
    }

    /// An enum over declared responses, with what is derived for it.
    pub(super) fn outcome_enum<'n>(
        &self,
        name: &Ident,
        docs: &str,
        derive: Option<TokenStream>,
        outcomes: impl Iterator<Item = Named<'n>>,
    ) -> TokenStream {
        let docs = super::docs(docs);
        let (lint, variants) = self.variants(outcomes);
        quote! {
            #docs
            #derive
            #lint
            pub enum #name { #variants }
        }
    }

    /// Its variants, and what must stand before it for Clippy.
    pub(super) fn variants<'n>(
        &self,
        outcomes: impl Iterator<Item = Named<'n>>,
    ) -> (TokenStream, TokenStream) {
        let (variants, sizes): (Vec<_>, Vec<_>) =
            outcomes.map(|outcome| (self.variant(outcome), self.size(outcome))).unzip();
        (lints::large_variants(&sizes), quote!(#(#variants)*))
    }

    fn variant(&self, named: Named<'_>) -> TokenStream {
        let (outcome, names) = named;
        let docs = super::docs(&format!("{}: {}", key(outcome.status), outcome.docs.trim()));
        let name = &names.variant;
        if !outcome.headers.is_empty() {
            let members = self.members(named, &TokenStream::new());
            return quote!(#docs #name { #members },);
        }
        let status = takes_status(outcome.status).then(|| quote!(StatusCode));
        let payload: Vec<TokenStream> = status.into_iter().chain(self.outcome_body(named)).collect();
        match payload.is_empty() {
            true => quote!(#docs #name,),
            false => quote!(#docs #name(#(#payload),*),),
        }
    }

    /// A struct over one declared response.
    pub(super) fn outcome_struct(&self, name: &Ident, named: Named<'_>) -> TokenStream {
        let (outcome, _) = named;
        let docs =
            super::docs(&format!("{} of {}: {}", key(outcome.status), self.title(), outcome.docs.trim()));
        let members = self.members(named, &quote!(pub));
        quote! {
            #docs
            #[derive(Debug)]
            pub struct #name { #members }
        }
    }

    /// Status, body and headers as members.
    fn members(&self, named: Named<'_>, visibility: &TokenStream) -> TokenStream {
        let (outcome, names) = named;
        let status = takes_status(outcome.status)
            .then(|| quote! { #[doc = " The status."] #visibility status: StatusCode, });
        let body = self.outcome_body(named).map(|ty| quote! { #[doc = " The body."] #visibility body: #ty, });
        if let Some(shared) = self.shared_headers(outcome) {
            let headers = quote! { #[doc = " Its headers."] #visibility headers: #shared, };
            return quote!(#status #body #headers);
        }
        let headers = outcome.headers.iter().zip(&names.headers).map(|(header, name)| {
            let docs = part_docs(&header.docs, &format!("Header `{}`.", header.wire), header.deprecated);
            let ty = self.header_type(&header.ty, header.required);
            quote!(#docs #visibility #name: #ty,)
        });
        quote!(#status #body #(#headers)*)
    }

    /// The struct of the response's headers, where others have the same.
    pub(super) fn shared_headers(&self, outcome: &Outcome) -> Option<TokenStream> {
        let sets = self.ir.header_sets.iter().zip(&self.names.header_sets);
        let mut alike = sets.filter(|(set, _)| set.headers == outcome.headers);
        alike.next().map(|(_, HeaderSetNames { ident, .. })| quote!(headers::#ident))
    }

    fn header_type(&self, ty: &TypeRef, required: bool) -> TokenStream {
        let ty = self.ty(ty);
        if required { ty } else { quote!(Option<#ty>) }
    }

    /// The enums over kinds of body that responses need.
    pub(super) fn body_enums<'n>(&self, outcomes: impl Iterator<Item = Named<'n>>) -> TokenStream {
        let several = outcomes.filter(|(outcome, _)| outcome.bodies.len() > 1);
        let enums = several.map(|(outcome, names)| {
            let docs = format!("Body of the response {} of {}.", key(outcome.status), self.title());
            self.body_enum(&names.body, &docs, &outcome.bodies, &names.media)
        });
        quote!(#(#enums)*)
    }

    /// An enum over kinds of body.
    pub(super) fn body_enum(
        &self,
        name: &Ident,
        docs: &str,
        bodies: &[BodyVariant],
        media: &[Ident],
    ) -> TokenStream {
        let docs = super::docs(docs);
        let sizes: Vec<usize> = bodies.iter().map(|body| lints::body_size(body, self.ir)).collect();
        let lint = lints::large_variants(&sizes);
        let variants = bodies.iter().zip(media).map(|(body, variant)| {
            let docs = super::docs(&media_list(body));
            let ty = self.body_type(body);
            quote!(#docs #variant(#ty),)
        });
        quote! {
            #docs
            #[derive(Debug)]
            #lint
            pub enum #name { #(#variants)* }
        }
    }

    fn size(&self, (outcome, _): Named<'_>) -> usize {
        let headers: usize = outcome.headers.iter().map(|header| lints::size(&header.ty, self.ir)).sum();
        let body = outcome.bodies.iter().map(|body| lints::body_size(body, self.ir)).max();
        headers + body.unwrap_or_default()
    }
}

/// `application/json`, as code.
pub(super) fn media_list(body: &BodyVariant) -> String {
    let names: Vec<String> = body.media.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Whether the caller says which status it is.
pub(super) fn takes_status(status: Status) -> bool {
    !matches!(status, Status::Code(_))
}

/// The key in the contract.
pub(super) fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}
