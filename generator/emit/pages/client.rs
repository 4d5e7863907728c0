//! `client.rs`: the client, or the sender of webhooks or callbacks, and one call for each operation.

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{root_imports, sorted};
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Call, Operation, mentions},
    },
    ir::{Family, Ir},
    names::Names,
};

const CLIENT: &str = "\
A client of the contract: each operation is a method, which begins a call; its `send` makes it. Clones share their
connections.";

/// What webhooks and callbacks have in common.
fn sender(what: &str, whose: &str) -> String {
    format!(
        "\
Sends the {what} of the contract, which is for whoever serves it: each is a method, which takes {whose} and
begins a call; its `send` makes it. Clones share their connections.

A URL is sent to as it is: whether it may be is for you to say."
    )
}

/// Context of `templates/client.rs.jinja`.
#[derive(Template)]
#[template(path = "client.rs.jinja", escape = "none")]
pub(super) struct ClientPage<'a> {
    imports: TokenStream,
    /// `Client` or `Sender`.
    name: Ident,
    docs: TokenStream,
    /// Each call is given its URL.
    hooks: bool,
    operations: Vec<OperationView<'a>>,
}

/// One operation on the page.
struct OperationView<'a> {
    docs: TokenStream,
    lint: TokenStream,
    call_docs: TokenStream,
    method: &'a Ident,
    request: &'a Ident,
    arguments: TokenStream,
    begin: TokenStream,
    setters: TokenStream,
    items: TokenStream,
    success: TokenStream,
    error: TokenStream,
    receive: TokenStream,
}

impl<'a> ClientPage<'a> {
    pub(super) fn new(ir: &'a Ir, names: &'a Names, family: Family) -> Self {
        let operations: Vec<_> = Operation::all(ir, names, family).map(OperationView::new).collect();
        let (name, about) = match family {
            Family::Paths => ("Client", CLIENT.to_owned()),
            Family::Webhooks => ("Sender", sender("webhooks", "the URL of a subscriber")),
            Family::Callbacks => ("Sender", sender("callbacks", "the URL that a request gave")),
        };
        Self {
            imports: imports(&operations, family),
            name: format_ident!("{name}"),
            docs: docs(&about),
            hooks: family != Family::Paths,
            operations,
        }
    }
}

impl<'a> OperationView<'a> {
    fn new(operation: Operation<'a>) -> Self {
        let Call { arguments, begin, setters, items, success, error, receive } = operation.call();
        let deprecated = operation.endpoint.deprecated.then(|| quote!(#[deprecated]));
        let lint = operation.method_lint();
        Self {
            docs: operation.docs(&operation.argument_docs()),
            lint: quote!(#deprecated #lint),
            call_docs: docs(&format!("A call of {}; nothing happens before it is sent.", operation.title())),
            method: &operation.own.method,
            request: &operation.own.request,
            arguments,
            begin,
            setters,
            items,
            success,
            error,
            receive,
        }
    }
}

/// What the page uses, and nothing else.
fn imports(operations: &[OperationView<'_>], family: Family) -> TokenStream {
    let used = |word: &str| {
        let in_operation = |operation: &OperationView<'_>| {
            [&operation.arguments, &operation.setters, &operation.items, &operation.success]
                .into_iter()
                .any(|tokens| mentions(tokens, word))
        };
        operations.iter().any(in_operation)
    };
    let status: &[&str] = if used("StatusCode") { &["StatusCode"] } else { &[] };
    let client = sorted(&[&["ClientBuilder", "ConfigError", "Error", "Request"], status]);
    let streams = ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| used(name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let root = root_imports(family, used);
    quote! {
        use counterpart_runtime::{#(#streams,)* client::{#(#client),*}};
        #root
    }
}
