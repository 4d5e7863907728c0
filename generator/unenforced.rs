//! What the contract says and the generated code holds nobody to: because the standard calls a keyword an annotation, or
//! because there is no support for it. Nothing is dropped in silence.

use std::collections::BTreeMap;

use counterpart_runtime::Json;

use crate::contract::{Contract, Keywords, Schema, Type};
use crate::diagnostic::{Code, Diagnostics};
use crate::lower;
use crate::options::Options;
use crate::source::{Sources, Span};

/// Something that is not enforced, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unenforced {
    /// What it is, in words.
    pub what: String,
    /// Why it is not.
    pub reason: Reason,
    /// Every place, in reading order.
    pub at: Vec<Span>,
}

/// Why something is not enforced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The standard defines it, and there is no support for it.
    Unsupported,
    /// A schema beside a media type of which no standard says how values become its text or bytes.
    Undefined,
    /// The standard calls it an annotation, which nobody has to enforce.
    Annotation,
}

impl Reason {
    /// Its name, for tools.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::Undefined => "undefined",
            Self::Annotation => "annotation",
        }
    }
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
        reason: if item.code == Code::UNSUPPORTED { Reason::Unsupported } else { Reason::Undefined },
        at: std::iter::once(item.at).chain(item.others.iter().copied()).collect(),
    });
    let mut list: Vec<Unenforced> = reported.collect();
    let mut annotations: BTreeMap<(&str, &str), Vec<Span>> = BTreeMap::new();
    for (_, schema) in contract.told() {
        for (keyword, value) in schema.keywords().into_iter().flat_map(|keywords| notes(keywords, options)) {
            annotations.entry((keyword, value)).or_default().push(schema.at);
        }
    }
    let inlined: Vec<Span> = contract
        .told()
        .filter(|(_, schema)| is_inlined(contract, schema))
        .map(|(_, schema)| sources.key(schema.at, "xml"))
        .collect();
    if !inlined.is_empty() {
        let what = "`nodeType: none` of what is no array and no object has no effect".to_owned();
        list.push(Unenforced { what, reason: Reason::Unsupported, at: inlined });
    }
    list.extend(annotations.into_iter().map(|((keyword, value), schemas)| {
        let what = match value {
            "" => format!("`{keyword}` is an annotation"),
            value => format!("`{keyword}: {value}` is an annotation"),
        };
        let at = schemas.into_iter().map(|schema| sources.key(schema, keyword)).collect();
        Unenforced { what, reason: Reason::Annotation, at }
    }));
    list
}

/// Whether a value other than an array or an object is to stand in XML without an element of its own.
fn is_inlined(contract: &Contract, schema: &Schema) -> bool {
    let Some(keywords) = schema.keywords().filter(|_| contract.has_xml) else { return false };
    let node = keywords.xml.as_ref().and_then(|xml| xml.get("nodeType")).and_then(Json::as_str);
    node == Some("none") && !matches!(keywords.types.as_deref(), Some([Type::Array] | [Type::Object]))
}

/// The annotations of a schema that speak of what is valid.
fn notes<'c>(keywords: &'c Keywords<'c>, options: &Options) -> Vec<(&'static str, &'c str)> {
    let format = keywords.format.filter(|_| !lower::heeds_format(options.formats, keywords));
    let media = keywords.content_media_type.as_deref();
    let notes = [
        ("format", format),
        ("contentEncoding", keywords.content_encoding.as_deref()),
        ("contentMediaType", media),
        ("contentSchema", keywords.content_schema.map(|_| "")),
    ];
    notes.into_iter().filter_map(|(keyword, value)| Some((keyword, value?))).collect()
}
