//! `deepObject`: `d[R]=1&d[tags]=a&d[tags]=b&d[place][x]=2`.
//!
//! The standard defines one level of scalars. Deeper objects, and arrays as `d[a]=1&d[a]=2`, `d[a][]=1` or `d[a][0]=1`,
//! are read where the contract declares them, as they are in wide use.

use indexmap::IndexMap;

use super::super::text::Coding;
use super::super::{Pairs, Refusal, Spec, Value, write_scalar};
use super::members::{member_shape, pointer, write_array};
use crate::operation::Shape;
use crate::writer::write_string;

/// Brackets below the parameter's name; more are refused.
const MAX_DEPTH: usize = 16;

/// What stands under a name.
#[derive(Debug, Default)]
struct Node<'a> {
    values: Vec<&'a str>,
    members: IndexMap<&'a str, Node<'a>>,
}

pub(super) fn object(spec: &Spec<'_>, pairs: &Pairs, coding: Coding) -> Value {
    let mut root = Node::default();
    for pair in pairs.iter() {
        let Some(keys) = pair.name.strip_prefix(spec.name).filter(|keys| keys.starts_with('[')) else {
            continue;
        };
        root.insert(keys, pair.value)?;
    }
    if root.members.is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    root.write(&mut out, spec.shape, coding, "")?;
    Ok(Some(out))
}

impl<'a> Node<'a> {
    /// Puts a value under the keys of `[a][b]`.
    fn insert(&mut self, keys: &'a str, value: &'a str) -> Result<(), Refusal> {
        let (mut node, mut keys) = (self, keys);
        for _ in 0..=MAX_DEPTH {
            if keys.is_empty() {
                node.values.push(value);
                return Ok(());
            }
            let inner = keys.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let (key, rest) = inner.ok_or_else(|| Refusal::style("has brackets that do not match"))?;
            (node, keys) = (node.members.entry(key).or_default(), rest);
        }
        Err(Refusal::style("is nested too deeply"))
    }

    fn write(&self, out: &mut Vec<u8>, shape: &Shape, coding: Coding, at: &str) -> Result<(), Refusal> {
        if self.members.is_empty() {
            return match (shape, self.values.as_slice()) {
                (Shape::Array(item), values) => write_array(out, item, values.iter().copied(), coding),
                (shape, [value]) => {
                    write_scalar(out, shape, &coding.decode(value)?);
                    Ok(())
                }
                _ => Err(Refusal::duplicate(at.to_owned())),
            };
        }
        if !self.values.is_empty() {
            return Err(Refusal::duplicate(at.to_owned()));
        }
        match shape {
            Shape::Array(item) => self.write_items(out, item, coding, at),
            _ => self.write_members(out, shape, coding, at),
        }
    }

    fn write_members(
        &self,
        out: &mut Vec<u8>,
        shape: &Shape,
        coding: Coding,
        at: &str,
    ) -> Result<(), Refusal> {
        out.push(b'{');
        for (index, (name, member)) in self.members.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_string(out, name);
            out.push(b':');
            member.write(out, member_shape(shape, name), coding, &format!("{at}{}", pointer(name)))?;
        }
        out.push(b'}');
        Ok(())
    }

    /// Items under `[]`, or under numbers, in the order of the numbers.
    fn write_items(&self, out: &mut Vec<u8>, item: &Shape, coding: Coding, at: &str) -> Result<(), Refusal> {
        let mut numbered = Vec::new();
        for (key, node) in &self.members {
            let number = if key.is_empty() { Ok(u32::MAX) } else { key.parse::<u32>() };
            let number = number.map_err(|_| Refusal::Violation {
                pointer: at.to_owned(),
                keyword: "style",
                message: format!("is a list, and `{key}` is no index"),
            })?;
            numbered.push((number, node));
        }
        numbered.sort_by_key(|(number, _)| *number);
        out.push(b'[');
        let mut first = true;
        for (_, node) in numbered {
            let nested = (!node.members.is_empty()).then_some(node).into_iter();
            for value in &node.values {
                separate(out, &mut first);
                write_scalar(out, item, &coding.decode(value)?);
            }
            for node in nested {
                separate(out, &mut first);
                node.write(out, item, coding, at)?;
            }
        }
        out.push(b']');
        Ok(())
    }
}

fn separate(out: &mut Vec<u8>, first: &mut bool) {
    if !std::mem::take(first) {
        out.push(b',');
    }
}
