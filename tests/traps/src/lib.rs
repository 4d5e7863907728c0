//! Servers for the contracts of the traps, written by hand against the generated traits. They answer with what arrived.

mod answers;
mod requests_server;
mod streams_server;
mod users;
mod violations;

use std::net::SocketAddr;

use axum::Router;
use counterpart_runtime::server::{ApiError, ResponseChecks};
use counterpart_runtime::{Encode, Json, encode};

counterpart_runtime::include_contract!(requests);
counterpart_runtime::include_contract!(routes);
counterpart_runtime::include_contract!(answers_contract);
counterpart_runtime::include_contract!(schemas);
counterpart_runtime::include_contract!(security);
counterpart_runtime::include_contract!(pets);
counterpart_runtime::include_contract!(reject);
counterpart_runtime::include_contract!(strict);
counterpart_runtime::include_contract!(streams);
counterpart_runtime::include_contract!(violations_contract);

pub use answers::{Answers, Doors, Roads};
pub use requests_server::Echo;
pub use streams_server::Streams;
pub use users::Users;
pub use violations::Silent;

/// Serves a router on a free port.
pub async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The server of `requests.yaml`.
pub async fn requests() -> SocketAddr {
    serve(requests::server(Echo).validate_responses(ResponseChecks::Enforce).into_router()).await
}

/// The server of `routes.yaml`.
pub async fn routes() -> SocketAddr {
    serve(routes::server(Roads).into_router()).await
}

/// The server of `answers.yaml`.
pub async fn answers() -> SocketAddr {
    serve(answers_contract::server(Answers).into_router()).await
}

/// The server of `security.yaml`.
pub async fn security() -> SocketAddr {
    serve(security::server(Doors).into_router()).await
}

/// The servers of `users.yaml`: `readOnly` members are refused, or like any other.
pub async fn users() -> (SocketAddr, SocketAddr) {
    (serve(reject::server(Users).into_router()).await, serve(strict::server(Users).into_router()).await)
}

/// The server of `pets.yaml`.
pub async fn pets() -> SocketAddr {
    serve(pets::server(Users).into_router()).await
}

/// The server of `violations.yaml`.
pub async fn violations() -> SocketAddr {
    serve(violations_contract::server(Silent).into_router()).await
}

/// The server of `streams.yaml`.
pub async fn streams() -> SocketAddr {
    serve(streams::server(Streams).into_router()).await
}

/// A value as JSON.
fn json<T: Encode + ?Sized>(value: &T) -> Result<Json, ApiError> {
    Ok(Json::parse(&encode(value)?)?)
}

/// An object of all members that are not null.
fn object(members: &[(&str, &dyn Encode)]) -> Result<Json, ApiError> {
    let mut object = counterpart_runtime::Map::new();
    for (name, value) in members {
        let value = json(*value)?;
        if !value.is_null() {
            object.insert((*name).to_owned(), value);
        }
    }
    Ok(Json::Object(object))
}
