//! Requests as they stand on the wire.

use bytes::Bytes;
use futures_util::stream;

use super::*;
use crate::file::File;
use crate::json::Json;
use crate::stream::{ByteStream, Event, EventStream, JsonLines};

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap()
}

/// An operation with one parameter.
fn with_parameter(path: &str, parameter: &str) -> &'static Contract {
    let operation = format!(r#"{{"id":"a","method":"GET","path":"{path}","parameters":[{parameter}]}}"#);
    contract("{}", &operation)
}

/// path template | parameter without its name | value | target, or `!` and the reason
const TARGETS: &str = r#"
/x/{p} | "in":"path","style":"simple" | "blue" | /v1/x/blue
/x/{p} | "in":"path","style":"simple" | "a/b?c#d%" | /v1/x/a%2Fb%3Fc%23d%25
/x/{p} | "in":"path","style":"simple" | ["a,b","c"] | /v1/x/a%2Cb,c
/x/{p} | "in":"path","style":"matrix","explode":true | {"R":100,"G":200} | /v1/x/;R=100;G=200
/x/{p} | "in":"path","style":"label","explode":true | ["blue","black"] | /v1/x/.blue.black
/x/{p}:activate | "in":"path","style":"simple" | 7 | /v1/x/7:activate
/x/{p} | "in":"path","style":"simple" | ".." | !the path parameter `p` cannot be sent: `.` and `..` would lead to another path
/x/{p}/y | "in":"path","style":"simple" | "." | !the path parameter `p` cannot be sent: `.` and `..` would lead to another path
/x/{p} | "in":"path","style":"simple" | "" | !the path parameter `p` cannot be sent: an empty value would lead to another path
/x/{p} | "in":"path","style":"simple" | "%2e%2e" | /v1/x/%252e%252e
/x/{p} | "in":"path","style":"simple" | "...\\..\n" | /v1/x/...%5C..%0A
/x | "in":"query","style":"form","explode":true | ["a&b","c"] | /v1/x?p=a%26b&p=c
/x | "in":"query","style":"form","explode":true | null | /v1/x
/x | "in":"query","style":"form","explode":true | "" | /v1/x?p=
/x | "in":"query","style":"form","explode":true | "it's \"~\" +1" | /v1/x?p=it%27s%20%22~%22%20%2B1
/x?beta=true | "in":"query","style":"form","explode":true | 1.50 | /v1/x?beta=true&p=1.5
/x | "in":"query","style":"deepObject","explode":true | {"R":100,"a b":"["} | /v1/x?p%5BR%5D=100&p%5Ba%20b%5D=%5B
/x | "in":"query","style":"pipeDelimited" | ["blue","black"] | /v1/x?p=blue%7Cblack
/x | "in":"query","allowReserved":true,"style":"form" | "a/b?c=d&e" | /v1/x?p=a/b?c=d%26e
/x | "in":"query","content":"application/json" | {"a":1} | /v1/x?p=%7B%22a%22%3A1%7D
/x | "in":"querystring","content":"application/x-www-form-urlencoded" | {"a":"b c","d":[1,2]} | /v1/x?a=b%20c&d=1&d=2
/x | "in":"header","style":"simple" | "a\nb" | !the header parameter `p` cannot be sent: a header cannot hold control characters
/a b/{p} | "in":"path","style":"simple" | "ü" | /v1/a%20b/%C3%BC
"#;

#[tokio::test]
async fn targets_byte_by_byte() {
    for line in TARGETS.trim().lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let contract = with_parameter(cells[0], &format!(r#"{{"name":"p","schema":0,{}}}"#, cells[1]));
        let server = Server::once(NO_CONTENT).await;
        let client = Client::new(&format!("{}/v1/", server.url)).unwrap();
        let (request, value) = (client.request(contract, "a"), json(cells[2]));
        let request = match contract.operation("a").unwrap().parameters[0].location {
            crate::operation::Location::Path => request.path("p", &value),
            crate::operation::Location::Query => request.query("p", &value),
            crate::operation::Location::Querystring => request.querystring("p", &value),
            _ => request.header("p", &value),
        };
        let sent = match request.send().await {
            Ok(_) => server.target(),
            Err(failure) => {
                assert_eq!(server.requests().len(), 0, "{line}");
                format!("!{}", Error::<()>::from(failure))
            }
        };
        assert_eq!(sent, cells[3], "{line}");
    }
}

const MANY: &str = r#"{"id":"a","method":"GET","path":"/x","parameters":[
{"name":"X-Ids","in":"header","style":"simple","schema":0},{"name":"h","in":"header","style":"simple","schema":0},
{"name":"c","in":"cookie","style":"form","explode":true,"schema":0},{"name":"d","in":"cookie","style":"form","schema":0},
{"name":"q","in":"query","style":"form","schema":0},{"name":"r","in":"query","style":"form","schema":0}],
"responses":[{"status":"200","content":[{"name":"application/json"},{"name":"text/csv"}]},
{"status":"default","content":[{"name":"application/problem+json"},{"name":"application/json"}]}]}"#;

#[tokio::test]
async fn headers_cookies_and_what_is_left_out() {
    let contract = contract("{}", &MANY.replace('\n', ""));
    let server = Server::once(NO_CONTENT).await;
    let client = Client::builder(&server.url)
        .user_agent("me/1")
        .header("H", "default")
        .header("x", "y")
        .build()
        .unwrap();
    let request = client
        .request(contract, "a")
        .header("x-ids", &vec![1, 2, 3])
        .header("h", "100%25")
        .cookie("c", &vec!["a b", "c"]);
    let request = request.cookie("d", &None::<i32>).query("q", &1).query("r", &Some("s")).query("q", &2);
    request.send().await.unwrap();
    assert_eq!(server.target(), "/x?q=2&r=s");
    for (name, value) in [
        ("X-Ids", "1,2,3"),
        ("h", "100%25"),
        ("x", "y"),
        ("cookie", "c=a%20b; c=c"),
        ("user-agent", "me/1"),
        ("accept", "application/json, text/csv, application/problem+json"),
    ] {
        assert_eq!(server.header(name), [value], "{name}");
    }
    assert!(server.header("content-type").is_empty());
}

#[tokio::test]
async fn what_the_table_does_not_have_is_an_error() {
    let client = Client::new("http://127.0.0.1:1").unwrap();
    let contract = with_parameter("/x/{id}", "");
    let fails = async |request: Request| Error::<()>::from(request.send().await.unwrap_err()).to_string();
    let broken = "the table of operations is broken: ";
    assert_eq!(fails(client.request(contract, "b")).await, format!("{broken}it has no operation `b`"));
    let unknown = client.request(contract, "a").query("q", "a");
    assert_eq!(fails(unknown).await, format!("{broken}there is no query parameter `q`"));
    let typeless = client.request(contract, "a").body("a");
    assert_eq!(fails(typeless).await, format!("{broken}the operation takes no body of type ``"));
    let unset = fails(client.request(contract, "a")).await;
    assert_eq!(unset, "the path parameter `id` cannot be sent: it has no value");
    let infinite =
        client.request(with_parameter("/", r#"{"name":"q","schema":0}"#), "a").query("q", &f64::INFINITY);
    assert!(fails(infinite).await.contains("inf is not a JSON number"));
}

#[tokio::test]
async fn an_operation_may_have_a_server_of_its_own() {
    let operation = r#"{"id":"a","method":"GET","path":"/x","servers":["/v2"]}"#;
    let server = Server::new(vec![vec![NO_CONTENT.into()], vec![NO_CONTENT.into()]]).await;
    let base = format!("{}/v1", server.url);
    Client::new(&base).unwrap().request(contract("", operation), "a").send().await.unwrap();
    assert_eq!(server.target(), "/v2/x");
    let client = Client::builder(&base).ignore_operation_servers().build().unwrap();
    Client::request(&client, contract("", operation), "a").send().await.unwrap();
    assert_eq!(server.target(), "/v1/x");
}

/// media type with what else the table says of it | value | Content-Type | body
const BODIES: &str = r#"
"name":"application/json" | {"a":[1.0,null]} | application/json | {"a":[1,null]}
"name":"application/vnd.x+json;v=2" | "x" | application/vnd.x+json;v=2 | "x"
"name":"application/x-www-form-urlencoded","kind":"form" | {"o":{"k":1},"a":["x y","&"],"n":null} | application/x-www-form-urlencoded | o=%7B%22k%22%3A1%7D&a=x%20y&a=%26
"name":"text/plain","kind":"text" | "a\"b" | text/plain | a"b
"name":"text/*","kind":"text" | 1.50 | text/plain | 1.5
"name":"application/jsonl","kind":"jsonLines" | [{"a":1},2] | application/jsonl | {"a":1}~2~
"#;

async fn sent(media: &str, write: impl FnOnce(Request) -> Request) -> Server {
    let operation = format!(r#"{{"id":"a","method":"POST","path":"/","body":{{"content":[{{{media}}}]}}}}"#);
    let server = Server::once(NO_CONTENT).await;
    write(server.client().request(contract("{}", &operation), "a")).send().await.unwrap();
    server
}

#[tokio::test]
async fn bodies_by_their_media_type() {
    for line in BODIES.trim().lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let server = sent(cells[0], |request| request.body(&json(cells[1]))).await;
        assert_eq!(server.header("content-type"), [cells[2]], "{line}");
        assert_eq!(server.body(), cells[3].replace('~', "\n"), "{line}");
    }
    let server = sent(r#""name":"application/json""#, |request| request.optional_body(None::<&Json>)).await;
    assert!(server.header("content-type").is_empty());
    assert_eq!(server.body(), "");
}

struct Upload;

impl crate::Encode for Upload {
    fn encode(&self, writer: &mut crate::Writer) {
        writer.open_object();
        writer.member("n", &1);
        writer.member("o", &json(r#"{"k":"ü"}"#));
        writer.member("a", &vec!["x", "é"]);
        writer.member("ao", &json(r#"[{"k":1},{"k":2}]"#));
        writer.member("f", &File::new("bytes").named("a\"b.png").with_content_type("image/png"));
        writer.member("files", &vec![File::new("1"), File::new("2")]);
        writer.member("h", &json(r#"{"R":100}"#));
        writer.member("none", &None::<i32>);
        writer.close_object();
    }
}

const UPLOAD: &str = r#""name":"multipart/form-data","kind":"multipart","shape":{"object":{"members":{
"n":"number","o":{"object":{}},"a":{"array":"string"},"ao":{"array":{"object":{}}},"f":"file","files":{"array":"file"},
"h":{"object":{}},"none":"number"}}},"encoding":[{"name":"h","style":"deepObject","contentType":"application/xml"},
{"name":"files","contentType":"application/pdf, image/*"}]"#;

#[tokio::test]
async fn multipart_parts_by_their_shape_and_encoding() {
    let server = sent(&UPLOAD.replace('\n', ""), |request| request.body(&Upload)).await;
    let content_type = server.header("content-type").remove(0);
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |name: &str, media: &str, text: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name={name}\r\nContent-Type: {media}\r\n\r\n{text}\r\n"
        )
    };
    let expected = [
        part("\"n\"", "text/plain", "1"),
        part("\"o\"", "application/json", "{\"k\":\"ü\"}"),
        part("\"a\"", "text/plain", "x"),
        part("\"a\"", "text/plain; charset=utf-8", "é"),
        part("\"ao\"", "application/json", "{\"k\":1}"),
        part("\"ao\"", "application/json", "{\"k\":2}"),
        part("\"f\"; filename=\"a%22b.png\"", "image/png", "bytes"),
        part("\"files\"; filename=\"files\"", "application/pdf", "1"),
        part("\"files\"; filename=\"files\"", "application/pdf", "2"),
        part("\"h[R]\"", "text/plain", "100"),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(server.body(), expected.concat());
}

#[tokio::test]
async fn bytes_and_streams() {
    let image = r#""name":"image/*","kind":"binary""#;
    let server = sent(image, |request| request.body_bytes("image/*", "abc").content_type("image/png")).await;
    assert_eq!(
        (server.header("content-type"), server.body()),
        (vec!["image/png".to_owned()], "abc".to_owned())
    );
    let known = ByteStream::from("abc").with_content_type("image/gif");
    let server = sent(image, |request| request.body_stream("image/*", known)).await;
    assert_eq!(server.header("content-type"), ["image/gif"]);
    assert_eq!(server.header("content-length"), ["3"]);
    assert_eq!(server.body(), "abc");
    let chunks = stream::iter(["ab", "c"].map(|chunk| Ok::<_, std::io::Error>(Bytes::from(chunk))));
    let server = sent(image, |request| request.body_stream("image/*", ByteStream::new(chunks))).await;
    assert_eq!(server.header("content-type"), ["application/octet-stream"]);
    assert_eq!(server.body(), "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
}

#[tokio::test]
async fn items_are_sent_as_they_come() {
    let items = || stream::iter([1, 2].map(Ok::<i32, std::io::Error>));
    let plain = |server: &Server| {
        let body = server.body();
        body.split("\r\n").skip(1).step_by(2).collect::<String>()
    };
    let lines = r#""name":"application/jsonl","kind":"jsonLines""#;
    let server =
        sent(lines, |request| request.body_lines("application/jsonl", JsonLines::new(items()))).await;
    assert_eq!(plain(&server), "1\n2\n");
    let sequence = r#""name":"application/json-seq","kind":"jsonSeq""#;
    let server =
        sent(sequence, |request| request.body_lines("application/json-seq", JsonLines::new(items()))).await;
    assert_eq!(plain(&server), "\u{1e}1\n\u{1e}2\n");
    let events = r#""name":"text/event-stream","kind":"events""#;
    let typed = EventStream::new(stream::iter([Ok::<_, std::io::Error>(Event::new("a\nb").id("1"))]));
    let server = sent(events, |request| request.body_events("text/event-stream", typed)).await;
    assert_eq!(plain(&server), "id: 1\ndata: a\ndata: b\n\n");
    let server =
        sent(events, |request| request.body_event_data("text/event-stream", EventStream::new(items()))).await;
    assert_eq!(plain(&server), "data: 1\n\ndata: 2\n\n");
}
