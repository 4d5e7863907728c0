//! The example service and the client's requests, byte by byte.

use serde_json::{Value, json};
use test_orders::orders::{Client, types};
use test_orders::{order, sku, start};
use test_wire::{get, record, send};

const KEY: &str = "X-Api-Key: demo-customer-key";
const JSON: &str = "Content-Type: application/json";

fn document() -> Value {
    json!({
        "customer": {"email": "ines@example.com", "name": "Ines", "phone": null},
        "items": [{"sku": "INK-0042", "quantity": 2}],
        "payment": {"method": "card", "number": "4111111111111111", "expiry": "11/29", "cvc": "123"},
        "shipTo": {"recipient": "I", "street": "S 1", "postalCode": "4000-326", "city": "Porto", "country": "PT"},
        "giftMessage": null
    })
}

#[tokio::test]
async fn an_order_as_bytes() {
    let service = start().await;
    let reply = send(service.address, "POST /orders", &[KEY, JSON], document().to_string().as_bytes()).await;
    assert_eq!(reply.status(), 201, "{}", reply.text());
    let placed = reply.json();
    assert_eq!(
        reply.header("location"),
        Some(format!("/orders/{}", placed["id"].as_str().unwrap()).as_str())
    );
    assert_eq!(placed["payment"], json!({"method": "card", "expiry": "11/29", "last4": "1111"}));
    assert_eq!((&placed["giftMessage"], &placed["shippedAt"]), (&Value::Null, &Value::Null));
    assert!(placed.as_object().unwrap().contains_key("giftMessage"), "null is not absent");
    assert!(!placed.as_object().unwrap().contains_key("reference"), "absent is not null");
    let reply = get(service.address, "GET /products?limit=1&sort=-price").await;
    assert_eq!(
        (reply.header("x-total-count"), &reply.json()["items"][0]["price"]),
        (Some("7"), &json!(4900))
    );
}

#[tokio::test]
async fn everything_wrong_with_an_order_is_told_at_once() {
    let service = start().await;
    let mut wrong = document();
    wrong["items"][0]["quantity"] = json!(0);
    wrong["customer"]["email"] = json!("ines");
    wrong["payment"]["cvc"] = json!("12x");
    wrong["shipTo"]["planet"] = json!("Mars");
    wrong["labels"] = json!({"Not Allowed": "x"});
    let headers = [KEY, JSON, "Idempotency-Key: short"];
    let reply = send(service.address, "POST /orders", &headers, wrong.to_string().as_bytes()).await;
    assert_eq!((reply.status(), reply.header("content-type")), (422, Some("application/problem+json")));
    let problem = reply.json();
    let places: Vec<_> = problem["details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|detail| (detail["in"].as_str().unwrap(), detail["field"].as_str().unwrap()))
        .collect();
    for place in [
        ("header", ""),
        ("body", "/items/0/quantity"),
        ("body", "/customer/email"),
        ("body", "/payment/cvc"),
        ("body", "/shipTo/planet"),
    ] {
        assert!(places.contains(&place), "{place:?} is not among {places:?}");
    }
    assert!(!reply.text().contains("12x"), "a secret is never repeated: {}", reply.text());
}

#[tokio::test]
async fn requests_that_do_not_get_through() {
    let service = start().await;
    let cases: [(&str, &[&str], &str, u16, &str); 8] = [
        ("GET /orders", &[], "", 401, "UNAUTHORIZED"),
        ("GET /orders", &["X-Api-Key: guess"], "", 401, "UNAUTHORIZED"),
        ("GET /orders?limit=0", &[KEY], "", 422, "VALIDATION_FAILED"),
        ("GET /orders/nonsense", &[KEY], "", 422, "VALIDATION_FAILED"),
        ("PUT /orders", &[KEY], "", 405, "METHOD_NOT_ALLOWED"),
        ("GET /nowhere", &[], "", 404, "ROUTE_NOT_FOUND"),
        ("POST /orders", &[KEY, JSON], "{", 400, "MALFORMED_BODY"),
        ("POST /orders", &[KEY, "Content-Type: text/plain"], "x", 415, "UNSUPPORTED_MEDIA_TYPE"),
    ];
    for (request, headers, body, status, code) in cases {
        let reply = send(service.address, request, headers, body.as_bytes()).await;
        assert_eq!((reply.status(), &reply.json()["code"]), (status, &json!(code)), "{request} {headers:?}");
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{request}");
        assert!(reply.json()["requestId"].is_string(), "{request}: {}", reply.text());
    }
    let reply = get(service.address, "PUT /orders").await;
    assert!(
        reply.header("allow").is_some_and(|allow| allow.contains("GET") && allow.contains("POST")),
        "{reply:?}"
    );
    let reply = get(service.address, "GET /orders").await;
    assert!(reply.combined("www-authenticate").contains("Bearer"), "{reply:?}");
}

#[tokio::test]
async fn what_the_client_sends() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Total-Count: 0\r\nContent-Length: 30\r\n\r\n\
                  {\"items\":[],\"nextCursor\":null}";
    let recorder = record(answer).await;
    let client =
        Client::builder(&format!("{}/base/", recorder.url())).api_key("customerKey", "k").build().unwrap();
    let request =
        client.list_orders().limit(5).status(&[types::OrderStatus::Paid, types::OrderStatus::Shipped]);
    let request = request.sort(&[types::OrderSort::MinusTotal, types::OrderSort::PlacedAt]).cursor("a b/c&d");
    request.send().await.unwrap();
    let sent = recorder.request().await;
    assert_eq!(
        sent.request(),
        "GET /base/orders?limit=5&status=paid&status=shipped&sort=-total,placedAt&cursor=a%20b%2Fc%26d"
    );
    assert_eq!(sent.header("x-api-key"), Some("k"));

    let recorder =
        record("HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>").await;
    let client = Client::builder(&recorder.url()).api_key("customerKey", "k").build().unwrap();
    let mut order = order(&[("INK-0042", 1)]);
    order.gift_message = Some(None);
    let error = client.create_order(&order).idempotency_key("cart-2207").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500), "{error:?}");
    let sent = recorder.request().await;
    assert_eq!((sent.request(), sent.header("idempotency-key")), ("POST /orders", Some("cart-2207")));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    let body = sent.json();
    assert_eq!(body["payment"], json!({"method": "voucher", "code": "WXYZ-2345-ABCD"}));
    assert_eq!(body.as_object().unwrap().get("giftMessage"), Some(&Value::Null));
    assert!(!body.as_object().unwrap().contains_key("labels"));
}

#[tokio::test]
async fn a_client_without_credentials_does_not_even_ask() {
    let recorder = record("").await;
    let client = Client::new(&recorder.url()).unwrap();
    assert!(client.list_orders().send().await.is_err());
    assert!(client.get_product(&sku("INK-0042")).send().await.is_err(), "the recorder answers with nothing");
    assert_eq!(recorder.request().await.request(), "GET /products/INK-0042");
}
