//! O04 and O06: headers of other standards.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use counterpart_runtime::client::{Error, RetryPolicy};
use counterpart_runtime::fields::{Deprecation, Lifecycle, RateLimit, RateLimitPolicy, Sunset};
use test_traps::answers_contract::{Client, server};
use test_traps::{Answers, serve};
use test_wire::{get, record, record_all};

use crate::{OK, findings, parameter_findings};

fn lifecycle() -> Lifecycle {
    Lifecycle::deprecated(Deprecation::at(1_688_169_599)).sunset(Sunset::at(1_719_791_999)).unwrap()
}

/// All responses of an operation that goes away say so, also those that are problems.
#[tokio::test]
async fn o04_a_server_says_when_an_operation_goes_away() {
    let router = server(Answers).lifecycle("status", lifecycle()).lifecycle("headers", Lifecycle::default());
    let server = serve(router.into_router()).await;
    for (target, status) in [("GET /status/200", 200), ("GET /status/404", 404), ("GET /status/x", 422)] {
        let reply = get(server, target).await;
        assert_eq!(reply.status(), status);
        assert_eq!(reply.header("deprecation"), Some("@1688169599"), "{target}: not `true`");
        assert_eq!(reply.header("sunset"), Some("Sun, 30 Jun 2024 23:59:59 GMT"), "{target}");
    }
    assert_eq!(get(server, "GET /few").await.header("deprecation"), None);
    assert_eq!(
        get(server, "GET /headers").await.header("deprecation"),
        Some("@1688169599"),
        "the handler's own"
    );
    let early = Lifecycle::deprecated(Deprecation::at(100)).sunset(Sunset::at(99));
    assert!(early.is_err(), "not earlier than the deprecation");
}

#[tokio::test]
async fn o04_a_client_is_told() {
    let told: Arc<Mutex<Vec<(String, Lifecycle)>>> = Arc::default();
    let tell = told.clone();
    let listen = move |operation: &str, lifecycle: &Lifecycle| {
        tell.lock().unwrap().push((operation.to_owned(), *lifecycle));
    };
    let router = server(Answers).lifecycle("onlyDefault", lifecycle()).into_router();
    let url = format!("http://{}", serve(router).await);
    let client = Client::builder(&url).on_deprecation(listen).build().unwrap();
    assert!(client.only_default().send().await.is_err(), "it is told of failures, too");
    client.few().send().await.unwrap();
    assert_eq!(*told.lock().unwrap(), [("onlyDefault".to_owned(), lifecycle())]);
}

/// What the contract declares is checked as the contract says, and the text is read by the types of the runtime.
#[tokio::test]
async fn o04_o06_declared_headers_have_types() {
    let url = format!("http://{}", test_traps::answers().await);
    let ok = Client::new(&url).unwrap().headers().send().await.unwrap();
    let text = |header: &Option<String>| header.clone().unwrap();
    assert_eq!(Deprecation::parse(&text(&ok.deprecation)).unwrap().seconds(), 1_688_169_599);
    assert_eq!(Sunset::parse(&text(&ok.sunset)).unwrap().seconds(), 1_719_791_999);
    let limits = RateLimit::parse(&text(&ok.rate_limit)).unwrap();
    assert_eq!((limits[0].policy.as_str(), limits[0].remaining, limits[0].reset), ("default", 50, Some(30)));
    let policies = RateLimitPolicy::parse(&text(&ok.rate_limit_policy)).unwrap();
    assert_eq!((policies[0].name.as_str(), policies[0].quota, policies[0].window), ("burst", 100, Some(60)));
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Needed: 1\r\nDeprecation: true\r\n\
                  Content-Length: 3\r\n\r\n\"x\"";
    let client = Client::new(&record(answer).await.url()).unwrap();
    assert!(matches!(client.headers().send().await, Err(Error::Decode(_))), "`true` was a draft");
}

#[test]
fn o04_o06_schemas_that_refuse_the_form_are_named() {
    let header = |name: &str, schema: &str| {
        let headers = format!("headers: {{{name}: {{schema: {schema}}}}}");
        findings(&format!("paths: {{/a: {{get: {{responses: {{'200': {{description: ok, {headers}}}}}}}}}}}"))
    };
    for (name, schema) in [
        ("Deprecation", "{type: boolean}"),
        ("deprecation", "{type: string, format: date-time}"),
        ("Sunset", "{type: string, format: date}"),
        ("RateLimit", "{type: integer}"),
        ("RateLimit-Policy", "{type: object}"),
    ] {
        assert_eq!(header(name, schema), ["warning header-form"], "{name} {schema}");
        assert!(header(name, "{type: string}").is_empty(), "{name}");
    }
    assert!(header("X-RateLimit-Limit", "{type: integer}").is_empty(), "that is another header");
    let key = "{name: Idempotency-Key, in: header, schema: {type: string, format: uuid}}";
    assert_eq!(parameter_findings(key), ["warning header-form"]);
    assert!(parameter_findings(&key.replace(", format: uuid", "")).is_empty());
    assert!(findings(&format!("paths: {{/a: {{get: {{{OK}}}}}}}")).is_empty());
}

/// A client that retries waits as long as `Retry-After` says, else until a spent quota allows more.
#[tokio::test]
async fn o06_retry_after_wins() {
    let limited = |headers: &str| {
        format!("HTTP/1.1 429 Slow\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n")
    };
    let done = "HTTP/1.1 204 Done\r\n\r\n";
    for (headers, least, most) in [
        ("Retry-After: 0\r\nRateLimit: \"default\";r=0;t=60\r\n", 0, 900),
        ("RateLimit: \"default\";r=0;t=1\r\n", 1000, 3000),
        ("RateLimit: limit=5, reset=60\r\n", 0, 900),
    ] {
        let recorder = record_all([limited(headers), done.to_owned()]).await;
        let policy = RetryPolicy::default().waits(Duration::from_millis(10), Duration::from_secs(5));
        let client = Client::builder(&recorder.url()).retry(policy).build().unwrap();
        let began = Instant::now();
        client.few().send().await.unwrap();
        let waited = began.elapsed().as_millis();
        assert!((least..most).contains(&waited), "{headers}: {waited} ms");
    }
}
