//! The intermediate representation: Rust-shaped, still wire-named. `lower` makes it, `names` and `emit` read it.
//! Pure data: no tokens, no serde, and nothing of the contract but spans.

use std::collections::BTreeSet;

mod endpoint;
mod server;
mod types;

pub use endpoint::*;
pub use server::{Server, ServerVariable};
pub use types::{
    Check, Field, Format, IntKind, Rest, TypeDef, TypeId, TypeKind, TypeRef, Union, UnionForm, Usage,
    Variant, Wish,
};

/// Everything that is to be emitted.
#[derive(Debug, Default)]
pub struct Ir {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub api_version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// Named types; [`TypeId`] is the index.
    pub types: Vec<TypeDef>,
    /// Lines of `schemas.jsonl`; a root's number is the index.
    pub schemas: Vec<String>,
    /// Lines of `operations.jsonl`; [`Endpoint::index`] is the index.
    pub operations: Vec<String>,
    /// Operations of `paths` as Rust sees them.
    pub endpoints: Vec<Endpoint>,
    /// Operations of `webhooks`.
    pub webhooks: Vec<Endpoint>,
    /// Operations of callbacks.
    pub callbacks: Vec<Endpoint>,
    /// Lists of headers that several responses share.
    pub header_sets: Vec<HeaderSet>,
    /// What the contract says about its tags: name and description.
    pub tags: Vec<(String, Option<String>)>,
    /// Root servers with an absolute URL.
    pub servers: Vec<Server>,
    /// Features of the runtime that bodies ask for.
    pub features: BTreeSet<&'static str>,
}

impl Ir {
    /// The operations of a family.
    pub fn family(&self, family: Family) -> &[Endpoint] {
        match family {
            Family::Paths => &self.endpoints,
            Family::Webhooks => &self.webhooks,
            Family::Callbacks => &self.callbacks,
        }
    }

    /// The definition behind an id.
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0 as usize)
    }
}
