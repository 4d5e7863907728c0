//! The fourteen short ones.

use counterpart_runtime::client::{Destinations, Error, RequestError};
use counterpart_runtime::server::TraceParent;
use counterpart_runtime::{Json, decode, encode};
use futures_util::TryStreamExt as _;
use serde_json::json;
use test_traps::answers_contract;
use test_traps::requests::callbacks::Sender;
use test_wire::{get, record, send};

use crate::{OK, findings, findings_of, refusal, schema_findings};

/// Whether generation goes on.
fn generates(found: &[String]) -> bool {
    found.iter().all(|finding| finding.starts_with("warning"))
}

#[test]
fn o01_path_items_and_webhooks() {
    let item = format!("components: {{pathItems: {{I: {{get: {{{OK}}}}}}}}}");
    let beside = |other: &str| {
        findings(&format!("{item}\npaths: {{/a: {{$ref: '#/components/pathItems/I'{other}}}}}"))
    };
    assert!(beside("").is_empty());
    assert_eq!(beside(&format!(", put: {{{OK}}}")), ["error path-item-siblings"]);
    assert_eq!(beside(", parameters: []"), ["error path-item-siblings"]);
    assert!(beside(", summary: fine").is_empty());
    // In 3.0 only fields that stand in both places are undefined; no `pathItems` there, so the item is another path's.
    let old = |beside: &str| {
        findings_of(&format!(
            "openapi: 3.0.4\ninfo: {{title: t, version: '1'}}\npaths: {{/i: {{get: {{{OK}}}}}, \
             /a: {{$ref: '#/paths/~1i'{beside}}}}}"
        ))
    };
    assert!(generates(&old("")), "{:?}", old(""));
    let (other, same) = (format!(", put: {{{OK}}}"), format!(", get: {{{OK}}}"));
    assert!(old(&other).contains(&"warning path-item-siblings".to_owned()) && generates(&old(&other)));
    assert!(old(&same).contains(&"error path-item-siblings".to_owned()), "{:?}", old(&same));
    let hook = findings(&format!("webhooks: {{'new pet/{{x}}': {{post: {{{OK}}}}}}}"));
    assert!(generates(&hook), "a key is a name, no path: {hook:?}");
}

#[test]
fn o02_keys_of_callbacks_hold_expressions() {
    let callback = |key: &str, rest: &str| {
        let callback = format!("callbacks: {{done: {{'{key}': {{post: {{{OK}}}}}}}}}");
        findings(&format!("paths: {{/a: {{post: {{{callback}, {rest}{OK}}}}}}}"))
    };
    let declared = "parameters: [{name: q, in: query, schema: {type: string}}, {name: X-To, in: header, schema: {type: string}}], \
                    requestBody: {content: {application/json: {}}}, ";
    let wrong = ["warning callback-expression"];
    for key in [
        "{$request.body#/urls/1}?id={$request.query.q}",
        "{$request.header.x-to}/{$response.body#/a~1b}?s={$statusCode}&m={$method}&u={$url}",
        "$request.body#/url",
        "https://hooks.example/fixed",
    ] {
        assert!(callback(key, declared).is_empty(), "{key}: {:?}", callback(key, declared));
    }
    for key in [
        "{$request.body.url}",
        "{$request.query.gone}",
        "{$request.path.q}",
        "{$response.query.q}",
        "{$url",
        "{x}",
    ] {
        assert_eq!(callback(key, declared), wrong, "{key}");
    }
    assert_eq!(callback("{$request.body#/url}", ""), wrong, "there is no body");
}

#[tokio::test]
async fn o02_the_url_of_a_callback_is_evaluated() {
    let server = test_traps::requests().await;
    let call = async |body: &str| {
        let json = ["Content-Type: application/json"];
        send(server, "POST /o02/a%2Fb?q=x+%26y", &json, body.as_bytes()).await.json()
    };
    let urls = |url: &str| json!({"done": url, "named": "https://hooks.example/a%2Fb/POST"});
    let done = call(r#"{"urls": ["http://a.example", "https://b.example/cb"]}"#).await;
    assert_eq!(done, urls("https://b.example/cb?id=x%20%26y"));
    assert_eq!(call(r#"{"urls": []}"#).await, urls("the call has no `$request.body#/urls/1`"));
}

/// Policy: URLs from outside are sent to if their addresses are public, unless `destinations` say otherwise.
#[tokio::test]
async fn o02_a_callback_does_not_lead_inside() {
    let recorder = record("HTTP/1.1 204 No\r\n\r\n").await;
    let url = format!("{}/cb?id=1", recorder.url());
    let error = Sender::new().unwrap().done(&url).send().await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Destination(_))), "{error}");
    let sender = Sender::builder().destinations(Destinations::hosts(["127.0.0.1"])).build().unwrap();
    sender.done(&url).send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "POST /cb?id=1");
}

#[test]
fn o03_links_lead_to_operations() {
    let id = |place: &str| format!("{{name: id, in: {place}, required: true, schema: {{type: string}}}}");
    let link = |operation: &str, parameters: &str| {
        let link = format!("{{operationId: {operation}, parameters: {parameters}}}");
        let responses = format!("responses: {{'200': {{description: ok, links: {{l: {link}}}}}}}");
        findings(&format!(
            "paths: {{'/a/{{id}}': {{get: {{operationId: x, parameters: [{}, {}], {responses}}}}}}}",
            id("path"),
            id("query")
        ))
    };
    assert!(link("x", "{path.id: $response.body#/id, query.id: 7}").is_empty(), "constants are fine");
    for (operation, parameters) in [
        ("gone", "{}"),
        ("x", "{id: 1}"),
        ("x", "{header.id: 1}"),
        ("x", "{gone: 1}"),
        ("x", "{path.id: $response.id}"),
    ] {
        assert_eq!(link(operation, parameters), ["warning link-target"], "{operation} {parameters}");
    }
}

#[tokio::test]
async fn o05_an_idempotency_key_is_a_quoted_string() {
    let server = test_traps::requests().await;
    let key = async |headers: &[&str]| refusal(&send(server, "POST /o05", headers, b"").await);
    assert_eq!(key(&[]).await, (400, "header Idempotency-Key required".to_owned()), "the draft, section 2.7");
    let reply = send(server, "POST /o05", &["Content-Type: application/json"], b"{").await;
    assert_eq!(reply.status(), 400);
    assert_eq!(key(&["Idempotency-Key: bare"]).await, (422, "header Idempotency-Key pattern".to_owned()));
    let reply = send(server, "POST /o05", &["Idempotency-Key: \"a b\""], b"").await;
    assert_eq!(reply.json()["key"], "\"a b\"", "the quotes are part of the text");
    // Where the contract does not describe the header, the handler asks for it.
    let loose = async |headers: &[&str]| send(server, "POST /o05/loose", headers, b"").await;
    assert_eq!(loose(&["Idempotency-Key: \"a \\\"b\""]).await.json(), json!("a \"b"));
    for (headers, code) in [
        (&[][..], "IDEMPOTENCY_KEY_MISSING"),
        (&["Idempotency-Key: bare"], "MALFORMED_HEADER"),
        (&["Idempotency-Key: \"a\"", "Idempotency-Key: \"a\""], "MALFORMED_HEADER"),
    ] {
        let reply = loose(headers).await;
        assert_eq!((reply.status(), &reply.json()["code"]), (400, &json!(code)), "{headers:?}");
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
    }
}

#[tokio::test]
async fn o05_a_request_is_processed_once() {
    let server = test_traps::requests().await;
    let call = async |body: &str| {
        let headers = ["Idempotency-Key: \"once\"", "Content-Type: application/json"];
        send(server, "POST /o05", &headers, body.as_bytes()).await
    };
    let (first, second) = tokio::join!(call("{\"a\":1}"), call("{\"a\":1}"));
    let (done, refused) = if first.status() == 200 { (first, second) } else { (second, first) };
    assert_eq!((done.status(), refused.status()), (200, 409), "at the same time");
    let again = call("{\"a\":1}").await;
    assert_eq!((again.status(), again.json()), (200, done.json()), "what was answered before");
    let other = call("{\"a\":2}").await;
    assert_eq!((other.status(), &other.json()["code"]), (422, &json!("IDEMPOTENCY_KEY_REUSED")));
    for reply in [refused, other] {
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
    }
}

/// A `traceparent` that is not valid never fails a request: a new trace begins, and `tracestate` is dropped.
#[tokio::test]
async fn o07_a_broken_traceparent_begins_a_new_trace() {
    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    let server = test_traps::requests().await;
    let call = async |parents: &[String]| {
        let parents = parents.iter().map(|parent| format!("traceparent: {parent}"));
        let headers: Vec<String> =
            parents.chain(["tracestate: a=1".to_owned(), "tracestate: b=2".to_owned()]).collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let reply = send(server, "GET /o07", &headers, b"").await;
        assert_eq!(reply.status(), 200, "{headers:?}");
        let text = |name: &str| reply.json()[name].as_str().map(str::to_owned);
        (text("trace").unwrap_or_default(), text("state"))
    };
    let valid = format!("00-{TRACE}-b7ad6b7169203331-01");
    assert_eq!(call(std::slice::from_ref(&valid)).await, (valid.clone(), Some("a=1,b=2".to_owned())));
    let later = format!("42-{TRACE}-b7ad6b7169203331-ff-and-more");
    assert_eq!(call(&[later]).await.0, valid, "the first four fields; flags are bits");
    for parents in [
        vec![],
        vec![valid.clone(), valid.clone()],
        vec![valid.to_uppercase()],
        vec![valid.replacen("00", "ff", 1)],
        vec![format!("{valid}-more")],
        vec![format!("00-{}-b7ad6b7169203331-01", "0".repeat(32))],
        vec![format!("00-{TRACE}-0000000000000000-01")],
        vec!["00-0-0-00".to_owned()],
    ] {
        let (trace, state) = call(&parents).await;
        assert!(TraceParent::parse(&trace).is_some() && !trace.contains(TRACE), "{parents:?}: {trace}");
        assert_eq!(state, None, "{parents:?}");
    }
}

#[tokio::test]
async fn o08_head_options_and_allow() {
    let server = test_traps::routes().await;
    let (head, full) = (send(server, "HEAD /pets/x", &[], b"").await, get(server, "GET /pets/x").await);
    assert_eq!((head.status(), head.body.len()), (200, 0));
    for name in ["content-type", "content-length"] {
        assert_eq!(head.header(name), full.header(name), "{name}");
    }
    for (path, allow) in [("/pets/x", "GET, PUT"), ("/pets/mine", "GET")] {
        let methods = |text: Option<&str>| {
            let mut methods: Vec<String> = text.unwrap_or_default().split(", ").map(str::to_owned).collect();
            methods.sort();
            methods.join(", ")
        };
        let options = send(server, &format!("OPTIONS {path}"), &[], b"").await;
        assert_eq!((options.status() / 100, methods(options.header("allow")).as_str()), (2, allow), "{path}");
        let delete = send(server, &format!("DELETE {path}"), &[], b"").await;
        assert_eq!((delete.status(), methods(delete.header("allow")).as_str()), (405, allow), "{path}");
    }
}

/// What schemas of other dialects accept is in `tests/golden`; those that are not known are refused.
#[test]
fn o09_dialects_are_honoured_or_refused() {
    let dialect = |uri: &str| {
        findings(&format!("jsonSchemaDialect: '{uri}'\ncomponents: {{schemas: {{S: {{type: string}}}}}}"))
    };
    for known in [
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-04/schema#",
    ] {
        assert!(dialect(known).is_empty(), "{known}");
    }
    for unknown in ["https://example.com/mine", "http://json-schema.org/draft-03/schema#", "mine"] {
        assert_eq!(dialect(unknown), ["error dialect"], "{unknown}");
    }
    assert_eq!(schema_findings("{S: {$schema: 'https://example.com/mine'}}"), ["error dialect"]);
    let required = "{S: {$schema: 'https://e.com/m'}, M: {$id: 'https://e.com/m', $vocabulary: {'https://e.com/v': true}}}";
    assert_eq!(schema_findings(required), ["error dialect"]);
    assert!(schema_findings(&required.replace("true", "false")).is_empty());
}

/// What is no keyword of a dialect is said to be none.
#[test]
fn o09_keywords_of_other_dialects_are_named() {
    let draft7 = |schema: &str| {
        schema_findings(&format!("{{S: {{$schema: 'http://json-schema.org/draft-07/schema#', {schema}}}}}"))
    };
    assert!(draft7("items: [{type: string}], additionalItems: false, dependencies: {a: [b]}").is_empty());
    assert_eq!(draft7("prefixItems: [{type: string}]"), ["warning unknown-keyword"]);
    let reference = "$ref: '#/components/schemas/S/definitions/A', definitions: {A: {}}";
    assert!(draft7(reference).is_empty());
    assert_eq!(draft7(&format!("maxLength: 1, {reference}")), ["warning ignored-reference-sibling"]);
    let draft4 = "{S: {$schema: 'http://json-schema.org/draft-04/schema#', exclusiveMinimum: 1}}";
    assert_eq!(schema_findings(draft4), ["error wrong-type"]);
    // There is one reading of it, which is said.
    assert_eq!(schema_findings("{S: {items: [{type: string}]}}"), ["warning mended-type"]);
}

/// In OpenAPI 3.0 there is no choice of dialects.
#[test]
fn o09_dialects_are_no_part_of_openapi_3_0() {
    let old = |rest: &str| {
        findings_of(&format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\n{rest}"))
    };
    let draft = "http://json-schema.org/draft-07/schema#";
    assert_eq!(old(&format!("jsonSchemaDialect: '{draft}'")), ["warning dialect"]);
    assert_eq!(old(&format!("components: {{schemas: {{S: {{$schema: '{draft}'}}}}}}")), ["warning dialect"]);
}

#[test]
fn o10_yaml_is_read_by_1_2() {
    let properties = |text: &str| schema_findings(&format!("{{S: {{type: object, properties: {text}}}}}"));
    assert_eq!(properties("{a: {}, a: {}}"), ["error duplicate-key"]);
    assert!(properties("{no: {}, on: {}, y: {}}").is_empty());
    assert!(properties("{a: {type: string, enum: [no, on, 1_000]}}").is_empty(), "they are strings");
    assert_eq!(properties("{a: {const: !tagged b}}"), ["warning yaml-tag"]);
    assert_eq!(properties("{? [a, b] : {}}"), ["error complex-key"]);
    let merged = "x-base: &base {type: integer}\ncomponents: {schemas: {S: {<<: *base, default: oops}}}";
    assert_eq!(findings(merged), ["error default-violates-schema"], "a merge key brings the type");
    assert!(properties("{a: {const: 123456789012345678901234567890}}").is_empty(), "of any size");
    let mut bomb = "x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..10 {
        let one = format!("*x{}", level - 1);
        let ten = vec![one; 10].join(", ");
        bomb += &format!("x{level}: &x{level} [{ten}]\n");
    }
    assert!(findings(&format!("{bomb}paths: {{}}")).contains(&"error alias-limit".to_owned()));
}

#[test]
fn o11_a_value_is_no_schema() {
    use test_traps::schemas::types::Data;
    let text = r##"{"$ref":"#/nowhere","$id":"https://ex.com/pet"}"##;
    let value = decode::<Data>(text.as_bytes()).unwrap();
    assert_eq!(Json::parse(&encode(&value).unwrap()).unwrap(), Json::parse(text.as_bytes()).unwrap());
    assert!(decode::<Data>(b"{}").is_err());
    let found =
        schema_findings("{S: {type: object, examples: [{$ref: '#/nowhere'}], x-note: {$ref: '#/gone'}}}");
    assert!(found.is_empty(), "{found:?}");
    let found = schema_findings("{S: {enum: [{$id: 'https://ex.com/a'}]}, T: {$ref: 'https://ex.com/a'}}");
    assert!(!generates(&found), "`$id` inside of `enum` defines nothing");
}

#[test]
fn o12_examples_are_verified() {
    let media = |examples: &str, schema: &str| {
        let content = format!("content: {{application/json: {{schema: {schema}, {examples}}}}}");
        findings(&format!("paths: {{/a: {{get: {{responses: {{'200': {{description: ok, {content}}}}}}}}}}}"))
    };
    let number = "{type: integer}";
    assert!(media("example: 1", number).is_empty());
    assert_eq!(media("example: x", number), ["warning example-violates-schema"]);
    assert_eq!(media("example: 1, examples: {a: {value: 2}}", number), ["error example-and-examples"]);
    let secret = "{type: object, required: [pw], properties: {pw: {type: string, writeOnly: true}}}";
    assert!(media("example: {}", secret).is_empty(), "a response has no `writeOnly` members");
}

#[tokio::test]
async fn o13_what_3_2_added() {
    let server = test_traps::streams().await;
    let body = ["Content-Type: application/json"];
    let reply = send(server, "QUERY /search", &body, b"{\"a\":1}").await;
    assert_eq!(reply.json(), json!({"method": "QUERY", "body": {"a": 1}}));
    assert_eq!(get(server, "CoPy /search").await.json(), json!({"method": "CoPy"}), "case is kept");
    assert_eq!(get(server, "COPY /search").await.status(), 405);
    assert_eq!(get(server, "GET /string?a=1&b=x+y").await.json(), json!({"all": {"a": 1, "b": "x y"}}));
    let client = test_traps::streams::Client::new(&format!("http://{server}")).unwrap();
    assert!(client.copy_operation().send().await.unwrap().to_string().contains("CoPy"));
    let newer =
        |rest: &str| findings_of(&format!("openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\n{rest}\n"));
    let whole = "{name: w, in: querystring, content: {application/json: {schema: {}}}}";
    let both = format!(
        "paths: {{/a: {{get: {{parameters: [{whole}, {{name: q, in: query, schema: {{type: string}}}}], {OK}}}}}}}"
    );
    assert_eq!(newer(&both), ["error parameter-clash"]);
    let content = "application/jsonl: {itemSchema: {type: object}, schema: {type: array}}";
    let found = newer(&format!(
        "$self: https://ex.com/api\npaths: {{/a: {{get: {{responses: {{'200': {{description: ok, content: {{{content}}}}}}}}}}}}}"
    ));
    assert!(found.is_empty(), "{found:?}");
}

#[tokio::test]
async fn o13_one_line_for_each_cookie() {
    let reply = get(test_traps::answers().await, "GET /headers").await;
    let cookies: Vec<&str> = reply
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(cookies, ["a=b, c", "d=e"]);
    let client = answers_contract::Client::new(&format!("http://{}", test_traps::answers().await)).unwrap();
    let ok = client.headers().send().await.unwrap();
    assert_eq!(ok.set_cookie.unwrap_or_default(), ["a=b, c", "d=e"], "and none is taken apart at its comma");
}

#[tokio::test]
async fn o14_headers_of_responses() {
    let client = answers_contract::Client::new(&format!("http://{}", test_traps::answers().await)).unwrap();
    let ok = client.headers().send().await.unwrap();
    assert_eq!((ok.x_needed, ok.x_maybe), (7, Some(vec![1, 2])));
    let answer = |headers: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: 3\r\n\r\n\"x\""
        )
    };
    let client = answers_contract::Client::new(&record(answer("X-Needed: 1\r\n")).await.url()).unwrap();
    assert_eq!(client.headers().send().await.unwrap().x_maybe, None, "`required` is false unless it is said");
    let client = answers_contract::Client::new(&record(answer("")).await.url()).unwrap();
    let error = client.headers().send().await.unwrap_err();
    assert!(matches!(&error, Error::Decode(_)) && error.to_string().contains("X-Needed"), "{error}");
    let lines = test_traps::streams::Client::new(&format!("http://{}", test_traps::streams().await)).unwrap();
    assert_eq!(lines.whole().send().await.unwrap().try_collect::<Vec<i32>>().await.unwrap(), [1, 2]);
}
