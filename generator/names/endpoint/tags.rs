//! Names of the modules and cargo features that operations are split into by their first tag.

use crate::names::Ident;

use super::{bare, traits::by_tag};
use crate::{
    ir::Endpoint,
    names::{case, scope::Scope},
};

/// What a module of generated code may not be called, because code beside it means something else by the word: modules
/// and crates, and the types of the language.
pub const RESERVED_MODULES: &[&str] = &[
    "alloc",
    "bool",
    "char",
    "client",
    "core",
    "counterpart_runtime",
    "f32",
    "f64",
    "headers",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "server",
    "std",
    "str",
    "types",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// A tag and its operations.
#[derive(Debug)]
pub struct TagNames {
    /// The tag; none for operations without one.
    pub tag: Option<String>,
    /// The module.
    pub module: Ident,
    /// The cargo feature; operations without a tag have none.
    pub feature: Option<String>,
    /// Its operations: indices into [`crate::ir::Ir::endpoints`].
    pub operations: Vec<usize>,
}

impl TagNames {
    /// The tag's file in a folder.
    pub fn file(&self, folder: &str) -> String {
        format!("{folder}/{}.rs", bare(&self.module))
    }
}

/// Tags in the order of their first operation.
pub fn tags(endpoints: &[Endpoint]) -> Vec<TagNames> {
    let mut scope = Scope::reserving(RESERVED_MODULES.iter().copied());
    let mut features = Scope::reserving(["default"]);
    let name = |(tag, operations): (Option<&str>, Vec<usize>)| {
        let (module, _) = scope.take(&case::snake(tag.unwrap_or("untagged")));
        let feature = tag.map(|tag| bare(&features.take(&case::snake(tag)).0));
        let feature = feature.map(|name| name.trim_matches('_').replace('_', "-"));
        TagNames { tag: tag.map(str::to_owned), module, feature, operations }
    };
    by_tag(endpoints).into_iter().map(name).collect()
}
