//! Structured field values (RFC 9651): items and lists of items. Inner lists, which none of the fields has that are read
//! here, and display strings are refused.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A value without parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bare {
    Integer(i64),
    Decimal,
    Text(String),
    Token,
    Bytes(Vec<u8>),
    Boolean,
    Date(i64),
}

/// A value and its parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub value: Bare,
    parameters: Vec<(String, Bare)>,
}

impl Item {
    /// The parameter of that name; the last one counts.
    pub fn parameter(&self, name: &str) -> Option<&Bare> {
        self.parameters.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// A field that is one item.
pub(crate) fn item(text: &str) -> Option<Item> {
    let (item, rest) = one_item(text.trim_matches(' '))?;
    rest.is_empty().then_some(item)
}

/// A field that is a list of items.
pub(crate) fn list(text: &str) -> Option<Vec<Item>> {
    let mut rest = text.trim_matches(' ');
    let mut items = Vec::new();
    while !rest.is_empty() {
        let (item, after) = one_item(rest)?;
        items.push(item);
        let after = after.trim_start_matches([' ', '\t']);
        rest = match after.strip_prefix(',') {
            Some(more) => more.trim_start_matches([' ', '\t']),
            None if after.is_empty() => return Some(items),
            None => return None,
        };
        // Nothing may follow a comma but an item.
        if rest.is_empty() {
            return None;
        }
    }
    Some(items)
}

fn one_item(text: &str) -> Option<(Item, &str)> {
    let (value, mut rest) = bare(text)?;
    let mut parameters = Vec::new();
    while let Some(parameter) = rest.strip_prefix(';') {
        let parameter = parameter.trim_start_matches(' ');
        let begins = |c: char| c.is_ascii_lowercase() || c == '*';
        if !parameter.starts_with(begins) {
            return None;
        }
        let is_key = |c: char| begins(c) || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
        let (key, after) = parameter.split_at(parameter.find(|c| !is_key(c)).unwrap_or(parameter.len()));
        let (value, after) = match after.strip_prefix('=') {
            Some(value) => bare(value)?,
            None => (Bare::Boolean, after),
        };
        parameters.push((key.to_owned(), value));
        rest = after;
    }
    Some((Item { value, parameters }, rest))
}

fn bare(text: &str) -> Option<(Bare, &str)> {
    let first = text.chars().next()?;
    match first {
        '"' => quoted(text),
        '-' | '0'..='9' => number(text),
        '@' => match number(text.get(1..)?)? {
            (Bare::Integer(seconds), rest) => Some((Bare::Date(seconds), rest)),
            _ => None,
        },
        ':' => {
            let (encoded, rest) = text.get(1..)?.split_once(':')?;
            Some((Bare::Bytes(STANDARD.decode(encoded).ok()?), rest))
        }
        '?' => text.strip_prefix("?0").or(text.strip_prefix("?1")).map(|rest| (Bare::Boolean, rest)),
        'a'..='z' | 'A'..='Z' | '*' => {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:/".contains(c);
            let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
            Some((Bare::Token, text.get(end..)?))
        }
        _ => None,
    }
}

fn quoted(text: &str) -> Option<(Bare, &str)> {
    let mut characters = text.strip_prefix('"')?.chars();
    let mut value = String::new();
    loop {
        match characters.next()? {
            '"' => return Some((Bare::Text(value), characters.as_str())),
            '\\' => value.push(characters.next().filter(|escaped| matches!(escaped, '"' | '\\'))?),
            plain @ ' '..='~' => value.push(plain),
            _ => return None,
        }
    }
}

/// An integer of up to 15 digits, or a decimal of up to 12 and 3.
fn number(text: &str) -> Option<(Bare, &str)> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = usize::from(text.starts_with('-'));
    let whole = digits(text.get(sign..)?);
    let (integer, rest) = text.split_at_checked(sign + whole)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        let places = digits(fraction);
        let fits = (1..=12).contains(&whole) && (1..=3).contains(&places);
        return fits.then_some((Bare::Decimal, fraction.get(places..)?));
    }
    if !(1..=15).contains(&whole) {
        return None;
    }
    Some((Bare::Integer(integer.parse().ok()?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_lists_are_read_as_rfc_9651_says() {
        let value = |text: &str| item(text).map(|item| item.value);
        for (text, expected) in [
            ("7", Bare::Integer(7)),
            ("-999999999999999", Bare::Integer(-999_999_999_999_999)),
            ("1.5", Bare::Decimal),
            (r#""a\"b\\""#, Bare::Text(r#"a"b\"#.to_owned())),
            ("*a/b:c", Bare::Token),
            (":aGk=:", Bare::Bytes(b"hi".to_vec())),
            ("?1", Bare::Boolean),
            ("@1688169599", Bare::Date(1_688_169_599)),
            (" 7 ", Bare::Integer(7)),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for broken in [
            "",
            "-",
            "1000000000000000",
            "1.",
            "1.2345",
            "\"a",
            r#""\n""#,
            "\"é\"",
            ":a:",
            "?2",
            "@1.5",
            "@x",
            "7 8",
            "(1 2)",
            "7;A=1",
            "7;a=",
            "7;",
        ] {
            assert_eq!(value(broken), None, "{broken}");
        }
        let items = list("\"a\";q=1;w=2;q=3 ,\t\"b\";flag").unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].parameter("q"), Some(&Bare::Integer(3)), "the last one counts");
        assert_eq!((items[1].parameter("flag"), items[1].parameter("q")), (Some(&Bare::Boolean), None));
        assert_eq!(list(""), Some(Vec::new()));
        for broken in ["1,", ",1", "1 2", "1,,2"] {
            assert_eq!(list(broken), None, "{broken}");
        }
    }
}
