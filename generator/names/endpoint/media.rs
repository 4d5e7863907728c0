//! Names of the kinds of body: `Json`, `Form`, `Png`.

use std::collections::BTreeSet;

use crate::names::Ident;

use crate::{
    ir::{BodyKind, BodyVariant},
    names::endpoint::{ident, pascal},
};

/// One variant for each kind of body. Where the short names are not distinct, the whole media type is the name.
pub fn variants(bodies: &[BodyVariant]) -> Vec<Ident> {
    let distinct = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    let short: Vec<String> = bodies.iter().map(short).collect();
    let long: Vec<String> = bodies.iter().map(long).collect();
    let names: Vec<String> = match (distinct(&short), distinct(&long)) {
        (true, _) => short,
        (_, true) => long,
        // Media types that differ in parameters or punctuation only.
        _ => (1u32..).zip(long).map(|(number, name)| format!("{name}{number}")).collect(),
    };
    names.iter().map(|name| ident(name)).collect()
}

fn short(body: &BodyVariant) -> String {
    let name = match body.kind {
        BodyKind::Json => "Json",
        BodyKind::Document => return document(media(body)),
        BodyKind::Form => "Form",
        BodyKind::Multipart => "Multipart",
        BodyKind::Text => "Text",
        BodyKind::Events | BodyKind::EventData => "Events",
        BodyKind::JsonLines => "Lines",
        BodyKind::JsonSeq => "Sequence",
        BodyKind::Binary => return binary(media(body)),
    };
    name.to_owned()
}

/// Of several forms the first gives the name.
fn document(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let name = ["yaml", "xml"].into_iter().find(|form| essence.ends_with(form)).unwrap_or("json");
    pascal(name)
}

/// The subtype says what bytes are: `Png`, `Pdf`; of a range the type does.
fn binary(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("*", _) | ("application", "octet-stream")) | None => "Bytes".to_owned(),
        Some((top, "*")) => pascal(top),
        Some((_, sub)) => pascal(sub),
    }
}

fn long(body: &BodyVariant) -> String {
    pascal(&media(body).replace('*', "any"))
}

fn media(body: &BodyVariant) -> &str {
    body.media.first().map_or("", String::as_str)
}
