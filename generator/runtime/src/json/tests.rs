use super::Json;

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap()
}

fn malformed(bytes: &[u8]) -> (usize, String) {
    let error = Json::parse(bytes).unwrap_err();
    (error.offset, error.message)
}

#[test]
fn reads_and_prints() {
    for text in [
        "null",
        "[]",
        "{}",
        r#"[1,2.5,"a",true,false,null,{"a":{"b":[]}}]"#,
        r#"{"b":1,"a":"\"\\\n\u0001é💩/"}"#,
        "12345678901234567890123",
    ] {
        assert_eq!(json(text).to_string(), text);
    }
    assert_eq!(json(" { \"a\" :\r\n[ 1 ,\t2 ] } ").to_string(), r#"{"a":[1,2]}"#);
    assert_eq!(json(r#""\ud83d\udca9\u00e9\/\b\f\n\r\t""#), Json::from("💩é/\u{8}\u{c}\n\r\t"));
}

#[test]
fn equality_is_that_of_json_schema() {
    assert_eq!(json(r#"{"a":1,"b":[2.0]}"#), json(r#"{"b":[2],"a":1.0}"#));
    assert_ne!(json("[0]"), json("[false]"));
    assert_ne!(json("\"1\""), json("1"));
    let mut values =
        [json(r#"{"a":1,"b":2}"#), json("[1]"), json("1.0"), json(r#"{"b":2,"a":1}"#), json("1")];
    values.sort();
    assert_eq!(values[0], values[1]);
    assert_eq!(values[3], values[4]);
}

#[test]
fn errors_have_a_place_and_a_reason() {
    assert_eq!(malformed(b""), (0, "expected a value, found the end of the text".into()));
    assert_eq!(malformed(b"[1,]"), (3, "expected a value, found `]`".into()));
    assert_eq!(malformed(b"{\"a\":1,}"), (7, "expected a member name, found `}`".into()));
    assert_eq!(malformed(b"[1 2]"), (3, "expected `,` or `]`, found `2`".into()));
    assert_eq!(malformed(b"{\"a\" 1}"), (5, "expected `:`, found `1`".into()));
    assert_eq!(malformed(b"nul"), (0, "expected a value, found `n`".into()));
    assert_eq!(malformed(b"1 x"), (2, "nothing may follow the value".into()));
    assert_eq!(malformed(b"01"), (1, "a number may not start with a zero".into()));
    assert_eq!(malformed(b"\"\\ud800\""), (1, "a lone surrogate".into()));
    assert_eq!(malformed(b"\"\\ud800\\u0041\""), (1, "a lone surrogate".into()));
    assert_eq!(malformed(b"\"\\udc00\""), (1, "a lone surrogate".into()));
    assert_eq!(malformed(b"\"\\u12g4\""), (1, "expected four hexadecimal digits".into()));
    assert_eq!(malformed(b"\"\\x\""), (1, "not an escape sequence".into()));
    assert_eq!(malformed(b"\"a\nb\""), (2, "a control character must be escaped".into()));
    assert_eq!(malformed(b"\"a"), (2, "expected the end of the string, found the end of the text".into()));
    assert_eq!(malformed(b"\xEF\xBB\xBF{}"), (0, "a byte order mark may not precede JSON text".into()));
    assert_eq!(malformed(b"[\"a\xFF\"]"), (3, "not UTF-8".into()));
    assert_eq!(malformed(b"1 \xFF"), (2, "not UTF-8".into()));
    assert_eq!(malformed(b"{\"a\":1,\"a\":2}"), (6, "the member `a` occurs twice".into()));
    assert_eq!(malformed(b"{\"a\":1,\"\\u0061\":2}"), (6, "the member `a` occurs twice".into()));
}

#[test]
fn lines_and_columns_are_counted_in_characters() {
    let error = Json::parse("{\n \"é\": x}".as_bytes()).unwrap_err();
    assert_eq!((error.line, error.column), (2, 7));
    assert_eq!(error.to_string(), "expected a value, found `x` at line 2, column 7");
}

#[test]
fn depth_is_limited() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(Json::parse(nested(128).as_bytes()).is_ok());
    assert_eq!(malformed(nested(129).as_bytes()), (128, "nested more than 128 levels deep".into()));
    assert!(Json::parse("[".repeat(1_000_000).as_bytes()).is_err());
    assert!(Json::parse("{\"a\":".repeat(1_000_000).as_bytes()).is_err());
}

#[test]
fn many_members_take_linear_time() {
    let members: Vec<String> = (0..1_000_000).map(|i| format!("\"m{i}\":0")).collect();
    let text = format!("{{{}}}", members.join(","));
    assert_eq!(json(&text).as_object().map(|members| members.len()), Some(1_000_000));
    let repeated = format!("{{{}}}", vec!["\"a\":0"; 1_000_000].join(","));
    assert!(Json::parse(repeated.as_bytes()).is_err());
}

#[test]
fn pointers() {
    let value = json(r#"{"a/b":{"m~n":[10,{"":7}]},"":1}"#);
    assert_eq!(value.pointer(""), Some(&value));
    assert_eq!(value.pointer("/a~1b/m~0n/0"), Some(&Json::from(10)));
    assert_eq!(value.pointer("/a~1b/m~0n/1/"), Some(&Json::from(7)));
    assert_eq!(value.pointer("/"), Some(&Json::from(1)));
    for missing in ["a", "/x", "/a~1b/m~0n/00", "/a~1b/m~0n/-", "/a~1b/m~0n/2", "/a~1b/m~0n/+1", "//x"] {
        assert_eq!(value.pointer(missing), None, "{missing}");
    }
}
