//! What a schema says of XML (OAS 3.1.2, XML Object).

use counterpart_runtime::{Json, Map};

use super::super::Resolver;
use super::super::resources::Place;
use crate::contract::Version;

const FIELDS: &[&str] = &["name", "namespace", "prefix", "attribute", "wrapped", "nodeType"];

impl<'a> Resolver<'a> {
    /// The fields that there are, in a value of the right type.
    pub(super) fn xml(&mut self, place: Place<'a>) -> Option<Json> {
        let node = place.node;
        if !self.is_object(node, "`xml`") {
            return None;
        }
        self.known_fields(node, "an XML object", FIELDS);
        if self.version(place) != Version::V3_2
            && let Some(member) = node.member("nodeType")
        {
            self.newer(member, "an XML object", "3.2.0");
        }
        let mut xml = Map::new();
        for name in ["name", "namespace", "prefix", "nodeType"] {
            if let Some(text) = self.text(node, name) {
                xml.insert(name.to_owned(), Json::String(text));
            }
        }
        for name in ["attribute", "wrapped"] {
            if self.flag(node, name) == Some(true) {
                xml.insert(name.to_owned(), Json::Bool(true));
            }
        }
        (!xml.is_empty()).then_some(Json::Object(xml))
    }
}
