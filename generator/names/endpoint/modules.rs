//! Names of the modules and cargo features that operations are split into: by their first tag, or by letter.

use crate::names::Ident;

use std::collections::BTreeSet;

use super::{OperationNames, bare, traits::by_tag};
use crate::{
    ir::Endpoint,
    names::{case, letters::by_letter, scope::Scope},
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

/// A module of operations.
#[derive(Debug)]
pub struct ModuleNames {
    /// The tag that they have; none for operations without one, and where the module is not that of a tag.
    pub tag: Option<String>,
    /// The module.
    pub module: Ident,
    /// The cargo feature of the tag.
    pub feature: Option<String>,
    /// Its operations: indices into [`crate::ir::Ir::endpoints`].
    pub operations: Vec<usize>,
}

impl ModuleNames {
    /// The module's file in a folder.
    pub fn file(&self, folder: &str) -> String {
        format!("{folder}/{}.rs", bare(&self.module))
    }
}

/// Tags in the order of their first operation.
pub fn tags(endpoints: &[Endpoint]) -> Vec<ModuleNames> {
    let mut scope = Scope::reserving(RESERVED_MODULES.iter().copied());
    let mut features = Scope::reserving(["default"]);
    let name = |(tag, operations): (Option<&str>, Vec<usize>)| {
        let (module, _) = scope.take(&case::snake(tag.unwrap_or("untagged")));
        let feature = tag.map(|tag| bare(&features.take(&case::snake(tag)).0));
        let feature = feature.map(|name| name.trim_matches('_').replace('_', "-"));
        ModuleNames { tag: tag.map(str::to_owned), module, feature, operations }
    };
    by_tag(endpoints).into_iter().map(name).collect()
}

/// More operations than these have modules by letter, and more that begin with one by their words. To rustc, all that stands
/// below a change in its file has changed.
const MANY: usize = 100;

/// Modules for so many operations that one would be long; `taken` are the types that stand beside them.
pub fn letters(operations: &[OperationNames], taken: &BTreeSet<String>) -> Vec<ModuleNames> {
    if operations.len() <= MANY {
        return Vec::new();
    }
    let methods: Vec<String> = operations.iter().map(|own| bare(&own.method)).collect();
    let modules = by_letter(&methods, MANY, |name| taken.contains(name));
    let names = |(module, operations)| ModuleNames { tag: None, module, feature: None, operations };
    modules.into_iter().map(names).collect()
}
