//! YAML 1.2 (RFC 9512) to JSON and back: the core schema and merge keys, with limits on depth and on what aliases copy.
//!
//! A text is one document. What JSON does not have is refused: keys that are no scalars, `.inf`, tags of other types.

mod node;
mod parse;
mod patch;
mod resume;
mod scalar;
mod tree;
mod write;

pub use node::{Failure, FailureKind, Limits, Member, Node, Remark, RemarkKind, Value};
pub use parse::parse;
pub use scalar::json_lexeme;
pub use write::from_json;

use crate::json::Malformed;
use crate::reader::MAX_DEPTH;
use crate::writer::write_string;

/// How many values all aliases of a body may copy.
const MAX_COPIES: usize = 100_000;

/// How many bytes of a small body are read again where the parser needs help; of a large one, as many as it has.
const AGAIN: usize = 16 << 10;

/// The JSON text of a YAML document; an empty one is `null`.
///
/// # Errors
/// If it is not YAML, or has what JSON does not have.
pub fn to_json(text: &str) -> Result<Vec<u8>, Malformed> {
    let refused = |at: usize, message: String| Malformed::at(text.as_bytes(), at, message);
    let limits = Limits { depth: MAX_DEPTH as usize, copies: MAX_COPIES, again: AGAIN.max(text.len()) };
    let mut remarks = Vec::new();
    let root = parse(text, limits, &mut remarks);
    if let Some(remark) = remarks.first() {
        return Err(refused(remark.start as usize, remark.message()));
    }
    let root = root.map_err(|failure| refused(failure.at, failure.message))?;
    let mut out = Vec::with_capacity(text.len());
    match root {
        Some(root) => put(&root, &mut out),
        None => out.extend_from_slice(b"null"),
    }
    Ok(out)
}

fn put(node: &Node, out: &mut Vec<u8>) {
    match &node.value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(lexeme) => out.extend_from_slice(json_lexeme(lexeme).as_bytes()),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                put(item, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_string(out, &member.name);
                out.push(b':');
                put(&member.value, out);
            }
            out.push(b'}');
        }
    }
}

#[cfg(test)]
mod mending_tests;
#[cfg(test)]
mod tests;
