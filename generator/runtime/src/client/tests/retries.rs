//! What is sent again, and what is not; and how long a call may take.

use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::StreamExt;

use super::*;
use crate::stream::ByteStream;

const OPERATIONS: &str = r#"{"id":"get","method":"GET","path":"/"}
{"id":"put","method":"PUT","path":"/","body":{"content":[{"name":"text/plain","kind":"text"}]}}
{"id":"post","method":"POST","path":"/"}
{"id":"load","method":"GET","path":"/","responses":[{"status":"200","content":[{"name":"image/png","kind":"binary"}]}]}"#;

fn quick() -> RetryPolicy {
    RetryPolicy::default().waits(Duration::from_millis(1), Duration::from_secs(1))
}

fn busy(headers: &str) -> Answer {
    vec![answer("503 Busy", headers, "").into_bytes()]
}

async fn server(first: Answer) -> Server {
    Server::new(vec![first.clone(), first, vec![NO_CONTENT.into()]]).await
}

fn client(server: &Server) -> Client {
    Client::builder(&server.url).retry(quick()).build().unwrap()
}

#[tokio::test]
async fn idempotent_requests_are_repeated_with_their_body() {
    for first in [busy(""), vec![b"HTTP".to_vec()]] {
        let server = server(first).await;
        let response =
            client(&server).request(contract("", OPERATIONS), "put").body("text").send().await.unwrap();
        assert_eq!(response.status(), 204);
        assert_eq!(server.requests().len(), 3);
        assert!(server.requests().iter().all(|request| request.ends_with("\r\n\r\ntext")));
    }
}

#[tokio::test]
async fn what_is_not_safe_is_sent_once() {
    let contract = contract("", OPERATIONS);
    let first = server(busy("")).await;
    assert_eq!(client(&first).request(contract, "post").send().await.unwrap().status(), 503);
    let streamed = server(busy("")).await;
    let body = ByteStream::from(Bytes::from_static(b"a"));
    let request = client(&streamed).request(contract, "put").body_stream("text/plain", body);
    assert_eq!(request.send().await.unwrap().status(), 503);
    let unasked = server(busy("")).await;
    assert_eq!(unasked.client().request(contract, "get").send().await.unwrap().status(), 503);
    for server in [first, streamed, unasked] {
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn retry_after_is_heeded() {
    let contract = contract("", OPERATIONS);
    let soon = server(busy("retry-after: 1")).await;
    let before = Instant::now();
    assert_eq!(client(&soon).request(contract, "get").send().await.unwrap().status(), 204);
    assert!(before.elapsed() >= Duration::from_secs(2));
    let late = server(busy("retry-after: 60")).await;
    assert_eq!(client(&late).request(contract, "get").send().await.unwrap().status(), 503);
    let hurried = server(busy("retry-after: 1")).await;
    let request = client(&hurried).request(contract, "get").timeout(Duration::from_millis(500));
    assert_eq!(request.send().await.unwrap().status(), 503);
}

#[tokio::test]
async fn a_call_takes_no_longer_than_it_may() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\na".to_vec();
    let server = Server::new(vec![vec![], vec![half.clone(), vec![]], vec![half, vec![]]]).await;
    let client = Client::builder(&server.url).timeout(Duration::from_millis(100)).build().unwrap();
    let contract = contract("", OPERATIONS);
    let error = Error::<()>::from(client.request(contract, "get").send().await.unwrap_err());
    assert!(error.is_timeout() && error.status().is_none(), "{error:?}");
    assert!(matches!(client.request(contract, "get").send().await, Err(Failure::Timeout)));
    // A stream goes on for as long as it goes on.
    let mut stream = client.request(contract, "load").send().await.unwrap().stream().unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "a");
    assert!(tokio::time::timeout(Duration::from_millis(300), stream.next()).await.is_err());
}

#[tokio::test]
async fn nobody_there_is_a_transport_error() {
    let client = Client::new("http://127.0.0.1:1/secret").unwrap();
    let error = Error::<()>::from(client.request(contract("", OPERATIONS), "get").send().await.unwrap_err());
    assert!(matches!(&error, Error::Transport(inner) if inner.is_connect()), "{error:?}");
    assert!(!error.to_string().contains("secret"));
    assert!(std::error::Error::source(&error).is_some());
}
