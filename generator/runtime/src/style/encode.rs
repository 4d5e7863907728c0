//! Values to text: the styles of parameters (OAS 3.1.2, Style Values and Appendix C) and urlencoded forms.
//!
//! Undefined values in the sense of RFC 6570 section 2.3 (null, an empty array, an empty object) are left out; an
//! empty string is a value. Where a receiver could not take a text apart as it was put together, it is an error.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::Json;
use crate::document::Document;
use crate::media::{MediaType, is_token};
use crate::operation::{Encoding, Media, MediaKind, Parameter, Shape, Style};
use crate::schema::Contract;

mod short;
mod value;

pub use self::short::short;
use self::value::{Flat, flat, text};

/// Why a value has no text in a style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleError(Cow<'static, str>);

impl StyleError {
    pub(crate) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StyleError {}

/// Which characters of names and values are percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    /// All but RFC 3986's unreserved ones.
    Strict,
    /// `allowReserved`: triplets stay, and of the reserved characters all but these.
    Reserved(&'static AsciiSet),
    /// None: headers, cookies of style `cookie`, parts of a multipart body.
    Raw,
}

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const UNRESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Reserved characters that any place can hold.
const RESERVED: AsciiSet = UNRESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'=');
/// Those that neither end a query nor separate its parts.
static IN_QUERY: AsciiSet = RESERVED.remove(b'/').remove(b'?').remove(b',').remove(b';');
/// Those of a path segment (RFC 3986 section 3.3).
static IN_PATH: AsciiSet = RESERVED.remove(b'&').remove(b'\'').remove(b'+').remove(b',').remove(b';');
/// Those of a cookie (RFC 6265 section 4.1.1) that do not separate the pieces of 3.1's exploded forms.
static IN_COOKIE: AsciiSet =
    RESERVED.remove(b'/').remove(b'?').remove(b'#').remove(b'[').remove(b']').remove(b'\'').remove(b'+');

impl Codec {
    fn of(allow_reserved: bool, kept: &'static AsciiSet) -> Self {
        if allow_reserved { Self::Reserved(kept) } else { Self::Strict }
    }

    pub(crate) fn encode(self, text: &str) -> String {
        match self {
            Self::Strict => percent(text),
            Self::Reserved(others) => reserved(text, others),
            Self::Raw => text.to_owned(),
        }
    }

    /// `allowReserved` is about values.
    fn encode_name(self, text: &str) -> String {
        if self == Self::Raw { text.to_owned() } else { percent(text) }
    }

    /// An item among others; what sets them apart is never left as it is.
    fn encode_item(self, text: &str, delimiter: Option<char>) -> String {
        match (self, delimiter) {
            (Self::Reserved(others), Some(delimiter)) => {
                let pieces: Vec<String> =
                    text.split(delimiter).map(|piece| reserved(piece, others)).collect();
                pieces.join(&percent(delimiter.encode_utf8(&mut [0; 4])))
            }
            _ => self.encode(text),
        }
    }
}

/// Percent-encodes everything but the unreserved characters.
pub(crate) fn percent(text: &str) -> String {
    utf8_percent_encode(text, &UNRESERVED).to_string()
}

/// RFC 6570 section 3.2.3: triplets that stand in the value stay as they are.
fn reserved(text: &str, others: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('%');
    out.extend(pieces.next().map(|piece| utf8_percent_encode(piece, others).to_string()));
    for piece in pieces {
        let triplet = piece.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if triplet { "%" } else { "%25" });
        out.extend(utf8_percent_encode(piece, others));
    }
    out
}

/// The text that takes the place of a template variable; empty where the value is undefined.
pub fn path(parameter: &Parameter, value: &Json) -> Result<String, StyleError> {
    if let Some(media) = &parameter.content {
        return Ok(content(media, value).map(|text| percent(&text)).unwrap_or_default());
    }
    let name = percent(&parameter.name);
    let delimiter = match parameter.style {
        Style::Label if parameter.explode => '.',
        Style::Matrix if parameter.explode => ';',
        _ => ',',
    };
    let value = flat(value)?.encoded(Codec::of(parameter.allow_reserved, &IN_PATH), Some(delimiter));
    Ok(match parameter.style {
        Style::Label => value.label(parameter.explode),
        Style::Matrix => value.matrix(&name, parameter.explode),
        _ => value.simple(parameter.explode),
    })
}

/// The pairs that a parameter adds to the query, encoded: `name=value`.
pub fn query(parameter: &Parameter, value: &Json) -> Result<Vec<String>, StyleError> {
    let codec = Codec::of(parameter.allow_reserved, &IN_QUERY);
    if let Some(media) = &parameter.content {
        let pair = |text: String| format!("{}={}", percent(&parameter.name), codec.encode(&text));
        return Ok(content(media, value).map(pair).into_iter().collect());
    }
    Ok(joined(pairs(&parameter.name, parameter.style, parameter.explode, codec, value)?))
}

/// A header's value, without percent coding; `None` where the value is undefined.
pub fn header(parameter: &Parameter, value: &Json) -> Result<Option<String>, StyleError> {
    let text = match &parameter.content {
        Some(media) => content(media, value),
        None => {
            let value = flat(value)?;
            value.delimited_by(if parameter.explode { &[',', '='] } else { &[','] })?;
            value.without_blanks()?;
            (value != Flat::Undefined).then(|| value.simple(parameter.explode))
        }
    };
    let Some(text) = text else { return Ok(None) };
    match text.chars().any(|c| c.is_control() && c != '\t') {
        true => Err(StyleError::new("a header cannot hold control characters")),
        false => Ok(Some(text)),
    }
}

/// The pairs that a parameter adds to the `Cookie` header. They are joined with `; `, also where OpenAPI 3.1 says `&`
/// for exploded forms: no server takes cookies apart at `&`. Names are never coded, as in `Set-Cookie`.
pub fn cookie(parameter: &Parameter, value: &Json) -> Result<Vec<String>, StyleError> {
    let name = &parameter.name;
    let pairs = match &parameter.content {
        Some(media) => content(media, value).map(|text| (name.clone(), percent(&text))).into_iter().collect(),
        None if parameter.style == Style::Cookie => {
            pairs(name, Style::Form, parameter.explode, Codec::Raw, value)?
        }
        None => {
            let decoded = |name: &str| percent_decode_str(name).decode_utf8_lossy().into_owned();
            let codec = Codec::of(parameter.allow_reserved, &IN_COOKIE);
            let pairs = pairs(name, Style::Form, parameter.explode, codec, value)?;
            pairs.into_iter().map(|(name, value)| (decoded(&name), value)).collect()
        }
    };
    if !pairs.iter().all(|(name, _)| is_token(name)) {
        return Err(StyleError::new("the name of a cookie is a token"));
    }
    let broken = |text: &str| text.chars().any(|c| c == ';' || c.is_control() || !c.is_ascii());
    if pairs.iter().any(|(_, value)| value::has_blank_ends(value)) {
        return Err(StyleError::new(value::BLANK_ENDS));
    }
    match pairs.iter().any(|(_, value)| broken(value)) {
        true => Err(StyleError::new("a cookie can hold only ASCII without `;` and control characters")),
        false => Ok(joined(pairs)),
    }
}

/// The whole query string (OAS 3.2, `in: querystring`): a form, or another media type percent-encoded.
pub fn querystring(parameter: &Parameter, value: &Json) -> Result<String, StyleError> {
    let media = parameter.content.as_deref().unwrap_or_default();
    match media.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        true if value.is_null() => Ok(String::new()),
        true => match value {
            Json::Object(members) => {
                let pairs = members.iter().flat_map(|(name, value)| {
                    items(value)
                        .iter()
                        .map(move |item| format!("{}={}", percent(name), percent(&plain(item))))
                });
                Ok(pairs.collect::<Vec<_>>().join("&"))
            }
            _ => Err(StyleError::new("a form is written from an object")),
        },
        false => Ok(content(media, value).map(|text| percent(&text)).unwrap_or_default()),
    }
}

/// A whole urlencoded body (OAS 3.1.2, Encoding Object): members by their encoding; without one, scalars are text,
/// objects are JSON, and arrays repeat the name.
pub fn form(contract: &'static Contract, media: &Media, value: &Json) -> Result<String, StyleError> {
    let Json::Object(members) = value else {
        return Err(StyleError::new("a form is written from an object"));
    };
    let layout = media.layout();
    let mut out = Vec::new();
    for (name, value) in members {
        let encoding = layout.encoding(name);
        match encoding.and_then(styled) {
            Some((style, explode, codec)) => out.extend(joined(pairs(name, style, explode, codec, value)?)),
            None => {
                let items = match layout.member(name) {
                    Shape::Array(item) if encoding.is_some_and(|one| one.holds_array(item)) => {
                        std::slice::from_ref(value)
                    }
                    _ => items(value),
                };
                for item in items {
                    let text = member_text(contract, encoding, item).map_err(StyleError::new)?;
                    out.push(format!("{}={}", percent(name), percent(&text)));
                }
            }
        }
    }
    Ok(out.join("&"))
}

/// What an array repeats its name for; null is not there.
fn items(value: &Json) -> &[Json] {
    match value {
        Json::Null => &[],
        Json::Array(items) => items,
        value => std::slice::from_ref(value),
    }
}

/// A member of a form, by the first media type that its encoding lists.
fn member_text(
    contract: &'static Contract,
    encoding: Option<&Encoding>,
    value: &Json,
) -> Result<String, String> {
    let kind = encoding.map_or(MediaKind::Text, Encoding::kind);
    match encoding.map(|encoding| Document::of_part(encoding, kind)) {
        Some(document) if document.is_other() && value.as_str().is_none() => document.write(contract, value),
        _ if kind == MediaKind::Json => Ok(value.to_string()),
        _ => Ok(plain(value)),
    }
}

/// The style of a form member if its encoding gives one; then `contentType` is ignored.
pub(crate) fn styled(encoding: &Encoding) -> Option<(Style, bool, Codec)> {
    encoding.is_styled().then(|| {
        let style = encoding.style.unwrap_or(Style::Form);
        (
            style,
            encoding.explode.unwrap_or(style == Style::Form),
            Codec::of(encoding.allow_reserved, &IN_QUERY),
        )
    })
}

/// Names and values of the query styles.
pub(crate) fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    codec: Codec,
    value: &Json,
) -> Result<Vec<(String, String)>, StyleError> {
    let key = || codec.encode_name(name);
    if style == Style::DeepObject {
        let mut out = Vec::new();
        deep(name, codec, value, &mut out)?;
        return Ok(out);
    }
    let delimiter = match (style, codec) {
        (Style::SpaceDelimited, Codec::Raw) => " ",
        (Style::SpaceDelimited, _) => "%20",
        (Style::PipeDelimited, Codec::Raw) => "|",
        (Style::PipeDelimited, _) => "%7C",
        _ => ",",
    };
    let value = flat(value)?;
    if !explode && (delimiter != "," || codec == Codec::Raw) {
        value.delimited_by(match style {
            Style::PipeDelimited => &['|'],
            Style::SpaceDelimited => &[' '],
            _ => &[','],
        })?;
    }
    Ok(match value.encoded(codec, (!explode).then_some(',')) {
        Flat::Undefined => Vec::new(),
        Flat::Text(text) => vec![(key(), text)],
        Flat::List(items) if explode => items.into_iter().map(|item| (key(), item)).collect(),
        Flat::List(items) => vec![(key(), items.join(delimiter))],
        Flat::Pairs(pairs) if explode => pairs,
        Flat::Pairs(pairs) => {
            let all: Vec<String> = pairs.into_iter().flat_map(|(name, value)| [name, value]).collect();
            vec![(key(), all.join(delimiter))]
        }
    })
}

/// `name[member]=value`; the standard stops at one level, deeper ones go on the same way, and arrays repeat the name.
fn deep(name: &str, codec: Codec, value: &Json, out: &mut Vec<(String, String)>) -> Result<(), StyleError> {
    match value {
        Json::Object(members) => {
            for (member, value) in members {
                if member.contains(['[', ']']) {
                    return Err(StyleError::new("a name with brackets has no text in style deepObject"));
                }
                deep(&format!("{name}[{member}]"), codec, value, out)?;
            }
        }
        Json::Array(items) => {
            for item in items {
                if matches!(item, Json::Array(_) | Json::Object(_)) {
                    return Err(StyleError::new(
                        "style deepObject has no form for arrays of arrays or objects",
                    ));
                }
                deep(name, codec, item, out)?;
            }
        }
        scalar => {
            out.extend(text(scalar)?.map(|text| (codec.encode_name(name), codec.encode(&text))));
        }
    }
    Ok(())
}

fn joined(pairs: Vec<(String, String)>) -> Vec<String> {
    pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect()
}

/// A value of a `content` parameter: JSON keeps its quotes, other media types are the text itself. Null stands for a
/// parameter that is not there, as everywhere.
fn content(media: &str, value: &Json) -> Option<String> {
    match MediaType::parse(media).is_some_and(|media| media.is_json()) {
        _ if value.is_null() => None,
        true => Some(value.to_string()),
        false => Some(plain(value)),
    }
}

/// Scalars as text, everything else as JSON.
pub(crate) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
