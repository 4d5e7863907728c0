//! What the pages import: what they use, and nothing else.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Family, Frame, Split, Words, depth, root_imports, sorted};

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

/// What the page around its parts imports. Without any of them, it has no operation to name anything for.
pub(super) fn frame(split: &Split<'_>, frame: &Frame<'_>, secured: bool) -> TokenStream {
    let credentials: &[&str] = if secured { &["AuthError", "Credentials"] } else { &[] };
    let routes: &[&str] = if frame.has_parts() { &[] } else { &["Route"] };
    let root = root_imports(depth(frame.family), |word| word == "CONTRACT");
    if !split.is_gated() {
        let all = sorted(&[&["ApiError", "Server"], credentials, routes]);
        return quote! {
            use std::future::Future;
            use counterpart_runtime::server::{#(#all),*};
            #root
        };
    }
    let gate = split.gate_of_any();
    let always = if secured { TokenStream::new() } else { gate.clone() };
    let (server, api) = (sorted(&[&["Server"], credentials]), sorted(&[&["ApiError"], routes]));
    quote! {
        #always
        use std::future::Future;
        use counterpart_runtime::server::{#(#server),*};
        #gate
        use counterpart_runtime::server::{#(#api),*};
        #root
    }
}

/// What a part of a page imports.
pub(super) fn part(words: &Words, frame: &Frame<'_>) -> TokenStream {
    let always = ["ApiError", "Call", "Context", "Invalid", "Response"];
    let routes: &[&str] = if frame.has_parts() { &["Route"] } else { &[] };
    let runtime = runtime(words, &[&always, routes]);
    let root = root_imports(depth(frame.family) + 1, |word| words.has(word));
    let traits = frame.own.traits.iter().map(|one| &one.ident);
    let frame = match (frame.has_parts(), frame.family) {
        (false, _) => TokenStream::new(),
        (true, Family::Paths) => quote!(use super::{#(#traits),*};),
        (true, Family::Webhooks | Family::Callbacks) => quote!(use super::{Paths, #(#traits),*};),
    };
    quote! {
        #runtime
        #root
        #frame
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
