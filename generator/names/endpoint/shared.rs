//! Names of what operations share: lists of headers.

use crate::names::Ident;

use super::input;
use crate::{
    ir::HeaderSet,
    names::{case, scope::Scope},
};

/// The names of a list of headers.
#[derive(Debug)]
pub struct HeaderSetNames {
    /// The struct.
    pub ident: Ident,
    /// Its members, in order.
    pub fields: Vec<Ident>,
}

/// Names every list; they have a module of their own.
pub fn header_sets(sets: &[HeaderSet]) -> Vec<HeaderSetNames> {
    let mut scope = Scope::default();
    let name = |set: &HeaderSet| HeaderSetNames {
        ident: scope.take(&case::pascal(&set.wish)).0,
        fields: input::headers(&set.headers),
    };
    sets.iter().map(name).collect()
}
