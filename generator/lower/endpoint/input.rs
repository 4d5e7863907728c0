//! Parameters and headers.

use counterpart_runtime::Json;

use super::{Lowering, line, line::Line, of_component};
use crate::{
    contract::{Header, Location, Parameter, ParameterKind, SchemaId, Style},
    ir::{Input, Place, TypeRef, Usage},
};

impl Lowering<'_, '_> {
    /// A parameter and its entry; `operation` helps to name an inline type.
    pub(super) fn parameter(&mut self, parameter: &Parameter, operation: &str) -> (Input, Json) {
        let mut entry = Line::new();
        entry.text("name", &parameter.name).text("in", location(parameter.location));
        entry.flag("required", parameter.required).flag("allowEmpty", parameter.allow_empty);
        let place = match &parameter.shared {
            Some(shared) => of_component(shared, "parameter"),
            None => vec![operation.to_owned(), parameter.name.clone()],
        };
        let (ty, schema) = self.value(&parameter.kind, Usage::Request, &place, &mut entry);
        let checks = schema.map(|schema| self.types.checks_of(schema, Usage::Request, &place));
        let input = Input {
            wire: parameter.name.clone(),
            place: match parameter.location {
                Location::Path => Place::Path,
                Location::Query => Place::Query,
                Location::Header => Place::Header,
                Location::Cookie => Place::Cookie,
                Location::Querystring => Place::Querystring,
            },
            ty,
            checks: checks.unwrap_or_default(),
            required: parameter.required,
            default: schema.and_then(|schema| self.types.default_of(schema)).map(Box::new),
            docs: parameter.description.clone().unwrap_or_default(),
            deprecated: parameter.deprecated,
        };
        (input, entry.finish())
    }

    /// The entry of a header of a part. It has no type: files keep their headers as they are.
    pub(super) fn part_header(&mut self, header: &Header, usage: Usage, fixed: Option<&str>) -> Json {
        let mut entry = Line::new();
        entry.text("name", &header.name).text("in", "header").flag("required", header.required);
        self.spelling(&header.kind, usage, &mut entry);
        if let Some(fixed) = fixed {
            entry.text("fixed", fixed);
        }
        entry.finish()
    }

    /// A header of a response.
    pub(super) fn header(&mut self, header: &Header, usage: Usage, place: &[String]) -> (Input, Json) {
        let mut entry = Line::new();
        entry.text("name", &header.name).text("in", "header").flag("required", header.required);
        let place = match &header.component {
            Some(component) => of_component(component, "header"),
            None => [place, std::slice::from_ref(&header.name)].concat(),
        };
        let (ty, _) = self.value(&header.kind, usage, &place, &mut entry);
        let input = Input {
            wire: header.name.clone(),
            place: Place::Header,
            ty,
            checks: Vec::new(),
            required: header.required,
            default: None,
            docs: header.description.clone().unwrap_or_default(),
            deprecated: header.deprecated,
        };
        (input, entry.finish())
    }

    fn value(
        &mut self,
        kind: &ParameterKind,
        usage: Usage,
        place: &[String],
        entry: &mut Line,
    ) -> (TypeRef, Option<SchemaId>) {
        let Some(schema) = self.spelling(kind, usage, entry) else {
            entry.flag("exact", true);
            return (TypeRef::Json, None);
        };
        let ty = self.types.type_of(schema, usage, place);
        entry.flag("exact", self.types.is_exact(schema, usage, place));
        (ty, Some(schema))
    }

    /// How a value is written, and its schema.
    fn spelling(&mut self, kind: &ParameterKind, usage: Usage, entry: &mut Line) -> Option<SchemaId> {
        let schema = match kind {
            ParameterKind::Schema { schema, style, explode, allow_reserved } => {
                if *style != Style::Form {
                    entry.text("style", line::style(*style));
                }
                entry.flag("explode", *explode).flag("allowReserved", *allow_reserved);
                Some(*schema)
            }
            ParameterKind::Content(media) => {
                entry.text("content", &media.name);
                media.schema
            }
        };
        let Some(schema) = schema else {
            entry.text("shape", "json");
            return None;
        };
        entry.json("shape", self.types.shape_of(schema, usage));
        entry.index("schema", self.types.root_of(schema, usage));
        entry.flag("secret", self.types.is_secret(schema));
        Some(schema)
    }
}

/// The value of `in`.
pub(super) fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Querystring => "querystring",
    }
}
