//! Bodies that say what JSON says in another form: what is on the wire, and generated client to generated server.

use std::net::SocketAddr;

use axum::http::{HeaderName, HeaderValue};
use counterpart_runtime::File;
use counterpart_runtime::server::ApiError;
use counterpart_runtime::stream::{BoxError, EventStream, JsonLines};
use futures_util::{TryStreamExt, stream};
use test_broad::media::server::*;
use test_broad::media::types::{
    self, Person, Pod, PutSettingsBody, PutSettingsBodyMode, PutSettingsResponse as Settings, Shelf,
    ShelfResponse,
};
use test_broad::media::{Client, client, server};
use test_wire::{Message, send};

struct Echo;

impl Api for Echo {
    async fn create_pod(&self, request: CreatePod) -> Result<CreatePodResponse, ApiError> {
        match request.body {
            CreatePodBody::Json(pod) => Ok(CreatePodResponse::Ok(pod)),
            CreatePodBody::VndPodsProtobuf(_) => Err(ApiError::not_found("no protobuf here")),
        }
    }

    async fn put_settings(&self, request: PutSettings) -> Result<PutSettingsResponse, ApiError> {
        let mode = request.body.map(|body| body.mode.to_string());
        Ok(PutSettingsResponse::Ok(Settings { mode }))
    }

    async fn add_person(&self, request: AddPerson) -> Result<AddPersonResponse, ApiError> {
        Ok(AddPersonResponse::Created(request.body))
    }

    async fn put_shelves(&self, request: PutShelves) -> Result<PutShelvesResponse, ApiError> {
        let shelves =
            request.body.into_iter().map(|shelf| ShelfResponse { size: shelf.size, label: shelf.label });
        Ok(PutShelvesResponse::Ok(shelves.collect()))
    }

    async fn send_events(&self, request: SendEvents) -> Result<SendEventsResponse, ApiError> {
        let events: Vec<types::SendEventsBody> = request.body.try_collect().await?;
        Ok(SendEventsResponse::Ok(events.iter().map(|event| event.n).sum()))
    }

    async fn send_lines(&self, request: SendLines) -> Result<SendLinesResponse, ApiError> {
        let lines: Vec<i32> = request.body.try_collect().await?;
        Ok(SendLinesResponse::Ok(lines.iter().sum()))
    }

    async fn send_file(&self, request: SendFile) -> Result<SendFileResponse, ApiError> {
        let headers = request.body.file.headers;
        let text = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.to_string(), value.to_str().unwrap_or("").to_owned())
        };
        Ok(SendFileResponse::Ok(headers.iter().map(text).collect()))
    }

    async fn put_notes(&self, request: PutNotes) -> Result<PutNotesResponse, ApiError> {
        Ok(PutNotesResponse::Ok(request.body))
    }
}

async fn start() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = server(Echo).into_router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn client_of(server: SocketAddr) -> Client {
    Client::new(&format!("http://{server}")).unwrap()
}

const YAML: &str = "Content-Type: application/yaml";

async fn pod(text: &str) -> Message {
    send(start().await, "POST /pods", &[YAML], text.as_bytes()).await
}

const POD: &str = "name: lamp\nlabels: {app: web, level: \"1\"}\nports:\n- 80\n- 0x1BB\nsize: 18446744073709551617\nversion: 1.0.0\n";

#[tokio::test]
async fn yaml_is_read_like_json() {
    let reply = pod(POD).await;
    let expected = r#"{"name":"lamp","labels":{"app":"web","level":"1"},"ports":[80,443],"size":18446744073709551617,"version":"1.0.0"}"#;
    assert_eq!((reply.status(), reply.text().as_str()), (200, expected));
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn yaml_is_written_where_it_is_liked_best() {
    let header = [YAML, "Accept: application/json;q=0.5, application/yaml"];
    let reply = send(start().await, "POST /pods", &header, POD.as_bytes()).await;
    assert_eq!(reply.header("content-type"), Some("application/yaml"));
    let expected = "name: lamp\nlabels:\n  app: web\n  level: \"1\"\nports:\n  - 80\n  - 443\nsize: 18446744073709551617\nversion: \"1.0.0\"\n";
    assert_eq!(reply.text(), expected);
}

#[tokio::test]
async fn violations_of_yaml_are_those_of_json() {
    let reply = pod("name: ''\nports: [80, http]\nversion: 1.0").await;
    assert_eq!(reply.status(), 422);
    let details = reply.json()["details"].clone();
    let told = |index: usize| (details[index]["field"].clone(), details[index]["keyword"].clone());
    assert_eq!(told(0), ("/name".into(), "minLength".into()));
    assert_eq!(told(1), ("/ports/1".into(), "type".into()));
    assert_eq!(told(2), ("/version".into(), "type".into()));
}

#[tokio::test]
async fn what_is_no_yaml_is_malformed() {
    let laughs = (b'b'..=b'z').fold("a: &a [x, x, x, x]\n".to_owned(), |text, letter| {
        let (own, other) = (char::from(letter), char::from(letter - 1));
        format!("{text}{own}: &{own} [*{other}, *{other}, *{other}, *{other}]\n")
    });
    for text in ["name: [", "name: a\nname: b", "? {a: b}\n: c", "name: !thing a", "a: 1\n---\nb: 2", &laughs]
    {
        let reply = pod(text).await;
        assert_eq!(reply.status(), 400, "{text}: {}", reply.text());
        assert_eq!(reply.json()["code"], "MALFORMED_BODY");
        let detail = reply.json()["detail"].as_str().unwrap_or_default().to_owned();
        assert!(detail.starts_with("the request body cannot be read as YAML: "), "{detail}");
    }
}

#[tokio::test]
async fn client_and_server_speak_yaml() {
    let client = client_of(start().await);
    let lamp: Pod = counterpart_runtime::decode(br#"{"name":"lamp: {","ports":[1,2]}"#).unwrap();
    let reply = client.create_pod(client::CreatePodBody::Json(&lamp)).send().await.unwrap();
    assert_eq!(reply, lamp);
    let body = PutSettingsBody { mode: PutSettingsBodyMode::On, sizes: None };
    let reply = client.put_settings().body(&body).send().await.unwrap();
    assert_eq!(reply.mode.as_deref(), Some("on"));
    let text = client.put_notes("a: [").send().await.unwrap();
    assert_eq!(text, "a: [");
}

const PERSON: &str = r#"<?xml version="1.0"?>
<!-- As the standard shows it. -->
<Person id="123">
  <sample:name xmlns:sample="https://example.com/schema/sample">Ann &amp; B</sample:name>
  <books>
    <book>one</book>
    <book/>
  </books>
  <mails>a@b</mails>
  <friend id="4"><s:name xmlns:s="https://example.com/schema/sample"><![CDATA[C<]]></s:name></friend>
</Person>"#;

async fn person(accept: &str, text: &str) -> Message {
    let accept = format!("Accept: {accept}");
    send(start().await, "POST /people", &["Content-Type: application/xml", &accept], text.as_bytes()).await
}

#[tokio::test]
async fn xml_is_read_as_the_contract_says() {
    let reply = person("application/json", PERSON).await;
    let expected =
        r#"{"id":123,"name":"Ann & B","books":["one",""],"mails":["a@b"],"friend":{"id":4,"name":"C<"}}"#;
    assert_eq!((reply.status(), reply.text().as_str()), (201, expected));
}

#[tokio::test]
async fn xml_is_written_as_the_contract_says() {
    let reply = person("application/xml", PERSON).await;
    assert_eq!(reply.header("content-type"), Some("application/xml"));
    let expected = concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Person id=\"123\">",
        "<sample:name xmlns:sample=\"https://example.com/schema/sample\">Ann &amp; B</sample:name>",
        "<books><book>one</book><book></book></books><mails>a@b</mails><friend id=\"4\">",
        "<sample:name xmlns:sample=\"https://example.com/schema/sample\">C&lt;</sample:name></friend></Person>\n",
    );
    assert_eq!(reply.text(), expected);
}

#[tokio::test]
async fn violations_of_xml_are_those_of_json() {
    let text =
        "<Person id='0'><n:name xmlns:n='https://example.com/schema/sample'/><friend id='x'/></Person>";
    let reply = person("*/*", text).await;
    assert_eq!(reply.status(), 422);
    let told: Vec<(String, String)> = reply.json()["details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (one["field"].as_str().unwrap_or("").to_owned(), one["keyword"].as_str().unwrap_or("").to_owned())
        })
        .collect();
    let expected =
        [("/id", "minimum"), ("/name", "minLength"), ("/friend/id", "type"), ("/friend/name", "required")];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (field, keyword) in expected {
        assert!(told.contains(&(field.to_owned(), keyword.to_owned())), "{field} {keyword}: {told:?}");
    }
    let reply = person("*/*", "<person/>").await;
    assert_eq!((reply.status(), reply.json()["details"][0]["keyword"].as_str()), (422, Some("xml")));
}

#[tokio::test]
async fn entities_are_refused() {
    for text in [
        "<!DOCTYPE Person [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Person id='1'>&x;</Person>",
        "<Person id='1'><name>&x;</name></Person>",
        "<Person",
        "",
    ] {
        let reply = person("*/*", text).await;
        assert_eq!(reply.status(), 400, "{text}: {}", reply.text());
    }
}

#[tokio::test]
async fn client_and_server_speak_xml() {
    let client = client_of(start().await);
    let ann: Person = counterpart_runtime::decode(
        br#"{"id":1,"name":" <&>\"'\r\n ","books":[],"mails":["a","b"],"friend":{"id":2,"name":"b"}}"#,
    )
    .unwrap();
    assert_eq!(client.add_person(&ann).send().await.unwrap(), ann);
    let shelf = |text: &str| counterpart_runtime::decode::<Shelf>(text.as_bytes()).unwrap();
    let shelves = [shelf(r#"{"size":1.5,"secret":"s","label":null}"#), shelf(r#"{"size":2}"#)];
    let back = client.put_shelves(&shelves).send().await.unwrap();
    assert_eq!(back.len(), 2);
    assert_eq!((back[0].label.clone(), back[1].label.clone()), (Some(None), None));
    let header = ["Content-Type: application/vnd.shelf+xml"];
    let text = "<shelves><shelf secret='s'><size>1</size></shelf><shelf><size>0</size></shelf></shelves>";
    let reply = send(start().await, "PUT /shelves", &header, text.as_bytes()).await;
    assert_eq!((reply.status(), reply.json()["details"][0]["field"].as_str()), (422, Some("/1/size")));
}

#[tokio::test]
async fn events_of_requests_are_typed_and_judged() {
    let server = start().await;
    let events = [1, 2, 3].map(|n| Ok::<_, BoxError>(types::SendEventsBody { n }));
    let sum = client_of(server).send_events(EventStream::new(stream::iter(events))).send().await.unwrap();
    assert_eq!(sum, 6);
    let header = ["Content-Type: text/event-stream"];
    let reply =
        send(server, "POST /events", &header, b"data: {\"n\":\ndata: 4}\n\n: note\n\ndata: {\"n\":5}\n\n")
            .await;
    assert_eq!((reply.status(), reply.text().as_str()), (200, "9"));
    let reply = send(server, "POST /events", &header, b"data: {\"n\":-1}\n\n").await;
    assert_eq!((reply.status(), reply.json()["details"][0]["keyword"].as_str()), (422, Some("minimum")));
    assert_eq!(send(server, "POST /events", &header, b"data: x\n\n").await.status(), 400);
}

#[tokio::test]
async fn lines_are_counted() {
    let server = start().await;
    let lines = |count| JsonLines::new(stream::iter((0..count).map(Ok::<i32, BoxError>)));
    assert_eq!(client_of(server).send_lines(lines(3)).send().await.unwrap(), 3);
    for (text, keyword) in [("1\n", "minItems"), ("1\n2\n3\n4\n", "maxItems"), ("\n", "minItems")] {
        let reply = send(server, "POST /lines", &["Content-Type: application/jsonl"], text.as_bytes()).await;
        assert_eq!(
            (reply.status(), reply.json()["details"][0]["keyword"].as_str()),
            (422, Some(keyword)),
            "{text}"
        );
    }
}

#[tokio::test]
async fn headers_of_parts_are_sent_handed_over_and_judged() {
    let server = start().await;
    let client = client_of(server);
    let mut file = File::new("a,b").named("t.csv").with_content_type("text/csv");
    let body = |file: &File| types::SendFileBody { file: file.clone() };
    let error = client.send_file(&body(&file)).send().await.unwrap_err();
    assert!(error.to_string().contains("the part `file` needs the header X-Rows"), "{error}");
    file.headers.insert("x-rows", HeaderValue::from_static("2"));
    let reply = client.send_file(&body(&file)).send().await.unwrap();
    assert_eq!(reply.get("x-rows").map(String::as_str), Some("2"));
    file.headers.insert("x-rows", HeaderValue::from_static("0"));
    file.headers.insert("x-note", HeaderValue::from_static("long"));
    let refused = client.send_file(&body(&file)).send().await.unwrap_err();
    let problem = refused.problem().unwrap();
    let told: Vec<&str> = problem.details.iter().map(|one| &*one.keyword).collect();
    assert_eq!(told, ["minimum", "maxLength"], "{problem:?}");
}

#[tokio::test]
async fn the_client_chooses_the_form_of_a_body_and_of_its_answer() {
    let lamp: Pod = counterpart_runtime::decode(br#"{"name":"lamp"}"#).unwrap();
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/yaml\r\nContent-Length: 10\r\n\r\nname: lamp";
    let seen = test_wire::record(answer).await;
    let client = Client::new(&seen.url()).unwrap();
    let call = client.create_pod(client::CreatePodBody::Json(&lamp)).written_as("application/yaml");
    assert_eq!(call.preferring("application/yaml").send().await.unwrap(), lamp);
    let request = seen.request().await;
    assert_eq!(request.header("content-type"), Some("application/yaml"));
    assert_eq!(request.text(), "name: lamp\n");
    let accept = request.header("accept").unwrap();
    assert!(accept.starts_with("application/yaml, application/json;q=0.5"), "{accept}");

    let server = client_of(start().await);
    let person: Person = counterpart_runtime::decode(br#"{"id":1,"name":"Ada"}"#).unwrap();
    for (form, answer) in [("application/xml", "application/json"), ("application/json", "application/xml")] {
        let call = server.add_person(&person).written_as(form).preferring(answer);
        assert_eq!(call.send().await.unwrap(), person, "{form}");
    }
    // Protobuf is offered for other bodies than this one, and text for none.
    for form in ["application/vnd.pods.protobuf", "text/plain", "yaml"] {
        let call = server.create_pod(client::CreatePodBody::Json(&lamp)).written_as(form);
        let error = call.send().await.unwrap_err().to_string();
        assert!(error.contains(&format!("cannot be written as `{form}`")), "{error}");
    }
}
