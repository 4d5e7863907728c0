//! A server for specs/broad.yaml that answers with what it was sent, written by hand against the generated trait.

mod echo;
mod server;

use std::net::SocketAddr;

use counterpart_runtime::server::ResponseChecks;

counterpart_runtime::include_contract!(broad);
counterpart_runtime::include_contract!(media);
counterpart_runtime::include_contract!(modern);
counterpart_runtime::include_contract!(parts);
counterpart_runtime::include_contract!(tags);

/// Starts a server on a free port, with the base path that the contract names.
pub async fn start() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let server = broad::server(server::Echo).validate_responses(ResponseChecks::Enforce);
    let app = axum::Router::new().nest("/broad/v1", server.into_router());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// A client of the server at this address.
pub fn client(server: SocketAddr) -> broad::Client {
    broad::Client::new(&format!("http://{server}/broad/v1")).expect("a base URL")
}
