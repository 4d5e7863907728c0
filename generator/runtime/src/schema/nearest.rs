//! Which branch of a failed `anyOf` or `oneOf` a value was meant for.

use std::cmp::Reverse;

use crate::Violation;

/// The violations to report instead of those of all branches: a summary, and what the nearest branch says.
pub(super) fn nearest(
    base: &str,
    keyword: &'static str,
    branches: Vec<Vec<Violation>>,
) -> (Option<Violation>, Vec<Violation>) {
    if let Some(all) = common_tag(base, keyword, &branches).or_else(|| common_type(base, keyword, &branches))
    {
        return (Some(all), Vec::new());
    }
    let count = branches.len();
    let ranked = branches.into_iter().enumerate().min_by_key(|(_, reasons)| rank(base, reasons));
    let Some((index, reasons)) = ranked else {
        return (Some(Violation::new(base, keyword, "has no alternatives to match")), Vec::new());
    };
    let nearest = if count > 1 { format!("; the nearest is number {}", index + 1) } else { String::new() };
    let message = format!("matches none of the {count} alternatives{nearest}");
    (Some(Violation::new(base, keyword, message)), reasons)
}

/// How far a branch is from accepting: another tag, another type, shallow reasons, many reasons.
fn rank(base: &str, reasons: &[Violation]) -> (bool, bool, Reverse<usize>, usize) {
    let other_tag = reasons.iter().any(|reason| is_tag(base, reason));
    let other_type = reasons.iter().any(|reason| reason.pointer == base && reason.keyword == "type");
    let depth = reasons.iter().map(|reason| depth(base, reason)).min().unwrap_or(0);
    (other_tag, other_type, Reverse(depth), reasons.len())
}

fn depth(base: &str, reason: &Violation) -> usize {
    let steps = reason.pointer.get(base.len()..).unwrap_or_default().matches('/').count();
    // These speak of the object although they point at a member.
    let of_parent = matches!(
        reason.keyword.as_ref(),
        "required" | "dependentRequired" | "propertyNames" | "additionalProperties" | "unevaluatedProperties"
    );
    steps - usize::from(of_parent && steps > 0)
}

/// Whether a direct member is not the constant that tells this branch from the others.
fn is_tag(base: &str, reason: &Violation) -> bool {
    let member = reason.pointer.strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
    matches!(reason.keyword.as_ref(), "const" | "enum") && member.is_some_and(|member| !member.contains('/'))
}

/// If no branch takes a value of this type, the types that they take are all there is to say.
fn common_type(base: &str, keyword: &'static str, branches: &[Vec<Violation>]) -> Option<Violation> {
    let of_type = |branch: &Vec<Violation>| {
        branch.iter().find(|reason| reason.pointer == base && reason.keyword == "type").cloned()
    };
    let reasons: Vec<Violation> = branches.iter().map(of_type).collect::<Option<_>>()?;
    let (_, found) = reasons.first()?.message.split_once(", but ")?;
    let mut wanted: Vec<&str> = Vec::new();
    for reason in &reasons {
        let (types, _) = reason.message.strip_prefix("must be ")?.split_once(", but ")?;
        if !wanted.contains(&types) {
            wanted.push(types);
        }
    }
    let message = format!("must be {}, but {found}", wanted.join(" or "));
    let violation = Violation::new(base, keyword, message);
    Some(match &reasons.first()?.received {
        Some(received) => violation.with_received(received.clone()),
        None => violation,
    })
}

/// If every branch wants another constant at the same place, that place is all that is wrong: the tag is unknown.
fn common_tag(base: &str, keyword: &'static str, branches: &[Vec<Violation>]) -> Option<Violation> {
    let tags =
        |branch: &Vec<Violation>| branch.iter().filter(|reason| is_tag(base, reason)).cloned().collect();
    let tags: Vec<Vec<Violation>> = branches.iter().map(tags).collect();
    let (first, others) = tags.split_first().filter(|(_, others)| !others.is_empty())?;
    let same =
        |tag: &Violation| others.iter().all(|branch| branch.iter().any(|other| other.pointer == tag.pointer));
    let tag = first.iter().find(|tag| same(tag))?;
    let mut wanted: Vec<&str> = Vec::new();
    for reason in tags.iter().flatten().filter(|reason| reason.pointer == tag.pointer) {
        let text = reason.message.strip_prefix("must be ").unwrap_or(&reason.message);
        if !wanted.contains(&text) {
            wanted.push(text);
        }
    }
    let message = format!("must be {}", wanted.join(" or "));
    let violation = Violation::new(tag.pointer.clone(), keyword, message);
    Some(match &tag.received {
        Some(received) => violation.with_received(received.clone()),
        None => violation,
    })
}
