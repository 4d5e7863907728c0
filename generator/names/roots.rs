//! What generated code calls the lines of the tables: that of a type by the type's name, that of a branch by those of
//! union and variant, that of an operation by its method. So code changes only where a type or an operation does, and not
//! where lines before its own come and go.

use std::collections::{BTreeMap, BTreeSet};

use super::{Names, OperationNames};
use crate::ir::{Endpoint, Family, Ir, Site, TypeId, TypeKind, Union, UnionForm};

/// Puts its names before each line that has some.
pub fn head_lines(ir: &mut Ir, names: &Names) {
    operations(ir, names);
    schemas(ir, names);
}

/// The name of an operation's line: its method, which no other of its family has.
pub fn of_operation(endpoint: &Endpoint, own: &OperationNames) -> String {
    let family = match endpoint.site {
        Site::Path => "",
        Site::Webhook { .. } => "webhooks.",
        Site::Callback { .. } => "callbacks.",
    };
    [family, own.method.bare()].concat()
}

/// `["list_pets",{…}]`.
fn operations(ir: &mut Ir, names: &Names) {
    let Ir { operations, endpoints, webhooks, callbacks, .. } = ir;
    let families = [(Family::Paths, endpoints), (Family::Webhooks, webhooks), (Family::Callbacks, callbacks)];
    for (family, all) in families {
        for (endpoint, own) in all.iter().zip(names.family(family).iter()) {
            if let Some(line) = operations.get_mut(endpoint.index as usize) {
                *line = ["[\"", &of_operation(endpoint, own), "\",", line, "]"].concat();
            }
        }
    }
}

/// `["Pet","Cat",{…}]`: several types may share a line.
fn schemas(ir: &mut Ir, names: &Names) {
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
