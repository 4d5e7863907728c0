//! Compiled schemas.

use std::borrow::Cow;

use crate::pattern::Compiled;
use crate::{Json, Map, Number};

/// A schema ready to judge.
#[derive(Debug)]
pub(crate) enum Schema {
    /// `true` and `false`
    Always(bool),
    /// A line that says nothing that can be understood accepts nothing.
    Broken(Cow<'static, str>),
    Rules(Box<Rules>),
}

/// An object schema.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// In an order that finds a reason to refuse early.
    pub keywords: Vec<Keyword>,
    /// Dynamic anchors of the schema resource that is entered here.
    pub resource: Option<Map<u32>>,
    /// `unevaluatedItems`, or `unevaluatedProperties`, judged after all others
    pub unevaluated_items: Option<Schema>,
    pub unevaluated_properties: Option<Schema>,
    /// `writeOnly`, or the format `password`: values are not repeated in messages.
    pub secret: bool,
}

impl Schema {
    /// Why the schema, or one inside of it, accepts nothing that it should.
    pub fn defect(&self) -> Option<&str> {
        match self {
            Self::Always(_) => None,
            Self::Broken(why) => Some(why),
            Self::Rules(rules) => {
                let rest = [&rules.unevaluated_items, &rules.unevaluated_properties];
                let mut inner = rules.keywords.iter().flat_map(Keyword::schemas);
                inner.find_map(Schema::defect).or_else(|| rest.into_iter().flatten().find_map(Schema::defect))
            }
        }
    }
}

/// A keyword that asserts or applies schemas.
#[derive(Debug)]
pub(crate) enum Keyword {
    Leaf(Leaf),
    Ref(u32),
    DynamicRef { anchor: String, root: u32 },
    AllOf(Vec<Schema>),
    AnyOf(Vec<Schema>),
    OneOf(Vec<Schema>),
    Not(Schema),
    If { condition: Schema, then: Option<Schema>, otherwise: Option<Schema> },
    Members(Members),
    PropertyNames(Schema),
    DependentSchemas(Vec<(String, Schema)>),
    Items { prefix: Vec<Schema>, rest: Option<Schema> },
    Contains { schema: Schema, min: u64, max: Option<u64> },
}

/// `properties`, `patternProperties` and `additionalProperties`
#[derive(Debug, Default)]
pub(crate) struct Members {
    pub named: Map<Schema>,
    pub patterns: Vec<(Compiled, Schema)>,
    pub additional: Option<Schema>,
}

/// A keyword that looks at a value alone.
#[derive(Debug)]
pub(crate) enum Leaf {
    Type(Types),
    Const(Json),
    Enum {
        /// by the order of [`Json`], to be searched
        sorted: Vec<Json>,
        /// as the contract lists them, to be shown
        listed: Vec<Json>,
    },
    Minimum(Number),
    Maximum(Number),
    ExclusiveMinimum(Number),
    ExclusiveMaximum(Number),
    MultipleOf(Number),
    MinLength(u64),
    MaxLength(u64),
    Pattern(Compiled),
    Format {
        name: String,
        text: Option<fn(&str) -> bool>,
        number: Option<fn(&Number) -> bool>,
    },
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
    Required(Vec<String>),
    DependentRequired(Vec<(String, Vec<String>)>),
    /// A member of responses only, in a request that must not have it.
    ReadOnly,
}

/// The types that `type` allows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Types(pub u8);

impl Types {
    pub const NAMES: [&'static str; 7] =
        ["null", "boolean", "object", "array", "number", "string", "integer"];
    const INTEGER: u8 = 1 << 6;

    /// The bit of a name.
    pub fn bit(name: &str) -> Option<u8> {
        Self::NAMES.iter().position(|known| *known == name).map(|at| 1 << at)
    }

    pub fn allows(self, value: &Json) -> bool {
        let bit = match value {
            Json::Null => 1,
            Json::Bool(_) => 1 << 1,
            Json::Object(_) => 1 << 2,
            Json::Array(_) => 1 << 3,
            Json::Number(number) => {
                let integer = self.0 & Self::INTEGER != 0 && number.is_integer();
                return integer || self.0 & 1 << 4 != 0;
            }
            Json::String(_) => 1 << 5,
        };
        self.0 & bit != 0
    }

    /// The names of the allowed types.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().enumerate().filter(move |(at, _)| self.0 >> at & 1 == 1).map(|(_, name)| name)
    }
}

impl Keyword {
    /// The schemas that the keyword applies.
    pub fn schemas(&self) -> Vec<&Schema> {
        match self {
            Self::Leaf(_) | Self::Ref(_) | Self::DynamicRef { .. } => Vec::new(),
            Self::AllOf(schemas) | Self::AnyOf(schemas) | Self::OneOf(schemas) => schemas.iter().collect(),
            Self::Not(schema) | Self::PropertyNames(schema) | Self::Contains { schema, .. } => vec![schema],
            Self::If { condition, then, otherwise } => {
                std::iter::once(condition).chain(then).chain(otherwise).collect()
            }
            Self::Members(members) => {
                let patterns = members.patterns.iter().map(|(_, schema)| schema);
                members.named.values().chain(patterns).chain(&members.additional).collect()
            }
            Self::DependentSchemas(schemas) => schemas.iter().map(|(_, schema)| schema).collect(),
            Self::Items { prefix, rest } => prefix.iter().chain(rest).collect(),
        }
    }
}
