//! Request bodies on the wire: every kind, how it is chosen, what is refused.

use serde_json::{Value, json};
use test_wire::{Message, send};

const JSON: &str = "Content-Type: application/json";

async fn post(body: &str, header: &[&str], bytes: impl AsRef<[u8]>) -> Message {
    let server = test_broad::start().await;
    send(server, &format!("POST /broad/v1/bodies/{body}"), header, bytes.as_ref()).await
}

fn code(reply: &Message) -> (u16, Value) {
    (reply.status(), reply.json()["code"].clone())
}

#[tokio::test]
async fn json_bodies() {
    let thing = r#"{"name":"lamp","size":3,"tags":["a"],"color":{"R":1,"G":2,"B":3}}"#;
    for media in
        ["application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;q=1"]
    {
        let reply = post("json", &[&format!("Content-Type: {media}")], thing).await;
        assert_eq!(reply.status(), 200, "{media}: {}", reply.text());
        assert_eq!(reply.json(), serde_json::from_str::<Value>(thing).unwrap());
        assert_eq!(reply.header("content-type"), Some("application/json"));
    }
    for media in ["text/plain", "application/problem+json", "application/json; charset=latin1"] {
        let reply = post("json", &[&format!("Content-Type: {media}")], thing).await;
        assert_eq!(code(&reply), (415, json!("UNSUPPORTED_MEDIA_TYPE")), "{media}");
    }
    let reply = post("json", &["Content-Type: garbage"], thing).await;
    assert!(matches!(reply.status(), 400 | 415), "{}", reply.text());
}

#[tokio::test]
async fn a_required_body_must_be_there() {
    for header in [&[][..], &[JSON][..]] {
        let reply = post("json", header, "").await;
        assert_eq!(reply.status(), 400, "{header:?}: {}", reply.text());
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
    }
}

#[tokio::test]
async fn any_json_is_any_json() {
    for body in ["null", "1", r#""x""#, r#"[{"a":null}]"#] {
        let reply = post("any", &[JSON], body).await;
        assert_eq!((reply.status(), reply.text().as_str()), (200, body));
    }
}

#[tokio::test]
async fn absent_null_and_present_bodies_differ() {
    let thing = json!({"name": "lamp"});
    for body in ["optional", "nullable"] {
        assert_eq!(post(body, &[], "").await.json(), json!({"kind": "absent"}), "{body}");
        let reply = post(body, &[JSON], thing.to_string()).await;
        assert_eq!(reply.json(), json!({"kind": "json", "value": thing}), "{body}");
    }
    assert_eq!(post("nullable", &[JSON], "null").await.json(), json!({"kind": "null"}));
    assert_eq!(post("optional", &[JSON], "null").await.status(), 422);
}

#[tokio::test]
async fn forms() {
    let form = "name=Ann+B&count=3&flag=true&tags=x&tags=y%2Cz&piped=1%7C2&reserved=a/b\
                &color=%7B%22R%22%3A1%2C%22G%22%3A2%2C%22B%22%3A3%7D&deep%5BR%5D=4&deep%5BG%5D=5&deep[B]=6";
    let header = ["Content-Type: application/x-www-form-urlencoded"];
    let reply = post("form", &header, form).await;
    let expected = json!({
        "name": "Ann B", "count": 3, "flag": true, "tags": ["x", "y,z"], "piped": [1, 2], "reserved": "a/b",
        "color": {"R": 1, "G": 2, "B": 3}, "deep": {"R": 4, "G": 5, "B": 6}
    });
    assert_eq!((reply.status(), reply.json()), (200, expected), "{}", reply.text());
    let reply = post("form", &header, "name=&count=x").await;
    assert_eq!(reply.status(), 422);
    assert_eq!(reply.json()["details"].as_array().map(Vec::len), Some(2), "{}", reply.text());
}

/// A multipart body of parts, each a header block and a body.
fn multipart(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (headers, body) in parts {
        bytes.extend_from_slice(b"--edge\r\nContent-Disposition: form-data; ");
        bytes.extend_from_slice(headers.as_bytes());
        bytes.extend_from_slice(b"\r\n\r\n");
        bytes.extend_from_slice(body);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"--edge--\r\n");
    bytes
}

const MULTIPART: &str = "Content-Type: multipart/form-data; boundary=edge";

#[tokio::test]
async fn multipart_bodies() {
    let body = multipart(&[
        ("name=\"tags\"", b"a,b"),
        ("name=\"cover\"; filename=\"c.png\"\r\nContent-Type: image/png", b"\x89PNG\r\n\0"),
        ("name=\"title\"", "Übersicht".as_bytes()),
        ("name=\"tags\"", b"c"),
        ("name=\"count\"", b"7"),
        ("name=\"thing\"\r\nContent-Type: application/json", br#"{"name":"lamp"}"#),
        ("name=\"things\"\r\nContent-Type: application/json", br#"{"name":"one"}"#),
        ("name=\"things\"\r\nContent-Type: application/json", br#"{"name":"two"}"#),
        ("name=\"color[R]\"", b"1"),
        ("name=\"color[G]\"", b"2"),
        ("name=\"color[B]\"", b"3"),
        ("name=\"attachments\"; filename=\"a.bin\"", b"12"),
        ("name=\"attachments\"; filename=\"b.bin\"", b""),
    ]);
    let reply = post("multipart", &[MULTIPART], body).await;
    let expected = json!({
        "title": "Übersicht", "count": 7, "thing": {"name": "lamp"}, "color": {"R": 1, "G": 2, "B": 3},
        "tags": ["a,b", "c"], "things": [{"name": "one"}, {"name": "two"}],
        "cover": {"size": 7, "fileName": "c.png", "contentType": "image/png"},
        "attachments": [{"size": 2, "fileName": "a.bin"}, {"size": 0, "fileName": "b.bin"}]
    });
    assert_eq!(reply.status(), 200, "{}", reply.text());
    let mut received = reply.json();
    // Whether a part without a type has the default type or none is up to the reader.
    for index in 0..2 {
        received["attachments"][index].as_object_mut().map(|file| file.remove("contentType"));
    }
    assert_eq!(received, expected);
}

#[tokio::test]
async fn wrong_multipart_bodies() {
    let cover: (&str, &[u8]) = ("name=\"cover\"; filename=\"c.png\"\r\nContent-Type: image/png", b"x");
    let reply = post("multipart", &[MULTIPART], multipart(&[("name=\"title\"", b"t")])).await;
    assert_eq!((reply.status(), &reply.json()["details"][0]["keyword"]), (422, &json!("required")));
    let reply = post("multipart", &[MULTIPART], multipart(&[("name=\"title\"", b""), cover])).await;
    assert_eq!((reply.status(), &reply.json()["details"][0]["keyword"]), (422, &json!("minLength")));
    let thing: (&str, &[u8]) = ("name=\"thing\"\r\nContent-Type: application/json", b"{\"name\":");
    let reply = post("multipart", &[MULTIPART], multipart(&[("name=\"title\"", b"t"), cover, thing])).await;
    assert!(matches!(reply.status(), 400 | 422), "{}", reply.text());
    let reply = post("multipart", &[MULTIPART], b"--edge\r\nContent-Disposition: form-data; name=\"ti").await;
    assert_eq!(reply.status(), 400, "cut off: {}", reply.text());
    let reply = post("multipart", &["Content-Type: multipart/form-data"], b"x").await;
    assert_eq!(reply.status(), 400, "no boundary: {}", reply.text());
}

#[tokio::test]
async fn text_and_bytes() {
    let reply = post("text", &["Content-Type: text/plain; charset=utf-8"], "größe").await;
    assert_eq!((reply.status(), reply.text().as_str()), (200, "größe"));
    let reply = post("text", &["Content-Type: text/plain"], "x".repeat(21)).await;
    assert_eq!((reply.status(), &reply.json()["details"][0]["keyword"]), (422, &json!("maxLength")));
    let reply = post("text", &["Content-Type: text/plain"], b"\xff\xfe").await;
    assert_eq!(reply.status(), 400, "not UTF-8: {}", reply.text());
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let reply = post("binary", &["Content-Type: application/octet-stream"], &bytes).await;
    assert_eq!((reply.status(), reply.body == bytes), (200, true));
    assert_eq!(reply.header("content-type"), Some("application/octet-stream"));
}

#[tokio::test]
async fn media_ranges() {
    let reply = post("image", &["Content-Type: image/webp"], b"RIFF").await;
    assert_eq!(reply.json(), json!({"kind": "image", "value": 4}));
    assert_eq!(post("image", &["Content-Type: video/mp4"], b"x").await.status(), 415);
}

#[tokio::test]
async fn json_lines() {
    let header = ["Content-Type: application/jsonl"];
    let reply = post("lines", &header, "{\"name\":\"a\"}\r\n{\"name\":\"b\"}\n\n{\"name\":\"c\"}").await;
    assert_eq!(reply.json(), json!([{"name": "a"}, {"name": "b"}, {"name": "c"}]), "{}", reply.text());
    let reply = post("lines", &header, "{\"name\":\"a\"}\n{\"name\":\"\"}\n").await;
    assert_eq!(reply.status(), 422, "{}", reply.text());
    let reply = post("lines", &header, "{\"name\":\"a\"}\n{\"name\n").await;
    assert_eq!(reply.status(), 400, "{}", reply.text());
}

#[tokio::test]
async fn the_content_type_chooses() {
    let cases = [
        (
            "several",
            "application/json",
            r#"{"name":"lamp"}"#,
            json!({"kind": "json", "value": {"name": "lamp"}}),
        ),
        (
            "several",
            "application/x-www-form-urlencoded",
            "name=a",
            json!({"kind": "form", "value": {"name": "a"}}),
        ),
        ("several", "text/plain", "hi", json!({"kind": "text", "value": "hi"})),
        ("several", "application/octet-stream", "hi", json!({"kind": "bytes", "value": 2})),
        (
            "json-kinds",
            "application/vnd.broad.thing+json",
            r#"{"name":"a"}"#,
            json!({"kind": "thing", "value": {"name": "a"}}),
        ),
        (
            "json-kinds",
            "application/vnd.broad.color+json; v=2",
            r#"{"R":1,"G":2,"B":3}"#,
            json!({"kind": "color", "value": {"R": 1, "G": 2, "B": 3}}),
        ),
    ];
    for (body, media, bytes, expected) in cases {
        let reply = post(body, &[&format!("Content-Type: {media}")], bytes).await;
        assert_eq!((reply.status(), reply.json()), (200, expected), "{media}");
    }
    let reply = post("several", &["Content-Type: application/xml"], "<a/>").await;
    assert_eq!(code(&reply), (415, json!("UNSUPPORTED_MEDIA_TYPE")));
    let reply =
        post("json-kinds", &["Content-Type: application/vnd.broad.color+json"], r#"{"name":"a"}"#).await;
    assert_eq!(code(&reply), (422, json!("VALIDATION_FAILED")));
}

#[tokio::test]
async fn chunked_bodies_are_bodies() {
    let server = test_broad::start().await;
    let request = "POST /broad/v1/bodies/json HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\
                   Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
                   8\r\n{\"name\":\r\n3\r\n\"a\"\r\n1\r\n}\r\n0\r\n\r\n";
    let reply = Message::parse(&test_wire::raw(server, request.as_bytes()).await);
    assert_eq!((reply.status(), reply.json()), (200, json!({"name": "a"})));
}
