//! Words of a contract become Rust identifiers. The only place that knows `heck` and Rust's keywords.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use syn::Ident;

/// A type or variant: `PascalCase`.
pub fn pascal(text: &str) -> Ident {
    let name = spelled(text).to_pascal_case();
    // `1` beside `10`: a digit between words is kept apart as it stands.
    ident(&led(&name, 'N'), "Unnamed")
}

/// A field, function or module: `snake_case`.
pub fn snake(text: &str) -> Ident {
    let name = spelled(text).to_snake_case();
    ident(&led(&name, 'n'), "unnamed")
}

/// A constant: `SHOUTY_SNAKE_CASE`.
pub fn shouty(text: &str) -> Ident {
    let name = spelled(text).to_shouty_snake_case();
    ident(&led(&name, 'N'), "UNNAMED")
}

/// Text whose signs carry its meaning gets them spelled: `+1`, `-1`, `<=`, `*`.
fn spelled(text: &str) -> String {
    let trimmed = text.trim();
    let symbolic = !trimmed.is_empty() && !trimmed.contains(char::is_alphanumeric);
    // `-price` beside `price` is how parameters ask to sort: the sign of a word counts like that of a number.
    let signed = trimmed.starts_with(['+', '-'])
        || trimmed.starts_with(['<', '>', '=', '!', '~', '^'])
            && trimmed.chars().nth(1).is_some_and(|next| !next.is_alphabetic());
    if !symbolic && !signed {
        return text.to_owned();
    }
    let mut words = String::new();
    let mut leading = true;
    for sign in trimmed.chars() {
        leading &= !sign.is_alphanumeric();
        match word(sign).filter(|_| leading) {
            Some(word) => words.extend([" ", word, " "]),
            None if symbolic => words.push_str(&format!(" u{:x} ", u32::from(sign))),
            None => words.push(sign),
        }
    }
    words
}

fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '~' => "tilde",
        '^' => "caret",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '(' => "open",
        ')' => "close",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        _ => return None,
    })
}

/// An identifier cannot start with a digit.
fn led(name: &str, letter: char) -> String {
    match name.chars().next() {
        Some(first) if first.is_numeric() => format!("{letter}{name}"),
        _ => name.to_owned(),
    }
}

/// Whether a name is an identifier at first sight: no keyword has a digit or two words, and only `Self` a capital.
fn is_plain(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let several = |byte: u8| byte == b'_' || byte.is_ascii_digit() || byte.is_ascii_uppercase();
    letters
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name != "Self"
        && name.bytes().any(several)
}

/// The identifier of a name; raw where it is a keyword, `fallback` where nothing is left.
pub fn ident(name: &str, fallback: &str) -> Ident {
    let name = if name.is_empty() { fallback } else { name };
    let span = proc_macro2::Span::call_site();
    if name == "gen" {
        // A keyword since edition 2024 that `syn` takes for an identifier.
        return Ident::new_raw(name, span);
    }
    if is_plain(name) {
        return Ident::new(name, span);
    }
    if let Ok(plain) = syn::parse_str::<Ident>(name) {
        return plain;
    }
    if matches!(name, "self" | "Self" | "super" | "crate" | "_") {
        return Ident::new(&format!("{}_", name.trim_end_matches('_')), span);
    }
    if syn::parse_str::<Ident>(&format!("r#{name}")).is_ok() {
        return Ident::new_raw(name, span);
    }
    // Letters that Rust does not take: their code points say which.
    let kept: String = name
        .chars()
        .map(|letter| match letter {
            '_' => "_".to_owned(),
            _ if letter.is_ascii_alphanumeric() => letter.to_string(),
            _ => format!("u{:x}", u32::from(letter)),
        })
        .collect();
    syn::parse_str::<Ident>(&kept).unwrap_or_else(|_| Ident::new(fallback, span))
}

#[cfg(test)]
mod tests {
    use super::{pascal, shouty, snake};

    #[test]
    fn words_of_any_kind_become_identifiers() {
        let table = [
            ("foo-bar", "FooBar", "foo_bar"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("-placedAt", "MinusPlacedAt", "minus_placed_at"),
            ("<=", "LessEqual", "less_equal"),
            ("type", "Type", "r#type"),
            ("self", "Self_", "self_"),
            ("$ref", "Ref", "r#ref"),
            ("200", "N200", "n200"),
            ("é", "É", "é"),
            ("", "Unnamed", "unnamed"),
            ("a b", "AB", "a_b"),
            ("💩", "U1f4a9", "u1f4a9"),
            ("-user-name", "MinusUserName", "minus_user_name"),
        ];
        for (text, upper, lower) in table {
            assert_eq!(pascal(text).to_string(), upper, "{text}");
            assert_eq!(snake(text).to_string(), lower, "{text}");
        }
        assert_eq!(shouty("maxItems").to_string(), "MAX_ITEMS");
    }
}
