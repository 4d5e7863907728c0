//! JSON as YAML: block style, as people write it; text is plain where no reader takes it for anything else.

use std::fmt::Write;

use super::{Value, scalar};
use crate::json::Json;

/// Longer keys need `?` before them (YAML 1.2.2, section 7.4.2: implicit keys have at most 1024 characters).
const LONGEST_KEY: usize = 512;

/// The YAML text of a value, a document by itself; it reads back as the same value.
#[must_use]
pub fn from_json(value: &Json) -> String {
    let mut out = String::new();
    match value {
        Json::Array(items) if !items.is_empty() => sequence(items, 0, &mut out),
        Json::Object(members) if !members.is_empty() => mapping(members, 0, &mut out),
        value => scalar_line(value, &mut out),
    }
    out
}

fn sequence(items: &[Json], level: usize, out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            indent(level, out);
        }
        out.push_str("- ");
        match item {
            Json::Array(below) if !below.is_empty() => sequence(below, level + 1, out),
            Json::Object(below) if !below.is_empty() => mapping(below, level + 1, out),
            value => scalar_line(value, out),
        }
    }
}

fn mapping(members: &crate::json::Map<Json>, level: usize, out: &mut String) {
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            indent(level, out);
        }
        match name.len() > LONGEST_KEY {
            true => {
                out.push_str("? ");
                text(name, out);
                out.push('\n');
                indent(level, out);
                out.push(':');
            }
            false => {
                text(name, out);
                out.push(':');
            }
        }
        match value {
            Json::Array(below) if !below.is_empty() => {
                out.push('\n');
                indent(level + 1, out);
                sequence(below, level + 1, out);
            }
            Json::Object(below) if !below.is_empty() => {
                out.push('\n');
                indent(level + 1, out);
                mapping(below, level + 1, out);
            }
            value => {
                out.push(' ');
                scalar_line(value, out);
            }
        }
    }
}

fn indent(level: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", level));
}

/// A scalar, or an empty collection.
fn scalar_line(value: &Json, out: &mut String) {
    match value {
        Json::String(value) => text(value, out),
        Json::Array(_) => out.push_str("[]"),
        Json::Object(_) => out.push_str("{}"),
        // Null, booleans and numbers of JSON are those of YAML. A string may be written to without end.
        value => {
            let _ = write!(out, "{value}");
        }
    }
    out.push('\n');
}

fn text(value: &str, out: &mut String) {
    if is_plain(value) {
        out.push_str(value);
        return;
    }
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // What YAML does not print (section 5.1), and what readers of YAML 1.1 take for line breaks.
            '\0'..'\u{20}'
            | '\u{7f}'..'\u{a0}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether text can stand without quotes: it begins with a letter, holds nothing that YAML gives a meaning to, and is no
/// word that YAML 1.2 or 1.1 reads as anything else.
fn is_plain(value: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '@' | '+');
    value.starts_with(|c: char| c.is_ascii_alphabetic())
        && !value.ends_with(' ')
        && value.len() <= 120
        && value.chars().all(inner)
        && matches!(scalar::plain(value), Value::String(_))
        && !["yes", "no", "on", "off", "y", "n"].iter().any(|word| value.eq_ignore_ascii_case(word))
}
