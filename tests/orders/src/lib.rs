//! The example service on a free port, a client for it, and orders to place.

use std::net::SocketAddr;

use generated_example::{DEMO_CUSTOMER_KEY, DEMO_STAFF_TOKEN, Store, Subscriber};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::orders::{Client, types};

counterpart_runtime::include_contract!(orders);

/// A running service. Its database goes when this does.
pub struct Service {
    /// Where it listens.
    pub address: SocketAddr,
    /// Says true when the shop is to close.
    pub closing: watch::Sender<bool>,
    _folder: TempDir,
}

/// Starts the service with an empty order book.
pub async fn start() -> Service {
    start_telling(None).await
}

/// The same, and tells a subscriber of what happens to orders.
pub async fn start_telling(subscriber: Option<Subscriber>) -> Service {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("orders.db")).expect("a store");
    let closing = watch::Sender::new(false);
    if let Some(subscriber) = subscriber {
        tokio::spawn(generated_example::announce(store.clone(), subscriber, closing.subscribe()));
    }
    let app = generated_example::app(store, closing.subscribe());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    Service { address, closing, _folder: folder }
}

impl Service {
    /// A client with the demo customer's key.
    pub fn customer(&self) -> Client {
        let builder = Client::builder(&format!("http://{}", self.address));
        builder.api_key("customerKey", DEMO_CUSTOMER_KEY).build().expect("a client")
    }

    /// A client with the demo member of staff's token.
    pub fn staff(&self) -> Client {
        let builder = Client::builder(&format!("http://{}", self.address));
        builder.bearer(DEMO_STAFF_TOKEN).build().expect("a client")
    }

    /// A client with a key that nobody has.
    pub fn stranger(&self) -> Client {
        let builder = Client::builder(&format!("http://{}", self.address));
        builder.api_key("customerKey", "guess").bearer("guess").build().expect("a client")
    }
}

/// A stock keeping unit.
pub fn sku(text: &str) -> types::Sku {
    text.to_owned().try_into().expect("a SKU")
}

/// An order of some products, paid by voucher.
pub fn order(items: &[(&str, i32)]) -> types::OrderRequest {
    let line =
        |(text, quantity): &(&str, i32)| types::OrderLineRequest { sku: sku(text), quantity: *quantity };
    types::OrderRequest {
        customer: types::Customer {
            email: "ines@example.com".to_owned().try_into().expect("an address"),
            name: "Ines Castro".to_owned(),
            phone: None,
        },
        items: items.iter().map(line).collect(),
        payment: types::PaymentRequest::Voucher(types::VoucherPayment {
            method: Default::default(),
            code: "WXYZ-2345-ABCD".to_owned(),
        }),
        ship_to: types::Address {
            recipient: "Ines Castro".to_owned(),
            street: "Rua do Loureiro 14".to_owned(),
            extra: None,
            postal_code: "4000-326".to_owned(),
            city: "Porto".to_owned(),
            country: "PT".to_owned(),
        },
        reference: None,
        gift_message: None,
        labels: None,
    }
}

/// Places an order.
pub async fn place(client: &Client, order: &types::OrderRequest) -> types::Order {
    let placed = client.create_order(order).send().await.expect("an order");
    let orders::client::CreateOrderOk { body, location } = placed;
    assert_eq!(location, format!("/orders/{}", &*body.id));
    body
}
