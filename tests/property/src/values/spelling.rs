//! JSON text of a value, in one of its many spellings.

use std::fmt::Write as _;

use counterpart_runtime::{Json, Number};

use crate::random::Random;

/// Writes a value, now and then in an unusual way.
pub(super) fn text(random: &mut Random, value: &Json) -> String {
    let mut text = String::new();
    write(random, value, &mut text);
    text
}

fn write(random: &mut Random, value: &Json, text: &mut String) {
    if random.percent(3) {
        text.push_str(" \n\t");
    }
    match value {
        Json::Number(number) => text.push_str(&numeral(random, number)),
        Json::String(string) => quote(random, string, text),
        Json::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                write(random, item, text);
            }
            text.push(']');
        }
        Json::Object(members) => {
            text.push('{');
            for (at, (name, member)) in members.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                quote(random, name, text);
                text.push(':');
                write(random, member, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// The same number with another point or exponent.
fn numeral(random: &mut Random, number: &Number) -> String {
    let plain = number.to_string();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    if !random.percent(15) || digits == "0" || digits.contains(['.', 'e', 'E']) {
        return plain;
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    match random.below(5) {
        0 => format!("{plain}.0"),
        1 => format!("{plain}e0"),
        2 => format!("{plain}.00E+0"),
        3 if zeros > 0 && zeros < digits.len() => {
            format!("{}e{zeros}", plain.get(..plain.len() - zeros).unwrap_or_default())
        }
        _ => format!("{plain}0e-1"),
    }
}

fn quote(random: &mut Random, string: &str, text: &mut String) {
    if !random.percent(5) {
        text.push_str(&Json::from(string).to_string());
        return;
    }
    text.push('"');
    for unit in string.encode_utf16() {
        let _ = write!(text, "\\u{unit:04x}");
    }
    text.push('"');
}
