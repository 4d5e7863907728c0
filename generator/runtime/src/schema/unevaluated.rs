//! Which members or items of one value have been evaluated: what `unevaluatedProperties` and `unevaluatedItems` need
//! to know (JSON Schema Core 2020-12, section 11).

use crate::Json;

/// One flag for each member or item, by its position.
#[derive(Debug)]
pub(super) struct Marks(Vec<bool>);

impl Marks {
    /// Nothing is evaluated yet.
    pub fn none(value: &Json) -> Self {
        let length = match value {
            Json::Array(items) => items.len(),
            Json::Object(members) => members.len(),
            _ => 0,
        };
        Self(vec![false; length])
    }

    /// Nothing of the same value is evaluated.
    pub fn cleared(&self) -> Self {
        Self(vec![false; self.0.len()])
    }

    pub fn set(&mut self, at: usize) {
        if let Some(mark) = self.0.get_mut(at) {
            *mark = true;
        }
    }

    pub fn set_all(&mut self) {
        self.0.fill(true);
    }

    pub fn merge(&mut self, other: &Self) {
        for (mark, other) in self.0.iter_mut().zip(&other.0) {
            *mark |= *other;
        }
    }

    pub fn has(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }
}
