//! `mod.rs`: the parts, and the contract's tables.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ir::{Access, Family, Ir},
    names::{Ident, Names},
    options::{Parts, Traits},
};

/// Context of `templates/mod.rs.jinja`.
#[derive(Template)]
#[template(path = "mod.rs.jinja", escape = "none")]
pub(super) struct ModulePage {
    client: bool,
    server: bool,
    webhooks: bool,
    callbacks: bool,
    /// There are headers that responses share.
    pub(super) headers: bool,
    /// There are servers for the client to be given.
    pub(super) servers: bool,
    /// Features of the runtime that bodies ask for.
    features: Vec<&'static str>,
    /// There are so many traits that their list takes several lines.
    per_tag: bool,
    /// What `server.rs` is used by.
    exports: TokenStream,
}

impl ModulePage {
    pub(super) fn new(ir: &Ir, names: &Names, parts: Parts) -> Self {
        let has = |family| !ir.family(family).is_empty();
        Self {
            client: parts.client && has(Family::Paths),
            server: parts.server && has(Family::Paths),
            webhooks: parts != Parts::TYPES && has(Family::Webhooks),
            callbacks: parts != Parts::TYPES && has(Family::Callbacks),
            headers: parts != Parts::TYPES && !ir.header_sets.is_empty(),
            servers: parts.client && has(Family::Paths) && !ir.servers.is_empty(),
            features: if parts == Parts::TYPES { Vec::new() } else { ir.features.iter().copied().collect() },
            per_tag: names.family(Family::Paths).how == Traits::PerTag,
            exports: exports(ir, names),
        }
    }
}

fn exports(ir: &Ir, names: &Names) -> TokenStream {
    let own = names.family(Family::Paths);
    let mut idents: Vec<_> = own.traits.iter().map(|one| one.ident.clone()).collect();
    if own.how == Traits::PerTag {
        idents.push(Ident::new("Apis"));
        if ir.endpoints.iter().any(|endpoint| endpoint.access != Access::Public) {
            idents.push(Ident::new("Authenticate"));
        }
    }
    idents.sort();
    quote!(#(#idents,)* server)
}
