//! The catalogue of codes: a name that stays, and a paragraph that explains it. One place knows each.

use std::fmt;

/// What kind of finding a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    slug: &'static str,
    explanation: &'static str,
}

impl Code {
    /// The name: words in lower case with hyphens.
    pub const fn as_str(self) -> &'static str {
        self.slug
    }

    /// What it means and what to do, in one paragraph.
    pub const fn explain(self) -> &'static str {
        self.explanation
    }

    /// The codes whose errors can be made warnings: there is a reading to go on with.
    pub const ALLOWABLE: [Self; 23] = [
        Self::AMBIGUOUS_PATH,
        Self::DEEP_OBJECT_MEMBER,
        Self::DEFAULT_VIOLATES_SCHEMA,
        Self::DIALECT,
        Self::DUPLICATE_OPERATION_ID,
        Self::DUPLICATE_PARAMETER,
        Self::EXAMPLE_AND_EXAMPLES,
        Self::INFINITE_SCHEMA,
        Self::INVALID_PATH,
        Self::INVALID_PATTERN,
        Self::MISSING_INFO,
        Self::OPTIONAL_PATH_PARAMETER,
        Self::PARAMETER_CLASH,
        Self::PARAMETER_VALUE,
        Self::PATH_ITEM_SIBLINGS,
        Self::STATUS_CASE,
        Self::UNDECLARED_PATH_PARAMETER,
        Self::UNDEFINED_STYLE,
        Self::UNDEFINED_STYLE_CELL,
        Self::UNKNOWN_SCHEME,
        Self::UNKNOWN_TYPE,
        Self::UNRESOLVED_REFERENCE,
        Self::WRONG_TYPE,
    ];

    /// The codes of what the contract says and nothing holds anybody to.
    const UNENFORCED: [Self; 4] =
        [Self::INVALID_PATTERN, Self::UNSUPPORTED, Self::UNTYPED_BODY, Self::UNTYPED_TEXT];

    /// Whether the finding is about something that a contract says and nobody is held to.
    pub fn is_unenforced(self) -> bool {
        Self::UNENFORCED.contains(&self)
    }

    /// Whether an error of this code can be made a warning.
    pub fn can_be_allowed(self) -> bool {
        Self::ALLOWABLE.contains(&self)
    }

    /// All codes, by floor.
    pub fn all() -> impl Iterator<Item = Self> {
        let floors = [
            reading::CODES,
            resolving::CODES,
            schemas::CODES,
            checking::CODES,
            lowering::CODES,
            naming::CODES,
            running::CODES,
        ];
        floors.into_iter().flatten().copied()
    }

    /// The code with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|code| code.slug == name)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug)
    }
}

/// Defines codes: `NAME = "slug": "explanation";`.
macro_rules! codes {
    ($($name:ident = $slug:literal: $text:literal;)+) => {
        impl crate::diagnostic::Code {
            $(#[doc = concat!("`", $slug, "`: ", $text)] pub const $name: Self = Self { slug: $slug, explanation: $text };)+
        }
        pub(super) const CODES: &[crate::diagnostic::Code] = &[$(crate::diagnostic::Code::$name),+];
    };
}

mod checking;
mod lowering;
mod naming;
mod reading;
mod resolving;
mod running;
mod schemas;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_well_formed() {
        let mut names: Vec<&str> = Code::all().map(Code::as_str).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for code in Code::all() {
            assert!(code.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
            assert!(code.explain().ends_with('.'), "{code}");
            assert_eq!(Code::named(code.slug), Some(code));
        }
    }
}
