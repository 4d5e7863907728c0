//! `client.rs`: the client, and one call for each operation.

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::sorted;
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Call, Operation, mentions},
    },
    ir::Ir,
    names::Names,
};

/// Context of `templates/client.rs.jinja`.
#[derive(Template)]
#[template(path = "client.rs.jinja", escape = "none")]
pub(super) struct ClientPage<'a> {
    imports: TokenStream,
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
    pub(super) fn new(ir: &'a Ir, names: &'a Names) -> Self {
        let operations: Vec<_> = Operation::all(ir, names).map(OperationView::new).collect();
        Self { imports: imports(&operations), operations }
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
fn imports(operations: &[OperationView<'_>]) -> TokenStream {
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
    let modules = ["headers", "types"].into_iter().filter(|name| used(name));
    let modules = modules.map(|name| format_ident!("{name}"));
    quote! {
        use counterpart_runtime::{#(#streams,)* client::{#(#client),*}};
        use super::{CONTRACT #(, #modules)*};
    }
}
