//! What was lowered already and has a name, which it must not get twice. All else is lowered again where it is asked for
//! again: that is cheap, and what became of each schema would take up more room than what is kept of the schemas.

use std::collections::BTreeMap;

use super::{Lowered, Target};
use crate::{
    contract::SchemaId,
    ir::{TypeId, TypeRef, Usage},
};

/// Named types of targets, by usage.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// Nearly every target is one schema.
    single: BTreeMap<(SchemaId, Usage), TypeId>,
    others: BTreeMap<(Target, Usage), TypeId>,
}

impl Memo {
    /// The named type that a target became, which leaves nothing to be checked.
    pub fn get(&self, target: &Target, usage: Usage) -> Option<Lowered> {
        let known = match target.single() {
            Some(id) => self.single.get(&(id, usage)),
            None => self.others.get(&(target.clone(), usage)),
        };
        known.map(|id| Lowered::exact(TypeRef::Named(*id)))
    }

    /// Notes what becomes of a target, unless it was noted meanwhile; what is noted.
    pub fn settle(&mut self, target: &Target, usage: Usage, lowered: Lowered) -> Lowered {
        if let Some(known) = self.get(target, usage) {
            return known;
        }
        if let (TypeRef::Named(id), []) = (&lowered.ty, lowered.checks.as_slice()) {
            self.insert(target, usage, *id);
        }
        lowered
    }

    /// Notes the named type that a target becomes.
    pub fn insert(&mut self, target: &Target, usage: Usage, id: TypeId) {
        match target.single() {
            Some(one) => drop(self.single.insert((one, usage), id)),
            None => drop(self.others.insert((target.clone(), usage), id)),
        }
    }
}
