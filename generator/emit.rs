//! `Ir` + `Names` → `Page`s: tokens fill pages. What is Rust is still tokens or unformatted text here; `format` makes
//! files of it.

mod pages;
pub mod tokens;
pub mod types;

use crate::{ir::Ir, names::Names, options::Parts};

/// The whole module, `mod.rs` first.
pub fn module(ir: &Ir, names: &Names, parts: Parts) -> Vec<Page> {
    let data = |path: &str, lines: &[String]| {
        let text = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        Page { path: path.to_owned(), content: PageContent::Data(text) }
    };
    let mut pages = pages::pages(ir, names, parts);
    pages.push(Page { path: "types.rs".to_owned(), content: PageContent::Rust(types::page(ir, names)) });
    pages.push(data("schemas.jsonl", &ir.schemas));
    pages.push(data("operations.jsonl", &ir.operations));
    pages
}

/// One file of the generated module, before it is formatted.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path inside the generated module, with `/`: `types.rs`.
    pub path: String,
    /// What it holds.
    pub content: PageContent,
}

/// What a page holds.
#[derive(Clone, Debug)]
pub enum PageContent {
    /// Rust, unformatted.
    Rust(String),
    /// Anything else, written as it is.
    Data(String),
}
