//! The view of a tree: values of JSON with their places, number lexemes and key order kept.

use std::fmt;

use counterpart_runtime::yaml::json_lexeme;
use counterpart_runtime::{Json, Map, Number};

use super::tree::{Entry, Kind};
use super::{FileId, SourceFile, Span};

/// A value in a file.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    file: &'a SourceFile,
    at: usize,
    entry: Entry,
}

/// Identifies a node among those of all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    file: FileId,
    at: u32,
}

impl NodeId {
    /// Its file.
    pub fn file(self) -> FileId {
        self.file
    }

    /// Its index in the tree of the file.
    pub(super) fn index(self) -> usize {
        self.at as usize
    }
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The number as written; YAML's extra spellings (`+1`, `.5`, `007`) are among them.
    Number(&'a str),
    /// A string.
    String(&'a str),
    /// An array.
    Array(Items<'a>),
    /// An object, members in their order.
    Object(Members<'a>),
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The key.
    pub name: &'a str,
    /// Where the key stands.
    pub name_span: Span,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The value at an index of the file's tree.
    pub(super) fn new(file: &'a SourceFile, at: usize) -> Option<Self> {
        Some(Self { file, at, entry: file.tree().entry(at)? })
    }

    /// Which one it is.
    pub fn id(self) -> NodeId {
        NodeId { file: self.file.id, at: u32::try_from(self.at).unwrap_or(u32::MAX) }
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        Span { file: self.file.id, start: self.entry.start, end: self.entry.end }
    }

    /// What it is.
    pub fn value(self) -> Value<'a> {
        match self.entry.kind() {
            Kind::Null => Value::Null,
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::Number | Kind::SpelledNumber => Value::Number(self.str()),
            Kind::Plain | Kind::Quoted | Kind::Spelled => Value::String(self.str()),
            Kind::Array => Value::Array(self.items()),
            Kind::Object => Value::Object(self.members()),
        }
    }

    fn str(self) -> &'a str {
        self.file.tree().str(&self.file.text, self.entry)
    }

    /// The value of a member, if this is an object that has it.
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        self.member(name).map(|member| member.value)
    }

    /// A member, if this is an object that has it.
    pub fn member(self, name: &str) -> Option<Member<'a>> {
        self.members().find(|member| member.name == name)
    }

    /// The members; none if this is not an object.
    pub fn members(self) -> Members<'a> {
        Members(self.inside(self.is_object()))
    }

    /// The items; none if this is not an array.
    pub fn items(self) -> Items<'a> {
        Items(self.inside(self.is_array()))
    }

    /// What is inside of a collection, if it is of the kind that is asked for.
    fn inside(self, wanted: bool) -> Inside<'a> {
        let end = if wanted { self.at + self.entry.extent() } else { 0 };
        Inside { file: self.file, at: self.at + 1, end }
    }

    /// The text, if this is a string.
    pub fn as_str(self) -> Option<&'a str> {
        self.entry.kind().is_string().then(|| self.str())
    }

    /// The truth value, if this is one.
    pub fn as_bool(self) -> Option<bool> {
        if let Value::Bool(value) = self.value() { Some(value) } else { None }
    }

    /// The exact number, if this is one.
    pub fn as_number(self) -> Option<Number> {
        if let Value::Number(lexeme) = self.value() {
            Number::from_lexeme(&json_lexeme(lexeme)).ok()
        } else {
            None
        }
    }

    /// Whether this is an object.
    pub fn is_object(self) -> bool {
        self.entry.kind() == Kind::Object
    }

    /// Whether this is an array.
    pub fn is_array(self) -> bool {
        self.entry.kind() == Kind::Array
    }

    /// Whether this is `null`.
    pub fn is_null(self) -> bool {
        self.entry.kind() == Kind::Null
    }

    /// What this is, for messages: `a string`.
    pub fn kind(self) -> &'static str {
        match self.value() {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The value without its places.
    pub fn to_json(self) -> Json {
        match self.value() {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(lexeme) => {
                self.as_number().map_or_else(|| Json::String(lexeme.to_owned()), Json::Number)
            }
            Value::String(text) => Json::String(text.to_owned()),
            Value::Array(items) => Json::Array(items.map(Self::to_json).collect()),
            Value::Object(members) => {
                let pairs = members.map(|member| (member.name.to_owned(), member.value.to_json()));
                Json::Object(pairs.collect::<Map<Json>>())
            }
        }
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?}", self.kind(), self.span())
    }
}

/// The rest of a collection.
#[derive(Clone, Copy)]
struct Inside<'a> {
    file: &'a SourceFile,
    at: usize,
    end: usize,
}

impl<'a> Inside<'a> {
    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node::new(self.file, self.at)?;
        self.at += node.entry.extent();
        Some(node)
    }

    fn is_empty(&self) -> bool {
        self.at >= self.end
    }
}

/// The items of an array.
#[derive(Clone)]
pub struct Items<'a>(Inside<'a>);

impl Items<'_> {
    /// Whether there are no more.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.0.next()
    }
}

impl fmt::Debug for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The members of an object.
#[derive(Clone)]
pub struct Members<'a>(Inside<'a>);

impl Members<'_> {
    /// Whether there are no more.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let key = self.0.next()?;
        Some(Member { name: key.str(), name_span: key.span(), value: self.0.next()? })
    }
}

impl fmt::Debug for Members<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
