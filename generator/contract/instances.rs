//! `$dynamicRef` as a parameter (JSON Schema Core, section 8.2.3.2): a component that sets dynamic anchors gets schemas of
//! its own for what it refers to, with plain references to what it sets, as a generic type is made for each argument.

use std::collections::{BTreeMap, BTreeSet};

use super::{Contract, Keywords, Schema, SchemaBody, SchemaId, Schemas};

impl Contract<'_> {
    /// Gives each component that sets dynamic anchors, and that nobody reaches who sets the same, schemas of its own for
    /// what reaches a `$dynamicRef`: from there evaluation can only lead to what the component sets. That done, it reaches
    /// others no more, whose turn may then have come.
    pub fn instantiate(&mut self) {
        while let Some((root, instance)) = self.next_instance() {
            instance.complete(&mut self.schemas, root);
        }
    }

    /// A component whose turn it is, and what is to be made for it.
    fn next_instance(&self) -> Option<(SchemaId, Instance)> {
        let mut uses: BTreeMap<&str, Vec<SchemaId>> = BTreeMap::new();
        for (id, schema) in self.schemas.iter() {
            if let Some(name) = schema.keywords().and_then(anchor) {
                uses.entry(name).or_default().push(id);
            }
        }
        if uses.is_empty() {
            return None;
        }
        let parents = parents(&self.schemas);
        let uses: BTreeMap<&str, BTreeSet<SchemaId>> =
            uses.into_iter().map(|(name, ids)| (name, ancestors(&parents, &ids))).collect();
        let open: BTreeSet<SchemaId> = uses.values().flatten().copied().collect();
        let (root, anchors) = self.components.iter().find_map(|(_, root)| {
            let anchors = self.schemas.get(*root).keywords()?.resource.as_deref()?;
            let refers = |(name, _): &(String, SchemaId)| {
                uses.get(name.as_str()).is_some_and(|leading| leading.contains(root))
            };
            if !anchors.iter().any(refers) {
                return None;
            }
            let is_inside = |id: &SchemaId| holder(&self.schemas, *id) == Some(*root);
            let inside: Vec<SchemaId> = open.iter().copied().filter(is_inside).collect();
            let mut above = ancestors(&parents, &inside).into_iter();
            let bound = above.any(|id| sets(&self.schemas, id, *root, anchors));
            (!bound).then(|| (*root, anchors.to_vec()))
        })?;
        Some((root, Instance { open, anchors, made: BTreeMap::from([(root, root)]) }))
    }
}

/// The name of the dynamic anchor that a schema refers to.
fn anchor<'k>(keywords: &'k Keywords<'_>) -> Option<&'k str> {
    keywords.dynamic_reference.as_ref().and_then(|reference| reference.anchor.as_deref())
}

/// Who leads to each schema.
fn parents(schemas: &Schemas<'_>) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut parents: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (id, schema) in schemas.iter() {
        if let Some(keywords) = schema.keywords() {
            let mut keywords = keywords.clone();
            keywords.for_each_schema(&mut |child| parents.entry(*child).or_default().push(id));
        }
    }
    parents
}

/// All schemas that lead to some of these, and these.
fn ancestors(parents: &BTreeMap<SchemaId, Vec<SchemaId>>, of: &[SchemaId]) -> BTreeSet<SchemaId> {
    let mut found: BTreeSet<SchemaId> = of.iter().copied().collect();
    let mut waiting = of.to_vec();
    while let Some(id) = waiting.pop() {
        let above = parents.get(&id).into_iter().flatten();
        waiting.extend(above.copied().filter(|above| found.insert(*above)));
    }
    found
}

/// The beginning of the resource that a schema is in, if that sets dynamic anchors.
fn holder(schemas: &Schemas<'_>, id: SchemaId) -> Option<SchemaId> {
    let keywords = schemas.get(id).keywords()?;
    if keywords.resource.is_some() { Some(id) } else { keywords.within }
}

/// Whether a schema is in another resource than `root`, which sets one of these anchors as well.
fn sets(schemas: &Schemas<'_>, id: SchemaId, root: SchemaId, anchors: &[(String, SchemaId)]) -> bool {
    let other = holder(schemas, id).filter(|holder| *holder != root);
    let set = other.and_then(|holder| schemas.get(holder).keywords());
    let set = set.and_then(|keywords| keywords.resource.as_deref()).unwrap_or_default();
    set.iter().any(|(name, _)| anchors.iter().any(|(own, _)| own == name))
}

/// What is made for one component.
struct Instance {
    /// What leads to a `$dynamicRef`.
    open: BTreeSet<SchemaId>,
    anchors: Vec<(String, SchemaId)>,
    /// The schemas that stand for others here.
    made: BTreeMap<SchemaId, SchemaId>,
}

impl Instance {
    fn complete(mut self, schemas: &mut Schemas<'_>, root: SchemaId) {
        let mut waiting = vec![(root, root)];
        while let Some((id, own)) = waiting.pop() {
            let schema = schemas.get(id);
            let (at, Some(mut keywords)) = (schema.at, schema.keywords().cloned()) else { continue };
            if own != id {
                // The one that it stands for is held against them.
                keywords.examples = Box::default();
            }
            self.bind(&mut keywords);
            keywords.for_each_schema(&mut |child| {
                if self.open.contains(child) {
                    let known = self.made.get(child).copied();
                    *child = known.unwrap_or_else(|| {
                        // What is part of the component is nobody else's.
                        let is_own = holder(schemas, *child) == Some(root);
                        let made = if is_own { *child } else { schemas.push(Schema::anything()) };
                        self.made.insert(*child, made);
                        waiting.push((*child, made));
                        made
                    });
                }
            });
            schemas.set(own, Schema { at, body: SchemaBody::Object(keywords) });
        }
    }

    /// A plain reference instead of one to an anchor that is set.
    fn bind(&self, keywords: &mut Keywords<'_>) {
        let set = anchor(keywords).and_then(|name| self.anchors.iter().find(|(own, _)| own == name));
        let Some((_, target)) = set else { return };
        keywords.dynamic_reference = None;
        match keywords.reference {
            None => keywords.reference = Some(*target),
            Some(_) => keywords.all_of.push(*target),
        }
    }
}
