//! Components that nothing refers to: read like the others, so that mistakes in them are found.

use super::Resolver;
use super::fields::Entry;
use super::resources::Place;
use crate::contract::{Origin, Spare, StatusPattern};

impl<'a> Resolver<'a> {
    /// Reads what is left once everything that is used has been read.
    pub(super) fn spare(&mut self, components: Option<Place<'a>>) -> Spare {
        let mut spare = Spare::default();
        let Some(components) = components else { return spare };
        for entry in self.unused(components, "parameters") {
            spare.parameters.extend(self.parameter(entry.place));
        }
        for entry in self.unused(components, "headers") {
            spare.headers.extend(self.header(entry.name, entry.name_span, entry.place));
        }
        for entry in self.unused(components, "requestBodies") {
            spare.request_bodies.extend(self.request_body(entry.place));
        }
        for entry in self.unused(components, "responses") {
            spare.responses.extend(self.response(StatusPattern::Default, &entry));
        }
        for entry in self.unused(components, "mediaTypes") {
            spare.media_types.extend(self.media_type(entry.name, entry.place));
        }
        for entry in self.unused(components, "pathItems") {
            let origin = Origin::Path(entry.name.to_owned());
            spare.operations.extend(self.named_item(entry, &origin));
        }
        for entry in self.unused(components, "callbacks") {
            let followed = self.follow(entry.place, "a callback");
            if let Some(place) = followed.map(|followed| followed.place)
                && self.is_object(place.node, "a callback")
            {
                spare.operations.extend(self.callback(entry.name, place));
            }
        }
        for entry in self.unused(components, "links") {
            self.link(&entry);
        }
        for entry in self.unused(components, "examples") {
            self.example(entry.place);
        }
        spare
    }

    fn unused(&mut self, components: Place<'a>, kind: &str) -> Vec<Entry<'a>> {
        let Some(map) = components.node.get(kind) else { return Vec::new() };
        let mut entries = self.entries(components.with(map), &format!("`components.{kind}`"));
        entries.retain(|entry| {
            let node = entry.place.node;
            if node.is_null() {
                self.mended(node.span(), format!("the component `{}` is null; it is left out", entry.name));
            }
            !node.is_null() && !entry.name.starts_with("x-") && !self.referred.contains(&node.id())
        });
        entries
    }
}
