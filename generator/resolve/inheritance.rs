//! A base that lists its heirs by `oneOf` while they refer to it by `allOf`: an endless circle by the letter, and a
//! habit of several tools. The heirs mean the base without the list. And a schema that has itself in its `allOf`, which
//! asks for nothing.

use std::collections::BTreeSet;

use super::Resolver;
use crate::contract::{Schema, SchemaBody, SchemaId};
use crate::diagnostic::Code;

impl Resolver<'_> {
    /// Gives heirs a base without the list of heirs, and frees schemas of themselves.
    pub(super) fn break_inheritance(&mut self) {
        for circle in self.schemas.circles() {
            let members: BTreeSet<SchemaId> = circle.into_iter().collect();
            members.iter().for_each(|id| self.free_of_itself(*id));
            let bases: Vec<SchemaId> = members.iter().copied().filter(|id| self.lists_heirs(*id)).collect();
            for base in bases {
                self.break_at(&members, base);
            }
        }
    }

    fn free_of_itself(&mut self, id: SchemaId) {
        let all_of = self.schemas.get(id).keywords().map(|keywords| keywords.all_of.clone());
        for branch in all_of.unwrap_or_default() {
            let Some(branch) = self.schemas.get_mut(branch) else { continue };
            let at = branch.at;
            let SchemaBody::Object(keywords) = &mut branch.body else { continue };
            if keywords.reference == Some(id) {
                keywords.reference = None;
                let message =
                    "this refers to the schema that it is a part of by `allOf`, which asks for nothing";
                self.diagnostics
                    .warning_once(Code::CIRCULAR_INHERITANCE, "itself", at, message)
                    .help("leave it out, or refer to the schema that is meant");
            }
        }
    }

    fn break_at(&mut self, circle: &BTreeSet<SchemaId>, base: SchemaId) {
        let references = self.inheriting(circle, base);
        if references.is_empty() {
            return;
        }
        self.report_base(base);
        let target = self.without_heirs(base);
        for reference in references {
            if let Some(SchemaBody::Object(keywords)) =
                self.schemas.get_mut(reference).map(|schema| &mut schema.body)
            {
                keywords.reference = Some(target);
            }
        }
    }

    fn lists_heirs(&self, id: SchemaId) -> bool {
        let keywords = self.schemas.get(id).keywords();
        keywords.is_some_and(|keywords| !keywords.one_of.is_empty() || !keywords.any_of.is_empty())
    }

    /// The references to the base in the `allOf`s of the circle.
    fn inheriting(&self, circle: &BTreeSet<SchemaId>, base: SchemaId) -> Vec<SchemaId> {
        let all_of = circle
            .iter()
            .filter_map(|id| self.schemas.get(*id).keywords())
            .flat_map(|keywords| &keywords.all_of);
        let refers = |id: &&SchemaId| {
            self.schemas.get(**id).keywords().is_some_and(|keywords| keywords.reference == Some(base))
        };
        all_of.filter(refers).copied().collect()
    }

    fn without_heirs(&mut self, base: SchemaId) -> SchemaId {
        let schema = self.schemas.get(base);
        let at = schema.at;
        let mut keywords = schema.keywords().cloned().unwrap_or_default();
        (keywords.one_of, keywords.any_of, keywords.discriminator) = (Vec::new(), Vec::new(), None);
        self.schemas.push(Schema { at, body: SchemaBody::Object(keywords) })
    }

    fn report_base(&mut self, base: SchemaId) {
        let at = self.schemas.get(base).at;
        let place =
            ["oneOf", "anyOf"].into_iter().map(|name| self.sources.member(at, name)).find(|span| *span != at);
        self.diagnostics
            .warning_once(
                Code::CIRCULAR_INHERITANCE,
                "",
                place.unwrap_or(at),
                "this lists schemas that in turn refer here by `allOf`; they are read as if the list were not there",
            )
            .help("move what they share into a schema of its own");
    }
}
