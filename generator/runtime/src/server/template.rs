//! Path templates: what a segment looks like, and whether a raw segment is one of those (OAS 3.1.2, Path Templating).

use std::borrow::Cow;
use std::ops::Range;

use crate::style::decode_percent;

/// A template split into segments, its fixed query part kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) segments: Vec<Segment>,
    /// Names of the variables from left to right.
    pub(super) variables: Vec<String>,
    /// Pairs that the query must have, decoded.
    pub(super) query: Vec<(String, String)>,
}

/// One segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment {
    /// Only this text.
    Literal(String),
    /// Text and variables.
    Pattern(Pattern),
}

/// A piece of a segment with variables. Variables are compared without their names, which may differ by method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Literal(String),
    Variable,
}

/// The pieces of a segment that has at least one variable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern(Vec<Piece>);

impl Template {
    /// Splits a template such as `/a/{id}:run?beta=true`. A brace without its partner is literal.
    pub(super) fn parse(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut variables = Vec::new();
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments = path.split('/').map(|segment| parse_segment(segment, &mut variables)).collect();
        let decoded = |text: &str| crate::style::decode_form(text).map_or(text.to_owned(), Cow::into_owned);
        let pair = |piece: &str| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (decoded(name), decoded(value))
        };
        let query = query.split('&').filter(|piece| !piece.is_empty()).map(pair).collect();
        Self { segments, variables, query }
    }

    /// The route to register with axum: variables and whatever it would read differently become positional
    /// parameters, so that no two routes of a contract conflict there.
    pub(super) fn axum_path(&self) -> String {
        let mut path = String::new();
        for (at, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(text) if text.bytes().all(is_plain) => {
                    path.push('/');
                    path.push_str(text);
                }
                _ => path.push_str(&format!("/{{p{at}}}")),
            }
        }
        path
    }
}

/// Characters that mean themselves to axum and are never percent-encoded by careful clients.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Other characters that a path holds as they are (RFC 3986 section 3.3).
fn is_delimiter(byte: u8) -> bool {
    b"/!$&'()*+,;=:@".contains(&byte)
}

fn parse_segment(segment: &str, variables: &mut Vec<String>) -> Segment {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Literal(normal_literal(before)));
        }
        pieces.push(Piece::Variable);
        variables.push(name.to_owned());
        rest = after;
    }
    if pieces.is_empty() {
        return Segment::Literal(normal_literal(segment));
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(normal_literal(rest)));
    }
    Segment::Pattern(Pattern(pieces))
}

impl Pattern {
    /// How many characters are fixed: more is more concrete.
    pub(super) fn weight(&self) -> usize {
        let length = |piece: &Piece| if let Piece::Literal(text) = piece { text.len() } else { 0 };
        self.0.iter().map(length).sum()
    }

    /// Appends what each variable matches in the segment, which begins at `start` of the path. A variable matches at
    /// least one character, and where there is a choice, as few as possible.
    pub(super) fn captures(&self, segment: &str, start: usize, found: &mut Vec<Range<usize>>) -> bool {
        // Most variables are the whole segment.
        if let [Piece::Variable] = self.0.as_slice() {
            if !segment.is_empty() {
                found.push(start..start + segment.len());
            }
            return !segment.is_empty();
        }
        let before = found.len();
        let matched = self.walk(segment, start, found).is_some();
        if !matched {
            found.truncate(before);
        }
        matched
    }

    fn walk(&self, segment: &str, start: usize, found: &mut Vec<Range<usize>>) -> Option<()> {
        let (mut at, mut end) = (0, segment.len());
        let mut pieces = self.0.as_slice();
        if let Some((Piece::Literal(prefix), rest)) = pieces.split_first() {
            segment.strip_prefix(prefix.as_str())?;
            (at, pieces) = (prefix.len(), rest);
        }
        if let Some((Piece::Literal(suffix), rest)) = pieces.split_last() {
            segment.strip_suffix(suffix.as_str())?;
            (end, pieces) = (end.checked_sub(suffix.len())?, rest);
        }
        while let Some((_, rest)) = pieces.split_first() {
            let (next, after) = match rest {
                [] => (end, rest),
                [Piece::Literal(text), after @ ..] => {
                    let from = next_boundary(segment, at)?;
                    (from + segment.get(from..end)?.find(text.as_str())?, after)
                }
                [Piece::Variable, ..] => (next_boundary(segment, at)?, rest),
            };
            if next <= at || next > end {
                return None;
            }
            found.push(start + at..start + next);
            at = match rest.first() {
                Some(Piece::Literal(text)) => next + text.len(),
                _ => next,
            };
            pieces = after;
        }
        (at == end).then_some(())
    }
}

/// The end of the character at `at`, a percent-encoded one taken as a whole.
fn next_boundary(segment: &str, at: usize) -> Option<usize> {
    let first = segment.get(at..)?.chars().next()?;
    Some(at + if first == '%' { 3 } else { first.len_utf8() })
}

/// A raw path in normal form (RFC 3986 section 6.2.2): encoded unreserved characters decoded, others with upper case
/// digits, so that it can be compared with literals. `None` where it is not correctly encoded UTF-8.
pub(super) fn normal_path(raw: &str) -> Option<Cow<'_, str>> {
    if raw.bytes().all(|byte| is_plain(byte) || is_delimiter(byte)) {
        return Some(Cow::Borrowed(raw));
    }
    decode_percent(raw).ok()?;
    Some(Cow::Owned(normalise(raw)))
}

/// Where a range of the normal form of a path stands in the path itself. Values are read from there: an encoded dot is
/// data, where dots set items apart.
pub(super) fn in_raw(raw: &str, normal: &Range<usize>) -> Range<usize> {
    let place = |wanted: usize| {
        let (mut reached, mut at) = (0, 0);
        while let Some(byte) = raw.as_bytes().get(at).filter(|_| reached < wanted) {
            let triplet = raw.get(at + 1..at + 3).filter(|_| *byte == b'%');
            let decoded = triplet.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            at += if decoded.is_some() { 3 } else { 1 };
            let one = decoded.map_or_else(|| is_plain(*byte) || is_delimiter(*byte), is_plain);
            reached += if one { 1 } else { 3 };
        }
        at
    };
    place(normal.start)..place(normal.end)
}

/// A literal of a template as it stands in a normal path. What no path can hold is percent-encoded.
fn normal_literal(text: &str) -> String {
    if decode_percent(text).is_ok() { normalise(text) } else { normalise(&text.replace('%', "%25")) }
}

/// Expects correct triplets.
fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits =
                [bytes.next(), bytes.next()].map(|digit| digit.and_then(|d| char::from(d).to_digit(16)));
            let [high, low] = digits.map(Option::unwrap_or_default);
            let value = u8::try_from(high << 4 | low).unwrap_or_default();
            push(&mut normal, value, is_plain(value));
        } else {
            push(&mut normal, byte, is_plain(byte) || is_delimiter(byte));
        }
    }
    normal
}

fn push(normal: &mut String, byte: u8, plain: bool) {
    if plain {
        normal.push(char::from(byte));
    } else {
        normal.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(template: &str, segment: &str) -> Option<Vec<String>> {
        let template = Template::parse(template);
        let Some(Segment::Pattern(pattern)) = template.segments.first() else { return None };
        let mut found = Vec::new();
        pattern
            .captures(segment, 0, &mut found)
            .then(|| found.into_iter().map(|range| segment[range].to_owned()).collect())
    }

    #[test]
    fn affixes_and_several_variables() {
        for (template, segment, expected) in [
            ("/{id}:activate", "5:activate", Some(vec!["5"])),
            ("/{id}:activate", ":activate", None),
            ("/{name}.json", "a.b.json", Some(vec!["a.b"])),
            ("/{a}...{b}", "v1...v2", Some(vec!["v1", "v2"])),
            ("/{a}-{b}", "x-y-z", Some(vec!["x", "y-z"])),
            ("/{a}-{b}", "-x-y", Some(vec!["-x", "y"])),
            ("/{a}{b}", "xyz", Some(vec!["x", "yz"])),
            ("/{a}{b}", "x", None),
            ("/Pets({id})", "Pets(7)", Some(vec!["7"])),
            ("/Pets({id})", "Pets()", None),
            ("/{a}-{b}:x", "1-2:x", Some(vec!["1", "2"])),
            ("/{a}:x", "é%20:x", Some(vec!["é%20"])),
        ] {
            let expected = expected.map(|list| list.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(matches(template, segment), expected, "{template} {segment}");
        }
    }

    #[test]
    fn normal_paths() {
        assert_eq!(normal_path("/a%2fb/%61é").as_deref(), Some("/a%2Fb/a%C3%A9"));
        assert_eq!(normal_path("/%zz"), None);
        assert_eq!(normal_path("/%ff"), None);
        for (raw, normal, value) in
            [("/%61/b%2Ec/d", 3..6, "b%2Ec"), ("/é%2f/%7E", 11..12, "%7E"), ("/a%2e", 1..3, "a%2e")]
        {
            assert_eq!(raw.get(in_raw(raw, &normal)), Some(value), "{raw}");
        }
        assert_eq!(normal_literal("a b"), "a%20b");
    }

    #[test]
    fn axum_sees_positional_names() {
        let path = |template| Template::parse(template).axum_path();
        assert_eq!(path("/a/{id}:run/b"), "/a/{p1}/b");
        assert_eq!(path("/x/:y/*z/{u"), "/x/{p1}/{p2}/{p3}");
        assert_eq!(path("/"), "/");
        assert_eq!(path("/a/?beta=true"), "/a/");
    }
}
