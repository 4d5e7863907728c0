//! `Ir` + `Names` → `Page`s: tokens fill pages. What is Rust is still tokens or unformatted text here; `format` makes
//! files of it.

pub mod tokens;
pub mod types;

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
