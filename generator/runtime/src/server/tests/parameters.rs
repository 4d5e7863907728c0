use super::fixture::{Answer, ECHO, ask, request, send, server};

const RESPONSES: &str = r#""responses":[{"status":"200","content":[{"name":"application/json"}]}]"#;

fn operation(path: &str, parameters: &str) -> String {
    format!(r#"{{"id":"o","method":"GET","path":"{path}","parameters":[{parameters}],{RESPONSES}}}"#)
}

/// What the handler saw, or the status with the violations.
fn outcome(answer: &Answer) -> String {
    match answer.status {
        200 => answer.body.replace(r#""operation":"o","#, "").replace(r#""operation":"o""#, ""),
        status => format!("{status} {}: {}", answer.code(), answer.details().join("; ")),
    }
}

async fn get(path: &str, parameters: &str, line: &str, headers: &[(&str, &str)]) -> String {
    outcome(&ask(&operation(path, parameters), line, headers).await)
}

/// T28.
#[tokio::test]
async fn query_edge_values() {
    let parameters =
        r#"{"name":"limit","in":"query","style":"form","explode":true,"shape":"number","schema":2},
        {"name":"tags","in":"query","style":"form","explode":true,"shape":{"array":"string"},"schema":4},
        {"name":"csv","in":"query","style":"form","explode":false,"shape":{"array":"string"},"schema":4},
        {"name":"q","in":"query","style":"form","explode":true,"shape":"string","schema":1},
        {"name":"e","in":"query","style":"form","explode":true,"allowEmpty":true,"shape":"number","schema":2},
        {"name":"b","in":"query","style":"form","explode":true,"shape":"boolean","schema":3}"#
            .replace('\n', "");
    for (query, expected) in [
        ("", "{}"),
        ("limit=", "422 VALIDATION_FAILED: query limit type"),
        ("e=", "{}"),
        ("limit=1&limit=2", "422 VALIDATION_FAILED: query limit duplicate"),
        ("limit=1.0", r#"{"limit":1}"#),
        ("limit=+5", "422 VALIDATION_FAILED: query limit type"),
        ("limit=%2B5", "422 VALIDATION_FAILED: query limit type"),
        ("limit=05", "422 VALIDATION_FAILED: query limit type"),
        ("tags=a,b", r#"{"tags":["a,b"]}"#),
        ("tags=a&tags=b", r#"{"tags":["a","b"]}"#),
        ("tags=", r#"{"tags":[""]}"#),
        ("csv=a,b", r#"{"csv":["a","b"]}"#),
        ("csv=a%2Cb", r#"{"csv":["a,b"]}"#),
        ("q=a+b%2Bc", r#"{"q":"a b+c"}"#),
        ("q", r#"{"q":""}"#),
        ("b=true", r#"{"b":true}"#),
        ("b=1", "422 VALIDATION_FAILED: query b type"),
        ("zzz=1", "{}"),
        ("q=%ff", "400 MALFORMED_QUERY: query q malformed"),
        ("limit=x&b=x", "422 VALIDATION_FAILED: query limit type; query b type"),
    ] {
        let line = format!("GET /x?{query}");
        assert_eq!(get("/x", &parameters, &line, &[]).await, expected, "{query}");
    }
}

/// T25.
#[tokio::test]
async fn paths_are_split_before_decoding() {
    let ids = r#"{"name":"ids","in":"path","style":"simple","required":true,"shape":{"array":"string"},"schema":4}"#;
    assert_eq!(get("/f/{ids}", ids, "GET /f/a%2Cb,c", &[]).await, r#"{"ids":["a,b","c"]}"#);
    assert_eq!(get("/f/{ids}", ids, "GET /f/a%2Fb", &[]).await, r#"{"ids":["a/b"]}"#);
    let id = r#"{"name":"id","in":"path","style":"matrix","required":true,"shape":"number","schema":2}"#;
    assert_eq!(get("/f/{id}", id, "GET /f/;id=5", &[]).await, r#"{"id":5}"#);
    assert_eq!(get("/f/{id}", id, "GET /f/5", &[]).await, "422 VALIDATION_FAILED: path id style");
    let details = "422 VALIDATION_FAILED: path id type";
    assert_eq!(get("/f/{id}", id, "GET /f/;id=x", &[]).await, details);
}

/// T26.
#[tokio::test]
async fn headers_are_lists_over_several_lines() {
    let parameters = r#"{"name":"X-Ids","in":"header","style":"simple","shape":{"array":"number"},"schema":5},
        {"name":"X-Obj","in":"header","style":"simple","explode":true,"shape":{"object":{"members":{"R":"number"}}},"schema":6},
        {"name":"X-Raw","in":"header","style":"simple","shape":"string","schema":1}"#
        .replace('\n', "");
    let headers = [("x-ids", "1, 2"), ("X-Ids", "3"), ("x-obj", "R=100"), ("x-raw", "100%25")];
    let expected = r#"{"X-Ids":[1,2,3],"X-Obj":{"R":100},"X-Raw":"100%25"}"#;
    assert_eq!(get("/x", &parameters, "GET /x", &headers).await, expected);
    let expected = "422 VALIDATION_FAILED: header X-Ids /1 type; header X-Raw duplicate";
    let headers = [("x-ids", "1, b"), ("x-raw", "a"), ("x-raw", "b")];
    assert_eq!(get("/x", &parameters, "GET /x", &headers).await, expected);
}

/// T27.
#[tokio::test]
async fn objects_in_the_query() {
    let parameters = r#"{"name":"f","in":"query","style":"form","explode":true,"shape":{"object":{"members":{"R":"number","G":"number"}}},"schema":6},
        {"name":"o","in":"query","style":"form","explode":true,"shape":{"object":{"members":{},"rest":"string"}},"schema":0},
        {"name":"limit","in":"query","style":"form","explode":true,"shape":"number","schema":2},
        {"name":"d","in":"query","style":"deepObject","explode":true,"shape":{"object":{"members":{"R":"number"}}},"schema":6}"#
        .replace('\n', "");
    for (query, expected) in [
        ("R=1&G=2&limit=3", r#"{"f":{"R":1,"G":2},"limit":3}"#),
        ("d[R]=1&d%5BG%5D=2", "422 VALIDATION_FAILED: query d /G type"),
        ("d[R]=1", r#"{"d":{"R":1}}"#),
        ("d[R]=x", "422 VALIDATION_FAILED: query d /R type"),
        ("z=1&limit=2", r#"{"o":{"z":"1"},"limit":2}"#),
    ] {
        assert_eq!(get("/x", &parameters, &format!("GET /x?{query}"), &[]).await, expected, "{query}");
    }
}

/// T29.
#[tokio::test]
async fn content_parameters_are_json() {
    let parameters = r#"{"name":"filter","in":"query","content":"application/json","schema":7},
        {"name":"s","in":"query","content":"application/json","schema":1}"#
        .replace('\n', "");
    for (query, expected) in [
        ("filter=%7B%22a%22%3A1%7D&s=%22x%22", r#"{"filter":{"a":1},"s":"x"}"#),
        ("filter=%7B", "400 MALFORMED_QUERY: query filter malformed"),
        ("filter=%7B%7D", "422 VALIDATION_FAILED: query filter required"),
        ("s=x", "400 MALFORMED_QUERY: query s malformed"),
    ] {
        let seen = get("/x", &parameters, &format!("GET /x?{query}"), &[]).await;
        assert!(
            seen == expected || seen == expected.replace("filter req", "filter /a req"),
            "{query}: {seen}"
        );
    }
}

#[tokio::test]
async fn required_parameters_and_cookies() {
    let parameters = r#"{"name":"v","in":"query","style":"form","explode":true,"required":true,"shape":"number","schema":2},
        {"name":"X-V","in":"header","style":"simple","required":true,"shape":"string","schema":1},
        {"name":"c","in":"cookie","style":"form","explode":false,"shape":{"array":"number"},"schema":5}"#
        .replace('\n', "");
    let missing = "422 VALIDATION_FAILED: query v required; header X-V required";
    assert_eq!(get("/x", &parameters, "GET /x", &[]).await, missing);
    let headers = [("x-v", "1"), ("cookie", "a=b; c=1,2"), ("cookie", "d=e")];
    assert_eq!(get("/x", &parameters, "GET /x?v=1", &headers).await, r#"{"v":1,"X-V":"1","c":[1,2]}"#);
}

#[tokio::test]
async fn strict_mode_and_secrets() {
    let table = operation(
        "/x?beta=true",
        r#"{"name":"pin","in":"query","style":"form","explode":true,"secret":true,"shape":"number","schema":2}"#,
    );
    let strict = || {
        server(&[(table.as_str(), ECHO)]).strict_query(true).validation_status(http::StatusCode::BAD_REQUEST)
    };
    let answer = send(strict().into_router(), request("GET /x?beta=true&zzz=1&pin=1", &[], "")).await;
    assert_eq!(outcome(&answer), "400 VALIDATION_FAILED: query zzz unknown");
    let answer = send(strict().into_router(), request("GET /x?beta=true&pin=hunter2", &[], "")).await;
    assert_eq!(outcome(&answer), "400 VALIDATION_FAILED: query pin type");
    assert!(!answer.body.contains("hunter2"), "{}", answer.body);
}

#[tokio::test]
async fn the_whole_query_string() {
    let form = r#"{"name":"q","in":"querystring","content":"application/x-www-form-urlencoded","shape":{"object":{"members":{"R":"number"}}},"schema":6}"#;
    assert_eq!(get("/x", form, "GET /x?R=1", &[]).await, r#"{"q":{"R":1}}"#);
    let json = r#"{"name":"q","in":"querystring","content":"application/json","schema":7}"#;
    assert_eq!(get("/x", json, "GET /x?%7B%22a%22:1%7D", &[]).await, r#"{"q":{"a":1}}"#);
}
