//! What the chosen operations consist of, and what only others do: of the latter there is nothing to say.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    Contract, Encodings, Header, MediaType, Operation, Origin, Parameter, ParameterKind, Response, SchemaId,
    Schemas, Spare,
};
use crate::diagnostic::Diagnostics;
use crate::source::{Sources, Span};

/// Forgets what there is to say of `left`, the operations that are left out, and of what only they reach.
pub(super) fn forget(
    contract: &mut Contract<'_>,
    left: &[Operation],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let spare = std::mem::take(&mut contract.spare);
    let mut chosen = Reached::default();
    chosen.operations(contract.operations.iter().chain(&contract.webhooks));
    chosen.follow(&mut contract.schemas);
    let mut others = Reached::default();
    others.operations(left);
    others.spare(&spare);
    let is_idle = |id: &SchemaId| !chosen.schemas.contains(id);
    let idle = contract.schemas.iter().filter(|(id, _)| is_idle(id)).map(|(_, schema)| schema.at);
    contract.idle = idle.collect();
    others.places.extend(&contract.idle);
    // What is said of a path stands at its key.
    let paths = sources.value(contract.at, "paths");
    let key = |operation: &Operation| match &operation.origin {
        Origin::Path(path) => Some(sources.key(paths, path)),
        _ => None,
    };
    chosen.places.extend(contract.operations.iter().filter_map(key));
    others.places.extend(left.iter().filter_map(key));
    let regions = Regions::new(&chosen.places, &others.places);
    diagnostics.retain(|place| regions.is_chosen(place));
}

/// Objects, by their places, and the schemas among them.
#[derive(Default)]
struct Reached {
    places: BTreeSet<Span>,
    schemas: BTreeSet<SchemaId>,
}

impl Reached {
    fn operations<'o>(&mut self, operations: impl IntoIterator<Item = &'o Operation>) {
        for operation in operations {
            self.places.insert(operation.at);
            operation.parameters.iter().for_each(|parameter| self.parameter(parameter));
            if let Some(body) = &operation.request_body {
                self.places.insert(body.at);
                self.content(&body.content);
            }
            operation.responses.iter().for_each(|response| self.response(response));
            for callback in &operation.callbacks {
                self.places.insert(callback.at);
                self.operations(&callback.operations);
            }
        }
    }

    fn spare(&mut self, spare: &Spare) {
        spare.parameters.iter().for_each(|parameter| self.parameter(parameter));
        spare.headers.iter().for_each(|header| self.header(header));
        for body in &spare.request_bodies {
            self.places.insert(body.at);
            self.content(&body.content);
        }
        spare.responses.iter().for_each(|response| self.response(response));
        self.content(&spare.media_types);
        self.operations(&spare.operations);
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.places.insert(parameter.at);
        self.kind(&parameter.kind);
    }

    fn response(&mut self, response: &Response) {
        self.places.insert(response.at);
        self.places.extend(response.links.iter().map(|link| link.at));
        response.headers.iter().for_each(|header| self.header(header));
        self.content(&response.content);
    }

    fn header(&mut self, header: &Header) {
        self.places.insert(header.at);
        self.kind(&header.kind);
    }

    fn kind(&mut self, kind: &ParameterKind) {
        match kind {
            ParameterKind::Schema { schema, .. } => drop(self.schemas.insert(*schema)),
            ParameterKind::Content(media) => self.content(std::slice::from_ref(media)),
        }
    }

    fn content(&mut self, content: &[MediaType]) {
        for media in content {
            self.places.insert(media.at);
            self.schemas.extend(media.schema.iter().chain(&media.item_schema));
            self.encodings(&media.encodings);
        }
    }

    fn encodings(&mut self, encodings: &Encodings) {
        for encoding in encodings.iter() {
            self.places.insert(encoding.at);
            encoding.headers.iter().for_each(|header| self.header(header));
            self.encodings(&encoding.nested);
        }
    }

    /// Adds the schemas that those lead to.
    fn follow(&mut self, schemas: &mut Schemas<'_>) {
        let mut waiting: Vec<SchemaId> = self.schemas.iter().copied().collect();
        while let Some(id) = waiting.pop() {
            let Some(schema) = schemas.get_mut(id) else { continue };
            self.places.insert(schema.at);
            let Some(keywords) = schema.keywords_mut() else { continue };
            keywords.for_each_schema(&mut |id| {
                if self.schemas.insert(*id) {
                    waiting.push(*id);
                }
            });
        }
    }
}

/// An object of the document, within another.
struct Region {
    place: Span,
    chosen: bool,
    within: Option<usize>,
}

/// Objects by file and place, each before those inside of it.
struct Regions(Vec<Region>);

impl Regions {
    fn new(chosen: &BTreeSet<Span>, others: &BTreeSet<Span>) -> Self {
        let key = |place: &Span| (place.file, place.start, std::cmp::Reverse(place.end));
        let others = others.iter().map(|place| (key(place), (*place, false)));
        let chosen = chosen.iter().map(|place| (key(place), (*place, true)));
        // What both consist of is chosen.
        let all: BTreeMap<_, (Span, bool)> = others.chain(chosen).collect();
        let mut regions: Vec<Region> = Vec::with_capacity(all.len());
        for (place, chosen) in all.into_values() {
            let mut within = regions.len().checked_sub(1);
            while let Some(region) = within.and_then(|index| regions.get(index)) {
                if contains(region.place, place) {
                    break;
                }
                within = region.within;
            }
            regions.push(Region { place, chosen, within });
        }
        Self(regions)
    }

    /// Whether the innermost object around a place is of the chosen operations. Of what is in none, nothing is known.
    fn is_chosen(&self, place: Span) -> bool {
        let before = |region: &Region| {
            let Span { file, start, end } = region.place;
            (file, start, std::cmp::Reverse(end)) <= (place.file, place.start, std::cmp::Reverse(place.end))
        };
        let mut index = self.0.partition_point(before).checked_sub(1);
        while let Some(region) = index.and_then(|index| self.0.get(index)) {
            if contains(region.place, place) {
                return region.chosen;
            }
            index = region.within;
        }
        true
    }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}
