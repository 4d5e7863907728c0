//! A service that does nothing but hold bodies to its contract.

use std::net::SocketAddr;

use counterpart_runtime::server::ApiError;

counterpart_runtime::include_contract!(probe);

use probe::server::{Api, Parts, PartsResponse, Probe, ProbeResponse};

#[derive(Clone)]
struct Service;

impl Api for Service {
    async fn probe(&self, _: Probe) -> Result<ProbeResponse, ApiError> {
        Ok(ProbeResponse::NoContent)
    }

    async fn parts(&self, _: Parts) -> Result<PartsResponse, ApiError> {
        Ok(PartsResponse::NoContent)
    }
}

/// Starts it on a free port. Bodies may be far larger than usual, so that it is the reader that has to cope with them.
pub async fn start() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = probe::server(Service).body_limit(64 << 20).into_router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
