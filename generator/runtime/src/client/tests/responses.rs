//! Responses, and what a client makes of them.

use std::time::Duration;

use futures_util::StreamExt;

use super::*;
use crate::json::Json;
use crate::stream::Event;

const SCHEMAS: &str = r#"{"type":"object","required":["n"],"properties":{"n":{"type":"integer","minimum":1},"s":{"maxLength":2}}}
{"type":"array","items":{"type":"integer"}}
{"type":"string","maxLength":3}
{"type":"object","required":["data","id"]}"#;

const OPERATIONS: &str = r#"{"id":"get","method":"GET","path":"/","responses":[
{"status":"200","content":[{"name":"application/json","schema":0},{"name":"text/*","kind":"text","schema":2,"shape":"string"},
{"name":"text/event-stream","kind":"events","itemSchema":3},{"name":"application/jsonl","kind":"jsonLines","itemSchema":0},
{"name":"application/json-seq","kind":"jsonSeq","itemSchema":0},{"name":"image/*","kind":"binary"},
{"name":"application/x-www-form-urlencoded","kind":"form","schema":0,"shape":{"object":{"members":{"n":"number"},"rest":"string"}}}],"headers":[
{"name":"X-Ids","style":"simple","schema":1,"shape":{"array":"number"}},{"name":"X-S","style":"simple","schema":2,"shape":"string","required":true}]},
{"status":"204"},{"status":"4XX","content":[{"name":"application/problem+json","schema":0}]}]}
{"id":"head","method":"HEAD","path":"/","responses":[{"status":"200","content":[{"name":"application/json","schema":0}]}]}"#;

fn table() -> &'static Contract {
    let lines = OPERATIONS.replace(",\n", ",").replace("[\n", "[");
    contract(SCHEMAS, &lines)
}

async fn response(answer: impl AsRef<[u8]>) -> Response {
    let server = Server::once(answer).await;
    server.client().request(table(), "get").send().await.unwrap()
}

fn shown(failure: Failure) -> String {
    Error::<()>::from(failure).to_string()
}

/// headers | body | what `json` gives
const JSON: &str = r#"
content-type: application/json | {"n":1.0,"x":[]} | {"n":1,"x":[]}
content-type: Application/JSON; charset=utf-8 | {"n":1} | {"n":1}
 | {"n":2} | {"n":2}
content-type: application/json | {"n":0,"s":"abc"} | !the response (200 OK) does not follow the contract: /n
content-type: application/json | {"n":0,"s":"abc"} | !; /s
content-type: application/json | {} | !/n
content-type: application/json |  | !malformed JSON
content-type: application/json | {"n":1} x | !malformed JSON
content-type: application/json | {"n":1,"n":2} | !malformed JSON
content-type: text/html | <html> | !malformed JSON
"#;

#[tokio::test]
async fn json_is_judged_by_the_whole_contract() {
    for line in JSON.trim_matches('\n').lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let response = response(answer("200 OK", cells[0].trim(), cells[1].trim())).await;
        let read = match response.json::<Json>() {
            Ok(json) => json.to_string(),
            Err(failure) => format!("!{}", shown(failure)),
        };
        match cells[2].strip_prefix('!') {
            Some(part) => assert!(read.starts_with('!') && read.contains(part), "{line}: {read}"),
            None => assert_eq!(read, cells[2], "{line}"),
        }
    }
}

#[tokio::test]
async fn what_cannot_be_decoded_is_kept() {
    let response = response(answer("200 OK", "content-type: application/json~x-a: b", "{\"n\":0}")).await;
    let error = Error::<()>::from(response.json::<Json>().unwrap_err());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.headers().unwrap()["x-a"], "b");
    let Error::Decode(undecodable) = &error else { panic!("{error:?}") };
    assert_eq!(undecodable.body, "{\"n\":0}");
    assert_eq!(undecodable.rejection.violations()[0].keyword, "minimum");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn the_media_type_that_matches() {
    for (given, declared) in [
        ("application/json", "application/json"),
        ("text/csv", "text/*"),
        ("text/event-stream; charset=utf-8", "text/event-stream"),
        ("application/problem+json", ""),
        ("garbage", ""),
    ] {
        let response = response(answer("200 OK", &format!("content-type: {given}"), "")).await;
        assert_eq!(response.media(), declared, "{given}");
    }
}

#[tokio::test]
async fn text_and_bytes() {
    let text = response(answer("200 OK", "content-type: text/plain", "äb")).await;
    assert_eq!(text.text().unwrap(), "äb");
    assert_eq!(text.decoded::<String>().unwrap(), "äb");
    assert_eq!(text.bytes(), "äb");
    let long = response(answer("200 OK", "content-type: text/plain", "abcd")).await;
    assert!(shown(long.decoded::<String>().unwrap_err()).contains("maxLength"));
    let broken =
        response(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 1\r\n\r\n\xff").await;
    assert!(shown(broken.text().unwrap_err()).contains("not UTF-8"));
}

#[tokio::test]
async fn forms() {
    for (body, expected) in
        [("n=1&s=a+b", "!maxLength"), ("n=2&s=%26", "{\"n\":2,\"s\":\"&\"}"), ("n=1&s=%ff", "!malformed")]
    {
        let response =
            response(answer("200 OK", "content-type: application/x-www-form-urlencoded", body)).await;
        let read = response.decoded::<Json>().map_or_else(shown, |json| json.to_string());
        assert!(read.contains(expected.trim_start_matches('!')), "{body}: {read}");
    }
}

#[tokio::test]
async fn headers_are_typed_and_judged() {
    let full = response(answer("200 OK", "x-ids: 1, 2~x-ids: 3~x-s: abc", "")).await;
    assert_eq!(full.header::<Vec<i64>>("X-Ids").unwrap(), Some(vec![1, 2, 3]));
    assert_eq!(full.required_header::<String>("x-s").unwrap(), "abc");
    let other = response(answer("200 OK", "x-ids: 1, b~x-s: abcd", "")).await;
    let broken = shown(other.header::<Vec<i64>>("x-ids").unwrap_err());
    assert!(broken.contains("header x-ids /1"), "{broken}");
    assert!(shown(other.required_header::<String>("x-s").unwrap_err()).contains("maxLength"));
    let none = response(answer("200 OK", "", "")).await;
    assert_eq!(none.header::<Vec<i64>>("x-ids").unwrap(), None);
    assert!(shown(none.required_header::<String>("x-s").unwrap_err()).contains("the header is missing"));
}

#[tokio::test]
async fn bodies_are_bounded() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    for (reply, limit, fits) in [
        (answer("200 OK", "", "abcdef"), 6, true),
        (answer("200 OK", "", "abcdef"), 5, false),
        (chunked.to_owned(), 6, true),
        (chunked.to_owned(), 5, false),
        ("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_owned(), 100, false),
    ] {
        let server = Server::once(&reply).await;
        let client = Client::builder(&server.url).max_body(limit).build().unwrap();
        match client.request(table(), "get").send().await {
            Ok(response) => assert!(fits && response.bytes() == "abcdef", "{reply}"),
            Err(failure) => {
                let error = Error::<()>::from(failure);
                assert!(
                    !fits && matches!(error, Error::TooLarge { .. }) && error.status().is_some(),
                    "{reply}"
                );
            }
        }
    }
}

#[tokio::test]
async fn some_responses_have_no_body() {
    let none = response(NO_CONTENT).await;
    assert_eq!(none.bytes(), "");
    let server = Server::once("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n").await;
    let head = server.client().request(table(), "head").send().await.unwrap();
    assert_eq!(head.bytes(), "");
}

#[tokio::test]
async fn redirects_are_responses() {
    let moved = response(answer("302 Found", "location: http://127.0.0.1:1/", "")).await;
    assert_eq!(moved.status(), 302);
    let error: Error = moved.undocumented().into();
    assert_eq!(error.to_string(), "the service answers 302 Found, which the contract does not declare");
    assert!(error.problem().is_none());
}

#[tokio::test]
async fn problem_details_are_read_tolerantly() {
    let problem = r##"{"type":"/probs/x","status":"404","title":7,"detail":"d","errors":[{"pointer":"#/a"}],"balance":30}"##;
    let response = response(answer("404 Not Found", "content-type: application/problem+json", problem)).await;
    let violation = response.json::<Json>().unwrap_err();
    assert!(matches!(violation, Failure::Decode(_)));
    for error in [response.declared("mine"), response.undocumented().into(), violation.into()] {
        let read = error.problem().unwrap();
        assert!(
            read.kind.starts_with("http://127.0.0.1:") && read.kind.ends_with("/probs/x"),
            "{}",
            read.kind
        );
        assert_eq!((read.status, read.title, read.detail.as_deref()), (Some(404), None, Some("d")));
        assert_eq!(read.extensions.keys().collect::<Vec<_>>(), ["errors", "balance"]);
    }
    let declared = response.declared(7);
    assert_eq!(declared.declared(), Some(&7));
    assert_eq!(declared.map(|n| n + 1).into_declared().unwrap(), 8);
}

fn small(error: Error<Json>) -> Result<(), Error<Json>> {
    Err(error)
}

#[tokio::test]
async fn errors_are_small_and_turn_into_each_other() {
    assert!(small(Failure::Timeout.into()).is_err_and(|error| error.is_timeout()));
    assert!(std::mem::size_of::<Error<[u8; 500]>>() <= 128);
}

/// Every way to cut the body in two, as chunks of their own.
fn cuts(content_type: &str, body: &str) -> Vec<Answer> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\nconnection: close\r\n\r\n");
    let pieces =
        |at| vec![head.clone().into_bytes(), body.as_bytes()[..at].to_vec(), body.as_bytes()[at..].to_vec()];
    (1..body.len()).map(pieces).collect()
}

async fn items<T: std::fmt::Debug>(
    content_type: &str,
    body: &str,
    read: impl AsyncFn(Response) -> Vec<Result<T, crate::stream::StreamError>>,
) -> Vec<String> {
    let answers = cuts(content_type, body);
    let count = answers.len();
    let server = Server::new(answers).await;
    let mut all = Vec::new();
    for _ in 0..count {
        let response =
            server.client().request(table(), "get").timeout(Duration::from_secs(5)).send().await.unwrap();
        let items = read(response).await.into_iter();
        all.push(
            items
                .map(|item| item.map_or_else(|e| format!("!{e}"), |item| format!("{item:?}")))
                .collect::<Vec<_>>(),
        );
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:?}");
    all.pop().unwrap()
}

#[tokio::test]
async fn event_streams_however_they_are_cut() {
    let body = "data: a\nid: 1\n\ndata: b\n\ndata: c\nid: 2\r\n\r\ndata: tail";
    let read = items("text/event-stream", body, async |response: Response| {
        let events = response.events::<Event>().unwrap();
        events.collect().await
    });
    let read = read.await;
    assert_eq!(read.len(), 3, "{read:?}");
    assert!(
        read[0].contains("\"a\"")
            && read[1].starts_with('!')
            && read[1].contains("/id")
            && read[2].contains("\"2\"")
    );
}

#[tokio::test]
async fn json_lines_and_sequences_however_they_are_cut() {
    let lines = async |response: Response| response.lines::<Json>().unwrap().collect().await;
    let read = items("application/jsonl", "{\"n\":1}\n\n{\"n\":0}\n{\n{\"n\":2}", lines).await;
    assert_eq!((read.len(), &*read[0], &*read[3]), (4, "{\"n\":1}", "{\"n\":2}"), "{read:?}");
    assert!(read[1].contains("minimum") && read[2].contains("malformed"), "{read:?}");
    let read = items("application/json-seq", "\u{1e}{\"n\":1}\n\u{1e}{\"n\u{1e}{\"n\":2}\n", lines).await;
    assert_eq!((read.len(), &*read[0], &*read[2]), (3, "{\"n\":1}", "{\"n\":2}"), "{read:?}");
    assert!(read[1].contains("cut short"), "{read:?}");
}

#[tokio::test]
async fn binary_streams_carry_their_type() {
    let image = response(answer("200 OK", "content-type: image/png", "abc")).await;
    let stream = image.stream().unwrap();
    assert_eq!((stream.content_type(), stream.length()), (Some("image/png"), Some(3)));
    assert_eq!(stream.collect(10).await.unwrap(), "abc");
    let page = response(answer("200 OK", "content-type: application/xhtml+xml", "<html>")).await;
    assert!(shown(page.stream().unwrap_err()).contains("`application/xhtml+xml` is not declared"));
}

/// The failures of a contract: what is generated for `4XX` and `default`.
#[derive(Debug, PartialEq)]
enum Failed {
    Client(StatusCode, Json),
    Default,
}

impl FromResponse for Failed {
    fn from_response(response: &Response) -> Result<Self, Failure> {
        match response.status() {
            400..=499 => response.with_status(Response::json, Self::Client),
            _ => Ok(Self::Default),
        }
    }
}

#[tokio::test]
async fn a_call_gives_declared_successes_and_declared_errors() {
    const DEFAULT: &str = r#"{"id":"a","method":"GET","path":"/","responses":[{"status":"default"}]}"#;
    const BESIDE: &str = r#"{"id":"a","method":"GET","path":"/","responses":[{"status":"200"},{"status":"4XX","content":[{"name":"application/json"}]},{"status":"default"}]}"#;
    const NEITHER: &str = r#"{"id":"c","method":"GET","path":"/","responses":[{"status":"200"}]}"#;
    let json = |status| answer(status, "content-type: application/json", "7");
    let client = || Failed::Client(StatusCode::NOT_FOUND, Json::parse(b"7").unwrap());
    for (operation, reply, expected) in [
        (DEFAULT, json("204 No Content"), Ok(())),
        (DEFAULT, json("301 Moved"), Err(Failed::Default)),
        (BESIDE, json("200 OK"), Ok(())),
        (BESIDE, json("201 Created"), Err(Failed::Default)),
        (BESIDE, json("404 Not Found"), Err(client())),
    ] {
        let server = Server::once(reply).await;
        let request = server.client().request(contract("", operation), "a");
        let call: Sending<(), Failed> = request.call(Response::nothing);
        let seen = call.await.map_err(|error| error.into_declared().unwrap());
        assert_eq!(seen, expected, "{operation}");
    }
    let server = Server::once(json("201 Created")).await;
    let call: Sending<()> = server.client().request(contract("", NEITHER), "c").call(Response::nothing);
    assert!(matches!(call.await, Err(Error::Undocumented(_))));
}
