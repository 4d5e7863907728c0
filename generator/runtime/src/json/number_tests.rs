use super::Number;

fn number(lexeme: &str) -> Number {
    Number::from_lexeme(lexeme).unwrap()
}

#[test]
fn spelling_does_not_matter() {
    for (a, b) in [
        ("1", "1.0"),
        ("100", "1e2"),
        ("-0", "0"),
        ("0.10", "1e-1"),
        ("12345678901234567890", "1234567890123456789e1"),
        ("1e400", "10e399"),
        ("9223372036854775807", "9223372036854775807.0"),
    ] {
        assert_eq!(number(a), number(b));
        assert_eq!(number(a).cmp(&number(b)), std::cmp::Ordering::Equal);
    }
    assert_ne!(number("12345678901234567890"), number("12345678901234567891"));
    assert_ne!(number("0.1"), number("0.10000000000000000555"));
    assert_ne!(number("4e-324"), number("5e-324"));
}

#[test]
fn one_order_across_representations() {
    let ascending = [
        "-1e400",
        "-1e20",
        "-9223372036854776000",
        "-9223372036854775809",
        "-9223372036854775808",
        "-1.5",
        "-1",
        "-0.5",
        "0",
        "1e-400",
        "5e-324",
        "0.1",
        "0.10000000000000000001",
        "0.5",
        "1",
        "1.5",
        "2",
        "9007199254740992.5",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "9223372036854776000",
        "1e19",
        "12345678901234567890",
        "1e308",
        "1e400",
        "1e1000000000",
    ];
    for (i, a) in ascending.iter().enumerate() {
        for (j, b) in ascending.iter().enumerate() {
            assert_eq!(number(a).cmp(&number(b)), i.cmp(&j), "{a} {b}");
            assert_eq!(number(a) == number(b), i == j, "{a} {b}");
        }
    }
}

#[test]
fn prints_what_was_read() {
    for (lexeme, printed) in [
        ("1.0", "1"),
        ("-0.0", "0"),
        ("19.99", "19.99"),
        ("1e20", "100000000000000000000"),
        ("1e300", "1e300"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1E400", "1E400"),
        ("0.30000000000000004", "0.30000000000000004"),
    ] {
        assert_eq!(number(lexeme).to_string(), printed);
        assert_eq!(number(printed), number(lexeme));
    }
}

#[test]
fn integers_by_value() {
    for lexeme in ["1.0", "1e2", "-0", "12345678901234567890", "1e1000000000", "1.50e1"] {
        assert!(number(lexeme).is_integer(), "{lexeme}");
    }
    for lexeme in ["1.5", "1e-1", "1e-1000000000"] {
        assert!(!number(lexeme).is_integer(), "{lexeme}");
    }
    assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
    assert_eq!(number("18446744073709551616").as_u64(), None);
    assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
    assert_eq!(number("-9223372036854776000").as_i64(), None);
    assert_eq!(Number::from(u64::MAX), number("18446744073709551615"));
}

#[test]
fn multiples() {
    assert!(number("19.99").is_multiple_of(&number("0.01")));
    assert!(!number("1e308").is_multiple_of(&number("0.123456789")));
    assert!(number("-9223372036854775808").is_multiple_of(&number("-1")));
    assert!(!number("7").is_multiple_of(&number("0")));
}

#[test]
fn floats() {
    assert_eq!(Number::try_from(0.1).unwrap(), number("0.1"));
    assert_eq!(Number::try_from(-0.0).unwrap(), number("0"));
    assert!(Number::try_from(f64::NAN).is_err());
    assert_eq!(number("1e400").as_f64(), f64::INFINITY);
}

#[test]
fn the_grammar_is_strict() {
    for lexeme in ["", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1 ", " 1", "NaN", "--1", "1.e1"] {
        assert!(Number::from_lexeme(lexeme).is_err(), "{lexeme:?}");
    }
}
