//! What every builder is told: which schema, what for, under which name.

use super::{Target, parts::Parts};
use crate::ir::{TypeId, Usage};

/// A target on its way to a Rust type.
pub(super) struct Site<'s> {
    /// The schemas.
    pub target: &'s Target,
    /// The direction of its values.
    pub usage: Usage,
    /// Words that name the type, if it needs a name and has none.
    pub place: &'s [String],
    /// The name that is reserved for it.
    pub slot: Option<TypeId>,
    /// The target taken apart.
    pub parts: Parts<'s>,
}

impl Site<'_> {
    /// The place of something within.
    pub fn child(&self, name: &str) -> Vec<String> {
        let mut place = self.place.to_vec();
        place.push(name.to_owned());
        place
    }
}
