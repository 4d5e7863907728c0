//! T36 and T37: responses and problems.

use counterpart_runtime::client::Error;
use counterpart_runtime::server::Context;
use serde_json::json;
use test_traps::Answers;
use test_traps::answers_contract::Client;
use test_traps::answers_contract::client::{FewError, FewOk, StatusError, StatusOk};
use test_traps::answers_contract::server::{Api, Fail, Status, StatusResponse};
use test_wire::{get, record, send};

use crate::{OK, findings};

/// An answer with a JSON body.
fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn problem_answer(status: &str, body: &str) -> String {
    answer(status, body).replace("application/json", "application/problem+json")
}

async fn client(answer: &str) -> Client {
    Client::new(&record(answer).await.url()).unwrap()
}

#[tokio::test]
async fn t36_exact_beats_range_beats_default() {
    let client = Client::new(&format!("http://{}", test_traps::answers().await)).unwrap();
    let mut chosen = String::new();
    for status in [200, 201, 404, 422, 500, 302] {
        let name = match client.status(status).send().await {
            Ok(StatusOk::Ok(_)) => "A",
            Ok(StatusOk::Success(..)) => "B",
            Err(Error::Declared(declared)) => match declared.error {
                StatusError::NotFound(_) => "C",
                StatusError::ClientError(..) => "D",
                StatusError::Default(..) => "E",
            },
            Err(other) => panic!("{status}: {other}"),
        };
        chosen.push_str(name);
    }
    assert_eq!(chosen, "ABCDEE");
    let outside = get(test_traps::answers().await, "GET /status/299").await;
    assert_eq!(outside.status(), 500, "400 is no status of 2XX");
}

#[tokio::test]
async fn t36_what_is_not_declared_is_kept_as_it_came() {
    let error = client(&answer("500 No", "\"oops\"")).await.few().send().await.unwrap_err();
    let Error::Undocumented(response) = error else { panic!("{error}") };
    assert_eq!((response.status.as_u16(), &response.body[..]), (500, &b"\"oops\""[..]));
    assert!(response.headers.contains_key("content-type"));
    let error = client(&answer("404 No", "{broken")).await.few().send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(FewError::NotFound)), "no content, no body is decoded: {error}");
    let error = client(&answer("200 Yes", "\"x\"")).await.few().send().await.unwrap_err();
    let Error::Decode(response) = &error else { panic!("{error}") };
    assert_eq!(response.status.as_u16(), 200);
    let nothing = client("HTTP/1.1 204 No\r\n\r\n").await.few().send().await.unwrap();
    assert!(matches!(nothing, FewOk::NoContent), "a 204 has no body, whatever is declared");
    let reset = client("HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n").await.few().send().await.unwrap();
    assert!(matches!(reset, FewOk::ResetContent), "nor has a 205");
    let same = client("HTTP/1.1 304 Same\r\n\r\n").await.few().send().await;
    assert!(same.is_ok() || same.is_err_and(|error| error.declared().is_some()), "nor a 304");
    assert_eq!(client(&answer("200 Yes", "\"x\"")).await.only_default().send().await.unwrap(), "x");
}

#[test]
fn t36_ranges_are_written_with_a_capital_x() {
    let responses = |key: &str| {
        findings(&format!("paths: {{/a: {{get: {{responses: {{{key}: {{description: no}}}}}}}}}}"))
    };
    assert_eq!(responses("4xx"), ["error status-case"]);
    assert!(responses("4XX").is_empty());
    assert_eq!(responses("40X"), ["error invalid-status"]);
    assert!(responses("200").is_empty(), "a number of YAML is a key like any other");
    assert!(findings(&format!("paths: {{/a: {{get: {{{OK}}}}}}}")).is_empty());
}

#[tokio::test]
async fn t37_problems_are_read_with_patience() {
    let body = r##"{"type":"/probs/x","status":"404","title":7,"detail":"d","errors":[{"pointer":"#/a"}],"balance":30}"##;
    let error = client(&problem_answer("410 Gone", body)).await.few().send().await.unwrap_err();
    let problem = error.problem().expect("a problem");
    assert!(
        problem.kind.starts_with("http://127.0.0.1:") && problem.kind.ends_with("/probs/x"),
        "{}",
        problem.kind
    );
    assert_eq!((problem.title, problem.status, problem.detail.as_deref()), (None, Some(410), Some("d")));
    let members: Vec<&str> = problem.extensions.keys().map(String::as_str).collect();
    assert!(members.contains(&"errors") && members.contains(&"balance"), "{members:?}");
    let answer = problem_answer("500 No", r#"{"status":404}"#);
    let problem = client(&answer).await.few().send().await.unwrap_err().problem().expect("a problem");
    assert_eq!((problem.kind.as_str(), problem.status), ("about:blank", Some(500)), "HTTP decides");
}

#[tokio::test]
async fn t37_every_failure_is_a_problem() {
    let (answers, routes) = (test_traps::answers().await, test_traps::routes().await);
    let (requests, doors) = (test_traps::requests().await, test_traps::security().await);
    let large = "x".repeat(3_000_000);
    let cases = [
        (get(requests, "GET /t28?q=%ff").await, 400),
        (get(doors, "GET /role").await, 401),
        (send(doors, "GET /", &["Authorization: Bearer writer"], b"").await, 403),
        (get(routes, "GET /nowhere").await, 404),
        (send(routes, "POST /pets/mine", &[], b"").await, 405),
        (send(routes, "GET /pets/mine", &["Accept: image/png"], b"").await, 406),
        (send(requests, "POST /t33", &["Content-Type: application/json"], large.as_bytes()).await, 413),
        (send(requests, "POST /t33", &["Content-Type: text/x"], b"x").await, 415),
        (get(requests, "GET /t28?limit=x").await, 422),
        (get(answers, "GET /default").await, 500),
    ];
    for (reply, status) in cases {
        let problem = reply.json();
        assert_eq!((reply.status(), &problem["status"]), (status, &json!(status)), "{}", reply.text());
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{status}");
        assert!(!reply.text().contains("xyzzy"), "{}", reply.text());
        match status {
            401 => assert!(reply.header("www-authenticate").is_some()),
            405 => assert_eq!(reply.header("allow"), Some("GET")),
            _ => {}
        }
    }
    for status in [400, 404, 408, 409, 429, 500, 501, 503] {
        let reply = get(answers, &format!("GET /fail/{status}")).await;
        assert_eq!((reply.status(), &reply.json()["status"]), (status, &json!(status)), "{}", reply.text());
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{status}");
        let after = if status == 429 { Some("7") } else { Some("8").filter(|_| status == 503) };
        assert_eq!(reply.header("retry-after"), after, "{status}");
    }
    let reply = send(routes, "GET /nowhere", &["Accept: application/json"], b"").await;
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "Policy: all the same");
}

/// A handler is an ordinary method, which a test can call without a server.
#[tokio::test]
async fn a_handler_is_called_with_a_context_of_its_own() {
    let context = Context::default();
    assert_eq!((context.method().as_str(), context.uri().path()), ("GET", "/"));
    let missing = Answers.status(Status { status: 404, context }).await;
    assert!(matches!(missing, Ok(StatusResponse::NotFound(_))));
    let parts =
        axum::http::Request::put("/fail").header("x-request-id", "own").body(()).unwrap().into_parts().0;
    let context = Context::from(parts);
    assert_eq!((context.method().as_str(), context.request_id()), ("PUT", "own"));
    let failure = Answers.fail(Fail { status: 429, context }).await;
    assert_eq!(failure.err().unwrap().status(), 429);
}
