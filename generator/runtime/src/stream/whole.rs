//! What a schema says of a sequence as a whole, held against its items as they come.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use super::{BoxError, ItemRule, StreamError};
use crate::decode::{Rejection, judge};
use crate::json::Json;
use crate::operation::Sequence;
use crate::schema::{Contract, Limits};
use crate::violation::Violation;

/// So many items are remembered to tell whether they differ; a sequence that goes on longer is refused, rather than
/// believed or kept without end.
const REMEMBERED: usize = 1_000_000;

/// The items so far, where something is said of all of them. Boxed, because it is part of every stream.
#[derive(Default)]
pub(super) struct Course(Option<Box<State>>);

struct State {
    contract: &'static Contract,
    rule: &'static Sequence,
    came: u64,
    contained: u64,
    seen: Option<Seen>,
    /// Whether some did not come as they were sent, so that nothing can be said of the end.
    is_lost: bool,
}

impl Course {
    pub(super) fn of(rule: ItemRule) -> Self {
        let state = |(contract, rule)| {
            Box::new(State { contract, rule, came: 0, contained: 0, seen: None, is_lost: false })
        };
        Self(rule.whole.map(state))
    }

    /// One more item, which `read` turns into a value.
    pub(super) fn admit<T>(
        &mut self,
        text: Result<Vec<u8>, StreamError>,
        read: &dyn Fn(&[u8]) -> Result<T, BoxError>,
    ) -> Result<T, StreamError> {
        let Some(state) = &mut self.0 else { return read(&text?).map_err(StreamError::Item) };
        // What came of the rest is not known.
        let text = text.inspect_err(|_| state.is_lost = true)?;
        let whole = state.item(&text);
        let value = read(&text).map_err(StreamError::Item)?;
        whole.map(|()| value)
    }

    /// What is wrong with the end; it is said once.
    pub(super) fn end(&mut self) -> Option<StreamError> {
        self.0.take()?.end()
    }
}

impl State {
    /// What is wrong with the sequence for one more item.
    fn item(&mut self, json: &[u8]) -> Result<(), StreamError> {
        let (contract, rule) = (self.contract, self.rule);
        let index = usize::try_from(self.came).unwrap_or(usize::MAX);
        self.came = self.came.saturating_add(1);
        if let Some(max) = rule.max_items.filter(|max| self.came > *max) {
            return Err(refused("maxItems", format!("there may be at most {max} items")));
        }
        if let Some(schema) = rule.prefix.get(index).copied().or(rule.rest) {
            judge(json, contract.line(schema)).map_err(StreamError::item)?;
        }
        if rule.contains.is_none() && !rule.unique_items {
            return Ok(());
        }
        // What is no JSON is told by whoever reads the item.
        let Ok(value) = Json::parse(json) else { return Ok(()) };
        if let Some(schema) = rule.contains
            && contract.line(schema).evaluate(&value, &Limits::default()).is_empty()
        {
            self.contained += 1;
            if let Some(max) = rule.max_contains.filter(|max| self.contained > *max) {
                let message = format!("there may be at most {max} items that match `contains`");
                return Err(refused("maxContains", message));
            }
        }
        match rule.unique_items {
            true => self.seen.get_or_insert_default().insert(&value),
            false => Ok(()),
        }
    }

    fn end(&self) -> Option<StreamError> {
        let rule = Some(self.rule).filter(|_| !self.is_lost)?;
        if self.came < rule.min_items {
            let min = rule.min_items;
            return Some(refused("minItems", format!("there must be at least {min} items")));
        }
        let min = rule.min_contains;
        let lacks = rule.contains.is_some() && self.contained < min;
        let keyword = if min == 1 { "contains" } else { "minContains" };
        lacks.then(|| refused(keyword, format!("there must be at least {min} items that match `contains`")))
    }
}

fn refused(keyword: &'static str, message: String) -> StreamError {
    StreamError::item(Rejection::Invalid(vec![Violation::new("", keyword, message)]))
}

/// Digests of 128 bits, by keys that no sender knows.
#[derive(Default)]
struct Seen {
    keys: [RandomState; 2],
    digests: HashSet<[u64; 2]>,
}

impl Seen {
    fn insert(&mut self, value: &Json) -> Result<(), StreamError> {
        if self.digests.len() >= REMEMBERED {
            return Err(refused("uniqueItems", format!("more than {REMEMBERED} items cannot be compared")));
        }
        let [first, second] = &self.keys;
        match self.digests.insert([digest(first, value), digest(second, value)]) {
            true => Ok(()),
            false => Err(refused("uniqueItems", "the item is equal to one before it".to_owned())),
        }
    }
}

/// A digest that is the same for equal values: members count in any order.
fn digest(keys: &RandomState, value: &Json) -> u64 {
    let mut state = keys.build_hasher();
    std::mem::discriminant(value).hash(&mut state);
    match value {
        Json::Null => {}
        Json::Bool(value) => value.hash(&mut state),
        Json::Number(number) => number.hash(&mut state),
        Json::String(text) => text.hash(&mut state),
        Json::Array(items) => items.iter().for_each(|item| state.write_u64(digest(keys, item))),
        Json::Object(members) => {
            let member = |(name, value): (&String, &Json)| keys.hash_one((name, digest(keys, value)));
            state.write_u64(members.iter().map(member).fold(0, u64::wrapping_add));
        }
    }
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_one_digest() {
        let keys = RandomState::new();
        let of = |text: &str| digest(&keys, &Json::parse(text.as_bytes()).unwrap());
        for (one, other) in
            [("1", "1.0"), ("[1,100]", "[1e0,1e2]"), (r#"{"a":1,"b":[]}"#, r#"{"b":[],"a":1.0}"#)]
        {
            assert_eq!(of(one), of(other), "{one}");
        }
        let all = [
            "0",
            "false",
            "null",
            "\"\"",
            "[]",
            "{}",
            "[0]",
            "[[0]]",
            r#"{"a":0}"#,
            r#"{"0":"a"}"#,
            "[0,1]",
            "[1,0]",
        ];
        let digests: HashSet<u64> = all.into_iter().map(of).collect();
        assert_eq!(digests.len(), all.len());
    }
}
