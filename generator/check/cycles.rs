//! Schemas that reach themselves without consuming any input never come to an end (JSON Schema Core, section 9.4.1).

use std::collections::BTreeMap;

use super::{Check, shape};
use crate::contract::SchemaId;
use crate::diagnostic::Code;
use crate::source::Span;

pub(super) fn check(check: &mut Check<'_>) {
    for cycle in cycles(check) {
        let mut places: Vec<(Span, SchemaId)> =
            cycle.iter().map(|id| (check.contract.schemas.get(*id).at, *id)).collect();
        places.sort_unstable();
        let Some((_, first)) = places.first() else {
            continue;
        };
        let schema = check.contract.schemas.get(*first);
        let keywords = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"];
        let spans = keywords.iter().map(|name| check.keyword(schema, name));
        let at = spans.into_iter().find(|span| *span != schema.at).unwrap_or(schema.at);
        let message = if cycle.iter().all(|id| only_reference(check, *id)) {
            "these references lead round in a circle and never reach a schema"
        } else {
            "to judge a value, this schema has to judge the same value by itself again, without end"
        };
        let mut report = check.diagnostics.error(Code::CIRCULAR_SCHEMA, at, message);
        for (place, _) in places.iter().skip(1).take(4) {
            report = report.label(*place, "through this");
        }
    }
}

fn only_reference(check: &Check<'_>, id: SchemaId) -> bool {
    let keywords = check.contract.schemas.get(id).keywords();
    keywords.is_some_and(|keywords| keywords.reference.is_some() && shape::in_place(keywords).count() == 1)
}

/// Strongly connected components of the in-place graph (Tarjan), without recursion.
fn cycles(check: &Check<'_>) -> Vec<Vec<SchemaId>> {
    let next = |id: SchemaId| -> Vec<SchemaId> {
        check
            .contract
            .schemas
            .get(id)
            .keywords()
            .map(|keywords| shape::in_place(keywords).collect())
            .unwrap_or_default()
    };
    let mut order: BTreeMap<SchemaId, (usize, usize)> = BTreeMap::new();
    let (mut stack, mut found): (Vec<SchemaId>, Vec<Vec<SchemaId>>) = (Vec::new(), Vec::new());
    for (root, _) in check.schemas() {
        if order.contains_key(&root) {
            continue;
        }
        let mut work: Vec<(SchemaId, Vec<SchemaId>)> = vec![(root, next(root))];
        order.insert(root, (order.len(), order.len()));
        stack.push(root);
        while let Some((id, successors)) = work.last_mut() {
            let id = *id;
            if let Some(successor) = successors.pop() {
                if !order.contains_key(&successor) {
                    order.insert(successor, (order.len(), order.len()));
                    stack.push(successor);
                    work.push((successor, next(successor)));
                } else if stack.contains(&successor) {
                    lower(&mut order, id, successor);
                }
                continue;
            }
            work.pop();
            if let Some((parent, _)) = work.last() {
                lower(&mut order, *parent, id);
            }
            let (index, low) = order.get(&id).copied().unwrap_or_default();
            if index == low {
                let start = stack.iter().rposition(|open| *open == id).unwrap_or(stack.len());
                let component = stack.split_off(start);
                if component.len() > 1 || next(id).contains(&id) {
                    found.push(component);
                }
            }
        }
    }
    found
}

fn lower(order: &mut BTreeMap<SchemaId, (usize, usize)>, id: SchemaId, other: SchemaId) {
    let other_low = order.get(&other).map_or(usize::MAX, |(_, low)| *low);
    if let Some((_, low)) = order.get_mut(&id) {
        *low = (*low).min(other_low);
    }
}
