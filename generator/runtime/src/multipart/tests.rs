use super::*;
use crate::file::File;
use crate::json::Json;
use crate::operation::{Media, Operation};
use crate::schema::Contract;
use crate::style::Refusal;
use bytes::Bytes;

static CONTRACT: Contract = Contract::new("{\"type\":\"integer\",\"minimum\":2}\n{\"type\":\"string\"}", "");

const LIMITS: Limits = Limits { part: 100, count: 6 };

fn media(layout: &str) -> Media {
    let line = format!(
        r#"{{"id":"a","method":"POST","path":"/","body":{{"content":[{{"name":"multipart/mixed","kind":"multipart",{layout}}}]}}}}"#
    );
    let operation = Operation::from_json(&Json::parse(line.as_bytes()).unwrap()).unwrap();
    operation.body.unwrap().content.remove(0)
}

/// An array of a number, a file with a header, and a nested array of JSON and text.
const MIXED: &str = r#""shape":{"array":"json"},"prefix":[
    {"shape":"number"},
    {"shape":"file","contentType":"image/*","headers":[{"name":"X-N","in":"header","schema":0,"shape":"number","required":true}]}],
    "item":{"shape":{"array":"string"},"contentType":"multipart/mixed","item":{"shape":"string"},
        "prefix":[{"shape":{"object":{"members":{}}},"headers":[{"name":"X-Kind","in":"header","schema":1,"fixed":"a b"}]}]}"#;

fn picture(number: &'static str) -> File {
    let mut file = File::new("\u{0}\r\n--").named("p.png").with_content_type("image/png");
    file.headers.insert("x-n", http::HeaderValue::from_static(number));
    file
}

#[test]
fn what_is_written_is_read() {
    let media = media(MIXED);
    let value = Json::parse("[7,\"\\u0000file:0\",[{\"a\":[1]},\"b\",\"c\"]]".as_bytes()).unwrap();
    let files = [picture("2")];
    let (bytes, content_type) = write(&CONTRACT, &media, &value, &files).unwrap();
    let parts =
        read(&CONTRACT, &media, Some(&content_type), &bytes, Limits { part: 1000, count: 6 }).unwrap();
    assert_eq!(Json::parse(&parts.json).unwrap(), value);
    assert_eq!(parts.files, files);
    assert_eq!(parts.violations, []);
    let text = String::from_utf8_lossy(&bytes);
    for expected in [
        "Content-Type: text/plain\r\n\r\n7\r\n",
        "Content-Disposition: attachment; filename=\"p.png\"\r\nContent-Type: image/png\r\nx-n: 2\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=counterpart-",
        "Content-Type: application/json\r\nx-kind: a b\r\n\r\n{\"a\":[1]}\r\n",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in {text}");
    }
}

#[test]
fn what_the_contract_does_not_say_is_told_with_its_place() {
    let media = media(MIXED);
    let value = Json::parse(b"[7,\"\\u0000file:0\"]").unwrap();
    let text = |number, content_type: &str| {
        let file = picture(number).with_content_type(content_type);
        let (bytes, content_type) = write(&CONTRACT, &media, &value, &[file]).unwrap();
        let parts = read(&CONTRACT, &media, Some(&content_type), &bytes, LIMITS).unwrap();
        parts.violations.iter().map(|one| format!("{}{}", one.pointer, one.keyword)).collect::<Vec<_>>()
    };
    assert_eq!(text("1", "image/gif"), ["/1minimum"]);
    assert_eq!(text("2", "text/plain"), ["/1contentType"]);
    assert!(write(&CONTRACT, &media, &value, &[File::new("")]).unwrap_err().contains("needs the header X-N"));
}

#[test]
fn parts_of_parts_count_and_must_be_whole() {
    let media = media(
        r#""shape":{"array":"json"},"item":{"shape":{"array":"string"},"contentType":"multipart/mixed"}"#,
    );
    let read = |body: &str| {
        let body = Bytes::copy_from_slice(body.as_bytes());
        let read = read(&CONTRACT, &media, Some("multipart/mixed; boundary=A"), &body, LIMITS);
        read.map(|parts| String::from_utf8(parts.json).unwrap())
    };
    let head = "--A\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n";
    let nested = |count: usize| format!("{}--B--", "--B\r\n\r\nx\r\n".repeat(count));
    let one = read(&format!("{head}{}\r\n--A--", nested(1)));
    assert_eq!(one.unwrap(), r#"[["x"]]"#);
    assert!(matches!(read(&format!("{head}{}\r\n--A--", nested(6))), Err(Refused::TooMany)));
    assert!(matches!(read(&format!("{head}{}\r\n--A--", nested(50))), Err(Refused::TooLarge)));
    for broken in [
        format!("{head}--B\r\n\r\nx\r\n--A--"),
        "--A\r\nContent-Type: multipart/mixed\r\n\r\n\r\n--A--".into(),
    ] {
        let refused = read(&broken);
        assert!(matches!(refused, Err(Refused::Unreadable(Refusal::Malformed(_)))), "{refused:?}");
    }
}

#[test]
fn a_part_too_many_hides_nothing_and_one_that_nobody_reads_does_no_harm() {
    let media = media(
        r#""shape":{"object":{"members":{"n":"number","l":{"array":"string"},"f":"file"}}},
        "encoding":[{"name":"f","contentType":"image/png"}]"#,
    );
    let part = |name: &str, more: &str, value: &[u8]| {
        [
            format!("--A\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n").as_bytes(),
            value,
            b"\r\n",
        ]
        .concat()
    };
    let body = [
        part("n", "", b"1"),
        part("other", "", b"\xff"),
        part("f", "\r\nContent-Type: text/plain", b"\xfe"),
        part("n", "", b"2"),
        part("l", "", b"a"),
        part("l", "", b"b"),
        b"--A--".to_vec(),
    ];
    let body = Bytes::from(body.concat());
    let limits = Limits { part: 100, count: 10 };
    let parts = read(&CONTRACT, &media, Some("multipart/form-data; boundary=A"), &body, limits).unwrap();
    let json = String::from_utf8(parts.json).unwrap();
    assert_eq!(json, "{\"n\":1,\"l\":[\"a\",\"b\"],\"f\":\"\\u0000file:0\",\"other\":\"\u{fffd}\"}");
    let found: Vec<_> =
        parts.violations.iter().map(|one| format!("{} {}", one.pointer, one.keyword)).collect();
    assert_eq!(found, ["/f contentType", "/n duplicate"]);
    assert_eq!(parts.files.len(), 1);
}
