//! JSON values, exactly as their text says.

use std::fmt;
use std::str::FromStr;

pub(crate) mod decimal;
mod integer;
mod malformed;
mod number;
mod order;

pub use integer::Integer;
pub use malformed::Malformed;
pub use number::{Number, NumberError};

use crate::reader::{Kind, Reader};
use crate::writer;

/// The members of an object, in the order of the text.
pub type Map<V> = indexmap::IndexMap<String, V>;

/// Any JSON value.
///
/// Equality is that of JSON Schema Core, section 4.2.2: numbers by value, objects whatever the order of their
/// members. `Ord` agrees with it; the order of different types is that of the variants.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, by its decimal value
    Number(Number),
    /// A string
    String(String),
    /// An array
    Array(Vec<Json>),
    /// An object
    Object(Map<Json>),
}

impl Json {
    /// Reads JSON text: RFC 8259 in UTF-8, at most [`MAX_DEPTH`](crate::reader::MAX_DEPTH) levels deep, without
    /// repeated member names and lone surrogates.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        match reader.json().and_then(|value| reader.end().map(|()| value)) {
            Ok(value) => Ok(value),
            Err(_) => {
                Err(reader.malformed().unwrap_or_else(|| Malformed::at(bytes, 0, "not JSON".to_owned())))
            }
        }
    }

    /// The type of the value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// The member of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// The value that a JSON pointer (RFC 6901) names.
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, token| match value {
            Self::Object(members) if token.contains('~') => {
                members.get(&token.replace("~1", "/").replace("~0", "~"))
            }
            Self::Object(members) => members.get(token),
            Self::Array(elements) => elements.get(array_index(token)?),
            _ => None,
        })
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(value) = self { Some(value) } else { None }
    }

    /// The number as a native integer, if this is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number as a native integer, if this is one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The nearest float, if this is a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(value) = self { Some(value) } else { None }
    }

    /// The elements, if this is an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Self::Array(value) = self { Some(value) } else { None }
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Map<Json>> {
        if let Self::Object(value) = self { Some(value) } else { None }
    }
}

/// An array index as RFC 6901, section 4, spells it: no sign, no leading zeros.
fn array_index(token: &str) -> Option<usize> {
    let canonical =
        token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    if canonical { token.parse().ok() } else { None }
}

/// Compact JSON text.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::String(value) => writer::quote(f, value),
            Self::Array(elements) => {
                f.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write!(f, "{element}")?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    writer::quote(f, name)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Json {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::parse(text.as_bytes())
    }
}

macro_rules! from {
    ($($native:ty => $variant:ident),* $(,)?) => {$(
        impl From<$native> for Json {
            fn from(value: $native) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

from! {
    bool => Bool, String => String, &str => String, Number => Number, Integer => Number,
    i32 => Number, i64 => Number, u32 => Number, u64 => Number, usize => Number,
    Vec<Json> => Array, Map<Json> => Object,
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self::Array(elements.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests;
