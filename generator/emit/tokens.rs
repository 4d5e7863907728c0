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

use proc_macro2::{Span, TokenStream};
use quote::{IdentFragment, ToTokens, TokenStreamExt};

use crate::names::Ident;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (bare, span) = (self.bare(), Span::call_site());
        tokens.append(match bare.len() == self.as_str().len() {
            true => syn::Ident::new(bare, span),
            false => syn::Ident::new_raw(bare, span),
        });
    }
}

impl IdentFragment for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.bare())
    }
}
