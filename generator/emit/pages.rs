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

use super::{Page, PageContent, headers, servers};
use crate::{
    ir::{Family, Ir},
    names::Names,
    options::Parts,
};

/// `mod.rs`, and `server.rs` and `client.rs` for each family of operations, with what they need, where they are wanted
/// and there is something to serve and to call.
pub fn pages(ir: &Ir, names: &Names, parts: Parts) -> Vec<Page<'static>> {
    let module = module::ModulePage::new(ir, names, parts);
    let mut pages = Vec::new();
    if module.headers {
        pages.push(rust("headers.rs", headers::page(ir, names, parts)));
    }
    for family in Family::ALL.into_iter().filter(|family| !ir.family(*family).is_empty()) {
        if parts == Parts::TYPES {
            continue;
        }
        if family != Family::Paths {
            let path = format!("{}mod.rs", folder(family));
            pages.push(page(&path, &hooks::HooksPage::new(parts)));
        }
        if parts.server {
            let path = format!("{}server.rs", folder(family));
            pages.push(page(&path, &server::ServerPage::new(ir, names, family)));
        }
        if parts.client {
            let path = format!("{}client.rs", folder(family));
            pages.push(page(&path, &client::ClientPage::new(ir, names, family)));
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

/// What of the module's root a page of a family uses.
fn root_imports(family: Family, used: impl Fn(&str) -> bool) -> TokenStream {
    let root = match family {
        Family::Paths => quote!(super),
        Family::Webhooks | Family::Callbacks => quote!(super::super),
    };
    let modules = ["headers", "types"].into_iter().filter(|name| used(name));
    let modules = modules.map(|name| format_ident!("{name}"));
    quote!(use #root::{CONTRACT #(, #modules)*};)
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
