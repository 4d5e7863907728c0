//! T20 and T21 over HTTP, T33 to T35: bodies of requests.

use counterpart_runtime::{File, decode};
use serde_json::{Value, json};
use test_traps::requests::{Client, types};
use test_wire::{Message, record, send};

use crate::{OK, findings, refusal};

const JSON: &str = "Content-Type: application/json";

async fn post(path: &str, headers: &[&str], body: &[u8]) -> Message {
    send(test_traps::requests().await, &format!("POST {path}"), headers, body).await
}

/// Policy: a request has no `readOnly` members, a response no `writeOnly` ones; what is sent all the same is ignored.
#[tokio::test]
async fn t20_what_was_read_can_be_sent_back() {
    let server = test_traps::requests().await;
    let put = async |body: &str| send(server, "PUT /t20", &[JSON], body.as_bytes()).await;
    let reply = put(r#"{"pw": "p", "name": "n"}"#).await;
    assert_eq!((reply.status(), reply.json()), (200, json!({"id": 7, "name": "n"})), "no pw comes back");
    let reply = put(r#"{"id": 7, "name": "n", "pw": "p"}"#).await;
    assert_eq!(reply.status(), 200, "{}", reply.text());
    assert_eq!(put(r#"{"id": 7, "name": "n"}"#).await.status(), 422, "pw is required of requests");
}

/// The option `read-only`: `reject`, and `strict-3.1`, by which both marks are notes.
#[tokio::test]
async fn t20_the_other_two_readings() {
    let (reject, strict) = test_traps::users().await;
    let put = async |server, body: &str| send(server, "PUT /user", &[JSON], body.as_bytes()).await;
    let (whole, half) = (r#"{"id":7,"pw":"p","name":"n"}"#, r#"{"pw":"p","name":"n"}"#);
    assert_eq!(put(reject, half).await.json(), json!({"id": 7, "name": "n"}));
    assert_eq!(refusal(&put(reject, whole).await), (422, "body /id readOnly".to_owned()));
    assert_eq!(put(strict, whole).await.text(), whole);
    assert_eq!(refusal(&put(strict, half).await), (422, "body /id required".to_owned()));
    let client = |server| format!("http://{server}");
    let user = test_traps::reject::types::UserRequest { pw: "p".to_owned(), name: "n".to_owned() };
    let user = test_traps::reject::Client::new(&client(reject)).unwrap().put(&user).send().await.unwrap();
    assert_eq!((user.id, user.name.as_str()), (7, "n"));
    let user = test_traps::strict::types::User { id: 1, pw: "p".to_owned(), name: "n".to_owned() };
    let answer = test_traps::strict::Client::new(&client(strict)).unwrap().put(&user).send().await.unwrap();
    assert_eq!(answer, user);
}

#[tokio::test]
async fn t21_a_default_is_for_the_handler() {
    let server = test_traps::requests().await;
    let call = async |query: &str, body: &str| {
        send(server, &format!("POST /t21{query}"), &[JSON], body.as_bytes()).await.json()
    };
    assert_eq!(call("", "{}").await, json!({"limit": 20, "n": 5, "m": 5, "body": {}}));
    assert_eq!(call("?limit=3", r#"{"m": null}"#).await, json!({"limit": 3, "n": 5, "body": {"m": null}}));
    let recorder =
        record("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").await;
    Client::new(&recorder.url()).unwrap().t21().send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "POST /t21", "a client does not send it");
}

#[tokio::test]
async fn t33_is_there_a_body() {
    for (headers, body, answer) in [
        (&[][..], "", json!("absent")),
        (&[JSON], "", json!("absent")),
        (&[JSON], "null", json!("null")),
        (&[JSON], "{}", json!({})),
    ] {
        let reply = post("/t33", headers, body.as_bytes()).await;
        assert_eq!((reply.status(), reply.json()), (200, answer), "{headers:?} {body:?}");
    }
    for (path, body) in [
        ("/t33/required", &b""[..]),
        ("/t33", b"{} x"),
        ("/t33", b"{\"a\":1,\"a\":2}"),
        ("/t33", b"\xef\xbb\xbf{}"),
        ("/t33", b"{\"a\":"),
    ] {
        let reply = post(path, &[JSON], body).await;
        assert_eq!((reply.status(), &reply.json()["code"]), (400, &json!("MALFORMED_BODY")), "{body:?}");
        assert!(!reply.text().contains("EOF while"), "{}", reply.text());
    }
    let missing = post("/t33/required", &[JSON], b"").await.text();
    assert!(
        missing.contains("required") || missing.contains("missing") || missing.contains("body"),
        "{missing}"
    );
}

#[tokio::test]
async fn t33_a_body_where_none_is_usual() {
    let body = |method: &str| {
        findings(&format!(
            "paths: {{/a: {{{method}: {{requestBody: {{content: {{application/json: {{}}}}}}, {OK}}}}}}}"
        ))
    };
    for method in ["get", "delete", "head"] {
        assert_eq!(body(method), ["warning unusual-body"], "{method}");
    }
    let reply = send(test_traps::requests().await, "DELETE /t33", &[JSON], b"{\"a\":1}").await;
    assert_eq!((reply.status(), reply.json()), (200, json!({"body": {"a": 1}})));
}

#[tokio::test]
async fn t34_the_most_specific_media_type_wins() {
    for (content_type, chosen) in [
        ("application/json; charset=utf-8", "application/json"),
        ("Application/JSON", "application/json"),
        ("application/vnd.x+json;v=2", "application/vnd.x+json"),
        ("application/problem+json", "*/*"),
        ("text/csv", "text/*"),
        ("image/png", "*/*"),
    ] {
        let reply = post("/t34", &[&format!("Content-Type: {content_type}")], b"{}").await;
        assert_eq!((reply.status(), reply.json()), (200, json!(chosen)), "{content_type}");
    }
    assert_eq!(post("/t34", &["Content-Type: garbage"], b"{}").await.status(), 400);
    assert_eq!(
        post("/t34", &["Content-Length: 2"], b"{}").await.status(),
        415,
        "Policy: several are declared"
    );
    assert_eq!(post("/t33", &["Content-Length: 2"], b"{}").await.status(), 200, "Policy: one is declared");
    for content_type in ["application/xml", "application/json; charset=iso-8859-1"] {
        let reply = post("/t34/few", &[&format!("Content-Type: {content_type}")], b"{}").await;
        assert_eq!(reply.status(), 415, "{content_type}");
        assert_eq!(reply.header("accept"), Some("application/json, text/plain"), "RFC 9110, section 15.5.16");
    }
}

#[tokio::test]
async fn t34_accept_chooses_and_can_refuse() {
    let accept = async |accept: &str| {
        let headers = ["Content-Type: text/plain", &format!("Accept: {accept}")];
        let reply = post("/t34/few", &headers, b"x").await;
        (reply.status(), reply.header("content-type").unwrap_or_default().to_owned())
    };
    assert_eq!(accept("application/json").await, (200, "application/json".to_owned()));
    assert!(accept("text/csv").await.1.starts_with("text/csv"));
    assert!(
        accept("text/csv;q=0.1, application/json;q=0").await.1.starts_with("text/csv"),
        "q=0 is honoured"
    );
    assert_eq!(accept("image/png").await, (406, "application/problem+json".to_owned()));
    assert_eq!(accept("application/json;q=0, text/csv;q=0").await.0, 406, "q=0 is a refusal");
}

fn part(head: &str, body: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
}

async fn multipart(parts: &[String]) -> Message {
    let body = parts.concat() + "--b--\r\n";
    post("/t35", &["Content-Type: multipart/form-data; boundary=b"], body.as_bytes()).await
}

#[tokio::test]
async fn t35_parts_are_read_by_their_schema_in_any_order() {
    let reply = multipart(&[
        part("name=\"h[R]\"", "1"),
        part("name=\"a\"", "x,y"),
        part("name=\"ao\"\r\nContent-Type: application/json", "{\"k\":1}"),
        part("name=\"f\"; filename=\"c \\\"1%22.bin\"", "\u{0}"),
        part("name=\"ao\"", "{}"),
        part("name=\"zzz\"", "unknown"),
        part("name=\"g\"", "aGk="),
        part("name=\"o\"", "{\"k\":2}"),
        part("name=\"a\"", "z"),
        part("name=\"n\"", "7"),
    ])
    .await;
    let expected = json!({
        "n": 7, "o": {"k": 2}, "a": ["x,y", "z"], "ao": [{"k": 1}, {}], "g": "aGk=", "h": {"R": 1},
        "f": {"name": "c \"1\".bin", "type": "", "bytes": "\u{0}"}
    });
    assert_eq!((reply.status(), reply.json()), (200, expected));
    let (status, why) = refusal(&multipart(&[part("name=\"n\"", "x")]).await);
    assert_eq!((status, why.as_str()), (422, "body /n type"));
}

#[tokio::test]
async fn t35_parts_are_written_with_their_default_types() {
    let client = Client::new(&format!("http://{}", test_traps::requests().await)).unwrap();
    let parts: types::Parts =
        decode(br#"{"n":7,"o":{"k":1},"a":["x","y"],"ao":[{"k":1}],"g":"aGk=","h":{"R":1}}"#).unwrap();
    let file = File {
        bytes: vec![1, 2].into(),
        file_name: Some("q\"%\r\nü.png".to_owned()),
        content_type: Some("image/png".to_owned()),
        ..File::default()
    };
    let parts = types::Parts { f: Some(file), ..parts };
    let echo: Value = serde_json::from_str(&client.t35(&parts).send().await.unwrap().to_string()).unwrap();
    assert_eq!(echo["f"], json!({"name": "q\"%\r\nü.png", "type": "image/png", "bytes": "\u{1}\u{2}"}));
    let recorder =
        record("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").await;
    Client::new(&recorder.url()).unwrap().t35(&parts).send().await.unwrap();
    let body = recorder.request().await.text();
    for (name, content_type) in [
        ("n", "text/plain"),
        ("o", "application/json"),
        ("a", "text/plain"),
        ("ao", "application/json"),
        ("f", "image/png"),
        ("g", "application/octet-stream"),
        ("h[R]", "text/plain"),
    ] {
        let head =
            body.split("; name=\"").find(|part| part.starts_with(&format!("{name}\""))).unwrap_or_default();
        let head = head.split("\r\n\r\n").next().unwrap_or_default();
        assert!(head.contains(&format!("Content-Type: {content_type}")), "{name}: {head}");
    }
    assert_eq!(body.matches("name=\"a\"").count(), 2);
    assert!(body.contains("filename=\"q%22%%0D%0Aü.png\""), "{body}");
}

#[tokio::test]
async fn t35_forms_without_an_encoding() {
    const FORM: &str = "Content-Type: application/x-www-form-urlencoded";
    let reply = post("/t35/form", &[FORM], b"o=%7B%22k%22%3A1%7D&a=x+y&a=z%2B&n=7&zzz=1").await;
    assert_eq!(reply.json(), json!({"body": {"o": {"k": 1}, "a": ["x y", "z+"], "n": 7}}));
    let recorder =
        record("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").await;
    let pairs: types::Pairs = decode(br#"{"o":{"k":1},"a":["x y","z+"],"n":7}"#).unwrap();
    Client::new(&recorder.url()).unwrap().t35_form(&pairs).send().await.unwrap();
    let sent = recorder.request().await.text();
    assert!(
        matches!(
            sent.as_str(),
            "o=%7B%22k%22%3A1%7D&a=x%20y&a=z%2B&n=7" | "o=%7B%22k%22%3A1%7D&a=x+y&a=z%2B&n=7"
        ),
        "{sent}"
    );
}

#[test]
fn t35_encodings_without_a_property_are_named() {
    let body = "{content: {multipart/form-data: {schema: {type: object, properties: {b: {type: string}}}, encoding: {a: {contentType: text/plain}}}}}";
    let found = findings(&format!("paths: {{/a: {{post: {{requestBody: {body}, {OK}}}}}}}"));
    assert_eq!(found, ["warning encoding-without-property"]);
}
