//! `Ir` + `Names` → `Page`s: tokens fill pages. What is Rust is still tokens or unformatted text here; `format` makes
//! files of it.

mod headers;
mod pages;
mod servers;
mod split;
pub mod tokens;
pub mod types;

use std::{fmt, sync::Arc};

use proc_macro2::TokenStream;

use crate::{
    ir::Ir,
    names::Names,
    options::{Options, Parts},
};
use split::Split;

/// The whole module, `mod.rs` first.
pub fn module<'a>(ir: &'a Ir, names: &'a Names, options: &Options) -> Module<'a> {
    let data = |path: &str, lines| Page { path: path.to_owned(), content: PageContent::Data(lines) };
    let tags = Split::by_tag(ir, names, options).map(Arc::new);
    let mut pages = pages::pages(ir, names, options.parts, tags.as_ref());
    pages.extend(types::pages(ir, names, tags.as_deref()));
    // Tables come last: should writing be cut short, none stands without the marked file that owns it.
    pages.push(data("schemas.jsonl", ir.schemas.as_slice()));
    pages.push(data("operations.jsonl", ir.operations.as_slice()));
    let features = tags.map(|split| split.features()).unwrap_or_default();
    Module { pages, features, needs: needs(ir, options.parts) }
}

/// A generated module before it is formatted.
#[derive(Debug)]
pub struct Module<'a> {
    /// Its files.
    pub pages: Vec<Page<'a>>,
    /// The cargo features that they ask for.
    pub features: Vec<String>,
    /// The features of the runtime that they need.
    pub needs: Vec<&'static str>,
}

fn needs(ir: &Ir, parts: Parts) -> Vec<&'static str> {
    let sides = [(parts.server, "server"), (parts.client, "client")];
    let bodies = ir.features.iter().copied().filter(|_| parts != Parts::TYPES);
    sides.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name).chain(bodies).collect()
}

/// One file of the generated module, before it is formatted.
#[derive(Debug)]
pub struct Page<'a> {
    /// Path inside the generated module, with `/`: `types.rs`.
    pub path: String,
    /// What it holds.
    pub content: PageContent<'a>,
}

/// What a page holds. Nothing of it is there before it is asked for, as it may be large; and it may be asked for on any
/// thread.
pub enum PageContent<'a> {
    /// Rust, unformatted.
    Rust(Text<'a>),
    /// Rust as tokens of some items after the other.
    Tokens(Box<dyn FnOnce() -> Items<'a> + Send + 'a>),
    /// Lines that are written as they are.
    Data(&'a [String]),
}

/// Writes the text of a page; gives what is to be imported above it, which is known only then.
pub type Text<'a> = Box<dyn FnOnce(&mut dyn fmt::Write) -> Result<TokenStream, fmt::Error> + Send + 'a>;

/// The tokens of items.
pub type Items<'a> = Box<dyn Iterator<Item = TokenStream> + 'a>;

impl fmt::Debug for PageContent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rust(_) => f.write_str("Rust"),
            Self::Tokens(_) => f.write_str("Tokens"),
            Self::Data(lines) => f.debug_tuple("Data").field(lines).finish(),
        }
    }
}
