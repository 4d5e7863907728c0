//! One trait for each tag, implemented by different types, served as one; headers that responses share; the servers
//! that the contract declares.

use std::net::SocketAddr;

use counterpart_runtime::server::{ApiError, AuthError, Credentials, StatusCode};
use test_broad::tags::client::GetOrderError;
use test_broad::tags::headers::RateLimitHeaders;
use test_broad::tags::server::{
    DeleteOrder, DeleteOrderResponse, GetOrder, GetOrderResponse, Health, HealthResponse, ListProducts,
    ListProductsResponse,
};
use test_broad::tags::servers::{Production, ProductionRegion, SERVER};
use test_broad::tags::{AdminApi, Api, Apis, Authenticate, Client, OrdersApi, ProductsApi, server};
use test_wire::{get, send};

/// Whoever has a token, by its name.
struct Guard;

impl Authenticate for Guard {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials) -> Result<String, AuthError> {
        credentials.bearer().map(str::to_owned).ok_or(AuthError::Unauthorized)
    }
}

fn headers() -> RateLimitHeaders {
    RateLimitHeaders { x_rate_limit_limit: 9.into(), x_rate_limit_remaining: None }
}

struct Orders;

impl OrdersApi for Orders {
    type Principal = String;

    async fn get_order(&self, request: GetOrder<String>) -> Result<GetOrderResponse, ApiError> {
        if request.id != 1 {
            return Ok(GetOrderResponse::ClientError { status: StatusCode::GONE, headers: headers() });
        }
        Ok(GetOrderResponse::Ok { body: request.principal, headers: headers() })
    }
}

struct Admin;

impl AdminApi for Admin {
    type Principal = String;

    async fn delete_order(&self, _: DeleteOrder<String>) -> Result<DeleteOrderResponse, ApiError> {
        Ok(DeleteOrderResponse::NoContent { headers: headers() })
    }
}

/// One type for what everybody may call.
#[derive(Clone)]
struct Public;

impl ProductsApi for Public {
    async fn list_products(&self, _: ListProducts) -> Result<ListProductsResponse, ApiError> {
        Ok(ListProductsResponse::Ok(vec!["pen".to_owned()]))
    }
}

impl Api for Public {
    async fn health(&self, _: Health) -> Result<HealthResponse, ApiError> {
        Ok(HealthResponse::NoContent)
    }
}

async fn start() -> SocketAddr {
    let apis = Apis { orders: Orders, admin: Admin, products: Public, untagged: Public, authenticate: Guard };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = server(apis).into_router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test]
async fn traits_of_different_types_are_one_server() {
    let server = start().await;
    let token = ["Authorization: Bearer ann"];
    let order = send(server, "GET /orders/1", &token, b"").await;
    assert_eq!((order.status(), order.text().as_str()), (200, "\"ann\""));
    assert_eq!(send(server, "DELETE /orders/1", &token, b"").await.status(), 204);
    assert_eq!(get(server, "GET /products").await.text(), "[\"pen\"]");
    assert_eq!(get(server, "GET /health").await.status(), 204);
    assert_eq!(get(server, "GET /orders/1").await.status(), 401);
}

#[tokio::test]
async fn one_router_knows_the_methods_of_all_traits() {
    let server = start().await;
    let refused = get(server, "PUT /orders/1").await;
    assert_eq!((refused.status(), refused.header("allow")), (405, Some("GET, DELETE")));
    let options = get(server, "OPTIONS /orders/1").await;
    assert_eq!((options.status(), options.header("allow")), (204, Some("GET, DELETE")));
    assert_eq!(get(server, "GET /nowhere").await.json()["code"], "ROUTE_NOT_FOUND");
}

#[tokio::test]
async fn shared_headers_go_out_and_come_in() {
    let server = start().await;
    let client = Client::builder(&format!("http://{server}")).bearer("ann").build().unwrap();
    let order = client.get_order(1).send().await.unwrap();
    assert_eq!((order.body.as_str(), order.headers), ("ann", headers()));
    let error = client.get_order(2).send().await.unwrap_err();
    let GetOrderError::ClientError { status, headers: limits } = error.declared().unwrap();
    assert_eq!((status.as_u16(), limits), (410, &headers()));
}

#[test]
fn servers_have_the_values_of_their_variables() {
    assert_eq!(SERVER, "http://localhost:8080");
    assert_eq!(Production::default().url(), "https://eu.shop.example:443/v1");
    let there = Production { region: ProductionRegion::UsEast, ..Production::default() };
    assert!(Client::new(&there.url()).is_ok());
    assert_eq!(there.url(), "https://us-east.shop.example:443/v1");
}
