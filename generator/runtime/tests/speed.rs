//! Compares the fast path with serde's derive on serde_json: `cargo test --release --test speed -- --ignored --nocapture`.

#![expect(clippy::unwrap_used, reason = "a comparison")]

use std::hint::black_box;
use std::time::Instant;

use counterpart_runtime::{Contract, Decode, Encode, SchemaRef, check, decode_as, encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

static CONTRACT: Contract = Contract::new("[\"Status\",\"Address\",\"Item\",\"Order\",true]\n", "");

/// The same types twice: once for the macros, once for serde's derive.
macro_rules! types {
    ($($derive:ident),*) => {
        #[derive(Clone, PartialEq, $($derive),*)]
        pub struct Address {
            pub street: String,
            pub city: String,
            pub zip: Option<String>,
            pub country: String,
        }

        #[derive(Clone, PartialEq, $($derive),*)]
        pub struct Item {
            pub sku: String,
            pub title: String,
            pub quantity: i64,
            pub price: f64,
            pub gift: bool,
            pub tags: Vec<String>,
        }

        #[derive(Clone, PartialEq, $($derive),*)]
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

    counterpart_runtime::string_enum! { Status: CONTRACT { Open = "open", Paid = "paid", Shipped = "shipped" } }
    counterpart_runtime::object! {
        Address: CONTRACT, open {
            "street" => required street if |v| check::length(v, 1, 200),
            "city" => required city if |v| check::length(v, 1, 200),
            "zip" => optional zip if |v| check::length(v, 1, 20),
            "country" => required country if |v| check::length(v, 2, 2),
        }
    }
    counterpart_runtime::object! {
        Item: CONTRACT, open {
            "sku" => required sku if |v| check::length(v, 1, 40),
            "title" => required title,
            "quantity" => required quantity if |v| check::at_least(v, 1),
            "price" => required price if |v| check::at_least(v, 0.0),
            "gift" => required gift,
            "tags" => required tags if |v| check::items(v, 0, 20),
        }
    }
    counterpart_runtime::object! {
        Order: CONTRACT, open {
            "id" => required id if |v| check::at_least(v, 1),
            "customer" => required customer if |v| check::length(v, 1, 100),
            "status" => required status,
            "note" => optional note if |v| check::length(v, 0, 500),
            "address" => optional address,
            "items" => required items if |v| check::items(v, 0, 5000),
        }
    }
}

mod derived {
    use super::*;

    types!(Debug, Serialize, Deserialize);

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

/// The least time per call of either over several rounds, which alternate, so that other load meets both.
fn times<A, B>(bytes: usize, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) -> (f64, f64) {
    let calls = (2_000_000 / bytes).max(1);
    let round = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        for _ in 0..calls {
            call();
        }
        start.elapsed().as_nanos() as f64 / calls as f64
    };
    let (mut least_ours, mut least_theirs) = (f64::MAX, f64::MAX);
    for _ in 0..80 {
        least_ours = least_ours.min(round(&mut || drop(black_box(ours()))));
        least_theirs = least_theirs.min(round(&mut || drop(black_box(theirs()))));
    }
    (least_ours, least_theirs)
}

fn report(name: &str, (ours, theirs): (f64, f64)) {
    println!("{name:24} {ours:8.0} ns, serde_json {theirs:8.0} ns, ratio {:.2}", ours / theirs);
}

#[test]
#[ignore = "takes seconds and means something only in release"]
fn against_serde_derive() {
    for (name, items, pretty) in
        [("0.3 KB", 0, false), ("3 KB", 18, false), ("3 KB pretty", 12, true), ("100 KB", 600, false)]
    {
        let bytes = order(items, pretty);
        let ours: ours::Order = decode_as(&bytes, SchemaRef::ANY).unwrap();
        let theirs: derived::Order = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(serde_json::from_slice::<derived::Order>(&encode(&ours).unwrap()).unwrap(), theirs);
        let read = || decode_as::<ours::Order>(black_box(&bytes), SchemaRef::ANY);
        let read_derived = || serde_json::from_slice::<derived::Order>(black_box(&bytes));
        report(&format!("{name} read"), times(bytes.len(), read, read_derived));
        let written =
            times(bytes.len(), || encode(black_box(&ours)), || serde_json::to_vec(black_box(&theirs)));
        report(&format!("{name} written"), written);
    }
}

#[test]
#[ignore = "takes seconds and means something only in release"]
fn numbers_against_serde() {
    fn compare<T: Decode + Encode + Serialize + DeserializeOwned>(name: &str, values: &Vec<T>) {
        let bytes = encode(values).unwrap();
        let ours = || decode_as::<Vec<T>>(black_box(&bytes), SchemaRef::ANY);
        let theirs = || serde_json::from_slice::<Vec<T>>(black_box(&bytes));
        report(&format!("{name} read"), times(bytes.len(), ours, theirs));
        let written =
            times(bytes.len(), || encode(black_box(values)), || serde_json::to_vec(black_box(values)));
        report(&format!("{name} written"), written);
    }
    compare("long floats", &(1..5000).map(|i| (f64::from(i) * 0.731).sin() * 90.0).collect());
    compare("short floats", &(1..5000).map(|i| f64::from(i) / 100.0).collect());
    compare("integers", &(1..5000).map(|i| i * 7919).collect::<Vec<i64>>());
}
