//! Who gets in: each scheme alone, all of several, one of several, or nobody in particular.

use serde_json::{Value, json};
use test_wire::{Message, send};

const BEARER: &str = "Authorization: Bearer token";
/// `ann:secret`
const BASIC: &str = "Authorization: Basic YW5uOnNlY3JldA==";
const KEY: &str = "X-Key: header-key";
const COOKIE: &str = "Cookie: session=cookie-key";

async fn call(target: &str, headers: &[&str]) -> Message {
    let server = test_broad::start().await;
    send(server, &format!("GET /broad/v1/security/{target}"), headers, b"").await
}

#[tokio::test]
async fn good_credentials_are_let_in() {
    let cases: [(&str, &[&str], Value); 16] = [
        ("public", &[], Value::Null),
        ("public", &["Authorization: Bearer wrong"], Value::Null),
        ("key-header", &[KEY], json!("headerKey")),
        ("key-query?key=query-key", &[], json!("queryKey")),
        ("key-cookie", &[COOKIE], json!("cookieKey")),
        ("basic", &[BASIC], json!("basic")),
        ("bearer", &[BEARER], json!("bearer")),
        ("bearer", &["authorization: BEARER token"], json!("bearer")),
        ("oauth", &["Authorization: Bearer read-write"], json!("oauth")),
        ("open-id", &["Authorization: Bearer token"], json!("openId")),
        ("both", &[KEY, BEARER], json!("headerKey+bearer")),
        ("either", &[KEY], json!("headerKey")),
        ("either", &[BASIC], json!("basic")),
        ("either?key=query-key", &[COOKIE], json!("queryKey+cookieKey")),
        ("optional", &[BEARER], json!("bearer")),
        ("optional", &[], Value::Null),
    ];
    for (target, headers, name) in cases {
        let reply = call(target, headers).await;
        assert_eq!((reply.status(), reply.json()), (200, json!({"name": name})), "{target} {headers:?}");
    }
}

#[tokio::test]
async fn all_others_are_not() {
    let cases: [(&str, &[&str]); 15] = [
        ("key-header", &[]),
        ("key-header", &["X-Key: wrong"]),
        ("key-query", &[KEY]),
        ("key-query?key=", &[]),
        ("key-cookie", &["Cookie: other=cookie-key"]),
        ("basic", &["Authorization: Basic !!!"]),
        ("basic", &["Authorization: Basic YW5uOndyb25n"]),
        ("basic", &[BEARER]),
        ("bearer", &["Authorization: token"]),
        ("bearer", &["Authorization: Bearer wrong"]),
        ("both", &[KEY]),
        ("both", &[BEARER]),
        ("either", &[COOKIE]),
        ("optional", &["Authorization: Bearer wrong"]),
        ("certificate", &[]),
    ];
    for (target, headers) in cases {
        let reply = call(target, headers).await;
        assert_eq!(
            (reply.status(), &reply.json()["code"]),
            (401, &json!("UNAUTHORIZED")),
            "{target} {headers:?}"
        );
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
    }
    for (target, challenge) in
        [("basic", "Basic"), ("bearer", "Bearer"), ("oauth", "Bearer"), ("either", "Basic")]
    {
        let reply = call(target, &[]).await;
        assert!(reply.combined("www-authenticate").contains(challenge), "{target} {reply:?}");
    }
}

#[tokio::test]
async fn a_missing_scope_is_forbidden() {
    let reply = call("oauth", &["Authorization: Bearer read-only"]).await;
    assert_eq!((reply.status(), &reply.json()["code"]), (403, &json!("FORBIDDEN")), "{}", reply.text());
}
