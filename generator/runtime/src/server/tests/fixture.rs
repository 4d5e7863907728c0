use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::json::{Json, Map};
use crate::operation::Location;
use crate::schema::Contract;
use crate::server::{ApiError, Call, Handler, Route, Server};

/// Schemas by index: 0 any, 1 string, 2 integer, 3 boolean, 4 strings, 5 integers, 6 object with R and G integers,
/// 7 object with required `a`, 8 object with integer `n`, at most 9, closed.
pub(super) const SCHEMAS: &str = r#"true
{"type":"string"}
{"type":"integer"}
{"type":"boolean"}
{"type":"array","items":{"type":"string"}}
{"type":"array","items":{"type":"integer"}}
{"type":"object","properties":{"R":{"type":"integer"},"G":{"type":"integer"}}}
{"type":"object","required":["a"]}
{"type":"object","properties":{"n":{"type":"integer","maximum":9}},"additionalProperties":false}"#;

/// An API without state.
#[derive(Debug)]
pub(super) struct Shop;

/// A contract that lives as long as the test program; its operations are found by their numbers.
pub(super) fn contract(operations: &[&str]) -> &'static Contract {
    let lines = operations.iter().enumerate().map(|(number, line)| format!("[\"{number}\",{line}]\n"));
    Box::leak(Box::new(Contract::new(SCHEMAS, lines.collect::<String>().leak())))
}

/// Serves each operation with its handler.
pub(super) fn server(operations: &[(&str, Handler<Shop>)]) -> Server<Shop> {
    let tables: Vec<_> = operations.iter().map(|(table, _)| *table).collect();
    let numbered = operations.iter().enumerate();
    let routes =
        numbered.map(|(number, (_, handle))| Route::new(number.to_string().leak(), *handle)).collect();
    Server::of(Shop, contract(&tables), routes)
}

/// Answers with everything that the contract declares about the request: one member for each parameter that is there,
/// `body` for the body, and `operation`.
pub(super) const ECHO: Handler<Shop> = |_, call| echo(call).boxed();

async fn echo(call: &mut Call) -> Result<Response, ApiError> {
    call.load().await;
    let mut seen = Map::new();
    seen.insert("operation".to_owned(), Json::from(call.operation().id.as_str()));
    for parameter in &call.operation().parameters {
        let name = parameter.name.as_str();
        let value = match (parameter.location, parameter.required) {
            (Location::Path, _) => call.path::<Json>(name).map(Some),
            (Location::Query, true) => call.required_query::<Json>(name).map(Some),
            (Location::Query, false) => call.query::<Json>(name),
            (Location::Header, true) => call.required_header::<Json>(name).map(Some),
            (Location::Header, false) => call.header::<Json>(name),
            (Location::Cookie, _) => call.cookie::<Json>(name),
            (Location::Querystring, _) => call.querystring::<Json>(name),
        };
        if let Ok(Some(value)) = value {
            seen.insert(name.to_owned(), value);
        }
    }
    if let Some(body) = &call.operation().body {
        let body = match body.required {
            true => call.body::<Json>().map(Some),
            false => call.optional_body::<Json>(),
        };
        if let Ok(Some(body)) = body {
            seen.insert("body".to_owned(), body);
        }
    }
    call.settle()?;
    call.reply(200).json(&Json::Object(seen))
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Json {
        Json::parse(self.body.as_bytes()).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn code(&self) -> String {
        self.json().get("code").and_then(Json::as_str).unwrap_or_default().to_owned()
    }

    /// `details` as `in name pointer keyword`.
    pub(super) fn details(&self) -> Vec<String> {
        let json = self.json();
        let text =
            |entry: &Json, name: &str| entry.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let details = json.get("details").and_then(Json::as_array).unwrap_or_default();
        let line = |entry: &Json| {
            let parts = ["in", "name", "field", "keyword"].map(|name| text(entry, name));
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        details.iter().map(line).collect()
    }
}

/// A request: `GET /path`, headers, body.
pub(super) fn request(line: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request {
    let (method, uri) = line.split_once(' ').unwrap();
    let builder = Request::builder().method(method).uri(uri);
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
    builder.body(body.into()).unwrap()
}

pub(super) async fn send(router: axum::Router, request: Request) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: StatusCode::as_u16(&parts.status),
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

/// Sends one request without a body to a server of one echoing operation.
pub(super) async fn ask(operation: &str, line: &str, headers: &[(&str, &str)]) -> Answer {
    send(server(&[(operation, ECHO)]).into_router(), request(line, headers, Body::empty())).await
}

/// Sends one request with a body to a server of one echoing operation.
pub(super) async fn post(operation: &str, content_type: &str, body: impl Into<Body>) -> Answer {
    let headers: &[_] = if content_type.is_empty() { &[] } else { &[("content-type", content_type)] };
    send(server(&[(operation, ECHO)]).into_router(), request("POST /b", headers, body)).await
}
