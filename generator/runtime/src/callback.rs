//! Where callbacks go: runtime expressions (OAS 3.1.2, Runtime Expressions) and what they are evaluated against.
//!
//! A generated `callbacks::Sender` has a [`CallbackUrl`] for each callback. A handler describes its call by an
//! [`Exchange`], and gets the URL, or is told which value is missing; then there is no call to make.

mod exchange;
mod expression;
#[cfg(test)]
mod tests;

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use self::exchange::Exchange;
pub use self::expression::{Expression, Piece, Source, pieces};

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The key of a callback: text with runtime expressions in braces, `{$request.body#/url}?id={$request.query.id}`, or
/// one expression without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackUrl(&'static str);

impl CallbackUrl {
    /// A key as the contract has it.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self(key)
    }

    /// The key as the contract has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The URL for a call. Values at the beginning are taken as they are, since they say where to; once the key itself
    /// has begun a path, a query or a fragment, they are percent-encoded, and cannot become anything else.
    ///
    /// # Errors
    /// If a value is missing or is no text, number or boolean. Then no call is to be made.
    pub fn evaluate(self, exchange: &Exchange) -> Result<String, CallbackError> {
        let mut url = String::new();
        let mut begun = false;
        for piece in pieces(self.0).map_err(CallbackError::Expression)? {
            match piece {
                Piece::Text(text) => {
                    url.push_str(text);
                    begun |= text.replacen("://", "", 1).contains(['/', '?', '#']);
                }
                Piece::Expression(text, expression) => {
                    let value = exchange.text(&expression).map_err(|why| why.of(text))?;
                    match begun {
                        true => url.extend(utf8_percent_encode(&value, &RESERVED)),
                        false => url.push_str(&value),
                    }
                }
            }
        }
        Ok(url)
    }
}

/// Why a value has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    Missing,
    NoText,
}

impl Lack {
    fn of(self, expression: &str) -> CallbackError {
        match self {
            Self::Missing => CallbackError::Missing(expression.to_owned()),
            Self::NoText => CallbackError::NoText(expression.to_owned()),
        }
    }
}

/// Why there is no URL to call. No value is repeated: it may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The call has no such value.
    Missing(String),
    /// The value is null, an array or an object.
    NoText(String),
    /// The key cannot be read.
    Expression(String),
    /// A body that was given for the exchange cannot be written as JSON.
    Body(String),
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(expression) => write!(f, "the call has no `{expression}`"),
            Self::NoText(expression) => {
                write!(f, "`{expression}` is null, an array or an object, of which no URL can be made")
            }
            Self::Expression(problem) => write!(f, "the key of the callback cannot be read: {problem}"),
            Self::Body(problem) => write!(f, "the body cannot be written: {problem}"),
        }
    }
}

impl std::error::Error for CallbackError {}
