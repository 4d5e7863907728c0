use super::{Kind, Member, Reader, Reject};

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
fn members_come_in_any_order_and_once() {
    fn read(text: &str, closed: bool) -> Option<(Option<i64>, Option<bool>, Option<i64>)> {
        let (mut a, mut b, mut c) = (None, None, None);
        let mut members: [Member<'_>; 3] = [("a", false, &mut a), ("b", false, &mut b), ("c", false, &mut c)];
        let mut reader = Reader::new(text.as_bytes());
        let read = if closed { reader.closed(&mut members) } else { reader.open(&mut members) };
        (read && reader.end().is_ok()).then_some((a, b, c))
    }
    assert_eq!(read("{}", true), Some((None, None, None)));
    assert_eq!(read(r#"{"c":1,"a":2,"b":true}"#, true), Some((Some(2), Some(true), Some(1))));
    assert_eq!(read(r#"{"b":false,"x":[1],"c":1}"#, false), Some((None, Some(false), Some(1))));
    assert_eq!(read(r#"{"b":false,"x":[1]}"#, true), None);
    assert_eq!(read("{ \"a\" : 1 , \"\\u0062\":true,\n\"c\":2}", true), Some((Some(1), Some(true), Some(2))));
    assert_eq!(read(r#"{"a":1,"b"true}"#, true), None);
    for twice in [r#"{"a":1,"a":1}"#, r#"{"a":1,"b":true,"a":1}"#, r#"{"x":[1],"x":2}"#] {
        assert_eq!(read(twice, false), None, "{twice}");
    }
}

#[test]
fn names_that_need_escapes_are_found_by_them_only() {
    fn read(name: &'static str, text: &str) -> bool {
        let mut slot = None::<i64>;
        Reader::new(text.as_bytes()).closed(&mut [(name, false, &mut slot)]) && slot == Some(1)
    }
    assert!(read("a\"b", r#"{"a\"b":1}"#) && !read("a\"b", r#"{"a"b":1}"#));
    assert!(read("a\\", r#"{"a\\":1}"#) && !read("a\\", r#"{"a\":1}"#));
    assert!(read("a\n", r#"{"a\n":1}"#) && !read("a\n", "{\"a\n\":1}"));
}

#[test]
fn commas_are_not_optional() {
    for text in ["[1 1]", "[,1]", "[1,,1]", "{,\"a\":1}", "{\"a\":1 \"b\":1}", "[1}", "{\"a\":1]"] {
        assert_eq!(Reader::new(text.as_bytes()).skip(), Err(Reject), "{text}");
    }
}
