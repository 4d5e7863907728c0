//! URI references (RFC 3986): joining a reference to a base, as far as identifying schemas needs it.

/// The parts of a URI reference without its fragment.
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

fn parts(text: &str) -> Parts<'_> {
    let text = without_fragment(text);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, text),
    };
    let (rest, query) = match rest.split_once('?') {
        Some((rest, query)) => (rest, Some(query)),
        None => (rest, None),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(authority), path)
        }
        None => (None, rest),
    };
    Parts { scheme, authority, path, query }
}

/// The reference up to `#`.
pub(super) fn without_fragment(text: &str) -> &str {
    text.split_once('#').map_or(text, |(before, _)| before)
}

/// The reference after `#`.
pub(super) fn fragment(text: &str) -> &str {
    text.split_once('#').map_or("", |(_, after)| after)
}

/// Resolves a reference against an absolute base (RFC 3986, section 5.2); fragments are dropped.
pub(super) fn join(base: &str, reference: &str) -> String {
    let (base, reference) = (parts(base), parts(reference));
    if reference.scheme.is_some() {
        return write(reference.scheme, reference.authority, &without_dots(reference.path), reference.query);
    }
    if reference.authority.is_some() {
        return write(base.scheme, reference.authority, &without_dots(reference.path), reference.query);
    }
    if reference.path.is_empty() {
        return write(base.scheme, base.authority, base.path, reference.query.or(base.query));
    }
    let path = if reference.path.starts_with('/') {
        reference.path.to_owned()
    } else if base.authority.is_some() && base.path.is_empty() {
        format!("/{}", reference.path)
    } else {
        let folder = base.path.rfind('/').map_or("", |slash| base.path.get(..=slash).unwrap_or_default());
        format!("{folder}{}", reference.path)
    };
    write(base.scheme, base.authority, &without_dots(&path), reference.query)
}

fn write(scheme: Option<&str>, authority: Option<&str>, path: &str, query: Option<&str>) -> String {
    let mut text = String::new();
    if let Some(scheme) = scheme {
        text.push_str(scheme);
        text.push(':');
    }
    if let Some(authority) = authority {
        text.push_str("//");
        text.push_str(authority);
    }
    text.push_str(path);
    if let Some(query) = query {
        text.push('?');
        text.push_str(query);
    }
    text
}

/// RFC 3986, section 5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." && kept.len() > 1 {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_join_like_in_rfc_3986() {
        let base = "http://a/b/c/d;p?q";
        for (reference, target) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("", "http://a/b/c/d;p?q"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("g?y/./x", "http://a/b/c/g?y/./x"),
            ("g#s", "http://a/b/c/g"),
        ] {
            assert_eq!(join(base, reference), target, "{reference}");
        }
    }
}
