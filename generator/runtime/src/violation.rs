//! What a value violates.

use std::borrow::Cow;
use std::fmt;

use crate::json::Json;

/// How many characters of a text that came from outside are repeated.
const SHOWN: usize = 100;

/// A text as findings repeat it.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// One place where a value breaks its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where in the value, as a JSON pointer (RFC 6901). Very long names of members are shortened, with `…`.
    pub pointer: String,
    /// The keyword of the schema that says no.
    pub keyword: Cow<'static, str>,
    /// What it asks for, for people.
    pub message: String,
    /// What was received, unless it is a secret; a shortened text when it is large. A number that other readers of JSON
    /// may not take, such as `1e1000000000`, is a text, too.
    pub received: Option<Json>,
    /// The part of a request that the value is: `query`, `path`, `header`, `cookie` or `body`.
    pub location: Option<&'static str>,
    /// The name of the parameter that the value is.
    pub name: Option<String>,
}

impl Violation {
    /// A violation at a place, of a value that is not shown.
    pub fn new(
        pointer: impl Into<String>,
        keyword: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            keyword: keyword.into(),
            message: message.into(),
            received: None,
            location: None,
            name: None,
        }
    }

    /// Shows what was received.
    #[must_use]
    pub fn with_received(mut self, received: Json) -> Self {
        self.received = Some(received);
        self
    }

    /// Says which part of a request the value is.
    #[must_use]
    pub fn located(mut self, location: &'static str, name: Option<&str>) -> Self {
        self.location = Some(location);
        self.name = name.map(str::to_owned);
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = self.location {
            write!(f, "{location} ")?;
        }
        if let Some(name) = &self.name {
            write!(f, "{name} ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        write!(f, "{} ({})", self.message, self.keyword)
    }
}
