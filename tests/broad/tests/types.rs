//! Documents that the schemas accept come back as they were; documents that they refuse are refused for the right
//! reason.

use std::net::SocketAddr;

use serde_json::{Value, json};
use test_wire::{Message, send};

async fn post(server: SocketAddr, kind: &str, document: &str) -> Message {
    let method = if kind == "access" { "PUT" } else { "POST" };
    let request = format!("{method} /broad/v1/types/{kind}");
    send(server, &request, &["Content-Type: application/json"], document.as_bytes()).await
}

/// Each document is accepted and comes back unchanged.
async fn accepts(kind: &str, documents: &[&str]) {
    let server = test_broad::start().await;
    for document in documents {
        let reply = post(server, kind, document).await;
        assert_eq!(reply.status(), 200, "{kind} {document}: {}", reply.text());
        let sent: Value = serde_json::from_str(document).expect("the test's own document");
        assert_eq!(reply.json(), sent, "{kind} {document}");
    }
}

/// Each document is refused, with a violation of this keyword.
async fn refuses(kind: &str, documents: &[(&str, &str)]) {
    let server = test_broad::start().await;
    for (document, keyword) in documents {
        let reply = post(server, kind, document).await;
        assert_eq!(reply.status(), 422, "{kind} {document}: {}", reply.text());
        let problem = reply.json();
        let details = problem["details"].as_array().cloned().unwrap_or_default();
        let keywords: Vec<_> =
            details.iter().map(|detail| detail["keyword"].as_str().unwrap_or_default()).collect();
        assert!(keywords.contains(keyword), "{kind} {document}: {keyword} is not among {keywords:?}");
    }
}

#[tokio::test]
async fn enums() {
    let words = ["", "a", "A", "+1", "-1", "a b", "self", "<=", "é"];
    let words: Vec<String> = words.iter().map(|word| json!({"word": word}).to_string()).collect();
    accepts("enums", &words.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let others = [
        r#"{"number":-3,"same":"paid"}"#,
        r#"{"mixed":1}"#,
        r#"{"mixed":"one"}"#,
        r#"{"mixed":null}"#,
        r#"{"mixed":true}"#,
        r#"{"mixed":[false]}"#,
        r#"{"mixed":{"a":1}}"#,
        r#"{"nullable":null}"#,
        r#"{"nullable":"y","one":"only","seven":7}"#,
    ];
    accepts("enums", &others).await;
    let wrong = [
        (r#"{"word":"B"}"#, "enum"),
        (r#"{"number":3}"#, "enum"),
        (r#"{"mixed":false}"#, "enum"),
        (r#"{"mixed":[0]}"#, "enum"),
        (r#"{"nullable":"z"}"#, "enum"),
        (r#"{"one":"other"}"#, "const"),
        (r#"{"seven":"7"}"#, "const"),
        (r#"{"same":null}"#, "type"),
    ];
    refuses("enums", &wrong).await;
}

#[tokio::test]
async fn equal_numbers_are_equal_however_written() {
    let server = test_broad::start().await;
    for (document, expected) in [
        (r#"{"number":1.0}"#, json!({"number": 1.0})),
        (r#"{"seven":7.0}"#, json!({"seven": 7.0})),
        (r#"{"mixed":{"a":1.0}}"#, json!({"mixed": {"a": 1.0}})),
    ] {
        let reply = post(server, "enums", document).await;
        assert_eq!(reply.status(), 200, "{document}: {}", reply.text());
        let as_floats = |value: &Value| value.to_string().replace(".0", "");
        assert_eq!(as_floats(&reply.json()), as_floats(&expected));
    }
}

#[tokio::test]
async fn four_states_of_a_member() {
    let documents = [
        r#"{"required":"a","requiredNullable":null,"undeclared":null}"#,
        r#"{"required":"a","requiredNullable":"b","undeclared":{"any":[1]},"optional":"c"}"#,
        r#"{"required":"a","requiredNullable":null,"undeclared":1,"optionalNullable":null,"optionalObject":null}"#,
        r#"{"required":"a","requiredNullable":null,"undeclared":1,"optionalObject":{"name":"lamp"}}"#,
    ];
    accepts("states", &documents).await;
    let wrong = [
        (r#"{"required":"a","undeclared":1}"#, "required"),
        (r#"{"required":"a","requiredNullable":null}"#, "required"),
        (r#"{"required":null,"requiredNullable":null,"undeclared":1}"#, "type"),
        (r#"{"required":"a","requiredNullable":null,"undeclared":1,"optional":null}"#, "type"),
        (r#"["a",null,1]"#, "type"),
        ("null", "type"),
    ];
    refuses("states", &wrong).await;
}

#[tokio::test]
async fn numbers() {
    let documents = [
        r#"{"integer":7,"int32":-2147483648,"int64":9223372036854775807,"unsigned":18446744073709551615,"byte":255}"#,
        r#"{"number":0.1,"cents":19.99,"open":0.5,"float":1.5}"#,
        r#"{"cents":4.02}"#,
    ];
    accepts("numbers", &documents).await;
    let wrong = [
        (r#"{"integer":1.5}"#, "type"),
        (r#"{"integer":"1"}"#, "type"),
        (r#"{"integer":true}"#, "type"),
        (r#"{"int32":2147483648}"#, "format"),
        (r#"{"int64":9223372036854775808}"#, "format"),
        (r#"{"unsigned":-1}"#, "minimum"),
        (r#"{"unsigned":18446744073709551616}"#, "maximum"),
        (r#"{"byte":256}"#, "maximum"),
        (r#"{"cents":19.995}"#, "multipleOf"),
        (r#"{"open":0}"#, "exclusiveMinimum"),
        (r#"{"open":1.0}"#, "exclusiveMaximum"),
    ];
    refuses("numbers", &wrong).await;
}

#[tokio::test]
async fn large_numbers_come_back_to_the_digit() {
    let server = test_broad::start().await;
    for (document, digits) in [
        (r#"{"integer":12345678901234567890123}"#, "12345678901234567890123"),
        (r#"{"number":0.1000000000000000055511151231257827}"#, "0.1000000000000000055511151231257827"),
    ] {
        let reply = post(server, "numbers", document).await;
        assert!(reply.text().contains(digits), "{}", reply.text());
    }
    for document in [r#"{"integer":1.0}"#, r#"{"int32":1e2}"#, r#"{"int64":-0}"#, r#"{"byte":25.5e1}"#] {
        let reply = post(server, "numbers", document).await;
        assert_eq!(reply.status(), 200, "{document}: {}", reply.text());
    }
}

#[tokio::test]
async fn strings() {
    let documents = [
        r#"{"short":"💩","digits":"123","notAdmin":"root","contains":"xfoox"}"#,
        r#"{"short":"\ud83d\udca9"}"#,
        r#"{"short":"","bytes":"AAEC"}"#,
    ];
    accepts("strings", &documents).await;
    let wrong = [
        (r#"{"short":"e\u0301"}"#, "maxLength"),
        (r#"{"digits":"١٢٣"}"#, "pattern"),
        (r#"{"digits":"123\n"}"#, "pattern"),
        (r#"{"notAdmin":"adminx"}"#, "pattern"),
        (r#"{"contains":"fo"}"#, "pattern"),
        (r#"{"secret":"hunter2"}"#, "minLength"),
    ];
    refuses("strings", &wrong).await;
    let reply = post(test_broad::start().await, "strings", r#"{"secret":"hunter2"}"#).await;
    assert!(!reply.text().contains("hunter2"), "a password is never repeated: {}", reply.text());
}

#[tokio::test]
async fn formats_keep_the_text() {
    let documents = [
        r#"{"dateTime":"2016-12-31T23:59:60Z"}"#,
        r#"{"dateTime":"2020-01-01t00:00:00.1234567890123-00:00"}"#,
        r#"{"date":"2024-02-29","time":"10:00:00+01:00","duration":"P1Y2M","uuid":"0198C1F0-5d0e-7c3a-9a51-6f0c8a4f2b11"}"#,
        r#"{"email":"ines@example.com","hostname":"a-b.example","ipv4":"127.0.0.1","ipv6":"::1"}"#,
        r##"{"uri":"https://example.com/a?b#c","uriReference":"../a","uriTemplate":"/a/{b}","jsonPointer":"/a~1b","regex":"^a$"}"##,
    ];
    accepts("formats", &documents).await;
    let wrong = [
        (r#"{"dateTime":"2020-01-01 00:00:00Z"}"#, "format"),
        (r#"{"dateTime":"2020-02-30T00:00:00Z"}"#, "format"),
        (r#"{"date":"2023-02-29"}"#, "format"),
        (r#"{"time":"10:00:00"}"#, "format"),
        (r#"{"duration":"P"}"#, "format"),
        (r#"{"uuid":"{0198c1f0-5d0e-7c3a-9a51-6f0c8a4f2b11}"}"#, "format"),
        (r#"{"email":"ines"}"#, "format"),
        (r#"{"ipv4":"256.0.0.1"}"#, "format"),
        (r#"{"ipv6":"1:2"}"#, "format"),
        (r#"{"uri":"/a"}"#, "format"),
        (r#"{"jsonPointer":"a"}"#, "format"),
        (r#"{"regex":"["}"#, "format"),
    ];
    refuses("formats", &wrong).await;
}

#[tokio::test]
async fn arrays() {
    let documents = [
        r#"{"pair":["a",1],"loose":[],"unique":[1,2.5],"bounded":["x"],"matrix":[[1],[],[2,3]]}"#,
        r#"{"loose":["a"]}"#,
        r#"{"loose":["a",1,null]}"#,
        r#"{"contains":[1,"x",1],"nullables":["a",null]}"#,
    ];
    accepts("arrays", &documents).await;
    let wrong = [
        (r#"{"pair":["a"]}"#, "minItems"),
        (r#"{"pair":["a",1,2]}"#, "items"),
        (r#"{"pair":[1,"a"]}"#, "type"),
        (r#"{"unique":[1,1.0]}"#, "uniqueItems"),
        (r#"{"bounded":[]}"#, "minItems"),
        (r#"{"bounded":["a","b","c","d"]}"#, "maxItems"),
        (r#"{"matrix":[1]}"#, "type"),
        (r#"{"contains":[2]}"#, "contains"),
        (r#"{"contains":[1,1,1]}"#, "maxContains"),
    ];
    refuses("arrays", &wrong).await;
}

#[tokio::test]
async fn maps() {
    let documents = [
        r#"{"plain":{"":1,"é":2},"things":{"a":{"name":"lamp"}},"free":{"a":[1,{"b":null}]}}"#,
        r#"{"patterned":{"n_a":1,"s_b":"x"},"named":{"abc":"x"},"counted":{"a":null}}"#,
        r#"{"mixed":{"name":"n","other":1}}"#,
    ];
    accepts("maps", &documents).await;
    let wrong = [
        (r#"{"plain":{"a":"1"}}"#, "type"),
        (r#"{"things":{"a":{}}}"#, "required"),
        (r#"{"patterned":{"n_a":"1"}}"#, "type"),
        (r#"{"patterned":{"x":1}}"#, "additionalProperties"),
        (r#"{"mixed":{"name":"n","other":"x"}}"#, "type"),
        (r#"{"counted":{}}"#, "minProperties"),
        (r#"{"counted":{"a":1,"b":2,"c":3}}"#, "maxProperties"),
    ];
    refuses("maps", &wrong).await;
    let reply = post(test_broad::start().await, "maps", r#"{"named":{"A":"x"}}"#).await;
    assert_eq!(reply.status(), 422, "{}", reply.text());
}

#[tokio::test]
async fn compositions() {
    accepts("all-of", &[r#"{"name":"Ann","nick":"A","job":"press","manager":{"name":"Bo"}}"#]).await;
    refuses(
        "all-of",
        &[(r#"{"name":"Ann","job":"press"}"#, "required"), (r#"{"nick":"A","job":""}"#, "minLength")],
    )
    .await;
    let unions = [
        r#"{"byType":"a"}"#,
        r#"{"byType":1}"#,
        r#"{"byType":true}"#,
        r#"{"byType":["a"]}"#,
        r#"{"byTypeList":null}"#,
        r#"{"byTypeList":1.5}"#,
        r#"{"byMember":{"kind":"square","side":2,"label":null}}"#,
        r#"{"byRange":-5}"#,
        r#"{"byRange":10}"#,
        r#"{"exclusive":{"b":"1"}}"#,
    ];
    accepts("one-of", &unions).await;
    for wrong in [
        r#"{"byType":null}"#,
        r#"{"byType":1.5}"#,
        r#"{"byTypeList":[]}"#,
        r#"{"byMember":{"kind":"circle","side":2}}"#,
        r#"{"byRange":5}"#,
        r#"{"exclusive":{"a":"1","b":"2"}}"#,
        r#"{"exclusive":{}}"#,
    ] {
        let reply = post(test_broad::start().await, "one-of", wrong).await;
        assert_eq!(reply.status(), 422, "{wrong}: {}", reply.text());
    }
    let contacts =
        [r#"{"mail":"m"}"#, r#"{"phone":"p"}"#, r#"{"mail":"m","phone":"p"}"#, r#"{"mail":"m","phone":1}"#];
    accepts("any-of", &contacts).await;
    let reply = post(test_broad::start().await, "any-of", "{}").await;
    assert_eq!(reply.status(), 422, "{}", reply.text());
}

#[tokio::test]
async fn discriminators() {
    accepts("discriminator", &[r#"{"kind":"circle","radius":1.5}"#, r#"{"kind":"square","side":2}"#]).await;
    let wrong = [
        (r#"{"kind":"circle"}"#, "required"),
        (r#"{"kind":"square","side":0}"#, "exclusiveMinimum"),
        (r#"{"kind":"square","side":1,"label":2}"#, "type"),
    ];
    refuses("discriminator", &wrong).await;
    for wrong in [r#"{"kind":"oval","radius":1}"#, r#"{"radius":1}"#, r#"[]"#] {
        let reply = post(test_broad::start().await, "discriminator", wrong).await;
        assert_eq!(reply.status(), 422, "{wrong}: {}", reply.text());
    }
}

#[tokio::test]
async fn recursion() {
    let documents = [
        r#"{"value":1,"left":{"value":2,"right":{"value":3}},"children":[{"value":4}],"named":{"a":{"value":5}}}"#,
        r#"{"value":1,"forest":[[],[[]]]}"#,
    ];
    accepts("recursion", &documents).await;
    refuses("recursion", &[(r#"{"value":1,"left":{"value":2,"right":{}}}"#, "required")]).await;
    let deep = format!(r#"{{"value":1,"forest":{}{}}}"#, "[".repeat(5000), "]".repeat(5000));
    let reply = post(test_broad::start().await, "recursion", &deep).await;
    assert!(matches!(reply.status(), 400 | 422), "depth is limited: {}", reply.text());
}

#[tokio::test]
async fn defaults_are_not_written() {
    accepts("defaults", &["{}", r#"{"nullable":null}"#, r#"{"count":5,"list":["a"],"status":"paid"}"#]).await;
}

#[tokio::test]
async fn conditions() {
    let documents = [r#"{"method":"card","number":"1","cvc":"234"}"#, r#"{"method":"iban","iban":"x"}"#];
    accepts("conditions", &documents).await;
    let wrong = [
        (r#"{"method":"card"}"#, "required"),
        (r#"{"method":"card","number":"1"}"#, "dependentRequired"),
        (r#"{"method":"card","number":"1","cvc":"2"}"#, "minLength"),
        (r#"{"method":"iban","number":"1","cvc":"234"}"#, "required"),
        (r#"{"method":"iban","iban":"x","number":"1","cvc":"234"}"#, "not"),
    ];
    refuses("conditions", &wrong).await;
    accepts("unevaluated", &[r#"{"a":"x","b":1}"#, "{}"]).await;
    refuses("unevaluated", &[(r#"{"a":"x","c":1}"#, "unevaluatedProperties")]).await;
    accepts("generic", &[r#"{"items":[{"name":"x"}],"next":null}"#]).await;
    refuses("generic", &[(r#"{"items":[{}]}"#, "required"), (r#"{"items":[{"name":""}]}"#, "minLength")])
        .await;
}

#[tokio::test]
async fn read_only_and_write_only_members() {
    let server = test_broad::start().await;
    let account = r#"{"name":"Ann","password":"correct horse","owner":{"pin":"1234"}}"#;
    let expected = json!({"id": 1, "name": "Ann", "owner": {"created": "2024-01-01T00:00:00Z"}});
    let reply = post(server, "access", account).await;
    assert_eq!((reply.status(), reply.json()), (200, expected.clone()));
    let with_id = r#"{"id":99,"name":"Ann","password":"correct horse","owner":{"pin":"1234","created":"2020-01-01T00:00:00Z"}}"#;
    let reply = post(server, "access", with_id).await;
    assert_eq!(
        (reply.status(), reply.json()),
        (200, expected),
        "read-only members that are sent are ignored"
    );
    let reply = post(server, "access", r#"{"name":"Ann","password":"short","owner":{"pin":"98765"}}"#).await;
    assert_eq!(reply.json()["details"].as_array().map(Vec::len), Some(2), "{}", reply.text());
    assert!(!reply.text().contains("\"short\"") && !reply.text().contains("98765"), "{}", reply.text());
    refuses("access", &[(r#"{"name":"Ann"}"#, "required")]).await;
}

#[tokio::test]
async fn names_are_exact() {
    let document = r##"{"type":"1","self":"2","async":"3","r#type":"4","$x":"5","_":"6","fooBar":"7","foo_bar":"8",
        "foo-bar":"9","1st":"10","":"11","option":{"some":"s"},"result":{"ok":true,"err":null},"string":"abc",
        "box":[{"some":"t"}],"anything":null}"##;
    accepts("names", &[document, "{}"]).await;
    refuses("names", &[(r#"{"string":"abcd"}"#, "maxLength"), (r#"{"option":{}}"#, "required")]).await;
    let reply = post(test_broad::start().await, "names", r#"{"gone":null}"#).await;
    assert_eq!(reply.status(), 422, "{}", reply.text());
}

#[tokio::test]
async fn malformed_documents_are_malformed() {
    let server = test_broad::start().await;
    for document in [
        "{",
        "{} {}",
        r#"{"a":1,}"#,
        r#"{"required":"a","required":"b"}"#,
        r#"{"required":"\ud800"}"#,
        "{\"required\":\"\u{1}\"}",
        "{'a':1}",
        r#"{"a":01}"#,
        r#"{"a":NaN}"#,
    ] {
        let reply = post(server, "states", document).await;
        assert_eq!((reply.status(), &reply.json()["code"]), (400, &json!("MALFORMED_BODY")), "{document}");
    }
    let reply =
        send(server, "POST /broad/v1/types/states", &["Content-Type: application/json"], b"\"\xff\"").await;
    assert_eq!(reply.status(), 400, "not UTF-8");
}
