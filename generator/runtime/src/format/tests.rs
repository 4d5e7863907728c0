use super::*;

/// A check, a text, and whether the check accepts it.
type Row = (fn(&str) -> bool, &'static str, bool);

#[test]
fn edges_beyond_the_public_suite() {
    let rows: &[Row] = &[
        (is_date_time, "1998-12-31T23:59:60Z", true),
        (is_date_time, "2024-02-30T00:00:00Z", false),
        (is_date_time, "2024-02-29t00:00:00.123456789012z", true),
        (is_date, "0000-02-29", true),
        (is_date, "1900-02-29", false),
        (is_duration, "P1DT", false),
        (is_uuid, "2EB8AA08-aa98-11ea-b4aa-73b441d16380", true),
        (is_uuid, "2eb8aa08aa9811eab4aa73b441d16380----", false),
        (is_base64, "aGk=", true),
        (is_base64, "aGk", false),
        (is_base64, "aGl=", false),
        (is_base64, "aGk=\n", false),
        (is_uri, "mailto:a@b.c", true),
        (is_uri, "http://a b/", false),
        (is_uri, "http://a/%zz", false),
        (is_uri, "http://a:99999/", true),
        (is_uri, "http://a:b/", false),
        (is_uri_reference, "1:2", false),
        (is_uri_reference, "./1:2", true),
        (is_email, "a@b", true),
        (is_email, "a@[IPv6:zz]", false),
        (is_ipv4, "01.2.3.4", false),
        (is_ipv6, "fe80::1%eth0", false),
        (is_hostname, "a..b", false),
        (is_idn_hostname, "ab--c", false),
        (is_json_pointer, "/a~2", false),
    ];
    for (check, text, expected) in rows {
        assert_eq!(check(text), *expected, "{text}");
    }
}

#[test]
fn types_keep_the_spelling_and_refuse_the_rest() {
    let text = "\"2024-05-31t12:00:00.10+00:00\"";
    let value: DateTime = crate::decode(text.as_bytes()).unwrap();
    assert_eq!(crate::encode(&value).unwrap(), text.as_bytes());
    let refused = crate::decode::<DateTime>(b"\"2024-05-31\"").unwrap_err();
    assert_eq!(refused.violations().first().unwrap().keyword, "format");
    assert!(crate::decode::<Uuid>(b"7").is_err());
    let bytes: Base64 = crate::decode(b"\"aGk=\"").unwrap();
    assert_eq!(&*bytes, b"hi");
    assert_eq!(crate::encode(&bytes).unwrap(), b"\"aGk=\"");
    assert!("aGk".parse::<Base64>().is_err());
}
