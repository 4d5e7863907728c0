//! As much of RFC 3986 as references between schemas need.

/// Resolves a reference against a base without fragment (section 5.2).
pub fn resolve(base: &str, reference: &str) -> String {
    let base = base.split_once('#').map_or(base, |(base, _)| base);
    let (scheme, hierarchy) = base.split_once(':').unwrap_or(("", base));
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let absolute = reference.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '?']));
    if absolute {
        return reference.to_owned();
    }
    let authority = hierarchy.strip_prefix("//").map_or(0, |rest| 2 + rest.find('/').unwrap_or(rest.len()));
    let (authority, path) = hierarchy.split_at(authority);
    let merged = if reference.starts_with('/') {
        reference.to_owned()
    } else {
        let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
        format!("{directory}/{reference}")
    };
    format!("{scheme}:{authority}{}", without_dots(&merged))
}

fn without_dots(path: &str) -> String {
    let (path, fragment) = match path.find('#') {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    format!("{}{fragment}", kept.join("/"))
}

/// Decodes percent-encoded octets.
pub fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
