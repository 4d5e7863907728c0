//! `server.rs`: the trait to implement, and what stands between it and the router.

use askama::Template;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::sorted;
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Operation, mentions},
    },
    ir::{Access, Ir},
    names::Names,
};

/// Context of `templates/server.rs.jinja`.
#[derive(Template)]
#[template(path = "server.rs.jinja", escape = "none")]
pub(super) struct ServerPage<'a> {
    imports: TokenStream,
    secured: bool,
    operations: Vec<OperationView<'a>>,
}

/// One operation on the page.
struct OperationView<'a> {
    docs: TokenStream,
    request_docs: TokenStream,
    method: &'a Ident,
    handler: &'a Ident,
    request: &'a Ident,
    response: &'a Ident,
    /// `<P>` where the request knows who calls.
    generics: TokenStream,
    /// `<Self::Principal>` likewise.
    principal: TokenStream,
    required: bool,
    optional: bool,
    fallible: bool,
    index: Literal,
    fields: TokenStream,
    body: TokenStream,
    reads: TokenStream,
    values: TokenStream,
    outcomes: TokenStream,
    arms: TokenStream,
}

impl<'a> ServerPage<'a> {
    pub(super) fn new(ir: &'a Ir, names: &'a Names) -> Self {
        let operations: Vec<_> = Operation::all(ir, names).map(OperationView::new).collect();
        let secured = operations.iter().any(|operation| operation.required || operation.optional);
        Self { imports: imports(&operations, secured), secured, operations }
    }
}

impl<'a> OperationView<'a> {
    fn new(operation: Operation<'a>) -> Self {
        let access = operation.endpoint.access;
        let secured =
            |tokens: TokenStream| if access == Access::Public { TokenStream::new() } else { tokens };
        Self {
            docs: operation.docs(""),
            request_docs: docs(&format!("Request of {}.", operation.title())),
            method: &operation.own.method,
            handler: &operation.own.handler,
            request: &operation.own.request,
            response: &operation.own.response,
            generics: secured(quote!(<P>)),
            principal: secured(quote!(<Self::Principal>)),
            required: access == Access::Required,
            optional: access == Access::Optional,
            fallible: operation.reads_anything(),
            index: operation.index(),
            fields: operation.request_fields(),
            body: operation.request_body_enum(),
            reads: operation.request_reads(),
            values: operation.request_values(),
            outcomes: operation.response_enum(),
            arms: operation.respond_arms(),
        }
    }
}

/// What the page uses, and nothing else.
fn imports(operations: &[OperationView<'_>], secured: bool) -> TokenStream {
    let used = |word: &str| {
        let in_operation = |operation: &OperationView<'_>| {
            [&operation.fields, &operation.body, &operation.values, &operation.outcomes]
                .into_iter()
                .any(|tokens| mentions(tokens, word))
        };
        operations.iter().any(in_operation)
    };
    let always = ["ApiError", "Call", "Context", "Response", "Route", "Server"];
    let credentials: &[&str] = if secured { &["AuthError", "Credentials"] } else { &[] };
    let status: &[&str] = if used("StatusCode") { &["StatusCode"] } else { &[] };
    let server = sorted(&[&always, credentials, status]);
    let streams = ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| used(name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let parts = if used("types") { quote!({CONTRACT, types}) } else { quote!(CONTRACT) };
    quote! {
        use std::future::Future;
        use counterpart_runtime::{#(#streams,)* server::{#(#server),*}};
        use super::#parts;
    }
}
