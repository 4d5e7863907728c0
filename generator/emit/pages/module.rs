//! `mod.rs`: the parts, and the contract's tables.

use askama::Template;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Access, Ir},
    names::Names,
    options::{Parts, Traits},
};

/// Context of `templates/mod.rs.jinja`.
#[derive(Template)]
#[template(path = "mod.rs.jinja", escape = "none")]
pub(super) struct ModulePage {
    client: bool,
    server: bool,
    /// There are headers that responses share.
    pub(super) headers: bool,
    /// There are servers for the client to be given.
    pub(super) servers: bool,
    /// What `server.rs` is used by.
    exports: TokenStream,
}

impl ModulePage {
    pub(super) fn new(ir: &Ir, names: &Names, parts: Parts) -> Self {
        Self {
            client: parts.client,
            server: parts.server,
            headers: parts != Parts::TYPES && !ir.header_sets.is_empty(),
            servers: parts.client && !ir.servers.is_empty(),
            exports: exports(ir, names),
        }
    }
}

fn exports(ir: &Ir, names: &Names) -> TokenStream {
    let mut idents: Vec<_> = names.endpoints.traits.iter().map(|one| one.ident.clone()).collect();
    if names.endpoints.how == Traits::PerTag {
        idents.push(format_ident!("Apis"));
        if ir.endpoints.iter().any(|endpoint| endpoint.access != Access::Public) {
            idents.push(format_ident!("Authenticate"));
        }
    }
    idents.sort();
    quote!(#(#idents,)* server)
}
