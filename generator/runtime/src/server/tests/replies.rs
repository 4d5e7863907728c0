use bytes::Bytes;
use futures_util::FutureExt;
use http::StatusCode;

use super::fixture::{Answer, Shop, request, send, server};
use crate::json::Json;
use crate::server::{ByteStream, EventStream, Handler, JsonLines, ResponseChecks};

fn operation(responses: &str) -> String {
    format!(r#"{{"id":"o","method":"GET","path":"/x","responses":[{responses}]}}"#)
}

async fn get(responses: &str, handler: Handler<Shop>, accept: &str) -> Answer {
    let table = operation(responses);
    let headers: &[_] = if accept.is_empty() { &[] } else { &[("accept", accept)] };
    send(server(&[(table.as_str(), handler)]).into_router(), request("GET /x", headers, "")).await
}

const TWO_JSON: &str = r#"{"status":"200","content":[{"name":"application/json","kind":"json"},{"name":"application/vnd.x+json","kind":"json"}]}"#;

#[tokio::test]
async fn the_client_chooses_among_media_types_of_a_kind() {
    const REPLY: Handler<Shop> = |_, call| async { call.reply(200).json(&Json::from(1)) }.boxed();
    const NAMED: Handler<Shop> =
        |_, call| async { call.reply(200).json_as("application/vnd.x+json", &Json::from(1)) }.boxed();
    let accept = "application/json;q=0.5, application/vnd.x+json";
    assert_eq!(get(TWO_JSON, REPLY, "").await.header("content-type"), "application/json");
    assert_eq!(get(TWO_JSON, REPLY, accept).await.header("content-type"), "application/vnd.x+json");
    assert_eq!(get(TWO_JSON, NAMED, "").await.header("content-type"), "application/vnd.x+json");
}

#[tokio::test]
async fn headers_are_typed() {
    const HEADERS: &str = r#"{"status":"201","headers":[{"name":"Location","style":"simple","shape":"string","schema":1},{"name":"X-Ids","style":"simple","shape":{"array":"number"},"schema":5},{"name":"X-None","style":"simple","schema":1},{"name":"Set-Cookie","style":"simple","shape":{"array":"string"},"schema":4}]}"#;
    const REPLY: Handler<Shop> = |_, call| {
        async {
            call.reply(201)
                .header("Location", "/o/1")
                .header("X-Ids", &vec![1_i64, 2])
                .header("X-None", &None::<String>)
                .header("Set-Cookie", &vec!["a=b".to_owned(), "c=d".to_owned()])
                .empty()
        }
        .boxed()
    };
    let answer = get(HEADERS, REPLY, "").await;
    assert_eq!((answer.status, answer.body.as_str()), (201, ""));
    assert_eq!((answer.header("location"), answer.header("x-ids")), ("/o/1", "1,2"));
    assert!(!answer.headers.contains_key("x-none"));
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
    const UNDECLARED: Handler<Shop> =
        |_, call| async { call.reply(201).header("X-Other", "x").empty() }.boxed();
    assert_eq!(get(HEADERS, UNDECLARED, "").await.status, 500);
    const SPLIT: Handler<Shop> =
        |_, call| async { call.reply(201).header("Location", "a\r\nb").empty() }.boxed();
    assert_eq!(get(HEADERS, SPLIT, "").await.status, 500);
}

#[tokio::test]
async fn only_declared_statuses_leave() {
    const CLASS: &str = r#"{"status":"4XX","content":[{"name":"application/json","kind":"json"}]}"#;
    const TEAPOT: Handler<Shop> =
        |_, call| async { call.reply_range(4, StatusCode::IM_A_TEAPOT).json(&Json::Null) }.boxed();
    const OUTSIDE: Handler<Shop> =
        |_, call| async { call.reply_range(4, StatusCode::OK).json(&Json::Null) }.boxed();
    const UNDECLARED: Handler<Shop> = |_, call| async { call.reply(200).json(&Json::Null) }.boxed();
    assert_eq!(get(CLASS, TEAPOT, "").await.status, 418);
    assert_eq!(get(CLASS, OUTSIDE, "").await.status, 500);
    assert_eq!(get(CLASS, UNDECLARED, "").await.status, 500);
}

#[tokio::test]
async fn some_statuses_never_have_a_body() {
    const NOT_MODIFIED: &str = r#"{"status":"304","content":[{"name":"application/json","kind":"json"}]}"#;
    const REPLY: Handler<Shop> = |_, call| async { call.reply(304).json(&Json::from(1)) }.boxed();
    let answer = get(NOT_MODIFIED, REPLY, "").await;
    assert_eq!((answer.status, answer.body.as_str(), answer.header("content-type")), (304, "", ""));
}

#[tokio::test]
async fn text_form_and_bytes() {
    const TEXT: &str = r#"{"status":"200","content":[{"name":"text/plain","kind":"text","schema":2}]}"#;
    const NUMBER: Handler<Shop> = |_, call| async { call.reply(200).text("text/plain", &7_i64) }.boxed();
    let answer = get(TEXT, NUMBER, "").await;
    assert_eq!((answer.body.as_str(), answer.header("content-type")), ("7", "text/plain; charset=utf-8"));
    const FORM: &str =
        r#"{"status":"200","content":[{"name":"application/x-www-form-urlencoded","kind":"form"}]}"#;
    const MEMBERS: Handler<Shop> = |_, call| {
        async {
            let members =
                [("a", "x y"), ("b", "1")].map(|(name, value)| (name.to_owned(), Json::from(value)));
            call.reply(200).form(&Json::Object(members.into_iter().collect()))
        }
        .boxed()
    };
    let body = get(FORM, MEMBERS, "").await.body;
    assert!(matches!(body.as_str(), "a=x+y&b=1" | "a=x%20y&b=1"), "{body}");
    const IMAGE: &str = r#"{"status":"200","content":[{"name":"image/*","kind":"binary"}]}"#;
    const BYTES: Handler<Shop> =
        |_, call| async { call.reply(200).bytes("image/png", ByteStream::from(Bytes::from("PNG"))) }.boxed();
    let answer = get(IMAGE, BYTES, "image/png").await;
    assert_eq!((answer.body.as_str(), answer.header("content-type")), ("PNG", "image/png"));
    assert_eq!(answer.header("content-length"), "3");
}

#[tokio::test]
async fn streams_of_events_and_lines() {
    fn numbers() -> impl futures_core::Stream<Item = Result<i64, std::io::Error>> + Send {
        futures_util::stream::iter([Ok(1), Ok(2)])
    }
    const EVENTS: &str = r#"{"status":"200","content":[{"name":"text/event-stream","kind":"events"}]}"#;
    const DATA: Handler<Shop> =
        |_, call| async { call.reply(200).event_data(EventStream::new(numbers())) }.boxed();
    let answer = get(EVENTS, DATA, "text/event-stream").await;
    assert_eq!(answer.body, "data: 1\n\ndata: 2\n\n");
    assert_eq!(
        (answer.header("content-type"), answer.header("cache-control")),
        ("text/event-stream", "no-cache")
    );
    const LINES: &str = r#"{"status":"200","content":[{"name":"application/x-ndjson","kind":"jsonLines"}]}"#;
    const ITEMS: Handler<Shop> = |_, call| async { call.reply(200).lines(JsonLines::new(numbers())) }.boxed();
    let answer = get(LINES, ITEMS, "").await;
    assert_eq!((answer.body.as_str(), answer.header("content-type")), ("1\n2\n", "application/x-ndjson"));
    const SEQUENCE: &str = r#"{"status":"200","content":[{"name":"application/json-seq","kind":"jsonSeq"}]}"#;
    assert_eq!(get(SEQUENCE, ITEMS, "").await.body, "\u{1e}1\n\u{1e}2\n");
}

/// A wrong length would break the connection.
#[tokio::test]
async fn the_length_is_that_of_the_body() {
    let table = |method: &str| {
        let header = |name: &str| format!(r#"{{"name":"{name}","in":"header","style":"simple","schema":0}}"#);
        let headers = [header("Content-Length"), header("Transfer-Encoding")].join(",");
        let responses = ["200", "204", "304"].map(|status| {
            format!(
                r#"{{"status":"{status}","headers":[{headers}],"content":[{{"name":"application/json"}}]}}"#
            )
        });
        format!(r#"{{"id":"o","method":"{method}","path":"/x","responses":[{}]}}"#, responses.join(","))
    };
    macro_rules! wrong {
        ($status:literal, $($body:tt)*) => {{
            const WRONG: Handler<Shop> = |_, call| {
                let reply = call.reply($status).header("Content-Length", &5_i64);
                let reply = reply.header("Transfer-Encoding", &"gzip".to_owned());
                std::future::ready(reply.$($body)*).boxed()
            };
            WRONG
        }};
    }
    let unknown: Handler<Shop> = |_, call| {
        let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"12345"))]);
        let reply = call.reply(200).header("Content-Length", &5_i64);
        std::future::ready(reply.bytes("application/json", ByteStream::new(stream))).boxed()
    };
    for (method, handler, length) in [
        ("GET", wrong!(200, json(&Json::from("x"))), "3"),
        ("GET", wrong!(200, bytes("application/json", vec![1_u8, 2])), "2"),
        ("GET", wrong!(204, empty()), "0"),
        ("GET", wrong!(304, empty()), "5"),
        ("GET", unknown, "5"),
        ("HEAD", wrong!(200, empty()), "5"),
    ] {
        let router = server(&[(table(method).as_str(), handler)]).into_router();
        let answer = send(router, request(&format!("{method} /x"), &[], "")).await;
        assert_eq!(answer.header("content-length"), length, "{method} {}", answer.status);
        assert_eq!(answer.header("transfer-encoding"), "");
    }
}

#[tokio::test]
async fn responses_can_be_held_against_the_contract() {
    let table =
        operation(r#"{"status":"200","content":[{"name":"application/json","kind":"json","schema":2}]}"#);
    const WRONG: Handler<Shop> = |_, call| async { call.reply(200).json(&Json::from("x")) }.boxed();
    for (checks, expected) in
        [(ResponseChecks::Off, 200), (ResponseChecks::Log, 200), (ResponseChecks::Enforce, 500)]
    {
        let router = server(&[(table.as_str(), WRONG)]).validate_responses(checks).into_router();
        assert_eq!(send(router, request("GET /x", &[], "")).await.status, expected, "{checks:?}");
    }
}
