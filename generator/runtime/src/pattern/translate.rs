//! The tree in the syntax of the `regex` and `fancy-regex` crates. Every character is spelled as an escape or as an
//! ASCII letter or digit, so that nothing of it is taken for syntax there.

use std::fmt::Write;

use super::syntax::{Class, MAX, Node};

/// What the tree needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Needs {
    /// look-around, `\B` or back references: a backtracking matcher
    pub fancy: bool,
    /// back references: capture groups must stay
    pub captures: bool,
}

impl Needs {
    pub fn of(node: &Node) -> Self {
        match node {
            Node::Class(_) | Node::Start | Node::End => Self::default(),
            Node::Word { negated } => Self { fancy: *negated, captures: false },
            Node::Back(_) => Self { fancy: true, captures: true },
            Node::Look { body, .. } => Self { fancy: true, ..Self::of(body) },
            Node::Group(body) | Node::Capture(_, body) | Node::Repeat { body, .. } => Self::of(body),
            Node::Sequence(parts) | Node::Choice(parts) => {
                parts.iter().map(Self::of).fold(Self::default(), |a, b| Self {
                    fancy: a.fancy || b.fancy,
                    captures: a.captures || b.captures,
                })
            }
        }
    }
}

/// The whole tree as text.
pub(super) fn translate(node: &Node, needs: Needs) -> String {
    let mut out = String::new();
    // Writing into a `String` does not fail.
    let _ = write(&mut out, node, needs);
    out
}

const WORD: &str = "[0-9A-Z_a-z]";

fn write(out: &mut String, node: &Node, needs: Needs) -> std::fmt::Result {
    match node {
        Node::Class(class) => write_class(out, class),
        Node::Start => out.write_str("\\A"),
        Node::End => out.write_str("\\z"),
        Node::Word { negated: false } if !needs.fancy => out.write_str("(?-u:\\b)"),
        Node::Word { negated: false } => write!(out, "(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"),
        Node::Word { negated: true } => write!(out, "(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))"),
        Node::Sequence(parts) => parts.iter().try_for_each(|part| write(out, part, needs)),
        Node::Choice(parts) => {
            out.write_str("(?:")?;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    out.write_char('|')?;
                }
                write(out, part, needs)?;
            }
            out.write_char(')')
        }
        Node::Group(body) => wrapped(out, "(?:", body, needs),
        Node::Capture(_, body) => wrapped(out, if needs.captures { "(" } else { "(?:" }, body, needs),
        Node::Look { behind, negated, body } => {
            let open = match (behind, negated) {
                (false, false) => "(?=",
                (false, true) => "(?!",
                (true, false) => "(?<=",
                (true, true) => "(?<!",
            };
            wrapped(out, open, body, needs)
        }
        Node::Repeat { body, min, max, lazy } => {
            wrapped(out, "(?:", body, needs)?;
            match max {
                Some(max) => write!(out, "{{{min},{max}}}")?,
                None => write!(out, "{{{min},}}")?,
            }
            out.write_str(if *lazy { "?" } else { "" })
        }
        // A group that took no part in the match refers to the empty string in ECMA-262.
        Node::Back(number) => write!(out, "(?:(?({number})\\{number}|))"),
    }
}

fn wrapped(out: &mut String, open: &str, body: &Node, needs: Needs) -> std::fmt::Result {
    out.write_str(open)?;
    write(out, body, needs)?;
    out.write_char(')')
}

fn write_class(out: &mut String, class: &Class) -> std::fmt::Result {
    let any = || format!("\\x{{0}}-\\x{{{MAX:X}}}");
    if class.properties.is_empty() {
        let ranges: Vec<_> =
            class.flat().unwrap_or_default().into_iter().flat_map(without_surrogates).collect();
        if let [(low, high)] = ranges.as_slice()
            && low == high
        {
            return write_code(out, *low);
        }
        if ranges.is_empty() {
            return write!(out, "[^{}]", any());
        }
        out.write_char('[')?;
        ranges.iter().try_for_each(|range| write_range(out, *range))?;
        return out.write_char(']');
    }
    out.write_str(if class.negated { "[^" } else { "[" })?;
    class
        .ranges
        .iter()
        .copied()
        .flat_map(without_surrogates)
        .try_for_each(|range| write_range(out, range))?;
    class.properties.iter().try_for_each(|property| out.write_str(property))?;
    out.write_char(']')
}

fn write_range(out: &mut String, (low, high): (u32, u32)) -> std::fmt::Result {
    write_code(out, low)?;
    out.write_char('-')?;
    write_code(out, high)
}

fn write_code(out: &mut String, code: u32) -> std::fmt::Result {
    match char::from_u32(code).filter(char::is_ascii_alphanumeric) {
        Some(character) => out.write_char(character),
        None => write!(out, "\\x{{{code:X}}}"),
    }
}

/// The parts of a range outside of U+D800 to U+DFFF, which no string of Rust holds.
fn without_surrogates((low, high): (u32, u32)) -> impl Iterator<Item = (u32, u32)> {
    let below = (low, high.min(0xD7FF));
    let above = (low.max(0xE000), high);
    [below, above].into_iter().filter(|(low, high)| low <= high)
}
