//! Members of an object, collected from text and then written as JSON.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::super::text::Coding;
use super::super::{Refusal, write_scalar};
use super::split_pair;
use crate::operation::Shape;
use crate::writer::write_string;

/// Members in order of their first appearance, each with its values, not decoded yet.
#[derive(Debug, Default)]
pub(super) struct Members<'a>(IndexMap<Cow<'a, str>, Vec<&'a str>>);

impl<'a> Members<'a> {
    /// From pieces: `name=value` each, or names and values in turn.
    pub(super) fn listed(
        mut pieces: impl Iterator<Item = &'a str>,
        pairs: bool,
        coding: Coding,
    ) -> Result<Self, Refusal> {
        let mut members = Self::default();
        while let Some(piece) = pieces.next() {
            let (name, value) = if pairs {
                split_pair(piece)
            } else {
                let value = pieces.next();
                (piece, value.ok_or_else(|| Refusal::style("has a member name without a value"))?)
            };
            members.add(coding.decode(name)?, value);
        }
        Ok(members)
    }

    pub(super) fn add(&mut self, name: Cow<'a, str>, value: &'a str) {
        self.0.entry(name).or_default().push(value);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the object; a member that is no array and given twice is refused.
    pub(super) fn write(&self, out: &mut Vec<u8>, shape: &Shape, coding: Coding) -> Result<(), Refusal> {
        out.push(b'{');
        for (at, (name, values)) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            write_string(out, name);
            out.push(b':');
            match (member_shape(shape, name), values.as_slice()) {
                (Shape::Array(item), values) => write_array(out, item, values.iter().copied(), coding)?,
                (shape, [value]) => write_scalar(out, shape, &coding.decode(value)?),
                _ => return Err(Refusal::duplicate(pointer(name))),
            }
        }
        out.push(b'}');
        Ok(())
    }
}

/// The shape of a member; text where the shape says nothing about it.
pub(super) fn member_shape<'s>(shape: &'s Shape, name: &str) -> &'s Shape {
    match shape {
        Shape::Object { members, rest } => members.get(name).or(rest.as_deref()).unwrap_or(&Shape::String),
        _ => &Shape::String,
    }
}

/// Writes items as a JSON array.
pub(super) fn write_array<'a>(
    out: &mut Vec<u8>,
    item: &Shape,
    items: impl Iterator<Item = &'a str>,
    coding: Coding,
) -> Result<(), Refusal> {
    out.push(b'[');
    for (at, text) in items.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_scalar(out, item, &coding.decode(text)?);
    }
    out.push(b']');
    Ok(())
}

/// The JSON pointer of a member (RFC 6901).
pub(super) fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
