use super::*;
use crate::file::File;
use crate::json::{Integer, Map, Number};

fn round_trip<T: Decode + Encode>(text: &str) -> Option<String> {
    let value: T = decode_as(text.as_bytes(), SchemaRef::ANY).ok()?;
    Some(String::from_utf8(encode(&value).unwrap()).unwrap())
}

#[test]
fn values_survive() {
    assert_eq!(round_trip::<Integer>("12345678901234567890"), Some("12345678901234567890".into()));
    assert_eq!(round_trip::<i64>("1e2"), Some("100".into()));
    assert_eq!(round_trip::<i8>("128"), None);
    assert_eq!(round_trip::<Number>("19.99"), Some("19.99".into()));
    assert_eq!(round_trip::<Vec<Option<f64>>>("[1.5, null]"), Some("[1.5,null]".into()));
    assert_eq!(
        round_trip::<Map<Box<bool>>>(r#"{"b": true, "a": false}"#),
        Some(r#"{"b":true,"a":false}"#.into())
    );
    assert_eq!(round_trip::<Map<bool>>(r#"{"b": true, "b": false}"#), None);
    assert_eq!(round_trip::<Json>(r#"[{"a":"\u0062"}]"#), Some(r#"[{"a":"b"}]"#.into()));
    assert_eq!(round_trip::<()>("null"), Some("null".into()));
    assert_eq!(round_trip::<String>("7"), None);
    assert_eq!(round_trip::<bool>("true false"), None);
}

#[test]
fn tuples_have_a_length() {
    assert_eq!(round_trip::<(i64, String)>(r#"[1,"a"]"#), Some(r#"[1,"a"]"#.into()));
    assert_eq!(round_trip::<(i64, String)>("[1]"), None);
    assert_eq!(round_trip::<(i64, String)>(r#"[1,"a",2]"#), None);
    assert_eq!(round_trip::<(i64,)>("[1]"), Some("[1]".into()));
}

#[test]
fn a_rejection_says_why() {
    let malformed = decode::<i64>(b"[1,").unwrap_err();
    assert!(matches!(malformed, Rejection::Malformed(_)));
    assert!(malformed.violations().is_empty());
    let invalid = decode::<String>(b"7").unwrap_err();
    assert_eq!(invalid.violations()[0].keyword, "type");
    let beyond = decode::<i32>(b"2147483648").unwrap_err();
    assert_eq!(beyond.violations()[0].keyword, "format");
    let unrepresentable = decode_as::<i32>(b"2147483648", SchemaRef::INTEGER).unwrap_err();
    assert_eq!(unrepresentable.violations()[0].keyword, "representation");
    assert!(decode_judged::<i32>(b"\"a\"", SchemaRef::INTEGER).is_err());
    assert_eq!(decode_judged::<i32>(b"7.0", SchemaRef::INTEGER).unwrap(), 7);
}

#[test]
fn files_travel_beside_the_text() {
    let files = vec![File::new("a").named("a.txt"), File::new("b")];
    let (text, attached) = encode_with_attachments(&files).unwrap();
    assert_eq!(attached, files);
    let read: Vec<File> = decode_as_with(&text, SchemaRef::ANY, &attached).unwrap();
    assert_eq!(read, files);
    assert!(decode_as::<Vec<File>>(&text, SchemaRef::ANY).is_err());
    assert!(decode_as_with::<File>(b"\"\\u0000file:2\"", SchemaRef::ANY, &attached).is_err());
    assert!(decode_as_with::<File>(b"\"file:0\"", SchemaRef::ANY, &attached).is_err());
}
