//! A small shop on generated code: what `specs/orders.yaml` promises, kept with one SQLite file.
//!
//! [`Shop`] implements the generated trait, [`Store`] remembers. `main.rs` adds the command line.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod shop;
mod store;

use counterpart_runtime::server::ResponseChecks;
use tokio::sync::watch;

counterpart_runtime::include_contract! {
    /// What the build script made of the contract.
    orders
}

pub use shop::{Shop, Subscriber, announce};
pub use store::{DEMO_CUSTOMER_KEY, DEMO_STAFF_TOKEN, Store, StoreError};

/// Pictures may be this large, whatever else comes with them.
const UPLOAD_LIMIT: usize = 5 * 1024 * 1024;

/// The service as an ordinary router. It closes its event streams when `closing` turns true.
pub fn app(store: Store, closing: watch::Receiver<bool>) -> axum::Router {
    orders::server(Shop::new(store, closing))
        .body_limit_of("uploadProductImage", UPLOAD_LIMIT)
        .validate_responses(ResponseChecks::Enforce)
        .into_router()
}
