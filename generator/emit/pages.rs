//! Pages that read like the files they become: Askama templates, whose holes are Rust already.

mod client;
mod hooks;
mod module;
mod server;

#[cfg(test)]
mod tests;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Page, PageContent, headers, servers, split::Split};
use crate::{
    ir::{Family, Ir},
    names::Names,
    options::Parts,
};

/// `mod.rs`, and `server.rs` and `client.rs` for each family of operations, with what they need, where they are wanted
/// and there is something to serve and to call.
pub fn pages(ir: &Ir, names: &Names, parts: Parts, split: Option<&Split<'_>>) -> Vec<Page<'static>> {
    let module = module::ModulePage::new(ir, names, parts);
    let mut pages = Vec::new();
    if module.headers {
        pages.push(rust("headers.rs", headers::page(ir, names, parts, split.is_some_and(Split::is_gated))));
    }
    for family in Family::ALL.into_iter().filter(|family| !ir.family(*family).is_empty()) {
        if parts == Parts::TYPES {
            continue;
        }
        if family != Family::Paths {
            let path = format!("{}mod.rs", folder(family));
            pages.push(page(&path, &hooks::HooksPage::new(parts)));
        }
        let split = split.filter(|_| family == Family::Paths);
        if parts.server {
            pages.extend(server::pages(ir, names, family, split));
        }
        if parts.client {
            pages.extend(client::pages(ir, names, family, split));
        }
    }
    if module.servers {
        pages.push(rust("servers.rs", servers::page(ir, names)));
    }
    pages.insert(0, page("mod.rs", &module));
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
fn file(family: Family, name: &str, split: Option<&Split<'_>>) -> String {
    match split {
        Some(_) => format!("{}{name}/mod.rs", folder(family)),
        None => format!("{}{name}.rs", folder(family)),
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

/// A template that cannot be filled leaves a page that is no Rust; the formatter says so.
fn page(path: &str, template: &impl Template) -> Page<'static> {
    rust(path, template.render().unwrap_or_else(|error| format!("! {error}")))
}

fn rust(path: &str, text: String) -> Page<'static> {
    Page { path: path.to_owned(), content: PageContent::Rust(text) }
}
