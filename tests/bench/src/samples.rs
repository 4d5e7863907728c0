//! The bodies.

use std::fmt::Write;

/// About 0.2 KB.
pub fn small() -> String {
    order(1)
}

/// About 3 KB.
pub fn medium() -> String {
    order(24)
}

/// About 100 KB.
pub fn large() -> String {
    order(820)
}

/// An order with so many items; one alone is short.
fn order(count: usize) -> String {
    let mut text = String::from(r#"{"id":"5b1f7f0e-8c1d-4a57-9d3f-0a4e6b7c2207","status":"paid","#);
    if count > 1 {
        text.push_str(r#""placedAt":"2026-11-21T09:53:28.125Z","#);
    }
    text.push_str(r#""customer":{"email":"ines@example.com","name":"Ines Castro"},"items":["#);
    for at in 0..count {
        let comma = if at == 0 { "" } else { "," };
        let (quantity, cents) = (at % 7 + 1, (at * 373) % 9_900 + 99);
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        write!(
            text,
            r#"{comma}{{"sku":"INK-{:04}","title":"Ink for fountain pens, {} ml","quantity":{quantity},"price":{price}"#,
            at % 10_000,
            at % 90 + 10,
        )
        .expect("a string can be written to");
        match at % 3 {
            1 => text.push_str(r#","tags":["new","shading \"wet\""]}"#),
            2 => text.push_str(r#","tags":["blue"]}"#),
            _ => text.push('}'),
        }
    }
    text.push_str(if count > 1 { r#"],"note":null,"paid":true}"# } else { r#"],"paid":true}"# });
    text
}

/// A thousand points with all digits that a float has.
pub fn track() -> String {
    let mut text = String::from(r#"{"points":["#);
    for at in 0..1_000 {
        let comma = if at == 0 { "" } else { "," };
        let (lat, lon) = ((f64::from(at) * 0.7).sin() * 90.0, (f64::from(at) * 0.3).cos() * 180.0);
        write!(text, r#"{comma}{{"lat":{lat},"lon":{lon}}}"#).expect("a string can be written to");
    }
    text.push_str("]}");
    text
}
