//! The page `servers.rs`: the URLs that the contract declares, for the client to be given one.

use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{docs, endpoint::part_docs};
use crate::{
    ir::{Ir, Server, ServerVariable},
    names::{Names, ServerNames, VariableNames},
};

/// What is said of a server without a description.
const DECLARED: &str = "A server that the contract declares.";

/// All declared servers with an absolute URL.
pub fn page(ir: &Ir, names: &Names) -> TokenStream {
    let servers = ir.servers.iter().zip(&names.servers);
    let items = servers.map(|(server, own)| match server.variables.is_empty() {
        true => constant(server, &own.ident),
        false => template(server, own),
    });
    quote!(#(#items)*)
}

fn constant(server: &Server, ident: &Ident) -> TokenStream {
    let url = &server.url;
    let docs = part_docs(&server.docs, DECLARED, false);
    quote! {
        #docs
        pub const #ident: &str = #url;
    }
}

/// A struct of the variables, at their defaults to begin with.
fn template(server: &Server, own: &ServerNames) -> TokenStream {
    let ident = &own.ident;
    let about = if server.docs.trim().is_empty() { DECLARED } else { &server.docs };
    let about = docs(&format!("{about}\n\n`{}`", server.url));
    let variables = || server.variables.iter().zip(&own.variables);
    let members = variables().map(|(variable, names)| {
        let VariableNames { field, ty, .. } = names;
        let docs = part_docs(&variable.docs, &format!("`{}` in the URL.", variable.wire), false);
        let ty = if variable.values.is_empty() { quote!(String) } else { quote!(#ty) };
        quote!(#docs pub #field: #ty,)
    });
    let defaults = variables().map(|(variable, VariableNames { field, .. })| {
        let default = &variable.default;
        match variable.values.is_empty() {
            true => quote!(#field: #default.to_owned(),),
            false => quote!(#field: Default::default(),),
        }
    });
    let enums = variables().filter(|(variable, _)| !variable.values.is_empty());
    let enums = enums.map(|(variable, names)| values(variable, names));
    let pieces = pieces(server, own);
    // Where every value is one of a list, the lists say which is the default.
    let derived = server.variables.iter().all(|variable| !variable.values.is_empty());
    let derive = derived.then(|| quote!(Default,));
    let written = (!derived).then(|| {
        quote! {
            impl Default for #ident {
                fn default() -> Self {
                    Self { #(#defaults)* }
                }
            }
        }
    });
    quote! {
        #about
        #[derive(Clone, Debug, #derive PartialEq, Eq)]
        pub struct #ident { #(#members)* }

        impl #ident {
            /// The URL with these values.
            pub fn url(&self) -> String {
                [#(#pieces),*].concat()
            }
        }

        #written

        #(#enums)*
    }
}

/// The text of the template, with the values of variables between.
fn pieces(server: &Server, own: &ServerNames) -> Vec<TokenStream> {
    let mut pieces = Vec::new();
    let mut rest = server.url.as_str();
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        let known = server.variables.iter().zip(&own.variables).find(|(variable, _)| variable.wire == name);
        if !before.is_empty() {
            pieces.push(quote!(#before));
        }
        if let Some((_, VariableNames { field, .. })) = known {
            pieces.push(quote!(self.#field.as_str()));
        }
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(quote!(#rest));
    }
    pieces
}

/// The enum of a variable's values; its default is the contract's.
fn values(variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    let VariableNames { ty, values, .. } = names;
    let title = docs(&format!("Values of `{}`.", variable.wire));
    let variants = variable.values.iter().zip(values).map(|(value, ident)| {
        let docs = docs(&format!("`{value}`"));
        let default = (*value == variable.default).then(|| quote!(#[default]));
        quote!(#docs #default #ident,)
    });
    let texts = &variable.values;
    quote! {
        #title
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum #ty { #(#variants)* }

        impl #ty {
            /// The value as it stands in the URL.
            pub fn as_str(self) -> &'static str {
                match self { #(Self::#values => #texts,)* }
            }
        }
    }
}
