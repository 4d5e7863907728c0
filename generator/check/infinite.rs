//! Schemas that no finite value satisfies, because a required member needs the same schema again.

use super::Check;
use crate::contract::{Contract, Keywords, SchemaId, Type};
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    let finite = finite(check.contract);
    let is_finite = |id: SchemaId| finite.get(id.0 as usize).copied().unwrap_or(true);
    for (id, schema) in check.schemas() {
        let Some(keywords) = schema.keywords().filter(|_| !is_finite(id)) else {
            continue;
        };
        let endless = keywords
            .properties
            .iter()
            .find(|(name, member)| keywords.required.contains(name) && !is_finite(*member));
        if let Some((name, _)) = endless {
            let at = check.keyword(schema, "required");
            let message = format!(
                "no finite value satisfies this schema: its member `{name}` is required, and leads back here"
            );
            check
                .diagnostics
                .error(Code::INFINITE_SCHEMA, at, message)
                .help("make one member of the circle optional");
        }
    }
}

/// The least fixpoint of "has a finite value", by schema.
fn finite(contract: &Contract) -> Vec<bool> {
    let mut known = vec![false; contract.schemas.len()];
    loop {
        let mut changed = false;
        // Children mostly come after their parents, so the way back settles most schemas at once.
        for index in (0..known.len()).rev() {
            if known.get(index) == Some(&true) {
                continue;
            }
            let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
            let has = |id: SchemaId| known.get(id.0 as usize).copied().unwrap_or(true);
            if contract.schemas.get(id).keywords().is_none_or(|keywords| satisfiable(keywords, has)) {
                changed = true;
                if let Some(slot) = known.get_mut(index) {
                    *slot = true;
                }
            }
        }
        if !changed {
            return known;
        }
    }
}

fn satisfiable(keywords: &Keywords, has: impl Fn(SchemaId) -> bool) -> bool {
    let all = keywords.reference.iter().chain(&keywords.all_of).all(|id| has(*id));
    let any = |list: &[SchemaId]| list.is_empty() || list.iter().any(|id| has(*id));
    if !all || !any(&keywords.any_of) || !any(&keywords.one_of) {
        return false;
    }
    let Some(types) = &keywords.types else {
        return true;
    };
    types.iter().any(|ty| match ty {
        Type::Object => {
            keywords.properties.iter().all(|(name, member)| !keywords.required.contains(name) || has(*member))
        }
        Type::Array => keywords.min_items.is_none_or(|least| least == 0) || keywords.items.is_none_or(&has),
        _ => true,
    })
}
