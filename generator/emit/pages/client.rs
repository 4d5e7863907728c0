//! `client.rs`: the client, or the sender of webhooks or callbacks, and one call for each operation.

use crate::names::Ident;
use askama::Template;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::{Page, Split, depth, file, page, root_imports, sorted};
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Call, Operation, mentions},
    },
    ir::{Family, Ir, Site},
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

A URL is sent to as it is, if `ClientBuilder::destinations` let it pass: to public addresses unless set."
    )
}

/// Context of `templates/client.rs.jinja`.
#[derive(Template)]
#[template(path = "client.rs.jinja", escape = "none")]
struct ClientPage<'a> {
    imports: TokenStream,
    /// Where the operations are, if not on this page.
    modules: TokenStream,
    /// `Client` or `Sender`.
    name: Ident,
    docs: TokenStream,
    /// What stands before its only member.
    idle: TokenStream,
    /// Each call is given its URL.
    hooks: bool,
    operations: Vec<OperationView<'a>>,
}

/// Context of `templates/client_tag.rs.jinja`.
#[derive(Template)]
#[template(path = "client_tag.rs.jinja", escape = "none")]
struct TagPage<'a> {
    imports: TokenStream,
    operations: Vec<OperationView<'a>>,
}

/// One operation on the page.
struct OperationView<'a> {
    /// Where a callback is sent to.
    url: TokenStream,
    docs: TokenStream,
    lint: TokenStream,
    call_docs: TokenStream,
    method: &'a Ident,
    request: &'a Ident,
    arguments: TokenStream,
    begin: TokenStream,
    setters: TokenStream,
    items: TokenStream,
    sending: TokenStream,
    result: TokenStream,
    receive: TokenStream,
}

/// The page of a family, and those of its tags where it is split.
pub(super) fn pages(ir: &Ir, names: &Names, family: Family, split: Option<&Split<'_>>) -> Vec<Page<'static>> {
    let all: Vec<_> = Operation::all(ir, names, family).collect();
    let own = if split.is_none() { all.as_slice() } else { &[] };
    let mut pages = Vec::from([page(&file(family, "client", split), &ClientPage::new(own, family, split))]);
    for tag in split.iter().flat_map(|split| split.tags) {
        let operations = tag.operations.iter().filter_map(|index| all.get(*index));
        pages.push(page(&tag.file("client"), &TagPage::new(operations.copied())));
    }
    pages
}

impl<'a> ClientPage<'a> {
    fn new(operations: &[Operation<'a>], family: Family, split: Option<&Split<'_>>) -> Self {
        let operations: Vec<_> = operations.iter().copied().map(OperationView::new).collect();
        let (name, about) = match family {
            Family::Paths => ("Client", CLIENT.to_owned()),
            Family::Webhooks => ("Sender", sender("webhooks", "the URL of a subscriber")),
            Family::Callbacks => ("Sender", sender("callbacks", "the URL that a request gave")),
        };
        let always: &[&str] = match split {
            None => &["ClientBuilder", "ConfigError", "Error", "Request", "Response", "Sending"],
            Some(_) => &["ClientBuilder", "ConfigError"],
        };
        Self {
            imports: imports(&operations, always, depth(family)),
            modules: split.map(|split| split.modules(|_| true)).unwrap_or_default(),
            name: Ident::new(name),
            docs: docs(&about),
            idle: split.map(Split::idle).unwrap_or_default(),
            hooks: family != Family::Paths,
            operations,
        }
    }
}

impl<'a> TagPage<'a> {
    fn new(operations: impl Iterator<Item = Operation<'a>>) -> Self {
        let operations: Vec<_> = operations.map(OperationView::new).collect();
        let imports = imports(&operations, &["Error", "Request", "Response", "Sending"], 1);
        Self { imports: quote!(#imports use super::Client;), operations }
    }
}

impl<'a> OperationView<'a> {
    fn new(operation: Operation<'a>) -> Self {
        let Call { arguments, begin, setters, items, sending, result, receive } = operation.call();
        let deprecated = operation.endpoint.deprecated.then(|| quote!(#[deprecated]));
        let lint = operation.method_lint();
        Self {
            url: url(operation),
            docs: operation.docs(&operation.argument_docs()),
            lint: quote!(#deprecated #lint),
            call_docs: docs(&format!("A call of {}; nothing happens before it is sent.", operation.title())),
            method: &operation.own.method,
            request: &operation.own.request,
            arguments,
            begin,
            setters,
            items,
            sending,
            result,
            receive,
        }
    }
}

/// The key of a callback, to be evaluated; nothing for other operations.
fn url(operation: Operation<'_>) -> TokenStream {
    let Site::Callback { url, .. } = &operation.endpoint.site else { return TokenStream::new() };
    let method = operation.own.method.unraw();
    let name = format_ident!("{}_URL", method.to_string().to_uppercase());
    let docs = docs(&format!("Makes the URL that `{method}` is given, of a call and its answer."));
    quote!(#docs pub const #name: CallbackUrl = CallbackUrl::new(#url);)
}

/// What a page uses, and nothing else.
fn imports(operations: &[OperationView<'_>], always: &[&str], depth: usize) -> TokenStream {
    let used = |word: &str| {
        let in_operation = |operation: &OperationView<'_>| {
            [
                &operation.url,
                &operation.arguments,
                &operation.begin,
                &operation.setters,
                &operation.items,
                &operation.result,
            ]
            .into_iter()
            .any(|tokens| mentions(tokens, word))
        };
        operations.iter().any(in_operation)
    };
    let callback = if used("CallbackUrl") { quote!(callback::CallbackUrl,) } else { TokenStream::new() };
    let status: &[&str] = if used("StatusCode") { &["StatusCode"] } else { &[] };
    let client = sorted(&[always, status]);
    let streams = ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| used(name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let root = root_imports(depth, used);
    quote! {
        use counterpart_runtime::{#(#streams,)* #callback client::{#(#client),*}};
        #root
    }
}
