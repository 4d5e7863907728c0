//! The server half: what generated `server.rs` stands on.
//!
//! A [`Server`] turns an implementation of the generated trait into an [`axum::Router`]. Each request becomes a
//! [`Call`], which reads and judges its parts by the contract; each declared response goes out through a [`Reply`];
//! everything else that can happen, from routing to a panic, leaves as one shape of problem with one request id.

mod auth;
mod body;
mod call;
mod context;
mod dispatch;
mod error;
mod exchange;
mod framing;
mod handle;
mod idempotency;
mod parameters;
mod render;
mod reply;
mod router;
mod settings;
mod table;
mod template;
mod trace;

pub use auth::{AuthError, Credentials, PeerCertificate, Secret};
pub use call::Call;
pub use context::Context;
pub use dispatch::Handler;
pub use error::{ApiError, Invalid};
pub use handle::Answer;
pub use http::StatusCode;
pub use idempotency::{IdempotencyKey, IdempotencyLedger, Ticket, Turn};
pub use parameters::Wanted;
pub use reply::{IntoStatus, Reply};
pub use router::{Route, Server};
pub use settings::{ErrorShape, ResponseChecks};
pub use trace::TraceParent;

pub use crate::stream::{ByteStream, Event, EventStream, JsonLines, StreamError};

/// A response on its way to the wire.
pub type Response = axum::response::Response;

#[cfg(test)]
mod tests;
