//! Where a type contains itself by value, the link that closes the circle is boxed, and no other.

use crate::ir::{TypeDef, TypeId, TypeKind, TypeRef};

/// Boxes the back edges of the containment graph, in the order of definition, so that the choice is stable.
pub(super) fn break_cycles(types: &mut [TypeDef]) {
    let mut state = vec![State::New; types.len()];
    let mut boxed = Vec::new();
    for index in 0..types.len() {
        visit(index, types, &mut state, &mut boxed);
    }
    for (owner, target) in boxed {
        if let Some(def) = types.get_mut(owner) {
            for ty in links_mut(&mut def.kind) {
                wrap(ty, TypeId(u32::try_from(target).unwrap_or(u32::MAX)));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first without recursion: contracts may chain thousands of types.
fn visit(start: usize, types: &[TypeDef], state: &mut [State], boxed: &mut Vec<(usize, usize)>) {
    let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
    let open = |index: usize, state: &mut [State], stack: &mut Vec<(usize, Vec<usize>)>| {
        if let Some(slot) = state.get_mut(index) {
            *slot = State::Open;
        }
        let mut links = types.get(index).map(contained).unwrap_or_default();
        links.reverse();
        stack.push((index, links));
    };
    if state.get(start) != Some(&State::New) {
        return;
    }
    open(start, state, &mut stack);
    while let Some((index, links)) = stack.last_mut() {
        let index = *index;
        match links.pop() {
            Some(next) => match state.get(next) {
                Some(State::New) => open(next, state, &mut stack),
                Some(State::Open) => boxed.push((index, next)),
                _ => {}
            },
            None => {
                stack.pop();
                if let Some(slot) = state.get_mut(index) {
                    *slot = State::Done;
                }
            }
        }
    }
}

/// Types contained by value.
fn contained(def: &TypeDef) -> Vec<usize> {
    links(&def.kind).into_iter().flat_map(by_value).collect()
}

fn by_value(ty: &TypeRef) -> Vec<usize> {
    match ty {
        TypeRef::Named(id) => vec![id.0 as usize],
        TypeRef::Nullable(inner) | TypeRef::Kept(inner) => by_value(inner),
        TypeRef::Tuple(items) => items.iter().flat_map(by_value).collect(),
        _ => Vec::new(),
    }
}

fn links(kind: &TypeKind) -> Vec<&TypeRef> {
    match kind {
        // What `Rest` keeps lies in a map, behind a pointer.
        TypeKind::Struct { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Newtype { inner, .. } | TypeKind::Alias(inner) => vec![inner],
        TypeKind::Union(union) => union.branches.iter().map(|(_, ty)| ty).collect(),
        TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_) => Vec::new(),
    }
}

fn links_mut(kind: &mut TypeKind) -> Vec<&mut TypeRef> {
    match kind {
        TypeKind::Struct { fields, .. } => fields.iter_mut().map(|field| &mut field.ty).collect(),
        TypeKind::Newtype { inner, .. } | TypeKind::Alias(inner) => vec![inner],
        TypeKind::Union(union) => union.branches.iter_mut().map(|(_, ty)| ty).collect(),
        TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_) => Vec::new(),
    }
}

fn wrap(ty: &mut TypeRef, target: TypeId) {
    match ty {
        TypeRef::Named(id) if *id == target => *ty = TypeRef::Boxed(Box::new(TypeRef::Named(target))),
        TypeRef::Nullable(inner) | TypeRef::Kept(inner) => wrap(inner, target),
        TypeRef::Tuple(items) => items.iter_mut().for_each(|item| wrap(item, target)),
        _ => {}
    }
}
