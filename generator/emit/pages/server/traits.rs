//! The traits that a server implements.

use proc_macro2::TokenStream;
use quote::quote;

use super::Frame;
use crate::{
    emit::tokens::{docs, endpoint::Operation},
    ir::{Access, Family, Ir},
    names::{Ident, TraitNames},
};

/// What is said of the one trait of a family, which has all operations.
fn about(family: Family) -> &'static str {
    match family {
        Family::Paths => {
            "What the contract asks of a server: implement this trait, and `server` does the rest."
        }
        Family::Webhooks => {
            "What the contract asks of who receives its webhooks, which is for whoever uses it: implement this trait,\n\
             and `server` does the rest."
        }
        Family::Callbacks => {
            "What the contract asks of who receives its callbacks, which is for whoever uses it: implement this\n\
             trait, and `server` does the rest."
        }
    }
}

/// A trait on the page.
pub struct TraitView<'a> {
    pub docs: TokenStream,
    pub name: &'a Ident,
    /// The member of `Apis` that implements it.
    pub field: &'a Ident,
    /// The type of that member.
    pub generic: &'a Ident,
    pub tag: Option<&'a str>,
    /// Some operation asks who calls.
    pub secured: bool,
    /// What stands before the operations.
    pub members: TokenStream,
    group: &'a TraitNames,
    frame: &'a Frame<'a>,
}

/// One operation in its trait.
pub struct MethodView<'a> {
    pub docs: TokenStream,
    pub name: &'a Ident,
    pub request: &'a Ident,
    pub response: &'a Ident,
    /// `<Self::Principal>` where the request knows who calls.
    pub principal: TokenStream,
    /// The feature that it is behind.
    pub gate: TokenStream,
}

impl<'a> TraitView<'a> {
    pub fn new(group: &'a TraitNames, frame: &'a Frame<'a>) -> Self {
        let per_tag = frame.is_per_tag();
        let mut own = group.operations.iter().filter_map(|index| frame.all.get(*index));
        let secured = own.any(|operation| operation.endpoint.access != Access::Public);
        let members = match (secured, per_tag) {
            (false, _) => TokenStream::new(),
            (true, false) => principal_and_check(group.ident.as_str()),
            (true, true) => quote! {
                /// Who calls: what `Authenticate::authenticate` returns.
                type Principal: Send;
            },
        };
        let tag = group.tag.as_deref();
        Self {
            docs: trait_docs(tag, frame.ir, per_tag, about(frame.family)),
            name: &group.ident,
            field: &group.field,
            generic: &group.generic,
            tag,
            secured,
            members,
            group,
            frame,
        }
    }

    /// Its operations, each looked at when its turn comes.
    pub fn methods(&self) -> impl Iterator<Item = MethodView<'a>> {
        let frame = self.frame;
        let own = self.group.operations.iter();
        own.filter_map(|at| Some(MethodView::new(frame.all.get(*at)?, frame.gate(*at))))
    }
}

impl<'a> MethodView<'a> {
    fn new(operation: &Operation<'a>, gate: TokenStream) -> Self {
        let principal = operation.endpoint.access != Access::Public;
        Self {
            docs: operation.brief(),
            name: &operation.own.method,
            request: &operation.own.request,
            response: &operation.own.response,
            principal: if principal { quote!(<Self::Principal>) } else { TokenStream::new() },
            gate,
        }
    }
}

fn trait_docs(tag: Option<&str>, ir: &Ir, per_tag: bool, about: &str) -> TokenStream {
    let Some(tag) = tag else {
        return docs(match per_tag {
            true => "The operations without a tag.",
            false => about,
        });
    };
    let described = ir.tags.iter().find(|(name, _)| name == tag).and_then(|(_, text)| text.as_deref());
    let own = docs(&format!("The operations that have the tag `{tag}`."));
    match described.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let text = docs(text);
            quote!(#own #[doc = ""] #text)
        }
        None => own,
    }
}

/// The trait that checks credentials for all others.
pub fn authenticate(wanted: bool) -> TokenStream {
    let members = principal_and_check("Authenticate");
    match wanted {
        true => quote! {
            /// Says who calls, for the operations of all tags.
            pub trait Authenticate: Send + Sync + 'static { #members }
        },
        false => TokenStream::new(),
    }
}

fn principal_and_check(owner: &str) -> TokenStream {
    let who = format!(" Who calls: what `{owner}::authenticate` returns.");
    quote! {
        #[doc = #who]
        type Principal: Send;

        /// Checks the credentials that one alternative of an operation's security requirements asks for.
        fn authenticate(
            &self,
            credentials: Credentials,
        ) -> impl Future<Output = Result<Self::Principal, AuthError>> + Send;
    }
}
