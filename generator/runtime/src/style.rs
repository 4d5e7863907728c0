//! Parameters, forms and headers as text: style, explode, location and [`Shape`] (OAS 3.1.2, Style Values).
//!
//! Reading turns text into the bytes of a JSON value, which the one decoder then judges; so `limit=05` is the string
//! `"05"`, and the schema says why that is no integer. Text is always split first and percent-decoded after, so that an
//! encoded delimiter is data (OAS 3.1.2, Appendix C).

mod decode;
pub mod encode;
pub mod form;
mod pairs;
mod text;

use std::borrow::Cow;

#[cfg(feature = "server")]
pub(crate) use decode::content;
#[cfg(any(feature = "server", feature = "client"))]
pub(crate) use decode::declared_header;
pub use decode::{cookie, header, path, query};
#[cfg(feature = "server")]
pub(crate) use pairs::Sought;
pub use pairs::{Pair, Pairs};
#[cfg(feature = "server")]
pub(crate) use text::scalar;
pub use text::{decode_form, decode_percent, write_scalar};

use crate::operation::{Parameter, Shape, Style};

/// What the rules of the table need to know about a value: a parameter, or a member of a form.
#[derive(Clone, Copy, Debug)]
pub struct Spec<'a> {
    /// Name on the wire.
    pub name: &'a str,
    /// How the value is written.
    pub style: Style,
    /// Whether arrays and objects are written as separate pieces.
    pub explode: bool,
    /// Whether an empty value stands for an absent one.
    pub allow_empty: bool,
    /// How text becomes JSON.
    pub shape: &'a Shape,
}

impl<'a> From<&'a Parameter> for Spec<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self {
            name: &parameter.name,
            style: parameter.style,
            explode: parameter.explode,
            allow_empty: parameter.allow_empty,
            shape: &parameter.shape,
        }
    }
}

impl Spec<'_> {
    /// Whether brackets name the members. The standard defines `deepObject` for objects only; arrays and scalars are
    /// read and written in style `form`.
    pub(crate) fn is_deep(&self) -> bool {
        let flat = |shape: &Shape| !matches!(shape, Shape::Object { .. } | Shape::Json);
        let only_flat = match self.shape {
            Shape::Union(shapes) => shapes.iter().all(flat),
            shape => flat(shape),
        };
        self.style == Style::DeepObject && !only_flat
    }
}

/// Why text could not be turned into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read at all: percent-encoding, UTF-8, JSON inside of a value.
    Malformed(Cow<'static, str>),
    /// It can be read, but is not written as the parameter's style asks.
    Violation {
        /// JSON pointer into the value.
        pointer: String,
        /// What is violated: `style`, `explode`, `uniqueNames`.
        keyword: &'static str,
        /// A sentence about it.
        message: String,
    },
}

impl Refusal {
    fn style(message: impl Into<String>) -> Self {
        Self::Violation { pointer: String::new(), keyword: "style", message: message.into() }
    }

    /// The same below a member or an item.
    pub(crate) fn below(self, name: &str) -> Self {
        match self {
            Self::Malformed(message) => Self::Malformed(format!("member {name:?}: {message}").into()),
            Self::Violation { pointer, keyword, message } => {
                let name = name.replace('~', "~0").replace('/', "~1");
                Self::Violation { pointer: format!("/{name}{pointer}"), keyword, message }
            }
        }
    }

    pub(crate) fn duplicate(pointer: String) -> Self {
        Self::Violation { pointer, keyword: "duplicate", message: "is given more than once".to_owned() }
    }
}

/// The bytes of a JSON value, or nothing where the value is absent.
pub type Value = Result<Option<Vec<u8>>, Refusal>;

#[cfg(test)]
mod tests;
