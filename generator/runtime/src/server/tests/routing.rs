use axum::Router;
use axum::body::Body;
use axum::routing::get;

use super::fixture::{Answer, ECHO, ask, request, send, server};

fn operation(method: &str, path: &str) -> String {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let parameters: Vec<_> = names
        .map(|name| {
            let rest = r#""in":"path","style":"simple","required":true,"shape":"string","schema":1"#;
            format!(r#"{{"name":"{name}",{rest}}}"#)
        })
        .collect();
    format!(
        r#"{{"id":"{method} {path}","method":"{method}","path":"{path}","parameters":[{}],"responses":[{{"status":"200","content":[{{"name":"application/json"}}]}}]}}"#,
        parameters.join(",")
    )
}

fn router(operations: &[(&str, &str)]) -> Router {
    let tables: Vec<_> = operations.iter().map(|(method, path)| operation(method, path)).collect();
    let routes: Vec<_> = tables.iter().map(|table| (table.as_str(), ECHO)).collect();
    server(&routes).into_router()
}

async fn seen(router: &Router, line: &str) -> String {
    let answer = send(router.clone(), request(line, &[], Body::empty())).await;
    match answer.status {
        200 => answer.body,
        status => format!("{status} {} {}", answer.header("allow"), answer.code()).replace("  ", " "),
    }
}

#[tokio::test]
async fn templates_that_axum_would_refuse() {
    let router = router(&[
        ("GET", "/pets/mine"),
        ("GET", "/pets/{petId}"),
        ("POST", "/pets/{name}"),
        ("GET", "/pets/{name}/toys"),
        ("GET", "/items/{id}:activate"),
        ("GET", "/items/{id}"),
        ("GET", "/r/{id}.json"),
        ("GET", "/odata/Pets({id})"),
        ("GET", "/t/{a}...{b}"),
        ("GET", "/a/{x}/"),
        ("GET", "/a/{x}"),
        ("GET", "/:odd/*name"),
        ("GET", "/"),
    ]);
    for (line, expected) in [
        ("GET /pets/mine", r#"{"operation":"GET /pets/mine"}"#),
        ("GET /pets/7", r#"{"operation":"GET /pets/{petId}","petId":"7"}"#),
        ("POST /pets/7", r#"{"operation":"POST /pets/{name}","name":"7"}"#),
        ("GET /pets/mine/toys", r#"{"operation":"GET /pets/{name}/toys","name":"mine"}"#),
        ("GET /items/5:activate", r#"{"operation":"GET /items/{id}:activate","id":"5"}"#),
        ("GET /items/5", r#"{"operation":"GET /items/{id}","id":"5"}"#),
        ("GET /r/a.b.json", r#"{"operation":"GET /r/{id}.json","id":"a.b"}"#),
        ("GET /odata/Pets(7)", r#"{"operation":"GET /odata/Pets({id})","id":"7"}"#),
        ("GET /t/v1...v2", r#"{"operation":"GET /t/{a}...{b}","a":"v1","b":"v2"}"#),
        ("GET /a/1/", r#"{"operation":"GET /a/{x}/","x":"1"}"#),
        ("GET /a/1", r#"{"operation":"GET /a/{x}","x":"1"}"#),
        ("GET /:odd/*name", r#"{"operation":"GET /:odd/*name"}"#),
        ("GET /", r#"{"operation":"GET /"}"#),
        ("GET /%70ets/m%69ne", r#"{"operation":"GET /pets/mine"}"#),
        ("GET /pets/a%2Fb+%C3%A9", r#"{"operation":"GET /pets/{petId}","petId":"a/b+é"}"#),
        ("GET /pets/", "404 ROUTE_NOT_FOUND"),
        ("GET /nowhere", "404 ROUTE_NOT_FOUND"),
        ("GET /pets/%zz", "400 MALFORMED_PATH"),
        ("GET /pets/%ff", "400 MALFORMED_PATH"),
        ("POST /pets/mine", "405 GET METHOD_NOT_ALLOWED"),
        ("DELETE /pets/7", "405 GET, POST METHOD_NOT_ALLOWED"),
    ] {
        assert_eq!(seen(&router, line).await, expected, "{line}");
    }
}

#[tokio::test]
async fn fixed_query_parts_narrow_the_match() {
    let router = router(&[("GET", "/r"), ("GET", "/r?beta=true"), ("POST", "/r")]);
    assert_eq!(seen(&router, "GET /r?beta=true&x=1").await, r#"{"operation":"GET /r?beta=true"}"#);
    assert_eq!(seen(&router, "GET /r?x=1").await, r#"{"operation":"GET /r"}"#);
    assert_eq!(seen(&router, "POST /r?beta=true").await, r#"{"operation":"POST /r"}"#);
}

#[tokio::test]
async fn head_and_options_follow_from_the_contract() {
    let router = router(&[("GET", "/r"), ("PUT", "/r"), ("OPTIONS", "/o")]);
    let ask = |line| {
        let router = router.clone();
        async move { send(router, request(line, &[], Body::empty())).await }
    };
    let head: Answer = ask("HEAD /r").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let length = r#"{"operation":"GET /r"}"#.len().to_string();
    assert_eq!(head.header("content-length"), length);
    assert_eq!(head.header("content-type"), "application/json");
    let options = ask("OPTIONS /r").await;
    assert_eq!((options.status, options.header("allow")), (204, "GET, PUT"));
    assert_eq!(ask("OPTIONS /o").await.status, 200);
    let nowhere = ask("HEAD /nowhere").await;
    assert_eq!((nowhere.status, nowhere.body.as_str()), (404, ""));
}

#[tokio::test]
async fn it_nests_and_merges_like_any_router() {
    let own = || router(&[("GET", "/pets/{id}")]);
    let nested = Router::new().nest("/v1", own());
    assert_eq!(seen(&nested, "GET /v1/pets/7").await, r#"{"operation":"GET /pets/{id}","id":"7"}"#);
    assert_eq!(seen(&nested, "GET /v1/x").await, "404 ROUTE_NOT_FOUND");
    let table = operation("GET", "/pets/{id}");
    let routes = server(&[(table.as_str(), ECHO)]).into_routes();
    let merged = own().merge(Router::new().route("/health", get(|| async { "{\"ok\":true}" })));
    assert_eq!(seen(&merged, "GET /health").await, "{\"ok\":true}");
    let merged = routes.merge(Router::new().route("/health", get(|| async { "{}" })));
    assert_eq!(seen(&merged, "GET /pets/7").await, r#"{"operation":"GET /pets/{id}","id":"7"}"#);
}

#[tokio::test]
async fn an_operation_that_cannot_be_read_is_left_out() {
    assert_eq!(ask("{\"id\":\"x\"}", "GET /x", &[]).await.status, 404);
}
