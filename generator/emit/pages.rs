//! Pages that read like the files they become: Askama templates, whose holes are Rust already.

mod client;
mod hooks;
mod module;
mod server;
mod words;

#[cfg(test)]
mod tests;

use std::fmt::{self, Write};
use std::sync::Arc;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::words::Words;
use super::{Page, PageContent, headers, servers, split::Split};
use crate::{
    ir::{Family, Ir},
    names::Names,
    options::Parts,
};

/// `mod.rs`, and `server.rs` and `client.rs` for each family of operations, with what they need, where they are wanted
/// and there is something to serve and to call; those of paths split by `tags`, if they are, and by letter otherwise.
pub fn pages<'a>(ir: &'a Ir, names: &'a Names, parts: Parts, tags: Option<&Arc<Split<'a>>>) -> Vec<Page<'a>> {
    let module = module::ModulePage::new(ir, names, parts);
    let mut pages = Vec::new();
    if module.headers {
        let gated = tags.is_some_and(|tags| tags.is_gated());
        pages.push(tokens("headers.rs", move || headers::page(ir, names, parts, gated)));
    }
    for family in Family::ALL.into_iter().filter(|family| !ir.family(*family).is_empty()) {
        if parts == Parts::TYPES {
            continue;
        }
        if family != Family::Paths {
            let path = format!("{}mod.rs", folder(family));
            pages.push(text(path, move |out| fill(&hooks::HooksPage::new(parts), out)));
        }
        let split = tags.filter(|_| family == Family::Paths).cloned();
        let split = split.or_else(|| Split::by_letter(names, family).map(Arc::new));
        if parts.server {
            pages.extend(server::pages(ir, names, family, split.as_ref()));
        }
        if parts.client {
            pages.extend(client::pages(ir, names, family, split.as_ref()));
        }
    }
    if module.servers {
        pages.push(tokens("servers.rs", move || servers::page(ir, names)));
    }
    let module = move |out: &mut dyn Write| fill(&module::ModulePage::new(ir, names, parts), out);
    pages.insert(0, text("mod.rs".to_owned(), module));
    pages
}

/// Where the pages of a family are.
fn folder(family: Family) -> &'static str {
    match family {
        Family::Paths => "",
        Family::Webhooks => "webhooks/",
        Family::Callbacks => "callbacks/",
    }
}

/// The file of a page: in a folder of its own where it is split.
fn file(family: Family, name: &str, split: bool) -> String {
    match split {
        true => format!("{}{name}/mod.rs", folder(family)),
        false => format!("{}{name}.rs", folder(family)),
    }
}

/// What of the module's root a page uses, which lies so many folders below it.
fn root_imports(depth: usize, used: impl Fn(&str) -> bool) -> TokenStream {
    let up = std::iter::repeat_n(quote!(super), depth + 1);
    let words: Vec<_> = ["CONTRACT", "headers", "types"].into_iter().filter(|name| used(name)).collect();
    let words: Vec<_> = words.into_iter().map(|name| format_ident!("{name}")).collect();
    match words.is_empty() {
        true => TokenStream::new(),
        false => quote!(use #(#up)::*::{#(#words),*};),
    }
}

/// How deep the pages of a family lie.
fn depth(family: Family) -> usize {
    usize::from(family != Family::Paths)
}

/// Names for an import list, in their order.
fn sorted(names: &[&[&str]]) -> Vec<Ident> {
    let mut names: Vec<&str> = names.concat();
    names.sort_unstable();
    names.into_iter().map(|name| format_ident!("{name}")).collect()
}

/// A page whose text is written when it is asked for.
fn text<'a>(
    path: String,
    write: impl FnOnce(&mut dyn Write) -> Result<TokenStream, fmt::Error> + Send + 'a,
) -> Page<'a> {
    Page { path, content: PageContent::Rust(Box::new(write)) }
}

/// A short page of tokens.
fn tokens<'a>(path: &str, make: impl FnOnce() -> TokenStream + Send + 'a) -> Page<'a> {
    text(path.to_owned(), move |out| write!(out, "{}", make()).map(|()| TokenStream::new()))
}

/// Writes a page that has its imports in itself, or none.
fn fill(template: &impl Template, out: &mut dyn Write) -> Result<TokenStream, fmt::Error> {
    template.render_into(out).map(|()| TokenStream::new()).map_err(|_| fmt::Error)
}
