//! Discriminators (OAS 3.1.2, Discriminator Object): a mapping value that can be a component's name is one.

use super::super::Resolver;
use super::super::resources::Place;
use crate::contract::{Discriminator, SchemaId};
use crate::diagnostic::Code;
use crate::source::{Node, Value};

impl<'a> Resolver<'a> {
    pub(super) fn discriminator(&mut self, place: Place<'a>) -> Option<Discriminator> {
        let node = place.node;
        if let Value::String(property) = node.value() {
            self.mended(node.span(), "`discriminator` must be an object with `propertyName`".to_owned());
            return Some(Discriminator {
                at: node.span(),
                property: property.to_owned(),
                mapping: Vec::new(),
                default_mapping: None,
            });
        }
        if !self.is_object(node, "a discriminator") {
            return None;
        }
        self.known_fields(node, "a discriminator", &["propertyName", "mapping", "defaultMapping"]);
        let property = self.required_text(node, "propertyName", "this discriminator")?;
        let mut mapping = Vec::new();
        if let Some(map) = node.get("mapping") {
            for entry in self.entries(place.with(map), "`mapping`") {
                mapping.push((entry.name.to_owned(), self.mapped(entry.place)));
            }
        }
        let default_mapping = node.get("defaultMapping").and_then(|value| self.mapped(place.with(value)));
        Some(Discriminator { at: node.span(), property, mapping, default_mapping })
    }

    /// What a mapping value names: a component of the entry document, one of this file, or whatever the URI leads to.
    fn mapped(&mut self, value: Place<'a>) -> Option<SchemaId> {
        let Some(text) = value.node.as_str() else {
            let message = format!("a mapping leads to a schema's name or URI, this is {}", value.node.kind());
            self.diagnostics.error(Code::WRONG_TYPE, value.node.span(), message);
            return None;
        };
        if is_name(text) {
            for file in [self.entry, value.node.span().file] {
                if let Some(place) = self.component(file, text) {
                    return Some(self.entry_schema(place));
                }
            }
        }
        match self.target(value.scope, text) {
            Ok(target) => Some(self.entry_schema(target)),
            Err(refusal) => {
                let message = format!("this mapping leads to no schema: {}", refusal.message);
                let help = refusal.help.unwrap_or_else(|| "correct it, or leave it out".to_owned());
                self.diagnostics.warning(Code::DISCRIMINATOR_MAPPING, value.node.span(), message).help(help);
                None
            }
        }
    }

    fn component(&mut self, file: crate::source::FileId, name: &str) -> Option<Place<'a>> {
        let root = self.file_place(file)?;
        let schemas: Node<'a> = root.node.get("components")?.get("schemas")?;
        schemas.get(name).map(|node| root.with(node))
    }
}

/// The characters of component names (OAS 3.1.2, Components Object).
fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}
