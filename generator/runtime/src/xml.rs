//! XML 1.0 to JSON and back, as the XML Objects of the contract say (OAS 3.1.2; `nodeType` of 3.2).
//!
//! Elements and attributes are found by name and, where the contract gives one, by namespace. What else stands in an
//! element becomes members that no schema names. Entities and document type declarations are refused.

mod guide;
mod read;
mod tree;
mod write;

use guide::{Guide, Guides, Names};

use crate::json::Json;
use crate::schema::SchemaRef;
use crate::style::Refusal;

/// The JSON text of a document, by the schema of its outermost element, which is called `root` unless the schema says
/// otherwise.
///
/// # Errors
/// If it is not XML, or not laid out as the schema says.
pub fn to_json(text: &str, schema: SchemaRef, root: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let element = tree::parse(text)
        .map_err(|malformed| Refusal::Malformed(format!("cannot be read as XML: {malformed}").into()))?;
    let guides = Guides::new(schema.tables());
    let guide = guides.root(schema.line());
    read::document(&guides, &guide, called(&guide, root), &element)
}

/// The document of a value.
///
/// # Errors
/// If XML cannot say it: control characters, members whose names are no names of elements.
pub fn from_json(value: &Json, schema: SchemaRef, root: Option<&str>) -> Result<String, String> {
    let guides = Guides::new(schema.tables());
    let guide = guides.root(schema.line());
    write::document(&guides, &guide, called(&guide, root), value)
}

fn called<'a>(guide: &Guide<'a>, root: Option<&'a str>) -> Names<'a> {
    Names { name: guide.names.name.or(root), ..guide.names }
}

#[cfg(test)]
mod tests;
