//! Counterpart reads an OpenAPI contract and writes its Rust counterparts: types, a server and a client that accept
//! exactly what the contract says.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(feature = "config")]
pub mod config;
pub mod contract;
pub mod diagnostic;
pub mod document;
mod emit;
mod format;
mod options;
pub mod output;
pub mod source;

pub use format::GeneratedFile;
pub use options::{Formats, Options, Parts, Selection};
