use super::{CallbackError, CallbackUrl, Exchange, Expression, Source, pieces};
use crate::Json;

fn exchange() -> Exchange {
    let body = br#"{"urls": [null, "https://a.example/cb"], "a/b": {"m~n": 7}, "on": true, "host": "b.example:8443"}"#;
    Exchange::new()
        .method("POST")
        .url("https://api.example/orders/o%2F1?q=x+%26y&q=second&empty")
        .path("id", "o/1")
        .request_header("X-Callback", "https://c.example")
        .request_header("x-lines", "a")
        .request_header("X-Lines", "b")
        .request_body(&Json::parse(body).unwrap())
        .unwrap()
        .status(201)
        .response_header("Location", "/orders/1")
        .response_body(&Json::parse(br#"{"id": "o1"}"#).unwrap())
        .unwrap()
}

#[test]
fn expressions_are_evaluated() {
    for (key, url) in [
        ("{$request.body#/urls/1}?id={$request.query.q}", "https://a.example/cb?id=x%20%26y"),
        ("$request.body#/urls/1", "https://a.example/cb"),
        ("https://h.example/{$request.body#/a~1b/m~0n}", "https://h.example/7"),
        ("https://h.example/{$request.path.id}/{$method}", "https://h.example/o%2F1/POST"),
        ("{$request.header.x-callback}/{$statusCode}", "https://c.example/201"),
        ("https://{$request.body#/host}/x", "https://b.example:8443/x"),
        ("https://h.example{$response.header.location}", "https://h.example/orders/1"),
        (
            "https://h.example?id={$response.body#/id}&on={$request.body#/on}",
            "https://h.example?id=o1&on=true",
        ),
        ("https://h.example/?{$request.header.X-Lines}", "https://h.example/?a%2C%20b"),
        ("https://h.example?e={$request.query.empty}", "https://h.example?e="),
        ("https://h.example", "https://h.example"),
    ] {
        let key: &'static str = key;
        assert_eq!(CallbackUrl::new(key).evaluate(&exchange()).as_deref(), Ok(url), "{key}");
    }
    let own = CallbackUrl::new("https://h.example/?from={$url}").evaluate(&exchange()).unwrap();
    assert!(own.ends_with(
        "from=https%3A%2F%2Fapi.example%2Forders%2Fo%252F1%3Fq%3Dx%2B%2526y%26q%3Dsecond%26empty"
    ));
}

#[test]
fn what_is_missing_makes_no_url() {
    for (key, missing) in [
        ("{$request.body#/gone}", "$request.body#/gone"),
        ("{$request.body#/urls/2}", "$request.body#/urls/2"),
        ("{$request.body#/urls/01}", "$request.body#/urls/01"),
        ("{$request.body#/urls/1/x}", "$request.body#/urls/1/x"),
        ("https://h.example?q={$request.query.Q}", "$request.query.Q"),
        ("{$request.header.gone}", "$request.header.gone"),
        ("{$response.header.gone}", "$response.header.gone"),
    ] {
        let key: &'static str = key;
        assert_eq!(
            CallbackUrl::new(key).evaluate(&exchange()),
            Err(CallbackError::Missing(missing.to_owned()))
        );
    }
    for key in ["{$request.body#/urls}", "{$request.body#/urls/0}", "{$request.body}"] {
        let error = CallbackUrl::new(key).evaluate(&exchange()).unwrap_err();
        assert!(matches!(error, CallbackError::NoText(_)), "{key}: {error}");
    }
    let nothing = CallbackUrl::new("{$url}").evaluate(&Exchange::new()).unwrap_err();
    assert_eq!(nothing, CallbackError::Missing("$url".to_owned()));
}

#[test]
fn expressions_follow_the_grammar() {
    let body = |tokens: &[&str]| {
        Ok(Expression::Request(Source::Body(tokens.iter().map(|token| (*token).to_owned()).collect())))
    };
    assert_eq!(Expression::parse("$request.body"), body(&[]));
    assert_eq!(Expression::parse("$request.body#"), body(&[]));
    assert_eq!(Expression::parse("$request.body#/"), body(&[""]));
    assert_eq!(Expression::parse("$request.body#/a~0~1b/0"), body(&["a~/b", "0"]));
    assert_eq!(Expression::parse("$request.query.a.b"), Ok(Expression::Request(Source::Query("a.b"))));
    for broken in [
        "",
        "$",
        "url",
        "$request",
        "$request.body/a",
        "$request.body#a",
        "$request.body#/~2",
        "$request.body#/a~",
        "$request.header.",
        "$request.header.a b",
        "$request.cookie.a",
        "$response.query.a",
        "$response.path.a",
        "$status",
        "$Url",
    ] {
        assert!(Expression::parse(broken).is_err(), "{broken}");
    }
    assert!(pieces("{$url").is_err() && pieces("a{}b").is_err() && pieces("$url/x").is_err());
    assert_eq!(pieces("plain").map(|pieces| pieces.len()), Ok(1));
}
