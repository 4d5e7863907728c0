//! What a user may choose. The same plain struct stands behind `Builder`, the command line and `counterpart.toml`;
//! every floor that lets itself be steered takes it by reference.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Code;

/// Which pages are generated beside `mod.rs` and `types.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// `server.rs`: the trait to implement and its router.
    pub server: bool,
    /// `client.rs`: the typed client.
    pub client: bool,
}

impl Parts {
    /// Server and client.
    pub const ALL: Self = Self { server: true, client: true };
    /// Neither: types alone.
    pub const TYPES: Self = Self { server: false, client: false };
}

impl Default for Parts {
    fn default() -> Self {
        Self::ALL
    }
}

/// What `format` means where the contract does not say (JSON Schema 2020-12 Validation, section 7.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Formats {
    /// A value that breaks its format is refused where the format has a Rust type of its own (`date-time`, `uuid`,
    /// `int32`, ...).
    #[default]
    Typed,
    /// A value that breaks its format is refused, whatever the format.
    Assert,
    /// Formats are notes to the reader; values are not held against them.
    Annotate,
}

/// What `readOnly` and `writeOnly` mean for requests and responses, which OpenAPI 3.1 leaves to the owner of the contract
/// (OAS 3.1.2, Validating readOnly and writeOnly).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadOnly {
    /// Requests have no `readOnly` members, responses no `writeOnly` ones, and `required` follows. What is sent all the
    /// same is ignored, so that what was read can be sent back.
    #[default]
    Ignore,
    /// The same, but a request with a `readOnly` member is refused.
    Reject,
    /// They are notes to the reader, as in plain JSON Schema: what is required is required of both directions. A 3.0
    /// document is read as by [`ReadOnly::Ignore`], because 3.0 binds `required` to the direction.
    Strict31,
}

/// What a discriminator does where the branches of its union do not fix its member by `const` or `enum` themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discriminators {
    /// It is a hint and never changes what is valid, as the standard says: a value that several branches of a `oneOf` accept
    /// is refused.
    #[default]
    Hint,
    /// It selects: a value is held against the branch that it names, and no other.
    Select,
}

/// How many traits a server implements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Traits {
    /// One, `Api`, with all operations.
    #[default]
    One,
    /// One for each tag that is the first of some operation (`OrdersApi`), and `Api` for operations without a tag.
    /// Together they are still one server.
    PerTag,
}

/// How the generated code is spread over files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Modules {
    /// One for types, one for the server, one for the client.
    #[default]
    One,
    /// Each of these is a folder, with a file for each tag that is the first of some operation. The names that users
    /// write stay the same: `types::Pet`, `server::GetPet`.
    ByTag,
}

/// Everything that can be chosen about the generated code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Which pages are generated.
    pub parts: Parts,
    /// Which formats are asserted.
    pub formats: Formats,
    /// What becomes of members that only the other side sends.
    pub read_only: ReadOnly,
    /// What a discriminator does.
    pub discriminators: Discriminators,
    /// How many traits a server implements.
    pub traits: Traits,
    /// How the code is spread over files.
    pub modules: Modules,
    /// Whether each tag's part of it stands behind a cargo feature of the tag's name. This takes [`Modules::ByTag`] and
    /// [`Traits::One`]; whoever writes the manifest has to declare [`crate::Generated::features`].
    pub tag_features: bool,
    /// Rust names to use instead of the derived ones: from the name in the contract (a component schema, an operation
    /// id, the place of an inline schema such as `Pet.owner`, or a member such as `Pet::kind`) to an identifier.
    pub names: BTreeMap<String, String>,
    /// The configuration file that they were written in.
    pub(crate) names_in: NamesIn,
    /// Which operations are generated; all of them where nothing is named.
    pub operations: Selection,
    /// Errors that are warnings here; [`Code::ALLOWABLE`] lists those that can be.
    pub allow: BTreeSet<Code>,
    /// Whether a warning stops the generation as an error does.
    pub deny_warnings: bool,
}

/// The text of a configuration file, and where the keys of [`Options::names`] stand in it. Names that code gives have no
/// place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NamesIn {
    pub path: String,
    pub text: String,
    pub places: BTreeMap<String, Range<usize>>,
}

/// A choice of operations, by operation id, tag, path or webhook; `*` at the end matches any ending. Once there is one,
/// components that none of the chosen operations reaches are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these; every one where the list is empty.
    pub include: Vec<String>,
    /// Never these.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Whether nothing is chosen, so that everything is generated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

impl Options {
    /// The defaults: all parts, one trait, formats that have a Rust type asserted, warnings allowed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Chooses the pages.
    #[must_use]
    pub fn parts(mut self, parts: Parts) -> Self {
        self.parts = parts;
        self
    }

    /// Chooses what `format` means.
    #[must_use]
    pub fn formats(mut self, formats: Formats) -> Self {
        self.formats = formats;
        self
    }

    /// Chooses what becomes of members that only the other side sends.
    #[must_use]
    pub fn read_only(mut self, read_only: ReadOnly) -> Self {
        self.read_only = read_only;
        self
    }

    /// Chooses what a discriminator does.
    #[must_use]
    pub fn discriminators(mut self, discriminators: Discriminators) -> Self {
        self.discriminators = discriminators;
        self
    }

    /// Chooses how many traits a server implements.
    #[must_use]
    pub fn traits(mut self, traits: Traits) -> Self {
        self.traits = traits;
        self
    }

    /// Chooses how the code is spread over files.
    #[must_use]
    pub fn modules(mut self, modules: Modules) -> Self {
        self.modules = modules;
        self
    }

    /// Puts each tag's part behind a cargo feature ([`Options::tag_features`]).
    #[must_use]
    pub fn tag_features(mut self, features: bool) -> Self {
        self.tag_features = features;
        self
    }

    /// Names what the contract calls `wire` as `rust`.
    #[must_use]
    pub fn rename(mut self, wire: impl Into<String>, rust: impl Into<String>) -> Self {
        self.names.insert(wire.into(), rust.into());
        self
    }

    /// Chooses the operations.
    #[must_use]
    pub fn operations(mut self, operations: Selection) -> Self {
        self.operations = operations;
        self
    }

    /// Makes errors of this code warnings; generation says so where that cannot be ([`Code::can_be_allowed`]).
    #[must_use]
    pub fn allow(mut self, code: Code) -> Self {
        self.allow.insert(code);
        self
    }

    /// Makes warnings stop the generation.
    #[must_use]
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.deny_warnings = deny;
        self
    }
}
