//! Values as the styles see them: a text, a list of texts, or pairs of texts.

use super::{Codec, StyleError};
use crate::Json;

/// Why a text cannot be sent in a header.
pub(super) const BLANK_ENDS: &str = "blanks around a value, and empty items, are lost in a header";

/// Whether a text begins or ends with what a header does not keep.
pub(super) fn has_blank_ends(text: &str) -> bool {
    text.starts_with([' ', '\t']) || text.ends_with([' ', '\t'])
}

/// A value without depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flat {
    /// Null, an empty array, an empty object: nothing is written.
    Undefined,
    Text(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// The text of a scalar; `None` for null.
pub(super) fn text(value: &Json) -> Result<Option<String>, StyleError> {
    match value {
        Json::Null => Ok(None),
        Json::Bool(value) => Ok(Some(value.to_string())),
        Json::Number(number) => Ok(Some(number.to_string())),
        Json::String(text) => Ok(Some(text.clone())),
        Json::Array(_) | Json::Object(_) => {
            Err(StyleError::new("an array or object inside another has no text in this style"))
        }
    }
}

/// The value as the styles see it; members and items that are null are left out.
pub(super) fn flat(value: &Json) -> Result<Flat, StyleError> {
    Ok(match value {
        Json::Array(items) => {
            let items: Result<Vec<_>, _> = items.iter().filter_map(|item| text(item).transpose()).collect();
            Some(items?).filter(|items| !items.is_empty()).map_or(Flat::Undefined, Flat::List)
        }
        Json::Object(members) => {
            let pair = |(name, value): (&String, &Json)| {
                text(value).map(|text| text.map(|text| (name.clone(), text))).transpose()
            };
            let pairs: Result<Vec<_>, _> = members.iter().filter_map(pair).collect();
            Some(pairs?).filter(|pairs| !pairs.is_empty()).map_or(Flat::Undefined, Flat::Pairs)
        }
        scalar => text(scalar)?.map_or(Flat::Undefined, Flat::Text),
    })
}

impl Flat {
    /// Names and values for the wire; `delimiter` is what the style puts between items.
    pub(super) fn encoded(&self, codec: Codec, delimiter: Option<char>) -> Self {
        let item = |text: &String| codec.encode_item(text, delimiter);
        match self {
            Self::Undefined => Self::Undefined,
            Self::Text(text) => Self::Text(codec.encode(text)),
            Self::List(items) => Self::List(items.iter().map(item).collect()),
            Self::Pairs(pairs) => Self::Pairs(
                pairs.iter().map(|(name, value)| (codec.encode_name(name), item(value))).collect(),
            ),
        }
    }

    /// Refuses items that hold a delimiter where nothing would tell the two apart.
    pub(super) fn delimited_by(&self, delimiters: &[char]) -> Result<(), StyleError> {
        let holds = |text: &String| text.contains(delimiters);
        let ambiguous = match self {
            Self::Undefined | Self::Text(_) => false,
            Self::List(items) => {
                items.iter().any(|item| item.contains(delimiters.first().copied().unwrap_or(',')))
            }
            Self::Pairs(pairs) => pairs.iter().any(|(name, value)| holds(name) || holds(value)),
        };
        match ambiguous {
            true => Err(StyleError::new("an item holds the delimiter of its style")),
            false => Ok(()),
        }
    }

    /// Refuses what the recipient of a header does not see: blanks around an item, and items without text
    /// (RFC 9110, sections 5.5 and 5.6.1.2).
    pub(super) fn without_blanks(&self) -> Result<(), StyleError> {
        let blank = match self {
            Self::Undefined => false,
            Self::Text(text) => has_blank_ends(text),
            Self::List(items) => items.iter().any(|item| item.is_empty() || has_blank_ends(item)),
            Self::Pairs(pairs) => {
                pairs.iter().any(|(name, value)| has_blank_ends(name) || has_blank_ends(value))
            }
        };
        if blank { Err(StyleError::new(BLANK_ENDS)) } else { Ok(()) }
    }

    /// RFC 6570 simple expansion: items after commas.
    pub(super) fn simple(&self, explode: bool) -> String {
        self.list(",", if explode { "=" } else { "," })
    }

    /// RFC 6570 label expansion, with a comma between items that are not exploded as OpenAPI wants it. A dot inside
    /// an exploded item is encoded, which no style needs otherwise: else `1.5` were two items.
    pub(super) fn label(&self, explode: bool) -> String {
        match self {
            Self::Undefined => String::new(),
            Self::Text(text) => format!(".{text}"),
            value if explode => format!(".{}", value.without_dots().list(".", "=")),
            value => format!(".{}", value.list(",", ",")),
        }
    }

    /// RFC 6570 path-style parameters; an empty text has no `=`.
    pub(super) fn matrix(&self, name: &str, explode: bool) -> String {
        let one = |name: &str, value: &str| match value.is_empty() {
            true => format!(";{name}"),
            false => format!(";{name}={value}"),
        };
        match self {
            Self::Undefined => String::new(),
            Self::Text(text) => one(name, text),
            Self::List(items) if explode => items.iter().map(|item| one(name, item)).collect(),
            Self::Pairs(pairs) if explode => pairs.iter().map(|(name, value)| one(name, value)).collect(),
            value => format!(";{name}={}", value.simple(false)),
        }
    }

    fn without_dots(&self) -> Self {
        let coded = |text: &String| text.replace('.', "%2E");
        match self {
            Self::List(items) => Self::List(items.iter().map(coded).collect()),
            Self::Pairs(pairs) => {
                Self::Pairs(pairs.iter().map(|(name, value)| (coded(name), coded(value))).collect())
            }
            other => other.clone(),
        }
    }

    fn list(&self, between: &str, inside: &str) -> String {
        match self {
            Self::Undefined => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(items) => items.join(between),
            Self::Pairs(pairs) => {
                let pairs: Vec<String> =
                    pairs.iter().map(|(name, value)| format!("{name}{inside}{value}")).collect();
                pairs.join(between)
            }
        }
    }
}
