//! A small shop on generated code: what `specs/orders.yaml` promises, kept with one SQLite file.
//!
//! [`Shop`] implements the generated trait, [`Store`] remembers. `main.rs` adds the command line.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod shop;
mod store;

counterpart_runtime::include_contract!(orders);

pub use shop::Shop;
pub use store::{DEMO_CUSTOMER_KEY, DEMO_STAFF_TOKEN, Store, StoreError};
