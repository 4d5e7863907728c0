//! A path template taken apart, for whoever fills it in.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a URL cannot hold as it is; `%` stays, because literal text of a template is already encoded.
const LITERAL: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path template in the order in which it is written, its literal text as a URL has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pieces {
    /// Literal text, and the variable that follows it.
    pub(crate) variables: Vec<(String, String)>,
    /// The literal text behind the last variable.
    pub(crate) rest: String,
    /// The fixed part of the query.
    pub(crate) query: String,
}

impl Pieces {
    /// Takes a template apart.
    pub(crate) fn of(template: &str) -> Self {
        let encoded = |text: &str| utf8_percent_encode(text, &LITERAL).to_string();
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let rooted = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let (mut variables, mut rest) = (Vec::new(), rooted.as_str());
        while let Some((literal, name, tail)) = variable(rest) {
            variables.push((encoded(literal), name.to_owned()));
            rest = tail;
        }
        Self { variables, rest: encoded(rest), query: encoded(query) }
    }
}

/// The first variable of a path, with what stands before and behind it. It does not reach beyond its segment; a brace
/// that nothing closes is literal text.
pub(crate) fn variable(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let (name, tail) = text.get(open + 1..)?.split_once('}')?;
        if !name.contains('/') {
            return Some((text.get(..open)?, name, tail));
        }
        from = open + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_taken_apart() {
        let pieces = |template: &str| {
            let pieces = Pieces::of(template);
            let variables: Vec<String> =
                pieces.variables.iter().map(|(literal, name)| format!("{literal}<{name}>")).collect();
            format!("{}{} {}", variables.concat(), pieces.rest, pieces.query)
        };
        for (template, expected) in [
            ("/", "/ "),
            ("/a/{b}", "/a/<b> "),
            ("/a/{b}:run/{c}-{d}.json?beta=a b", "/a/<b>:run/<c>-<d>.json beta=a%20b"),
            ("/a b/ü/%41", "/a%20b/%C3%BC/%41 "),
            ("/a/{b/c}/{d}", "/a/%7Bb/c%7D/<d> "),
            ("/a/{b", "/a/%7Bb "),
            ("a", "/a "),
        ] {
            assert_eq!(pieces(template), expected);
        }
    }
}
