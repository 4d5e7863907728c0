//! Routing: templates inside segments, concrete before templated, methods.

use serde_json::{Value, json};
use test_wire::{get, send};

#[tokio::test]
async fn templates_match_whole_and_part_segments() {
    let server = test_broad::start().await;
    let cases: [(&str, Value); 14] = [
        ("GET /items/1", json!({"operation": "itemGet", "id": "1"})),
        ("GET /items/special", json!({"operation": "itemSpecial"})),
        ("GET /items/a%2Fb", json!({"operation": "itemGet", "id": "a/b"})),
        ("GET /items/a:b", json!({"operation": "itemGet", "id": "a:b"})),
        ("POST /items/1:activate", json!({"operation": "itemActivate", "id": "1"})),
        ("POST /items/a:b:activate", json!({"operation": "itemActivate", "id": "a:b"})),
        ("GET /items/x/parts/7", json!({"operation": "itemPart", "itemId": "x", "partId": 7})),
        ("GET /items/special/parts/7", json!({"operation": "itemPart", "itemId": "special", "partId": 7})),
        ("GET /files/a.json", json!({"operation": "fileJson", "name": "a"})),
        ("GET /files/a.b.json", json!({"operation": "fileJson", "name": "a.b"})),
        ("GET /files/a.txt", json!({"operation": "file", "name": "a.txt"})),
        ("GET /files/", json!({"operation": "files"})),
        ("GET /compare/main...dev", json!({"operation": "compare", "base": "main", "head": "dev"})),
        ("GET /compare/v1.0...v1.1%20b", json!({"operation": "compare", "base": "v1.0", "head": "v1.1 b"})),
    ];
    for (request, expected) in cases {
        let reply = get(server, &request.replace(" /", " /broad/v1/")).await;
        assert_eq!((reply.status(), reply.json()), (200, expected), "{request}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = test_broad::start().await;
    for target in
        ["/items", "/items/", "/items/1/", "/files", "/compare/main..dev", "/nowhere", "/path/simple/a/b"]
    {
        let reply = get(server, &format!("GET /broad/v1{target}")).await;
        assert_eq!((reply.status(), &reply.json()["code"]), (404, &json!("ROUTE_NOT_FOUND")), "{target}");
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
    }
}

#[tokio::test]
async fn every_method_of_the_standard() {
    let server = test_broad::start().await;
    for method in ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        let reply = get(server, &format!("{method} /broad/v1/methods")).await;
        let name = format!("method{}{}", &method[..1], method[1..].to_lowercase());
        assert_eq!((reply.status(), reply.json()), (200, json!({"operation": name})), "{method}");
    }
    let reply = get(server, "HEAD /broad/v1/methods").await;
    assert_eq!((reply.status(), reply.body.len()), (200, 0));
}

#[tokio::test]
async fn other_methods_are_not_allowed_and_the_allowed_are_named() {
    let server = test_broad::start().await;
    let allowed = |reply: &test_wire::Message| {
        let allow = reply.header("allow").unwrap_or_default().to_owned();
        let mut methods: Vec<_> = allow.split(',').map(|method| method.trim().to_owned()).collect();
        methods.sort();
        methods
    };
    let reply = get(server, "DELETE /broad/v1/items/1").await;
    assert_eq!((reply.status(), &reply.json()["code"]), (405, &json!("METHOD_NOT_ALLOWED")));
    let methods = allowed(&reply);
    assert!(methods.contains(&"GET".to_owned()) && !methods.contains(&"POST".to_owned()), "{methods:?}");
    // The path decides before the method does, and the template with more text is the better match.
    let reply = get(server, "GET /broad/v1/items/1:activate").await;
    assert_eq!(reply.status(), 405);
    assert!(allowed(&reply).contains(&"POST".to_owned()), "{reply:?}");
    let reply = get(server, "PURGE /broad/v1/methods").await;
    assert_eq!(reply.status(), 405);
    let reply = get(server, "HEAD /broad/v1/items/1").await;
    assert_eq!((reply.status(), reply.body.len()), (200, 0), "HEAD follows from GET");
    let reply = get(server, "OPTIONS /broad/v1/items/1").await;
    assert!(reply.status() < 300 && allowed(&reply).contains(&"GET".to_owned()), "{reply:?}");
}

#[tokio::test]
async fn every_failure_carries_the_request_id() {
    let server = test_broad::start().await;
    let reply = send(server, "GET /broad/v1/nowhere", &["X-Request-Id: mine-1"], b"").await;
    assert_eq!(
        reply.json()["requestId"],
        reply.header("x-request-id").map_or(Value::Null, Value::from),
        "{reply:?}"
    );
    assert!(reply.json()["requestId"].is_string(), "{}", reply.text());
}
