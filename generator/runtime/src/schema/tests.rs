use super::*;

fn tables(lines: &[&str]) -> Tables {
    Tables::parse(lines.join("\n"))
}

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap()
}

/// `pointer keyword message` of each violation.
fn reasons(lines: &[&str], value: &str) -> Vec<String> {
    let (tables, value) = (tables(lines), json(value));
    let violations = tables.evaluate(0, &value, &Limits::default());
    assert_eq!(violations.is_empty(), tables.is_valid(0, &value), "the two judges disagree on {value}");
    violations.iter().map(|v| format!("{} {} {}", v.pointer, v.keyword, v.message)).collect()
}

#[test]
fn every_violation_is_listed_with_its_place() {
    let order = r#"{"type":"object","required":["id","items"],"properties":{
        "id":{"type":"integer"},"items":{"type":"array","items":{"$ref":1}},"a/b":{"maxLength":2}},
        "additionalProperties":false}"#;
    let order = order.replace('\n', "");
    let item = r#"{"required":["price"],"properties":{"price":{"minimum":0,"multipleOf":0.01}}}"#;
    let found = reasons(&[&order, item], r#"{"items":[{"price":-1.001},{}],"a/b":"xyz","x":null}"#);
    assert_eq!(
        found,
        [
            "/id required is required",
            "/items/0/price minimum must be at least 0",
            "/items/0/price multipleOf must be a multiple of 0.01",
            "/items/1/price required is required",
            "/a~1b maxLength must have at most 2 characters",
            "/x additionalProperties is not a known member",
        ]
    );
}

#[test]
fn the_nearest_branch_explains_a_failed_choice() {
    let card = r#"{"type":"object","required":["number"],"properties":{"method":{"const":"card"},"number":{"type":"string"}}}"#;
    let iban = r#"{"type":"object","required":["iban"],"properties":{"method":{"const":"iban"},"iban":{"minLength":5}}}"#;
    let lines = [r#"{"oneOf":[{"$ref":1},{"$ref":2}]}"#, card, iban];
    assert_eq!(
        reasons(&lines, r#"{"method":"iban","iban":"x"}"#),
        [
            " oneOf matches none of the 2 alternatives; the nearest is number 2",
            "/iban minLength must have at least 5 characters",
        ]
    );
    assert_eq!(reasons(&lines, r#"{"method":"cash"}"#), [r#"/method oneOf must be "card" or "iban""#]);
    assert_eq!(
        reasons(&[r#"{"oneOf":[{"minimum":1},{"type":"string"},{"maximum":9}]}"#], "5"),
        [" oneOf must match exactly one alternative, but matches numbers 1, 3"]
    );
}

#[test]
fn unevaluated_members_are_those_no_schema_knows() {
    let closed = r#"{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":true}}],"unevaluatedProperties":false}"#;
    assert!(reasons(&[closed], r#"{"a":"","b":1}"#).is_empty());
    // `a` is wrong, but known
    assert_eq!(
        reasons(&[closed], r#"{"a":1,"b":1,"c":1}"#),
        ["/a type must be a string, but is a number", "/c unevaluatedProperties is not a known member"]
    );
}

#[test]
fn secrets_are_not_repeated() {
    let login = r#"{"allOf":[{"properties":{"pin":{"writeOnly":true},"pw":{"format":"password","minLength":9}}},{"properties":{"pin":{"maxLength":1},"name":{"maxLength":1}}}]}"#;
    let value = json(r#"{"pin":"1234","pw":"secret","name":"bob"}"#);
    let violations = tables(&[login]).evaluate(0, &value, &Limits::default());
    let shown: Vec<_> = violations.iter().map(|v| (v.pointer.as_str(), v.received.clone())).collect();
    assert_eq!(shown, [("/pw", None), ("/pin", None), ("/name", Some(json("\"bob\"")))]);
}

#[test]
fn broken_lines_accept_nothing_and_do_not_panic() {
    for line in [
        "",
        "{",
        "7",
        r#"{"pattern":"("}"#,
        r#"{"$ref":9}"#,
        r#"{"minLength":-1}"#,
        r#"{"allOf":[{"type":"x"}]}"#,
        r#"{"not":{"pattern":"("}}"#,
    ] {
        let found = reasons(&[line], "\"text\"");
        assert!(found.iter().any(|reason| reason.contains("broken table")), "{line}: {found:?}");
    }
}

#[test]
fn hostile_work_is_bounded() {
    // 2^40 ways through the schema, a schema that refers to itself, and a reference cycle
    let mut lines: Vec<String> =
        (1..=40).map(|next| format!(r#"{{"anyOf":[{{"$ref":{next}}},{{"$ref":{next}}}]}}"#)).collect();
    lines.push("false".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(reasons(&lines, "1").len(), 1);
    assert_eq!(reasons(&[r#"{"$ref":0}"#], "1"), [" limit is too large or too deeply nested to be checked"]);
    for line in [
        r#"{"not":{"$ref":0}}"#,
        r#"{"anyOf":[{"$ref":0}]}"#,
        r#"{"if":{"$ref":0}}"#,
        r#"{"allOf":[{"oneOf":[{"$ref":0}]}],"unevaluatedProperties":false}"#,
    ] {
        let found = reasons(&[line], "{}");
        assert_eq!(found, [" limit is too large or too deeply nested to be checked"], "{line}");
    }
    let many = format!("[{}]", vec!["0"; 500].join(","));
    assert_eq!(reasons(&[r#"{"items":{"minimum":1}}"#], &many).len(), 100);
}

#[test]
fn deep_values_fit_a_small_stack() {
    let depth = 126;
    let value = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let run = move || {
        let lines = [
            r#"{"anyOf":[{"allOf":[{"$ref":1}]},{"type":"number"}]}"#,
            r#"{"type":"array","items":{"$ref":0}}"#,
        ];
        reasons(&lines, &value)
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap();
    assert!(thread.join().unwrap().is_empty());
}

#[test]
fn equal_items_are_found_whatever_their_spelling() {
    let unique = [r#"{"uniqueItems":true}"#];
    let found = reasons(&unique, r#"[0,{"a":1,"b":2},[1],{"b":2.0,"a":1e0},[1]]"#);
    assert_eq!(found, [" uniqueItems must not contain equal items, but items 1 and 3 are"]);
    assert!(reasons(&unique, r#"[0,false,"0",null,[],{},1]"#).is_empty());
}

#[test]
fn built_in_schemas_are_in_the_order_of_their_constants() {
    assert!(SchemaRef::ANY.is_valid(&Json::Null));
    assert!(SchemaRef::OBJECT.is_valid(&json("{}")));
    assert!(SchemaRef::UINT64.is_valid(&json("18446744073709551615")));
    assert!(!SchemaRef::INT64.is_valid(&json("9223372036854775808")));
    assert!(!SchemaRef::FLOAT.is_valid(&json("1e39")));
    assert!(SchemaRef::DOUBLE.is_valid(&json("1e39")));
    assert!(!SchemaRef::BYTE.is_valid(&json("\"a\"")));
}

#[test]
fn a_contract_reads_its_lines_when_they_are_asked_for() {
    static CONTRACT: Contract = Contract::new(
        "[\"Word\",\"Text\",{\"$ref\":1}]\n{\"type\":\"string\"}\n[\"No\",false]\n",
        "[\"get_a\",{\"id\":\"a\",\"method\":\"GET\",\"path\":\"/a\"}]\n[\"broken\",{]\n{}\n",
    );
    for schema in [CONTRACT.line(0), CONTRACT.line(1), CONTRACT.schema("Word"), CONTRACT.schema("Text")] {
        assert!(schema.is_valid(&json("\"\"")));
        assert!(!schema.is_valid(&json("1")));
    }
    for schema in [CONTRACT.line(2), CONTRACT.schema("No"), CONTRACT.line(3), CONTRACT.schema("Tex")] {
        assert!(!schema.is_valid(&json("\"\"")), "{schema:?} is false, or not there");
    }
    assert_eq!(CONTRACT.operation("get_a").map(|operation| operation.path.as_str()), Some("/a"));
    assert!(["broken", "a", "0"].iter().all(|name| CONTRACT.operation(name).is_none()));
}

#[test]
fn a_dynamic_reference_goes_to_the_outermost_resource_that_has_the_anchor() {
    let strings = r#"{"$ref":1,"$resource":{"item":2}}"#;
    let list = r#"{"items":{"$dynamicRef":{"anchor":"item","root":3}},"$resource":{"item":3}}"#;
    let lines = [strings, list, r#"{"type":"string"}"#, r#"{"$resource":{"item":3}}"#];
    assert_eq!(reasons(&lines, "[1]"), ["/0 type must be a string, but is a number"]);
    assert!(tables(&lines).is_valid(1, &json("[1]")), "on its own the list takes anything");
}

/// A deep value around a text.
fn nested(inside: &str) -> String {
    format!("{}{inside}{}", r#"{"op":"b","arg":"#.repeat(100), "}".repeat(100))
}

#[test]
fn recursion_in_several_branches_takes_no_exponential_work() {
    // Both branches go all the way down before they find out which one it is.
    let line = r#"{"oneOf":[{"properties":{"arg":{"$ref":0},"op":{"const":"a"}},"required":["op"]},
        {"properties":{"arg":{"$ref":0},"op":{"const":"b"}},"required":["op"]}]}"#;
    let line = line.replace('\n', "");
    let tables = tables(&[&line]);
    let (valid, invalid) = (json(&nested(r#"{"op":"a"}"#)), json(&nested(r#"{"op":1}"#)));
    let limits = Limits { work: 300_000, work_per_part: 0, ..Limits::default() };
    assert!(tables.is_valid(0, &valid));
    assert!(tables.evaluate(0, &valid, &limits).is_empty());
    assert!(!tables.is_valid(0, &invalid));
    let reasons = tables.evaluate(0, &invalid, &limits);
    let deepest = reasons.iter().map(|reason| reason.pointer.matches("/arg").count()).max();
    assert_eq!(deepest, Some(99), "as many as are listed");
}

#[test]
fn what_takes_too_much_work_is_refused() {
    // Dynamic references mean something else in each scope, so nothing is remembered of them.
    let again = r##"{"$dynamicRef":{"anchor":"n","root":0}}"##;
    let line = format!(
        r##"{{"$resource":{{"n":0}},"oneOf":[{{"properties":{{"arg":{again}}}}},{{"properties":{{"arg":{again}}}}}]}}"##
    );
    let tables = tables(&[&line]);
    let limits = Limits { work: 50_000, work_per_part: 0, ..Limits::default() };
    let reasons = tables.evaluate(0, &json(&nested("1")), &limits);
    let keywords: Vec<&str> = reasons.iter().map(|reason| reason.keyword.as_ref()).collect();
    assert_eq!(keywords, ["limit"]);
}

#[test]
fn a_search_that_takes_too_much_work_is_neither_found_nor_not() {
    let text = json(&format!(r#""{}b""#, "a".repeat(40)));
    let limits = Limits { work: 20_000, work_per_part: 0, ..Limits::default() };
    for line in [r#"{"pattern":"^(?!x)(a+)+$"}"#, r#"{"not":{"pattern":"^(?!x)(a+)+$"}}"#] {
        let reasons = tables(&[line]).evaluate(0, &text, &limits);
        let keywords: Vec<&str> = reasons.iter().map(|reason| reason.keyword.as_ref()).collect();
        assert_eq!(keywords, ["limit"], "{line}");
    }
}
