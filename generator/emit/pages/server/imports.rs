//! What the pages import: what they use, and nothing else.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Family, Split, Words, depth, root_imports, sorted};

/// What a whole page imports.
pub(super) fn whole(words: &Words, secured: bool, family: Family) -> TokenStream {
    let always = ["ApiError", "Call", "Context", "Invalid", "Response", "Route", "Server"];
    let credentials: &[&str] = if secured { &["AuthError", "Credentials"] } else { &[] };
    let runtime = runtime(words, &[&always, credentials]);
    let root = root_imports(depth(family), |word| word == "CONTRACT" || words.has(word));
    quote! {
        use std::future::Future;
        #runtime
        #root
    }
}

/// What the page around the pages of tags imports. Without any of them, it has no operation to name anything for.
pub(super) fn frame(split: &Split<'_>, secured: bool) -> TokenStream {
    let gate = split.gate_of_any();
    let (credentials, always) = match secured {
        true => (quote!(AuthError, Credentials,), TokenStream::new()),
        false => (TokenStream::new(), gate.clone()),
    };
    quote! {
        #always
        use std::future::Future;
        use counterpart_runtime::server::{#credentials Server};
        #gate
        use counterpart_runtime::server::{ApiError, Route};
        use super::CONTRACT;
    }
}

/// What the page of a tag imports.
pub(super) fn tag(words: &Words) -> TokenStream {
    let runtime = runtime(words, &[&["ApiError", "Call", "Context", "Invalid", "Response"]]);
    let root = root_imports(1, |word| words.has(word));
    quote! {
        #runtime
        #root
    }
}

fn runtime(words: &Words, always: &[&[&str]]) -> TokenStream {
    let status: &[&str] = if words.has("StatusCode") { &["StatusCode"] } else { &[] };
    let server = sorted(&[always, &[status]].concat());
    let streams = ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| words.has(name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let check = words.has("check").then(|| quote!(check,));
    quote!(use counterpart_runtime::{#(#streams,)* #check server::{#(#server),*}};)
}
