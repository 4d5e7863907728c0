use super::{from_json, to_json};
use crate::json::Json;

fn json(yaml: &str) -> String {
    to_json(yaml).map_or_else(|error| format!("! {error}"), |bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn the_core_schema_of_yaml_1_2() {
    for (yaml, expected) in [
        ("", "null"),
        ("# nothing", "null"),
        ("a: 1\nb: [x, ~, true]\n", r#"{"a":1,"b":["x",null,true]}"#),
        ("{\"a\":[1.50,2e+3],\"b\":\"\\u00e9\"}", r#"{"a":[1.50,2e+3],"b":"é"}"#),
        ("{a:[x]}", r#"{"a":["x"]}"#),
        (
            "n: no\nd: 2020-01-01\nt: 12:30\no: 0o17\nx: 0xff\nf: .5",
            r#"{"n":"no","d":"2020-01-01","t":"12:30","o":15,"x":255,"f":0.5}"#,
        ),
        ("i: 123456789012345678901234567890", r#"{"i":123456789012345678901234567890}"#),
        ("s: !!str 12\ni: !!int 12\n200: ok", r#"{"s":"12","i":12,"200":"ok"}"#),
        ("a: &x {k: 1}\nb: *x\nc: {<<: *x, l: 2}", r#"{"a":{"k":1},"b":{"k":1},"c":{"l":2,"k":1}}"#),
        ("a: &x k\n*x : 1", r#"{"a":"k","k":1}"#),
        ("t: |\n  one\n  two\nf: >-\n  one\n  two", r#"{"t":"one\ntwo\n","f":"one two"}"#),
        ("\u{feff}a: 1", r#"{"a":1}"#),
    ] {
        assert_eq!(json(yaml), expected, "{yaml}");
    }
}

#[test]
fn what_json_does_not_have_is_refused_with_its_place() {
    for (yaml, message) in [
        ("a: 1\nb: 2\na: 3", "the key `a` stands twice in this object at line 3, column 1"),
        ("? [a]\n: 1", "a mapping key must be a scalar; this is a collection at line 1, column 3"),
        ("a: .inf", "`.inf` is a number that JSON does not have at line 1, column 4"),
        ("a: !thing 1", "the tag `!thing` means nothing here at line 1, column 11"),
        ("a: !!int x", "the tag `!!int` means nothing here at line 1, column 10"),
        ("a: 1\n---\nb: 2", "a second YAML document begins here at line 2, column 1"),
        ("a: &x [*x]", "this alias stands inside of what it refers to at line 1, column 8"),
        (
            "a:\n  b: 'one\n  two'",
            "`two'` belongs to a quoted text and is not indented like it at line 3, column 3",
        ),
        ("a: 'b'#c", "the comment `#c` has no space before it at line 1, column 7"),
        ("a: *b", "! not YAML"),
        ("a: [1", "! not YAML"),
    ] {
        assert!(json(yaml).contains(message), "{yaml}: {}", json(yaml));
    }
}

#[test]
fn bombs_are_refused() {
    let laughs = (b'b'..=b'z').fold("a: &a [x, x, x, x, x, x, x, x]\n".to_owned(), |text, letter| {
        let (own, other) = (char::from(letter), char::from(letter - 1));
        format!("{text}{own}: &{own} [*{other}, *{other}, *{other}, *{other}]\n")
    });
    assert!(json(&laughs).contains("expand to more than 100000 values"), "{}", json(&laughs));
    let nested: String = (0..100).map(|level| format!("&a{level} [")).collect();
    let wide = format!("{nested}{}{}", "0, ".repeat(20_000), "]".repeat(100));
    assert!(json(&wide).contains("expand to more than 100000 values"));
    for deep in ["[", "- ", "{a: ", "a: ["] {
        let said = json(&deep.repeat(100_000));
        assert!(said.contains("deeper than 128 levels"), "{said}");
    }
    let merged: String = (0..20_000).map(|index| format!("k{index}: 1\n")).collect();
    let text = format!("a: &a\n{}b:\n  <<: *a\n", merged.replace('k', "  k"));
    assert!(json(&text).starts_with('{'));
}

#[test]
fn values_are_written_as_people_write_them() {
    let value: Json = r##"{"name":"lamp","no":"no","n":1.50,"id":"007","empty":[],"none":{},"text":"a: b\n",
        "tags":["x",["y",null],{"a":true,"b":{"c":"#"}}],"two words":"plain text"}"##
        .parse()
        .unwrap();
    let expected = "name: lamp\n\"no\": \"no\"\n\"n\": 1.5\nid: \"007\"\nempty: []\nnone: {}\ntext: \"a: b\\n\"\ntags:\n  - x\n  - - \"y\"\n    - null\n  - a: true\n    b:\n      c: \"#\"\ntwo words: plain text\n";
    assert_eq!(from_json(&value), expected);
}

#[test]
fn what_is_written_reads_back() {
    let mut texts: Vec<String> = [
        "",
        " ",
        "- a",
        "a:",
        "a: b",
        "#",
        "null",
        "~",
        "1",
        "1e3",
        "0x1",
        ".inf",
        "<<",
        "%a",
        "@a",
        "`",
        "!t",
        "&a",
        "*a",
        "|",
        ">",
        "?",
        "key",
        "'",
        "\"",
        "\\",
        "---",
        "...",
        "a\u{2028}b",
        "=",
        "[",
        "{",
        "a ",
        "a b",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend((0..=0x3000u32).filter_map(char::from_u32).map(|c| format!("a{c}b")));
    texts.extend(["\u{feff}", "\u{fffe}", "\u{ffff}", "\u{10ffff}", "\u{e000}"].map(str::to_owned));
    texts.push("k".repeat(3_000));
    texts.push("é ".repeat(3_000));
    let members = texts.iter().map(|text| (text.clone(), Json::String(text.clone()))).collect();
    let value = Json::Array(vec![Json::Object(members), texts.iter().map(String::as_str).collect()]);
    assert_eq!(Json::parse(json(&from_json(&value)).as_bytes()).unwrap(), value);
    for lone in [r#""text""#, "[]", "{}", "null", "1", "[[[1]]]"] {
        let value: Json = lone.parse().unwrap();
        assert_eq!(json(&from_json(&value)), lone);
    }
}
