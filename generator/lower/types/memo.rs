//! What was lowered already. Nearly every target is one schema, so that those have a smaller key.

use std::collections::BTreeMap;

use super::{Key, Lowered, Target};
use crate::{contract::SchemaId, ir::Usage};

/// Targets that were lowered, by usage.
#[derive(Debug, Default)]
pub(super) struct Memo {
    single: BTreeMap<(SchemaId, Usage), Lowered>,
    others: BTreeMap<Key, Lowered>,
}

impl Memo {
    /// What became of a target.
    pub fn get(&self, target: &Target, usage: Usage) -> Option<&Lowered> {
        match target.single() {
            Some(id) => self.single.get(&(id, usage)),
            None => self.others.get(&(target.clone(), usage)),
        }
    }

    /// Notes what becomes of a target.
    pub fn insert(&mut self, target: &Target, usage: Usage, lowered: Lowered) {
        match target.single() {
            Some(id) => drop(self.single.insert((id, usage), lowered)),
            None => drop(self.others.insert((target.clone(), usage), lowered)),
        }
    }

    /// Notes it unless it was noted meanwhile; what is noted.
    pub fn settle(&mut self, (target, usage): Key, lowered: Lowered) -> Lowered {
        let known = match target.single() {
            Some(id) => self.single.entry((id, usage)).or_insert(lowered),
            None => self.others.entry((target, usage)).or_insert(lowered),
        };
        known.clone()
    }
}
