//! Text to JSON, one function for each place a parameter travels in.

mod deep;
mod members;

use super::text::{Coding, takes_empty};
use super::{Pairs, Refusal, Spec, Value, decode_percent, write_scalar};
#[cfg(any(feature = "server", feature = "client"))]
use crate::media::MediaType;
#[cfg(any(feature = "server", feature = "client"))]
use crate::operation::Parameter;
use crate::operation::{Shape, Style};
use members::{Members, write_array};

/// A path parameter: what the template variable matched, still percent-encoded.
pub fn path(spec: &Spec<'_>, raw: &str) -> Value {
    match spec.style {
        Style::Label => {
            let rest = raw.strip_prefix('.').ok_or_else(|| Refusal::style("does not begin with `.`"))?;
            let separator = if spec.explode { '.' } else { ',' };
            delimited(spec.shape, rest, separator, spec.explode, Coding::Percent).map(Some)
        }
        Style::Matrix => {
            let rest = raw.strip_prefix(';').ok_or_else(|| Refusal::style("does not begin with `;`"))?;
            matrix(spec, rest).map(Some)
        }
        _ => delimited(spec.shape, raw, ',', spec.explode, Coding::Percent).map(Some),
    }
}

/// A query parameter or a form member. `claimed` says which names belong to something else, so that an exploded object
/// with open members does not swallow them.
pub fn query(spec: &Spec<'_>, pairs: &Pairs, claimed: &dyn Fn(&str) -> bool) -> Value {
    match spec.shape {
        _ if spec.is_deep() => deep::object(spec, pairs, Coding::Form),
        Shape::Object { .. } if spec.explode => exploded_object(spec, pairs, Coding::Form, claimed),
        _ => by_name(spec, pairs, Coding::Form),
    }
}

/// A member of a form whose style the contract gives.
pub(super) fn form_member(spec: &Spec<'_>, pairs: &Pairs, coding: Coding) -> Value {
    match spec.shape {
        _ if spec.is_deep() => deep::object(spec, pairs, coding),
        Shape::Object { .. } if spec.explode => exploded_object(spec, pairs, coding, &|_| true),
        _ => by_name(spec, pairs, coding),
    }
}

/// A header that the contract declares, from its field lines: by its media type, else by its style.
#[cfg(any(feature = "server", feature = "client"))]
pub(crate) fn declared_header(header: &Parameter, lines: &[&str]) -> Value {
    match (&header.content, lines.first()) {
        (Some(media), Some(_)) => content(header, media, &lines.join(", ")).map(Some),
        _ => self::header(&Spec::from(header), lines),
    }
}

/// A `content` parameter: JSON as it stands, other text by its shape (OAS 3.1.2, Parameter Object, `content`).
#[cfg(any(feature = "server", feature = "client"))]
pub(crate) fn content(parameter: &Parameter, media: &str, text: &str) -> Result<Vec<u8>, Refusal> {
    if MediaType::parse(media).is_some_and(|media| media.is_json()) {
        return Ok(text.as_bytes().to_vec());
    }
    let mut out = Vec::new();
    write_scalar(&mut out, &parameter.shape, text);
    Ok(out)
}

/// A header, from its field lines; header text is never percent-decoded (OAS 3.1.2, Appendix D).
pub fn header(spec: &Spec<'_>, lines: &[&str]) -> Value {
    let (Some(first), rest) = (lines.first(), lines.get(1..).unwrap_or_default()) else { return Ok(None) };
    if spec.name.eq_ignore_ascii_case("set-cookie") {
        return cookie_lines(spec.shape, first, lines);
    }
    let pieces = || lines.iter().flat_map(|line| line.split(',')).map(str::trim);
    let mut out = Vec::new();
    match shape_for(spec.shape, !rest.is_empty()) {
        Shape::Array(item) => {
            // Empty elements of a list do not count (RFC 9110 section 5.6.1.2).
            write_array(&mut out, item, pieces().filter(|piece| !piece.is_empty()), Coding::Plain)?;
        }
        shape @ Shape::Object { .. } => {
            // Where names and values take turns, an empty value has its place.
            let in_turn = !spec.explode && pieces().any(|piece| !piece.is_empty());
            let pieces = pieces().filter(|piece| in_turn || !piece.is_empty());
            Members::listed(pieces, spec.explode, Coding::Plain)?.write(&mut out, shape, Coding::Plain)?;
        }
        _ if !rest.is_empty() => return Err(Refusal::duplicate(String::new())),
        shape => write_scalar(&mut out, shape, first.trim()),
    }
    Ok(Some(out))
}

/// `Set-Cookie`, the one header whose lines are no list (RFC 9110 section 5.3): an item for each line; where the contract
/// says that there is one cookie, the first.
fn cookie_lines(shape: &Shape, first: &str, lines: &[&str]) -> Value {
    let mut out = Vec::new();
    match shape_for(shape, true) {
        Shape::Array(item) => write_array(&mut out, item, lines.iter().copied(), Coding::Plain)?,
        shape => write_scalar(&mut out, shape, first.trim()),
    }
    Ok(Some(out))
}

/// A cookie parameter. `form` cookies are percent-encoded, 3.2's `cookie` style is not.
pub fn cookie(spec: &Spec<'_>, pairs: &Pairs) -> Value {
    if spec.style == Style::Cookie {
        return match spec.shape {
            Shape::Object { .. } if spec.explode => exploded_object(spec, pairs, Coding::Plain, &|_| false),
            _ => by_name(spec, pairs, Coding::Plain),
        };
    }
    match spec.shape {
        Shape::Object { .. } if spec.explode => {
            exploded_object(spec, &taken_apart(pairs), Coding::Percent, &|_| false)
        }
        Shape::Array(_) if spec.explode => by_name(spec, &taken_apart(pairs), Coding::Percent),
        _ => by_name(spec, pairs, Coding::Percent),
    }
}

/// What 3.0 and 3.1 write for an exploded cookie has `&` inside of one: `R=100&G=200`.
fn taken_apart(pairs: &Pairs) -> Pairs {
    let mut parts = Vec::new();
    for pair in pairs.iter() {
        let mut pieces = pair.value.split('&');
        parts.push((pair.name, pieces.next().unwrap_or_default()));
        parts.extend(pieces.map(split_pair));
    }
    let decoded = |name| decode_percent(name).map_or_else(|_| name.to_owned(), std::borrow::Cow::into_owned);
    Pairs::parts(parts.into_iter().map(|(name, value)| (decoded(name), value.to_owned(), false)))
}

/// `;name=value` and its kin, after the first `;`.
fn matrix(spec: &Spec<'_>, rest: &str) -> Result<Vec<u8>, Refusal> {
    let named = |piece| match split_pair(piece) {
        (name, value) if name == spec.name => Ok(value),
        _ => Err(Refusal::style(format!("is not written as `;{}=...`", spec.name))),
    };
    match spec.shape {
        Shape::Object { .. } if spec.explode => {
            let mut out = Vec::new();
            let members = Members::listed(rest.split(';'), true, Coding::Percent)?;
            members.write(&mut out, spec.shape, Coding::Percent)?;
            Ok(out)
        }
        Shape::Array(item) if spec.explode => {
            let values = rest.split(';').map(named).collect::<Result<Vec<_>, _>>()?;
            let mut out = Vec::new();
            write_array(&mut out, item, values.into_iter(), Coding::Percent)?;
            Ok(out)
        }
        _ => delimited(spec.shape, named(rest)?, ',', false, Coding::Percent),
    }
}

/// One text that holds everything, pieces set apart by a character. With `pairs`, members are `name=value` pieces,
/// otherwise names and values take turns.
fn delimited(
    shape: &Shape,
    text: &str,
    separator: char,
    pairs: bool,
    coding: Coding,
) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    // Only a union is read by what the text looks like.
    let several = matches!(shape, Shape::Union(_)) && text.contains(separator);
    match shape_for(shape, several) {
        Shape::Array(item) => write_array(&mut out, item, text.split(separator), coding)?,
        shape @ Shape::Object { .. } => {
            Members::listed(text.split(separator), pairs, coding)?.write(&mut out, shape, coding)?;
        }
        shape => {
            let text = coding.decode(text)?;
            out.reserve_exact(text.len() + 2);
            write_scalar(&mut out, shape, &text);
        }
    }
    Ok(out)
}

/// A value under its own name: repeated where an array is exploded, otherwise once.
fn by_name(spec: &Spec<'_>, pairs: &Pairs, coding: Coding) -> Value {
    let mut values = pairs.values(spec.name);
    let Some(first) = values.next() else { return Ok(None) };
    let several = values.next().is_some();
    if first.is_empty() && !several && spec.allow_empty && !takes_empty(spec.shape) {
        return Ok(None);
    }
    if spec.explode
        && let Shape::Array(item) = shape_for(spec.shape, several)
    {
        let mut out = Vec::new();
        write_array(&mut out, item, pairs.values(spec.name), coding)?;
        return Ok(Some(out));
    }
    if several {
        return Err(Refusal::duplicate(String::new()));
    }
    let spaced;
    let (text, separator) = match spec.style {
        // In multipart nothing is percent-encoded.
        Style::SpaceDelimited if coding == Coding::Plain => (first, ' '),
        Style::PipeDelimited if coding == Coding::Plain => (first, '|'),
        // The delimiter itself is percent-encoded, so it is found before decoding.
        Style::SpaceDelimited => {
            spaced = first.replace("%20", "+");
            (spaced.as_str(), '+')
        }
        Style::PipeDelimited => {
            spaced = first.replace("%7C", "|").replace("%7c", "|");
            (spaced.as_str(), '|')
        }
        _ => (first, ','),
    };
    delimited(spec.shape, text, separator, false, coding).map(Some)
}

/// An object whose members stand beside the other pairs; absent where no member is there.
fn exploded_object(spec: &Spec<'_>, pairs: &Pairs, coding: Coding, claimed: &dyn Fn(&str) -> bool) -> Value {
    let Shape::Object { members, rest } = spec.shape else { return Ok(None) };
    let mut found = Members::default();
    for pair in pairs.iter() {
        if members.contains_key(pair.name) || rest.is_some() && !claimed(pair.name) {
            found.add(pair.name.into(), pair.value);
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    found.write(&mut out, spec.shape, coding)?;
    Ok(Some(out))
}

/// Of a union with an array, the array where there are several pieces, and the scalars otherwise.
fn shape_for(shape: &Shape, several: bool) -> &Shape {
    let Shape::Union(shapes) = shape else { return shape };
    let nested = shapes.iter().find(|shape| matches!(shape, Shape::Array(_) | Shape::Object { .. }));
    let scalar =
        shapes.iter().any(|shape| !matches!(shape, Shape::Array(_) | Shape::Object { .. } | Shape::Null));
    match nested {
        Some(nested) if several || !scalar => nested,
        _ => shape,
    }
}

/// `name=value`, or a name alone.
fn split_pair(piece: &str) -> (&str, &str) {
    piece.split_once('=').unwrap_or((piece, ""))
}
