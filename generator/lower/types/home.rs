//! Which component a schema stands in. What a reference leads to is named for where it stands, not for who came there
//! first, so that its name does not depend on who else refers to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Target, TypeLowering, parts, site::Site, usage};
use crate::{
    contract::{Contract, SchemaId},
    ir::{Usage, Wish},
};

/// The components, and what they contain.
pub(super) struct Homes<'c> {
    /// Which schema carries the name of which component.
    carriers: BTreeMap<SchemaId, &'c str>,
    names: Vec<&'c str>,
    /// For each schema the number of its home, counted from one.
    of: Vec<u32>,
}

impl<'c> Homes<'c> {
    /// Walks through the components, and through what else is referred to by name.
    pub fn of(contract: &'c Contract<'_>) -> Self {
        let carriers = carriers(contract);
        let referred = contract.names.iter().map(|(id, name)| (*id, name.as_str()));
        let mut roots: BTreeMap<SchemaId, &'c str> = referred.collect();
        roots.extend(&carriers);
        let mut homes = Self { carriers, names: Vec::new(), of: vec![0; contract.schemas.len()] };
        for (root, name) in &roots {
            homes.names.push(name);
            let home = u32::try_from(homes.names.len()).unwrap_or(0);
            let mut open = vec![*root];
            while let Some(id) = open.pop() {
                let Some(slot) = homes.of.get_mut(id.0 as usize).filter(|slot| **slot == 0) else { continue };
                *slot = home;
                let inside = contract.schemas.get(id).keywords().into_iter().flat_map(usage::inside);
                open.extend(inside.filter(|next| !roots.contains_key(next)));
            }
        }
        homes
    }

    /// The component whose name a schema carries.
    pub fn carried_by(&self, id: SchemaId) -> Option<&'c str> {
        self.carriers.get(&id).copied()
    }

    fn name(&self, id: SchemaId) -> Option<&'c str> {
        let home = self.of.get(id.0 as usize)?.checked_sub(1)?;
        self.names.get(home as usize).copied()
    }
}

impl TypeLowering<'_> {
    /// The place of something within: below the component where it stands, if only a reference led there.
    pub(super) fn within(&self, site: &Site<'_>, schemas: &[SchemaId], word: &str) -> Vec<String> {
        if let ([own], [inner]) = (site.target.ids.as_slice(), schemas)
            && let Some(home) = self.homes.name(*inner)
            && self.homes.name(*own) != Some(home)
        {
            return vec![home.to_owned(), word.to_owned()];
        }
        site.child(word)
    }

    /// What an inline type would like to be called: by its place, and by the direction where that makes a difference
    /// within a component. What stands in an operation has one direction anyway.
    pub(super) fn wish(&self, target: &Target, usage: Usage, place: &[String]) -> Wish {
        let shared = target.ids.first().is_some_and(|id| self.homes.name(*id).is_some());
        let direction = match self.reach.marked(target, usage) {
            Usage::Request if shared => Some("request"),
            Usage::Response if shared => Some("response"),
            _ => None,
        };
        Wish::Place(place.iter().cloned().chain(direction.map(str::to_owned)).collect())
    }

    /// The schema that carries a component's name: itself, or what it is a mere reference to.
    pub(super) fn behind(&self, id: SchemaId) -> SchemaId {
        if self.homes.carriers.contains_key(&id) { id } else { behind(self.contract, id) }
    }
}

/// A component that only refers to a schema elsewhere (in another file, in the middle of the document) gives its name
/// to that schema.
fn carriers<'c>(contract: &'c Contract<'_>) -> BTreeMap<SchemaId, &'c str> {
    let own: BTreeSet<SchemaId> = contract.components.iter().map(|(_, id)| *id).collect();
    let mut named = BTreeMap::new();
    for (name, id) in &contract.components {
        let target = behind(contract, *id);
        let carrier = if own.contains(&target) { *id } else { target };
        named.entry(carrier).or_insert(name.as_str());
    }
    named
}

/// Follows schemas that are mere references.
fn behind(contract: &Contract, mut id: SchemaId) -> SchemaId {
    // References without an end were reported before; the bound keeps this total.
    for _ in 0..64 {
        match parts::transparent(contract, id) {
            Some(next) => id = next,
            None => break,
        }
    }
    id
}
