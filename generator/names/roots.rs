//! What generated code calls the lines of `schemas.jsonl`: that of a type by the type's name, that of a branch by those
//! of union and variant. So code changes only where a type does, and not where lines before its own come and go.

use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use crate::ir::{Ir, TypeId, TypeKind, Union, UnionForm};

/// Puts its names before each line that has some: `["Pet","Cat",{…}]`. Several types may share a line.
pub fn head_lines(ir: &mut Ir, names: &Names) {
    let mut found: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
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
    for (root, own) in found {
        if let Some(line) = ir.schemas.get_mut(root as usize) {
            let head: String = own.iter().flat_map(|name| ["\"", name, "\","]).collect();
            *line = ["[", &head, line, "]"].concat();
        }
    }
}

/// The lines of branches that are told apart by them.
fn branches(union: &Union) -> &[u32] {
    match &union.form {
        UnionForm::OneOf(roots) | UnionForm::AnyOf(roots) => roots,
        UnionForm::Tag(..) | UnionForm::Kinds(_) => &[],
    }
}
