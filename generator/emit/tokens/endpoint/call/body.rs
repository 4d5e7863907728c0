//! The body of a request, as the client takes and writes it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Lifetime;

use super::{Operation, body_name, lifetime, lints, mentions};
use crate::{
    emit::tokens::endpoint::{argument::Argument, media, outcome::media_list},
    ir::{BodyInput, BodyKind, BodyVariant},
};

impl Operation<'_> {
    /// The body as an argument.
    pub(super) fn body_parameter(&self, body: &BodyInput) -> Argument {
        match body.variants.as_slice() {
            [only] => self.body_argument(only, &body_name()),
            _ => {
                let name = &self.own.body;
                let elided = self.body_borrows(body).then(|| quote!(<'_>));
                Argument { ty: quote!(#name #elided), pass: quote!(body) }
            }
        }
    }

    /// The body as a member of the struct of required parameters.
    pub(super) fn body_member(&self, body: &BodyInput, lifetime: &Lifetime) -> TokenStream {
        match body.variants.as_slice() {
            [only] => self.plain_body(only, lifetime).0,
            _ => {
                let name = &self.own.body;
                let generics = self.body_borrows(body).then(|| quote!(<#lifetime>));
                quote!(#name #generics)
            }
        }
    }

    /// A request with its body: an argument, or a member of `params`.
    pub(super) fn with_body(&self, body: &BodyInput, request: &TokenStream, bundled: bool) -> TokenStream {
        let [only] = body.variants.as_slice() else {
            let value = if bundled { quote!(params.body) } else { quote!(body) };
            return quote!(#value.write(#request));
        };
        let pass = match (bundled, self.plain_body(only, &lifetime())) {
            (false, _) => self.body_argument(only, &body_name()).pass,
            (true, (_, true)) => quote!(params.body),
            (true, _) if is_stream(only) => quote!(params.body),
            (true, _) => quote!(&params.body),
        };
        let write = write(only, &pass, false);
        quote!(#request.#write)
    }

    /// The enum over kinds of body, where there are several.
    pub(super) fn body_items(&self) -> TokenStream {
        let Some(body) = self.endpoint.body.as_ref().filter(|body| body.variants.len() > 1) else {
            return TokenStream::new();
        };
        let name = &self.own.body;
        let docs = super::super::docs(&format!("Body of {}.", self.title()));
        let lifetime = lifetime();
        let (mut variants, mut arms, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
        for (variant, kind) in body.variants.iter().zip(&self.own.media) {
            let (ty, by_reference) = self.plain_body(variant, &lifetime);
            let docs = super::super::docs(&media_list(variant));
            let pass = if by_reference || is_stream(variant) { quote!(body) } else { quote!(&body) };
            let write = write(variant, &pass, true);
            variants.push(quote!(#docs #kind(#ty),));
            arms.push(quote!(Self::#kind(body) => request.#write,));
            sizes.push(if by_reference { 8 } else { lints::body_size(variant, self.ir) });
        }
        let lint = lints::large_variants(&sizes);
        let (generics, elided) = match self.body_borrows(body) {
            true => (quote!(<#lifetime>), quote!(<'_>)),
            false => (TokenStream::new(), TokenStream::new()),
        };
        quote! {
            #docs
            #[derive(Debug)]
            #lint
            pub enum #name #generics { #(#variants)* }

            impl #name #elided {
                fn write(self, request: Request) -> Request {
                    match self { #(#arms)* }
                }
            }
        }
    }

    /// Methods that choose among media types of one value.
    pub(super) fn forms(&self) -> TokenStream {
        let bodies = self.endpoint.body.iter().flat_map(|body| &body.variants);
        let several = |body: &&BodyVariant| body.kind == BodyKind::Document && body.media.len() > 1;
        let request = bodies.clone().find(several).map(|body| {
            let docs = format!("Writes the body in another of its media types: {}.", media_list(body));
            let docs = super::super::docs(&docs);
            quote! {
                #docs
                pub fn written_as(self, media_type: &str) -> Self {
                    Self(self.0.written_as(media_type))
                }
            }
        });
        let answers = self.endpoint.outcomes.iter().flat_map(|outcome| &outcome.bodies);
        let response = answers.clone().find(several).map(|body| {
            let docs = format!("Asks for the answer in one of its media types: {}.", media_list(body));
            let docs = super::super::docs(&docs);
            quote! {
                #docs
                pub fn preferring(self, media_type: &str) -> Self {
                    Self(self.0.preferring(media_type))
                }
            }
        });
        quote!(#request #response)
    }

    fn body_borrows(&self, body: &BodyInput) -> bool {
        let lifetime = lifetime();
        body.variants.iter().any(|variant| mentions(&self.plain_body(variant, &lifetime).0, "a"))
    }
}

fn is_stream(body: &BodyVariant) -> bool {
    let whole = [BodyKind::Json, BodyKind::Document, BodyKind::Form, BodyKind::Multipart, BodyKind::Text];
    !whole.contains(&body.kind)
}

/// The call that writes a body; `named`: the media type is one of several.
fn write(body: &BodyVariant, pass: &TokenStream, named: bool) -> TokenStream {
    let media = media(body);
    match body.kind {
        BodyKind::Binary => quote!(body_stream(#media, #pass)),
        BodyKind::JsonLines | BodyKind::JsonSeq => quote!(body_lines(#media, #pass)),
        BodyKind::Events => quote!(body_events(#media, #pass)),
        BodyKind::EventData => quote!(body_event_data(#media, #pass)),
        // The first in the contract may be another than the first of the variant.
        BodyKind::Document => quote!(body_as(#media, #pass)),
        _ if named => quote!(body_as(#media, #pass)),
        _ => quote!(body(#pass)),
    }
}
