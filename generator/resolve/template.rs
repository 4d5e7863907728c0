//! Path templates (OAS 3.1.2, Path Templating; grammar of 3.2): segments of literals and variables.

use crate::contract::{PathPart, PathTemplate};

/// A path key split up, or why it is none.
pub(super) fn parse(key: &str) -> Result<PathTemplate, String> {
    let before = fragment(key).map_or(key, |(before, _)| before);
    let (path, query) = match before.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (before, None),
    };
    let Some(path) = path.strip_prefix('/') else {
        return Err("a path begins with `/`".to_owned());
    };
    let segments = path.split('/').map(segment).collect::<Result<Vec<_>, _>>()?;
    Ok(PathTemplate { text: key.to_owned(), segments, query })
}

/// A variable that stands twice in a path.
pub(super) fn repeated_variable(template: &PathTemplate) -> Option<&str> {
    let mut seen: Vec<&str> = Vec::new();
    for part in template.segments.iter().flatten() {
        if let PathPart::Variable(name) = part {
            if seen.contains(&name.as_str()) {
                return Some(name);
            }
            seen.push(name);
        }
    }
    None
}

/// The key before and after `#`, if there is one outside of the variables.
pub(super) fn fragment(key: &str) -> Option<(&str, &str)> {
    key.split_once('#')
}

fn segment(text: &str) -> Result<Vec<PathPart>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(open) = rest.find(['{', '}']) else {
            parts.push(PathPart::Literal(rest.to_owned()));
            break;
        };
        let (literal, after) = rest.split_at(open);
        if !literal.is_empty() {
            parts.push(PathPart::Literal(literal.to_owned()));
        }
        let Some(inner) = after.strip_prefix('{') else {
            return Err("this `}` closes no variable".to_owned());
        };
        let Some((name, after)) = inner.split_once('}') else {
            return Err("this `{` is never closed in its segment".to_owned());
        };
        if name.is_empty() {
            return Err("`{}` names no variable".to_owned());
        }
        if name.contains('{') {
            return Err("a variable name holds no `{`".to_owned());
        }
        parts.push(PathPart::Variable(name.to_owned()));
        rest = after;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(key: &str) -> String {
        match parse(key) {
            Err(message) => message,
            Ok(template) => {
                let part = |part: &PathPart| match part {
                    PathPart::Literal(text) => text.clone(),
                    PathPart::Variable(name) => format!("<{name}>"),
                };
                let segments =
                    template.segments.iter().map(|parts| parts.iter().map(part).collect::<String>());
                let query = template.query.map(|query| format!(" ? {query}")).unwrap_or_default();
                segments.collect::<Vec<_>>().join(" / ") + &query
            }
        }
    }

    #[test]
    fn segments_hold_literals_and_variables() {
        assert_eq!(shape("/"), "");
        assert_eq!(shape("/a/{b}/"), "a / <b> / ");
        assert_eq!(shape("/odata/Pets({id}).{ext}"), "odata / Pets(<id>).<ext>");
        assert_eq!(shape("/a?beta=true#x"), "a ? beta=true");
        assert_eq!(shape("/*rest/:id"), "*rest / :id");
    }

    #[test]
    fn malformed_templates_are_refused() {
        for key in ["no-slash", "", "/a{b", "/{}", "/{{x}}", "/a}", "/{a/b}"] {
            assert!(parse(key).is_err(), "{key}");
        }
    }
}
