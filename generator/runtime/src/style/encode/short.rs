//! The short way of scalars: from the JSON text that a value was encoded to, to the text of a parameter.

use percent_encoding::utf8_percent_encode;

use super::UNRESERVED;
use crate::operation::{Location, Parameter, Style};
use crate::reader::scan;

/// The text of a path or query parameter whose value is a scalar, told from its JSON text without parsing that; `None`
/// where there is more to it.
pub fn short(parameter: &Parameter, json: &[u8]) -> Option<String> {
    if parameter.content.is_some() || parameter.allow_reserved {
        return None;
    }
    let value = utf8_percent_encode(scalar(json)?, &UNRESERVED);
    match parameter.location {
        // All styles of a query write a scalar alike.
        Location::Query => {
            let mut pair = String::with_capacity(parameter.name.len() + json.len() + 8);
            pair.extend(utf8_percent_encode(&parameter.name, &UNRESERVED));
            pair.push('=');
            pair.extend(value);
            Some(pair)
        }
        Location::Path if parameter.style == Style::Simple => Some(value.collect()),
        _ => None,
    }
}

/// The text of a boolean, an integer or a string without escapes.
fn scalar(json: &[u8]) -> Option<&str> {
    let text = match json {
        [b'"', text @ .., b'"'] if scan::plain(text, 0) == text.len() => text,
        b"true" | b"false" => json,
        [b'1'..=b'9', rest @ ..] | [b'-', b'1'..=b'9', rest @ ..] if is_short_number(rest) => json,
        b"0" => json,
        _ => return None,
    };
    std::str::from_utf8(text).ok()
}

/// Digits, few enough for the number to be an integer that prints as it stands.
fn is_short_number(digits: &[u8]) -> bool {
    digits.len() < 18 && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::{scalar, short};
    use crate::Json;
    use crate::operation::{Location, Parameter, Style};
    use crate::style::encode;

    #[test]
    fn scalars_are_told_from_their_json() {
        for (json, text) in [
            (r#""""#, ""),
            (r#""a b,é""#, "a b,é"),
            ("true", "true"),
            ("0", "0"),
            ("-12", "-12"),
            ("123456789012345678", "123456789012345678"),
        ] {
            assert_eq!(scalar(json.as_bytes()), Some(text));
        }
        for json in ["null", "-0", "01", "1.0", "1e2", r#""\n""#, r#""a"b""#, "[1]", "{}", "\"", "", "-"] {
            assert_eq!(scalar(json.as_bytes()), None, "{json}");
        }
    }

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        let styles =
            [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject, Style::Simple];
        for json in [r#""""#, r#""a/b c&%41""#, r#""[é]""#, "true", "-7"] {
            let value = Json::parse(json.as_bytes()).unwrap();
            for (style, explode) in styles.into_iter().flat_map(|style| [(style, true), (style, false)]) {
                let name = "a[b] ü".to_owned();
                let query =
                    Parameter { name, location: Location::Query, style, explode, ..Parameter::default() };
                if style != Style::Simple {
                    let long = encode::query(&query, &value).unwrap();
                    assert_eq!(short(&query, json.as_bytes()), Some(long.join("&")), "{json} {style:?}");
                }
                let path = Parameter { location: Location::Path, ..query };
                let expected = encode::path(&path, &value).unwrap();
                let written = short(&path, json.as_bytes());
                assert_eq!(written, (style == Style::Simple).then_some(expected), "{json} {style:?}");
            }
        }
    }
}
