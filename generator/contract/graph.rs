//! The graph of schemas that judge the same value, and the circles in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Keywords, SchemaId, Schemas};

impl Keywords<'_> {
    /// The schemas that judge the same value as this one (JSON Schema Core, section 10.2).
    pub fn in_place(&self) -> impl Iterator<Item = SchemaId> {
        let lists = self.all_of.iter().chain(&self.any_of).chain(&self.one_of);
        let singles = [self.reference, self.not, self.if_, self.then, self.else_];
        let dynamic = self.dynamic_reference.as_ref().map(|reference| reference.target);
        let dependent = self.dependent_schemas.iter().map(|(_, schema)| *schema);
        singles.into_iter().flatten().chain(dynamic).chain(lists.copied()).chain(dependent)
    }
}

impl Schemas<'_> {
    fn in_place(&self, id: SchemaId) -> Vec<SchemaId> {
        self.get(id).keywords().map(|keywords| keywords.in_place().collect()).unwrap_or_default()
    }

    /// Groups of schemas that have to judge the same value by one another without end.
    pub fn circles(&self) -> Vec<Vec<SchemaId>> {
        let mut search = Search::default();
        for (root, _) in self.iter() {
            if !search.order.contains_key(&root) {
                search.from(self, root);
            }
        }
        search.found
    }
}

/// Strongly connected components (Tarjan), with a stack of its own instead of recursion.
#[derive(Default)]
struct Search {
    /// Index and lowest index that can be reached.
    order: BTreeMap<SchemaId, (usize, usize)>,
    path: Vec<SchemaId>,
    on_path: BTreeSet<SchemaId>,
    found: Vec<Vec<SchemaId>>,
}

impl Search {
    fn enter(&mut self, schemas: &Schemas<'_>, id: SchemaId) -> (SchemaId, Vec<SchemaId>) {
        let index = self.order.len();
        self.order.insert(id, (index, index));
        self.path.push(id);
        self.on_path.insert(id);
        (id, schemas.in_place(id))
    }

    fn from(&mut self, schemas: &Schemas<'_>, root: SchemaId) {
        let mut work = vec![self.enter(schemas, root)];
        while let Some((id, successors)) = work.last_mut() {
            let id = *id;
            match successors.pop() {
                Some(next) if !self.order.contains_key(&next) => {
                    let entered = self.enter(schemas, next);
                    work.push(entered);
                }
                Some(next) => {
                    if self.on_path.contains(&next) {
                        self.lower(id, next);
                    }
                }
                None => {
                    work.pop();
                    if let Some((parent, _)) = work.last() {
                        self.lower(*parent, id);
                    }
                    self.leave(schemas, id);
                }
            }
        }
    }

    fn lower(&mut self, id: SchemaId, other: SchemaId) {
        let reached = self.order.get(&other).map_or(usize::MAX, |(_, low)| *low);
        if let Some((_, low)) = self.order.get_mut(&id) {
            *low = (*low).min(reached);
        }
    }

    fn leave(&mut self, schemas: &Schemas<'_>, id: SchemaId) {
        let (index, low) = self.order.get(&id).copied().unwrap_or_default();
        if index != low {
            return;
        }
        let start = self.path.iter().rposition(|open| *open == id).unwrap_or(self.path.len());
        let component = self.path.split_off(start);
        for member in &component {
            self.on_path.remove(member);
        }
        if component.len() > 1 || schemas.in_place(id).contains(&id) {
            self.found.push(component);
        }
    }
}
