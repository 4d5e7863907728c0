//! Identifiers of generated code.

use std::fmt;

/// An identifier as it is written, with `r#` where it is raw. Unlike that of `proc_macro2`, it may go to another thread.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ident(Box<str>);

impl Ident {
    /// What is known to be an identifier.
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// What is a keyword otherwise.
    pub(super) fn raw(text: &str) -> Self {
        Self(["r#", text].concat().into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `r#`: raw or not, it is one name.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Ident {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}
