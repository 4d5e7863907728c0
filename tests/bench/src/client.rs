//! A whole call through a client on a socket.

use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use counterpart_runtime::decode;
use tokio::runtime::{Builder, Runtime};

use crate::contest::{Contest, Meter, Side, Way};
use crate::shop::{Client, types};
use crate::{by_hand, samples, wire};

/// Every call of a client.
pub fn contests() -> Vec<Contest> {
    vec![
        Contest { name: "call GET with parameters", meter: Meter::Own, sides: reading },
        Contest { name: "call POST with 3 KB", meter: Meter::Own, sides: placing },
    ]
}

fn reading() -> Vec<Side> {
    let server = service("200 OK", &samples::small());
    let client = Client::new(&format!("http://{server}")).expect("a good URL");
    let (plain, url) = (plain(), format!("http://{server}/orders"));
    let filter =
        by_hand::Filter { limit: Some(20), status: Some(by_hand::Status::Paid), q: Some("ink".into()) };
    let [own, hand] = [runtime(), runtime()];
    vec![
        Side::new(Way::Generated, move || {
            let call = client.read_order(4711).limit(20).status(types::Status::Paid).q("ink");
            black_box(own.block_on(call.send()).expect("a good response"));
        }),
        Side::new(Way::ByHand, move || {
            let call = async {
                let request = plain
                    .get(format!("{url}/{}", black_box(4711)))
                    .query(&filter)
                    .header("accept", "application/json");
                request.send().await?.error_for_status()?.json::<by_hand::Order>().await
            };
            black_box(hand.block_on(call).expect("a good response"));
        }),
    ]
}

fn placing() -> Vec<Side> {
    let server = service("201 Created", r#"{"number":4711,"total":1250.5}"#);
    let client = Client::new(&format!("http://{server}")).expect("a good URL");
    let (plain, url) = (plain(), format!("http://{server}/orders"));
    let order: types::Order = decode(samples::medium().as_bytes()).expect("a good body");
    let same: by_hand::Order = serde_json::from_str(&samples::medium()).expect("a good body");
    let [own, hand] = [runtime(), runtime()];
    vec![
        Side::new(Way::Generated, move || {
            black_box(own.block_on(client.place_order(&order).send()).expect("a good response"));
        }),
        Side::new(Way::ByHand, move || {
            let call = async {
                let request = plain.post(&url).json(&same).header("accept", "application/json");
                request.send().await?.error_for_status()?.json::<by_hand::Receipt>().await
            };
            black_box(hand.block_on(call).expect("a good response"));
        }),
    ]
}

/// What one would set about reqwest in earnest, and what the generated client sets.
fn plain() -> reqwest::Client {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

fn service(status: &str, body: &str) -> SocketAddr {
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}", body.len());
    wire::answer(format!("{head}\r\n\r\n{body}").into_bytes())
}

fn runtime() -> Arc<Runtime> {
    Arc::new(Builder::new_current_thread().enable_all().build().expect("a runtime"))
}
