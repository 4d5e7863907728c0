//! What OpenAPI 3.2 adds, through generated code: `QUERY`, `additionalOperations`, `in: querystring`, `itemSchema`,
//! cookies in a style of their own, `defaultMapping`, and references by `$self`.

use std::net::SocketAddr;

use counterpart_runtime::server::ApiError;
use counterpart_runtime::stream::{BoxError, EventStream, JsonLines};
use futures_util::{StreamExt, TryStreamExt, stream};
use test_broad::modern::server::{
    CopyNote, CopyNoteResponse, EchoShape, EchoShapeResponse, ImportNotes, ImportNotesResponse, ListNotes,
    ListNotesResponse, SearchNotes, SearchNotesResponse, WatchChanges, WatchChangesResponse,
};
use test_broad::modern::types::{self, ListNotesFilter, Note, SearchNotesBody, Shape};
use test_broad::modern::{Api, Client, server};
use test_wire::{get, send};

struct Archive;

fn note(text: &str) -> Note {
    Note { text: text.to_owned() }
}

fn change(data: &str) -> Result<types::WatchChangesResponse, BoxError> {
    Ok(types::WatchChangesResponse { event: types::WatchChangesResponseEvent::Change, data: data.to_owned() })
}

impl Api for Archive {
    async fn search_notes(&self, request: SearchNotes) -> Result<SearchNotesResponse, ApiError> {
        let found: [Result<Note, BoxError>; 2] = [Ok(note(&request.body.words)), Ok(note("two"))];
        Ok(SearchNotesResponse::Ok(JsonLines::new(stream::iter(found))))
    }

    async fn list_notes(&self, request: ListNotes) -> Result<ListNotesResponse, ApiError> {
        let ListNotesFilter { limit, tag } = request.filter;
        Ok(ListNotesResponse::Ok([vec![limit.to_string()], tag.unwrap_or_default()].concat()))
    }

    async fn import_notes(&self, request: ImportNotes) -> Result<ImportNotesResponse, ApiError> {
        let notes: Vec<Note> = request.body.try_collect().await?;
        Ok(ImportNotesResponse::Ok(i32::try_from(notes.len())?))
    }

    async fn copy_note(&self, request: CopyNote) -> Result<CopyNoteResponse, ApiError> {
        Ok(CopyNoteResponse::Created(note(&format!("{} {}", request.id, request.session))))
    }

    async fn watch_changes(&self, _: WatchChanges) -> Result<WatchChangesResponse, ApiError> {
        Ok(WatchChangesResponse::Ok(EventStream::new(stream::iter(["a", "b"].map(change)))))
    }

    async fn echo_shape(&self, request: EchoShape) -> Result<EchoShapeResponse, ApiError> {
        Ok(EchoShapeResponse::Ok(request.body))
    }
}

async fn start() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = server(Archive).into_router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn client(server: SocketAddr) -> Client {
    Client::new(&format!("http://{server}")).unwrap()
}

const JSON: &str = "Content-Type: application/json";

#[tokio::test]
async fn query_is_a_method_with_a_body() {
    let server = start().await;
    let words = SearchNotesBody { words: "ink".to_owned() };
    let found = client(server).search_notes(&words).send().await.unwrap();
    assert_eq!(found.try_collect::<Vec<Note>>().await.unwrap(), [note("ink"), note("two")]);
    let reply = send(server, "QUERY /notes", &[JSON], br#"{"words":"ink"}"#).await;
    assert_eq!(reply.header("content-type"), Some("application/jsonl"));
    assert_eq!(reply.text(), "{\"text\":\"ink\"}\n{\"text\":\"two\"}\n");
    assert_eq!(send(server, "QUERY /notes", &[JSON], br#"{"words":"i"}"#).await.status(), 422);
    assert_eq!(get(server, "PUT /notes").await.header("allow"), Some("QUERY, GET, POST"));
}

#[tokio::test]
async fn additional_operations_keep_their_method() {
    let server = start().await;
    assert_eq!(client(server).copy_note(7, "s 1").send().await.unwrap(), note("7 s 1"));
    let copied = send(server, "COPY /notes/7", &["Cookie: other=1; session=a%b"], b"").await;
    assert_eq!((copied.status(), copied.text().as_str()), (201, r#"{"text":"7 a%b"}"#));
    assert_eq!(send(server, "COPY /notes/7", &["Cookie: session=123456789"], b"").await.status(), 422);
    assert_eq!(get(server, "GET /notes/7").await.header("allow"), Some("COPY"));
}

#[tokio::test]
async fn the_query_string_is_one_value() {
    let server = start().await;
    let filter = ListNotesFilter { limit: 3, tag: Some(vec!["a&b".to_owned(), "c".to_owned()]) };
    assert_eq!(client(server).list_notes(&filter).send().await.unwrap(), ["3", "a&b", "c"]);
    assert_eq!(get(server, "GET /notes?limit=2&tag=x&tag=y").await.text(), r#"["2","x","y"]"#);
    let refused = get(server, "GET /notes?limit=10").await.json();
    assert_eq!(refused["details"][0]["in"], "querystring");
    assert_eq!(refused["details"][0]["keyword"], "maximum");
    assert_eq!(get(server, "GET /notes").await.status(), 422);
}

#[tokio::test]
async fn items_of_sequences_are_judged_one_by_one() {
    let server = start().await;
    let notes = JsonLines::new(stream::iter(["a", "b"].map(|text| Ok::<_, BoxError>(note(text)))));
    assert_eq!(client(server).import_notes(notes).send().await.unwrap(), 2);
    let lines = ["Content-Type: application/jsonl"];
    assert_eq!(send(server, "POST /notes", &lines, b"{\"text\":\"a\"}\n").await.text(), "1");
    assert_eq!(
        send(server, "POST /notes", &lines, b"{\"text\":\"a\"}\n{\"text\":\"\"}\n").await.status(),
        422
    );
}

#[tokio::test]
async fn events_have_the_schema_of_items() {
    let server = start().await;
    let mut events = client(server).watch_changes().send().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert_eq!(get(server, "GET /changes").await.text().matches("event: change\n").count(), 2);
}

#[tokio::test]
async fn a_default_mapping_lets_the_tag_be_absent() {
    let server = start().await;
    for (sent, status) in [
        (r#"{"width":2}"#, 200),
        (r#"{"kind":"crate","width":2}"#, 200),
        (r#"{"kind":"circle","radius":1}"#, 200),
        (r#"{"kind":"circle","width":2}"#, 422),
    ] {
        let reply = send(server, "POST /shapes", &[JSON], sent.as_bytes()).await;
        assert_eq!(reply.status(), status, "{sent}: {}", reply.text());
    }
    let circle = types::Circle { kind: types::CircleKind::Circle, radius: 1.0 };
    let sent = Shape::Circle(circle.into());
    assert_eq!(client(server).echo_shape(&sent).send().await.unwrap(), sent);
}
