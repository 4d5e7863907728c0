use crate::diagnostic::{Code, Diagnostics};
use crate::source::{LineColumn, Node, Sources, Value, parse};

fn read(text: impl Into<Vec<u8>>) -> (Sources, Diagnostics) {
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let _ = parse("test.yaml".to_owned(), text.into(), false, &sources, &mut diagnostics);
    (sources, diagnostics)
}

fn root_json(text: &str) -> String {
    let (sources, diagnostics) = read(text);
    assert!(!diagnostics.has_errors(), "{text}: {:?}", diagnostics.iter().collect::<Vec<_>>());
    let (_, file) = sources.iter().next().unwrap();
    serde_text(file.root().unwrap())
}

fn serde_text(node: Node<'_>) -> String {
    match node.value() {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(lexeme) => lexeme.to_owned(),
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("[{}]", items.map(serde_text).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members = members.map(|member| format!("{:?}:{}", member.name, serde_text(member.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

fn failure(text: impl Into<Vec<u8>>) -> (Code, LineColumn, usize) {
    let (sources, diagnostics) = read(text);
    let first = diagnostics.iter().next().expect("an error");
    (first.code, sources.line_column(first.at).unwrap(), first.labels.len())
}

#[test]
fn json_keeps_order_lexemes_and_escapes() {
    let text = r#"{"b": [1.0, 1e2, -0, 12345678901234567890123], "a": "x\n\ud83d\udca9\u00e9", "t": true, "n": null}"#;
    assert_eq!(
        root_json(text),
        "{\"b\":[1.0,1e2,-0,12345678901234567890123],\"a\":\"x\\n💩é\",\"t\":true,\"n\":null}"
    );
}

#[test]
fn yaml_and_json_make_the_same_tree() {
    assert_eq!(
        root_json("b:\n- 1.0\n- {x: 'no', y: no}\na: |\n  x\n  y\n200: 2020-01-01\ne:\n"),
        "{\"b\":[1.0,{\"x\":\"no\",\"y\":\"no\"}],\"a\":\"x\\ny\\n\",\"200\":\"2020-01-01\",\"e\":null}"
    );
    assert_eq!(root_json("{a: 1, b: [x]}"), "{\"a\":1,\"b\":[\"x\"]}");
}

#[test]
fn a_flow_collection_may_follow_its_colon() {
    let text = "a: {b:[x, y], c:{d: 1}}\ne: 2\n";
    assert_eq!(root_json(text), "{\"a\":{\"b\":[\"x\",\"y\"],\"c\":{\"d\":1}},\"e\":2}");
    let (sources, _) = read(text);
    let (_, file) = sources.iter().next().unwrap();
    let span = file.root().unwrap().member("e").unwrap().name_span;
    assert_eq!(sources.line_column(span), Some(LineColumn { line: 2, column: 1 }));
}

#[test]
fn merge_keys_and_aliases_are_expanded() {
    assert_eq!(
        root_json("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\n"),
        "{\"a\":{\"x\":1,\"y\":2},\"b\":{\"y\":3,\"x\":1},\"c\":{\"x\":1,\"y\":2}}"
    );
    // Of several, the first wins; what has an anchor within is not lost when members are merged.
    assert_eq!(
        root_json(
            "a: &a {x: 1}\nb: &b {x: 2, z: [3]}\nc:\n  <<: [*a, *b]\n  y: &y {<<: *b, z: 4}\nd: *y\n'<<': 5\n"
        ),
        "{\"a\":{\"x\":1},\"b\":{\"x\":2,\"z\":[3]},\"c\":{\"y\":{\"z\":4,\"x\":2},\"x\":1,\"z\":[3]},\
         \"d\":{\"z\":4,\"x\":2},\"<<\":5}"
    );
    assert_eq!(failure("a: &a [1]\nb:\n  <<: *a\n").0, Code::SYNTAX);
}

#[test]
fn failures_have_places() {
    let at = |line, column| LineColumn { line, column };
    assert_eq!(failure("{\"a\": 1,\n \"a\": 2}"), (Code::DUPLICATE_KEY, at(2, 2), 1));
    assert_eq!(failure("a: 1\nb: 2\na: 3\n"), (Code::DUPLICATE_KEY, at(3, 1), 1));
    assert_eq!(failure("{\"a\": [1, 2"), (Code::SYNTAX, at(1, 12), 0));
    assert_eq!(failure("a: b\n---\nc: d\n"), (Code::SEVERAL_DOCUMENTS, at(2, 1), 0));
    assert_eq!(failure("a: 1\n? [x, y]\n: 2\n"), (Code::COMPLEX_KEY, at(2, 3), 0));
    assert_eq!(failure(""), (Code::EMPTY_DOCUMENT, at(1, 1), 0));
    assert_eq!(failure(b"ab: caf\xe9\n".to_vec()), (Code::ENCODING, at(1, 8), 0));
    assert_eq!(failure(b"\xff\xfe{\0}\0".to_vec()), (Code::ENCODING, at(1, 1), 0));
}

#[test]
fn depth_and_aliases_are_bounded() {
    assert_eq!(failure("[".repeat(100_000)).0, Code::TOO_DEEP);
    assert_eq!(failure(format!("a: {}", "[".repeat(100_000))).0, Code::TOO_DEEP);
    let levels: Vec<String> = (1..30).map(|n| format!("l{n}: &l{n} [*l{0}, *l{0}]", n - 1)).collect();
    assert_eq!(failure(format!("l0: &l0 [x]\n{}\n", levels.join("\n"))).0, Code::ALIAS_LIMIT);
}

#[test]
fn spans_of_block_collections_end_with_their_last_child() {
    let text = "a:\n  b: 1\n  c: [x, y]\nd: 2\n";
    let (sources, _) = read(text);
    let (id, file) = sources.iter().next().unwrap();
    let root = file.root().unwrap();
    let slice = |name: &str| {
        let span = root.get(name).unwrap().span();
        &sources.text(id)[span.start as usize..span.end as usize]
    };
    assert_eq!(slice("a"), "b: 1\n  c: [x, y]");
    let span = root.get("a").unwrap().get("c").unwrap().items().nth(1).unwrap().span();
    assert_eq!(sources.pointer(span).unwrap(), "/a/c/1");
}

#[test]
fn forgotten_trees_are_made_again() {
    let (mut sources, _) = read("a: {b: [x, y]}\n");
    let item = |sources: &Sources| {
        let (_, file) = sources.iter().next().unwrap();
        file.root().unwrap().get("a").unwrap().get("b").unwrap().items().nth(1).unwrap().span()
    };
    let before = item(&sources);
    sources.forget_trees();
    assert_eq!(item(&sources), before);
    sources.forget_trees();
    assert_eq!(sources.pointer(before).unwrap(), "/a/b/1");
}

#[test]
fn a_byte_order_mark_and_crlf_do_not_shift_places() {
    let (sources, diagnostics) = read("\u{feff}a: 1\r\nb: |\r\n  x\r\n  y\r\na: 2\r\n");
    let (id, file) = sources.iter().next().unwrap();
    let root = file.root().unwrap();
    assert_eq!(root.get("b").and_then(|node| node.as_str()), Some("x\ny\n"));
    let first = diagnostics.iter().next().unwrap();
    assert_eq!(sources.line_column(first.at), Some(LineColumn { line: 5, column: 1 }));
    assert_eq!(sources.line_column(first.labels[0].0), Some(LineColumn { line: 1, column: 1 }));
    assert!(sources.text(id).starts_with('\u{feff}'));
}

#[test]
fn tags_that_say_nothing_are_reported_on_every_kind_of_value() {
    let (_, diagnostics) = read("a: !x 1\nb: !x {}\nc: !x\n  - 1\nd: !!map {}\ne: !!seq []\nf: !!str 1\n");
    assert!(diagnostics.iter().all(|finding| finding.code == Code::YAML_TAG));
    assert_eq!(diagnostics.iter().count(), 3);
}

#[test]
fn what_other_readers_of_yaml_do_not_insist_on_is_mended() {
    let text = "a:\n  b: 'one\n  two\n\n three'\n  c: \"é\"#glued\nd: 1\n";
    assert_eq!(root_json(text), r#"{"a":{"b":"one two\nthree","c":"é"},"d":1}"#);
    let (sources, diagnostics) = read(text);
    let found: Vec<_> =
        diagnostics.iter().map(|item| (item.code, sources.line_column(item.at).unwrap())).collect();
    let at = |line, column| (Code::YAML_SPACE, LineColumn { line, column });
    assert_eq!(found, [at(3, 3), at(6, 10)]);
    let (_, file) = sources.iter().next().unwrap();
    let last = file.root().unwrap().member("d").unwrap().name_span;
    assert_eq!(sources.line_column(last).unwrap(), LineColumn { line: 7, column: 1 });
}
