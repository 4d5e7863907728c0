//! The one binary of integration tests. Where a new test goes:
//!
//! - `cli`: help, exit status, what is said where;
//! - `drift`: `check` against what `generate` wrote, and the copies that are checked in;
//! - `hostile`: contracts that are broken or mean harm;
//! - `layout`: what may name what, and how long a file may be;
//! - `names`: that a name stays when something else comes;
//! - `rebuild`: what a small change of a contract changes in files;
//! - `reject`: what is said about a contract, one for each code;
//! - `rustdoc`: that texts of contracts are harmless as docs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli;
mod drift;
mod hostile;
mod layout;
mod names;
mod rebuild;
mod reject;
mod rustdoc;
mod support;
