//! A server that answers with the value that arrived and the text that it was, and a client of it: one operation for
//! each cell of the standard's table of styles.

pub mod cells;

use std::net::SocketAddr;

use counterpart_runtime::client::Error;
use counterpart_runtime::server::{ApiError, Context};
use counterpart_runtime::{Encode, Json, Typed, decode, encode};

use crate::matrix::server::*;
use crate::matrix::{Client, types};

/// The generated module.
pub mod matrix {
    include!(concat!(env!("OUT_DIR"), "/matrix/mod.rs"));
}

include!(concat!(env!("OUT_DIR"), "/echo.rs"));

/// Answers with what it was sent.
#[derive(Debug)]
pub struct Echoing;

/// Why a value did not come back.
#[derive(Debug)]
pub enum Failed {
    /// It is no value of the cell.
    Value(String),
    /// The client does not send it, or the server does not take it.
    Call(String),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Call(error.to_string())
    }
}

/// Starts a server on a free port.
pub async fn start() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = matrix::server(Echoing).into_router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A client of the server at this address.
pub fn client(server: SocketAddr) -> Client {
    Client::new(&format!("http://{server}")).expect("a base URL")
}

/// What stood on the wire: the segment of the path, the query, the header `color`, the header `Cookie`.
fn wire(context: &Context, place: &str) -> String {
    let header = |name: &str| {
        let lines = context.headers().get_all(name).iter();
        let lines: Vec<String> =
            lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned()).collect();
        lines.join("\n")
    };
    match place {
        "path" => context.uri().path().split('/').nth(2).unwrap_or_default().to_owned(),
        "query" => context.uri().query().unwrap_or_default().to_owned(),
        "header" => header("color"),
        _ => header("cookie"),
    }
}

fn json<T: Encode>(value: &T) -> Result<Json, ApiError> {
    Ok(Json::parse(&encode(value)?)?)
}

fn written<T: Encode>(value: &T) -> Result<Json, Failed> {
    json(value).map_err(|error| Failed::Value(format!("{error:?}")))
}

fn read<T: Typed>(value: &Json) -> Result<T, Failed> {
    decode(value.to_string().as_bytes()).map_err(|error| Failed::Value(error.to_string()))
}

/// A path parameter must have a value.
fn some<T>(value: Option<T>, name: &str) -> Result<T, Failed> {
    value.ok_or_else(|| Failed::Value(format!("{name} is missing")))
}
