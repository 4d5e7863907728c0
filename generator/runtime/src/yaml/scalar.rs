//! What a plain YAML scalar means: the core schema of YAML 1.2 (section 10.3.2). `no`, `on`, dates and `12:30` are strings.

use std::borrow::Cow;

use super::Value;

/// The value of a plain, untagged scalar.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

/// The lexeme, if the text is a number; octal and hexadecimal integers in decimal.
pub(super) fn number(text: &str) -> Option<String> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some = !whole.is_empty() || !fraction.is_empty();
    let valid = some
        && digits(whole)
        && digits(fraction)
        && exponent.is_none_or(|text| !text.is_empty() && digits(text));
    valid.then(|| text.to_owned())
}

/// Whether the text is one of YAML's numbers that JSON does not have.
pub(super) fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn radix(digits: &str, radix: u32) -> Option<String> {
    let clean = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    clean.then(|| u128::from_str_radix(digits, radix).ok().map(|value| value.to_string())).flatten()
}

/// A number of YAML as JSON writes it: no leading plus or zeros, digits on both sides of the point.
#[must_use]
pub fn json_lexeme(lexeme: &str) -> Cow<'_, str> {
    let (sign, digits) = match lexeme.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", lexeme.strip_prefix('+').unwrap_or(lexeme)),
    };
    let point = digits.find(['.', 'e', 'E']).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(point);
    let plain = whole == "0" || (!whole.is_empty() && !whole.starts_with('0'));
    let fraction = rest.strip_prefix('.');
    let bare_point =
        fraction.is_some_and(|fraction| !fraction.starts_with(|byte: char| byte.is_ascii_digit()));
    if plain && !bare_point && !lexeme.starts_with('+') {
        return Cow::Borrowed(lexeme);
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let rest = if bare_point { fraction.unwrap_or_default() } else { rest };
    Cow::Owned(format!("{sign}{whole}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> &'static str {
        match plain(text) {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            _ => "string",
        }
    }

    #[test]
    fn the_core_schema_of_yaml_1_2() {
        for text in [
            "no",
            "on",
            "y",
            "Yes",
            "2020-01-01",
            "12:30",
            "1_000",
            "0b11",
            "1e",
            ".",
            "+",
            "0x",
            "1.2.3",
            "e5",
            "-",
        ] {
            assert_eq!(kind(text), "string", "{text}");
        }
        for text in ["0", "-1", "+12", "007", "1e-08", ".5", "1.", "12345678901234567890123", "0o17", "0xFF"]
        {
            assert_eq!(kind(text), "number", "{text}");
        }
        assert_eq!(number("0o17").as_deref(), Some("15"));
        assert_eq!((kind("~"), kind("True"), kind("NULL")), ("null", "bool", "null"));
    }

    #[test]
    fn yaml_spellings_become_json_numbers() {
        for (yaml, json) in
            [("+1", "1"), (".5", "0.5"), ("-.5", "-0.5"), ("1.", "1"), ("1.e3", "1e3"), ("007", "7")]
        {
            assert_eq!(json_lexeme(yaml), json, "{yaml}");
        }
        for same in ["0", "-0", "0.5", "10", "1e5", "1.5E-7"] {
            assert!(matches!(json_lexeme(same), Cow::Borrowed(_)), "{same}");
        }
    }
}
