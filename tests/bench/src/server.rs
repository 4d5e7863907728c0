//! A whole request through a server on a socket.

use std::net::SocketAddr;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use counterpart_runtime::decode;
use counterpart_runtime::server::ApiError;

use crate::contest::{Contest, Meter, Side, Way};
use crate::shop::server::{Api, PlaceOrder, PlaceOrderResponse, ReadOrder, ReadOrderResponse};
use crate::shop::types;
use crate::wire::Caller;
use crate::{by_hand, samples, shop};

/// Every request to a server.
pub fn contests() -> Vec<Contest> {
    vec![
        Contest { name: "serve GET with parameters", meter: Meter::Others, sides: || sides(&reading()) },
        Contest { name: "serve POST with 3 KB", meter: Meter::Others, sides: || sides(&placing()) },
        // The caller is little more than a socket.
        Contest { name: "serve GET, caller included", meter: Meter::All, sides: || sides(&reading()) },
        Contest { name: "serve POST, caller included", meter: Meter::All, sides: || sides(&placing()) },
    ]
}

fn reading() -> Vec<u8> {
    let head =
        "GET /orders/4711?limit=20&status=paid&q=ink HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json";
    format!("{head}\r\n\r\n").into_bytes()
}

fn placing() -> Vec<u8> {
    let body = samples::medium();
    let head = "POST /orders HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\ncontent-type: application/json";
    format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn sides(request: &[u8]) -> Vec<Side> {
    let side = |way, router| {
        let mut caller = Caller::new(serve(router), request.to_vec());
        Side::new(way, move || caller.call())
    };
    vec![side(Way::Generated, generated()), side(Way::ByHand, plain())]
}

/// Serves on a thread of its own.
fn serve(router: Router) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            listener.set_nonblocking(true).expect("a socket");
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            axum::serve(listener, router).await
        })
    });
    address
}

/// What both services know.
struct Shop<O>(O);

fn generated() -> Router {
    let order: types::Order = decode(samples::small().as_bytes()).expect("a good body");
    shop::server(Shop(order)).into_router()
}

impl Api for Shop<types::Order> {
    async fn place_order(&self, request: PlaceOrder) -> Result<PlaceOrderResponse, ApiError> {
        let total = request.body.items.iter().map(|item| item.price * f64::from(item.quantity)).sum();
        Ok(PlaceOrderResponse::Created(types::Receipt { number: 4711, total }))
    }

    async fn read_order(&self, request: ReadOrder) -> Result<ReadOrderResponse, ApiError> {
        let wanted = (request.number, request.limit, request.q.as_deref());
        if wanted != (4711, Some(20), Some("ink")) || request.status != Some(types::Status::Paid) {
            return Err(ApiError::not_found("there is no such order"));
        }
        Ok(ReadOrderResponse::Ok(self.0.clone()))
    }
}

fn plain() -> Router {
    let order: by_hand::Order = serde_json::from_str(&samples::small()).expect("a good body");
    Router::new()
        .route("/orders", post(place_order))
        .route("/orders/{number}", get(read_order))
        .with_state(std::sync::Arc::new(Shop(order)))
}

async fn place_order(Json(order): Json<by_hand::Order>) -> (StatusCode, Json<by_hand::Receipt>) {
    let total = order.items.iter().map(|item| item.price * f64::from(item.quantity)).sum();
    (StatusCode::CREATED, Json(by_hand::Receipt { number: 4711, total }))
}

async fn read_order(
    State(shop): State<std::sync::Arc<Shop<by_hand::Order>>>,
    Path(number): Path<i64>,
    Query(filter): Query<by_hand::Filter>,
) -> Result<Json<by_hand::Order>, StatusCode> {
    let wanted = (number, filter.limit, filter.q.as_deref());
    if wanted != (4711, Some(20), Some("ink")) || filter.status != Some(by_hand::Status::Paid) {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(Json(shop.0.clone()))
}
