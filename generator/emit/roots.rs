//! What Rust calls the lines of `schemas.jsonl`: that of a type by the type's name, that of a branch by those of union
//! and variant. So code changes only where a type does, and not where lines before its own come and go.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ir::{Ir, TypeId, TypeKind, Union, UnionForm},
    names::Names,
};

/// The names of lines. Several types may share a line.
pub type RootNames = BTreeMap<u32, BTreeSet<String>>;

/// Every name that generated code has for a line.
pub fn all(ir: &Ir, names: &Names) -> RootNames {
    let mut found = RootNames::new();
    let mut add = |root: u32, name: String| found.entry(root).or_default().insert(name);
    for (def, id) in ir.types.iter().zip(0..).map(|(def, id)| (def, TypeId(id))) {
        let own = names.of_type(id);
        if !matches!(def.kind, TypeKind::Alias(_)) {
            add(def.root, own.bare().to_owned());
        }
        if let TypeKind::Union(union) = &def.kind {
            for (root, variant) in branches(union).iter().zip(names.of_members(id)) {
                add(*root, format!("{}.{}", own.bare(), variant.bare()));
            }
        }
    }
    found
}

/// The lines of branches that are told apart by them.
fn branches(union: &Union) -> &[u32] {
    match &union.form {
        UnionForm::OneOf(roots) | UnionForm::AnyOf(roots) => roots,
        UnionForm::Tag(..) | UnionForm::Kinds(_) => &[],
    }
}
