//! Pages that read like the files they become: Askama templates, whose holes are Rust already.

mod client;
mod module;
mod server;

#[cfg(test)]
mod tests;

use askama::Template;
use proc_macro2::Ident;
use quote::format_ident;

use super::{Page, PageContent, headers, servers};
use crate::{ir::Ir, names::Names, options::Parts};

/// `mod.rs`, and `server.rs` and `client.rs`, with what they need, where they are wanted and there is something to serve
/// and to call.
pub fn pages(ir: &Ir, names: &Names, parts: Parts) -> Vec<Page<'static>> {
    let parts = if ir.endpoints.is_empty() { Parts::TYPES } else { parts };
    let module = module::ModulePage::new(ir, names, parts);
    let mut pages = Vec::new();
    if module.headers {
        pages.push(rust("headers.rs", headers::page(ir, names, parts)));
    }
    if parts.server {
        pages.push(page("server.rs", &server::ServerPage::new(ir, names)));
    }
    if parts.client {
        pages.push(page("client.rs", &client::ClientPage::new(ir, names)));
    }
    if module.servers {
        pages.push(rust("servers.rs", servers::page(ir, names)));
    }
    pages.insert(0, page("mod.rs", &module));
    pages
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
