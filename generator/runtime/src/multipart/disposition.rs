//! `Content-Disposition` of a part (RFC 7578 section 4.2): the name of the member, and that of the file.

use http::HeaderValue;

/// The parameters that a part needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Disposition {
    pub(super) name: Option<String>,
    pub(super) file_name: Option<String>,
}

impl Disposition {
    /// Parameters are found by the grammar, so that `filename="a; name=b"` is one; what is not UTF-8 is not there.
    pub(super) fn parse(value: &HeaderValue) -> Self {
        let mut found = Self::default();
        let Ok(text) = std::str::from_utf8(value.as_bytes()) else { return found };
        let mut rest = text.split_once(';').map_or("", |(_, rest)| rest);
        while let Some((name, after)) = rest.split_once('=') {
            let (value, after) = parameter_value(after.trim_start());
            match name.trim().to_ascii_lowercase().as_str() {
                "name" => found.name = found.name.or(Some(value)),
                "filename" => found.file_name = found.file_name.or(Some(value)),
                _ => {}
            }
            rest = after.split_once(';').map_or("", |(_, rest)| rest);
        }
        found
    }
}

/// A token or a quoted string, and what comes after it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (plain(value.trim_end()), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match (character, characters.peek()) {
            ('"', _) => return (plain(&value), quoted.get(at + 1..).unwrap_or("")),
            // Other backslashes are those of Windows paths, which no sender escapes.
            ('\\', Some((_, escaped @ ('"' | '\\')))) => {
                value.push(*escaped);
                characters.next();
            }
            _ => value.push(character),
        }
    }
    (plain(&value), "")
}

/// Undoes what the WHATWG's multipart/form-data algorithm does to a name; other triplets are part of it.
fn plain(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_senders() {
        let cases = [
            (r#"form-data; name="a"; filename="b.png""#, Some("a"), Some("b.png")),
            (r#"form-data; name=a;filename=b"#, Some("a"), Some("b")),
            (r#"form-data; Name = "a" ; FileName = b "#, Some("a"), Some("b")),
            // As browsers write quotes and line ends, as curl writes them, and what neither touches.
            (r#"form-data; name="%22%0D%0A""#, Some("\"\r\n"), None),
            (r#"form-data; name="\"\\""#, Some("\"\\"), None),
            (r#"form-data; name="a"; filename="C:\x\100%25.png""#, Some("a"), Some(r"C:\x\100%25.png")),
            (r#"form-data; filename="x; name=evil"; name="a""#, Some("a"), Some("x; name=evil")),
            (r#"form-data; name="a"; filename*=UTF-8''b"#, Some("a"), None),
            (r#"form-data; name="a"; name="b""#, Some("a"), None),
            (r#"form-data; name="open"#, Some("open"), None),
            ("form-data", None, None),
        ];
        for (text, name, file_name) in cases {
            let found = Disposition::parse(&HeaderValue::from_str(text).unwrap());
            assert_eq!((found.name.as_deref(), found.file_name.as_deref()), (name, file_name), "{text}");
        }
        let utf8 = HeaderValue::from_bytes("form-data; name=\"über\"".as_bytes()).unwrap();
        assert_eq!(Disposition::parse(&utf8).name.as_deref(), Some("über"));
        assert_eq!(Disposition::parse(&HeaderValue::from_bytes(b"x; name=\"\xff\"").unwrap()).name, None);
    }
}
