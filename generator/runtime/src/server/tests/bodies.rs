use axum::body::Body;
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};

use super::fixture::{Answer, ECHO, post, request, send, server};
use crate::json::Json;
use crate::server::Handler;

fn operation(required: bool, content: &str) -> String {
    format!(
        r#"{{"id":"o","method":"POST","path":"/b","body":{{"required":{required},"content":[{content}]}},"responses":[{{"status":"200","content":[{{"name":"application/json"}}]}}]}}"#
    )
}

fn outcome(answer: &Answer) -> String {
    match answer.status {
        200 => answer.json().get("body").map_or("none".to_owned(), Json::to_string),
        status => format!("{status} {} {}", answer.code(), answer.details().join("; ")).trim_end().to_owned(),
    }
}

const JSON: &str = r#"{"name":"application/json","kind":"json","schema":0}"#;

/// T33.
#[tokio::test]
async fn is_there_a_body() {
    let optional = operation(false, JSON);
    let required = operation(true, JSON);
    for (table, content_type, body, expected) in [
        (&optional, "", "", "none"),
        (&optional, "application/json", "", "none"),
        (&optional, "application/json", "null", "null"),
        (&optional, "", "1", "1"),
        (&required, "", "", "400 MALFORMED_BODY"),
        (&required, "application/json", "", "400 MALFORMED_BODY"),
        (&required, "application/json", "{} x", "400 MALFORMED_BODY"),
        (&required, "application/json", r#"{"a":1,"a":2}"#, "400 MALFORMED_BODY"),
        (&required, "application/json", "\u{feff}{}", "400 MALFORMED_BODY"),
        (&required, "application/json", r#""\ud800""#, "400 MALFORMED_BODY"),
    ] {
        assert_eq!(outcome(&post(table, content_type, body).await), expected, "{content_type} {body}");
    }
    // An empty body whose length the head does not tell.
    let chunked = || Body::from_stream(futures_util::stream::empty::<Result<Bytes, std::io::Error>>());
    assert_eq!(outcome(&post(&optional, "application/json", chunked()).await), "none");
    assert_eq!(outcome(&post(&required, "application/json", chunked()).await), "400 MALFORMED_BODY");
}

/// T34.
#[tokio::test]
async fn the_media_type_decides() {
    let several =
        operation(true, &format!(r#"{JSON},{{"name":"text/*","kind":"text","shape":"string","schema":1}}"#));
    for (content_type, body, expected) in [
        ("application/json; charset=utf-8", "[1]", "[1]"),
        ("Application/JSON", "[1]", "[1]"),
        ("text/csv", "a,b", r#""a,b""#),
        ("text/plain; charset=latin1", "a", "415 UNSUPPORTED_MEDIA_TYPE"),
        ("application/json; charset=latin1", "1", "415 UNSUPPORTED_MEDIA_TYPE"),
        ("application/problem+json", "1", "415 UNSUPPORTED_MEDIA_TYPE"),
        ("", "1", "415 UNSUPPORTED_MEDIA_TYPE"),
        ("garbage", "1", "400 MALFORMED_HEADER"),
    ] {
        assert_eq!(outcome(&post(&several, content_type, body).await), expected, "{content_type}");
    }
    let refused = post(&several, "image/png", "x").await;
    assert_eq!(refused.header("accept"), "application/json, text/*");
    assert!(refused.body.contains("this operation takes application/json, text/*"), "{}", refused.body);
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let router = server(&[(several.as_str(), ECHO)]).into_router();
    let coded = send(router, request("POST /b", &headers, "x")).await;
    assert_eq!((coded.status, coded.header("accept-encoding")), (415, "identity"));
}

#[tokio::test]
async fn every_violation_is_told_at_once() {
    let table = r#"{"id":"o","method":"POST","path":"/b","parameters":[{"name":"v","in":"query","style":"form","explode":true,"required":true,"shape":"number","schema":2}],"body":{"required":true,"content":[{"name":"application/json","kind":"json","schema":8}]},"responses":[{"status":"200","content":[{"name":"application/json"}]}]}"#;
    let answer = post(table, "application/json", r#"{"n":10,"x":1}"#).await;
    assert_eq!((answer.status, answer.header("content-type")), (422, "application/problem+json"));
    let details = answer.details();
    assert_eq!(details.len(), 3, "{details:?}");
    assert_eq!(details[0], "query v required");
    assert!(details.contains(&"body /n maximum".to_owned()), "{details:?}");
    assert!(details.iter().any(|detail| detail.starts_with("body /x")), "{details:?}");
}

#[tokio::test]
async fn bodies_that_are_too_large() {
    let table = operation(true, JSON);
    let limited = || server(&[(table.as_str(), ECHO)]).body_limit(8).into_router();
    let json = [("content-type", "application/json")];
    let answer = send(limited(), request("POST /b", &json, "\"1234567\"")).await;
    assert_eq!(outcome(&answer), "413 PAYLOAD_TOO_LARGE");
    let chunks = ["\"1234", "567\""].map(|chunk| Ok::<_, std::io::Error>(Bytes::from(chunk)));
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    assert_eq!(outcome(&send(limited(), request("POST /b", &json, body)).await), "413 PAYLOAD_TOO_LARGE");
    assert_eq!(outcome(&send(limited(), request("POST /b", &json, "\"123456\"")).await), "\"123456\"");
    let raised = server(&[(table.as_str(), ECHO)]).body_limit(8).body_limit_of("o", 9).into_router();
    assert_eq!(send(raised, request("POST /b", &json, "\"1234567\"")).await.status, 200);
    let broken =
        Body::from_stream(futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("gone"))]));
    assert_eq!(outcome(&send(limited(), request("POST /b", &json, broken)).await), "400 MALFORMED_BODY");
}

#[tokio::test]
async fn urlencoded_forms() {
    let table = operation(
        true,
        r#"{"name":"application/x-www-form-urlencoded","kind":"form","schema":8,"shape":{"object":{"members":{"n":"number"}}}}"#,
    );
    let form = "application/x-www-form-urlencoded";
    assert_eq!(outcome(&post(&table, form, "n=5").await), r#"{"n":5}"#);
    assert_eq!(outcome(&post(&table, form, "n=10").await), "422 VALIDATION_FAILED body /n maximum");
    assert_eq!(outcome(&post(&table, form, "n=%zz").await), "400 MALFORMED_BODY");
    assert_eq!(outcome(&post(&table, form, "n=1&n=2").await), "422 VALIDATION_FAILED body /n duplicate");
}

const MULTIPART: &str = r#"{"name":"multipart/form-data","kind":"multipart","schema":0,"shape":{"object":{"members":{"n":"number","o":{"object":{"members":{},"rest":"json"}},"a":{"array":"string"},"f":"file","h":{"object":{"members":{"R":"number"}}}}}},"encoding":[{"name":"h","style":"deepObject","explode":true},{"name":"f","contentType":"image/png, image/*"}]}"#;

fn parts(parts: &[(&str, &str, &str)]) -> String {
    let part = |(disposition, content_type, body): &(&str, &str, &str)| {
        let content_type = match *content_type {
            "" => String::new(),
            given => format!("Content-Type: {given}\r\n"),
        };
        format!("--X\r\nContent-Disposition: form-data; {disposition}\r\n{content_type}\r\n{body}\r\n")
    };
    parts.iter().map(part).collect::<String>() + "--X--\r\n"
}

/// T35.
#[tokio::test]
async fn multipart_bodies() {
    let table = operation(true, MULTIPART);
    let form = "multipart/form-data; boundary=X";
    let body = parts(&[
        ("name=\"a\"", "", "x"),
        ("name=\"n\"", "", "5"),
        ("name=\"h[R]\"", "", "7"),
        ("name=\"f\"; filename=\"x.png\"", "image/png", "PNG"),
        ("name=\"a\"", "", "y%20"),
        ("name=\"o\"", "application/json", r#"{"k":1}"#),
        ("name=\"z\"", "", "rest"),
    ]);
    let expected = r#"{"n":5,"o":{"k":1},"a":["x","y%20"],"f":"\u0000file:0","h":{"R":7},"z":"rest"}"#;
    let answer = post(&table, form, body).await;
    let seen = outcome(&answer);
    assert_eq!(Json::parse(seen.as_bytes()).ok(), Json::parse(expected.as_bytes()).ok(), "{seen}");
    for (body, expected) in [
        (parts(&[("name=\"o\"", "", "{},\"x\":1")]), "400 MALFORMED_BODY"),
        (parts(&[("filename=\"x\"", "", "1")]), "400 MALFORMED_BODY"),
        ("--X\r\nnonsense".to_owned(), "400 MALFORMED_BODY"),
        (parts(&[("name=\"f\"", "text/html", "x")]), "422 VALIDATION_FAILED body /f contentType"),
    ] {
        assert_eq!(outcome(&post(&table, form, body).await), expected);
    }
    assert_eq!(outcome(&post(&table, "multipart/form-data", "x").await), "400 MALFORMED_BODY");
    let limited = server(&[(table.as_str(), ECHO)]).part_limit(4).max_parts(2).into_router();
    let headers = [("content-type", form)];
    for body in [parts(&[("name=\"n\"", "", "12345")]), parts(&[("name=\"a\"", "", "x"); 3])] {
        let answer = send(limited.clone(), request("POST /b", &headers, body)).await;
        assert_eq!(outcome(&answer), "413 PAYLOAD_TOO_LARGE");
    }
}

const SIZE: Handler<super::fixture::Shop> = |_, call| {
    async move {
        let body = call.body_stream();
        call.settle()?;
        let bytes = body?.collect(usize::MAX).await?;
        call.reply(200)
            .json(&Json::Object([("body".to_owned(), Json::from(bytes.len()))].into_iter().collect()))
    }
    .boxed()
};

#[tokio::test]
async fn binary_bodies_are_streamed() {
    let table = operation(true, r#"{"name":"*/*","kind":"binary"}"#);
    let router = || server(&[(table.as_str(), SIZE)]).body_limit(8).into_router();
    let headers = [("content-type", "image/png")];
    assert_eq!(outcome(&send(router(), request("POST /b", &headers, vec![0xff_u8; 8])).await), "8");
    let answer = send(router(), request("POST /b", &headers, vec![0xff_u8; 9])).await;
    assert_eq!(outcome(&answer), "413 PAYLOAD_TOO_LARGE");
    assert_eq!(outcome(&send(router(), request("POST /b", &[], "")).await), "400 MALFORMED_BODY");
}

const SUM: Handler<super::fixture::Shop> = |_, call| {
    async move {
        let lines = call.body_lines::<i64>();
        call.settle()?;
        let (mut lines, mut sum) = (lines?, 0);
        while let Some(item) = lines.next().await {
            sum += item?;
        }
        call.reply(200).json(&Json::Object([("body".to_owned(), Json::from(sum))].into_iter().collect()))
    }
    .boxed()
};

#[tokio::test]
async fn json_lines_are_read_as_they_come() {
    let table = operation(true, r#"{"name":"application/jsonl","kind":"jsonLines","itemSchema":2}"#);
    let ask = |body: &'static str| {
        let router = server(&[(table.as_str(), SUM)]).into_router();
        async move {
            outcome(&send(router, request("POST /b", &[("content-type", "application/jsonl")], body)).await)
        }
    };
    assert_eq!(ask("1\n2\n\n3").await, "6");
    assert_eq!(ask("1\n\"x\"\n").await, "422 VALIDATION_FAILED type");
    assert_eq!(ask("1\n{\n").await, "400 MALFORMED_BODY");
    let whole = operation(true, r#"{"name":"application/jsonl","kind":"jsonLines","schema":5}"#);
    assert_eq!(outcome(&post(&whole, "application/jsonl", "1\n2\n").await), "[1,2]");
    assert_eq!(outcome(&post(&whole, "application/jsonl", "1],[2\n").await), "400 MALFORMED_BODY");
}
