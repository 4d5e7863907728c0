//! `client.rs`: the client, or the sender of webhooks or callbacks, and one call for each operation.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use askama::Template;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Page, Split, Words, depth, file, fill, root_imports, sorted, text};
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Beginning, Call, Operation},
    },
    ir::{Family, Ir, Site},
    names::{Ident, Names},
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

/// Context of `templates/client_tag.rs.jinja`.
#[derive(Template)]
#[template(path = "client_tag.rs.jinja", escape = "none")]
struct TagPage<'a> {
    operations: Operations<'a>,
}

/// The operations of a page, each looked at when its turn comes.
struct Operations<'a> {
    list: Vec<Operation<'a>>,
    /// The name under which the errors of each are written. Those that several have are written once, under the shortest
    /// of their names; the other names are aliases.
    errors: Vec<Option<&'a Ident>>,
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

/// The page of a family, and those of its tags where it is split.
pub(super) fn pages<'a>(
    ir: &'a Ir,
    names: &'a Names,
    family: Family,
    split: Option<&Arc<Split<'a>>>,
) -> Vec<Page<'a>> {
    let frame = split.cloned();
    let main = move |out: &mut dyn Write| {
        let split = frame.as_deref();
        let own = split.is_none().then(|| Operation::all(ir, names, family));
        let page = ClientPage::new(own.into_iter().flatten().collect(), family, split);
        fill(&page, out)?;
        let always: &[&str] = match split {
            None => &["ClientBuilder", "ConfigError", "Request", "Response", "Sending"],
            Some(_) => &["ClientBuilder", "ConfigError"],
        };
        Ok(imports(&page.operations.words, always, depth(family)))
    };
    let mut pages = Vec::from([text(file(family, "client", split.is_some()), main)]);
    for tag in split.iter().flat_map(|split| split.tags) {
        let write = move |out: &mut dyn Write| {
            let all: Vec<_> = Operation::all(ir, names, family).collect();
            let list = tag.operations.iter().filter_map(|index| all.get(*index)).copied().collect();
            let page = TagPage { operations: Operations::new(list) };
            fill(&page, out)?;
            let always = ["Request", "Response", "Sending"];
            let imports = imports(&page.operations.words, &always, 1);
            Ok(quote!(#imports use super::Client;))
        };
        pages.push(text(tag.file("client"), write));
    }
    pages
}

impl<'a> ClientPage<'a> {
    fn new(list: Vec<Operation<'a>>, family: Family, split: Option<&Split<'_>>) -> Self {
        let (name, about) = match family {
            Family::Paths => ("Client", CLIENT.to_owned()),
            Family::Webhooks => ("Sender", sender("webhooks", "the URL of a subscriber")),
            Family::Callbacks => ("Sender", sender("callbacks", "the URL that a request gave")),
        };
        Self {
            modules: split.map(|split| split.modules(|_| true)).unwrap_or_default(),
            name: Ident::new(name),
            docs: docs(&about),
            idle: split.map(Split::idle).unwrap_or_default(),
            hooks: family != Family::Paths,
            operations: Operations::new(list),
        }
    }
}

impl<'a> Operations<'a> {
    fn new(list: Vec<Operation<'a>>) -> Self {
        let mut numbers = BTreeMap::new();
        let mut shared: Vec<&Ident> = Vec::new();
        let number = |operation: &Operation<'a>| {
            let (shape, name) = (operation.error_shape()?, &operation.own.error);
            let number = *numbers.entry(shape).or_insert(shared.len());
            match shared.get_mut(number) {
                Some(known) if name.as_str().len() < known.as_str().len() => *known = name,
                Some(_) => {}
                None => shared.push(name),
            }
            Some(number)
        };
        let of_each: Vec<Option<usize>> = list.iter().map(number).collect();
        let errors = of_each.into_iter().map(|number| shared.get(number?).copied()).collect();
        Self { list, errors, words: Words::default() }
    }

    fn methods(&self) -> impl Iterator<Item = MethodView<'a>> {
        self.list.iter().map(|operation| MethodView::new(*operation, &self.words))
    }

    fn calls(&self) -> impl Iterator<Item = CallView<'a>> {
        self.list.iter().zip(&self.errors).map(|(operation, errors)| self.call(*operation, *errors))
    }

    fn call(&self, operation: Operation<'a>, errors: Option<&Ident>) -> CallView<'a> {
        let Call { setters, items, sending, success } = operation.call();
        let errors = errors.map(|name| match *name == operation.own.error {
            true => operation.errors(),
            false => operation.errors_alias(name),
        });
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
