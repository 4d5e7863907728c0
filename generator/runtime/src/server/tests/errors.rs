use futures_util::FutureExt;

use super::fixture::{Shop, ask, request, send, server};
use crate::json::Json;
use crate::problem::Problem;
use crate::server::{ApiError, ErrorShape, Handler};

const OPERATION: &str = r#"{"id":"o","method":"GET","path":"/x","responses":[{"status":"200","content":[{"name":"application/json"}]},{"status":"404","content":[{"name":"application/json"}]}]}"#;

const FAILS: Handler<Shop> =
    |_, _| async { Err(std::io::Error::other("the password is 123").into()) }.boxed();
const PANICS: Handler<Shop> = |_, _| async { panic!("the password is 123") }.boxed();
const MISSING: Handler<Shop> =
    |_, _| async { Err(ApiError::not_found("no such order").with_extension("order", 7)) }.boxed();
const DECLARED: Handler<Shop> = |_, call| async { call.reply(404).json(&Json::from("mine")) }.boxed();

#[tokio::test]
async fn causes_and_panics_stay_inside() {
    for handler in [FAILS, PANICS] {
        let answer = send(server(&[(OPERATION, handler)]).into_router(), request("GET /x", &[], "")).await;
        assert_eq!((answer.status, answer.code().as_str()), (500, "INTERNAL_SERVER_ERROR"));
        assert!(!answer.body.contains("password"), "{}", answer.body);
    }
}

#[tokio::test]
async fn problems_have_one_shape() {
    let router = server(&[(OPERATION, MISSING)]).into_router();
    let answer = send(router, request("GET /x", &[("x-request-id", "abc-1")], "")).await;
    assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"));
    let expected = r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"no such order","code":"RESOURCE_NOT_FOUND","requestId":"abc-1","order":7}"#;
    assert_eq!(answer.body, expected);
    assert_eq!(answer.header("x-request-id"), "abc-1");
}

#[tokio::test]
async fn the_envelope_shape() {
    let router = server(&[(OPERATION, MISSING)]).error_shape(ErrorShape::Envelope).into_router();
    let answer = send(router, request("GET /x", &[], "")).await;
    assert_eq!((answer.status, answer.header("content-type")), (404, "application/json"));
    let json = answer.json();
    assert_eq!(json.get("success"), Some(&Json::Bool(false)));
    assert_eq!(json.pointer("/error/code"), Some(&Json::from("RESOURCE_NOT_FOUND")));
    assert!(json.pointer("/meta/duration").and_then(Json::as_u64).is_some());
    let request_id = json.pointer("/meta/requestId").and_then(Json::as_str);
    assert_eq!(request_id, Some(answer.header("x-request-id")));
    assert_eq!(Problem::parse(answer.body.as_bytes()).unwrap().code.as_deref(), Some("RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn responses_tell_the_id_where_somebody_knows_it() {
    const ASKS: Handler<Shop> = |_, call| {
        call.context().request_id();
        async { call.reply(200).json(&Json::from("ok")) }.boxed()
    };
    const ANSWERS: Handler<Shop> = |_, call| async { call.reply(200).json(&Json::from("ok")) }.boxed();
    for (handler, given, length) in [(ANSWERS, None, 0), (ANSWERS, Some("abc-1"), 5), (ASKS, None, 36)] {
        let headers: Vec<_> = given.into_iter().map(|id| ("x-request-id", id)).collect();
        let router = server(&[(OPERATION, handler)]).into_router();
        let answer = send(router, request("GET /x", &headers, "")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("x-request-id").len(), length, "{given:?}");
    }
}

#[tokio::test]
async fn request_ids_are_taken_over_only_where_fit() {
    let id = |given: String| async move {
        ask(OPERATION, "GET /x", &[("x-request-id", given.as_str())]).await.header("x-request-id").to_owned()
    };
    assert_eq!(id("a/b:1".to_owned()).await, "a/b:1");
    for bad in [String::new(), "a b".to_owned(), "x".repeat(129)] {
        let made = id(bad.clone()).await;
        assert_ne!(made, bad);
        assert_eq!(made.len(), 36, "{made}");
    }
}

#[tokio::test]
async fn declared_errors_pass_untouched() {
    let answer = send(server(&[(OPERATION, DECLARED)]).into_router(), request("GET /x", &[], "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (404, "\"mine\""));
}

#[tokio::test]
async fn nothing_acceptable_is_told_before_the_handler_runs() {
    let router = || server(&[(OPERATION, PANICS)]).into_router();
    let answer = send(router(), request("GET /x", &[("accept", "text/csv, application/json;q=0")], "")).await;
    assert_eq!((answer.status, answer.code().as_str()), (406, "NOT_ACCEPTABLE"));
    assert_eq!(answer.header("content-type"), "application/problem+json");
    for accept in ["application/json;q=0.1", "*/*", "application/*", "text/csv, */*;q=0.1"] {
        let answer = send(router(), request("GET /x", &[("accept", accept)], "")).await;
        assert_eq!(answer.status, 500, "{accept}");
    }
}

#[tokio::test]
async fn too_many_requests_say_when() {
    const LIMITED: Handler<Shop> = |_, _| async { Err(ApiError::too_many_requests(30)) }.boxed();
    let answer = send(server(&[(OPERATION, LIMITED)]).into_router(), request("GET /x", &[], "")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "30"));
}

#[tokio::test]
async fn the_context_is_complete() {
    const CONTEXT: Handler<Shop> = |_, call| {
        async {
            let context = call.context();
            let text = format!(
                "{} {} {} {} {:?}",
                context.method(),
                context.uri(),
                context.request_id(),
                context.accept().preferred(["text/plain", "application/json"]).unwrap_or_default(),
                context.extensions().get::<u8>(),
            );
            call.reply(200).json(&Json::from(text))
        }
        .boxed()
    };
    let mut asked = request("GET /x?a=1", &[("x-request-id", "r"), ("accept", "application/json")], "");
    asked.extensions_mut().insert(7_u8);
    let answer = send(server(&[(OPERATION, CONTEXT)]).into_router(), asked).await;
    assert_eq!(answer.body, "\"GET /x?a=1 r application/json Some(7)\"");
}
