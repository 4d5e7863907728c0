//! Named types and references to them.

use counterpart_runtime::{Json, Number};

use crate::source::Span;

/// Index into [`super::Ir::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

/// What a value is used for; one schema may have a shape for each (readOnly, writeOnly, files in forms).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// The schema as written.
    Whole,
    /// Sent by the client: members that are readOnly are not asked for.
    Request,
    /// Sent by the server: members that are writeOnly are never there.
    Response,
    /// A multipart body sent by the client: binary properties are files.
    Multipart,
    /// A multipart body sent by the server.
    MultipartResponse,
}

impl Usage {
    /// Whether it is that of a multipart body.
    pub fn is_multipart(self) -> bool {
        matches!(self, Self::Multipart | Self::MultipartResponse)
    }

    /// The usage of a part that is JSON, or something like it: it holds no files.
    pub fn of_part(self) -> Self {
        match self {
            Self::Multipart => Self::Request,
            Self::MultipartResponse => Self::Response,
            usage => usage,
        }
    }
}

/// The name a type would like to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The key below `components.schemas`; it beats every suggestion.
    Component(String),
    /// A component's shape for one usage, which its name tells beside the component's.
    Shape(String, Usage),
    /// Built from the place: parent names and the property or role.
    Place(Vec<String>),
    /// The values of an enumeration that several places share.
    Values(String),
}

impl Wish {
    /// What the configuration calls it by.
    pub fn key(&self) -> String {
        match self {
            Self::Component(name) | Self::Shape(name, _) | Self::Values(name) => name.clone(),
            Self::Place(words) => words.join("."),
        }
    }
}

/// A named Rust type.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// The schema it comes from.
    pub at: Span,
    /// The name it would like.
    pub wish: Wish,
    /// Title and description, as Markdown.
    pub docs: String,
    /// `deprecated`.
    pub deprecated: bool,
    /// Root number of its schema in `schemas.jsonl`.
    pub root: u32,
    /// The type cannot decide the schema: the decoder asks the full schema first.
    pub judged: bool,
    /// What it is.
    pub kind: TypeKind,
}

/// Kinds of named type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// An object with known members.
    Struct {
        /// Members in document order.
        fields: Vec<Field>,
        /// What happens to other members.
        rest: Rest,
    },
    /// An enumeration of strings.
    StringEnum(Vec<Variant>),
    /// An enumeration of JSON values, not all strings.
    LiteralEnum(Vec<Variant>),
    /// A value of another type with a name of its own, and perhaps constraints.
    Newtype {
        /// The wrapped type.
        inner: TypeRef,
        /// Constraints on it.
        checks: Vec<Check>,
    },
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
}

impl TypeKind {
    /// Gives back the room that was for more.
    pub fn shrink(&mut self) {
        match self {
            Self::Struct { fields, .. } => fields.shrink_to_fit(),
            Self::StringEnum(variants) | Self::LiteralEnum(variants) => variants.shrink_to_fit(),
            Self::Union(union) => union.branches.shrink_to_fit(),
            Self::Newtype { .. } | Self::Alias(_) => {}
        }
    }

    /// The types that it is made of.
    pub fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Struct { fields, rest } => {
                let kept = match rest {
                    Rest::Keep(ty) => Some(ty),
                    Rest::Open | Rest::Closed => None,
                };
                fields.iter().map(|field| &field.ty).chain(kept).collect()
            }
            Self::Newtype { inner, .. } | Self::Alias(inner) => vec![inner],
            Self::Union(union) => union.branches.iter().map(|(_, ty)| ty).collect(),
            Self::StringEnum(_) | Self::LiteralEnum(_) => Vec::new(),
        }
    }

    /// The named types that it is made of, to be changed.
    pub fn named_mut(&mut self) -> Vec<&mut TypeId> {
        let types: Vec<&mut TypeRef> = match self {
            Self::Struct { fields, rest } => {
                let kept = match rest {
                    Rest::Keep(ty) => Some(ty),
                    Rest::Open | Rest::Closed => None,
                };
                fields.iter_mut().map(|field| &mut field.ty).chain(kept).collect()
            }
            Self::Newtype { inner, .. } | Self::Alias(inner) => vec![inner],
            Self::Union(union) => union.branches.iter_mut().map(|(_, ty)| ty).collect(),
            Self::StringEnum(_) | Self::LiteralEnum(_) => Vec::new(),
        };
        types.into_iter().flat_map(TypeRef::named_mut).collect()
    }
}

/// A member of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Member name on the wire.
    pub wire: String,
    /// Its type, without the `Option` of optional members.
    pub ty: TypeRef,
    /// The member must be there.
    pub required: bool,
    /// Description.
    pub docs: String,
    /// `deprecated`.
    pub deprecated: bool,
    /// Constraints on the value.
    pub checks: Vec<Check>,
    /// `default`, an annotation; few have one.
    pub default: Option<Box<Json>>,
}

/// What a struct does with members that it does not name.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// Ignored.
    Open,
    /// Refused.
    Closed,
    /// Kept in a map, each of this type.
    Keep(TypeRef),
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The value.
    pub value: Json,
    /// The name it would like, from `x-enum-varnames`; else the value names it.
    pub wish: Option<String>,
    /// Description, from `x-enum-descriptions`.
    pub docs: String,
}

/// An enum over types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Branches in document order: wished variant name and payload.
    pub branches: Vec<(String, TypeRef)>,
    /// How the branch is told.
    pub form: UnionForm,
}

/// How the branch of a union is told.
#[derive(Clone, Debug, PartialEq)]
pub enum UnionForm {
    /// By a string member: for each branch the values that select it.
    Tag(String, Vec<Vec<String>>),
    /// By JSON type: for each branch its kinds (`null bool number string array object`, or `other` for the rest).
    Kinds(Vec<Vec<&'static str>>),
    /// By the schemas of the branches (root numbers); exactly one must accept.
    OneOf(Vec<u32>),
    /// By the schemas of the branches (root numbers); the first that accepts.
    AnyOf(Vec<u32>),
}

/// A Rust type in use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeRef {
    /// A named type.
    Named(TypeId),
    /// Any JSON value.
    Json,
    /// `()`: the JSON value null.
    Null,
    /// `bool`.
    Bool,
    /// `String`.
    String,
    /// A native integer.
    Int(IntKind),
    /// An integer without bounds.
    Integer,
    /// `f64`.
    Float,
    /// An exact decimal number.
    Number,
    /// A string with a format of its own type.
    Format(Format),
    /// A file of a multipart body.
    File,
    /// `Option`: the value or null.
    Nullable(Box<TypeRef>),
    /// `Box`: breaks a cycle.
    Boxed(Box<TypeRef>),
    /// `Kept`: an object and the members that only other branches of a union name.
    Kept(Box<TypeRef>),
    /// `Vec`.
    List(Box<TypeRef>),
    /// A tuple: an array of exactly this length.
    Tuple(Vec<TypeRef>),
    /// A map from member names.
    Map(Box<TypeRef>),
    /// A type named in the configuration, as a path.
    Custom(String),
}

impl TypeRef {
    /// The named types in it.
    pub fn named(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) => Vec::from([*id]),
            Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::List(inner)
            | Self::Map(inner)
            | Self::Kept(inner) => inner.named(),
            Self::Tuple(items) => items.iter().flat_map(Self::named).collect(),
            Self::Null
            | Self::Bool
            | Self::String
            | Self::Int(_)
            | Self::Float
            | Self::Integer
            | Self::Number
            | Self::Format(_)
            | Self::Json
            | Self::File
            | Self::Custom(_) => Vec::new(),
        }
    }

    fn named_mut(&mut self) -> Vec<&mut TypeId> {
        match self {
            Self::Named(id) => vec![id],
            Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Kept(inner)
            | Self::List(inner)
            | Self::Map(inner) => inner.named_mut(),
            Self::Tuple(items) => items.iter_mut().flat_map(Self::named_mut).collect(),
            _ => Vec::new(),
        }
    }
}

/// Native integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum IntKind {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// String formats with a type of their own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Format {
    DateTime,
    Date,
    Time,
    Uuid,
    Base64,
}

/// A constraint that the type alone does not carry.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// Code points of a string.
    Length(u64, Option<u64>),
    /// ECMA-262 pattern.
    Pattern(String),
    /// A format without a type of its own, by name.
    Format(String),
    /// Number of items.
    Items(u64, Option<u64>),
    /// All items differ.
    Unique,
    /// Number of members of a map.
    Members(u64, Option<u64>),
    /// `minimum`.
    AtLeast(Number),
    /// `maximum`.
    AtMost(Number),
    /// `exclusiveMinimum`.
    Above(Number),
    /// `exclusiveMaximum`.
    Below(Number),
    /// `multipleOf`.
    MultipleOf(Number),
    /// Each item of a list, or each value of a map, holds these.
    Each(Vec<Check>),
    /// The value inside `Nullable`, where there is one, holds these.
    Inner(Vec<Check>),
}
