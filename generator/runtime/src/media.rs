//! Media types: reading them, choosing a declared one for a body, and negotiating one by `Accept`.

use std::borrow::Cow;

use crate::operation::{Media, MediaKind};

/// A media type or range, borrowed from its text (RFC 9110 section 8.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType<'a> {
    kind: &'a str,
    subtype: &'a str,
    parameters: &'a str,
}

impl<'a> MediaType<'a> {
    /// Reads `type/subtype;name=value`; `None` where that is not its form.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        let (kind, subtype) = essence.split_once('/')?;
        let (kind, subtype) = (kind.trim_start(), subtype.trim_end());
        (is_token(kind) && is_token(subtype)).then_some(Self { kind, subtype, parameters })
    }

    /// A parameter's value, quotes removed; names compare without case.
    pub fn parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        parameters(self.parameters).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether the `charset` is UTF-8, a part of it, or not given.
    pub fn is_utf8(&self) -> bool {
        self.parameter("charset").is_none_or(|charset| {
            ["utf-8", "utf8", "us-ascii"].iter().any(|known| charset.eq_ignore_ascii_case(known))
        })
    }

    /// Whether this is `application/json` or has the suffix `+json`.
    pub fn is_json(&self) -> bool {
        let suffix = self.subtype.rsplit_once('+').map_or("", |(_, suffix)| suffix);
        self.kind.eq_ignore_ascii_case("application") && self.subtype.eq_ignore_ascii_case("json")
            || suffix.eq_ignore_ascii_case("json")
    }

    /// How values of that type are read and written.
    pub fn kind(&self) -> MediaKind {
        let (top, sub) = (self.kind.to_ascii_lowercase(), self.subtype.to_ascii_lowercase());
        match (top.as_str(), sub.as_str()) {
            ("application" | "text", "json") => MediaKind::Json,
            ("application" | "text", "yaml" | "x-yaml" | "vnd.yaml") => MediaKind::Yaml,
            ("application" | "text", "xml") => MediaKind::Xml,
            ("application", "x-www-form-urlencoded") => MediaKind::Form,
            ("multipart", _) => MediaKind::Multipart,
            ("text", "event-stream") => MediaKind::Events,
            ("application", "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "ndjson" | "x-ndjson") => {
                MediaKind::JsonLines
            }
            ("application", "json-seq") => MediaKind::JsonSeq,
            (_, sub) if sub.ends_with("+json-seq") => MediaKind::JsonSeq,
            (_, sub) if sub.ends_with("+json") => MediaKind::Json,
            (_, sub) if sub.ends_with("+yaml") => MediaKind::Yaml,
            (_, sub) if sub.ends_with("+xml") => MediaKind::Xml,
            ("text", _) => MediaKind::Text,
            _ => MediaKind::Binary,
        }
    }

    /// The type without its parameters.
    #[cfg(any(feature = "server", feature = "client"))]
    pub(crate) fn essence(self) -> Self {
        Self { parameters: "", ..self }
    }

    /// How exactly `self`, a type or range, covers `other`: 0 not at all, more for more specific.
    pub fn covers(&self, other: &MediaType<'_>) -> u8 {
        if self.kind == "*" {
            return u8::from(self.subtype == "*");
        }
        if !self.kind.eq_ignore_ascii_case(other.kind) {
            return 0;
        }
        if self.subtype == "*" {
            return 2;
        }
        if !self.subtype.eq_ignore_ascii_case(other.subtype) {
            return 0;
        }
        let mut own =
            parameters(self.parameters).filter(|(name, _)| !name.eq_ignore_ascii_case("q")).peekable();
        if own.peek().is_none() {
            return 3;
        }
        let given = |(name, value): (&str, Cow<'_, str>)| {
            other.parameter(name).is_some_and(|found| found.eq_ignore_ascii_case(&value))
        };
        if own.all(given) { 4 } else { 0 }
    }

    /// Whether the two have a concrete type in common.
    fn overlaps(&self, other: &MediaType<'_>) -> bool {
        self.covers(other) > 0 || other.covers(self) > 0
    }
}

/// Whether `text` is a token (RFC 9110 section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The parameters in a text such as `a=b; c="d;e"`.
fn parameters(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            if rest.trim().is_empty() {
                return None;
            }
            let (piece, after) = split_unquoted(rest, b';');
            rest = after;
            if let Some((name, value)) = piece.split_once('=') {
                return Some((name.trim(), unquote(value.trim())));
            }
        }
    })
}

/// Splits at the first separator outside a quoted string.
fn split_unquoted(text: &str, separator: u8) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => {
                return (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
            }
            _ => {}
        }
    }
    (text, "")
}

fn unquote(value: &str) -> Cow<'_, str> {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(value);
    };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        plain.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    Cow::Owned(plain)
}

/// The declared entry whose name is exactly the text of a `Content-Type`: the common case, told without parsing.
#[cfg(any(feature = "server", feature = "client"))]
pub(crate) fn named<'m>(content: &'m [Media], given: &[u8]) -> Option<&'m Media> {
    content.iter().find(|media| media.name.as_bytes().eq_ignore_ascii_case(given))
}

/// The declared entry for a body of that type: the most specific key wins, and there is no fallback from `+json` to
/// `application/json` (OAS 3.1.2, Media Type Object).
pub fn choose<'m>(content: &'m [Media], given: &MediaType<'_>) -> Option<&'m Media> {
    let mut best: Option<(u8, &Media)> = None;
    for media in content {
        let rank = MediaType::parse(&media.name).map_or(0, |declared| declared.covers(given));
        if rank > best.map_or(0, |(rank, _)| rank) {
            best = Some((rank, media));
        }
    }
    best.map(|(_, media)| media)
}

/// What a client accepts: the `Accept` field lines of a request (RFC 9110 section 12.5.1).
#[derive(Clone, Debug, Default)]
pub struct Accept {
    lines: Vec<String>,
}

impl Accept {
    /// From field lines; none means that everything is acceptable.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let lines = lines.into_iter().filter(|line| !matches!(line.trim(), "" | "*/*"));
        Self { lines: lines.map(str::to_owned).collect() }
    }

    /// Whether everything is acceptable.
    pub fn is_any(&self) -> bool {
        self.lines.is_empty()
    }

    /// The quality of a media type or range in thousandths; 0 = not acceptable. The most specific range decides.
    pub fn quality(&self, name: &str) -> u16 {
        let Some(offered) = MediaType::parse(name) else { return if self.is_any() { 1000 } else { 0 } };
        if self.is_any() {
            return 1000;
        }
        let mut best = (0, 0);
        for range in self.ranges() {
            // A declared range such as `text/*` can be answered with any type in it.
            let rank = range.covers(&offered).max(u8::from(range.overlaps(&offered)));
            if rank > best.0 {
                best = (rank, quality(&range));
            }
        }
        best.1
    }

    /// The best of `offered`; the first of equals. `None` where nothing is acceptable.
    pub fn preferred<'o>(&self, offered: impl IntoIterator<Item = &'o str>) -> Option<&'o str> {
        let mut best: Option<(u16, &str)> = None;
        for name in offered {
            let quality = self.quality(name);
            if quality > best.map_or(0, |(quality, _)| quality) {
                best = Some((quality, name));
            }
        }
        best.map(|(_, name)| name)
    }

    fn ranges(&self) -> impl Iterator<Item = MediaType<'_>> {
        self.lines.iter().flat_map(|line| {
            let mut rest = line.as_str();
            std::iter::from_fn(move || {
                if rest.is_empty() {
                    return None;
                }
                let (piece, after) = split_unquoted(rest, b',');
                rest = after;
                Some(piece)
            })
            .filter_map(|piece| MediaType::parse(piece.trim()))
        })
    }
}

/// The weight of a range; one that cannot be read counts as 1, as if it were not there.
fn quality(range: &MediaType<'_>) -> u16 {
    let Some(text) = range.parameter("q") else { return 1000 };
    match text.parse::<f64>() {
        // Three digits are all the grammar allows, so thousandths are exact.
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::{Accept, MediaType, choose};
    use crate::operation::Media;

    fn content(names: &[&str]) -> Vec<Media> {
        names.iter().map(|name| Media { name: (*name).to_owned(), ..Media::default() }).collect()
    }

    fn pick(content: &[Media], given: &str) -> Option<String> {
        choose(content, &MediaType::parse(given)?).map(|media| media.name.clone())
    }

    #[test]
    fn the_most_specific_key_wins() {
        let all = content(&["*/*", "text/*", "application/json", "application/vnd.x+json", "text/plain;v=2"]);
        for (given, expected) in [
            ("application/json; charset=utf-8", "application/json"),
            ("Application/JSON", "application/json"),
            ("application/vnd.x+json;v=2", "application/vnd.x+json"),
            ("application/problem+json", "*/*"),
            ("text/csv", "text/*"),
            ("text/plain; v=2", "text/plain;v=2"),
            ("text/plain", "text/*"),
        ] {
            assert_eq!(pick(&all, given).as_deref(), Some(expected), "{given}");
        }
        assert_eq!(pick(&content(&["application/json"]), "application/problem+json"), None);
        assert!(MediaType::parse("garbage").is_none());
        assert!(MediaType::parse("a b/c").is_none());
    }

    #[test]
    fn parameters_are_read_with_quotes() {
        let media = MediaType::parse("multipart/form-data; a=\"x;\\\"y\"; Boundary=\"b=1\"").unwrap();
        assert_eq!(media.parameter("boundary").as_deref(), Some("b=1"));
        assert_eq!(media.parameter("a").as_deref(), Some("x;\"y"));
        assert!(!MediaType::parse("application/json; charset=latin1").unwrap().is_utf8());
        assert!(MediaType::parse("application/json; charset=\"UTF-8\"").unwrap().is_utf8());
    }

    #[test]
    fn accept_honours_weights_and_zero() {
        let accept = Accept::new(["text/csv;q=0.1, application/json;q=0"]);
        assert_eq!(accept.preferred(["application/json", "text/csv"]), Some("text/csv"));
        assert_eq!(accept.preferred(["application/json"]), None);
        let specific = Accept::new(["*/*;q=0.5", "application/json;q=0"]);
        assert_eq!(specific.preferred(["application/json", "text/plain"]), Some("text/plain"));
        assert_eq!(Accept::new(["text/plain"]).preferred(["text/*"]), Some("text/*"));
        assert_eq!(Accept::new([]).preferred(["a/b", "c/d"]), Some("a/b"));
        assert_eq!(Accept::new(["text/plain"]).preferred(["image/png"]), None);
    }
}
