//! The shop's webhook: sent by the shop and by a crate without a server, received by code of the example's.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use counterpart_runtime::client::{Destinations, Error, StatusCode};
use counterpart_runtime::server::ApiError;
use generated_example::Subscriber;
use generated_example::orders::webhooks::server::{OrderChanged, OrderChangedResponse};
use generated_example::orders::webhooks::{Paths, Receiver, server};
use test_orders::orders::types::{EventKind, OrderEvent, OrderStatus};
use test_orders::orders::webhooks::Sender;
use test_orders::orders::webhooks::client::OrderChangedError;
use test_orders::{order, place, start_telling};
use test_wire::record;

/// Remembers the orders that it hears of, and has had enough at the second.
#[derive(Clone, Default)]
struct Accounting(Arc<Mutex<Vec<String>>>);

impl Accounting {
    fn orders(&self) -> Vec<String> {
        self.0.lock().expect("nobody panics").clone()
    }
}

impl Receiver for Accounting {
    async fn order_changed(&self, request: OrderChanged) -> Result<OrderChangedResponse, ApiError> {
        let mut orders = self.0.lock().map_err(|_| ApiError::internal("poisoned"))?;
        orders.push(request.body.order_id.to_string());
        match orders.len() {
            1 => Ok(OrderChangedResponse::Success(StatusCode::ACCEPTED)),
            _ => Ok(OrderChangedResponse::Gone),
        }
    }
}

async fn receive(accounting: Accounting) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let app = server(accounting, &Paths::default()).into_router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Sends to this machine, too.
fn sender() -> Sender {
    Sender::builder().destinations(Destinations::any()).build().expect("a sender")
}

fn event() -> OrderEvent {
    OrderEvent {
        id: "17".to_owned().try_into().expect("an id"),
        kind: EventKind::OrderPlaced,
        order_id: "ord_000000000000".to_owned().try_into().expect("an id"),
        status: OrderStatus::Paid,
        at: "2026-11-21T09:53:28Z".parse().expect("a time"),
    }
}

#[tokio::test]
async fn an_event_is_received_until_it_is_not_wanted_any_more() {
    let accounting = Accounting::default();
    let url = format!("http://{}/orderChanged", receive(accounting.clone()).await);
    let (sender, signature) = (sender(), "0f".repeat(32));
    sender.order_changed(&url, &signature, &event()).send().await.unwrap();
    let error = sender.order_changed(&url, &signature, &event()).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(OrderChangedError::Gone)), "{error:?}");
    assert_eq!(accounting.orders(), ["ord_000000000000", "ord_000000000000"]);
}

#[tokio::test]
async fn the_shop_tells_its_subscriber_until_that_has_enough() {
    let accounting = Accounting::default();
    let url = format!("http://{}/orderChanged", receive(accounting.clone()).await);
    let service = start_telling(Some(Subscriber { url, secret: "between us".to_owned() })).await;
    let mut placed = Vec::new();
    for quantity in 1..=3 {
        placed.push(place(&service.customer(), &order(&[("PEN-0011", quantity)])).await.id.to_string());
        if quantity < 3 {
            let heard = async {
                while accounting.orders().len() < placed.len() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(10), heard).await.expect("an event comes in time");
        }
    }
    assert_eq!(accounting.orders(), placed[..2], "it answered 410 to the second");
}

#[tokio::test]
async fn a_signature_that_is_none_does_not_get_to_the_receiver() {
    let accounting = Accounting::default();
    let url = format!("http://{}/orderChanged", receive(accounting.clone()).await);
    let error = sender().order_changed(&url, "guess", &event()).send().await.unwrap_err();
    let Error::Undocumented(undocumented) = &error else { panic!("{error:?}") };
    assert_eq!(undocumented.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = error.problem().expect("problem details");
    assert_eq!(problem.code.as_deref(), Some("VALIDATION_FAILED"));
    assert!(accounting.orders().is_empty());
}

#[tokio::test]
async fn the_bytes_of_a_webhook() {
    let recorder = record("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let url = format!("{}/hooks/orders?shop=7", recorder.url());
    sender().order_changed(&url, "0f".repeat(32), &event()).send().await.unwrap();
    let request = recorder.request().await;
    assert_eq!(request.request(), "POST /hooks/orders?shop=7");
    assert_eq!(request.header("x-paperlane-signature"), Some("0f".repeat(32).as_str()));
    assert_eq!(request.json()["kind"], "order.placed");
}
