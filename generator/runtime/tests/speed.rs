//! Compares the fast path with serde's derive on serde_json: `cargo test --release --test speed -- --ignored --nocapture`.

#![expect(clippy::unwrap_used, reason = "a comparison")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use counterpart_runtime::{Contract, SchemaRef, check, decode_as, encode};
use serde::{Deserialize, Serialize};

static CONTRACT: Contract = Contract::new("true\ntrue\ntrue\ntrue\n", "");

/// The same types twice: once for the macros, once for serde's derive.
macro_rules! types {
    ($($derive:ident),*) => {
        #[derive(Clone, Debug, PartialEq, $($derive),*)]
        pub struct Address {
            pub street: String,
            pub city: String,
            pub zip: Option<String>,
            pub country: String,
        }

        #[derive(Clone, Debug, PartialEq, $($derive),*)]
        pub struct Item {
            pub sku: String,
            pub title: String,
            pub quantity: i64,
            pub price: f64,
            pub gift: bool,
            pub tags: Vec<String>,
        }

        #[derive(Clone, Debug, PartialEq, $($derive),*)]
        pub struct Order {
            pub id: i64,
            pub customer: String,
            pub status: Status,
            pub note: Option<String>,
            pub address: Option<Address>,
            pub items: Vec<Item>,
        }
    };
}

mod ours {
    use super::*;

    types!();

    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Status {
        Open,
        Paid,
        Shipped,
    }

    counterpart_runtime::string_enum! { Status: CONTRACT.schema(0) { Open = "open", Paid = "paid", Shipped = "shipped" } }
    counterpart_runtime::object! {
        Address: CONTRACT.schema(1), open {
            "street" => street: required if |v| check::length(v, 1, 200),
            "city" => city: required if |v| check::length(v, 1, 200),
            "zip" => zip: optional if |v| check::length(v, 1, 20),
            "country" => country: required if |v| check::length(v, 2, 2),
        }
    }
    counterpart_runtime::object! {
        Item: CONTRACT.schema(2), open {
            "sku" => sku: required if |v| check::length(v, 1, 40),
            "title" => title: required,
            "quantity" => quantity: required if |v| check::at_least(v, 1),
            "price" => price: required if |v| check::at_least(v, 0.0),
            "gift" => gift: required,
            "tags" => tags: required if |v| check::items(v, 0, 20),
        }
    }
    counterpart_runtime::object! {
        Order: CONTRACT.schema(3), open {
            "id" => id: required if |v| check::at_least(v, 1),
            "customer" => customer: required if |v| check::length(v, 1, 100),
            "status" => status: required,
            "note" => note: optional if |v| check::length(v, 0, 500),
            "address" => address: optional,
            "items" => items: required if |v| check::items(v, 0, 5000),
        }
    }
}

mod derived {
    use super::*;

    types!(Serialize, Deserialize);

    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Status {
        Open,
        Paid,
        Shipped,
    }
}

fn order(items: usize, pretty: bool) -> Vec<u8> {
    let order = derived::Order {
        id: 8_123_456,
        customer: "Ada Lovelace".to_owned(),
        status: derived::Status::Paid,
        note: Some("Please ring \"twice\" — café entrance\n".to_owned()),
        address: Some(derived::Address {
            street: "12 St James's Square".to_owned(),
            city: "London".to_owned(),
            zip: Some("SW1Y 4JH".to_owned()),
            country: "GB".to_owned(),
        }),
        items: (0..items.max(1))
            .map(|i| derived::Item {
                sku: format!("SKU-{i:06}"),
                title: format!("A rather ordinary thing, number {i}, as described on the page about it"),
                quantity: i as i64 % 7 + 1,
                price: (i as f64 * 137.0 + 1999.0) / 100.0,
                gift: i % 3 == 0,
                tags: (0..i % 4).map(|tag| format!("tag-{tag}")).collect(),
            })
            .collect(),
    };
    if pretty { serde_json::to_vec_pretty(&order).unwrap() } else { serde_json::to_vec(&order).unwrap() }
}

/// The least time per call of several rounds.
fn time<T>(bytes: usize, mut call: impl FnMut() -> T) -> f64 {
    let calls = (4_000_000 / bytes).max(1);
    let mut least = Duration::MAX;
    for _ in 0..30 {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        least = least.min(start.elapsed());
    }
    least.as_nanos() as f64 / calls as f64
}

#[test]
#[ignore = "takes seconds and means something only in release"]
fn against_serde_derive() {
    for (name, items, pretty) in
        [("0.2 KB", 0, false), ("3 KB", 18, false), ("3 KB pretty", 12, true), ("100 KB", 600, false)]
    {
        let bytes = order(items, pretty);
        let ours: ours::Order = decode_as(&bytes, SchemaRef::ANY).unwrap();
        let theirs: derived::Order = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(encode(&ours).unwrap(), serde_json::to_vec(&theirs).unwrap());
        let read = time(bytes.len(), || decode_as::<ours::Order>(black_box(&bytes), SchemaRef::ANY));
        let read_derived = time(bytes.len(), || serde_json::from_slice::<derived::Order>(black_box(&bytes)));
        let write = time(bytes.len(), || encode(black_box(&ours)));
        let write_derived = time(bytes.len(), || serde_json::to_vec(black_box(&theirs)));
        println!(
            "{name:12} {:6} bytes: read {read:8.0} ns, derived {read_derived:8.0} ns, ratio {:.2}; \
             write {write:8.0} ns, derived {write_derived:8.0} ns, ratio {:.2}",
            bytes.len(),
            read / read_derived,
            write / write_derived,
        );
    }
}

#[test]
#[ignore = "takes seconds and means something only in release"]
fn numbers_against_serde() {
    let floats: Vec<f64> = (1..5000).map(|i| (i as f64 * 0.731).sin() * 90.0).collect();
    let short: Vec<f64> = (1..5000).map(|i| i as f64 / 100.0).collect();
    let integers: Vec<i64> = (1..5000).map(|i| i * 7919).collect();
    let report = |name: &str, ours: f64, theirs: f64| {
        println!("{name:20} {ours:8.0} ns, serde_json {theirs:8.0} ns, ratio {:.2}", ours / theirs);
    };
    for (name, values) in [("long floats", &floats), ("short floats", &short)] {
        let bytes = encode(values).unwrap();
        let ours = time(bytes.len(), || decode_as::<Vec<f64>>(black_box(&bytes), SchemaRef::ANY));
        let theirs = time(bytes.len(), || serde_json::from_slice::<Vec<f64>>(black_box(&bytes)));
        report(name, ours, theirs);
        let ours = time(bytes.len(), || encode(black_box(values)));
        let theirs = time(bytes.len(), || serde_json::to_vec(black_box(values)));
        report("… written", ours, theirs);
    }
    let bytes = encode(&integers).unwrap();
    let ours = time(bytes.len(), || decode_as::<Vec<i64>>(black_box(&bytes), SchemaRef::ANY));
    let theirs = time(bytes.len(), || serde_json::from_slice::<Vec<i64>>(black_box(&bytes)));
    report("integers", ours, theirs);
}
