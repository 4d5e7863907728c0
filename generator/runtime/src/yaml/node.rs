//! The tree of a YAML document, and what there is to say of it.

use crate::violation::shortened;

/// What a document may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Levels of arrays and objects.
    pub depth: usize,
    /// Values that are copied for aliases, all of them together; a text counts once more for every 64 bytes.
    pub copies: usize,
    /// How many bytes are read again, to help the parser over what it does not take.
    pub again: usize,
}

/// A value and its place, in bytes.
#[derive(Clone, Debug)]
pub struct Node {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it is.
    pub value: Value,
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The number as written, octal and hexadecimal ones in decimal; see [`json_lexeme`](super::json_lexeme).
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, members in their order.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key.
    pub name: String,
    /// Where the key begins.
    pub start: u32,
    /// Byte after the key.
    pub end: u32,
    /// The value.
    pub value: Node,
}

/// Why a text cannot be read.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What kind of reason.
    pub kind: FailureKind,
    /// The byte.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
}

/// Kinds of [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FailureKind {
    Syntax,
    SeveralDocuments,
    ComplexKey,
    AliasLimit,
    TooDeep,
}

/// What a tree does not show: it was read, but is not what it says.
#[derive(Clone, Debug)]
pub struct Remark {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What stands there.
    pub text: String,
    /// What there is to say.
    pub kind: RemarkKind,
}

/// Kinds of [`Remark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// A number that JSON does not have; it was read as a string.
    NotFinite,
    /// A tag of another type; it was left out.
    Tag,
    /// A further line of a quoted text, no deeper than what the text belongs to; it was read as part of the text.
    Indent,
    /// A comment that nothing separates from what stands before it.
    Comment,
    /// A key that stands twice, with the place of the first.
    Repeat {
        /// First byte of the first.
        start: u32,
        /// Byte after it.
        end: u32,
    },
}

impl Remark {
    /// In words, which repeat no more than 100 characters.
    #[must_use]
    pub fn message(&self) -> String {
        let text = shortened(&self.text);
        match self.kind {
            RemarkKind::NotFinite => format!("`{text}` is a number that JSON does not have"),
            RemarkKind::Tag => format!("the tag `{text}` means nothing here"),
            RemarkKind::Indent => format!("`{text}` belongs to a quoted text and is not indented like it"),
            RemarkKind::Comment => format!("the comment `{text}` has no space before it"),
            RemarkKind::Repeat { .. } => format!("the key `{text}` stands twice in this object"),
        }
    }
}

/// So many bytes of a text take the room of a value.
const TEXT: usize = 64;

impl Node {
    /// How many values it is. A long text counts as several: copies of it take as much room.
    pub(super) fn count(&self) -> usize {
        let below: usize = match &self.value {
            Value::Array(items) => items.iter().map(Self::count).sum(),
            Value::Object(members) => {
                members.iter().map(|member| member.name.len() / TEXT + member.value.count()).sum()
            }
            Value::Number(text) | Value::String(text) => text.len() / TEXT,
            Value::Null | Value::Bool(_) => 0,
        };
        below + 1
    }

    /// How many levels of arrays and objects it has.
    pub(super) fn depth(&self) -> usize {
        let below = match &self.value {
            Value::Array(items) => items.iter().map(Self::depth).max(),
            Value::Object(members) => members.iter().map(|member| member.value.depth()).max(),
            _ => return 0,
        };
        below.unwrap_or(0) + 1
    }
}
