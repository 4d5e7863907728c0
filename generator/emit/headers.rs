//! The page `headers.rs`: lists of headers that many responses share, read and written in one place.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{
    Scope, docs,
    endpoint::{mentions, part_docs},
    type_ref,
};
use crate::{
    ir::{HeaderSet, Ir},
    names::{HeaderSetNames, Names},
    options::Parts,
};

/// All shared lists of headers.
pub fn page(ir: &Ir, names: &Names, parts: Parts, gated: bool) -> TokenStream {
    let sets = ir
        .header_sets
        .iter()
        .zip(&names.header_sets)
        .map(|(set, own)| header_set(set, own, names, parts, gated));
    let sets = quote!(#(#sets)*);
    let client = parts.client.then(|| quote!(client::{Failure, Response},));
    let server = parts.server.then(|| quote!(server::Reply,));
    let types = mentions(&sets, "types").then(|| {
        quote!(
            use super::types;
        )
    });
    quote! {
        use counterpart_runtime::{#client #server};
        #types
        #sets
    }
}

fn header_set(
    set: &HeaderSet,
    own: &HeaderSetNames,
    names: &Names,
    parts: Parts,
    gated: bool,
) -> TokenStream {
    // Where all that use a list may be left out, a function that nothing else sees would be dead.
    let visible = if gated { quote!(#[doc(hidden)] pub) } else { quote!(pub(super)) };
    let HeaderSetNames { ident, fields } = own;
    let wires: Vec<&str> = set.headers.iter().map(|header| header.wire.as_str()).collect();
    let title = docs("Headers that several responses have.");
    let members = set.headers.iter().zip(fields).map(|(header, name)| {
        let docs = part_docs(&header.docs, &format!("Header `{}`.", header.wire), header.deprecated);
        let ty = type_ref(&header.ty, names, Scope::Outside);
        let ty = if header.required { ty } else { quote!(Option<#ty>) };
        quote!(#docs pub #name: #ty,)
    });
    let default = set.headers.iter().all(|header| !header.required).then(|| quote!(Default,));
    let read = parts.client.then(|| {
        let values = set.headers.iter().zip(fields).map(|(header, name)| {
            let wire = &header.wire;
            match header.required {
                true => quote!(#name: response.required_header(#wire)?,),
                false => quote!(#name: response.header(#wire)?,),
            }
        });
        quote! {
            #visible fn read(response: &Response) -> Result<Self, Failure> {
                Ok(Self { #(#values)* })
            }
        }
    });
    let write = parts.server.then(|| {
        quote! {
            #visible fn write<'c>(&self, reply: Reply<'c>) -> Reply<'c> {
                reply #(.header(#wires, &self.#fields))*
            }
        }
    });
    quote! {
        #title
        #[derive(Clone, Debug, #default PartialEq)]
        pub struct #ident { #(#members)* }

        impl #ident { #read #write }
    }
}
