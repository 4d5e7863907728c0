//! Numbers and strings at their bounds.

use counterpart_runtime::{Json, Map, Number};

use super::Values;

/// Numbers that native types, floats or readers of text have an opinion about.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "3",
    "42",
    "0.1",
    "1.5",
    "-2.25",
    "19.99",
    "19.995",
    "127",
    "128",
    "256",
    "-32769",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967296",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e20",
    "123456789012345678901234567890",
    "0.1000000000000000055",
    "1e-7",
    "1e308",
    "1e400",
    "-1e400",
    "1e-400",
    "3.4028234663852886e38",
    "3.5e38",
];
/// Distances from a bound.
const STEPS: &[i64] = &[0, 0, 0, 1, -1];

/// Texts: of every pattern and format that schemas use, nearly of them, and of other kinds.
const TEXTS: &[&str] = &[
    "",
    "a",
    "abc",
    "ABC",
    "123",
    "1234",
    "١٢٣",
    "xfoox",
    "fo",
    "admin",
    "adminx",
    "root",
    "AB-12",
    "AB-",
    "é",
    "e\u{301}",
    "💩",
    "💩💩",
    "\n",
    "123\n",
    "\u{2028}",
    "\u{FEFF}",
    "\u{85}",
    " ",
    "w_1",
    "wörd",
    "a@b",
    "@",
    "abcbc",
    "abcb",
    "0123abcd",
    "0123abcg",
    "asc",
    "desc",
    "true",
    "null",
    "0",
    "2024-02-29",
    "2023-02-29",
    "2024-05-31T12:00:00Z",
    "2024-05-31T12:00:00.123456789+02:00",
    "2024-05-31T12:00:00",
    "2024-05-31 12:00:00Z",
    "2024-05-31t12:00:00z",
    "12:00:00Z",
    "25:00:00Z",
    "123e4567-e89b-12d3-a456-426614174000",
    "123E4567-E89B-12D3-A456-426614174000",
    "123e4567e89b12d3a456426614174000",
    "{123e4567-e89b-12d3-a456-426614174000}",
    "https://example.com/a?b#c",
    "/relative",
    "a@example.com",
    "127.0.0.1",
    "127.0.0.01",
    "YQ==",
    "YQ",
    "::1",
    ":::1",
    "1::2::3",
    "example.com",
    "-a.example",
    "a_b.example",
    "P1D",
    "P",
    "PT",
    "P1S",
    "/a/b",
    "/a~2",
    "YWJj",
    "\u{0}",
    "\"quoted\\",
];
const LETTERS: &[char] = &['a', 'b', 'Z', '1', 'é', '\u{301}', '💩', ' ', '-', '\u{10FFFF}'];

impl Values<'_> {
    pub(super) fn number(&mut self, parts: &[&Map<Json>], whole: bool) -> Json {
        let mut candidates = Vec::new();
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
            let bounds = parts.iter().filter_map(|part| part.get(keyword)?.as_number());
            candidates.extend(bounds.map(|bound| self.near(bound)));
        }
        let format = parts.iter().find_map(|part| part.get("format")?.as_str());
        let limits: &[&str] = match format {
            Some("int16") => &["-32768", "32767", "-32769", "32768"],
            Some("int32") => &["-2147483648", "2147483647", "-2147483649", "2147483648"],
            Some("uint8") => &["0", "255", "-1", "256"],
            Some("uint32") => &["0", "4294967295", "-1", "4294967296"],
            Some("uint64") => &["0", "18446744073709551615", "-1", "18446744073709551616"],
            _ => &["-9223372036854775808", "9223372036854775807", "9223372036854775808"],
        };
        let ordinary: Vec<&str> = NUMBERS.iter().chain(limits).chain(limits).copied().collect();
        for _ in 0..6 {
            candidates
                .extend(self.random.pick(&ordinary).and_then(|lexeme| Number::from_lexeme(lexeme).ok()));
        }
        if !self.strays() {
            candidates.retain(|number| !whole || number.is_integer());
            let within: Vec<Number> = candidates
                .iter()
                .filter(|number| parts.iter().all(|part| fits(part, number)))
                .cloned()
                .collect();
            if !within.is_empty() && self.random.percent(88) {
                candidates = within;
            }
        }
        self.random.pick(&candidates).cloned().map_or_else(|| 7.into(), Json::Number)
    }

    /// A number at most a little away from a bound.
    fn near(&mut self, bound: &Number) -> Number {
        let step = self.random.pick(STEPS).copied().unwrap_or_default();
        let text = bound.to_string();
        let moved = match bound.as_i128() {
            Some(value) if self.random.percent(15) => format!("{value}.5"),
            Some(value) => (value + i128::from(step)).to_string(),
            // The next decimal, or the one before the next.
            None if step > 0 && text.contains('.') => format!("{text}1"),
            None => text,
        };
        Number::from_lexeme(&moved).unwrap_or_default()
    }

    pub(super) fn string(&mut self, parts: &[&Map<Json>]) -> Json {
        let keys = ["format", "pattern"];
        let special = keys.iter().any(|keyword| parts.iter().any(|part| part.contains_key(*keyword)));
        let bounded =
            parts.iter().any(|part| part.contains_key("minLength") || part.contains_key("maxLength"));
        if special || (!bounded && self.random.percent(60)) {
            let format = parts.iter().find_map(|part| part.get("format")?.as_str());
            let pattern = parts.iter().find_map(|part| part.get("pattern")?.as_str());
            let fitting: Vec<&str> = samples(format.or(pattern).unwrap_or_default()).to_vec();
            if self.random.percent(75) && !fitting.is_empty() {
                return self.random.pick(&fitting).copied().unwrap_or_default().into();
            }
            return self.random.pick(TEXTS).copied().unwrap_or_default().into();
        }
        let length = self.count(parts, "minLength", "maxLength", 3);
        (0..length).filter_map(|_| self.random.pick(LETTERS)).collect::<String>().into()
    }
}

/// Texts that fit a pattern or format.
fn samples(of: &str) -> &'static [&'static str] {
    match of {
        "^[a-z]+$" | "^(?!admin)[a-z]*$" => &["a", "abc", "root", "admin"],
        "^\\d{3}$" => &["123", "000"],
        "foo" => &["foo", "xfoox", "foofoo"],
        "^[A-Z]{2}-\\d+$" => &["AB-1", "ZZ-123456"],
        "^.$" => &["a", "💩", "é"],
        "^\\w*$" => &["", "w_1", "abc"],
        "^\\S+@\\S+$" | "email" => &["a@b", "a@example.com"],
        "^(a|bc)*$" => &["", "abc", "aabcbc"],
        "^[0-9a-f]{8}$" => &["0123abcd", "deadbeef"],
        "date-time" => {
            &["2024-05-31T12:00:00Z", "2024-02-29T23:59:59.999999999999-00:00", "1990-12-31T23:59:60Z"]
        }
        "date" => &["2024-02-29", "0000-01-01", "9999-12-31"],
        "time" => &["12:00:00Z", "23:59:59.5+01:30"],
        "uuid" => &["123e4567-e89b-12d3-a456-426614174000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
        "uri" => &["https://example.com/a?b#c", "urn:a:b"],
        "byte" => &["", "YQ==", "YWJj", "+/+/"],
        "ipv4" => &["127.0.0.1", "255.255.255.255"],
        "ipv6" => &["::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"],
        "hostname" => &["a", "example.com", "xn--bcher-kva.example"],
        "duration" => &["P1D", "PT1H30M", "P2W", "P1Y2M3DT4H5M6S"],
        "json-pointer" => &["", "/a/b", "/a~1b/~0"],
        "uri-reference" => &["", "/a?b#c", "https://example.com/"],
        _ => &[],
    }
}

/// Whether a part has nothing against a number; only a likelihood depends on it.
fn fits(part: &Map<Json>, number: &Number) -> bool {
    let bound = |keyword: &str| part.get(keyword).and_then(Json::as_number);
    bound("minimum").is_none_or(|bound| number >= bound)
        && bound("maximum").is_none_or(|bound| number <= bound)
        && bound("exclusiveMinimum").is_none_or(|bound| number > bound)
        && bound("exclusiveMaximum").is_none_or(|bound| number < bound)
        && bound("multipleOf").is_none_or(|divisor| number.is_multiple_of(divisor))
}
