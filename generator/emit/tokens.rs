//! What a recursive function writes: types, their wire mapping, checks, docs, values. Everything that comes from the
//! contract becomes a token here, so that no text of it is ever pasted into code.

pub mod checks;
pub mod definition;
pub mod docs;
pub mod endpoint;
pub mod ty;
pub mod value;

pub use self::{
    docs::docs,
    ty::{Scope, type_ref},
    value::{or, value},
};
