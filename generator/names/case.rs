//! Words of a contract become Rust identifiers. The only place that knows `heck` and Rust's keywords.

use super::Ident;
use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A type or variant: `PascalCase`.
pub fn pascal(text: &str) -> Ident {
    ident(&led(&pascal_case(text), 'N'), "Unnamed")
}

/// A type named by several words, from the whole to the part.
pub fn joined(words: &[String]) -> Ident {
    let mut name = String::new();
    for word in words {
        append(&mut name, &led(&pascal_case(word), 'N'));
    }
    ident(&name, "Unnamed")
}

/// Whether a text is lower-case words of letters, as most names of members are: nobody has to look for the words.
fn is_snake(text: &str) -> bool {
    text.split('_').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// Numbers that stand side by side are kept apart: `gpt-4.1` is `Gpt4_1`, and `gpt-41` is `Gpt41`.
fn pascal_case(text: &str) -> String {
    if is_snake(text) {
        let mut name = String::with_capacity(text.len());
        for word in text.split('_') {
            let mut letters = word.chars();
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.push_str(letters.as_str());
        }
        return name;
    }
    let text = spelled(text);
    let mut name = String::new();
    let mut piece = String::new();
    let mut last = None;
    for letter in text.chars() {
        let apart = last.is_some_and(|last: char| !last.is_alphanumeric());
        if letter.is_ascii_digit() && apart && piece.trim_end_matches(separates).ends_with(digit) {
            append(&mut name, &std::mem::take(&mut piece).to_pascal_case());
        }
        piece.push(letter);
        last = Some(letter);
    }
    append(&mut name, &piece.to_pascal_case());
    name
}

fn separates(letter: char) -> bool {
    !letter.is_alphanumeric()
}

fn digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// Puts a word behind others.
fn append(name: &mut String, word: &str) {
    if name.ends_with(digit) && word.starts_with(digit) {
        name.push('_');
    }
    name.push_str(word);
}

/// A field, function or module: `snake_case`.
pub fn snake(text: &str) -> Ident {
    if is_snake(text) {
        return ident(text, "unnamed");
    }
    let name = spelled(text).to_snake_case();
    ident(&led(&name, 'n'), "unnamed")
}

/// A constant: `SHOUTY_SNAKE_CASE`.
pub fn shouty(text: &str) -> Ident {
    let name = spelled(text).to_shouty_snake_case();
    ident(&led(&name, 'N'), "UNNAMED")
}

/// Text whose signs carry its meaning gets them spelled: `+1`, `-1`, `<=`, `*`; and Greek letters, most of which rustc
/// takes for Latin ones in disguise.
fn spelled(text: &str) -> String {
    let text = without_greek(text);
    let trimmed = text.trim();
    let symbolic = !trimmed.is_empty() && !trimmed.contains(char::is_alphanumeric);
    // `-price` beside `price` is how parameters ask to sort: the sign of a word counts like that of a number.
    let signed = trimmed.starts_with(['+', '-'])
        || trimmed.starts_with(['<', '>', '=', '!', '~', '^'])
            && trimmed.chars().nth(1).is_some_and(|next| !next.is_alphabetic());
    if !symbolic && !signed {
        return signed_within(&text);
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

/// The sign of a number behind a dash: `reactions-+1` and `reactions--1`.
fn signed_within(text: &str) -> String {
    let mut rest = text;
    let mut words = String::new();
    while let Some((before, after)) = rest.split_once('-') {
        words.push_str(before);
        let sign = after.chars().next().and_then(|sign| word(sign).filter(|_| matches!(sign, '+' | '-')));
        match sign.filter(|_| after.chars().nth(1).is_some_and(|next| next.is_ascii_digit())) {
            Some(sign) => {
                words.extend([" ", sign, " "]);
                rest = after.trim_start_matches(['+', '-']);
            }
            None => {
                words.push('-');
                rest = after;
            }
        }
    }
    words.push_str(rest);
    words
}

/// Greek letters that stand alone, as in formulas, by their names; words are left as they are.
fn without_greek(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let is_greek = |index: Option<usize>| {
        index.and_then(|index| letters.get(index)).is_some_and(|letter| greek(*letter).is_some())
    };
    let spelled = letters.iter().enumerate().map(|(index, letter)| {
        let alone = !is_greek(index.checked_sub(1)) && !is_greek(index.checked_add(1));
        greek(*letter).filter(|_| alone).unwrap_or_else(|| letter.to_string())
    });
    spelled.collect()
}

/// The name of a Greek letter, as a word.
fn greek(letter: char) -> Option<String> {
    const NAMES: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
        "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi",
        "omega",
    ];
    let offset = match letter {
        'µ' => return Some(" micro ".to_owned()),
        'Α'..='Ω' => u32::from(letter) - u32::from('Α'),
        'α'..='ω' => u32::from(letter) - u32::from('α'),
        _ => return None,
    };
    NAMES.get(offset as usize).map(|name| format!(" {name} "))
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

/// What `syn` takes for no identifier, in order. A test asks it.
const KEYWORDS: [&str; 51] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// Whether a name is an identifier at first sight.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && KEYWORDS.binary_search(&name).is_err()
}

/// The identifier of a name; raw where it is a keyword, `fallback` where nothing is left.
pub fn ident(name: &str, fallback: &str) -> Ident {
    let name = if name.is_empty() { fallback } else { name };
    if name == "gen" {
        // A keyword since edition 2024 that `syn` takes for an identifier.
        return Ident::raw(name);
    }
    if is_plain(name) {
        return Ident::new(name);
    }
    if is_ident(name) {
        return Ident::new(name);
    }
    if matches!(name, "self" | "Self" | "super" | "crate" | "_") {
        return Ident::new(&format!("{}_", name.trim_end_matches('_')));
    }
    if is_ident(&format!("r#{name}")) {
        return Ident::raw(name);
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
    Ident::new(if is_ident(&kept) { &kept } else { fallback })
}

/// Whether a text is an identifier as it is, or a keyword that `r#` makes one.
pub fn can_be_ident(text: &str) -> bool {
    is_ident(text) || is_ident(&format!("r#{text}"))
}

fn is_ident(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_those_of_syn() {
        assert!(KEYWORDS.is_sorted());
        assert!(KEYWORDS.iter().all(|word| !is_ident(word)));
        let words = include_str!("case.rs").split(|letter: char| !letter.is_ascii_alphabetic());
        for word in words.filter(|word| !word.is_empty()) {
            assert_eq!(is_plain(word), is_ident(word), "{word}");
        }
    }

    #[test]
    fn snake_case_is_what_heck_says() {
        for text in ["id", "created_at", "a_b_c", "_a", "a__b", "a_", "a1_b", "aB", ""] {
            if is_snake(text) {
                assert_eq!(
                    (text.to_snake_case(), text.to_pascal_case()),
                    (text.to_owned(), pascal_case(text))
                );
            }
        }
        assert!(is_snake("created_at") && !is_snake("a__b") && !is_snake("_a") && !is_snake(""));
    }

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
            ("gpt-4.1", "Gpt4_1", "gpt_4_1"),
            ("reactions-+1", "ReactionsPlus1", "reactions_plus_1"),
            ("reactions--1", "ReactionsMinus1", "reactions_minus_1"),
            ("gpt-41", "Gpt41", "gpt_41"),
            ("o1-2024-12-17", "O1_2024_12_17", "o1_2024_12_17"),
            ("gpt-4o-2024", "Gpt4o2024", "gpt_4o_2024"),
            ("v1", "V1", "v1"),
            ("µs", "MicroS", "micro_s"),
            ("Δt", "DeltaT", "delta_t"),
            ("-user-name", "MinusUserName", "minus_user_name"),
        ];
        for (text, upper, lower) in table {
            assert_eq!(pascal(text).to_string(), upper, "{text}");
            assert_eq!(snake(text).to_string(), lower, "{text}");
        }
        assert_eq!(shouty("maxItems").to_string(), "MAX_ITEMS");
    }
}
