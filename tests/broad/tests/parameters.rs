//! Parameters on the wire: every place, style and explode value; what is encoded, what is refused.

use serde_json::{Value, json};
use test_wire::{get, send};

fn cells() -> Value {
    json!({
        "primitive": "blue",
        "array": ["blue", "black", "brown"],
        "object": {"R": 100, "G": 200, "B": 150}
    })
}

fn without_primitive() -> Value {
    json!({"array": ["blue", "black", "brown"], "object": {"R": 100, "G": 200, "B": 150}})
}

/// The example values of OAS 3.1.2, "Style Examples", in every cell of that table that is not n/a.
#[tokio::test]
async fn every_style_is_read_as_the_standard_writes_it() {
    let server = test_broad::start().await;
    let complete = [
        "/path/simple/blue/blue,black,brown/R,100,G,200,B,150",
        "/path/simple-exploded/blue/blue,black,brown/R=100,G=200,B=150",
        "/path/label/.blue/.blue,black,brown/.R,100,G,200,B,150",
        "/path/label-exploded/.blue/.blue.black.brown/.R=100.G=200.B=150",
        "/path/matrix/;primitive=blue/;array=blue,black,brown/;object=R,100,G,200,B,150",
        "/path/matrix-exploded/;primitive=blue/;array=blue;array=black;array=brown/;R=100;G=200;B=150",
        "/query/form?primitive=blue&array=blue,black,brown&object=R,100,G,200,B,150",
        "/query/form-exploded?primitive=blue&array=blue&array=black&array=brown&R=100&G=200&B=150",
    ];
    for target in complete {
        let reply = get(server, &format!("GET /broad/v1{target}")).await;
        assert_eq!((reply.status(), reply.json()), (200, cells()), "{target}");
    }
    let delimited = [
        "/query/space-delimited?array=blue%20black%20brown&object=R%20100%20G%20200%20B%20150",
        "/query/pipe-delimited?array=blue%7Cblack%7Cbrown&object=R%7C100%7CG%7C200%7CB%7C150",
        "/query/pipe-delimited?array=blue|black|brown&object=R|100|G|200|B|150",
    ];
    for target in delimited {
        let reply = get(server, &format!("GET /broad/v1{target}")).await;
        assert_eq!((reply.status(), reply.json()), (200, without_primitive()), "{target}");
    }
    for target in [
        "/query/deep-object?object%5BR%5D=100&object%5BG%5D=200&object%5BB%5D=150",
        "/query/deep-object?object[R]=100&object[G]=200&object[B]=150",
    ] {
        let reply = get(server, &format!("GET /broad/v1{target}")).await;
        let object = json!({"object": {"R": 100, "G": 200, "B": 150}});
        assert_eq!((reply.status(), reply.json()), (200, object), "{target}");
    }
}

#[tokio::test]
async fn headers_and_cookies_are_read() {
    let server = test_broad::start().await;
    let requests: [(&str, &[&str]); 4] = [
        (
            "/header/simple",
            &["X-Primitive: blue", "X-Array: blue,black, brown", "X-Object: R,100,G,200,B,150"],
        ),
        (
            "/header/simple-exploded",
            &["x-primitive: blue", "x-array: blue,black", "X-Array: brown", "X-Object: R=100,G=200,B=150"],
        ),
        ("/cookie/form", &["Cookie: primitive=blue; array=blue,black,brown; object=R,100,G,200,B,150"]),
        (
            "/cookie/form",
            &["Cookie: other=1; object=R,100,G,200,B,150; array=blue,black,brown; primitive=blue"],
        ),
    ];
    for (target, headers) in requests {
        let reply = send(server, &format!("GET /broad/v1{target}"), headers, b"").await;
        assert_eq!((reply.status(), reply.json()), (200, cells()), "{target} {headers:?}");
    }
    let reply = send(server, "GET /broad/v1/cookie/form-exploded", &["Cookie: primitive=blue"], b"").await;
    assert_eq!(reply.json(), json!({"primitive": "blue"}));
}

#[tokio::test]
async fn values_are_split_before_they_are_decoded() {
    let server = test_broad::start().await;
    let reply = get(server, "GET /broad/v1/path/simple/a%2Fb/x%2Cy,z/R,1,G,2,B,3").await;
    assert_eq!(reply.json()["primitive"], "a/b");
    assert_eq!(reply.json()["array"], json!(["x,y", "z"]));
    let reply = get(server, "GET /broad/v1/query/form?primitive=a%26b%3Dc&array=x%2Cy,%F0%9F%92%A9").await;
    assert_eq!(reply.json(), json!({"primitive": "a&b=c", "array": ["x,y", "💩"]}));
    let reply = get(server, "GET /broad/v1/query/form-exploded?primitive=a+b&array=c%2Bd").await;
    assert_eq!(reply.json(), json!({"primitive": "a b", "array": ["c+d"]}));
    // Headers are never percent-decoded.
    let reply = send(server, "GET /broad/v1/header/simple", &["X-Primitive: 100%25"], b"").await;
    assert_eq!(reply.json(), json!({"primitive": "100%25"}));
}

#[tokio::test]
async fn absent_parameters_are_absent() {
    let server = test_broad::start().await;
    for target in
        ["/query/form", "/query/form-exploded", "/query/deep-object", "/header/simple", "/cookie/form"]
    {
        let reply = get(server, &format!("GET /broad/v1{target}")).await;
        assert_eq!((reply.status(), reply.json()), (200, json!({})), "{target}");
    }
}

#[tokio::test]
async fn scalars_have_their_types() {
    let server = test_broad::start().await;
    let target = "GET /broad/v1/query/scalars?count=7&ratio=0.5&flag=true&day=2024-02-29&mode=fast&level=3&either=12\
                  &numbers=1&numbers=-2&reserved=a/b?c&empty=&old=x&odd%20name%5B%5D=p&odd%20name%5B%5D=q";
    let expected = json!({
        "count": 7, "ratio": 0.5, "flag": true, "day": "2024-02-29", "mode": "fast", "level": 3, "either": 12,
        "numbers": [1, -2], "reserved": "a/b?c", "empty": "", "old": "x", "odd": ["p", "q"]
    });
    let reply = get(server, target).await;
    assert_eq!((reply.status(), reply.json()), (200, expected));
    let reply = get(server, "GET /broad/v1/query/scalars?count=7&either=abc").await;
    assert_eq!(
        reply.json(),
        json!({"count": 7, "mode": "slow", "either": "abc"}),
        "the default is filled in"
    );
}

/// Query, the `in` and the keyword of the violation.
#[tokio::test]
async fn every_violation_is_named() {
    let server = test_broad::start().await;
    let cases = [
        ("", "required"),
        ("count=0", "minimum"),
        ("count=x", "type"),
        ("count=1&flag=yes", "type"),
        ("count=1&day=2023-02-29", "format"),
        ("count=1&mode=medium", "enum"),
        ("count=1&level=4", "enum"),
        ("count=1&either=abcdef", "maxLength"),
        ("count=1&numbers=1&numbers=2&numbers=3&numbers=4", "maxItems"),
        ("count=9223372036854775808", "format"),
    ];
    for (query, keyword) in cases {
        let reply = get(server, &format!("GET /broad/v1/query/scalars?{query}")).await;
        let problem = reply.json();
        assert_eq!((reply.status(), &problem["code"]), (422, &json!("VALIDATION_FAILED")), "{query}");
        assert_eq!(problem["details"][0]["in"], "query", "{query}: {problem}");
        assert_eq!(problem["details"][0]["keyword"], keyword, "{query}: {problem}");
    }
    let reply = get(server, "GET /broad/v1/query/scalars?count=0&flag=yes&level=9").await;
    assert_eq!(reply.json()["details"].as_array().map(Vec::len), Some(3), "{}", reply.text());
    let reply = get(server, "GET /broad/v1/path/simple/blue/blue/R,100,G,300,B,150").await;
    assert_eq!(reply.json()["details"][0]["in"], "path", "{}", reply.text());
    assert_eq!(reply.json()["details"][0]["keyword"], "maximum");
    let reply = get(server, "GET /broad/v1/query/form?primitive=a%ZZ").await;
    assert_eq!(reply.status(), 400, "bad percent-encoding is malformed: {}", reply.text());
}

#[tokio::test]
async fn documents_travel_in_parameters() {
    let server = test_broad::start().await;
    let target =
        "GET /broad/v1/query/content?filter=%7B%22R%22%3A1%2C%22G%22%3A2%2C%22B%22%3A3%7D&note=hi%20there";
    let color = json!({"R": 1, "G": 2, "B": 3});
    let reply = send(server, target, &[r#"X-Filter: {"R":1,"G":2,"B":3}"#], b"").await;
    assert_eq!(reply.json(), json!({"filter": color, "header": color, "note": "hi there"}));
    let reply = get(server, "GET /broad/v1/query/content?filter=%7B%22R%22%3A1").await;
    assert!(matches!(reply.status(), 400 | 422), "{}", reply.text());
    let reply = get(server, "GET /broad/v1/query/content?filter=%7B%22R%22%3A1%7D").await;
    assert_eq!(reply.status(), 422);
    assert_eq!(reply.json()["details"][0]["keyword"], "required");
}

#[tokio::test]
async fn one_name_in_every_place() {
    let server = test_broad::start().await;
    let target = "GET /broad/v1/everywhere/1?id=two&shared=5";
    let reply = send(server, target, &["id: three", "Cookie: id=four"], b"").await;
    let expected = json!({"path": 1, "query": "two", "header": "three", "cookie": "four", "shared": 5});
    assert_eq!((reply.status(), reply.json()), (200, expected));
    let reply = send(server, "GET /broad/v1/everywhere/1?id=two&shared=word", &["id: three"], b"").await;
    assert_eq!(reply.status(), 422, "the operation's parameter replaces the path item's");
}
