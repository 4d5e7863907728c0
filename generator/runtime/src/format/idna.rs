//! Labels of internationalised domain names: IDNA2008 (RFC 5890 to 5893).

use std::sync::LazyLock;

use regex::Regex;

mod punycode;
mod tables;

/// The form in Unicode of an LDH label: an A-label decoded and validated, any other label as it is. `None` for a
/// label that looks like an A-label and is none.
pub(super) fn from_a_label(label: &str) -> Option<String> {
    let lower = label.to_ascii_lowercase();
    let Some(encoded) = lower.strip_prefix("xn--") else { return Some(lower) };
    let decoded = punycode::decode(encoded)?;
    let canonical = !decoded.is_ascii() && punycode::encode(&decoded).as_deref() == Some(encoded);
    (canonical && is_u_label(&decoded)).then_some(decoded)
}

/// Validates a label in either form: the length of its A-label and its form in Unicode.
pub(super) fn u_label(label: &str) -> Option<(usize, String)> {
    if label.is_ascii() {
        let reserved = label.get(2..4) == Some("--") && !label.get(..2)?.eq_ignore_ascii_case("xn");
        let fits = super::host::is_ldh_label(label) && !reserved;
        return from_a_label(label).filter(|_| fits).map(|decoded| (label.len(), decoded));
    }
    let length = "xn--".len() + punycode::encode(label)?.len();
    (length <= 63 && is_u_label(label)).then(|| (length, label.to_owned()))
}

/// RFC 5891 section 4.2.
fn is_u_label(label: &str) -> bool {
    let characters: Vec<char> = label.chars().collect();
    let hyphens =
        label.starts_with('-') || label.ends_with('-') || matches!(characters.get(2..4), Some(['-', '-']));
    !hyphens
        && !matches(&MARK_FIRST, label)
        && characters
            .iter()
            .enumerate()
            .all(|(at, character)| is_valid(*character) || in_context(&characters, at, *character))
}

fn matches(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

macro_rules! regexes {
    ($($name:ident = $source:expr;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($source).ok());)*
    };
}

regexes! {
    MARK_FIRST = r"^\p{M}";
    LETTER_DIGIT = r"^[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]$";
    MARK = r"^\p{Mn}$";
    GREEK = r"^\p{Greek}$";
    HEBREW = r"^\p{Hebrew}$";
    KANA_OR_HAN = r"[\p{Hiragana}\p{Katakana}\p{Han}&&[^\u30FB]]";
    JOINS_NEXT = r"[\p{L}&&[\p{Arabic}\p{Syriac}\p{Nko}\p{Mandaic}\p{Mongolian}\p{Phags_Pa}]--[\u0621-\u0625\u0627\u0629\u062F-\u0632\u0648\u0671-\u0677\u0688-\u0699\u06C0\u06C3-\u06CB\u06CD\u06CF\u06D2-\u06D5\u06EE\u06EF\u0710\u0715-\u0719\u071E\u0728\u072A\u072C\u072F]]\p{Mn}*$";
    JOINS_PREVIOUS = r"^\p{Mn}*[\p{L}&&[\p{Arabic}\p{Syriac}\p{Nko}\p{Mandaic}\p{Mongolian}\p{Phags_Pa}]--[\u0621\u0674\u06D4]]";
}

fn within(table: &[(u32, u32)], code: u32) -> bool {
    let after = table.partition_point(|(_, high)| *high < code);
    table.get(after).is_some_and(|(low, _)| *low <= code)
}

/// PVALID of RFC 5892 section 3.
fn is_valid(character: char) -> bool {
    match character {
        '-' | '0'..='9' | 'a'..='z' => true,
        'ß' | 'ς' | '\u{6FD}' | '\u{6FE}' | '\u{F0B}' | '\u{3007}' | '\u{13A0}'..='\u{13F5}' => true,
        _ if character.is_ascii() || within(tables::DISALLOWED, u32::from(character)) => false,
        _ => matches(&LETTER_DIGIT, character.encode_utf8(&mut [0; 4])),
    }
}

/// The contextual rules of RFC 5892 appendix A.
fn in_context(label: &[char], at: usize, character: char) -> bool {
    let before = at.checked_sub(1).and_then(|at| label.get(at)).copied();
    let after = label.get(at + 1).copied();
    let is = |regex, character: Option<char>| {
        character.is_some_and(|character| matches(regex, character.encode_utf8(&mut [0; 4])))
    };
    let text = |part: Option<&[char]>| part.unwrap_or_default().iter().collect::<String>();
    let virama = before.is_some_and(|before| within(tables::VIRAMA, u32::from(before)));
    match character {
        '\u{200C}' => {
            virama
                || matches(&JOINS_NEXT, &text(label.get(..at)))
                    && matches(&JOINS_PREVIOUS, &text(label.get(at + 1..)))
        }
        '\u{200D}' => virama,
        '\u{B7}' => before == Some('l') && after == Some('l'),
        '\u{375}' => is(&GREEK, after),
        '\u{5F3}' | '\u{5F4}' => is(&HEBREW, before),
        '\u{30FB}' => matches(&KANA_OR_HAN, &text(Some(label))),
        '\u{660}'..='\u{669}' => !label.iter().any(|other| matches!(other, '\u{6F0}'..='\u{6F9}')),
        '\u{6F0}'..='\u{6F9}' => !label.iter().any(|other| matches!(other, '\u{660}'..='\u{669}')),
        _ => false,
    }
}

/// Bidirectional classes as far as valid labels can have them.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Left,
    Right,
    ArabicNumber,
    EuropeanNumber,
    Mark,
    Neutral,
}

fn direction(character: char) -> Direction {
    match character {
        '0'..='9' | '\u{6F0}'..='\u{6F9}' => Direction::EuropeanNumber,
        '-' => Direction::Neutral,
        character if character.is_ascii() => Direction::Left,
        '\u{660}'..='\u{669}' | '\u{10D30}'..='\u{10D39}' => Direction::ArabicNumber,
        _ if matches(&MARK, character.encode_utf8(&mut [0; 4])) => Direction::Mark,
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => Direction::Right,
        '\u{B7}' | '\u{2B9}' | '\u{2BA}' | '\u{2C6}'..='\u{2CF}' | '\u{2EC}' | '\u{375}' | '\u{30FB}' => {
            Direction::Neutral
        }
        '\u{200C}' | '\u{200D}' | '\u{2E2F}' | '\u{A67F}' | '\u{A717}'..='\u{A71F}' | '\u{A788}' => {
            Direction::Neutral
        }
        _ => Direction::Left,
    }
}

/// The rule of RFC 5893 section 2, which binds every label of a name that has a right-to-left one.
pub(super) fn bidi(labels: &[String]) -> bool {
    let classes: Vec<Vec<Direction>> =
        labels.iter().map(|label| label.chars().map(direction).collect()).collect();
    let any = classes.iter().flatten().any(|d| matches!(d, Direction::Right | Direction::ArabicNumber));
    !any || classes.iter().all(|label| bidi_label(label))
}

fn bidi_label(label: &[Direction]) -> bool {
    use Direction::{ArabicNumber, EuropeanNumber, Left, Mark, Right};
    let last = label.iter().rev().find(|direction| **direction != Mark);
    let has = |direction| label.contains(&direction);
    match label.first() {
        Some(Right) => {
            !has(Left)
                && matches!(last, Some(Right | ArabicNumber | EuropeanNumber))
                && !(has(ArabicNumber) && has(EuropeanNumber))
        }
        Some(Left) => !has(Right) && !has(ArabicNumber) && matches!(last, Some(Left | EuropeanNumber)),
        _ => false,
    }
}
