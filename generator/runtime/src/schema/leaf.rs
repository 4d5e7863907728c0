//! The keywords that look at a value alone (JSON Schema Validation 2020-12, section 6). A keyword speaks only for
//! values of its own type.

use super::node::Leaf;
use crate::Json;

/// Whether the keyword accepts the value.
pub(super) fn accepts(leaf: &Leaf, value: &Json) -> bool {
    match (leaf, value) {
        (Leaf::ReadOnly, _) => false,
        (Leaf::Type(types), _) => types.allows(value),
        (Leaf::Const(wanted), _) => value == wanted,
        (Leaf::Enum { sorted, .. }, _) => sorted.binary_search(value).is_ok(),
        (Leaf::Minimum(bound), Json::Number(number)) => number >= bound,
        (Leaf::Maximum(bound), Json::Number(number)) => number <= bound,
        (Leaf::ExclusiveMinimum(bound), Json::Number(number)) => number > bound,
        (Leaf::ExclusiveMaximum(bound), Json::Number(number)) => number < bound,
        (Leaf::MultipleOf(divisor), Json::Number(number)) => number.is_multiple_of(divisor),
        (Leaf::MinLength(bound), Json::String(text)) => has_length(text, *bound),
        (Leaf::MaxLength(bound), Json::String(text)) => {
            bound.checked_add(1).is_none_or(|more| !has_length(text, more))
        }
        (Leaf::Pattern(pattern), Json::String(text)) => pattern.is_match(text),
        (Leaf::Format { text: Some(check), .. }, Json::String(text)) => check(text),
        (Leaf::Format { number: Some(check), .. }, Json::Number(number)) => check(number),
        (Leaf::MinItems(bound), Json::Array(items)) => items.len() as u64 >= *bound,
        (Leaf::MaxItems(bound), Json::Array(items)) => items.len() as u64 <= *bound,
        (Leaf::UniqueItems, Json::Array(items)) => duplicates(items).is_none(),
        (Leaf::MinProperties(bound), Json::Object(members)) => members.len() as u64 >= *bound,
        (Leaf::MaxProperties(bound), Json::Object(members)) => members.len() as u64 <= *bound,
        (Leaf::Required(names), Json::Object(members)) => names.iter().all(|name| members.contains_key(name)),
        (Leaf::DependentRequired(entries), Json::Object(members)) => entries.iter().all(|(name, needed)| {
            !members.contains_key(name) || needed.iter().all(|needed| members.contains_key(needed))
        }),
        _ => true,
    }
}

/// Whether a text has at least that many code points; lengths in bytes decide where they can.
fn has_length(text: &str, least: u64) -> bool {
    let bytes = text.len() as u64;
    if bytes < least {
        return false;
    }
    bytes.div_ceil(4) >= least || text.chars().count() as u64 >= least
}

/// The places of two equal items.
pub(super) fn duplicates(items: &[Json]) -> Option<(usize, usize)> {
    if let [first, second] = items {
        return (first == second).then_some((0, 1));
    }
    let mut order: Vec<(usize, &Json)> = items.iter().enumerate().collect();
    order.sort_by_key(|(_, item)| *item);
    let pairs = order.iter().zip(order.iter().skip(1));
    pairs.filter(|((_, a), (_, b))| a == b).map(|((first, _), (second, _))| (*first, *second)).min()
}
