//! What the contract says and the generated code holds nobody to: because the standard calls a keyword an annotation, or
//! because there is no support for it. Nothing is dropped in silence.

use std::collections::BTreeMap;

use crate::contract::{Contract, Keywords};
use crate::diagnostic::Diagnostics;
use crate::lower;
use crate::options::Options;
use crate::source::{Sources, Span};

/// Something that is not enforced, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unenforced {
    /// What it is, in words.
    pub what: String,
    /// Whether the standard defines it as an annotation, which nobody has to enforce.
    pub annotation: bool,
    /// Every place, in reading order.
    pub at: Vec<Span>,
}

/// Lists it: first what was reported as unsupported, then the annotations.
pub fn list(
    contract: &Contract,
    options: &Options,
    sources: &Sources,
    diagnostics: &Diagnostics,
) -> Vec<Unenforced> {
    let reported = diagnostics.iter().filter(|item| item.code.is_unenforced()).map(|item| Unenforced {
        what: item.message.clone(),
        annotation: false,
        at: std::iter::once(item.at).chain(item.others.iter().copied()).collect(),
    });
    let mut list: Vec<Unenforced> = reported.collect();
    let mut annotations: BTreeMap<(&str, &str), Vec<Span>> = BTreeMap::new();
    for (_, schema) in contract.schemas.iter() {
        for (keyword, value) in schema.keywords().into_iter().flat_map(|keywords| notes(keywords, options)) {
            annotations.entry((keyword, value)).or_default().push(schema.at);
        }
    }
    list.extend(annotations.into_iter().map(|((keyword, value), schemas)| {
        let what = match value {
            "" => format!("`{keyword}` is an annotation"),
            value => format!("`{keyword}: {value}` is an annotation"),
        };
        let at = schemas.into_iter().map(|schema| sources.key(schema, keyword)).collect();
        Unenforced { what, annotation: true, at }
    }));
    list
}

/// The annotations of a schema that speak of what is valid.
fn notes<'c>(keywords: &'c Keywords, options: &Options) -> Vec<(&'static str, &'c str)> {
    let format = keywords.format.as_deref().filter(|format| !lower::heeds_format(options.formats, format));
    let media = keywords.content_media_type.as_deref();
    let notes = [
        ("format", format),
        ("contentEncoding", keywords.content_encoding.as_deref()),
        ("contentMediaType", media),
        ("contentSchema", keywords.content_schema.map(|_| "")),
    ];
    notes.into_iter().filter_map(|(keyword, value)| Some((keyword, value?))).collect()
}
