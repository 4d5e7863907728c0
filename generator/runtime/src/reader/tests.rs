use super::{Kind, Names, Reader, Reject};

#[test]
fn pulls_values_one_by_one() {
    let mut reader = Reader::new(br#" {"a": [1, "x\n", null, true], "b": {}} "#);
    assert_eq!(reader.peek(), Ok(Kind::Object));
    reader.open_object().unwrap();
    assert_eq!(reader.key().unwrap().as_deref(), Some("a"));
    reader.open_array().unwrap();
    assert_eq!(reader.element(), Ok(true));
    assert_eq!(reader.number_lexeme(), Ok("1"));
    assert_eq!(reader.element(), Ok(true));
    assert_eq!(reader.string().as_deref(), Ok("x\n"));
    assert_eq!(reader.element(), Ok(true));
    assert_eq!(reader.null(), Ok(()));
    assert_eq!(reader.element(), Ok(true));
    assert_eq!(reader.bool(), Ok(true));
    assert_eq!(reader.element(), Ok(false));
    assert_eq!(reader.key().unwrap().as_deref(), Some("b"));
    assert_eq!(reader.raw(), Ok(&b"{}"[..]));
    assert_eq!(reader.key().unwrap(), None);
    assert_eq!(reader.end(), Ok(()));
}

#[test]
fn names_may_not_occur_twice_even_where_they_are_skipped() {
    let skip = |text: &str| Reader::new(text.as_bytes()).skip();
    assert_eq!(skip(r#"[{"a":1},{"a":2}]"#), Ok(()));
    assert_eq!(skip(r#"[{"a":1,"a":2}]"#), Err(Reject));
    let many: Vec<String> = (0..100).map(|i| format!("\"{i}\":0")).collect();
    assert_eq!(skip(&format!("{{{}}}", many.join(","))), Ok(()));
    assert_eq!(skip(&format!("{{{},\"3\":1}}", many.join(","))), Err(Reject));
}

#[test]
fn unknown_members_are_skipped_once() {
    let mut reader = Reader::new(br#"{"x":[1],"x":2}"#);
    let mut names = Names::new();
    reader.open_object().unwrap();
    let name = reader.key().unwrap().unwrap();
    assert_eq!(reader.other(&mut names, name), Ok(()));
    let name = reader.key().unwrap().unwrap();
    assert_eq!(reader.other(&mut names, name), Err(Reject));
}

#[test]
fn commas_are_not_optional() {
    for text in ["[1 1]", "[,1]", "[1,,1]", "{,\"a\":1}", "{\"a\":1 \"b\":1}", "[1}", "{\"a\":1]"] {
        assert_eq!(Reader::new(text.as_bytes()).skip(), Err(Reject), "{text}");
    }
}
