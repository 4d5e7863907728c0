//! What `server` is given: an implementation of the one trait, or one for each tag.

use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

use super::traits::TraitView;
use crate::{emit::tokens::docs, ir::Family};

/// The parts of `server` that depend on how many traits there are.
pub struct Composition {
    /// The struct of all implementations.
    pub items: TokenStream,
    pub docs: TokenStream,
    pub bounds: TokenStream,
    pub argument: TokenStream,
    pub ty: TokenStream,
    /// The parameter that says where everything is served.
    pub paths: TokenStream,
    /// What each page is handed of it.
    pub mounts: TokenStream,
}

impl Composition {
    /// One implementation serves all of a family.
    pub fn of_family(family: Family, mounts: &[(Ident, String)]) -> Self {
        match family {
            Family::Paths => Self::one(),
            Family::Webhooks | Family::Callbacks => Self::receiver(mounts),
        }
    }

    fn one() -> Self {
        Self {
            items: TokenStream::new(),
            docs: docs("Serves `api`: every request is held against the contract before it gets there."),
            bounds: quote!(A: Api),
            argument: quote!(api),
            ty: quote!(A),
            paths: TokenStream::new(),
            mounts: TokenStream::new(),
        }
    }

    /// At paths of its choice.
    fn receiver(mounts: &[(Ident, String)]) -> Self {
        Self {
            items: paths(mounts),
            docs: docs(
                "Lets `receiver` receive at `paths`: every request is held against the contract before it gets there.",
            ),
            bounds: quote!(A: Receiver),
            argument: quote!(receiver),
            ty: quote!(A),
            paths: quote!(paths: &Paths),
            mounts: quote!(paths),
        }
    }

    /// An implementation for each trait; what they serve is one server.
    pub fn of(traits: &[TraitView<'_>], secured: bool) -> Self {
        let generics: Vec<_> = traits.iter().map(|one| one.generic).collect();
        let guard = secured.then(|| quote!(Guard));
        let bounds = traits.iter().map(|TraitView { generic, name, secured, .. }| match secured {
            true => quote!(#generic: #name<Principal = Guard::Principal>,),
            false => quote!(#generic: #name,),
        });
        let authenticate = guard.as_ref().map(|guard| quote!(#guard: Authenticate,));
        let ty = quote!(Apis<#(#generics,)* #guard>);
        Self {
            items: items(traits, secured),
            docs: docs(
                "Serves all of `apis` as one: every request is held against the contract before it gets to the one \
                 that has the operation.",
            ),
            bounds: quote!(#(#bounds)* #authenticate),
            argument: quote!(apis),
            ty,
            paths: TokenStream::new(),
            mounts: TokenStream::new(),
        }
    }
}

/// `Paths`: where webhooks or callbacks are received.
fn paths(mounts: &[(Ident, String)]) -> TokenStream {
    let fields: Vec<_> = mounts.iter().map(|(field, _)| field).collect();
    let paths: Vec<_> = mounts.iter().map(|(_, path)| path).collect();
    let abouts = paths.iter().map(|path| docs(&format!("`{path}` unless set.")));
    quote! {
        /// Where everything is received: what the URLs given to the sender end with.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Paths {
            #(#abouts pub #fields: String,)*
        }

        impl Default for Paths {
            fn default() -> Self {
                Self { #(#fields: #paths.to_owned(),)* }
            }
        }
    }
}

/// `Apis`, and the short way where one type implements all of it.
fn items(traits: &[TraitView<'_>], secured: bool) -> TokenStream {
    let generics: Vec<_> = traits.iter().map(|one| one.generic).collect();
    let fields: Vec<_> = traits.iter().map(|one| one.field).collect();
    let abouts = traits.iter().map(|one| match one.tag {
        Some(tag) => docs(&format!("Serves what has the tag `{tag}`.")),
        None => docs("Serves what has no tag."),
    });
    let guard = secured.then(|| quote!(Guard));
    let authenticate = guard.as_ref().map(|guard| {
        quote! {
            /// Checks credentials.
            pub authenticate: #guard,
        }
    });
    let alike = generics.iter().map(|_| quote!(A)).chain(guard.as_ref().map(|_| quote!(A)));
    let (last, others) = match (secured, fields.split_last()) {
        (false, Some((last, others))) => (quote!(#last: api,), others),
        _ => (quote!(authenticate: api,), fields.as_slice()),
    };
    let others = quote!(#(#others: api.clone(),)*);
    quote! {
        /// What serves the contract: an implementation for each tag. They may be of different types.
        #[derive(Clone, Debug)]
        pub struct Apis<#(#generics,)* #guard> {
            #(#abouts pub #fields: #generics,)*
            #authenticate
        }

        impl<A: Clone> Apis<#(#alike),*> {
            /// One implementation for all of it.
            pub fn all(api: A) -> Self {
                Self { #others #last }
            }
        }
    }
}
