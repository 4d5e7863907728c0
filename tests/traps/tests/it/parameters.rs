//! T24 to T30: parameters.

use serde_json::json;
use test_traps::requests::{Client, types};
use test_wire::{get, record, send};

use crate::{OK, findings, parameter_findings, refusal};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

/// A client whose one request is recorded.
async fn recorded() -> (test_wire::Recorder, Client) {
    let recorder = record(ANSWER).await;
    let client = Client::new(&recorder.url()).unwrap();
    (recorder, client)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The rest of T24 is in `tests/matrix`.
#[tokio::test]
async fn t24_explode_is_false_unless_the_style_is_form() {
    let server = test_traps::requests().await;
    let reply = get(server, "GET /t24?color=blue%7Cblack%7Cbrown").await;
    assert_eq!(reply.json(), json!({"color": ["blue", "black", "brown"]}));
    let (recorder, client) = recorded().await;
    client.t24().color(&texts(&["blue", "black"])).send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "GET /t24?color=blue%7Cblack");
    let (recorder, client) = recorded().await;
    client.t24().color(&[]).send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "GET /t24", "an empty array is undefined");
}

#[test]
fn t24_cells_that_are_not_defined_are_errors() {
    let cell = |how: &str, schema: &str| {
        parameter_findings(&format!("{{name: c, in: query, {how}, schema: {schema}}}"))
    };
    let (array, object) = ("{type: array, items: {type: string}}", "{type: object}");
    for (how, schema) in [
        ("style: spaceDelimited", "{type: string}"),
        ("style: pipeDelimited", "{type: integer}"),
        ("style: spaceDelimited, explode: true", array),
        ("style: pipeDelimited, explode: true", object),
        ("style: deepObject, explode: true", "{type: string}"),
        ("style: deepObject, explode: true", array),
        ("style: deepObject, explode: false", object),
    ] {
        assert_eq!(cell(how, schema), ["error undefined-style-cell"], "{how} {schema}");
    }
    for (how, schema) in [
        ("style: spaceDelimited", array),
        ("style: pipeDelimited, explode: false", object),
        ("style: deepObject, explode: true", object),
        ("style: deepObject", object),
    ] {
        assert!(cell(how, schema).is_empty(), "{how} {schema}");
    }
    let cookie = |rest: &str| parameter_findings(&format!("{{name: c, in: cookie, {rest}}}"));
    assert_eq!(cookie(&format!("schema: {array}")), ["warning cookie-explode"]);
    assert_eq!(cookie(&format!("explode: true, schema: {object}")), ["warning cookie-explode"]);
    assert!(cookie(&format!("explode: false, schema: {array}")).is_empty());
    assert!(cookie("explode: true, schema: {type: string}").is_empty(), "it has no effect on a primitive");
}

#[tokio::test]
async fn t25_split_first_decode_later() {
    let server = test_traps::requests().await;
    for (path, ids) in [
        ("a%2Cb,c", json!(["a,b", "c"])),
        ("a%2Fb", json!(["a/b"])),
        ("a+b", json!(["a+b"])),
        ("%2e%2E", json!([".."])),
    ] {
        let reply = get(server, &format!("GET /t25/{path}")).await;
        assert_eq!((reply.status(), &reply.json()["ids"]), (200, &ids), "{path}");
    }
    let (recorder, client) = recorded().await;
    client.t25(&texts(&["a/b?c#d%"])).send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "GET /t25/a%2Fb%3Fc%23d%25");
    for dots in ["..", "."] {
        let (_recorder, client) = recorded().await;
        let error = client.t25(&texts(&[dots])).send().await.unwrap_err().to_string();
        assert!(error.contains("ids") && error.contains("another path"), "{error}");
    }
}

#[tokio::test]
async fn t26_headers() {
    let server = test_traps::requests().await;
    let headers = ["x-ids: 1, 2", "X-Ids: 3", "X-Obj: R=100", "X-Raw: 100%25"];
    let reply = send(server, "GET /t26", &headers, b"").await;
    let expected = json!({"x_ids": [1, 2, 3], "x_obj": {"R": 100}, "x_raw": "100%25"});
    assert_eq!((reply.status(), reply.json()), (200, expected), "ignored headers are not required");
    let (recorder, client) = recorded().await;
    client.t26().x_raw("100%25, ü").x_ids(&[1, 2]).send().await.unwrap();
    let request = recorder.request().await;
    assert_eq!((request.header("x-raw"), request.header("x-ids")), (Some("100%25, ü"), Some("1,2")));
    for broken in ["a\r\nb: c", "a\nb", "a\0"] {
        let (_recorder, client) = recorded().await;
        let error = client.t26().x_raw(broken).send().await.unwrap_err().to_string();
        assert!(error.contains("X-Raw") && error.contains("control"), "{error}");
    }
}

#[test]
fn t26_header_names_compare_without_case() {
    let twice =
        "{name: X-A, in: header, schema: {type: string}}, {name: x-a, in: header, schema: {type: string}}";
    assert_eq!(parameter_findings(twice), ["error duplicate-parameter"]);
    let other =
        "{name: X-A, in: header, schema: {type: string}}, {name: x-a, in: header, schema: {type: integer}}";
    assert_eq!(parameter_findings(other), ["error duplicate-parameter"]);
    let once = "{name: X-A, in: header, schema: {type: string}}";
    assert_eq!(
        parameter_findings(&format!("{once}, {once}")),
        ["warning repeated-parameter"],
        "nothing is lost"
    );
    let ignored = "{name: ACCEPT, in: header, required: true, schema: {type: string}}";
    assert_eq!(parameter_findings(ignored), ["warning ignored-header"]);
}

#[tokio::test]
async fn t27_objects_in_the_query() {
    let server = test_traps::requests().await;
    for (query, expected) in [
        ("R=1&G=2", json!({"f": {"R": 1, "G": 2}})),
        ("page=3", json!({"page": 3})),
        ("R=1&page=3&f=x", json!({"f": {"R": 1}, "page": 3})),
        ("d[R]=1", json!({"d": {"R": 1}})),
        ("d%5BR%5D=1", json!({"d": {"R": 1}})),
        ("d[tags]=a&d[tags]=b", json!({"d": {"tags": ["a", "b"]}})),
        ("d[tags][1]=b&d[tags][0]=a", json!({"d": {"tags": ["a", "b"]}})),
        ("d[tags][]=a", json!({"d": {"tags": ["a"]}})),
    ] {
        let reply = get(server, &format!("GET /t27?{query}")).await;
        assert_eq!((reply.status(), reply.json()), (200, expected), "{query}");
    }
    let reply = get(server, "GET /t27?d[R]=x").await;
    assert_eq!(refusal(&reply), (422, "query d/R type".to_owned()));
    let reply = get(server, "GET /t27?R=x").await;
    assert_eq!(refusal(&reply), (422, "query f/R type".to_owned()));
    let (recorder, client) = recorded().await;
    let f = types::T27F { r: Some(1.into()), g: None };
    let d = types::T27D { r: Some(1.into()), tags: Some(texts(&["a", "b"])) };
    client.t27().f(&f).d(&d).send().await.unwrap();
    let request = recorder.request().await;
    assert_eq!(request.request(), "GET /t27?R=1&d%5BR%5D=1&d%5Btags%5D=a&d%5Btags%5D=b");
}

#[test]
fn t27_keys_must_not_clash() {
    let object = |name: &str| {
        format!("{{name: {name}, in: query, schema: {{type: object, properties: {{R: {{type: integer}}}}}}}}")
    };
    let both = format!("{}, {}", object("f"), object("g"));
    assert_eq!(parameter_findings(&both), ["error parameter-clash"]);
    let one = format!("{}, {{name: R, in: query, schema: {{type: string}}}}", object("f"));
    assert_eq!(parameter_findings(&one), ["error parameter-clash"]);
    let deep = |member: &str| {
        let schema = format!("{{type: object, properties: {{t: {member}}}}}");
        parameter_findings(&format!("{{name: d, in: query, style: deepObject, schema: {schema}}}"))
    };
    assert_eq!(deep("{type: array}"), ["error deep-object-member"], "`--allow` picks `d[t]=a&d[t]=b`");
    assert_eq!(deep("{type: [string, array]}"), ["error deep-object-member"]);
    assert_eq!(deep("{type: object}"), ["warning deep-object-member"], "everybody writes `d[t][x]=1`");
    assert!(deep("{type: [string, 'null']}").is_empty());
}

#[tokio::test]
async fn t28_values_at_the_edge() {
    let server = test_traps::requests().await;
    for (query, expected) in [
        ("", json!({})),
        ("e=", json!({})),
        ("tags=a,b", json!({"tags": ["a,b"]})),
        ("tags=a&tags=b", json!({"tags": ["a", "b"]})),
        ("tags=", json!({"tags": [""]})),
        ("csv=a,b", json!({"csv": ["a", "b"]})),
        ("csv=a%2Cb", json!({"csv": ["a,b"]})),
        ("q=a+b%2Bc", json!({"q": "a b+c"})),
        ("q", json!({"q": ""})),
        ("q=", json!({"q": ""})),
        ("limit=1e1", json!({"limit": 10})),
        ("zzz=1", json!({})),
    ] {
        let reply = get(server, &format!("GET /t28?{query}")).await;
        assert_eq!((reply.status(), reply.json()), (200, expected), "{query}");
    }
    for (query, status, why) in [
        ("limit=", 422, "query limit type"),
        ("limit=1&limit=2", 422, "query limit duplicate"),
        ("limit=+5", 422, "query limit type"),
        ("limit=%2B5", 422, "query limit type"),
        ("limit=05", 422, "query limit type"),
        ("b=1", 422, "query b type"),
        ("b=True", 422, "query b type"),
        ("q=%ff", 400, "MALFORMED_QUERY"),
    ] {
        let reply = get(server, &format!("GET /t28?{query}")).await;
        let (found, text) = refusal(&reply);
        assert!(found == status && (text == why || status == 400), "{query}: {found} {text}");
        assert_eq!(status == 400, reply.json()["code"] == "MALFORMED_QUERY", "{query}");
    }
    let strict = test_traps::requests::server(test_traps::Echo).strict_query(true).into_router();
    let strict = test_traps::serve(strict).await;
    assert_eq!(get(strict, "GET /t28?zzz=1").await.status(), 422);
    assert_eq!(get(strict, "GET /t28?q=1").await.status(), 200);
}

#[tokio::test]
async fn t29_documents_in_parameters() {
    let server = test_traps::requests().await;
    let reply = get(server, "GET /t29?filter=%7B%22a%22%3A1%7D&s=%22x%22").await;
    assert_eq!(reply.json(), json!({"filter": {"a": 1}, "s": "x"}));
    let reply = get(server, "GET /t29?filter=%7B").await;
    assert_eq!((reply.status(), &reply.json()["code"]), (400, &json!("MALFORMED_QUERY")));
    assert!(reply.text().contains("filter"), "{}", reply.text());
    let reply = get(server, "GET /t29?filter=%7B%7D").await;
    assert_eq!(refusal(&reply).0, 422);
    let detail = &reply.json()["details"][0];
    assert_eq!((&detail["name"], &detail["keyword"]), (&json!("filter"), &json!("required")), "{detail}");
    assert!(detail.to_string().contains("/a") || detail.to_string().contains("`a`"), "{detail}");
    let (recorder, client) = recorded().await;
    client.t29().filter(&types::T29Filter { a: 1.into() }).s("x").send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "GET /t29?filter=%7B%22a%22%3A1%7D&s=%22x%22");
}

#[test]
fn t29_one_way_to_describe_a_parameter() {
    let both =
        "{name: s, in: query, schema: {type: string}, content: {text/plain: {schema: {type: string}}}}";
    assert_eq!(parameter_findings(both), ["error parameter-value"]);
    let two = "{name: s, in: query, content: {text/plain: {schema: {type: string}}, text/csv: {schema: {type: string}}}}";
    assert_eq!(parameter_findings(two), ["error parameter-value"]);
}

#[tokio::test]
async fn t30_parameters_are_merged_by_name_and_place() {
    let server = test_traps::requests().await;
    let reply = get(server, "GET /t30/p?v=1&id=q").await;
    assert_eq!(reply.json(), json!({"id": "p", "v": 1, "query_id": "q"}));
    assert_eq!(refusal(&get(server, "GET /t30/p").await), (422, "query v required".to_owned()));
    assert_eq!(refusal(&get(server, "GET /t30/p?v=x").await), (422, "query v type".to_owned()));
}

#[test]
fn t30_variables_and_path_parameters_agree() {
    let path = |parameters: &str| {
        findings(&format!("paths: {{'/a/{{b}}': {{get: {{parameters: [{parameters}], {OK}}}}}}}"))
    };
    assert_eq!(path(""), ["error undeclared-path-parameter"]);
    assert_eq!(path("{name: b, in: path, schema: {type: string}}"), ["error optional-path-parameter"]);
    let no = "{name: b, in: path, required: false, schema: {type: string}}";
    assert_eq!(path(no), ["error optional-path-parameter"]);
    assert!(path("{name: b, in: path, required: true, schema: {type: string}}").is_empty());
}
