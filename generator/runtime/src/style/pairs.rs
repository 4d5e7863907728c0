//! Name-value pairs of queries, forms and cookies: split once, names decoded, values left as they are.

use std::ops::Range;

use http::Uri;
use http::uri::PathAndQuery;

use super::{Refusal, decode_form};

/// One pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The name, decoded.
    pub name: &'a str,
    /// What follows the `=`, not decoded; empty where there is none.
    pub value: &'a str,
    /// Whether the value is JSON text already, as parts of multipart bodies can be.
    pub is_json: bool,
}

/// The pairs of a text, in order.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    text: Text,
    entries: Vec<Entry>,
}

/// A text, or the query in a part of a URI, which is not copied for it.
#[derive(Clone, Debug)]
enum Text {
    Own(String),
    Query(PathAndQuery),
}

impl Text {
    fn as_str(&self) -> &str {
        match self {
            Self::Own(text) => text,
            Self::Query(uri) => uri.query().unwrap_or_default(),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Own(String::new())
    }
}

#[derive(Clone, Debug)]
struct Entry {
    name: Range<usize>,
    decoded: Option<String>,
    value: Range<usize>,
    is_json: bool,
}

impl Pairs {
    /// Splits a query or a form body. Refused where a name cannot be decoded.
    pub fn form(text: impl Into<String>) -> Result<Self, Refusal> {
        let text = text.into();
        Ok(Self { entries: entries(&text)?, text: Text::Own(text) })
    }

    /// Splits the query of a URI. Refused where a name cannot be decoded.
    pub fn query(uri: &Uri) -> Result<Self, Refusal> {
        let Some(text) = uri.path_and_query().cloned().map(Text::Query) else { return Ok(Self::default()) };
        Ok(Self { entries: entries(text.as_str())?, text })
    }

    /// Splits the value of `Cookie` (RFC 6265 section 4.2.1).
    pub fn cookies(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut entries = Vec::new();
        for (start, piece) in split(&text, b';') {
            let blank = piece.len() - piece.trim_start().len();
            entries.push(entry(start + blank, piece.trim()));
        }
        Self { text: Text::Own(text), entries }
    }

    /// Pairs that are set apart already, such as the parts of a multipart body, and whether each is JSON text.
    pub fn parts(parts: impl IntoIterator<Item = (String, String, bool)>) -> Self {
        let (mut text, mut entries) = (String::new(), Vec::new());
        for (name, value, is_json) in parts {
            let start = text.len();
            text.push_str(&value);
            entries.push(Entry {
                name: start..start,
                decoded: Some(name),
                value: start..text.len(),
                is_json,
            });
        }
        Self { text: Text::Own(text), entries }
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = Pair<'_>> + Clone {
        let text = self.text.as_str();
        let slice = move |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        self.entries.iter().map(move |entry| Pair {
            name: entry.decoded.as_deref().unwrap_or_else(|| slice(&entry.name)),
            value: slice(&entry.value),
            is_json: entry.is_json,
        })
    }

    /// The values of one name, in order.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + Clone {
        self.iter().filter(move |pair| pair.name == name).map(|pair| pair.value)
    }
}

/// What a query says of one name.
#[cfg(feature = "server")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sought<'q> {
    /// Nothing.
    Absent,
    /// This, not decoded.
    Once(&'q str),
    /// More than can be told without taking the query apart.
    Unclear,
}

#[cfg(feature = "server")]
impl<'q> Sought<'q> {
    /// Looks for a name: all there is to do for most queries, in which each name is there once and none is encoded.
    pub(crate) fn of(query: &'q str, name: &str) -> Self {
        let (mut found, mut start) = (None, 0);
        for piece in query.as_bytes().split(|byte| *byte == b'&') {
            let end = start + piece.len();
            let known =
                piece.iter().position(|byte| matches!(byte, b'=' | b'%' | b'+')).unwrap_or(piece.len());
            if matches!(piece.get(known), Some(b'%' | b'+')) {
                return Self::Unclear;
            }
            if piece.get(..known) == Some(name.as_bytes()) {
                if found.is_some() {
                    return Self::Unclear;
                }
                found = Some(end.min(start + known + 1)..end);
            }
            start = end + 1;
        }
        match found {
            Some(value) => query.get(value).map_or(Self::Unclear, Self::Once),
            None => Self::Absent,
        }
    }
}

/// The pairs of a form, in one pass: looking for the next `&` or `=` would cost more to begin than to do.
fn entries(text: &str) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    let (mut start, mut middle, mut is_coded) = (0, None, false);
    for at in 0..=text.len() {
        match text.as_bytes().get(at) {
            None | Some(b'&') => {
                if at > start {
                    let name = start..middle.unwrap_or(at);
                    let decoded = if is_coded { decoded(text, &name)? } else { None };
                    let value = middle.map_or(at, |middle| middle + 1)..at;
                    entries.push(Entry { name, decoded, value, is_json: false });
                }
                (start, middle, is_coded) = (at + 1, None, false);
            }
            Some(b'=') if middle.is_none() => middle = Some(at),
            Some(b'%' | b'+') if middle.is_none() => is_coded = true,
            Some(_) => {}
        }
    }
    Ok(entries)
}

/// A name of a form that has something encoded.
#[cold]
fn decoded(text: &str, name: &Range<usize>) -> Result<Option<String>, Refusal> {
    decode_form(text.get(name.clone()).unwrap_or_default()).map(|name| Some(name.into_owned()))
}

/// Non-empty pieces with where they begin.
///
/// By bytes: pieces are so short that looking for a `char` would cost more to begin than to do.
fn split(text: &str, separator: u8) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let located = text.as_bytes().split(move |byte| *byte == separator).map(move |piece| {
        let at = next;
        next += piece.len() + 1;
        (at, text.get(at..at + piece.len()).unwrap_or_default())
    });
    located.filter(|(_, piece)| !piece.is_empty())
}

fn entry(start: usize, piece: &str) -> Entry {
    let end = start + piece.len();
    let middle = piece.bytes().position(|byte| byte == b'=').map_or(end, |at| start + at);
    Entry { name: start..middle, decoded: None, value: (middle + 1).min(end)..end, is_json: false }
}
