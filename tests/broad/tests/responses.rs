//! Responses on the wire: statuses, media types, headers, streams.

use serde_json::json;
use test_wire::{get, send};

#[tokio::test]
async fn the_status_chooses_the_response() {
    let server = test_broad::start().await;
    let cases = [
        (200, json!({"name": "exact"})),
        (201, json!({"R": 1, "G": 2, "B": 3})),
        (404, json!("missing")),
        (409, json!({"R": 4, "G": 0, "B": 9})),
    ];
    for (status, expected) in cases {
        let reply = get(server, &format!("GET /broad/v1/responses/x/status?status={status}")).await;
        assert_eq!((reply.status(), reply.json()), (status, expected));
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(reply.header("location").is_some(), status == 201);
    }
    for status in [202, 204, 303] {
        let reply = get(server, &format!("GET /broad/v1/responses/x/status?status={status}")).await;
        assert_eq!((reply.status(), reply.body.len()), (status, 0));
        assert_eq!(reply.header("content-type"), None);
    }
    let reply = get(server, "GET /broad/v1/responses/x/status?status=503").await;
    assert_eq!((reply.status(), reply.header("content-type")), (503, Some("application/problem+json")));
    assert_eq!(reply.json()["code"], "TEST");
    let reply = get(server, "GET /broad/v1/responses/x/status?status=199").await;
    assert_eq!(reply.status(), 422);
}

#[tokio::test]
async fn a_default_response_has_any_status() {
    let server = test_broad::start().await;
    for status in [200, 207, 418, 599] {
        let reply = get(server, &format!("GET /broad/v1/responses/default?status={status}")).await;
        assert_eq!((reply.status(), reply.json()), (status, json!({"name": "default"})));
    }
}

#[tokio::test]
async fn text_bytes_and_null() {
    let server = test_broad::start().await;
    let reply = get(server, "GET /broad/v1/responses/text").await;
    assert!(reply.header("content-type").is_some_and(|media| media.starts_with("text/plain")), "{reply:?}");
    assert_eq!(reply.text(), "größe");
    let reply = get(server, "GET /broad/v1/responses/binary").await;
    assert_eq!(
        (reply.header("content-type"), &reply.body[..]),
        (Some("application/octet-stream"), &[0, 255, 10, 13][..])
    );
    let reply = get(server, "GET /broad/v1/responses/nullable").await;
    assert_eq!((reply.status(), reply.text().as_str()), (200, "null"));
}

#[tokio::test]
async fn streams() {
    let server = test_broad::start().await;
    let reply = get(server, "GET /broad/v1/responses/events").await;
    assert_eq!(reply.header("content-type"), Some("text/event-stream"));
    let text = reply.text();
    let events: Vec<_> = text.split("\n\n").filter(|event| !event.trim().is_empty()).collect();
    assert_eq!(events.len(), 3, "{text:?}");
    assert!(events[0].lines().any(|line| line == r#"data: {"count":1}"#), "{text:?}");
    assert!(events[0].lines().any(|line| line == "id: 1"), "{text:?}");
    assert!(events[0].lines().any(|line| line == "event: tick"), "{text:?}");
    let reply = get(server, "GET /broad/v1/responses/lines").await;
    assert_eq!(reply.header("content-type"), Some("application/jsonl"));
    assert_eq!(reply.text(), "{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
    let reply = get(server, "GET /broad/v1/responses/sequence").await;
    assert_eq!(reply.header("content-type"), Some("application/json-seq"));
    assert_eq!(reply.text(), "\u{1e}{\"name\":\"a\"}\n\u{1e}{\"name\":\"b\"}\n");
}

#[tokio::test]
async fn accept_chooses() {
    let server = test_broad::start().await;
    let json = json!({"name": "lamp"}).to_string();
    let cases = [
        ("", "application/json", json.as_str()),
        ("*/*", "application/json", json.as_str()),
        ("application/*;q=0.5, text/plain;q=0.9", "text/plain", "lamp"),
        ("application/vnd.broad.thing+json", "application/vnd.broad.thing+json", json.as_str()),
        ("application/json;q=0, application/octet-stream", "application/octet-stream", "lamp"),
    ];
    for (accept, media, body) in cases {
        let header = format!("Accept: {accept}");
        let headers: &[&str] = if accept.is_empty() { &[] } else { &[&header] };
        let reply = send(server, "GET /broad/v1/responses/several", headers, b"").await;
        assert!(
            reply.header("content-type").is_some_and(|found| found.starts_with(media)),
            "{accept}: {reply:?}"
        );
        assert_eq!(reply.text(), body, "{accept}");
    }
    let reply = send(server, "GET /broad/v1/responses/several", &["Accept: image/png"], b"").await;
    assert_eq!((reply.status(), &reply.json()["code"]), (406, &json!("NOT_ACCEPTABLE")));
}

#[tokio::test]
async fn headers_of_every_shape() {
    let server = test_broad::start().await;
    for (method, body) in [("GET", 15), ("HEAD", 0)] {
        let reply = get(server, &format!("{method} /broad/v1/responses/headers")).await;
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.header("x-text"), Some("100%25"), "headers are never percent-encoded");
        assert_eq!(reply.header("x-number"), Some("7"));
        assert_eq!(reply.header("x-list"), Some("a,b"));
        assert_eq!(reply.header("x-color"), Some("R,1,G,2,B,3"));
        assert_eq!(reply.header("x-color-exploded"), Some("R=1,G=2,B=3"));
        assert_eq!(reply.header("x-document"), Some(r#"{"R":1,"G":2,"B":3}"#));
        assert_eq!(reply.body.len(), body, "{method}");
    }
}
