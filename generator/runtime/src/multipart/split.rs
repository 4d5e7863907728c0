//! A multipart body to its parts (RFC 2046 section 5.1.1). Nothing is copied: parts are slices of the body.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// One part as it came.
#[derive(Debug)]
pub(super) struct RawPart {
    pub(super) headers: HeaderMap,
    pub(super) bytes: Bytes,
}

/// The headers of a part are few and short.
const MAX_HEADERS: usize = 64;
const MAX_HEAD: usize = 16 * 1024;

/// The parts between the boundaries; what stands before the first and after the last is no part. `None` where the body
/// is not a correct one, or ends before its last boundary.
pub(super) fn split(body: &Bytes, boundary: &str) -> Option<Vec<RawPart>> {
    // RFC 2046 allows no more than 70 characters, and senders use more.
    if boundary.is_empty() || boundary.len() > 250 {
        return None;
    }
    let mut parts = Vec::new();
    let mut begin = None;
    let mut line = 0;
    loop {
        let rest = body.get(line..)?;
        if let Some(after) = rest.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary.as_bytes()))
        {
            let last = after.starts_with(b"--");
            let padding = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let is_delimiter = last || after.get(padding..).is_some_and(|rest| rest.starts_with(b"\r\n"));
            if is_delimiter {
                if let Some(begin) = begin {
                    // The line break before a boundary belongs to the boundary.
                    parts.push(part(&body.slice(begin..line.checked_sub(2).filter(|end| *end >= begin)?))?);
                }
                if last {
                    return Some(parts);
                }
                begin = Some(line + 2 + boundary.len() + padding + 2);
            }
        }
        line += rest.windows(2).position(|pair| pair == b"\r\n")? + 2;
    }
}

/// Headers, an empty line, and what follows it.
fn part(text: &Bytes) -> Option<RawPart> {
    let mut headers = HeaderMap::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let end = rest.iter().take(MAX_HEAD).position(|byte| *byte == b'\n')?;
        let line = rest.get(..end)?.strip_suffix(b"\r")?;
        at += end + 1;
        if line.is_empty() {
            return Some(RawPart { headers, bytes: text.slice(at..) });
        }
        if headers.len() >= MAX_HEADERS || at > MAX_HEAD {
            return None;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?.trim_ascii());
        headers.append(HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(body: &str) -> Option<Vec<String>> {
        let parts = split(&Bytes::copy_from_slice(body.as_bytes()), "X")?;
        let text = |part: &RawPart| {
            let names: Vec<&str> = part.headers.keys().map(HeaderName::as_str).collect();
            format!("{}|{}", names.join(","), String::from_utf8_lossy(&part.bytes))
        };
        Some(parts.iter().map(text).collect())
    }

    #[test]
    fn parts_are_what_stands_between_boundaries() {
        let cases: [(&str, Option<&[&str]>); 14] = [
            ("--X\r\n\r\na\r\n--X--\r\n", Some(&["|a"])),
            ("--X\r\nA: 1\r\nB:2\r\n\r\na\r\nb\r\n--X  \r\n\r\n\r\n--X--", Some(&["a,b|a\r\nb", "|"])),
            ("before\r\n--X\r\n\r\na\r\n--X--after", Some(&["|a"])),
            ("--X--", Some(&[])),
            // A boundary stands at the beginning of a line, alone.
            ("--X\r\n\r\na--X--\r\n--X--", Some(&["|a--X--"])),
            ("--X\r\n\r\na\r\n--XY\r\n--X--", Some(&["|a\r\n--XY"])),
            ("--X\r\n\r\na\n--X--\r\n--X--", Some(&["|a\n--X--"])),
            // Cut short, and what is no header.
            ("--X\r\n\r\na\r\n", None),
            ("--X\r\n\r\na", None),
            ("--X\r\na\r\n--X--", None),
            ("--X\r\n--X--", None),
            ("--X\r\nno header\r\n\r\na\r\n--X--", None),
            ("", None),
            ("x", None),
        ];
        for (body, expected) in cases {
            let expected = expected.map(|all| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
            assert_eq!(texts(body), expected, "{body:?}");
        }
        assert!(split(&Bytes::from_static(b"--\r\n\r\n----"), "").is_none());
    }
}
