//! The tree in the syntax of the `regex` crate. Every character is spelled as an escape or as an
//! ASCII letter or digit, so that nothing of it is taken for syntax there.

use std::fmt::Write;

use super::syntax::{Class, MAX, Node};

/// The whole tree as text; nothing where it has look-around, `\\B` or back references, which that crate has not.
pub(super) fn translate(node: &Node) -> Option<String> {
    let mut out = String::new();
    write(&mut out, node).ok()?;
    Some(out)
}

/// A class as text.
pub(super) fn class(class: &Class) -> String {
    let mut out = String::new();
    // Writing into a `String` does not fail.
    let _ = write_class(&mut out, class);
    out
}

fn write(out: &mut String, node: &Node) -> std::fmt::Result {
    match node {
        Node::Class(class) => write_class(out, class),
        Node::Start => out.write_str("\\A"),
        Node::End => out.write_str("\\z"),
        Node::Word { negated: false } => out.write_str("(?-u:\\b)"),
        Node::Sequence(parts) => parts.iter().try_for_each(|part| write(out, part)),
        Node::Choice(parts) => {
            out.write_str("(?:")?;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    out.write_char('|')?;
                }
                write(out, part)?;
            }
            out.write_char(')')
        }
        Node::Group(body) | Node::Capture(_, body) => wrapped(out, body),
        Node::Repeat { body, min, max, lazy } => {
            wrapped(out, body)?;
            match max {
                Some(max) => write!(out, "{{{min},{max}}}")?,
                None => write!(out, "{{{min},}}")?,
            }
            out.write_str(if *lazy { "?" } else { "" })
        }
        Node::Look { .. } | Node::Back(_) | Node::Word { negated: true } => Err(std::fmt::Error),
    }
}

fn wrapped(out: &mut String, body: &Node) -> std::fmt::Result {
    out.write_str("(?:")?;
    write(out, body)?;
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
