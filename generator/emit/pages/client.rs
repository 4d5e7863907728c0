//! `client.rs`: the client, or the sender of webhooks or callbacks, and one call for each operation.

mod errors;

use std::fmt::Write;
use std::sync::Arc;

use askama::Template;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Page, Split, Words, depth, file, fill, folder, root_imports, sorted, text};
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Beginning, Call, Operation},
    },
    ir::{Family, Ir, Site},
    names::{Ident, Names},
};
use errors::Errors;

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
    /// Where the operations are, if not on this page.
    modules: TokenStream,
    /// `Client` or `Sender`.
    name: Ident,
    docs: TokenStream,
    /// What stands before its only member.
    idle: TokenStream,
    /// Each call is given its URL.
    hooks: bool,
    operations: Operations<'a>,
}

/// Context of `templates/client_part.rs.jinja`.
#[derive(Template)]
#[template(path = "client_part.rs.jinja", escape = "none")]
struct PartPage<'a> {
    /// `Client` or `Sender`.
    name: Ident,
    operations: Operations<'a>,
}

/// The operations of a page, each looked at when its turn comes.
struct Operations<'a> {
    /// Those of the whole family.
    all: Vec<Operation<'a>>,
    /// Those of the page.
    list: Vec<usize>,
    errors: Arc<Errors<'a>>,
    words: Words,
}

/// The method that begins a call.
struct MethodView<'a> {
    /// Where a callback is sent to.
    url: String,
    docs: TokenStream,
    lint: TokenStream,
    method: &'a Ident,
    request: &'a Ident,
    arguments: String,
    begin: String,
}

/// A call.
struct CallView<'a> {
    docs: TokenStream,
    request: &'a Ident,
    setters: String,
    items: String,
    sending: String,
    success: TokenStream,
}

/// The page of a family, and its parts where it is split.
pub(super) fn pages<'a>(
    ir: &'a Ir,
    names: &'a Names,
    family: Family,
    split: Option<&Arc<Split<'a>>>,
) -> Vec<Page<'a>> {
    let frame = split.cloned();
    let main = move |out: &mut dyn Write| {
        let split = frame.as_deref();
        let all: Vec<_> = Operation::all(ir, names, family).collect();
        let list = if split.is_none() { 0..all.len() } else { 0..0 };
        let page = ClientPage::new(Operations::new(all, list.collect(), Arc::default()), family, split);
        fill(&page, out)?;
        let always: &[&str] = match split {
            None => &["ClientBuilder", "ConfigError", "Request", "Response", "Sending"],
            Some(_) => &["ClientBuilder", "ConfigError"],
        };
        Ok(imports(&page.operations.words, always, depth(family)))
    };
    let mut pages = Vec::from([text(file(family, "client", split.is_some()), main)]);
    let Some(split) = split else { return pages };
    // What may be left out without the others has errors of its own.
    let shared: Option<Arc<Errors<'_>>> = (!split.is_gated()).then(Arc::default);
    for module in split.modules {
        let own = || Arc::new(Errors::among(module.operations.clone()));
        let errors = shared.clone().unwrap_or_else(own);
        let write = move |out: &mut dyn Write| {
            let all = Operation::all(ir, names, family).collect();
            let name = client_name(family);
            let page = PartPage { operations: Operations::new(all, module.operations.clone(), errors), name };
            fill(&page, out)?;
            let always = ["Request", "Response", "Sending"];
            let imports = imports(&page.operations.words, &always, depth(family) + 1);
            let name = page.name;
            Ok(quote!(#imports use super::#name;))
        };
        pages.push(text(module.file(&format!("{}client", folder(family))), write));
    }
    pages
}

fn client_name(family: Family) -> Ident {
    match family {
        Family::Paths => Ident::new("Client"),
        Family::Webhooks | Family::Callbacks => Ident::new("Sender"),
    }
}

impl<'a> ClientPage<'a> {
    fn new(operations: Operations<'a>, family: Family, split: Option<&Split<'_>>) -> Self {
        let about = match family {
            Family::Paths => CLIENT.to_owned(),
            Family::Webhooks => sender("webhooks", "the URL of a subscriber"),
            Family::Callbacks => sender("callbacks", "the URL that a request gave"),
        };
        Self {
            modules: split.map(|split| split.all(|_| true)).unwrap_or_default(),
            name: client_name(family),
            docs: docs(&about),
            idle: split.map(|split| split.idle("dead_code")).unwrap_or_default(),
            hooks: family != Family::Paths,
            operations,
        }
    }
}

impl<'a> Operations<'a> {
    fn new(all: Vec<Operation<'a>>, list: Vec<usize>, errors: Arc<Errors<'a>>) -> Self {
        Self { all, list, errors, words: Words::default() }
    }

    fn own(&self) -> impl Iterator<Item = Operation<'a>> {
        self.list.iter().filter_map(|index| self.all.get(*index)).copied()
    }

    fn methods(&self) -> impl Iterator<Item = MethodView<'a>> {
        self.own().map(|operation| MethodView::new(operation, &self.words))
    }

    fn calls(&self) -> impl Iterator<Item = CallView<'a>> {
        self.own().map(|operation| self.call(operation))
    }

    fn call(&self, operation: Operation<'a>) -> CallView<'a> {
        let Call { setters, items, sending, success } = operation.call();
        let errors = self.errors(operation);
        CallView {
            docs: docs(&format!("A call of {}; nothing happens before it is sent.", operation.title())),
            request: &operation.own.request,
            setters: self.words.text(setters),
            items: self.words.text(quote!(#items #errors)),
            sending: self.words.text(sending),
            success,
        }
    }
}

impl<'a> MethodView<'a> {
    fn new(operation: Operation<'a>, words: &Words) -> Self {
        let Beginning { arguments, begin } = operation.beginning();
        let deprecated = operation.endpoint.deprecated.then(|| quote!(#[deprecated]));
        let lint = operation.method_lint();
        Self {
            url: words.text(url(operation)),
            docs: operation.docs(&operation.argument_docs()),
            lint: quote!(#deprecated #lint),
            method: &operation.own.method,
            request: &operation.own.request,
            arguments: words.text(arguments),
            begin: words.text(begin),
        }
    }
}

/// The key of a callback, to be evaluated; nothing for other operations.
fn url(operation: Operation<'_>) -> TokenStream {
    let Site::Callback { url, .. } = &operation.endpoint.site else { return TokenStream::new() };
    let method = operation.own.method.bare();
    let name = format_ident!("{}_URL", method.to_uppercase());
    let docs = docs(&format!("Makes the URL that `{method}` is given, of a call and its answer."));
    quote!(#docs pub const #name: CallbackUrl = CallbackUrl::new(#url);)
}

/// What a page uses, and nothing else.
fn imports(words: &Words, always: &[&str], depth: usize) -> TokenStream {
    let callback = words.has("CallbackUrl").then(|| quote!(callback::CallbackUrl,));
    let mut others = Vec::from(["Failure", "FromResponse", "StatusCode"]);
    others.retain(|name| words.has(name));
    let client = sorted(&[always, &others]);
    let streams = ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| words.has(name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let root = root_imports(depth, |word| words.has(word));
    quote! {
        use counterpart_runtime::{#(#streams,)* #callback client::{#(#client),*}};
        #root
    }
}
